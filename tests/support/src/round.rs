//! A round of a pretend township, and the teaching dossier of its visit.

use angen_core::action::{OpenRound, WriteComment, open_round, release_teaching, write_comment};
use angen_core::domain::RoundTownship;
use angen_ledger::id::{DossierId, EntityId};

use crate::township::{Cast, Township};

/// What a test stands on must stand.
const WORKS: &str = "the pretend round works";

/// A round of two townships; the mentor has the first.
#[must_use]
pub fn opening(cast: &Cast) -> OpenRound {
    let township =
        |area: &str, name: &str| RoundTownship { area: area.to_owned(), name: name.to_owned() };
    OpenRound {
        number: 1,
        organiser: "日照市东港区".to_owned(),
        profile: "since-2025".to_owned(),
        townships: vec![township("371102110", "涛雒镇"), township("371102109", "后村镇")],
        mentors: vec![("371102110".to_owned(), cast.mentor)],
        from: "2026-11-01".to_owned(),
        until: "2026-12-15".to_owned(),
        before: None,
    }
}

/// Opens the round, as the administrator.
///
/// # Panics
/// When a verb fails: then the test has nothing to stand on.
#[must_use]
pub fn build_round(town: &Township) -> DossierId {
    open_round(&town.desk(town.place.administrator), &opening(&town.cast)).expect(WORKS)
}

/// Two comments of the mentor on the finding, the first of them released: gives that one.
///
/// # Panics
/// When a verb fails.
#[must_use]
pub fn build_teaching(town: &Township) -> EntityId {
    let desk = town.desk(town.cast.mentor);
    let comment = |text: &str| WriteComment {
        visit: town.cast.assistance,
        about_dossier: town.cast.check.dossier,
        about: town.cast.finding,
        text: text.to_owned(),
    };
    let first = write_comment(&desk, &comment("部位写清楚")).expect(WORKS).comment;
    release_teaching(&desk, town.cast.assistance, &[first]).expect(WORKS);
    write_comment(&desk, &comment("照片要有参照物")).expect(WORKS);
    first
}
