//! A round of assistance 帮扶轮次: its townships, who mentors which, what was put off.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::value::Value;

use crate::domain::{Fields, Noun};

/// A township 乡镇街道 of a round.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RoundTownship {
    /// Division code, 9 digits.
    pub area: String,
    /// Its name.
    pub name: String,
}

/// A round 轮次. Its townships are those of its opening: see [`RoundTownship::list`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// The entity.
    pub round: EntityId,
    /// The op that says its number now.
    pub op: Hash,
    /// Number, from 1.
    pub number: i64,
    /// Who organises it.
    pub organiser: String,
    /// The dated profile of what counts.
    pub profile: String,
    /// Who mentors which township: code and writer.
    pub mentors: Vec<(String, WriterId)>,
    /// First day, `2026-09-01`.
    pub from: String,
    /// Last day.
    pub until: String,
    /// What the round before left open: code, and codes of conditions.
    pub weak: Vec<(String, Vec<String>)>,
    /// The dossier of the round before.
    pub before: Option<DossierId>,
    /// The day on which it was closed.
    pub closed_on: Option<String>,
    /// What is to be said at its closing.
    pub remark: Option<String>,
}

/// A township that was put off 延期.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Postponed {
    /// The op.
    pub op: Hash,
    /// Division code.
    pub area: String,
    /// Why.
    pub reason: String,
    /// The new day, `2026-10-12`.
    pub to: String,
    /// Who said so.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl RoundTownship {
    /// The townships in a field's value; none where it is no such list.
    #[must_use]
    pub fn list(value: &Value) -> Option<Vec<Self>> {
        let read = |value: &Value| {
            let area = value.get("area")?.as_text()?.to_owned();
            Some(Self { area, name: value.get("name")?.as_text()?.to_owned() })
        };
        value.as_array()?.iter().map(read).collect()
    }

    /// As a value of the field.
    #[must_use]
    pub fn to_value(&self) -> Value {
        Value::map([("area", self.area.as_str().into()), ("name", self.name.as_str().into())])
    }
}

impl Noun for Round {
    const NOUN: &'static str = "round";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        fields.value("townships")?;
        let text = |name| fields.text(name).map(str::to_owned);
        let pairs = |name| fields.value(name).and_then(Value::as_array).unwrap_or_default();
        let mentor = |pair: &Value| {
            let writer = WriterId::from_slice(pair.get("mentor")?.as_bytes()?)?;
            Some((pair.get("area")?.as_text()?.to_owned(), writer))
        };
        let weak = |pair: &Value| {
            let codes = pair.get("codes")?.as_array()?.iter();
            let codes = codes.filter_map(|code| code.as_text().map(str::to_owned));
            Some((pair.get("area")?.as_text()?.to_owned(), codes.collect()))
        };
        Some(Self {
            round: entity,
            op: fields.heads("number").first()?.op,
            number: fields.int("number")?,
            organiser: text("organiser").unwrap_or_default(),
            profile: text("profile")?,
            mentors: pairs("mentors").iter().filter_map(mentor).collect(),
            from: text("from_day")?,
            until: text("until_day")?,
            weak: pairs("weak").iter().filter_map(weak).collect(),
            before: fields.bytes("before").and_then(DossierId::from_slice),
            closed_on: text("closed_on"),
            remark: text("remark"),
        })
    }
}

impl Noun for Postponed {
    const NOUN: &'static str = "round";

    fn from_fields(_: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("to_day").first()?;
        Some(Self {
            op: head.op,
            area: fields.text("area")?.to_owned(),
            reason: fields.text("reason")?.to_owned(),
            to: fields.text("to_day")?.to_owned(),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}
