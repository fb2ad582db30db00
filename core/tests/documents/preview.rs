//! A document that is looked at before it is issued: nothing is written, and what was shown is
//! what is issued.

use std::collections::BTreeSet;

use angen_core::action::{
    DocumentPreview, PrintDocument, PrintError, Printer, issue_order, preview_document,
    record_recheck, reserve_numbers, show_certificates, take_measure,
};
use angen_core::domain::{Issued, RecheckOutcome, read_one};
use angen_core::procedure::paper::ByHand;
use angen_core::store::{self, Store};
use angen_documents::Form;
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_testing::follow_up;
use angen_testing::papers::{assent, print, request, reservation};
use angen_testing::picture::picture;
use proptest::prelude::*;

use crate::{Gate, lacks};

/// Looks at a document twice, and sees that this leaves the database as it was.
#[track_caller]
fn look(gate: &Gate, asked: &PrintDocument) -> DocumentPreview {
    let store = &gate.town.store;
    let before = (picture(store).unwrap(), state_of(store));
    let desk = gate.town.officer();
    let first = preview_document(&desk, &Printer::default(), asked).unwrap();
    let second = preview_document(&desk, &Printer::default(), asked).unwrap();
    assert_eq!(timeless(&first), timeless(&second), "looking takes no number");
    assert_eq!((picture(store).unwrap(), state_of(store)), before, "looking writes nothing");
    first
}

/// What was shown but for the minute in which a check ends, and the digest that it is in: the clock
/// of the pretend world goes on with each look at it.
fn timeless(preview: &DocumentPreview) -> DocumentPreview {
    let mut shown = DocumentPreview { content: None, ..preview.clone() };
    shown.lines.retain(|line| line.key != "to");
    shown
}

/// How many ops there are, the digest of what they make, and the name of the device.
fn state_of(store: &Store) -> (u64, Hash, Option<String>) {
    let all = store.read(|read| {
        let device = angen_core::action::device_of(read)?;
        Ok((store::count_ops(read)?, store::digest(read)?, device))
    });
    all.unwrap()
}

/// What stands in a field; none for a form without it.
fn text_of<'p>(preview: &'p DocumentPreview, key: &str) -> Option<&'p str> {
    Some(preview.lines.iter().find(|line| line.key == key)?.text.as_str())
}

#[test]
fn a_record_is_seen_with_its_number_before_it_is_issued() {
    let gate = Gate::with(3);
    let asked = request(gate.town.cast.check.dossier, Form::SiteRecord);
    let seen = look(&gate, &asked);
    assert_eq!(seen.number.as_deref(), Some("（鲁日）应急检记〔2026〕1号"));
    assert_eq!(text_of(&seen, "number"), seen.number.as_deref());
    assert_eq!(text_of(&seen, "phone"), Some("0633-0000002"));
    assert_eq!((seen.document, seen.is_provisional, seen.lacks), (None, false, vec![]));
}

#[test]
fn what_is_lacking_stands_beside_what_is_known() {
    let gate = Gate::with(1);
    let mut asked = request(gate.town.cast.check.dossier, Form::SiteRecord);
    asked.given.clear();
    let seen = look(&gate, &asked);
    let places: Vec<&str> = seen.lacks.iter().map(|lack| lack.place.as_str()).collect();
    assert_eq!(places, ["post", "phone", "recusal"]);
    assert_eq!(seen.asked().map(|lack| lack.place.as_str()).collect::<Vec<_>>(), places);
    let lacking = seen.lines.iter().filter(|line| line.is_lacking);
    assert_eq!(lacking.map(|line| line.key.as_str()).collect::<Vec<_>>(), places);
    assert_eq!(text_of(&seen, "unit_name"), Some("日照样例机械加工有限公司"));
    assert_eq!(seen.content, None);
    asked.by_hand = ByHand::Rest;
    let seen = look(&gate, &asked);
    assert!(seen.lacks.is_empty() && !seen.lines.iter().any(|line| line.is_lacking));
}

#[test]
fn a_phone_without_a_name_shows_no_number_that_it_would_not_print() {
    let gate = Gate::bare();
    let (town, check) = (&gate.town, gate.town.cast.check.dossier);
    // Another phone has numbers; this one has neither a block nor a name.
    let block = reservation(Form::SiteRecord, "B7", 1);
    reserve_numbers(&town.desk(town.place.administrator), &block).unwrap();
    for writer in town.cast.officers {
        show_certificates(&town.desk(writer), check, "王志松", None).unwrap();
    }
    assent(town, check);
    let asked = request(check, Form::SiteRecord);
    let seen = look(&gate, &asked);
    assert_eq!((seen.number.as_deref(), seen.is_provisional), (None, true));
    assert_eq!((text_of(&seen, "number"), seen.content), (Some(""), None));
    assert_eq!(seen.lacks, []);
    let printed = print(town, &asked).unwrap();
    assert!(printed.is_provisional && printed.number.is_some());
    assert_eq!(look(&gate, &asked).number, printed.number);
}

