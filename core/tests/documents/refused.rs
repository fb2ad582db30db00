//! A document that is not issued: everything that stands against it at once, and nothing changed.

use std::collections::BTreeSet;

use angen_core::action::{
    EnrolOfficer, PrintDocument, Printer, WriteNote, enrol_officer, give_assent, plan_check,
    preview_document, print_document, show_certificates, write_note,
};
use angen_core::domain::Role;
use angen_core::procedure::paper::ByHand;
use angen_documents::Form;
use angen_testing::papers::{prepare, print, request};
use angen_testing::picture::picture;
use angen_testing::township as input;

use crate::{Gate, lacks};

fn places(gate: &Gate, asked: &PrintDocument) -> Vec<String> {
    let before = picture(&gate.town.store).unwrap();
    let lacks = lacks(print(&gate.town, asked));
    assert_eq!(picture(&gate.town.store).unwrap(), before, "a refused print changes nothing");
    assert!(lacks.iter().all(|lack| !lack.zh.is_empty() && lack.en.is_ascii()), "{lacks:?}");
    lacks.into_iter().map(|lack| lack.place).collect()
}

/// A check of the same enterprise that only the first officer has written in.
fn check_of_one(gate: &Gate) -> PrintDocument {
    let cast = &gate.town.cast;
    let plan = input::check(cast.enterprise, cast.checklist, Some(cast.assistance));
    let planned = plan_check(&gate.town.officer(), &plan).unwrap();
    show_certificates(&gate.town.officer(), planned.dossier, "王志松", None).unwrap();
    request(planned.dossier, Form::SiteRecord)
}

#[test]
fn r01_two_certified_officers_print_a_record() {
    let gate = Gate::with(1);
    print(&gate.town, &request(gate.town.cast.check.dossier, Form::SiteRecord)).unwrap();
}

#[test]
fn r01_one_officer_alone_prints_nothing_and_goes_on_recording() {
    let gate = Gate::with(1);
    let asked = check_of_one(&gate);
    let found = lacks(print(&gate.town, &asked));
    let rule = found.iter().find(|lack| lack.place == "officers").unwrap();
    assert_eq!(rule.rule, Some("R01"), "{found:?}");
    assert!(rule.zh.contains("1名") && rule.en.contains("1 of 2"), "{rule:?}");
    assert!(places(&gate, &asked).contains(&"officers".to_owned()));
    let note =
        WriteNote {
            dossier: asked.dossier, text: "发现险情，先撤人".to_owned(), about: None
        };
    write_note(&gate.town.officer(), &note).unwrap();
}

#[test]
fn r01_an_expired_certificate_is_named_and_does_not_count() {
    let gate = Gate::with(1);
    let town = &gate.town;
    let expired = EnrolOfficer {
        certificate_valid_until: Some("2020-06-30".to_owned()),
        ..input::officer("赵宁远", Role::Enforcer)
    };
    let writer = enrol_officer(&town.desk(town.place.administrator), &expired).unwrap().writer;
    let asked = check_of_one(&gate);
    show_certificates(&town.desk(writer), asked.dossier, "王志松", None).unwrap();
    let found = lacks(print(town, &asked));
    let told = found.iter().find(|lack| lack.place == "certificate_valid_until").unwrap();
    assert!(told.zh.contains("赵宁远") && told.zh.contains("2020-06-30"), "{told:?}");
    assert!(found.iter().any(|lack| lack.place == "officers"), "{found:?}");
}

#[test]
fn r02_a_record_without_shown_certificates_is_not_printed() {
    let gate = Gate::with(1);
    let cast = &gate.town.cast;
    let plan = input::check(cast.enterprise, cast.checklist, Some(cast.assistance));
    let planned = plan_check(&gate.town.officer(), &plan).unwrap();
    give_assent(&gate.town.desk(cast.officers[1]), planned.dossier, &[]).unwrap();
    let found = places(&gate, &request(planned.dossier, Form::SiteRecord));
    assert_eq!(found, ["certificates_shown_at"]);
}

#[test]
fn r02_a_record_says_when_both_had_shown_their_certificates() {
    let gate = Gate::with(1);
    let printed = print(&gate.town, &request(gate.town.cast.check.dossier, Form::SiteRecord));
    let text = angen_testing::papers::sheet(&printed.unwrap());
    assert!(text.contains("出示证件时间\n2026年"), "{text}");
}

#[test]
fn everything_that_is_missing_is_told_at_once_and_can_be_asked_before() {
    let gate = Gate::with(1);
    let mut asked = request(gate.town.cast.check.dossier, Form::SiteRecord);
    asked.given.clear();
    let found = places(&gate, &asked);
    assert_eq!(found, ["post", "phone", "recusal"]);
    let ask = |asked: &PrintDocument| {
        preview_document(&gate.town.officer(), &Printer::default(), asked).unwrap().lacks
    };
    let before = ask(&asked);
    assert_eq!(before.iter().map(|lack| lack.place.as_str()).collect::<Vec<_>>(), found);
    asked.by_hand = ByHand::Rest;
    assert!(ask(&asked).is_empty());
    print(&gate.town, &asked).unwrap();
}

#[test]
fn a_field_that_the_form_has_not_is_named_with_those_that_it_has() {
    let gate = Gate::with(1);
    let mut asked = request(gate.town.cast.check.dossier, Form::SiteRecord);
    asked.given.insert("phonee".to_owned(), "1".to_owned());
    let found = lacks(print(&gate.town, &asked));
    assert_eq!(found.len(), 1);
    assert!(found[0].zh.contains("phonee") && found[0].zh.contains("phone,"), "{found:?}");
}

#[test]
fn a_dossier_without_such_a_document_says_so() {
    let gate = Gate::with(1);
    let asked = request(gate.town.cast.check.dossier, Form::FilingApproval);
    let error = print_document(&gate.town.officer(), &Printer::default(), &asked).unwrap_err();
    assert!(error.to_string().contains("check the dossier"), "{error}");
}

#[test]
fn without_any_block_nothing_says_which_series_and_the_number_is_asked_for() {
    let gate = Gate::bare();
    for writer in gate.town.cast.officers {
        let desk = gate.town.desk(writer);
        show_certificates(&desk, gate.town.cast.check.dossier, "王志松", None).unwrap();
    }
    let asked = request(gate.town.cast.check.dossier, Form::SiteRecord);
    let found = lacks(print(&gate.town, &asked));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].zh.contains("预留号段"), "{found:?}");
    prepare(&gate.town, 1);
    print(&gate.town, &asked).unwrap();
}

#[test]
fn a_finding_without_version_or_article_stands_against_the_filing_form() {
    let gate = Gate::with(1);
    let (town, check) = (&gate.town, gate.town.cast.check.dossier);
    let better = angen_core::action::CorrectFinding {
        legal_basis: Some("安全生产法第三十六条".to_owned()),
        ..Default::default()
    };
    let desk = town.officer();
    angen_core::action::correct_finding(&desk, check, town.cast.finding, &better, "漏写版本")
        .unwrap();
    let case = gate.case();
    let found = places(&gate, &request(case.dossier, Form::FilingApproval));
    assert_eq!(BTreeSet::from_iter(found), BTreeSet::from(["suspected".to_owned()]));
}
