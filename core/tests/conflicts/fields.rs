//! Fields with several values: listed with who wrote them, and decided by a person.

use angen_core::action::{
    AnswerExtension, ConflictList, ExtendOrder, extend_order, fsck, missing, retract, set_answers,
};
use angen_core::domain::{
    Answer, Consequence, DECIDED_BECAUSE, Extension, Role, WORST_ORDER, read_all,
};
use angen_core::procedure::Code;
use angen_core::store;
use angen_testing::township::Township;

use crate::phones::{Phones, decide, lead_to, list, op_by};

fn fields_of(list: &ConflictList) -> Vec<&str> {
    list.conflicts.iter().map(|view| view.conflict.field.as_str()).collect()
}

fn answer(town: &Township, item: &str) -> Answer {
    let all: Vec<Answer> = town.store.read(|r| read_all(r, town.cast.check.dossier)).unwrap();
    all.into_iter().find(|answer| answer.item == item).unwrap()
}

#[test]
fn what_a_finding_leads_to_is_the_graver_until_a_person_decides() {
    for (one, two) in [
        (Consequence::OnTheSpot, Consequence::Case),
        (Consequence::Case, Consequence::OnTheSpot),
        (Consequence::Order, Consequence::Case),
    ] {
        let phones = Phones::new();
        lead_to(&phones.wang(), &phones.one, one);
        lead_to(&phones.li(), &phones.two, two);
        let list = phones.meet();
        assert_eq!(fields_of(&list), ["consequence"]);
        assert_eq!(phones.finding().consequence, one.max(two));
        let view = &list.conflicts[0];
        assert_eq!(view.conflict.title, phones.finding().title);
        assert!(view.conflict.rule.is_some_and(|rule| rule.zh.contains("安全生产法")));
        let chosen = op_by(&list, phones.one.cast.officers[0]);
        decide(&phones.wang(), phones.check, chosen).unwrap();
        let left = phones.meet();
        assert_eq!(left, ConflictList::default());
        assert_eq!(phones.finding().consequence, one);
    }
}

#[test]
fn each_value_has_its_author_device_and_time() {
    let phones = Phones::new();
    lead_to(&phones.wang(), &phones.one, Consequence::Case);
    lead_to(&phones.li(), &phones.two, Consequence::OnTheSpot);
    let list = phones.meet();
    let view = &list.conflicts[0];
    let names: Vec<&str> = view.authors.iter().map(|a| a.name.as_deref().unwrap()).collect();
    assert!(names.contains(&"王安海") && names.contains(&"李建国"), "{names:?}");
    for (author, claim) in view.authors.iter().zip(&view.conflict.values) {
        assert_eq!((author.op, author.writer), (claim.head.op, claim.head.writer));
        assert_eq!(
            (author.role, author.kind.as_str()),
            (Some(Role::Enforcer), "finding.correct/1")
        );
        assert_eq!(author.claimed_ms, claim.head.wall_ms);
        assert!(author.organisation.is_some() && claim.may_decide);
        // No hub has signed anything here.
        assert_eq!(
            (author.not_before_ms, author.not_after_ms, &author.because),
            (None, None, &None)
        );
    }
    let graver =
        view.conflict.values.iter().find(|claim| Some(claim.head.op) == view.conflict.holds);
    assert_eq!(graver.unwrap().head.value.as_ref().unwrap().as_text(), Some("case"));
}

#[test]
fn every_pair_of_answers_shows_the_worse_and_the_same_answer_twice_is_no_conflict() {
    for (number, worse) in WORST_ORDER.iter().enumerate() {
        let phones = Phones::new();
        set_answers(&phones.wang(), &phones.one.answers(&[("MW01", worse)], None)).unwrap();
        set_answers(&phones.li(), &phones.two.answers(&[("MW01", worse)], None)).unwrap();
        assert_eq!(phones.meet(), ConflictList::default());
        assert!(!answer(&phones.one, "MW01").conflict);
        for better in &WORST_ORDER[number + 1..] {
            let phones = Phones::new();
            set_answers(&phones.wang(), &phones.one.answers(&[("MW01", better)], None)).unwrap();
            set_answers(&phones.li(), &phones.two.answers(&[("MW01", worse)], None)).unwrap();
            let list = phones.meet();
            assert_eq!(
                (fields_of(&list), list.conflicts[0].conflict.title.as_str()),
                (vec!["value"], "MW01")
            );
            assert_eq!(answer(&phones.one, "MW01").value, *worse);
            // An ordinary correction that has seen both decides as well.
            let request = phones.one.answers(&[("MW01", better)], Some("复核"));
            set_answers(&phones.wang(), &request).unwrap();
            assert_eq!(phones.meet(), ConflictList::default());
            assert_eq!(answer(&phones.two, "MW01").value, *better);
        }
    }
}

