//! Writes that wait for the database share one commit, one signed head and one mark.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use angen_ledger::id::DossierId;
use tokio::sync::oneshot;

use crate::limits::TOGETHER_MAX;
use crate::server::callers::{Pusher, may_see_each};
use crate::server::dossiers::Place;
use crate::server::{Hub, Refusal};
use crate::store::{Outcome, Submission};

/// The submissions that wait, and whether one of those who brought them writes.
#[derive(Default)]
pub(super) struct Turns(Mutex<Line>);

#[derive(Default)]
struct Line {
    waiting: VecDeque<Waiting>,
    is_led: bool,
}

/// A submission, and who is told what became of it.
struct Waiting {
    given: Submission,
    bearer: Bearer,
    tell: oneshot::Sender<Told>,
}

/// Who brings a submission.
#[derive(Default)]
pub(super) struct Bearer {
    /// Who is to be shown the head of a dossier, if they may see it.
    pub(super) pusher: Option<(Pusher, DossierId)>,
    /// The place among the pushes under way: it bounds how many wait, and what they hold, so it is
    /// not free before this one is told.
    pub(super) place: Option<Place>,
}

/// What became of a submission.
pub(super) struct Taken {
    pub(super) outcome: Outcome,
    /// Whether who brought it may see what the hub holds of the dossier.
    pub(super) may_see: bool,
}

/// What one who waits is told. Nothing when who wrote it panicked: then nothing of it was stored.
pub(super) type Told = Result<Taken, Refusal>;

impl Turns {
    /// Whether whoever brings it has to write, since nobody else does.
    fn join(&self, one: Waiting) -> bool {
        let mut line = self.line();
        line.waiting.push_back(one);
        !std::mem::replace(&mut line.is_led, true)
    }

    /// The next ones, in the order in which they came.
    fn next(&self) -> Vec<Waiting> {
        let mut line = self.line();
        let count = line.waiting.len().min(TOGETHER_MAX);
        line.waiting.drain(..count).collect()
    }

    /// Whether somebody else has to write, since some still wait.
    fn hand_over(&self) -> bool {
        let mut line = self.line();
        line.is_led = !line.waiting.is_empty();
        line.is_led
    }

    /// A poisoned lock only means that somebody panicked; the line is whole at each moment.
    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives those who wait a thread that writes them when it is dropped, also by a panic.
struct HandOver<'h>(&'h Arc<Hub>);

impl Drop for HandOver<'_> {
    fn drop(&mut self) {
        if self.0.turns.hand_over() {
            let hub = Arc::clone(self.0);
            tokio::task::spawn_blocking(move || hub.write_together());
        }
    }
}

impl Hub {
    /// Puts a submission into the line, to be written with the log in the same transaction; what
    /// that signed is marked before anybody is told. Whoever comes when nobody writes does so for
    /// all who wait, on this thread: a crowd waits for the disk together, no thread waits for
    /// another, and a submission that fails takes back its own alone.
    pub(super) fn hand_in(
        self: &Arc<Self>,
        given: Submission,
        bearer: Bearer,
    ) -> oneshot::Receiver<Told> {
        let (tell, told) = oneshot::channel();
        if self.turns.join(Waiting { given, bearer, tell }) {
            self.write_together();
        }
        told
    }

    /// As [`Hub::hand_in`], for a thread that may wait.
    pub(super) fn take(self: &Arc<Self>, given: Submission) -> Result<Outcome, Refusal> {
        let told = self.hand_in(given, Bearer::default()).blocking_recv();
        told.unwrap_or_else(|_| Err(Refusal::internal())).map(|taken| taken.outcome)
    }

    /// Once it is committed the next ones are, while these are marked.
    fn write_together(self: &Arc<Self>) {
        let over = HandOver(self);
        let (mut given, mut waiting) = (Vec::new(), Vec::new());
        for one in self.turns.next() {
            given.push(one.given);
            waiting.push((one.bearer, one.tell));
        }
        let pen = self.log.as_ref().map(|(log, _)| log.pen());
        let stored = self.ledger.take(pen.as_ref(), &*self.blobs, &given);
        drop(over);
        let marked = stored.map_err(Refusal::from).and_then(|(each, head)| {
            if let Some((log, _)) = &self.log {
                log.raise(head)?;
            }
            // An erasure may have come along; should the files be busy, the next ones make it good,
            // or the next who signs in.
            let _ = self.ledger.scrub(&*self.blobs);
            Ok(each)
        });
        match marked {
            Ok(each) => self.tell_each(waiting, each),
            Err(refusal) => {
                for one in waiting {
                    tell(one, Err(refusal.clone()));
                }
            }
        }
    }

    fn tell_each(
        &self,
        waiting: Vec<(Bearer, oneshot::Sender<Told>)>,
        each: Vec<angen_core::error::Result<Outcome>>,
    ) {
        let pushers = waiting.iter().filter_map(|(bearer, _)| bearer.pusher.as_ref());
        let pushers: Vec<_> = pushers.map(|(pusher, dossier)| (pusher, *dossier)).collect();
        let mut seeing = may_see_each(self, &pushers).into_iter();
        let told = waiting.iter().zip(each).map(|((bearer, _), outcome)| {
            let may_see = match &bearer.pusher {
                Some(_) => seeing.next().unwrap_or_else(|| Err(Refusal::internal())),
                None => Ok(false),
            };
            let outcome = outcome.map_err(Refusal::from)?;
            Ok(Taken { outcome, may_see: may_see? })
        });
        let told: Vec<Told> = told.collect();
        for (one, told) in waiting.into_iter().zip(told) {
            tell(one, told);
        }
    }
}

/// Tells one who waits; who has gone meanwhile need not be told.
fn tell((bearer, tell): (Bearer, oneshot::Sender<Told>), told: Told) {
    let _ = tell.send(told);
    drop(bearer.place);
}
