//! An officer at work: one verb, one transaction, one seal.
//!
//! A [`Desk`] is a writer who has signed in on this device. [`Desk::write`] gives a verb a
//! [`Page`] to put entries on. When the verb succeeds, what it wrote is sealed with the officer's
//! key and committed together; when it fails, nothing of it remains. So no op is ever on the disk
//! without a seal, and a retry starts from where the first try did.

use std::borrow::Cow;

use rusqlite::{Connection, Transaction};

use angen_ledger::hash::{Hash, Suite};
use angen_ledger::header::{BlobRef, Checkpoint, Over, Ref};
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::key::Signer;
use angen_ledger::kind::Kind;
use angen_ledger::op::{Draft, Op, Place};
use angen_ledger::seal::{Seal, SignedSeal};
use angen_ledger::value::Value;

use crate::domain::is_known_kind;
use crate::error::{Error, Result};
use crate::ports::Ports;
use crate::store::{self, Store};

/// A writer who has signed in.
pub struct Desk<'a> {
    store: &'a Store,
    ports: &'a Ports,
    writer: WriterId,
    certificate: Hash,
}

/// What a verb says of one entity.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The dossier.
    pub dossier: DossierId,
    /// What it is about.
    pub entity: EntityId,
    /// The verb, one of the known kinds.
    pub kind: &'static str,
    /// Fields in any order. A field that is there already is replaced.
    pub fields: Vec<(Cow<'static, str>, Value)>,
    /// Ops of other dossiers that this relies on: role, dossier, op.
    pub refs: Vec<(&'static str, DossierId, Hash)>,
    /// The blob that it names, with the length of its ciphertext.
    pub blob: Option<BlobRef>,
}

impl Entry {
    /// An entry of a kind, with no fields yet.
    #[must_use]
    pub fn new(kind: &'static str, dossier: DossierId, entity: EntityId) -> Self {
        Self { dossier, entity, kind, fields: Vec::new(), refs: Vec::new(), blob: None }
    }

    /// Sets a field.
    #[must_use]
    pub fn set(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.fields.push((Cow::Borrowed(name), value.into()));
        self
    }

    /// Says a field again that some op has named.
    #[must_use]
    pub fn say_again(mut self, name: String, value: Value) -> Self {
        self.fields.push((Cow::Owned(name), value));
        self
    }

    /// Sets a field if there is a value for it.
    #[must_use]
    pub fn set_some(self, name: &'static str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// Relies on an op of another dossier.
    #[must_use]
    pub fn rely_on(mut self, role: &'static str, dossier: DossierId, op: Hash) -> Self {
        self.refs.push((role, dossier, op));
        self
    }
}

impl<'a> Desk<'a> {
    /// Signs a writer in: the certificate is here and the key is open.
    ///
    /// # Errors
    /// `NotFound` when no certificate of this writer is here, `Sign` when the key is locked.
    pub fn sign_in(store: &'a Store, ports: &'a Ports, writer: WriterId) -> Result<Self> {
        let held = store.read(store::certificates)?;
        let newest = held.iter().rev().find(|(_, signed)| signed.certificate.writer == writer);
        let Some((_, signed)) = newest else {
            return Err(Error::NotFound { noun: "writer", id: writer.to_string() });
        };
        ports.keys.signer(writer)?;
        // What a kill has left behind after an erasure; should it be busy, it stays owed.
        if store.owes_scrub()? {
            let _ = store.scrub(&*ports.disk);
        }
        Ok(Self { store, ports, writer, certificate: signed.hash })
    }

    /// The writer.
    #[must_use]
    pub fn writer(&self) -> WriterId {
        self.writer
    }

    /// The hash of the writer's certificate.
    #[must_use]
    pub fn certificate(&self) -> Hash {
        self.certificate
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &'a Store {
        self.store
    }

    /// What the host lends.
    #[must_use]
    pub fn ports(&self) -> &'a Ports {
        self.ports
    }

    /// Runs a verb: all of it, sealed and on the disk, or nothing.
    ///
    /// # Errors
    /// What the verb returns, `Sign`, `Storage`.
    pub fn write<T>(&self, verb: impl FnOnce(&mut Page<'_, '_>) -> Result<T>) -> Result<T> {
        // A disk that is as good as full still takes what was just recorded.
        let _ = self.store.free_ballast(self.ports);
        self.store.write(|tx| {
            let mut page = Page::begin(tx, self.ports, self.writer, self.certificate)?;
            let answer = verb(&mut page)?;
            page.seal()?;
            Ok(answer)
        })
    }
}

/// What one verb writes, within its transaction.
pub struct Page<'p, 't> {
    tx: &'p Transaction<'t>,
    ports: &'p Ports,
    writer: WriterId,
    certificate: Hash,
    key: Box<dyn Signer>,
    /// The newest head of a hub's log that was verified here: each op says that it came later.
    checkpoint: Option<Checkpoint>,
    /// The runs under way, one for each dossier, in the order of their first entry.
    runs: Vec<Vec<Op>>,
}

impl<'p, 't> Page<'p, 't> {
    /// Begins a page. Its user must call [`Page::seal`] before the transaction commits.
    pub(crate) fn begin(
        tx: &'p Transaction<'t>,
        ports: &'p Ports,
        writer: WriterId,
        certificate: Hash,
    ) -> Result<Self> {
        let key = ports.keys.signer(writer)?;
        let checkpoint = store::newest_checkpoint(tx)?;
        Ok(Self { tx, ports, writer, certificate, key, checkpoint, runs: Vec::new() })
    }

    /// The state that the verb sees, its own entries included.
    #[must_use]
    pub fn read(&self) -> &Connection {
        self.tx
    }

    /// The transaction, for what is not in the ledger.
    pub(crate) fn tx(&self) -> &Transaction<'t> {
        self.tx
    }

    /// The wall time now, by this device, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.ports.clock.now().wall_ms
    }

    /// A new random entity id.
    #[must_use]
    pub fn new_entity(&self) -> EntityId {
        EntityId(self.ports.id())
    }

    /// Puts an entry: finds what it replaces and what it builds on, and writes the op.
    ///
    /// # Errors
    /// `UpdateNeeded`, `Malformed` (a limit is exceeded), `Storage`.
    ///
    /// # Panics
    /// When the kind is not a known one: the programmer's mistake.
    pub fn put(&mut self, entry: Entry) -> Result<Hash> {
        assert!(is_known_kind(entry.kind), "{} is missing from KNOWN_KINDS", entry.kind);
        let Entry { dossier, entity, kind, fields, refs, blob } = entry;
        store::check_writable(self.tx, dossier, entity)?;
        let held = store::fields_in_force(self.tx, dossier, entity)?;
        let over = fields
            .iter()
            .map(|(name, _)| Over { field: name.to_string(), heads: held.head_ops(name) })
            .filter(|over| !over.heads.is_empty())
            .collect();
        let draft = Draft {
            dossier,
            entity,
            kind: Kind::new(kind)?,
            critical: true,
            fields: fields.into_iter().map(|(name, value)| (name.into_owned(), value)).collect(),
            over,
            refs: refs
                .into_iter()
                .map(|(role, dossier, op)| Ref { role: role.to_owned(), dossier, op })
                .collect(),
            blobs: blob.into_iter().collect(),
        };
        // Nobody else writes within this transaction: behind its first op the page itself knows.
        let before = self.runs.iter().find(|run| run[0].header.dossier == dossier);
        let (head, deps) = match before.and_then(|run| run.last()) {
            Some(last) => (Some((last.header.seq, last.hash)), Vec::new()),
            None => (
                store::chain_head(self.tx, dossier, self.writer)?,
                store::unnamed_heads(self.tx, dossier, self.writer)?,
            ),
        };
        let place = Place {
            writer: self.writer,
            head,
            deps,
            checkpoint: self.checkpoint.clone(),
            moment: self.ports.clock.now(),
        };
        let op = Op::compose(draft, place, || self.ports.random())?;
        store::insert_op(self.tx, &op)?;
        let hash = op.hash;
        match self.runs.iter_mut().find(|run| run[0].header.dossier == dossier) {
            Some(run) => run.push(op),
            None => self.runs.push(vec![op]),
        }
        Ok(hash)
    }

    /// Seals every run. Only now what a revoked writer wrote is set aside: the verb has seen it.
    ///
    /// # Errors
    /// `Sign`, `Storage`.
    pub(crate) fn seal(self) -> Result<()> {
        let mut last = store::last_seal(self.tx, self.writer)?;
        for run in &self.runs {
            for run in run.chunks(angen_ledger::limits::SEAL_OPS_MAX) {
                let (first, end) = (&run[0].header, &run[run.len() - 1]);
                let seal = Seal {
                    suite: Suite::Sha256,
                    dossier: first.dossier,
                    writer: self.writer,
                    number: last.map_or(0, |(number, _)| number + 1),
                    prev: last.map(|(_, hash)| hash),
                    first: first.seq,
                    last: end.header.seq,
                    head: end.hash,
                };
                let cose = seal.sign(&*self.key, self.certificate)?;
                let signed = SignedSeal::read(&cose)?;
                store::insert_seal(self.tx, &cose, &signed)?;
                last = Some((signed.seal.number, signed.hash));
            }
        }
        store::settle_own(self.tx, self.writer)
    }
}
