//! Any order and batching of the same ops gives the same digest, and the fields that the ledger's
//! own small model gives.

use std::collections::{BTreeMap, BTreeSet};

use angen_core::store::{self, SealedRun, Store};
use angen_ledger::certificate::Duty;
use angen_ledger::hash::Hash;
use angen_ledger::heads::Heads;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::key::Algorithm;
use angen_ledger::op::Op;
use angen_ledger::testing::{Grant, Scribe, draft, opening};
use angen_ledger::value::Value;
use angen_ledger::wire::Wire as _;
use angen_testing::exchange::deliver as deliver_shipment;
use angen_testing::picture::picture;
use proptest::prelude::*;
use proptest::sample::Index;

const WRITERS: usize = 3;
const ENTITIES: u8 = 3;
const FIELDS: [&str; 3] = ["value", "reason", "caption"];
const DOSSIER: DossierId = DossierId([0xd0; 16]);

/// One op, as the property chooses it.
#[derive(Debug, Clone)]
struct Step {
    writer: usize,
    entity: u8,
    /// Fields that it sets; at least one.
    fields: BTreeSet<usize>,
    /// Which of the earlier ops it replaces in each of its fields.
    over: Vec<Index>,
    /// Which writers' newest ops it names.
    deps: BTreeSet<usize>,
    /// Whether the writer seals after it.
    seals: bool,
    known_kind: bool,
}

/// How the runs are delivered.
#[derive(Debug, Clone)]
struct Delivery {
    /// A place in the order for each run; equal places keep their order.
    order: Vec<u16>,
    /// Runs of one transaction.
    batches: Vec<usize>,
    /// Runs that come a second time.
    again: Vec<Index>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (
        0..WRITERS,
        0..ENTITIES,
        prop::collection::btree_set(0..FIELDS.len(), 1..=FIELDS.len()),
        prop::collection::vec(any::<Index>(), 0..4),
        prop::collection::btree_set(0..WRITERS, 0..WRITERS),
        any::<bool>(),
        prop::bool::weighted(0.9),
    );
    let step = step.prop_map(|(writer, entity, fields, over, deps, seals, known_kind)| Step {
        writer,
        entity,
        fields,
        over,
        deps,
        seals,
        known_kind,
    });
    prop::collection::vec(step, 1..24)
}

fn delivery() -> impl Strategy<Value = Delivery> {
    let order = prop::collection::vec(any::<u16>(), 32);
    let batches = prop::collection::vec(1..6_usize, 32);
    let again = prop::collection::vec(any::<Index>(), 0..4);
    (order, batches, again).prop_map(|(order, batches, again)| Delivery { order, batches, again })
}

/// The writers' certificates, and every op in runs with their seals.
struct World {
    certificates: Vec<Vec<u8>>,
    runs: Vec<(Vec<Op>, Vec<u8>)>,
}

fn write(steps: &[Step]) -> World {
    let grant = |duty, name| Grant { duty, name, scopes: &["*:37"], algorithm: Algorithm::Ed25519 };
    let root = Scribe::new(1, &grant(Duty::Root, "根"), None);
    let mut scribes: Vec<Scribe> = (0..WRITERS as u64)
        .map(|seed| Scribe::new(seed + 2, &grant(Duty::Writer, "执法员"), Some(&root)))
        .collect();
    let mut certificates = vec![root.cose.clone()];
    certificates.extend(scribes.iter().map(|scribe| scribe.cose.clone()));
    let first = scribes[0].write(opening(DOSSIER, "371102110"), Vec::new());
    let mut open: Vec<Vec<Op>> = vec![Vec::new(); WRITERS];
    open[0].push(first);
    let mut all: Vec<Op> = Vec::new();
    let mut runs = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        let op = compose(&mut scribes, step, number, &all);
        all.push(op.clone());
        open[step.writer].push(op);
        if step.seals {
            let run = std::mem::take(&mut open[step.writer]);
            let seal = scribes[step.writer].seal(&run);
            runs.push((run, seal));
        }
    }
    for (scribe, run) in scribes.iter_mut().zip(open).filter(|(_, run)| !run.is_empty()) {
        let seal = scribe.seal(&run);
        runs.push((run, seal));
    }
    World { certificates, runs }
}

