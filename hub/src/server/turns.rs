//! Writes that wait for the database share one commit, one signed head and one mark.

use std::collections::VecDeque;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::limits::TOGETHER_MAX;
use crate::server::{Hub, Refusal};
use crate::store::{Outcome, Submission};

/// The writes that wait, and whose turn it is.
#[derive(Default)]
pub(super) struct Turns {
    waiting: Mutex<VecDeque<Waiting>>,
    turn: Mutex<()>,
}

/// A submission, and who is told what became of it.
struct Waiting {
    given: Submission,
    tell: Sender<Result<Outcome, Refusal>>,
}

impl Turns {
    fn add(&self, one: Waiting) {
        lock(&self.waiting).push_back(one);
    }

    /// The next ones, in the order in which they came.
    fn next(&self) -> Vec<Waiting> {
        let mut waiting = lock(&self.waiting);
        let count = waiting.len().min(TOGETHER_MAX);
        waiting.drain(..count).collect()
    }
}

impl Hub {
    /// Writes, with the log in the same transaction; what it signed is marked before anybody is
    /// told. Whoever comes to its turn first writes for all that wait: a crowd then waits for the
    /// disk together, and one that fails takes back its own alone.
    pub(super) fn take(&self, given: Submission) -> Result<Outcome, Refusal> {
        let (tell, told) = channel();
        self.turns.add(Waiting { given, tell });
        let outcome = loop {
            let turn = lock(&self.turns.turn);
            let together = self.turns.next();
            if together.is_empty() {
                // Somebody else has taken it along.
                drop(turn);
                break told.recv().ok();
            }
            self.write_together(together, turn);
            if let Ok(outcome) = told.try_recv() {
                break Some(outcome);
            }
        };
        // None: who wrote it panicked, and nothing of it was stored.
        outcome.unwrap_or_else(|| Err(Refusal::internal()))
    }

    /// Once it is committed the turn is over: the next ones commit while these are marked, and one
    /// mark then serves for all that wait for theirs.
    fn write_together(&self, together: Vec<Waiting>, turn: MutexGuard<'_, ()>) {
        let (given, tells): (Vec<_>, Vec<_>) =
            together.into_iter().map(|one| (one.given, one.tell)).unzip();
        let pen = self.log.as_ref().map(|(log, _)| log.pen());
        let stored = self.ledger.take(pen.as_ref(), &*self.blobs, &given);
        drop(turn);
        let marked = stored.map_err(Refusal::from).and_then(|(each, head)| {
            if let Some((log, _)) = &self.log {
                log.raise(head)?;
            }
            Ok(each)
        });
        match marked {
            Ok(each) => {
                for (tell, outcome) in tells.into_iter().zip(each) {
                    let _ = tell.send(outcome.map_err(Refusal::from));
                }
            }
            Err(refusal) => {
                for tell in tells {
                    let _ = tell.send(Err(refusal.clone()));
                }
            }
        }
    }
}

/// A poisoned lock only means that a writer panicked; its transaction rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
