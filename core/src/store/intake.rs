//! Putting ops into the log: what is projected at once, what waits, and what had waited for it.

use rusqlite::{Connection, Transaction, named_params};

use angen_ledger::hash::Hash;
use angen_ledger::id::WriterId;
use angen_ledger::op::Op;
use angen_ledger::wire::Wire;

use crate::domain::{Erasure, Noun, is_known_kind};
use crate::error::Result;
use crate::planted::bug;
use crate::store::disclosure::disclose;
use crate::store::erasure::{nothing_erased, storable};
use crate::store::log::{has_op, note_named};
use crate::store::named_blobs::note_blobs;
use crate::store::projection::{Aside, op_at, past, project};
use crate::store::quarantine::{
    has_unjudged, nobody_revoked, note_revocation, revoked_by, set_aside, settle,
};

const INSERT_OP: &str = "
    INSERT INTO op (hash, dossier, writer, seq, pending, header, body)
    VALUES (:hash, :dossier, :writer, :seq, :pending, :header, :body)
    ON CONFLICT (hash) DO NOTHING";

const INSERT_WAITING: &str = "
    INSERT INTO waiting (missing, op) VALUES (:missing, :op) ON CONFLICT DO NOTHING";

const WAITING_FOR: &str = "SELECT op FROM waiting WHERE missing = :missing ORDER BY op";

const STILL_WAITING: &str = "SELECT 1 FROM waiting WHERE op = :op";

const END_WAITING: &str = "DELETE FROM waiting WHERE missing = :missing";

const END_PENDING: &str = "UPDATE op SET pending = 0 WHERE place = :place";

/// What became of an op that was put into the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    /// It was there already.
    Known,
    /// It waits for something in its past.
    Waiting,
    /// It is in the projection, or in quarantine.
    Projected,
}

/// Puts an op of this device's own desk into the log and, as soon as its past is here, into the
/// projection. Putting it again takes in what it discloses now and did not before. True when it is
/// new.
///
/// Until [`settle_own`] it counts even when its writer is revoked: so a verb sees what it wrote,
/// and nobody is kept from recording.
///
/// # Errors
/// `Refused` for a body of another op, `Storage`, `Malformed`.
pub fn insert_op(tx: &Transaction<'_>, op: &Op) -> Result<bool> {
    let mut before = Before { is_own: true, ..Before::default() };
    Ok(insert_op_after(tx, op, &mut before)? != Put::Known)
}

/// Judges what a writer of this device has put, once all of it is there.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn settle_own(tx: &Transaction<'_>, writer: WriterId) -> Result<()> {
    if !nobody_revoked(tx)? && (has_unjudged(tx)? || revoked_by(tx, writer)?.is_some()) {
        settle(tx)?;
    }
    Ok(())
}

/// What whoever puts many ops in a row knows, so that it is not looked up for each of them. What
/// is not known is looked up.
#[derive(Debug, Default)]
pub(crate) struct Before {
    /// An op that is projected: in a long chain the one before.
    projected: Option<Hash>,
    /// No op waits for another.
    nobody_waits: bool,
    /// Nothing was ever erased.
    nothing_erased: bool,
    /// Nobody was ever revoked.
    nobody_revoked: bool,
    /// Whose ops count may have changed.
    owes_settling: bool,
    /// What is put counts until it is settled.
    is_own: bool,
}

impl Before {
    /// What can be known at the start of a transaction.
    ///
    /// # Errors
    /// `Storage`.
    pub(crate) fn first(tx: &Transaction<'_>) -> Result<Self> {
        let nobody_waits = !tx.prepare_cached("SELECT 1 FROM waiting")?.exists([])?;
        Ok(Self {
            projected: None,
            nobody_waits,
            nothing_erased: nothing_erased(tx)?,
            nobody_revoked: nobody_revoked(tx)?,
            owes_settling: false,
            is_own: false,
        })
    }

    /// Says that a certificate came, which may be that of somebody who revokes or is revoked.
    pub(crate) fn note_certificate(&mut self) {
        self.owes_settling |= !self.nobody_revoked;
    }

    /// Judges again which ops count, if that may have changed. To be called at the end of a row.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    pub(crate) fn settle(self, tx: &Transaction<'_>) -> Result<()> {
        if self.owes_settling { settle(tx) } else { Ok(()) }
    }

    /// Projects an op whose past is here, or sets it aside when its writer is revoked.
    fn apply(&mut self, tx: &Transaction<'_>, place: i64, op: &Op) -> Result<()> {
        if note_revocation(tx, place, op)? {
            self.nobody_revoked = false;
            self.owes_settling = true;
        }
        let by = if self.nobody_revoked || self.is_own {
            None
        } else {
            revoked_by(tx, op.header.writer)?
        };
        let Some(by) = by else { return project(tx, place, op, Aside::Counts) };
        self.owes_settling = true;
        set_aside(tx, place, by)?;
        project(tx, place, op, Aside::Quarantined)
    }
}

