//! What each kind of mandate allows, and what it does not: each rule kept once and broken once.

use angen_core::domain::{
    Cap, CapBasis, CapSubject, DelegateKind, Mandate, MandateKind, Matters, parse_day,
};
use angen_core::procedure::{Act, FineStage, Powers, Question, Why, powers};
use angen_ledger::hash::Hash;

use crate::names::entity;

const TAOLUO: &str = "371102110";

fn cap(subject: CapSubject, amount: i64, basis: CapBasis) -> Cap {
    Cap { subject, amount, basis, inclusive: true }
}

fn mandate(kind: MandateKind) -> Mandate {
    let day = |text| parse_day(text).expect("a day");
    let by = match kind {
        MandateKind::Own => None,
        MandateKind::Delegation | MandateKind::Joint => Some("日照市应急管理局"),
        MandateKind::Transfer => Some("山东省人民政府"),
    };
    Mandate {
        mandate: entity(kind.word()),
        op: Hash([kind as u8; 32]),
        kind,
        delegator: by.map(str::to_owned),
        delegate: "涛雒镇人民政府".to_owned(),
        delegate_kind: Some(DelegateKind::Government),
        matters: Matters::Listed(vec!["P99".to_owned(), "P105(2)".to_owned()]),
        caps: vec![
            cap(CapSubject::Unit, 50_000, CapBasis::ActualFine),
            cap(CapSubject::Person, 20_000, CapBasis::ActualFine),
        ],
        areas: vec![TAOLUO.to_owned()],
        from: day("2022-03-01"),
        until: Some(day("2026-12-31")),
        published_on: Some(day("2022-02-20")),
        published_at: None,
        document_no: Some("日应急委〔2022〕3号".to_owned()),
        number_region: Some("鲁日".to_owned()),
        seal_of: None,
        evidence: None,
        ended_on: None,
        end_reason: None,
    }
}

fn question(act: Act) -> Question {
    let mut question = Question::new(parse_day("2026-09-15").expect("a day"), TAOLUO, act);
    if matches!(act, Act::Case | Act::Penalty) {
        question.penalties = vec!["P99(2)".to_owned()];
        question.amount = Some(30_000);
    }
    question
}

fn ask(held: &[Mandate], question: &Question) -> Powers {
    powers(held, 2, question)
}

fn whys(powers: &Powers) -> Vec<Why> {
    powers.refusals.iter().map(|reason| reason.why).collect()
}

/// A delegation changed in one thing, asked for a penalty.
fn changed(change: impl FnOnce(&mut Mandate)) -> Powers {
    let mut held = mandate(MandateKind::Delegation);
    change(&mut held);
    ask(&[held], &question(Act::Penalty))
}

#[test]
fn r05_a_delegation_acts_in_the_name_under_the_seal_and_in_the_numbers_of_the_delegator() {
    let powers = changed(|_| {});
    let issuer = &powers.issuers[0];
    assert_eq!(issuer.in_name_of, "日照市应急管理局");
    assert_eq!(
        (issuer.seal_of.as_str(), issuer.number_region.as_deref()),
        ("日照市应急管理局", Some("鲁日"),)
    );
    assert!(powers.refusals.is_empty() && powers.warnings.is_empty(), "{powers:?}");
    assert!(issuer.warnings.is_empty() && issuer.credit_to.is_none(), "{issuer:?}");
}

#[test]
fn r05_what_the_delegation_does_not_say_cannot_be_issued() {
    let day = |text| parse_day(text);
    let broken: [(Powers, Why); 8] = [
        (changed(|m| m.published_on = None), Why::NotPublished),
        (changed(|m| m.published_on = day("2026-10-01")), Why::NotPublished),
        (changed(|m| m.from = day("2026-10-01").unwrap()), Why::NotBegun),
        (changed(|m| m.until = day("2026-09-14")), Why::Expired),
        (changed(|m| m.ended_on = day("2026-09-15")), Why::Expired),
        (changed(|m| m.matters = Matters::Listed(vec!["P97".to_owned()])), Why::OutsideMatters),
        (changed(|m| m.matters = Matters::Listed(vec!["P99(1)".to_owned()])), Why::OutsideMatters),
        (changed(|m| m.caps[0].amount = 29_999), Why::OverCap),
    ];
    for (powers, why) in broken {
        assert_eq!(whys(&powers), [why], "{powers:?}");
        assert!(powers.issuers.is_empty() && powers.refusals[0].mandate.is_some());
    }
    // What is not there to be compared warns and does not block.
    for (powers, why) in [
        (changed(|m| m.document_no = None), Why::NotInWriting),
        (changed(|m| m.seal_of = Some("涛雒镇人民政府".to_owned())), Why::OtherSeal),
        (changed(|m| m.caps.retain(|cap| cap.subject == CapSubject::Person)), Why::CapNotCompared),
    ] {
        let warned: Vec<Why> = powers.issuers[0].warnings.iter().map(|r| r.why).collect();
        assert_eq!(warned, [why], "{powers:?}");
    }
}