fn compose(scribes: &mut [Scribe], step: &Step, number: usize, all: &[Op]) -> Op {
    let entity = EntityId([step.entity; 16]);
    let kind = if step.known_kind { "answer.set/1" } else { "drone.fly/9" };
    let fields: Vec<(&str, Value)> = step
        .fields
        .iter()
        .map(|field| (FIELDS[*field], Value::from(format!("{number}").as_str())))
        .collect();
    let mut draft = draft(DOSSIER, entity, kind, &fields);
    draft.critical = !step.known_kind;
    // Any earlier op may be named, of this entity or another: the rule of one field of one entity
    // must hold all the same. Naming none is a concurrent value.
    let heads: BTreeSet<Hash> =
        step.over.iter().filter(|_| !all.is_empty()).map(|index| index.get(all).hash).collect();
    if !heads.is_empty() {
        draft.over = fields
            .iter()
            .map(|(field, _)| angen_ledger::header::Over {
                field: (*field).to_owned(),
                heads: heads.iter().copied().collect(),
            })
            .collect();
    }
    let others = step.deps.iter().filter(|writer| **writer != step.writer);
    let deps = others.filter_map(|writer| scribes[*writer].dep(DOSSIER)).collect();
    scribes[step.writer].write(draft, deps)
}

/// Every field of [`FIELDS`] is withheld by its bit.
const ALL_FIELDS: u8 = (1 << FIELDS.len()) - 1;

/// The whole body is withheld.
const NO_BODY: u8 = ALL_FIELDS + 1;

fn sealed(run: &(Vec<Op>, Vec<u8>)) -> SealedRun {
    withheld(run, 0)
}

/// A run as somebody discloses it who withholds some fields, or every body.
fn withheld(run: &(Vec<Op>, Vec<u8>), hidden: u8) -> SealedRun {
    let is_hidden = |name: &str| {
        FIELDS.iter().position(|field| *field == name).is_some_and(|bit| hidden >> bit & 1 == 1)
    };
    let bytes = |op: &Op| {
        let body = op.body.as_ref().filter(|_| hidden != NO_BODY);
        let body = body.map(|body| body.withhold(op.header.suite, is_hidden).to_wire());
        (op.bytes.clone(), body)
    };
    SealedRun { ops: run.0.iter().map(bytes).collect(), seal: run.1.clone() }
}

/// Delivers each run in two disclosures that make up the whole, in any order, into an empty
/// store: a part and the other part, or the headers alone and everything.
fn disclose_twice(world: &World, parts: &[u8], delivery: &Delivery) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut arrivals: Vec<(usize, u8)> = Vec::new();
    for (run, part) in (0..world.runs.len()).zip(parts.iter().cycle()) {
        let other = if *part == NO_BODY { 0 } else { ALL_FIELDS ^ part };
        arrivals.extend([(run, *part), (run, other)]);
    }
    let mut orders = delivery.order.iter().cycle();
    arrivals.sort_by_cached_key(|_| *orders.next().unwrap());
    let mut sizes = delivery.batches.iter().cycle();
    while !arrivals.is_empty() {
        let size = (*sizes.next().unwrap()).min(arrivals.len());
        let batch: Vec<SealedRun> = arrivals
            .drain(..size)
            .map(|(run, hidden)| withheld(&world.runs[run], hidden))
            .collect();
        store.write(|tx| store::receive(tx, &world.certificates, &batch)).unwrap();
    }
    (folder, store)
}