/// As [`insert_op`], in a row of ops.
///
/// # Errors
/// As [`insert_op`].
pub(crate) fn insert_op_after(tx: &Transaction<'_>, op: &Op, before: &mut Before) -> Result<Put> {
    let missing = missing_past(tx, op, before.projected)?;
    let header = &op.header;
    let without = if before.nothing_erased { None } else { Some(storable(tx, op)?) };
    let body = without.as_ref().unwrap_or(&op.body);
    if bug(7) && is_place_taken(tx, op)? {
        return Ok(Put::Known);
    }
    let inserted = tx.prepare_cached(INSERT_OP)?.execute(named_params! {
        ":hash": op.hash.as_bytes(),
        ":dossier": header.dossier.raw(),
        ":writer": header.writer.raw(),
        ":seq": header.seq.cast_signed(),
        ":pending": !missing.is_empty(),
        ":header": op.bytes,
        ":body": body.as_ref().filter(|_| !bug(25) || is_known(op)).map(Wire::to_wire),
    })?;
    if inserted == 0 {
        before.owes_settling |= disclose(tx, op)?;
        return Ok(Put::Known);
    }
    let place = tx.last_insert_rowid();
    note_named(tx, op)?;
    note_blobs(tx, header)?;
    if missing.is_empty() {
        match without {
            Some(body) => before.apply(tx, place, &Op { body, ..op.clone() })?,
            None => before.apply(tx, place, op)?,
        }
        // An erasure that has just taken effect is to be asked for from now on.
        before.nothing_erased &= op.header.kind.noun() != Erasure::NOUN;
        if !before.nobody_waits && !bug(8) {
            wake(tx, op.hash, before)?;
            before.nothing_erased = nothing_erased(tx)?;
        }
        before.projected = Some(op.hash);
        return Ok(Put::Projected);
    }
    before.nobody_waits = false;
    for hash in missing {
        let params = named_params! {":missing": hash.as_bytes(), ":op": place};
        tx.prepare_cached(INSERT_WAITING)?.execute(params)?;
    }
    Ok(Put::Waiting)
}

/// Whether this build knows what an op says; asked by a planted mistake alone.
fn is_known(op: &Op) -> bool {
    is_known_kind(op.header.kind.as_str())
}

/// Whether another op stands where this one would; asked by a planted mistake alone.
fn is_place_taken(connection: &Connection, op: &Op) -> Result<bool> {
    const AT: &str = "
        SELECT 1 FROM op WHERE dossier = :dossier AND writer = :writer AND seq = :seq";
    let header = &op.header;
    let params = named_params! {
        ":dossier": header.dossier.raw(), ":writer": header.writer.raw(),
        ":seq": header.seq.cast_signed(),
    };
    Ok(connection.prepare_cached(AT)?.exists(params)?)
}

fn missing_past(connection: &Connection, op: &Op, known: Option<Hash>) -> Result<Vec<Hash>> {
    let mut missing = Vec::new();
    for hash in past(&op.header).filter(|hash| Some(*hash) != known) {
        if !has_op(connection, hash)? {
            missing.push(hash);
        }
    }
    Ok(missing)
}

/// Projects the ops that waited for this one, and those that waited for them.
fn wake(tx: &Transaction<'_>, hash: Hash, before: &mut Before) -> Result<()> {
    let mut ready = vec![hash];
    while let Some(hash) = ready.pop() {
        let params = named_params! {":missing": hash.as_bytes()};
        let waiting: Vec<i64> = tx
            .prepare_cached(WAITING_FOR)?
            .query_map(params, |row| row.get("op"))?
            .collect::<rusqlite::Result<_>>()?;
        if waiting.is_empty() {
            continue;
        }
        tx.prepare_cached(END_WAITING)?.execute(params)?;
        for place in waiting {
            if tx.prepare_cached(STILL_WAITING)?.exists(named_params! {":op": place})? {
                continue;
            }
            let op = op_at(tx, place)?;
            tx.prepare_cached(END_PENDING)?.execute(named_params! {":place": place})?;
            before.apply(tx, place, &op)?;
            ready.push(op.hash);
        }
    }
    Ok(())
}