#[test]
fn r05_a_delegate_does_not_delegate_further() {
    let first = mandate(MandateKind::Delegation);
    let mut second = first.clone();
    second.mandate = entity("second");
    second.delegator = Some(first.delegate.clone());
    second.delegate = "涛雒镇应急服务中心".to_owned();
    let powers = ask(&[first, second], &question(Act::Penalty));
    assert_eq!((powers.issuers.len(), whys(&powers)), (1, vec![Why::SubDelegation]));
}

#[test]
fn r05_a_cap_is_read_against_the_fine_or_against_the_clause_as_the_notice_says() {
    let statutory = |amount, stage, inclusive| {
        let mut held = mandate(MandateKind::Delegation);
        held.caps =
            vec![Cap { inclusive, ..cap(CapSubject::Unit, amount, CapBasis::StatutoryMax) }];
        let question = Question { stage, amount: Some(1), ..question(Act::Penalty) };
        whys(&ask(&[held], &question))
    };
    // Clause 99: a unit up to 50,000 first, up to 200,000 later.
    assert_eq!(statutory(50_000, FineStage::First, true), []);
    assert_eq!(statutory(50_000, FineStage::First, false), [Why::OverCap]);
    assert_eq!(statutory(50_000, FineStage::Later, true), [Why::OverCap]);
    // A fine that nobody knows yet is still to be compared.
    let unknown = Question { amount: None, ..question(Act::Case) };
    let powers = ask(&[mandate(MandateKind::Delegation)], &unknown);
    assert_eq!(powers.issuers[0].warnings[0].why, Why::CapNotCompared);
}

#[test]
fn r05_amounts_that_nobody_has_read_in_the_law_warn_and_never_block() {
    let mut held = mandate(MandateKind::Delegation);
    held.matters = Matters::All;
    held.caps = vec![cap(CapSubject::Unit, 10_000, CapBasis::StatutoryMax)];
    let question = Question { penalties: vec!["L21".to_owned()], ..question(Act::Penalty) };
    let powers = ask(&[held], &question);
    assert!(powers.refusals.is_empty(), "{powers:?}");
    assert_eq!(powers.issuers[0].warnings[0].why, Why::CapNotCompared);
}

#[test]
fn r04_a_place_inside_the_area_is_covered_and_one_outside_is_not() {
    let of = |areas: &[&str]| {
        changed(|m| m.areas = areas.iter().map(|area| (*area).to_owned()).collect())
    };
    for inside in [&["371102110"][..], &["371102"], &["371121", "3711"]] {
        assert_eq!(whys(&of(inside)), [], "{inside:?}");
    }
    for outside in [&["371102109"][..], &["371103", "371121"], &[]] {
        let powers = of(outside);
        assert_eq!(whys(&powers), [Why::OutsideArea], "{outside:?}");
        assert_eq!(powers.refusals[0].names, ["东港区涛雒镇 371102110"]);
    }
}

#[test]
fn r06_a_delegate_is_a_body_that_the_law_allows_and_has_certified_staff() {
    let held = [mandate(MandateKind::Delegation)];
    let warned = |certified| -> Vec<Why> {
        let powers = powers(&held, certified, &question(Act::Penalty));
        powers.issuers[0].warnings.iter().map(|reason| reason.why).collect()
    };
    assert_eq!(warned(2), []);
}

#[test]
fn r06_a_delegate_of_unknown_kind_or_without_certified_staff_warns() {
    let held = [mandate(MandateKind::Delegation)];
    let powers = powers(&held, 1, &question(Act::Penalty));
    assert_eq!(powers.issuers[0].warnings[0].why, Why::DelegateWithoutStaff);
    let unknown = changed(|m| m.delegate_kind = None);
    assert_eq!(unknown.issuers[0].warnings[0].why, Why::DelegateNotKnown);
}

