//! A small world of scribes, and by brute force what must count in it.

use std::collections::{BTreeMap, BTreeSet};

use angen_core::store::{self, SealedRun, Store};
use angen_ledger::certificate::Duty;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::key::Algorithm;
use angen_ledger::op::Op;
use angen_ledger::revocation::{CutPoint, cut_value};
use angen_ledger::testing::{Grant, Scribe, draft, opening};
use angen_ledger::value::Value;
use angen_ledger::wire::Wire as _;

/// Where officers write.
pub(crate) const CHECK: DossierId = DossierId([0xd0; 16]);
/// Where administrators write.
pub(crate) const ROSTER: DossierId = DossierId([0xd1; 16]);
/// The area of both.
pub(crate) const AREA: &str = "371102110";

/// A run with its seal.
pub(crate) type Run = (Vec<Op>, Vec<u8>);

/// Somebody with a key under an issuer.
pub(crate) fn scribe(seed: u64, duty: Duty, scope: &str, issuer: Option<&Scribe>) -> Scribe {
    let grant = Grant { duty, name: "执法员", scopes: &[scope], algorithm: Algorithm::Ed25519 };
    Scribe::new(seed, &grant, issuer)
}

/// Writes an op and seals it.
pub(crate) fn say(scribe: &mut Scribe, draft: angen_ledger::op::Draft) -> Run {
    let op = scribe.write(draft, Vec::new());
    let seal = scribe.seal(std::slice::from_ref(&op));
    (vec![op], seal)
}

/// Opens a dossier.
pub(crate) fn open(scribe: &mut Scribe, dossier: DossierId) -> Run {
    say(scribe, opening(dossier, AREA))
}

/// Sets a field of an entity, in place of what some ops say of it.
pub(crate) fn set(scribe: &mut Scribe, entity: u8, text: &str, over: &[&Op]) -> Run {
    let fields = [("value", Value::from(text))];
    let mut said = draft(CHECK, EntityId([entity; 16]), "answer.set/1", &fields);
    if !over.is_empty() {
        said.over = vec![angen_ledger::testing::over("value", over)];
        said.over[0].heads.sort_unstable();
    }
    say(scribe, said)
}

/// Revokes a writer.
pub(crate) fn revoke(scribe: &mut Scribe, writer: WriterId, cut: &[CutPoint]) -> Run {
    let fields = [
        ("writer", Value::from(writer.raw().as_slice())),
        ("reason", "手机遗失".into()),
        ("cut", cut_value(cut)),
    ];
    let entity = EntityId(scribe.bytes());
    say(scribe, draft(ROSTER, entity, "writer.revoke/1", &fields))
}

/// Adopts a range that ends with an op.
pub(crate) fn adopt(scribe: &mut Scribe, first: u64, last: &Op) -> Run {
    let header = &last.header;
    let fields = [
        ("writer", Value::from(header.writer.raw().as_slice())),
        ("dossier", Value::from(header.dossier.raw().as_slice())),
        ("first", Value::Int(first.cast_signed())),
        ("last", Value::Int(header.seq.cast_signed())),
        ("head", Value::from(last.hash.as_bytes().as_slice())),
        ("reason", "本人当面核对".into()),
    ];
    let entity = EntityId(scribe.bytes());
    say(scribe, draft(ROSTER, entity, "ops.adopt/1", &fields))
}

/// The cut behind an op.
pub(crate) fn at(op: &Op) -> CutPoint {
    CutPoint { dossier: op.header.dossier, seq: op.header.seq, op: op.hash }
}

/// A run as it travels.
pub(crate) fn sealed(run: &Run) -> SealedRun {
    let bytes = |op: &Op| (op.bytes.clone(), op.body.as_ref().map(|body| body.to_wire()));
    SealedRun { ops: run.0.iter().map(bytes).collect(), seal: run.1.clone() }
}

/// A database of its own folder.
pub(crate) struct Device {
    pub(crate) store: Store,
    _folder: tempfile::TempDir,
}

impl Device {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { store: Store::open(folder.path()).unwrap(), _folder: folder }
    }

    /// One that has received some runs, one after the other.
    pub(crate) fn with(scribes: &[&Scribe], runs: &[&Run]) -> Self {
        let device = Self::new();
        for run in runs {
            device.take(scribes, &[run]);
        }
        device
    }

    pub(crate) fn take(&self, scribes: &[&Scribe], runs: &[&Run]) {
        let certificates: Vec<Vec<u8>> = scribes.iter().map(|known| known.cose.clone()).collect();
        let runs: Vec<SealedRun> = runs.iter().map(|run| sealed(run)).collect();
        self.store.write(|tx| store::receive(tx, &certificates, &runs)).unwrap();
    }

    pub(crate) fn digest(&self) -> Hash {
        self.store.read(store::digest).unwrap()
    }

    /// The ops that do not count.
    pub(crate) fn aside(&self) -> BTreeSet<Hash> {
        let held = self.store.read(store::quarantined).unwrap();
        held.into_iter().map(|held| held.op.hash).collect()
    }

    /// The values of an entity that are in force.
    pub(crate) fn values(&self, entity: u8) -> BTreeSet<String> {
        let fields =
            self.store.read(|read| store::fields_of(read, CHECK, EntityId([entity; 16]))).unwrap();
        let heads = fields.heads("value").iter();
        heads.filter_map(|head| Some(head.value.as_ref()?.as_text()?.to_owned())).collect()
    }

    /// The same after everything was made again from the log, and sound.
    pub(crate) fn assert_sound(&self) {
        let (before, after) = angen_core::action::rebuild(&self.store).unwrap();
        assert_eq!(before, after, "the projection is not that of its log");
        let report = angen_core::action::fsck(&self.store).unwrap();
        assert_eq!((report.problems, report.pending), (vec![], 0));
    }
}

/// The values in force by brute force: those of ops that count and that no op that counts
/// replaces, be it through ops that do not count.
pub(crate) fn values_of(ops: &[&Op], aside: &BTreeSet<Hash>, entity: u8) -> BTreeSet<String> {
    let by_hash: BTreeMap<Hash, &Op> = ops.iter().map(|op| (op.hash, *op)).collect();
    let entity = EntityId([entity; 16]);
    let is_on = |op: &&&Op| op.header.entity == entity && op.get("value").is_some();
    let mut replaced: BTreeSet<Hash> = BTreeSet::new();
    for op in ops.iter().filter(is_on).filter(|op| !aside.contains(&op.hash)) {
        let mut named: Vec<Hash> =
            op.header.over.iter().flat_map(|over| over.heads.iter().copied()).collect();
        while let Some(hash) = named.pop() {
            replaced.insert(hash);
            let through =
                by_hash.get(&hash).filter(|op| aside.contains(&hash) && op.header.entity == entity);
            named
                .extend(through.iter().flat_map(|op| &op.header.over).flat_map(|over| &over.heads));
        }
    }
    let counted = ops.iter().filter(is_on).filter(|op| !aside.contains(&op.hash));
    let heads = counted.filter(|op| !replaced.contains(&op.hash));
    heads.filter_map(|op| Some(op.get("value")?.as_text()?.to_owned())).collect()
}