/// Delivers runs into an empty store.
fn deliver(world: &World, runs: &[usize], delivery: &Delivery) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let mut order: Vec<usize> = runs.to_vec();
    order.sort_by_key(|run| delivery.order[run % delivery.order.len()]);
    order.extend(delivery.again.iter().map(|index| *index.get(runs)));
    let mut sizes = delivery.batches.iter().cycle();
    while !order.is_empty() {
        let size = (*sizes.next().unwrap()).min(order.len());
        let batch: Vec<SealedRun> =
            order.drain(..size).map(|run| sealed(&world.runs[run])).collect();
        store.write(|tx| store::receive(tx, &world.certificates, &batch)).unwrap();
    }
    (folder, store)
}

fn digest(store: &Store) -> Hash {
    store.read(store::digest).unwrap()
}

/// The ops of some runs whose whole past is among them: what may be projected.
fn applicable<'w>(world: &'w World, runs: &[usize]) -> Vec<&'w Op> {
    let mut left: Vec<&Op> = runs.iter().flat_map(|run| &world.runs[*run].0).collect();
    let mut taken: BTreeMap<Hash, &Op> = BTreeMap::new();
    loop {
        let (ready, rest): (Vec<&Op>, Vec<&Op>) = left.iter().partition(|op| {
            let deps = op.header.deps.iter().map(|dep| dep.op);
            let over = op.header.over.iter().flat_map(|over| over.heads.iter().copied());
            op.header.prev.into_iter().chain(deps).chain(over).all(|past| taken.contains_key(&past))
        });
        if ready.is_empty() {
            return taken.into_values().collect();
        }
        taken.extend(ready.into_iter().map(|op| (op.hash, op)));
        left = rest;
    }
}

fn assert_follows_the_model(store: &Store, ops: &[&Op]) {
    let mut model = Heads::default();
    ops.iter().for_each(|op| model.apply(op));
    for entity in 0..ENTITIES {
        let entity = EntityId([entity; 16]);
        let fields = store.read(|read| store::fields_of(read, DOSSIER, entity)).unwrap();
        for field in FIELDS {
            let expected: Vec<_> = model.of(DOSSIER, entity, field).into_iter().cloned().collect();
            assert_eq!(fields.heads(field), expected, "{entity} {field}");
        }
    }
}

fn config() -> ProptestConfig {
    // Each case opens two databases; this many end within seconds, `PROPTEST_CASES` asks for more.
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_order_and_batching_gives_the_same_digest(
        steps in steps(), one in delivery(), other in delivery(),
    ) {
        let world = write(&steps);
        let runs: Vec<usize> = (0..world.runs.len()).collect();
        let (_folder, first) = deliver(&world, &runs, &one);
        let (_folder_too, second) = deliver(&world, &runs, &other);
        prop_assert_eq!(digest(&first), digest(&second));
        assert_follows_the_model(&first, &applicable(&world, &runs));
        let (before, after) = angen_core::action::rebuild(&second).unwrap();
        prop_assert_eq!((before, after), (digest(&first), digest(&first)));
        crate::scene::assert_clean(&first);
    }

    #[test]
    fn what_is_disclosed_bit_by_bit_ends_as_if_it_had_come_at_once(
        steps in steps(), parts in prop::collection::vec(0..=NO_BODY, 1..8),
        one in delivery(), other in delivery(),
    ) {
        let world = write(&steps);
        let runs: Vec<usize> = (0..world.runs.len()).collect();
        let (_folder, whole) = deliver(&world, &runs, &one);
        let (_folder_too, twice) = disclose_twice(&world, &parts, &other);
        prop_assert_eq!(digest(&whole), digest(&twice));
        assert_follows_the_model(&twice, &applicable(&world, &runs));
        let (before, after) = angen_core::action::rebuild(&twice).unwrap();
        prop_assert_eq!((before, after), (digest(&whole), digest(&whole)));
        crate::scene::assert_clean(&twice);
    }

    #[test]
    fn what_is_missing_is_waited_for_alike_in_any_order(
        steps in steps(), missing in any::<Index>(), one in delivery(), other in delivery(),
    ) {
        let world = write(&steps);
        let all: Vec<usize> = (0..world.runs.len()).collect();
        let missing = *missing.get(&all);
        let runs: Vec<usize> = all.iter().copied().filter(|run| *run != missing).collect();
        prop_assume!(!runs.is_empty());
        let (_folder, first) = deliver(&world, &runs, &one);
        let (_folder_too, second) = deliver(&world, &runs, &other);
        prop_assert_eq!(digest(&first), digest(&second));
        let ready = applicable(&world, &runs);
        assert_follows_the_model(&first, &ready);
        let held: usize = runs.iter().map(|run| world.runs[*run].0.len()).sum();
        let waiting = angen_core::action::fsck(&first).unwrap().pending;
        prop_assert_eq!(waiting, (held - ready.len()) as u64);
        // Once the missing run is here, nothing waits any more.
        let late = sealed(&world.runs[missing]);
        first.write(|tx| store::receive(tx, &[], std::slice::from_ref(&late))).unwrap();
        assert_follows_the_model(&first, &applicable(&world, &all));
        crate::scene::assert_clean(&first);
    }
}

