//! How often somebody may ask: a bucket of requests that fills again with time.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

use crate::limits::{PACED_MAX, Pace};
use crate::server::refusal::Refusal;

/// A thousandth of a request.
const WHOLE: u64 = 1_000;

/// What is left of one caller's share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bucket {
    thousandths: u64,
    at: Instant,
}

impl Bucket {
    pub(crate) fn full(pace: Pace, now: Instant) -> Self {
        Self { thousandths: u64::from(pace.burst) * WHOLE, at: now }
    }

    /// Takes one request out.
    pub(crate) fn take(&mut self, pace: Pace, now: Instant) -> Result<(), Refusal> {
        self.fill(pace, now);
        self.thousandths = self.thousandths.checked_sub(WHOLE).ok_or_else(Refusal::too_many)?;
        Ok(())
    }

    fn fill(&mut self, pace: Pace, now: Instant) {
        let passed_ms = now.saturating_duration_since(self.at).as_millis();
        let more = passed_ms.saturating_mul(u128::from(pace.per_second));
        let full = u64::from(pace.burst) * WHOLE;
        self.thousandths =
            u64::try_from(more).unwrap_or(u64::MAX).saturating_add(self.thousandths).min(full);
        self.at = now;
    }
}

/// A bucket for each caller that has asked lately.
pub(crate) struct Buckets<K> {
    pace: Pace,
    shares: Mutex<Shares<K>>,
}

struct Shares<K> {
    own: HashMap<K, Bucket>,
    /// For all who come when there are too many to tell apart.
    common: Option<Bucket>,
}

impl<K: Eq + Hash> Buckets<K> {
    pub(crate) fn new(pace: Pace) -> Self {
        Self { pace, shares: Mutex::new(Shares { own: HashMap::new(), common: None }) }
    }

    pub(crate) fn take(&self, caller: K, now: Instant) -> Result<(), Refusal> {
        let pace = self.pace;
        let mut shares = self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        let Shares { own, common } = &mut *shares;
        if own.len() >= PACED_MAX && !own.contains_key(&caller) {
            // Who has a full bucket again is as one who never came.
            let full = u64::from(pace.burst) * WHOLE;
            own.retain(|_, bucket| {
                bucket.fill(pace, now);
                bucket.thousandths < full
            });
            if own.len() >= PACED_MAX {
                return common.get_or_insert_with(|| Bucket::full(pace, now)).take(pace, now);
            }
        }
        own.entry(caller).or_insert_with(|| Bucket::full(pace, now)).take(pace, now)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const PACE: Pace = Pace { per_second: 2, burst: 3 };

    #[test]
    fn a_bucket_gives_its_burst_and_then_one_as_often_as_it_fills() {
        let begin = Instant::now();
        let buckets = Buckets::new(PACE);
        for _ in 0..3 {
            buckets.take(1, begin).unwrap();
        }
        assert_eq!(buckets.take(1, begin).unwrap_err().code, "too_many");
        buckets.take(2, begin).unwrap();
        let later = begin + Duration::from_millis(499);
        assert!(buckets.take(1, later).is_err());
        buckets.take(1, later + Duration::from_millis(1)).unwrap();
        assert!(buckets.take(1, later + Duration::from_millis(1)).is_err());
        // However long somebody stays away, no more than the burst is saved.
        let much_later = begin + Duration::from_secs(100_000);
        for _ in 0..3 {
            buckets.take(1, much_later).unwrap();
        }
        assert!(buckets.take(1, much_later).is_err());
    }

    #[test]
    fn when_too_many_come_the_new_ones_share_and_the_others_keep_their_own() {
        let now = Instant::now();
        let buckets = Buckets::new(PACE);
        for caller in 0..PACED_MAX {
            buckets.take(caller, now).unwrap();
        }
        for caller in 0..3 {
            buckets.take(PACED_MAX + caller, now).unwrap();
        }
        assert!(buckets.take(PACED_MAX + 3, now).is_err());
        buckets.take(5, now).unwrap();
        // A second later all of them are full again and forgotten.
        buckets.take(PACED_MAX + 4, now + Duration::from_secs(1)).unwrap();
    }
}
