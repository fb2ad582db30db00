//! The bell that a commit rings: whoever watches a database hears that something changed, and the
//! writer waits for nobody.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Counts commits. Watchers wait for the next one, each in a thread of its own.
#[derive(Default)]
pub struct Bell {
    rung: Mutex<u64>,
    heard: Condvar,
}

impl Bell {
    /// Rings: what a commit does when its locks are open again, and who wants a watcher to look up
    /// for another reason.
    pub fn ring(&self) {
        *self.rung() += 1;
        self.heard.notify_all();
    }

    /// How often it has rung.
    #[must_use]
    pub fn count(&self) -> u64 {
        *self.rung()
    }

    /// Waits until it has rung more often than this, and gives how often.
    #[must_use]
    pub fn wait(&self, heard: u64) -> u64 {
        let mut rung = self.rung();
        while *rung <= heard {
            rung = self.heard.wait(rung).unwrap_or_else(PoisonError::into_inner);
        }
        *rung
    }

    fn rung(&self) -> MutexGuard<'_, u64> {
        self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rang_before_somebody_waits_is_heard_at_once() {
        let bell = Bell::default();
        bell.ring();
        bell.ring();
        assert_eq!((bell.wait(0), bell.wait(1), bell.count()), (2, 2, 2));
    }

    #[test]
    fn who_waits_wakes_when_it_rings() {
        let bell = Bell::default();
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| bell.wait(0));
            bell.ring();
            assert_eq!(waiting.join().unwrap(), 1);
        });
    }
}
