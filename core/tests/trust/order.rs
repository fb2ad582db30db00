//! Whatever order the revocation, the adoption and the ops come in, the same ops count.

use std::collections::BTreeSet;

use angen_ledger::certificate::Duty;
use angen_ledger::hash::Hash;
use angen_ledger::op::Op;
use angen_ledger::revocation::CutPoint;
use angen_ledger::testing::Scribe;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::model::{Device, Run, adopt, at, open, revoke, scribe, set, values_of};

const ENTITIES: u8 = 2;

/// What one officer does.
#[derive(Debug, Clone)]
struct Step {
    is_lost: bool,
    entity: u8,
    over: Vec<Index>,
}

/// Who is revoked where, and what is adopted of it.
#[derive(Debug, Clone)]
struct Trouble {
    cut: Option<Index>,
    second_cut: Option<Option<Index>>,
    adopted: Option<(Index, Index)>,
    by_colleague: bool,
}

struct World {
    scribes: Vec<Scribe>,
    runs: Vec<Run>,
    aside: BTreeSet<Hash>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (any::<bool>(), 0..ENTITIES, prop::collection::vec(any::<Index>(), 0..3));
    let step = step.prop_map(|(is_lost, entity, over)| Step { is_lost, entity, over });
    prop::collection::vec(step, 1..14)
}

fn trouble() -> impl Strategy<Value = Trouble> {
    let cut = prop::option::of(any::<Index>());
    (cut.clone(), prop::option::of(cut), prop::option::of(any::<(Index, Index)>()), any::<bool>())
        .prop_map(|(cut, second_cut, adopted, by_colleague)| Trouble {
            cut,
            second_cut,
            adopted,
            by_colleague,
        })
}

fn build(steps: &[Step], trouble: &Trouble) -> World {
    let root = scribe(1, Duty::Root, "*:37", None);
    let mut admin = scribe(2, Duty::Admin, "*:37", Some(&root));
    let mut deputy = scribe(3, Duty::Admin, "*:37", Some(&root));
    let mut lost = scribe(4, Duty::Writer, "enforcer:371102110", Some(&admin));
    let mut colleague = scribe(5, Duty::Writer, "enforcer:371102110", Some(&admin));
    let mut runs = vec![open(&mut admin, crate::model::ROSTER)];
    runs.push(open(&mut colleague, crate::model::CHECK));
    let mut all: Vec<Op> = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let same: Vec<&Op> =
            all.iter().filter(|op| op.header.entity.raw()[0] == step.entity).collect();
        let over: BTreeSet<Hash> =
            step.over.iter().filter(|_| !same.is_empty()).map(|i| i.get(&same).hash).collect();
        let over: Vec<&Op> = all.iter().filter(|op| over.contains(&op.hash)).collect();
        let writer = if step.is_lost { &mut lost } else { &mut colleague };
        let run = set(writer, step.entity, &number.to_string(), &over);
        all.extend(run.0.iter().cloned());
        runs.push(run);
    }
    let chain: Vec<&Op> = all.iter().filter(|op| op.header.writer == lost.writer).collect();
    let point = |cut: &Option<Index>| -> Vec<CutPoint> {
        cut.iter().filter(|_| !chain.is_empty()).map(|i| at(i.get::<&Op>(&chain))).collect()
    };
    let first_cut = point(&trouble.cut);
    runs.push(revoke(&mut admin, lost.writer, &first_cut));
    let mut cuts = vec![first_cut];
    if let Some(cut) = &trouble.second_cut {
        cuts.push(point(cut));
        runs.push(revoke(&mut deputy, lost.writer, &cuts[1]));
    }
    if trouble.by_colleague {
        // No administrator: it changes nothing.
        runs.push(revoke(&mut colleague, admin.writer, &[]));
        runs.push(revoke(&mut lost, colleague.writer, &[]));
    }
    let adopted = trouble.adopted.as_ref().filter(|_| !chain.is_empty());
    let adopted = adopted.map(|(a, b)| {
        let (a, b) = (*a.get(&chain), *b.get(&chain));
        if a.header.seq <= b.header.seq { (a.header.seq, b) } else { (b.header.seq, a) }
    });
    if let Some((first, last)) = &adopted {
        runs.push(adopt(&mut deputy, *first, last));
    }
    let last_kept = |cut: &Vec<CutPoint>| cut.first().map(|point| point.seq);
    let is_cut =
        |op: &&&Op| cuts.iter().any(|cut| last_kept(cut).is_none_or(|last| op.header.seq > last));
    let is_adopted = |op: &Op| {
        adopted
            .as_ref()
            .is_some_and(|(first, last)| (*first..=last.header.seq).contains(&op.header.seq))
    };
    let mut aside: BTreeSet<Hash> =
        chain.iter().filter(is_cut).filter(|op| !is_adopted(op)).map(|op| op.hash).collect();
    // What the lost writer said of others stands in the roster, and no cut reaches it.
    aside.extend(
        runs.iter()
            .flat_map(|run| &run.0)
            .filter(|op| {
                op.header.writer == lost.writer && op.header.dossier == crate::model::ROSTER
            })
            .map(|op| op.hash),
    );
    World { scribes: vec![root, admin, deputy, lost, colleague], runs, aside }
}

fn deliver(world: &World, order: &[u16], batches: &[usize]) -> Device {
    let device = Device::new();
    let scribes: Vec<&Scribe> = world.scribes.iter().collect();
    let mut runs: Vec<(u16, &Run)> = order.iter().copied().cycle().zip(&world.runs).collect();
    runs.sort_by_key(|(place, _)| *place);
    let mut sizes = batches.iter().cycle();
    let mut runs: Vec<&Run> = runs.into_iter().map(|(_, run)| run).collect();
    while !runs.is_empty() {
        let size = (*sizes.next().unwrap()).min(runs.len());
        device.take(&scribes, &runs.drain(..size).collect::<Vec<_>>());
    }
    device
}

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_same_ops_count_in_any_order_and_batching(
        steps in steps(), trouble in trouble(),
        one in prop::collection::vec(any::<u16>(), 24),
        other in prop::collection::vec(any::<u16>(), 24),
        batches in prop::collection::vec(1..5_usize, 8),
    ) {
        let world = build(&steps, &trouble);
        let first = deliver(&world, &one, &[1]);
        let second = deliver(&world, &other, &batches);
        prop_assert_eq!(first.digest(), second.digest());
        let ops: Vec<&Op> = world.runs.iter().flat_map(|run| &run.0).collect();
        for device in [&first, &second] {
            prop_assert_eq!(device.aside(), world.aside.clone());
            for entity in 0..ENTITIES {
                prop_assert_eq!(device.values(entity), values_of(&ops, &world.aside, entity));
            }
            device.assert_sound();
        }
        prop_assert_eq!(first.digest(), second.digest());
    }
}
