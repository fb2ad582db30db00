//! The search of enterprises: terms that lead to rows worth comparing, and the comparison itself.
//!
//! The terms only narrow down: each row that they lead to is compared as [`FindWords::fit`] says,
//! so that what is found is what a walk through all enterprises would find. A term begins with a
//! digit for what it is: `0` two neighbouring characters of the name, `1` four initials, `2` six
//! letters of pinyin, `3` the credit code. At the end of a name they are shorter.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, named_params};

use angen_ledger::id::{DossierId, EntityId};

use crate::domain::{Enterprise, FindName, FindWords, Noun, plain, read_one};
use crate::error::{Error, Result};
use crate::store::projection::fields_in_force;

/// Initials in one term: three letters of 26 are common to hundreds of names, four to a few.
const INITIALS: usize = 4;

/// Letters of pinyin in one term: two syllables.
const LETTERS: usize = 6;

/// Characters of a code whose beginnings have an index: four with the mark of a code.
const CODE_INDEXED: usize = 3;

/// Codes with one beginning from which on walking through rows is quicker than reading terms.
const CODES_MANY: i64 = 8_000;

const COUNT_CODES: &str = "
    SELECT count(*) AS codes FROM (
        SELECT 1 FROM enterprise_found
        WHERE credit_code >= :from AND credit_code < :to LIMIT :many
    )";

const CLEAR: &str = "DELETE FROM enterprise_found; DELETE FROM enterprise_term;";

/// A row that was deleted is only marked in the segments that hold its terms; this writes all of
/// them again as one, without it.
const MERGE_TERMS: &str = "INSERT INTO enterprise_term (enterprise_term) VALUES ('optimize')";

const ALL_ENTITIES: &str = "
    SELECT dossier, entity, min(op) AS first FROM live
    WHERE noun = 'enterprise'
    GROUP BY dossier, entity ORDER BY first";

const PLACE_OF: &str = "
    SELECT min(op) AS place FROM live WHERE dossier = :dossier AND entity = :entity";

const HELD_PLACE: &str = "
    SELECT place FROM enterprise_found WHERE dossier = :dossier AND entity = :entity";

const DELETE_FOUND: &str = "DELETE FROM enterprise_found WHERE place = :place";

const DELETE_TERMS: &str = "DELETE FROM enterprise_term WHERE rowid = :place";

const INSERT_FOUND: &str = "
    INSERT INTO enterprise_found (place, dossier, entity, name, credit_code)
    VALUES (:place, :dossier, :entity, :name, :credit_code)";

const INSERT_TERMS: &str = "INSERT INTO enterprise_term (rowid, terms) VALUES (:place, :terms)";

const BY_CODE: &str = "
    SELECT entity FROM enterprise_found
    WHERE credit_code = :credit_code AND dossier = :dossier ORDER BY place LIMIT 1";

const FIND: &str = "
    SELECT rowid AS place FROM enterprise_term
    WHERE enterprise_term MATCH :terms AND rowid > :after
    ORDER BY rowid";

const FIND_ALL: &str = "SELECT place FROM enterprise_found WHERE place > :after ORDER BY place";

const FOUND_AT: &str = "
    SELECT dossier, entity, name, credit_code FROM enterprise_found WHERE place = :place";

/// An enterprise that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEnterprise {
    /// Where it stands in the order of the register on this device.
    pub place: i64,
    /// The entity.
    pub enterprise: EntityId,
    /// The name.
    pub name: String,
    /// The credit code.
    pub credit_code: Option<String>,
}

