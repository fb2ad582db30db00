//! Looking things up that several verbs need.

use std::collections::BTreeMap;

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::value::Value;
use chrono::NaiveDate;
use rusqlite::Connection;

use crate::action::establish::{Established, established_in};
use crate::desk::{Desk, Entry, Page};
use crate::domain::{
    Dossier, Evidence, Mandate, Noun, Officer, Source, china_day, parse_day, read_all, read_one,
};
use crate::error::{Error, Result};
use crate::procedure::{Act, CERTIFIED_MIN, Question, mentors_here, powers};

/// The dossier, which must be of a type.
pub(crate) fn dossier_of_kind(
    source: &dyn Source,
    dossier: DossierId,
    kind: &'static str,
) -> Result<Dossier> {
    let found: Vec<Dossier> = read_all(source, dossier)?;
    match found.into_iter().next() {
        Some(found) if found.kind == kind => Ok(found),
        _ => Err(Error::NotFound { noun: kind, id: dossier.to_string() }),
    }
}

/// Refuses a dossier that is not here.
pub(crate) fn require_dossier(source: &dyn Source, dossier: DossierId) -> Result<()> {
    let found: Vec<Dossier> = read_all(source, dossier)?;
    if found.is_empty() {
        return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() });
    }
    Ok(())
}

/// Refuses a dossier that nothing can be recorded in. The standing dossiers of the township are
/// known by name to whoever joined it, so what an officer sees is recorded in them before anything
/// of them has come to this device (number 55).
pub(crate) fn require_recordable(read: &Connection, dossier: DossierId) -> Result<()> {
    let place = established_in(read)?;
    if [place.roster, place.library, place.register].contains(&dossier) {
        return Ok(());
    }
    require_dossier(read, dossier)
}

/// The one entity of a noun that a dossier is about.
pub(crate) fn only<T: Noun>(source: &dyn Source, dossier: DossierId) -> Result<T> {
    read_all(source, dossier)?
        .into_iter()
        .next()
        .ok_or_else(|| Error::NotFound { noun: T::NOUN, id: dossier.to_string() })
}

/// The op that an op of another dossier relies on: the newest of an entity that is there.
pub(crate) fn newest<T: Noun>(
    source: &dyn Source,
    dossier: DossierId,
    entity: EntityId,
) -> Result<(T, Hash)> {
    let noun = read_one(source, dossier, entity)?;
    let op = source
        .newest_op(dossier, entity)?
        .ok_or_else(|| Error::NotFound { noun: T::NOUN, id: entity.to_string() })?;
    Ok((noun, op))
}

/// A day as it was typed.
pub(crate) fn day(field: &'static str, text: &str) -> Result<NaiveDate> {
    parse_day(text).ok_or_else(|| {
        Error::invalid(
            field,
            format!("“{text}”不是日期，请写成 2026-09-16 这样"),
            format!("\"{text}\" is no day: write it like 2026-09-16"),
        )
    })
}

/// What ends something from a day on: the day and the reason, both checked.
pub(crate) fn ending(entry: Entry, ended_on: &str, reason: &str) -> Result<Entry> {
    not_empty("reason", reason)?;
    day("ended_on", ended_on)?;
    Ok(entry.set("ended_on", ended_on).set("reason", reason))
}

/// Refuses evidence that was not captured in the dossier; gives the ids for an op.
pub(crate) fn captured(
    source: &dyn Source,
    dossier: DossierId,
    evidence: &[EntityId],
) -> Result<Vec<Value>> {
    let id = |evidence: &EntityId| {
        read_one::<Evidence>(source, dossier, *evidence)?;
        Ok(Value::from(evidence.raw().as_slice()))
    };
    evidence.iter().map(id).collect()
}

/// Mandates that one dossier relies on: one of each kind, and an old one beside its successor.
const MANDATES_MAX: usize = 8;

/// The mandates under which this township may act today: a check or a case relies on them, so that
/// they travel with it.
pub(crate) fn mandates_in_force(
    page: &Page<'_, '_>,
    place: &Established,
    act: Act,
    penalty: Option<&str>,
) -> Result<Vec<Hash>> {
    let held: Vec<Mandate> = read_all(page.read(), place.roster)?;
    let day = china_day(page.now_ms()).unwrap_or_default();
    let penalties = penalty.into_iter().map(str::to_owned).collect();
    let question = Question { penalties, ..Question::new(day, &place.area, act) };
    // Whether two people are certified is asked at the act itself; the papers are the same.
    let powers = powers(&held, CERTIFIED_MIN, &question);
    Ok(powers.issuers.iter().map(|issuer| issuer.op).take(MANDATES_MAX).collect())
}

/// What the people behind writers are called.
pub(crate) struct Names(BTreeMap<WriterId, String>);

impl Names {
    /// Reads the roster.
    pub(crate) fn read(source: &dyn Source, roster: DossierId) -> Result<Self> {
        let people: Vec<Officer> = read_all(source, roster)?;
        Ok(Self(people.into_iter().map(|person| (person.writer, person.name)).collect()))
    }

    /// The name; none for a writer whom the roster does not have.
    pub(crate) fn of(&self, writer: WriterId) -> Option<String> {
        self.0.get(&writer).cloned()
    }
}

/// Refuses an empty text.
pub(crate) fn not_empty(field: &'static str, text: &str) -> Result<()> {
    if text.trim().is_empty() {
        return Err(Error::invalid(field, "不能为空", "must not be empty"));
    }
    Ok(())
}

/// Refuses a mentor's hand in a check or a case 帮扶专家不签字: mentors advise, and sign no evidence
/// and no document of the case that they advise on (国办发〔2024〕54号: who is no enforcer of the
/// competent body does not inspect).
pub(crate) fn no_mentor(source: &dyn Source, desk: &Desk<'_>, dossier: DossierId) -> Result<()> {
    let opened: Vec<Dossier> = read_all(source, dossier)?;
    let of_facts = opened.iter().any(|opened| opened.kind == "check" || opened.kind == "case");
    if of_facts && mentors_here(source, dossier, desk.writer())? {
        return Err(Error::invalid(
            "as",
            "帮扶专家只指导，不在检查和案件中签字、确认、审批或评分：请由执法人员来做",
            "a mentor advises and signs, assents, decides and scores nothing in a check or a case: \
             an enforcement officer must do it",
        ));
    }
    Ok(())
}