#[test]
fn an_extension_that_one_refused_is_refused_and_of_two_days_the_earlier_counts() {
    let phones = Phones::new();
    let ask = |town: &Township, granted: Option<&str>| ExtendOrder {
        dossier: town.cast.check.dossier,
        order: phones.follow_up.order,
        finding: town.cast.finding,
        asked_on: "2026-12-01".to_owned(),
        reason: "配件未到".to_owned(),
        answer: Some(AnswerExtension {
            granted_to: granted.map(str::to_owned),
            answered_on: Some("2026-12-02".to_owned()),
        }),
    };
    extend_order(&phones.wang(), &ask(&phones.one, Some("2026-12-20"))).unwrap();
    extend_order(&phones.li(), &ask(&phones.two, Some("2026-12-15"))).unwrap();
    let held = |town: &Township| -> Vec<Extension> {
        town.store.read(|read| read_all(read, phones.check)).unwrap()
    };
    let list = phones.meet();
    assert_eq!(fields_of(&list), ["extended_to"]);
    let granted = held(&phones.one)[0].answer.unwrap().granted_to.unwrap();
    assert_eq!(granted.to_string(), "2026-12-15");
    decide(&phones.li(), phones.check, op_by(&list, phones.one.cast.officers[0])).unwrap();
    phones.meet();
    assert_eq!(held(&phones.two)[0].answer.unwrap().granted_to.unwrap().to_string(), "2026-12-20");
    extend_order(&phones.wang(), &ask(&phones.one, None)).unwrap();
    extend_order(&phones.li(), &ask(&phones.two, Some("2026-12-28"))).unwrap();
    let list = phones.meet();
    assert!(fields_of(&list).contains(&"extension"), "{:?}", fields_of(&list));
    assert_eq!(held(&phones.one)[0].answer.unwrap().granted_to, None);
}

#[test]
fn two_persons_who_decide_differently_at_once_make_a_conflict_again_and_the_worse_holds() {
    let phones = Phones::new();
    lead_to(&phones.wang(), &phones.one, Consequence::Case);
    lead_to(&phones.li(), &phones.two, Consequence::OnTheSpot);
    let list = phones.meet();
    let [wang, li] = phones.one.cast.officers;
    decide(&phones.wang(), phones.check, op_by(&list, li)).unwrap();
    assert_eq!(phones.finding().consequence, Consequence::OnTheSpot);
    decide(&phones.li(), phones.check, op_by(&list, wang)).unwrap();
    let again = phones.meet();
    assert_eq!(fields_of(&again), ["consequence"]);
    assert_eq!(phones.finding().consequence, Consequence::Case);
    let because = again.conflicts[0].authors.iter().map(|author| author.because.as_deref());
    assert_eq!(because.collect::<Vec<_>>(), [Some("两人当面核对"); 2]);
    // Two who decide the same have decided.
    decide(&phones.wang(), phones.check, op_by(&again, wang)).unwrap();
    decide(&phones.li(), phones.check, op_by(&again, wang)).unwrap();
    assert_eq!(phones.meet(), ConflictList::default());
    assert_eq!(phones.finding().consequence, Consequence::OnTheSpot);
}

#[test]
fn a_decision_is_one_signed_op_with_its_reason_and_nothing_is_lost() {
    let phones = Phones::new();
    lead_to(&phones.wang(), &phones.one, Consequence::Case);
    lead_to(&phones.li(), &phones.two, Consequence::OnTheSpot);
    let list = phones.meet();
    let before = phones.one.store.read(store::count_ops).unwrap();
    let chosen = op_by(&list, phones.one.cast.officers[1]);
    let decision = decide(&phones.wang(), phones.check, chosen).unwrap();
    let op = phones.one.store.read(|read| store::require_op(read, decision)).unwrap();
    assert_eq!(phones.one.store.read(store::count_ops).unwrap(), before + 1);
    assert_eq!(op.get(DECIDED_BECAUSE).unwrap().as_text(), Some("两人当面核对"));
    let over = op.header.over.iter().find(|over| over.field == "consequence").unwrap();
    assert_eq!(over.heads.len(), 2);
    for author in &list.conflicts[0].authors {
        phones.one.store.read(|read| store::require_op(read, author.op)).unwrap();
    }
    assert_eq!(fsck(&phones.one.store).unwrap().problems, []);
}

#[test]
fn what_is_missing_says_what_is_undecided() {
    let phones = Phones::new();
    let says = || {
        let list =
            missing(&phones.one.store, phones.check, phones.wang().ports().clock.now().wall_ms);
        let list = list.unwrap();
        list.into_iter().find(|line| line.code == Code::ConflictsListed)
    };
    phones.meet();
    assert_eq!(says(), None);
    lead_to(&phones.wang(), &phones.one, Consequence::Case);
    lead_to(&phones.li(), &phones.two, Consequence::OnTheSpot);
    let list = phones.meet();
    let line = says().unwrap();
    assert_eq!(line.names, [phones.finding().title]);
    assert_eq!(line.step(), Some("decide_conflict"));
    decide(&phones.li(), phones.check, op_by(&list, phones.one.cast.officers[0])).unwrap();
    phones.meet();
    assert_eq!(says(), None);
}

#[test]
fn two_who_take_a_finding_back_agree_whatever_their_reasons_are() {
    let phones = Phones::new();
    let (check, photo) = (phones.check, phones.one.cast.photo);
    retract(&phones.wang(), check, photo, "拍错了").unwrap();
    retract(&phones.li(), check, photo, "不是这一台").unwrap();
    assert_eq!(phones.meet(), ConflictList::default());
    assert_eq!(list(&phones.two, check), ConflictList::default());
}