/// Makes the row of an enterprise as its fields are now.
pub(super) fn note_enterprise(
    tx: &Transaction<'_>,
    dossier: DossierId,
    entity: EntityId,
) -> Result<()> {
    let params = named_params! {":dossier": dossier.raw(), ":entity": entity.raw()};
    let held: Vec<i64> = tx
        .prepare_cached(HELD_PLACE)?
        .query_map(params, |row| row.get("place"))?
        .collect::<rusqlite::Result<_>>()?;
    for place in held {
        tx.prepare_cached(DELETE_FOUND)?.execute(named_params! {":place": place})?;
        tx.prepare_cached(DELETE_TERMS)?.execute(named_params! {":place": place})?;
    }
    let fields = fields_in_force(tx, dossier, entity)?;
    let Some(known) = Enterprise::from_fields(entity, &fields) else { return Ok(()) };
    let place: i64 = tx.prepare_cached(PLACE_OF)?.query_row(params, |row| row.get("place"))?;
    tx.prepare_cached(INSERT_FOUND)?.execute(named_params! {
        ":place": place, ":dossier": dossier.raw(), ":entity": entity.raw(),
        ":name": known.name, ":credit_code": known.credit_code,
    })?;
    let terms = terms_of(&known.name, known.credit_code.as_deref());
    let params = named_params! {":place": place, ":terms": terms};
    tx.prepare_cached(INSERT_TERMS)?.execute(params)?;
    Ok(())
}

/// Takes the terms of deleted rows out of the search for good.
pub(super) fn forget_deleted_terms(tx: &Transaction<'_>) -> Result<()> {
    tx.execute(MERGE_TERMS, [])?;
    Ok(())
}

/// Makes the search again from the projection: for a log that was written before there was one,
/// and for one that is not trusted any more.
pub(super) fn note_all_enterprises(tx: &Transaction<'_>) -> Result<()> {
    tx.execute_batch(CLEAR)?;
    let entities: Vec<(DossierId, EntityId)> = tx
        .prepare(ALL_ENTITIES)?
        .query_map([], |row| Ok((DossierId(row.get("dossier")?), EntityId(row.get("entity")?))))?
        .collect::<rusqlite::Result<_>>()?;
    entities.into_iter().try_for_each(|(dossier, entity)| note_enterprise(tx, dossier, entity))
}

