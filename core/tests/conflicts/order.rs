//! Any order and batching of the same ops gives the same list, and the list of the ledger's own
//! small model.

use angen_core::domain::HeadsSource;
use angen_core::procedure::{Undecided, undecided};
use angen_core::store::{self, SealedRun, Store};
use angen_ledger::certificate::Duty;
use angen_ledger::heads::Heads;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::key::Algorithm;
use angen_ledger::op::Op;
use angen_ledger::testing::{Grant, Scribe, draft, opening};
use angen_ledger::value::Value;
use angen_ledger::wire::Wire as _;
use proptest::prelude::*;

const CHECK: DossierId = DossierId([0xd0; 16]);
const ROSTER: DossierId = DossierId([0xd1; 16]);
const ORDER: EntityId = EntityId([0xe0; 16]);
const FINDING: EntityId = EntityId([0xe1; 16]);

/// Three writers: two officers, and an assistant who may decide nothing.
const WRITERS: usize = 3;

/// What one of them does.
#[derive(Debug, Clone)]
enum Act {
    /// Says what the finding leads to.
    Lead(u8),
    /// Takes the finding back.
    Retract,
    /// Answers an item.
    Answer(u8, u8),
    /// Looks at the correction again, on a day.
    Recheck(u8, u8),
    /// Gives a longer deadline, asked on a day.
    Extend(u8, u8),
    /// Sees what all the others have written.
    Look,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (0..3_u8).prop_map(Act::Lead),
        Just(Act::Retract),
        (0..2_u8, 0..4_u8).prop_map(|(item, value)| Act::Answer(item, value)),
        (0..3_u8, 1..4_u8).prop_map(|(outcome, day)| Act::Recheck(outcome, day)),
        (0..3_u8, 1..4_u8).prop_map(|(asked, to)| Act::Extend(asked, to)),
        Just(Act::Look),
        Just(Act::Look),
    ]
}

/// Everything that was written, in runs, with the certificates.
struct World {
    certificates: Vec<Vec<u8>>,
    runs: Vec<(Op, Vec<u8>)>,
}

/// One writer with what it has seen.
struct Hand {
    scribe: Scribe,
    seen: Heads,
    deps: Vec<angen_ledger::header::Dep>,
}

fn write(acts: &[(usize, Act)]) -> World {
    let grant = |duty, name| Grant { duty, name, scopes: &["*:37"], algorithm: Algorithm::Ed25519 };
    let root = Scribe::new(1, &grant(Duty::Root, "根"), None);
    let mut hands: Vec<Hand> = (0..WRITERS as u64)
        .map(|seed| {
            let scribe = Scribe::new(seed + 2, &grant(Duty::Writer, "执法员"), Some(&root));
            Hand { scribe, seen: Heads::default(), deps: Vec::new() }
        })
        .collect();
    let mut certificates = vec![root.cose.clone()];
    certificates.extend(hands.iter().map(|hand| hand.scribe.cose.clone()));
    let mut runs = standing(&mut hands);
    let mut number = 0_u8;
    for (who, act) in acts {
        number += 1;
        if matches!(act, Act::Look) {
            let all: Vec<Op> = runs.iter().map(|(op, _)| op.clone()).collect();
            let others = hands.iter().enumerate().filter(|(other, _)| other != who);
            let deps = others.filter_map(|(_, other)| other.scribe.dep(CHECK)).collect();
            let hand = &mut hands[*who];
            all.iter().for_each(|op| hand.seen.apply(op));
            hand.deps = deps;
            continue;
        }
        let (entity, kind, fields) = said(act, number);
        runs.push(put(&mut hands[*who], CHECK, entity, kind, &fields));
    }
    World { certificates, runs }
}

/// The dossiers, who is on the roster, and the order that all have seen.
fn standing(hands: &mut [Hand]) -> Vec<(Op, Vec<u8>)> {
    let mut runs = Vec::new();
    for dossier in [ROSTER, CHECK] {
        let mut said = opening(dossier, "371102110");
        for (name, value) in &mut said.fields {
            if name == "type" {
                *value = if dossier == ROSTER { "roster" } else { "check" }.into();
            }
        }
        let op = hands[0].scribe.write(said, Vec::new());
        let seal = hands[0].scribe.seal(std::slice::from_ref(&op));
        runs.push((op, seal));
    }
    for who in 0..WRITERS {
        let role = if who == 2 { "assistant" } else { "enforcer" };
        let fields = [
            ("name", Value::from("甲")),
            ("role", role.into()),
            ("organisation", "镇".into()),
            ("writer", hands[who].scribe.writer.raw().as_slice().into()),
            ("certificate_no", format!("1511000{who}").as_str().into()),
            ("certificate_valid_until", "2099-12-31".into()),
        ];
        let line = EntityId([u8::try_from(who).unwrap(); 16]);
        runs.push(put(&mut hands[0], ROSTER, line, "officer.enrol/1", &fields));
    }
    let raised = [
        ("title", Value::from("无防护罩")),
        ("consequence", "order".into()),
        ("authority", "EM".into()),
    ];
    runs.push(put(&mut hands[0], CHECK, FINDING, "finding.raise/1", &raised));
    let item = Value::map([("finding", id(FINDING)), ("by", "2026-12-08".into())]);
    let ordered =
        [("order_items", Value::from(vec![item])), ("issued_on", Value::from("2026-12-01"))];
    runs.push(put(&mut hands[0], CHECK, ORDER, "order.issue/1", &ordered));
    let all: Vec<Op> = runs.iter().map(|(op, _)| op.clone()).collect();
    let dep = hands[0].scribe.dep(CHECK);
    for hand in hands.iter_mut().skip(1) {
        all.iter().for_each(|op| hand.seen.apply(op));
        hand.deps = dep.into_iter().collect();
    }
    runs
}

