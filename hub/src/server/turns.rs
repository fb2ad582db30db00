//! Writes that wait for the database share one commit, one signed head and one mark.

use std::collections::VecDeque;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use angen_core::error::Result;
use angen_core::store::{LogWriter, LoggedWrite, Transaction};

use crate::limits::TOGETHER_MAX;
use crate::server::{Hub, Refusal};

/// The writes that wait, and whose turn it is.
#[derive(Default)]
pub(super) struct Turns {
    waiting: Mutex<VecDeque<Waiting>>,
    turn: Mutex<()>,
}

/// A write, and who is told what became of it.
struct Waiting {
    write: LoggedWrite<'static>,
    tell: Sender<std::result::Result<(), Refusal>>,
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
    pub(super) fn write_logged<T: Send + 'static>(
        &self,
        write: impl FnOnce(&Transaction<'_>, Option<&mut LogWriter<'_>>) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, Refusal> {
        let (answer, answered) = channel();
        let (tell, told) = channel();
        let write = Box::new(move |tx: &Transaction<'_>, log: Option<&mut LogWriter<'_>>| {
            // The other end is below, and waits.
            let _ = answer.send(write(tx, log)?);
            Ok(())
        });
        self.turns.add(Waiting { write, tell });
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
        outcome.unwrap_or_else(|| Err(Refusal::internal()))?;
        answered.recv().map_err(|_| Refusal::internal())
    }

    /// Once it is committed the turn is over: the next ones commit while these are marked, and one
    /// mark then serves for all that wait for theirs.
    fn write_together(&self, together: Vec<Waiting>, turn: MutexGuard<'_, ()>) {
        let (writes, tells): (Vec<_>, Vec<_>) =
            together.into_iter().map(|one| (one.write, one.tell)).unzip();
        let pen = self.log.as_ref().map(|(log, _)| log.pen());
        let stored = self.store.write_logged_all(pen.as_ref(), writes);
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