#[test]
fn only_its_number_and_its_times_differ_when_it_is_issued_later() {
    let gate = Gate::with(3);
    let check = gate.town.cast.check.dossier;
    let asked = request(check, Form::SiteRecord);
    let seen = look(&gate, &asked);
    gate.town.world.wait_ms(420_000);
    print(&gate.town, &asked).unwrap();
    let issued = look(&gate, &asked);
    assert_eq!(issued.lines.len(), seen.lines.len());
    let differ = seen.lines.iter().zip(&issued.lines).filter(|(before, after)| before != after);
    let keys: BTreeSet<&str> = differ.map(|(before, _)| before.key.as_str()).collect();
    assert_eq!(keys, BTreeSet::from(["to"]));
}

// Number 63: asked beforehand, a document that was issued and whose words were changed since had
// nothing against it, and was refused when it was printed.
#[test]
fn what_was_issued_and_changed_since_says_that_it_must_be_void_first() {
    let gate = Gate::with(3);
    let mut asked = request(gate.town.cast.check.dossier, Form::SiteRecord);
    let printed = print(&gate.town, &asked).unwrap();
    let again = look(&gate, &asked);
    assert_eq!((again.document, again.number), (Some(printed.document), printed.number));
    asked.given.insert("phone".to_owned(), "0633-0000009".to_owned());
    let changed = look(&gate, &asked);
    assert_eq!(changed.lacks, lacks(print(&gate.town, &asked)));
    assert_eq!(changed.lacks[0].place, "document");
    assert_eq!(changed.asked().count(), 0, "nobody fills that in");
    assert_eq!(text_of(&changed, "phone"), Some("0633-0000002"), "the paper is shown");
}

#[test]
fn a_mentor_issues_nothing_and_looks_at_nothing() {
    let gate = Gate::with(1);
    let asked = request(gate.town.cast.check.dossier, Form::SiteRecord);
    let mentor = gate.town.desk(gate.town.cast.mentor);
    let looked = preview_document(&mentor, &Printer::default(), &asked).unwrap_err();
    let printed = angen_core::action::print_document(&mentor, &Printer::default(), &asked);
    let PrintError::Core(printed) = printed.unwrap_err() else { panic!("a mentor is refused") };
    assert_eq!(looked.to_string(), printed.to_string());
}

/// One form of the visit or its case, with what it stands on.
fn dossier_of(gate: &Gate, form: Form, case: DossierId) -> DossierId {
    match form {
        Form::InterviewRecord | Form::FilingApproval => case,
        _ => gate.town.cast.check.dossier,
    }
}

/// A township in which every form has something to be about.
fn ready(numbers: u32) -> (Gate, DossierId) {
    let gate = Gate::with(numbers);
    let case = gate.case();
    let town = &gate.town;
    let desk = town.officer();
    take_measure(&desk, &follow_up::measure(town)).unwrap();
    let order = issue_order(&desk, &follow_up::order(town)).unwrap().order;
    let recheck = follow_up::recheck(town, order, RecheckOutcome::Corrected);
    record_recheck(&desk, &recheck).unwrap();
    assent(town, town.cast.check.dossier);
    (gate, case.dossier)
}

/// Looks, issues, and compares.
fn look_and_issue(gate: &Gate, asked: &PrintDocument) {
    let seen = look(gate, asked);
    match print(&gate.town, asked) {
        Err(PrintError::Refused { lacks, .. }) => assert_eq!(seen.lacks, lacks),
        Err(PrintError::Core(error)) => panic!("{error}"),
        Ok(printed) => {
            assert_eq!(seen.lacks, []);
            assert_eq!(seen.number, printed.number);
            assert_eq!(seen.is_provisional, printed.is_provisional);
            assert_eq!(seen.document.is_some(), printed.is_again);
            let read = gate
                .town
                .store
                .read(|read| read_one::<Issued>(read, asked.dossier, printed.document));
            let on_paper = look(gate, asked);
            assert_eq!(timeless(&seen).lines, timeless(&on_paper).lines);
            if text_of(&seen, "to") == text_of(&on_paper, "to") {
                assert_eq!(seen.content, Some(read.unwrap().content));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn what_was_seen_is_what_is_issued(
        numbers in 1_u32..3,
        steps in proptest::collection::vec((0..Form::ALL.len(), any::<u8>(), any::<bool>()), 1..9),
    ) {
        let (gate, case) = ready(numbers);
        for (form, kept, is_rest) in steps {
            let form = Form::ALL[form];
            let mut asked = request(dossier_of(&gate, form, case), form);
            let mut at = 0_u32;
            asked.given.retain(|_, _| { at += 1; kept & (1 << (at % 8)) != 0 });
            if is_rest {
                asked.by_hand = ByHand::Rest;
            }
            look_and_issue(&gate, &asked);
        }
    }
}
