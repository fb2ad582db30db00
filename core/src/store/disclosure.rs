//! Bodies that arrive after their headers: taken in, and the projection becomes what it would be
//! if they had come at once.

use rusqlite::{OptionalExtension, Transaction, named_params};

use angen_ledger::body::Body;
use angen_ledger::hash::Hash;
use angen_ledger::header::Header;
use angen_ledger::op::Op;
use angen_ledger::wire::Wire;

use crate::domain::{Enterprise, Erasure, Hold, Noun};
use crate::error::{Error, Result};
use crate::planted::bug;
use crate::store::enterprises::note_enterprise;
use crate::store::erasure::{note_erasure, note_erasure_anew, note_hold, storable};
use crate::store::originals::note_original;
use crate::store::projection::{names_of, reproject, set_live_fields};
use crate::store::quarantine::{has_quarantined, note_revocation};

const HELD_OTHERWISE: &str = "
    SELECT place, pending, body FROM op WHERE hash = :hash AND body IS NOT :body";

const SET_BODY: &str = "UPDATE op SET body = :body WHERE place = :place";

const HEADERS_ON: &str = "
    SELECT op.header FROM live JOIN op ON op.place = live.op
    WHERE live.dossier = :dossier AND live.entity = :entity";

/// What is held of an op: its place, whether it is pending, and the body as far as disclosed.
type Held = (i64, bool, Option<Vec<u8>>);

/// Takes in what an op that is held already discloses now. A field that is open stays open,
/// whatever comes later: what is held is what was disclosed, in any order. True when it may have
/// changed which ops count.
///
/// # Errors
/// `Refused` when the body is not the one that the header commits to, `Storage`, `Malformed`.
pub(super) fn disclose(tx: &Transaction<'_>, op: &Op) -> Result<bool> {
    let Some(arrived) = op.body.as_ref().filter(|_| !bug(15)) else { return Ok(false) };
    let params = named_params! {":hash": op.hash.as_bytes(), ":body": arrived.to_wire()};
    let held: Option<Held> = tx
        .prepare_cached(HELD_OTHERWISE)?
        .query_row(params, |row| Ok((row.get("place")?, row.get("pending")?, row.get("body")?)))
        .optional()?;
    let Some((place, pending, held)) = held else { return Ok(false) };
    if let Some(fault) = op.body_fault() {
        return Err(Error::Refused(format!("op {}: its body: {fault:?}", op.hash)));
    }
    let held = held.map(|held| Body::from_wire(&held)).transpose()?;
    let body = held.as_ref().map_or_else(|| arrived.clone(), |held| held.joined(arrived));
    // What was erased does not come back.
    let body = storable(tx, &Op { body: Some(body), ..op.clone() })?.unwrap_or_default();
    if held.as_ref() == Some(&body) {
        return Ok(false);
    }
    let params = named_params! {":place": place, ":body": body.to_wire()};
    tx.prepare_cached(SET_BODY)?.execute(params)?;
    if pending {
        // It is projected with this body once its past is here.
        return Ok(false);
    }
    let op = Op { body: Some(body), ..op.clone() };
    let may_count_otherwise = note_revocation(tx, place, &op)?;
    if has_quarantined(tx, op.header.dossier)? {
        // Here a field may be replaced through an op that does not count.
        reproject(tx, op.header.dossier)?;
        if op.header.kind.noun() == Erasure::NOUN {
            note_erasure(tx, &op)?;
            note_erasure_anew(tx, &op.header)?;
        }
        return Ok(may_count_otherwise);
    }
    note_original(tx, place, &op)?;
    match held {
        // The names of closed fields were known, and so which of them were replaced since.
        Some(_) => {}
        None => set_live_fields(tx, &op.header, place, &fields_in_force(tx, &op)?)?,
    }
    match op.header.kind.noun() {
        Enterprise::NOUN => note_enterprise(tx, op.header.dossier, op.header.entity),
        Erasure::NOUN => note_erasure_anew(tx, &op.header),
        Hold::NOUN => note_hold(tx, op.header.dossier),
        _ => Ok(()),
    }?;
    Ok(may_count_otherwise)
}

/// The fields of an op that no projected op replaces. Reads every op of the entity: an entity has
/// a handful, and a body that comes late is rare.
fn fields_in_force(tx: &Transaction<'_>, op: &Op) -> Result<String> {
    let header = &op.header;
    let mut names: Vec<&str> = names_of(op).collect();
    let mut statement = tx.prepare_cached(HEADERS_ON)?;
    let params = named_params! {":dossier": header.dossier.raw(), ":entity": header.entity.raw()};
    let mut rows = statement.query(params)?;
    while let Some(row) = rows.next()? {
        let later: Vec<u8> = row.get("header")?;
        let later = Header::from_wire(&later)?;
        names.retain(|name| !replaces(&later, name, op.hash));
    }
    Ok(names.join(" "))
}

fn replaces(later: &Header, name: &str, op: Hash) -> bool {
    later.over.iter().any(|over| over.field == name && over.heads.contains(&op))
}
