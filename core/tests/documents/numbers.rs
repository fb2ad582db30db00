//! Numbers through the ops: none is given twice, whatever is reserved, printed, void or settled.

use std::collections::BTreeSet;

use angen_core::action::{
    PrintError, ToVoid, name_device, reserve_numbers, settle_document, void_document,
};
use angen_core::domain::Issued;
use angen_core::procedure::numbers;
use angen_core::procedure::paper::issued_papers;
use angen_documents::Form;
use angen_testing::papers::{DEVICE, print, request, reservation};
use proptest::prelude::*;

use crate::Gate;

const FORM: Form = Form::SiteRecord;

/// What an officer can do with numbers.
#[derive(Debug, Clone)]
enum Act {
    Reserve(usize, u32),
    Print,
    VoidDocument,
    VoidNumber(u32),
    Settle,
    OtherDevice(usize),
}

const DEVICES: [&str; 2] = [DEVICE, "B7"];

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        1 => (0..2_usize, 1..3_u32).prop_map(|(device, count)| Act::Reserve(device, count)),
        4 => Just(Act::Print),
        3 => Just(Act::VoidDocument),
        1 => (1..9_u32).prop_map(Act::VoidNumber),
        2 => Just(Act::Settle),
        1 => (0..2_usize).prop_map(Act::OtherDevice),
    ];
    proptest::collection::vec(act, 1..24)
}

fn held(gate: &Gate) -> Vec<Issued> {
    let check = gate.town.cast.check.dossier;
    gate.town.store.read(|read| issued_papers(read, check)).unwrap()
}

/// Does one act; gives the numbers that it gave out.
fn play(gate: &Gate, act: &Act) -> Option<String> {
    let (town, check) = (&gate.town, gate.town.cast.check.dossier);
    match act {
        Act::Reserve(device, count) => {
            let admin = town.desk(town.place.administrator);
            reserve_numbers(&admin, &reservation(FORM, DEVICES[*device], *count)).unwrap();
            None
        }
        Act::Print => match print(town, &request(check, FORM)) {
            Ok(printed) if !printed.is_again => printed.number,
            Ok(_) | Err(PrintError::Refused { .. }) => None,
            Err(PrintError::Core(error)) => panic!("{error}"),
        },
        Act::VoidDocument => {
            let standing = held(gate).into_iter().find(|paper| paper.void.is_none())?;
            let void = ToVoid::Document(check, standing.document);
            void_document(&town.officer(), &void, "作废重出").unwrap();
            None
        }
        Act::VoidNumber(serial) => {
            let number = format!("（鲁日）应急检记〔2026〕{serial}号");
            let _ = void_document(&town.officer(), &ToVoid::Number(number), "留空作废");
            None
        }
        Act::Settle => {
            let waits = |paper: &Issued| paper.number.is_none() && paper.provisional.is_some();
            let waiting = held(gate).into_iter().find(waits)?;
            settle_document(&town.officer(), check, waiting.document).ok()
        }
        Act::OtherDevice(device) => {
            name_device(&town.store, DEVICES[*device]).unwrap();
            None
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn no_number_is_given_twice_or_after_it_was_void(acts in acts()) {
        let gate = Gate::with(1);
        let mut given = BTreeSet::new();
        for act in &acts {
            let void: Vec<String> = gate.town.store.read(|read| {
                let register = numbers(read)?.register;
                Ok(register.log().iter().filter_map(|event| match event {
                    angen_documents::RegisterEvent::Voided { number, .. } => Some(number.to_string()),
                    _ => None,
                }).collect())
            }).unwrap();
            if let Some(number) = play(&gate, act) {
                prop_assert!(!void.contains(&number), "{number} was void");
                prop_assert!(given.insert(number.clone()), "{number} was given twice");
            }
        }
        let told = gate.town.store.read(|read| numbers(read)).unwrap().contradictions;
        prop_assert!(told.is_empty(), "{told:?}");
    }
}

#[test]
fn a_device_whose_block_is_used_up_prints_a_provisional_number_and_settles_it_later() {
    let gate = Gate::with(1);
    let (town, check) = (&gate.town, gate.town.cast.check.dossier);
    let first = print(town, &request(check, FORM)).unwrap();
    void_document(&town.officer(), &ToVoid::Document(check, first.document), "纸张损坏").unwrap();
    let second = print(town, &request(check, FORM)).unwrap();
    assert_eq!(second.number.as_deref(), Some("（鲁日）应急检记〔2026〕暂A3-1号"));
    assert!(second.is_provisional);
    settle_document(&town.officer(), check, second.document).unwrap_err();
    let admin = town.desk(town.place.administrator);
    reserve_numbers(&admin, &reservation(FORM, DEVICE, 5)).unwrap();
    let settled = settle_document(&town.officer(), check, second.document).unwrap();
    assert_eq!(settled, "（鲁日）应急检记〔2026〕2号");
    settle_document(&town.officer(), check, second.document).unwrap_err();
    // The paper keeps what was printed on it.
    let again = print(town, &request(check, FORM)).unwrap();
    assert!(again.is_again && again.files == second.files);
}

#[test]
fn a_number_is_never_reserved_for_two_devices() {
    let gate = Gate::bare();
    let admin = gate.town.desk(gate.town.place.administrator);
    let mut before = 0;
    for (device, count) in [("A3", 10), ("B7", 1), ("A3", 1_000)] {
        let block = reserve_numbers(&admin, &reservation(FORM, device, count)).unwrap();
        assert_eq!(block.span, (before + 1, before + i64::from(count)));
        before = block.span.1;
    }
    for count in [0, 1_001] {
        reserve_numbers(&admin, &reservation(FORM, "A3", count)).unwrap_err();
    }
    reserve_numbers(&admin, &reservation(FORM, "no device", 1)).unwrap_err();
}

#[test]
fn a_void_says_why_and_only_once() {
    let gate = Gate::with(3);
    let number = || ToVoid::Number("（鲁日）应急检记〔2026〕1号".to_owned());
    let desk = gate.town.officer();
    void_document(&desk, &number(), " ").unwrap_err();
    void_document(&desk, &number(), "年底未用").unwrap();
    void_document(&desk, &number(), "再次").unwrap_err();
    let never = ToVoid::Number("（鲁日）应急检记〔2026〕9号".to_owned());
    void_document(&desk, &never, "没有预留").unwrap_err();
    let printed = print(&gate.town, &request(gate.town.cast.check.dossier, FORM)).unwrap();
    assert_eq!(printed.number.as_deref(), Some("（鲁日）应急检记〔2026〕2号"));
    // By its number, a document is found and made void where it lies.
    let taken = ToVoid::Number(printed.number.unwrap());
    void_document(&desk, &taken, "打错").unwrap();
    assert_eq!(held(&gate)[0].void.as_deref(), Some("打错"));
}
