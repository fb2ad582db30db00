//! Writes that wait for the database share one commit, one signed head and one mark.

use std::collections::VecDeque;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::limits::TOGETHER_MAX;
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
    tell: Sender<Told>,
}

/// What one who waits is told.
enum Told {
    /// To write what waits by now, its own first.
    Lead,
    /// What became of its own.
    Of(Result<Outcome, Refusal>),
}

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

    /// A poisoned lock only means that somebody panicked; the line is whole at each moment.
    fn line(&self) -> MutexGuard<'_, Line> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Gives the lead to the first who waits when it is dropped, also by a panic.
struct HandOver<'t>(&'t Turns);

impl Drop for HandOver<'_> {
    fn drop(&mut self) {
        let mut line = self.0.line();
        let next = line.waiting.front();
        line.is_led = next.is_some_and(|next| next.tell.send(Told::Lead).is_ok());
    }
}

impl Hub {
    /// Writes, with the log in the same transaction; what it signed is marked before anybody is
    /// told. One of those who wait writes for all of them: a crowd then waits for the disk
    /// together, and a submission that fails takes back its own alone.
    pub(super) fn take(&self, given: Submission) -> Result<Outcome, Refusal> {
        let (tell, told) = channel();
        if self.turns.join(Waiting { given, tell }) {
            self.write_together();
        }
        loop {
            match told.recv() {
                Ok(Told::Lead) => self.write_together(),
                Ok(Told::Of(outcome)) => return outcome,
                // Who wrote it panicked, and nothing of it was stored.
                Err(_) => return Err(Refusal::internal()),
            }
        }
    }

    /// Once it is committed the next ones are, while these are marked.
    fn write_together(&self) {
        let over = HandOver(&self.turns);
        let (given, tells): (Vec<_>, Vec<_>) =
            self.turns.next().into_iter().map(|one| (one.given, one.tell)).unzip();
        let pen = self.log.as_ref().map(|(log, _)| log.pen());
        let stored = self.ledger.take(pen.as_ref(), &*self.blobs, &given);
        drop(over);
        let marked = stored.map_err(Refusal::from).and_then(|(each, head)| {
            if let Some((log, _)) = &self.log {
                log.raise(head)?;
            }
            // An erasure may have come along; should the files be busy, the next ones make it good.
            let _ = self.ledger.scrub(&*self.blobs);
            Ok(each)
        });
        // Whoever brought one waits for it, so every end is open.
        match marked {
            Ok(each) => {
                for (tell, outcome) in tells.into_iter().zip(each) {
                    let _ = tell.send(Told::Of(outcome.map_err(Refusal::from)));
                }
            }
            Err(refusal) => {
                for tell in tells {
                    let _ = tell.send(Told::Of(Err(refusal.clone())));
                }
            }
        }
    }
}
