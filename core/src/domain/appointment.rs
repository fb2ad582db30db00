//! Appointments 聘任 to the expert pool: who may train and accompany, in what, and for how long.

use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;
use chrono::NaiveDate;

use crate::domain::word_enum::word_enum;
use crate::domain::{Fields, Noun, parse_day};

word_enum! {
    /// Which pool a mentor is appointed to.
    ExpertKind {
        /// An enforcement expert of the city.
        City: "city", "市级执法专家";
        /// An expert of the district or county.
        District: "district", "区县执法专家";
        /// A technical expert who is invited for one subject.
        Technical: "technical", "特邀技术专家";
    }
}

/// An appointment of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// The entity.
    pub appointment: EntityId,
    /// The op that made it.
    pub op: Hash,
    /// The person, as an entity of the roster.
    pub person: EntityId,
    /// Which pool.
    pub kind: ExpertKind,
    /// What the person knows: words of the trade.
    pub specialties: Vec<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// The body that appoints.
    pub appointed_by: String,
    /// Number of the letter of appointment.
    pub document_no: Option<String>,
    /// The day from which it is ended, if it was; of two in a conflict the earlier.
    pub ended_on: Option<NaiveDate>,
    /// Why it was ended.
    pub end_reason: Option<String>,
}

impl Appointment {
    /// The last day on which it holds.
    #[must_use]
    pub fn last_day(&self) -> NaiveDate {
        let ended = self.ended_on.and_then(|ended| ended.pred_opt());
        ended.map_or(self.until, |ended| ended.min(self.until))
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn is_valid_on(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.until && self.ended_on.is_none_or(|ended| day < ended)
    }
}

/// The earliest of the days that a field holds.
pub(crate) fn earliest(fields: &Fields, name: &str) -> Option<NaiveDate> {
    let days = fields.heads(name).iter().filter_map(|head| head.value.as_ref()?.as_text());
    days.filter_map(parse_day).min()
}

impl Noun for Appointment {
    const NOUN: &'static str = "appointment";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(str::to_owned);
        Some(Self {
            appointment: entity,
            op: fields.heads("person").first()?.op,
            person: EntityId::from_slice(fields.bytes("person")?)?,
            kind: ExpertKind::from_word(fields.text("expert_kind")?)?,
            specialties: fields.texts("specialties").into_iter().map(str::to_owned).collect(),
            from: parse_day(fields.text("from")?)?,
            until: earliest(fields, "until")?,
            appointed_by: text("appointed_by").unwrap_or_default(),
            document_no: text("document_no"),
            ended_on: earliest(fields, "ended_on"),
            end_reason: text("reason"),
        })
    }
}