/// Makes the rows of one dossier again.
pub(super) fn note_enterprises_of(tx: &Transaction<'_>, dossier: DossierId) -> Result<()> {
    const CONCERNED: &str = "
        SELECT entity FROM enterprise_found WHERE dossier = :dossier
        UNION
        SELECT entity FROM live WHERE dossier = :dossier AND noun = 'enterprise'";
    let entities: Vec<EntityId> = tx
        .prepare_cached(CONCERNED)?
        .query_map(named_params! {":dossier": dossier.raw()}, |row| {
            Ok(EntityId(row.get("entity")?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    entities.into_iter().try_for_each(|entity| note_enterprise(tx, dossier, entity))
}

/// The first enterprise of a register with a credit code.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn enterprise_by_code(
    connection: &Connection,
    dossier: DossierId,
    credit_code: &str,
) -> Result<Option<Enterprise>> {
    let mut statement = connection.prepare_cached(BY_CODE)?;
    let params = named_params! {":credit_code": credit_code, ":dossier": dossier.raw()};
    let found: Vec<EntityId> = statement
        .query_map(params, |row| Ok(EntityId(row.get("entity")?)))?
        .collect::<rusqlite::Result<_>>()?;
    found.first().map(|entity| read_one(connection, dossier, *entity)).transpose()
}

/// The enterprises of a register that fit, in its order: at most `limit`, behind the place `after`.
///
/// # Errors
/// `Storage`.
pub fn find_enterprises(
    connection: &Connection,
    dossier: DossierId,
    words: &FindWords,
    after: i64,
    limit: usize,
) -> Result<Vec<FoundEnterprise>> {
    let query = query_of(connection, words)?;
    let mut statement = connection.prepare_cached(if query.is_some() { FIND } else { FIND_ALL })?;
    let mut found_at = connection.prepare_cached(FOUND_AT)?;
    let mut rows = match &query {
        Some(terms) => statement.query(named_params! {":terms": terms, ":after": after})?,
        None => statement.query(named_params! {":after": after})?,
    };
    let mut found = Vec::new();
    while let (true, Some(row)) = (found.len() < limit, rows.next()?) {
        let place: i64 = row.get("place")?;
        let of = |row: &rusqlite::Row<'_>| {
            let held = DossierId(row.get("dossier")?);
            let enterprise = EntityId(row.get("entity")?);
            let (name, credit_code) = (row.get("name")?, row.get("credit_code")?);
            Ok((held, FoundEnterprise { place, enterprise, name, credit_code }))
        };
        let (held, one) =
            found_at.query_row(named_params! {":place": place}, of).map_err(Error::Storage)?;
        if held == dossier && words.fit(&FindName::of(&one.name), one.credit_code.as_deref()) {
            found.push(one);
        }
    }
    Ok(found)
}

/// The terms that an enterprise is found by, separated by spaces.
fn terms_of(name: &str, credit_code: Option<&str>) -> String {
    let name = FindName::of(name);
    let mut terms: BTreeSet<String> = BTreeSet::new();
    for at in 0..name.chars.len() {
        let pair = &name.chars[at..name.chars.len().min(at + 2)];
        terms.insert(format!("0{}", pair.iter().collect::<String>()));
        let initials = |readings: &Vec<String>| {
            let firsts = readings.iter().filter_map(|reading| reading.chars().next());
            let firsts: BTreeSet<String> = firsts.map(String::from).collect();
            firsts.into_iter().collect()
        };
        let steps: Vec<Vec<String>> =
            name.readings[at..].iter().take(INITIALS).map(initials).collect();
        terms.extend(combined(&steps, INITIALS).into_iter().map(|term| format!("1{term}")));
        let steps = &name.readings[at..name.readings.len().min(at + LETTERS)];
        terms.extend(combined(steps, LETTERS).into_iter().map(|term| format!("2{term}")));
    }
    let code: String = credit_code.map(plain).into_iter().flatten().collect();
    if !code.is_empty() {
        terms.insert(format!("3{code}"));
    }
    terms.into_iter().collect::<Vec<_>>().join(" ")
}

/// Every way to take one of each step, joined and cut after some letters.
fn combined(steps: &[Vec<String>], letters: usize) -> BTreeSet<String> {
    let mut ways = BTreeSet::from([String::new()]);
    for step in steps {
        let longer = |way: &String| -> Vec<String> {
            if way.chars().count() >= letters {
                return vec![way.clone()];
            }
            step.iter()
                .map(|part| way.chars().chain(part.chars()).take(letters).collect())
                .collect()
        };
        ways = ways.iter().flat_map(longer).collect();
    }
    ways
}

/// What is asked of the terms: none when every enterprise fits.
fn query_of(connection: &Connection, words: &FindWords) -> Result<Option<String>> {
    let parts: Vec<String> =
        words.words().iter().map(|word| query_of_word(connection, word)).collect::<Result<_>>()?;
    Ok((!parts.is_empty()).then(|| parts.join(" AND ")))
}

fn query_of_word(connection: &Connection, word: &str) -> Result<String> {
    let chars: Vec<char> = word.chars().collect();
    let text = |chars: &[char]| chars.iter().collect::<String>();
    let windows = |mark: char, length: usize| {
        if chars.len() < length {
            return format!("\"{mark}{}\"*", text(&chars));
        }
        let terms: Vec<String> =
            chars.windows(length).map(|part| format!("\"{mark}{}\"", text(part))).collect();
        format!("({})", terms.join(" AND "))
    };
    let name = windows('0', 2);
    if !word.is_ascii() {
        return Ok(name);
    }
    let pinyin = match chars.get(..LETTERS) {
        Some(first) => format!("\"2{}\"", text(first)),
        None => format!("\"2{word}\"*"),
    };
    let code = code_start(connection, word)?;
    Ok(format!("({name} OR {} OR {pinyin} OR \"3{code}\"*)", windows('1', INITIALS)))
}

/// How much of a code's beginning is asked for. Each code is a term of its own, so a beginning
/// that many share is slow to ask for: then a shorter one, which has an index, leads to rows of
/// which enough fit.
fn code_start<'w>(connection: &Connection, word: &'w str) -> Result<&'w str> {
    let Some(indexed) = word.get(..CODE_INDEXED) else { return Ok(word) };
    let from = word.to_ascii_uppercase();
    let params = named_params! {
        ":from": from, ":to": format!("{from}~"), ":many": CODES_MANY,
    };
    let shared: i64 =
        connection.prepare_cached(COUNT_CODES)?.query_row(params, |row| row.get("codes"))?;
    Ok(if shared < CODES_MANY { word } else { indexed })
}
