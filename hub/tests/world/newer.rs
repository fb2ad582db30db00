//! A build that is newer than all that are here: it writes ops that nobody else knows.

use angen_core::desk::Desk;
use angen_core::error::Result;
use angen_core::store::{self, Store, Transaction};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::kind::Kind;
use angen_ledger::op::{Draft, Op, Place};
use angen_ledger::seal::{Seal, SignedSeal};
use angen_ledger::wire::Wire;

use crate::run::revoked::is_effective;

/// An op of a newer build.
pub(crate) struct NewerOp {
    pub(crate) hash: Hash,
    place: (DossierId, EntityId),
    header: Vec<u8>,
    body: Vec<u8>,
    /// Whether who does not know its kind must keep off what it is about.
    is_locking: bool,
}

/// What a newer build says: a kind that is unknown, one that is unknown and critical, or a field
/// more in a kind that is known.
pub(crate) fn write_newer(
    desk: &Desk<'_>,
    dossier: DossierId,
    words: &str,
    which: usize,
) -> Result<NewerOp> {
    let (kind, field) = [
        ("drone_flight.log/1", "track"),
        ("drone_flight.ground/1", "reason"),
        ("note.write/1", "mood"),
    ][which];
    let ports = desk.ports();
    let mut fields = vec![(field.to_owned(), words.into())];
    if which == 2 {
        fields.push(("text".to_owned(), words.into()));
    }
    let draft = Draft {
        dossier,
        entity: EntityId(ports.id()),
        kind: Kind::new(kind)?,
        critical: which > 0,
        fields,
        over: Vec::new(),
        refs: Vec::new(),
        blobs: Vec::new(),
    };
    let is_locking = which == 1;
    let op = desk.store().write(|tx| {
        let place = Place {
            writer: desk.writer(),
            head: store::chain_head(tx, dossier, desk.writer())?,
            deps: store::unnamed_heads(tx, dossier, desk.writer())?,
            checkpoint: store::newest_checkpoint(tx)?,
            moment: ports.clock.now(),
        };
        let op = Op::compose(draft, place, || ports.random())?;
        store::insert_op(tx, &op)?;
        seal(tx, desk, &op)?;
        Ok(op)
    })?;
    let body = op.body.as_ref().map(Wire::to_wire).unwrap_or_default();
    let place = (dossier, op.header.entity);
    Ok(NewerOp { hash: op.hash, place, header: op.bytes, body, is_locking })
}

/// Seals one op, as every build does.
fn seal(tx: &Transaction<'_>, desk: &Desk<'_>, op: &Op) -> Result<()> {
    let last = store::last_seal(tx, desk.writer())?;
    let seal = Seal {
        suite: Suite::Sha256,
        dossier: op.header.dossier,
        writer: desk.writer(),
        number: last.map_or(0, |(number, _)| number + 1),
        prev: last.map(|(_, hash)| hash),
        first: op.header.seq,
        last: op.header.seq,
        head: op.hash,
    };
    let key = desk.ports().keys.signer(desk.writer())?;
    let cose = seal.sign(&*key, desk.certificate())?;
    store::insert_seal(tx, &cose, &SignedSeal::read(&cose)?)?;
    store::settle_own(tx, desk.writer())
}

/// What an older build has made of an op that it does not know, if it has it: every byte is kept,
/// and what it locks is locked.
pub(crate) fn wrong(newer: &NewerOp, held: &Store) -> Option<String> {
    let stored = held.read(|read| store::op_by_hash(read, newer.hash)).unwrap()?;
    let body = stored.op.body.as_ref().map(Wire::to_wire);
    if stored.op.bytes != newer.header || body.as_ref() != Some(&newer.body) {
        return Some(format!("op {} of a newer build is not what was written", newer.hash.short()));
    }
    let (dossier, entity) = newer.place;
    let locked = held.read(|read| store::check_writable(read, dossier, entity)).is_err();
    let locks = newer.is_locking && is_effective(held, newer.hash);
    (locked != locks).then(|| format!("op {} of a newer build locks wrongly", newer.hash.short()))
}