fn id(entity: EntityId) -> Value {
    entity.raw().as_slice().into()
}

fn said(act: &Act, number: u8) -> (EntityId, &'static str, Vec<(&'static str, Value)>) {
    let words = ["on_the_spot", "order", "case"];
    let values = ["compliant", "not_applicable", "not_checked", "non_compliant"];
    let outcomes = ["not_corrected", "partly", "corrected"];
    match act {
        Act::Lead(to) => {
            let fields = vec![("consequence", words[usize::from(*to)].into())];
            (FINDING, "finding.correct/1", fields)
        }
        Act::Retract | Act::Look => {
            (FINDING, "finding.retract/1", vec![("retracted", true.into())])
        }
        Act::Answer(item, value) => {
            let fields = vec![("value", values[usize::from(*value)].into())];
            (EntityId([0xa0 + item; 16]), "answer.set/1", fields)
        }
        Act::Recheck(outcome, day) => {
            let item = Value::map([
                ("finding", id(FINDING)),
                ("outcome", outcomes[usize::from(*outcome)].into()),
                ("words", "看过".into()),
            ]);
            let fields = vec![
                ("order", id(ORDER)),
                ("recheck_items", vec![item].into()),
                ("rechecked_on", format!("2026-12-0{day}").as_str().into()),
            ];
            (EntityId([number; 16]), "recheck.record/1", fields)
        }
        Act::Extend(asked, to) => {
            let fields = vec![
                ("order", id(ORDER)),
                ("finding", id(FINDING)),
                ("asked_on", format!("2026-12-0{}", asked + 1).as_str().into()),
                ("reason", "缺件".into()),
                ("extension", "granted".into()),
                ("answered_on", "2026-12-05".into()),
                ("extended_to", format!("2026-12-2{to}").as_str().into()),
            ];
            (EntityId([0xb0 + asked; 16]), "order.extend/1", fields)
        }
    }
}

/// Writes what a writer says, in place of what that writer has seen.
fn put(
    hand: &mut Hand,
    dossier: DossierId,
    entity: EntityId,
    kind: &str,
    fields: &[(&str, Value)],
) -> (Op, Vec<u8>) {
    let mut said = draft(dossier, entity, kind, fields);
    for (name, _) in fields {
        let heads: Vec<_> =
            hand.seen.of(dossier, entity, name).iter().map(|head| head.op).collect();
        if !heads.is_empty() {
            said.over.push(angen_ledger::header::Over { field: (*name).to_owned(), heads });
        }
    }
    let deps = if dossier == CHECK { std::mem::take(&mut hand.deps) } else { Vec::new() };
    let op = hand.scribe.write(said, deps);
    hand.seen.apply(&op);
    let seal = hand.scribe.seal(std::slice::from_ref(&op));
    (op, seal)
}

fn sealed((op, seal): &(Op, Vec<u8>)) -> SealedRun {
    let body = op.body.as_ref().map(|body| body.to_wire());
    SealedRun { ops: vec![(op.bytes.clone(), body)], seal: seal.clone() }
}

fn listed(world: &World, order: &[u16], batches: &[usize]) -> Undecided {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut runs: Vec<usize> = (0..world.runs.len()).collect();
    runs.sort_by_key(|run| order[run % order.len()]);
    let mut sizes = batches.iter().cycle();
    while !runs.is_empty() {
        let size = (*sizes.next().unwrap()).min(runs.len());
        let batch: Vec<SealedRun> =
            runs.drain(..size).map(|run| sealed(&world.runs[run])).collect();
        store.write(|tx| store::receive(tx, &world.certificates, &batch)).unwrap();
    }
    store.read(|read| undecided(read, CHECK)).unwrap()
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_same_conflicts_are_listed_in_any_order_and_batching(
        acts in prop::collection::vec((0..WRITERS, act()), 1..16),
        one in prop::collection::vec(any::<u16>(), 32),
        other in prop::collection::vec(any::<u16>(), 32),
        batches in prop::collection::vec(1..5_usize, 8),
    ) {
        let world = write(&acts);
        let first = listed(&world, &one, &[1]);
        prop_assert_eq!(&first, &listed(&world, &other, &batches));
        let mut heads = Heads::default();
        world.runs.iter().for_each(|(op, _)| heads.apply(op));
        let dossiers = [ROSTER, CHECK];
        prop_assert_eq!(&first, &undecided(&HeadsSource(&heads, &dossiers, &[]), CHECK).unwrap());
    }
}

#[test]
fn the_acts_of_the_property_do_make_conflicts_and_collisions() {
    let acts = [
        (0, Act::Lead(2)),
        (1, Act::Lead(0)),
        (0, Act::Recheck(2, 1)),
        (1, Act::Recheck(0, 1)),
        (2, Act::Look),
        (2, Act::Lead(1)),
        (1, Act::Retract),
    ];
    let found = listed(&write(&acts), &[0], &[3]);
    let fields: Vec<&str> = found.conflicts.iter().map(|known| known.field.as_str()).collect();
    assert_eq!(fields, ["consequence"]);
    // The assistant has seen both values, and replaces neither.
    assert_eq!(found.conflicts[0].values.len(), 3);
    assert!(found.collisions.len() >= 2, "{:?}", found.collisions);
}
