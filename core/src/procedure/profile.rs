//! What an assistance visit must reach, as dated data: a rule changes by a new line, not by code.

use chrono::NaiveDate;

use crate::domain::parse_day;

/// What T, C, V and E demand, from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// The name in ops.
    pub name: &'static str,
    /// First day, `2021-01-01`.
    pub from: &'static str,
    /// Last day; none while it is in force.
    pub until: Option<&'static str>,
    /// Trainings.
    pub trainings: usize,
    /// Certified enforcers at a training.
    pub certified_at_training: usize,
    /// Different enterprises that are checked.
    pub sites: usize,
    /// Certified enforcers at a check, each by an act of their own writer.
    pub certified_at_check: usize,
    /// Violations 查实.
    pub violations: usize,
    /// Chains of evidence 全过程调查取证.
    pub chains: usize,
    /// Independent kinds of evidence for the main fact of a case.
    pub kinds_for_case: usize,
    /// Whether complete checks without a violation close the visit (honest zero).
    pub honest_zero: bool,
    /// Where the demands come from.
    pub source: &'static str,
}

/// Every profile, the oldest first.
pub const PROFILES: &[Profile] = &[
    Profile {
        name: "rizhao-2021",
        from: "2021-01-01",
        until: Some("2024-12-31"),
        trainings: 1,
        certified_at_training: 2,
        sites: 2,
        certified_at_check: 2,
        violations: 1,
        chains: 1,
        kinds_for_case: 2,
        honest_zero: false,
        source: "日照市执法帮扶 2021：组织1次执法闭环培训、检查2家、至少查实1项、1次全过程取证（日照日报）；\
                 两名执法人员：行政处罚法（2021）第四十二条、第五十五条",
    },
    Profile {
        name: "since-2025",
        from: "2025-01-01",
        until: None,
        trainings: 1,
        certified_at_training: 2,
        sites: 2,
        certified_at_check: 2,
        violations: 1,
        chains: 1,
        kinds_for_case: 2,
        honest_zero: true,
        source: "国办发〔2024〕54号：不得下达检查指标，“至少查实1项”不再是硬性要求；\
                 两名执法人员：行政处罚法（2021）第四十二条、第五十五条",
    },
];

/// The profile of a name.
#[must_use]
pub fn profile_named(name: &str) -> Option<&'static Profile> {
    PROFILES.iter().find(|profile| profile.name == name)
}

/// The profile in force on a day; before the first one, the first.
#[must_use]
pub fn profile_in_force(day: NaiveDate) -> &'static Profile {
    let begun = |profile: &&Profile| parse_day(profile.from).is_some_and(|from| from <= day);
    PROFILES.iter().rev().find(begun).unwrap_or(&PROFILES[0])
}

impl Profile {
    /// Whether the profile is in force on a day.
    #[must_use]
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        let after = parse_day(self.from).is_some_and(|from| from <= day);
        let before = self.until.is_none_or(|last| parse_day(last).is_some_and(|last| day <= last));
        after && before
    }
}

#[cfg(test)]
mod tests {
    use super::{PROFILES, profile_in_force};
    use crate::domain::parse_day;

    #[test]
    fn every_day_of_a_profile_is_a_day_and_profiles_follow_without_a_gap() {
        for pair in PROFILES.windows(2) {
            let last = parse_day(pair[0].until.unwrap()).unwrap();
            assert_eq!(last.succ_opt(), parse_day(pair[1].from));
        }
        for profile in PROFILES {
            let from = parse_day(profile.from).unwrap();
            assert!(profile.is_in_force(from) && !profile.source.is_empty());
            assert_eq!(profile_in_force(from).name, profile.name);
            assert!(!profile.is_in_force(from.pred_opt().unwrap()));
        }
    }
}