#[test]
fn s16_own_power_orders_corrections_and_reports_and_has_no_penalties() {
    let held = [mandate(MandateKind::Own)];
    let inspected = ask(&held, &question(Act::Inspection));
    assert_eq!(inspected.issuers[0].in_name_of, "涛雒镇人民政府");
    let ordered = ask(&held, &question(Act::Correction));
    assert_eq!(ordered.issuers[0].warnings[0].why, Why::MustReport);
    for act in [Act::Case, Act::Penalty] {
        let powers = ask(&held, &question(act));
        assert_eq!((powers.issuers.len(), whys(&powers)), (0, vec![Why::OwnHasNoPenalty]));
    }
    assert_eq!(whys(&ask(&held, &question(Act::Coercive))), [Why::CoercionNotOwn]);
    let mut older = mandate(MandateKind::Own);
    older.from = parse_day("2021-01-01").unwrap();
    let then = Question { day: parse_day("2022-02-28").unwrap(), ..question(Act::Inspection) };
    assert_eq!(ask(&[older], &then).issuers[0].warnings[0].why, Why::OwnNotInForce);
}

#[test]
fn s15_coercive_measures_never_under_delegation_and_in_the_upper_bodys_name_under_a_joint_mandate()
{
    let delegation = ask(&[mandate(MandateKind::Delegation)], &question(Act::Coercive));
    assert_eq!(whys(&delegation), [Why::CoercionNotDelegated]);
    let joint = ask(&[mandate(MandateKind::Joint)], &question(Act::Coercive));
    assert_eq!(joint.issuers[0].in_name_of, "日照市应急管理局");
    let transfer = ask(&[mandate(MandateKind::Transfer)], &question(Act::Coercive));
    assert_eq!(transfer.issuers[0].warnings[0].why, Why::CoercionOfTransfer);
}

#[test]
fn a_joint_mandate_is_tagged_and_the_credit_is_the_townships() {
    let mut joint = mandate(MandateKind::Joint);
    joint.published_on = None;
    let held = [mandate(MandateKind::Own), mandate(MandateKind::Delegation), joint];
    let powers = ask(&held, &question(Act::Penalty));
    let kinds: Vec<MandateKind> = powers.issuers.iter().map(|issuer| issuer.kind).collect();
    assert_eq!(kinds, [MandateKind::Joint, MandateKind::Delegation], "the most special first");
    assert_eq!(powers.issuers[0].credit_to.as_deref(), Some("涛雒镇人民政府"));
    assert_eq!(powers.issuers[0].in_name_of, "日照市应急管理局");
}

#[test]
fn a_transfer_is_the_provinces_alone_published_and_in_the_townships_own_name() {
    let asked = |change: fn(&mut Mandate)| {
        let mut held = mandate(MandateKind::Transfer);
        change(&mut held);
        ask(&[held], &question(Act::Penalty))
    };
    assert_eq!(asked(|_| {}).issuers[0].in_name_of, "涛雒镇人民政府");
    let by_city = asked(|m| m.delegator = Some("日照市人民政府".to_owned()));
    assert_eq!(whys(&by_city), [Why::TransferNotByProvince]);
    assert_eq!(whys(&asked(|m| m.published_on = None)), [Why::TransferNotPublished]);
}

#[test]
fn s07_what_the_fire_authority_fines_no_mandate_of_ours_covers() {
    let mut held = mandate(MandateKind::Delegation);
    held.matters = Matters::All;
    let question = Question { penalties: vec!["F60".to_owned()], ..question(Act::Penalty) };
    let powers = ask(&[held], &question);
    assert_eq!((powers.issuers.len(), whys(&powers)), (0, vec![Why::OtherAuthority]));
}

#[test]
fn what_is_not_known_warns_and_blocks_nothing() {
    let none = ask(&[], &question(Act::Inspection));
    assert!(none.refusals.is_empty() && none.issuers.is_empty());
    assert_eq!(none.warnings[0].why, Why::NoMandateHeld);
    let held = [mandate(MandateKind::Delegation)];
    let unsaid = Question { penalties: Vec::new(), ..question(Act::Penalty) };
    assert_eq!(ask(&held, &unsaid).warnings[0].why, Why::MatterNotKnown);
    let old = Question { day: parse_day("2022-03-01").unwrap(), ..question(Act::Penalty) };
    let chemicals = Question { penalties: vec!["HC101".to_owned()], ..old };
    assert_eq!(ask(&held, &chemicals).warnings[0].why, Why::PenaltyNotInForce);
}
