//! What was worked out lately, so that the same question is not worked out again.
//!
//! A memory changes how long an answer takes and never which answer it is: it keeps only what
//! follows from the bytes of the question, under a hash of all of them.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::hash::Hash;

/// Answers under the hashes of their questions: the last ones that were asked for, in two
/// generations. When the younger one is full it becomes the older one, and what nobody has asked
/// for since is forgotten.
#[derive(Debug)]
pub struct Lately<T> {
    most: usize,
    kept: Mutex<Generations<T>>,
}

#[derive(Debug)]
struct Generations<T> {
    young: BTreeMap<Hash, T>,
    old: BTreeMap<Hash, T>,
}

impl<T: Clone> Lately<T> {
    /// An empty memory of at least the last `most` answers, and of never more than twice as many.
    #[must_use]
    pub const fn new(most: usize) -> Self {
        let kept = Generations { young: BTreeMap::new(), old: BTreeMap::new() };
        Self { most, kept: Mutex::new(kept) }
    }

    /// The answer to a question, if it is kept.
    pub fn get(&self, question: &Hash) -> Option<T> {
        let mut kept = self.kept();
        if let Some(answer) = kept.young.get(question) {
            return Some(answer.clone());
        }
        let answer = kept.old.remove(question)?;
        kept.put(self.most, *question, answer.clone());
        Some(answer)
    }

    /// Keeps the answer to a question.
    pub fn put(&self, question: Hash, answer: T) {
        self.kept().put(self.most, question, answer);
    }

    /// A poisoned lock only means that somebody panicked; both generations are whole.
    fn kept(&self) -> MutexGuard<'_, Generations<T>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Generations<T> {
    fn put(&mut self, most: usize, question: Hash, answer: T) {
        if self.young.len() >= most {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(question, answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(number: u8) -> Hash {
        Hash([number; 32])
    }

    #[test]
    fn what_was_asked_for_lately_stays_and_the_rest_is_forgotten() {
        let lately = Lately::new(2);
        for number in 0..4 {
            lately.put(question(number), number);
            // Asked for each time, so it outlives what came with it.
            assert_eq!(lately.get(&question(0)), Some(0));
        }
        assert_eq!(lately.get(&question(1)), None);
        assert_eq!(lately.get(&question(3)), Some(3));
        assert_eq!(lately.get(&question(9)), None);
    }

    #[test]
    fn however_much_comes_no_more_than_twice_the_bound_is_kept() {
        let lately = Lately::new(8);
        for number in 0..=255 {
            lately.put(question(number), ());
        }
        let kept = lately.kept();
        assert!(kept.young.len() <= 8 && kept.old.len() <= 8);
    }
}
