//! A device with a database of its own, and a root, writers and a hub's certificate in memory.

use std::path::Path;
use std::sync::Mutex;

use angen_core::domain::Source as _;
use angen_core::ports::{Chance as ChancePort, Disk};
use angen_core::store::{self, SealedRun, Store};
use angen_hub::HubKey;
use angen_hub::client::{Caller, Exchanged, Session, exchange};
use angen_ledger::certificate::{Certificate, Duty};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::{DossierId, EntityId, PersonId, WriterId};
use angen_ledger::key::Algorithm;
use angen_ledger::log::origin::ORIGIN_EXT;
use angen_ledger::op::{Draft, Op};
use angen_ledger::testing::{BEGIN_MS, Chance, Grant, Scribe, draft, opening};
use angen_ledger::value::Value;
use angen_ledger::wire::Wire as _;

use crate::sync::records::{RECORDS_A_DOSSIER, Record, hex};

/// The township that everything belongs to.
pub(crate) const AREA: &str = "371102110";
/// Ops that one seal covers.
const OPS_A_SEAL: usize = 20;

/// A disk with as much room as anyone wants.
pub(crate) struct Roomy;

impl Disk for Roomy {
    fn free_bytes(&self, _place: &Path) -> std::io::Result<u64> {
        Ok(1 << 40)
    }
}

/// Chance from a seed: what a bench draws is no secret.
pub(crate) struct Seeded(Mutex<Chance>);

impl Seeded {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Mutex::new(Chance::new(seed)))
    }
}

impl ChancePort for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        let mut chance = self.0.lock().expect("nobody panics with it");
        for part in buffer.chunks_mut(32) {
            part.copy_from_slice(&chance.bytes::<32>()[..part.len()]);
        }
    }
}

/// The root of all that is measured.
pub(crate) fn root() -> Scribe {
    Scribe::new(1, &grant(Duty::Root, &["*:371102110"]), None)
}

/// A writer under the root.
pub(crate) fn writer(seed: u64, root: &Scribe) -> Scribe {
    Scribe::new(seed, &grant(Duty::Writer, &["*:371102110"]), Some(root))
}

