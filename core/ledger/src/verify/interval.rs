//! Between which moments an op was written, as far as the log of a hub shows it.

use std::collections::HashMap;

use crate::hash::Hash;
use crate::verify::chains::{CLOCK_SLACK_MS, Chains};
use crate::verify::log::Heads;
use crate::verify::rule::Rule;
use crate::verify::verdict::Findings;
use crate::verify::words::{Fault, Lang};

/// The time of an op: what its writer's device claims, and what hubs signed. All in milliseconds
/// since 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpTime {
    /// The op.
    pub op: Hash,
    /// By the clock of the device: a claim.
    pub claimed_ms: i64,
    /// A checkpoint of this time is named in the op or in its past.
    pub not_before_ms: Option<i64>,
    /// A checkpoint of this time has the op's seal in its tree.
    pub not_after_ms: Option<i64>,
}

impl OpTime {
    /// Whether the claim lies more than two minutes outside of what hubs signed.
    #[must_use]
    pub fn is_outside(&self) -> bool {
        let early = |bound: i64| self.claimed_ms.saturating_add(CLOCK_SLACK_MS) < bound;
        let late = |bound: i64| bound.saturating_add(CLOCK_SLACK_MS) < self.claimed_ms;
        self.not_before_ms.is_some_and(early) || self.not_after_ms.is_some_and(late)
    }

    /// The interval in words. `time` gives the words for a moment in milliseconds since 1970 UTC.
    #[must_use]
    pub fn words(&self, lang: Lang, time: impl Fn(i64) -> String) -> String {
        let claimed = time(self.claimed_ms);
        let (before, after) = (self.not_before_ms.map(&time), self.not_after_ms.map(&time));
        match (lang, before, after) {
            (Lang::Zh, Some(from), Some(to)) => {
                format!("经平台签名：不早于 {from}，不晚于 {to}；设备自称 {claimed}")
            }
            (Lang::Zh, Some(from), None) => {
                format!("经平台签名：不早于 {from}，没有最晚时间；设备自称 {claimed}")
            }
            (Lang::Zh, None, Some(to)) => {
                format!("经平台签名：不晚于 {to}，没有最早时间；设备自称 {claimed}")
            }
            (Lang::Zh, None, None) => format!("没有平台签名的时间；设备自称 {claimed}"),
            (Lang::En, Some(from), Some(to)) => {
                format!("signed by hubs: not before {from}, not after {to}; claimed {claimed}")
            }
            (Lang::En, Some(from), None) => {
                format!("signed by hubs: not before {from}, no latest time; claimed {claimed}")
            }
            (Lang::En, None, Some(to)) => {
                format!("signed by hubs: not after {to}, no earliest time; claimed {claimed}")
            }
            (Lang::En, None, None) => format!("no time signed by a hub; claimed {claimed}"),
        }
    }
}

/// The intervals of all ops, in the order of the package. `received_ms` gives for a seal hash the
/// earliest checkpoint that has it. Notes the claims that lie outside.
pub(crate) fn intervals(
    chains: &Chains,
    heads: &Heads,
    received_ms: &HashMap<Hash, i64>,
    findings: &mut Findings,
) -> Vec<OpTime> {
    let marks = chains.marks.in_order();
    let mut times: Vec<OpTime> = Vec::with_capacity(marks.len());
    for (op, mark) in marks {
        let named = mark.checkpoint.as_ref().and_then(|named| heads.time_ms(named));
        let past = mark.past.iter().filter_map(|past| times[*past as usize].not_before_ms);
        let seal = mark.seal.map(|seal| &chains.sealed[seal as usize]);
        let time = OpTime {
            op: *op,
            claimed_ms: mark.clocks.wall_ms,
            not_before_ms: past.chain(named).max(),
            not_after_ms: seal.and_then(|seal| received_ms.get(&seal.hash)).copied(),
        };
        if time.is_outside() {
            findings.noted(Rule::T1, chains.marked(op, mark), Fault::OutsideInterval);
        }
        times.push(time);
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(not_before_ms: Option<i64>, not_after_ms: Option<i64>) -> OpTime {
        OpTime { op: Hash([1; 32]), claimed_ms: 0, not_before_ms, not_after_ms }
    }

    #[test]
    fn a_claim_may_be_two_minutes_off() {
        assert!(!time(Some(120_000), Some(-120_000)).is_outside());
        assert!(time(Some(120_001), None).is_outside());
        assert!(time(None, Some(-120_001)).is_outside());
        assert!(!time(None, None).is_outside());
        let last = OpTime { claimed_ms: i64::MAX, ..time(Some(i64::MIN), Some(i64::MAX)) };
        assert!(!last.is_outside());
    }

    #[test]
    fn the_words_name_every_bound_and_the_claim() {
        for lang in [Lang::Zh, Lang::En] {
            for (from, to) in [(None, None), (Some(7), None), (None, Some(9)), (Some(7), Some(9))] {
                let words = time(from, to).words(lang, |ms| format!("<{ms}>"));
                assert_eq!(words.contains("<7>"), from.is_some(), "{words}");
                assert_eq!(words.contains("<9>"), to.is_some(), "{words}");
                assert!(words.ends_with("<0>"), "{words}");
            }
        }
    }
}
