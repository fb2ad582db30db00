//! Numbers of documents: how they read, and that none is ever given twice.
#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]
use std::collections::BTreeSet;

use angen_documents::*;
use proptest::prelude::*;

fn series(year: u16) -> Series {
    Series::new("鲁日", "应急", "检记", year).unwrap()
}

#[test]
fn a_number_reads_as_the_forms_print_it() {
    let number = series(2021).number(1).unwrap();
    assert_eq!(number.to_string(), "（鲁日）应急检记〔2021〕1号");
}

#[test]
fn a_number_with_other_brackets_or_zeros_is_refused() {
    for text in [
        "(鲁日)应急检记〔2021〕1号",
        "（鲁日）应急检记[2021]1号",
        "（鲁日）应急检记〔2021〕01号",
        "（鲁日）应急检记〔2021〕0号",
        "（鲁日）应急检记〔２０２１〕1号",
        "（鲁日）检记〔2021〕1号",
        "（鲁日）应急〔2021〕1号",
        "（鲁日）应急检记〔2021〕1",
        "（鲁日）应急检记〔2021〕1000000号",
        "",
    ] {
        let refused = text.parse::<Number>().expect_err(text).to_string();
        assert!(refused.contains("文号") && refused.contains("write it like"), "{refused}");
    }
}

#[test]
fn the_older_names_of_the_department_are_read() {
    for text in ["（鲁日）安监管检记〔2012〕7号", "（鲁日）安监检记〔2017〕7号"]
    {
        let number: Number = text.parse().unwrap();
        assert_eq!((number.to_string().as_str(), number.series().kind()), (text, "检记"));
    }
}

#[test]
fn a_device_without_numbers_goes_on_with_provisional_ones() {
    let mut register = Register::default();
    let series = series(2026);
    register.reserve(&series, "A3", 1).unwrap();
    register.take(&series, "A3").unwrap();
    let used_up = register.take(&series, "A3").unwrap_err();
    assert_eq!(used_up, RegisterError::BlockUsedUp { series: series.clone() });

    let provisional = register.provisional(&series, "A3").unwrap();
    assert_eq!(provisional.to_string(), "（鲁日）应急检记〔2026〕暂A3-1号");
    assert!(register.settle(&provisional).is_err(), "there is no number yet");
    register.reserve(&series, "A3", 5).unwrap();
    assert_eq!(register.settle(&provisional).unwrap().serial(), 2);
    let spent = register.settle(&provisional).unwrap_err();
    assert_eq!(spent, RegisterError::Spent { number: provisional.to_string() });
}

#[test]
fn a_void_is_logged_with_its_reason() {
    let mut register = Register::default();
    let series = series(2026);
    register.reserve(&series, "A3", 3).unwrap();
    let number = register.take(&series, "A3").unwrap();
    assert!(matches!(register.void(&number, " "), Err(RegisterError::NoReason { .. })));
    register.void(&number, "打印时纸张损坏").unwrap();
    assert!(matches!(register.void(&number, "再次"), Err(RegisterError::Spent { .. })));
    let reason = "打印时纸张损坏".to_owned();
    assert_eq!(register.log().last(), Some(&RegisterEvent::Voided { number, reason }));
    assert_eq!(register.take(&series, "A3").unwrap().serial(), 2);
}

#[test]
fn a_number_that_was_never_reserved_cannot_be_voided() {
    let mut register = Register::default();
    let number = series(2026).number(8).unwrap();
    assert!(matches!(register.void(&number, "误填"), Err(RegisterError::Unknown { .. })));
}

#[test]
fn a_log_that_takes_a_number_twice_is_refused() {
    let mut register = Register::default();
    let series = series(2026);
    register.reserve(&series, "A3", 3).unwrap();
    let number = register.take(&series, "A3").unwrap();
    let mut log = register.log().to_vec();
    log.push(RegisterEvent::Taken(number));
    assert!(matches!(Register::replay(log), Err(RegisterError::Spent { .. })));
}