fn grant<'a>(duty: Duty, scopes: &'a [&'a str]) -> Grant<'a> {
    Grant { duty, name: "王安", scopes, algorithm: Algorithm::Ed25519 }
}

/// The certificates that the hub of a folder is started with: the root, and its own under it.
pub(crate) fn certify_hub(folder: &Path, origin: &str, root: &Scribe) -> Vec<Vec<u8>> {
    let seed = origin.bytes().fold(7, |sum: u64, byte| sum.wrapping_mul(31) + u64::from(byte));
    let keys = HubKey::open(folder, &Seeded::new(seed)).expect("a key is made").public();
    let mut chance = Chance::new(seed ^ 0x9e37);
    let certificate = Certificate {
        suite: Suite::Sha256,
        duty: Duty::Hub,
        writer: WriterId(chance.bytes()),
        person: PersonId(chance.bytes()),
        name: "测速平台".to_owned(),
        organisation: "涛雒镇应急管理办公室".to_owned(),
        scopes: vec!["hub:371102110".parse().expect("a scope")],
        not_before_ms: BEGIN_MS,
        not_after_ms: None,
        key: keys.sign,
        seal_to: keys.seal_to,
        ext: vec![(ORIGIN_EXT.to_owned(), origin.into())],
    };
    let issuer = Some(root.certificate.hash);
    vec![root.cose.clone(), certificate.sign(&root.key, issuer).expect("a key in memory signs")]
}

/// A dossier by its number.
pub(crate) fn dossier(number: usize) -> DossierId {
    let mut id = [0xd0; 16];
    id[8..].copy_from_slice(&(number as u64).to_be_bytes());
    DossierId(id)
}

/// The op that carries a record.
pub(crate) fn draft_of(dossier: DossierId, record: &Record) -> Draft {
    let fields = [
        ("amount", Value::Int(record.amount)),
        ("item", Value::from(record.item.as_str())),
        ("note", Value::from(record.note.as_str())),
        ("value", Value::from(record.value.as_str())),
    ];
    draft(dossier, EntityId(record.id), "answer.set/1", &fields)
}

/// Writes and seals some drafts as one run.
pub(crate) fn run_of(scribe: &mut Scribe, drafts: Vec<Draft>) -> SealedRun {
    let ops: Vec<Op> = drafts.into_iter().map(|draft| scribe.write(draft, Vec::new())).collect();
    let seal = scribe.seal(&ops);
    let body = |op: &Op| op.body.as_ref().map(|body| body.to_wire());
    SealedRun { ops: ops.iter().map(|op| (op.bytes.clone(), body(op))).collect(), seal }
}

/// The records as signed runs over as many dossiers as they fill, each with its opening.
pub(crate) fn runs_of(scribe: &mut Scribe, records: &[Record]) -> Vec<SealedRun> {
    let mut runs = Vec::new();
    for (number, some) in records.chunks(RECORDS_A_DOSSIER).enumerate() {
        let id = dossier(number);
        let mut drafts = vec![opening(id, AREA)];
        drafts.extend(some.iter().map(|record| draft_of(id, record)));
        while !drafts.is_empty() {
            let rest = drafts.split_off(drafts.len().min(OPS_A_SEAL));
            runs.push(run_of(scribe, drafts));
            drafts = rest;
        }
    }
    runs
}

/// A device: a database, and who uses it.
pub(crate) struct Device {
    pub(crate) store: Store,
    pub(crate) root: Hash,
}

impl Device {
    /// A device in a new folder that knows these people and nothing else.
    pub(crate) fn new(folder: &Path, root: &Scribe, users: &[&Scribe]) -> Self {
        let store = Store::open(folder).expect("a database");
        let mut certificates = vec![root.cose.clone()];
        certificates.extend(users.iter().map(|user| user.cose.clone()));
        let device = Self { store, root: root.certificate.hash };
        device.take(&certificates, &[]);
        device
    }

    /// Takes certificates and runs in.
    pub(crate) fn take(&self, certificates: &[Vec<u8>], runs: &[SealedRun]) {
        let taken = self.store.write(|tx| store::receive(tx, certificates, runs));
        taken.expect("what was signed just now holds");
    }

    /// A session at a hub over HTTP.
    pub(crate) fn sign_in<'k>(&self, url: &str, user: &'k Scribe) -> Session<'k> {
        Session::sign_in(url, &self.store, &[self.root], &caller(user)).expect("a session")
    }

    /// A whole exchange with a hub over HTTP.
    pub(crate) fn exchange(&self, url: &str, user: &Scribe) -> Exchanged {
        exchange(url, &self.store, &Roomy, &[self.root], &caller(user)).expect("an exchange")
    }

    /// Every record that is here, read from the projection.
    pub(crate) fn records(&self) -> Vec<Record> {
        let read = self.store.read(|read| {
            let mut found = Vec::new();
            for dossier in read.dossiers()? {
                for entity in store::entities(read, dossier, "answer")? {
                    let fields = store::fields_of(read, dossier, entity)?;
                    let text = |name: &str| {
                        let head = fields.heads(name).first()?;
                        Some(head.value.as_ref()?.as_text()?.to_owned())
                    };
                    let amount = fields.heads("amount").first();
                    found.push(Record {
                        id: entity.0,
                        item: text("item").unwrap_or_default(),
                        value: text("value").unwrap_or_default(),
                        note: text("note").unwrap_or_default(),
                        amount: amount
                            .and_then(|head| head.value.as_ref()?.as_int())
                            .unwrap_or_default(),
                    });
                }
            }
            Ok(found)
        });
        read.expect("the projection is read")
    }
}

/// Who asks.
fn caller(user: &Scribe) -> Caller<'_> {
    Caller { certificate: user.certificate.hash, key: &user.key }
}

/// A name for a log that no other hub of this process has.
pub(crate) fn origin(name: &str) -> String {
    let salt = hex(&std::process::id().to_be_bytes());
    format!("bench.example/{name}-{salt}/1")
}
