//! A printed page that was signed and captured back closes what it is of.

use angen_core::action::{
    PaperAnswer, PartyAnswer, ToVoid, board, missing, sign_paper, sign_record, void_document,
};
use angen_core::domain::{RecordSigned, read_all};
use angen_core::error::Error;
use angen_core::procedure::{Code, Verdict};
use angen_documents::Form;
use angen_ledger::id::EntityId;
use angen_testing::papers::{assent, print, request, sheet};

use crate::Gate;

fn is_open(gate: &Gate, dossier: angen_ledger::id::DossierId, code: Code) -> bool {
    let now = gate.town.ports.clock.now().wall_ms;
    let all = missing(&gate.town.store, dossier, now).unwrap();
    all.iter().any(|line| line.code == code && line.verdict == Verdict::Open)
}

/// A signed page of a paper.
fn signed(gate: &Gate, page: &str) -> PaperAnswer {
    let page = gate.town.photograph(page).unwrap().evidence;
    PaperAnswer::Signed { signer: "王志松".to_owned(), pages: vec![page] }
}

#[test]
fn s06_the_printed_record_closes_the_check_once_its_signed_page_is_here() {
    let gate = Gate::with(1);
    let check = gate.town.cast.check.dossier;
    let record = print(&gate.town, &request(check, Form::SiteRecord)).unwrap();
    assert!(is_open(&gate, check, Code::RecordClosed));
    let answer = signed(&gate, "现场检查记录签字页");
    sign_paper(&gate.town.officer(), check, record.document, &answer).unwrap();
    assert!(!is_open(&gate, check, Code::RecordClosed));
}

#[test]
fn s06_a_record_that_is_void_closes_nothing_and_takes_no_signature() {
    let gate = Gate::with(2);
    let check = gate.town.cast.check.dossier;
    let record = print(&gate.town, &request(check, Form::SiteRecord)).unwrap();
    let answer = signed(&gate, "签字页");
    sign_paper(&gate.town.officer(), check, record.document, &answer).unwrap();
    let void = ToVoid::Document(check, record.document);
    void_document(&gate.town.officer(), &void, "打错单位").unwrap();
    assert!(is_open(&gate, check, Code::RecordClosed));
    let refused = sign_paper(&gate.town.officer(), check, record.document, &answer).unwrap_err();
    assert!(matches!(refused, Error::Invalid(_)), "{refused}");
}

#[test]
fn s06_a_refusal_that_was_noted_stands_on_the_paper() {
    let gate = Gate::with(1);
    let check = gate.town.cast.check.dossier;
    let refused =
        PartyAnswer::Refused { reason: "负责人要先请示".to_owned(), evidence: None };
    sign_record(&gate.town.officer(), check, &refused).unwrap();
    let record = print(&gate.town, &request(check, Form::SiteRecord)).unwrap();
    assert!(sheet(&record).contains("拒绝签名，原因：负责人要先请示"));
}

#[test]
fn a_signature_on_the_record_names_the_paper_that_was_printed() {
    let gate = Gate::with(1);
    let check = gate.town.cast.check.dossier;
    let record = print(&gate.town, &request(check, Form::SiteRecord)).unwrap();
    let page = gate.town.photograph("签字页").unwrap().evidence;
    let (signer, post) = ("王志松".to_owned(), "车间主任".to_owned());
    let answer = PartyAnswer::Signed { signer, post, evidence: page };
    sign_record(&gate.town.officer(), check, &answer).unwrap();
    let noted: Vec<RecordSigned> = gate.town.store.read(|read| read_all(read, check)).unwrap();
    assert_eq!(noted[0].paper, Some(record.document));
}

#[test]
fn the_notice_counts_once_it_is_printed() {
    let gate = Gate::with(1);
    let check = gate.town.cast.check.dossier;
    assert!(is_open(&gate, check, Code::NoticeGiven));
    print(&gate.town, &request(check, Form::InspectionNotice)).unwrap();
    assert!(!is_open(&gate, check, Code::NoticeGiven));
    let now = gate.town.ports.clock.now().wall_ms;
    board(&gate.town.store, gate.town.cast.assistance, now).unwrap();
}

#[test]
fn an_interview_is_signed_on_the_record_that_was_printed_of_it() {
    let gate = Gate::with(1);
    let case = gate.case();
    let printed = print(&gate.town, &request(case.dossier, Form::InterviewRecord)).unwrap();
    assert!(is_open(&gate, case.dossier, Code::InterviewRecorded));
    let pages: Vec<EntityId> = vec![case.form];
    let answer = PaperAnswer::Signed { signer: "王志松".to_owned(), pages };
    sign_paper(&gate.town.officer(), case.dossier, printed.document, &answer).unwrap();
    assent(&gate.town, case.dossier);
    assert!(!is_open(&gate, case.dossier, Code::InterviewRecorded));
}
