//! A case on the finding of a pretend township, with a form and an interview to go on from.

use angen_core::action::{
    Person, ProposeCase, RecordInterview, capture_evidence, list_hashes, propose_case,
    record_interview,
};
use angen_ledger::id::{DossierId, EntityId};

use crate::files::jpeg;
use crate::township::{Township, capture};

/// What a test of a case stands on must stand.
const WORKS: &str = "the pretend case works";

/// The case and what lies in its dossier. Plain ids: they hold for a copy of the folder too.
#[derive(Debug, Clone, Copy)]
pub struct CaseCast {
    /// The dossier.
    pub dossier: DossierId,
    /// A photo of the signed form.
    pub form: EntityId,
    /// An interview.
    pub interview: EntityId,
    /// The list of digests of the check.
    pub list: EntityId,
}

/// What is proposed.
#[must_use]
pub fn proposal(town: &Township) -> ProposeCase {
    ProposeCase {
        check: town.cast.check.dossier,
        finding: town.cast.finding,
        cause: "未在有较大危险因素的设备上设置防护装置".to_owned(),
        source: "check".to_owned(),
        guided_by: None,
    }
}

/// An interview in a dossier.
#[must_use]
pub fn interview(dossier: DossierId) -> RecordInterview {
    let person = Person {
        name: "王志松".to_owned(),
        post: "车间主任".to_owned(),
        id_no: Some("371102199001010010".to_owned()),
        ..Person::default()
    };
    RecordInterview {
        dossier,
        number: 1,
        held_ms: (1_795_424_400_000, 1_795_426_200_000),
        place: "厂区会议室".to_owned(),
        person,
        rights_told: true,
        rights_answer: Some("听清楚了，不申请回避。".to_owned()),
        questions: vec![("谁负责这台设备？".to_owned(), "我负责。".to_owned())],
    }
}

/// Builds the case.
///
/// # Panics
/// When a verb fails: then the test has nothing to stand on.
#[must_use]
pub fn build_case(town: &Township) -> CaseCast {
    let desk = town.officer();
    let dossier = propose_case(&desk, &proposal(town)).expect(WORKS).dossier;
    let file = town.file("form.jpg", &jpeg("the signed form"));
    let form = capture_evidence(&desk, &capture(file, dossier)).expect(WORKS).evidence;
    let interview = record_interview(&desk, &interview(dossier)).expect(WORKS).interview;
    let list = list_hashes(&desk, town.cast.check.dossier).expect(WORKS).list.list;
    CaseCast { dossier, form, interview, list }
}