#[derive(Debug, Clone)]
enum Act {
    Reserve(u8, u32),
    Take(u8),
    Void(u32),
    Provisional(u8),
    Settle(usize),
}

fn acts() -> impl Strategy<Value = Vec<(u16, Act)>> {
    let act = prop_oneof![
        (0..3_u8, 0..7_u32).prop_map(|(device, length)| Act::Reserve(device, length)),
        (0..3_u8).prop_map(Act::Take),
        (1..40_u32).prop_map(Act::Void),
        (0..3_u8).prop_map(Act::Provisional),
        (0..9_usize).prop_map(Act::Settle),
    ];
    proptest::collection::vec((2025..2027_u16, act), 0..120)
}

/// Lets the acts happen; gives the register and every number that was given out, in order.
fn play(acts: &[(u16, Act)]) -> (Register, Vec<Number>) {
    let (mut register, mut given, mut waiting) = (Register::default(), Vec::new(), Vec::new());
    for (year, act) in acts {
        let series = series(*year);
        let device = |number: &u8| format!("机{number}");
        match act {
            Act::Reserve(number, length) => {
                let reserved = register.reserve(&series, &device(number), *length);
                assert_eq!(reserved.is_ok(), *length > 0);
            }
            Act::Take(number) => given.extend(register.take(&series, &device(number))),
            Act::Void(serial) => {
                let _ = register.void(&series.number(*serial).unwrap(), "作废");
            }
            Act::Provisional(number) => {
                waiting.push(register.provisional(&series, &device(number)).unwrap());
            }
            Act::Settle(at) => {
                given.extend(waiting.get(*at).and_then(|number| register.settle(number).ok()));
            }
        }
    }
    (register, given)
}

proptest! {
    #[test]
    fn every_number_reads_back(
        region in "[\u{4e00}-\u{9fa5}]{1,4}",
        kind in "检记|责改|复查|立|先保处审",
        year in 1990..2200_u16,
        serial in 1..=SERIAL_MAX,
    ) {
        let number = Series::new(&region, "应急", &kind, year).unwrap().number(serial).unwrap();
        prop_assert_eq!(number.to_string().parse::<Number>().unwrap(), number);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,40}") {
        if let Ok(number) = text.parse::<Number>() {
            prop_assert_eq!(number.to_string(), text);
        }
    }

    #[test]
    fn no_number_is_given_twice_or_after_it_is_void(acts in acts()) {
        let (register, given) = play(&acts);
        let distinct: BTreeSet<&Number> = given.iter().collect();
        prop_assert_eq!(distinct.len(), given.len());
        let mut void = BTreeSet::new();
        for event in register.log() {
            match event {
                RegisterEvent::Voided { number, .. } => prop_assert!(void.insert(number.clone())),
                RegisterEvent::Taken(number) | RegisterEvent::Settled { number, .. } => {
                    prop_assert!(!void.contains(number));
                }
                RegisterEvent::Reserved { .. } | RegisterEvent::Provisional(_) => {}
            }
        }
    }

    #[test]
    fn blocks_of_a_series_never_overlap(acts in acts()) {
        let (register, _) = play(&acts);
        let mut reserved = BTreeSet::new();
        for event in register.log() {
            if let RegisterEvent::Reserved { series, first, last, .. } = event {
                for serial in *first..=*last {
                    prop_assert!(reserved.insert((series.clone(), serial)));
                }
            }
        }
    }

    #[test]
    fn the_log_tells_the_whole_state(acts in acts()) {
        let (register, _) = play(&acts);
        let replayed = Register::replay(register.log().to_vec()).unwrap();
        for year in 2025..2027 {
            prop_assert_eq!(replayed.open(&series(year)), register.open(&series(year)));
        }
        prop_assert_eq!(replayed.log(), register.log());
    }
}