#[test]
fn one_bad_run_among_many_changes_nothing() {
    let scene = crate::scene::Scene::new();
    let before = picture(&scene.town.store).unwrap();
    for bad in 0..scene.shipment.runs.len() {
        let mut shipment = scene.shipment.clone();
        let body = shipment.runs[bad].ops[0].1.as_mut().unwrap();
        let last = body.len() - 1;
        body[last] ^= 1;
        deliver_shipment(&shipment, &scene.town.store).unwrap_err();
        assert_eq!(picture(&scene.town.store).unwrap(), before);
    }
}

#[test]
fn a_dossier_whose_bodies_come_later_is_row_for_row_the_one_that_came_whole() {
    let (whole, late) = (crate::scene::Scene::new(), crate::scene::Scene::new());
    let mut headers = whole.shipment.clone();
    headers.runs.iter_mut().flat_map(|run| &mut run.ops).for_each(|(_, body)| *body = None);
    deliver_shipment(&headers, &late.town.store).unwrap();
    let picture = |scene: &crate::scene::Scene| picture(&scene.town.store).unwrap();
    deliver_shipment(&whole.shipment, &whole.town.store).unwrap();
    assert_ne!(picture(&late), picture(&whole));
    let received = deliver_shipment(&whole.shipment, &late.town.store).unwrap();
    assert_eq!(received.new_ops, 0);
    // Originals are found again as well, so that a photo used twice is noticed.
    assert_eq!(picture(&late), picture(&whole));
    // Whoever withholds now takes nothing back.
    deliver_shipment(&headers, &late.town.store).unwrap();
    assert_eq!(picture(&late), picture(&whole));
    late.assert_clean();
}

#[test]
fn a_late_body_of_another_op_is_refused_and_the_header_waits_for_its_own() {
    let scene = crate::scene::Scene::new();
    let store = &scene.town.store;
    let mut headers = scene.shipment.clone();
    headers.runs.iter_mut().flat_map(|run| &mut run.ops).for_each(|(_, body)| *body = None);
    deliver_shipment(&headers, store).unwrap();
    let before = picture(store).unwrap();
    let mut swapped = scene.shipment.clone();
    let (first, second) = (swapped.runs[0].ops[0].1.clone(), swapped.runs[1].ops[0].1.clone());
    assert_ne!(first, second);
    swapped.runs[0].ops[0].1 = second;
    deliver_shipment(&swapped, store).unwrap_err();
    // The store asks by itself, whoever calls it.
    let (header, body) = &swapped.runs[0].ops[0];
    let op = Op::read(header, body.as_deref()).unwrap();
    let error = store.write(|tx| store::insert_op(tx, &op)).unwrap_err();
    assert!(matches!(error, angen_core::error::Error::Refused(_)), "{error}");
    assert_eq!(picture(store).unwrap(), before);
    deliver_shipment(&scene.shipment, store).unwrap();
    scene.assert_clean();
}
