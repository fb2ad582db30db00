//! Documents 文书 that were printed under a number, and blocks of numbers 号段.

use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};
use angen_ledger::value::Value;

use crate::domain::{Fields, Noun};

/// A block of numbers 号段 that one device may use without asking anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberBlock {
    /// The entity.
    pub block: EntityId,
    /// The op that reserved it.
    pub op: Hash,
    /// Abbreviation of the region or agency, such as `鲁日`.
    pub region: String,
    /// The field, `应急`.
    pub department: String,
    /// Characters of the kind of document 文种代字, such as `检记`.
    pub kind: String,
    /// The year that is counted in.
    pub year: i64,
    /// The device.
    pub device: String,
    /// The first serial and the last.
    pub span: (i64, i64),
}

/// A document 文书 that was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The entity.
    pub document: EntityId,
    /// The op that issued it.
    pub op: Hash,
    /// Plain name of the form, such as `site-record`.
    pub form: String,
    /// What it is about: a check, an interview, a list of digests, a case.
    pub about: EntityId,
    /// Its number, if the form has one and it is not provisional any more.
    pub number: Option<String>,
    /// The provisional number 暂编号 that stands on the paper, if it was printed with one.
    pub provisional: Option<String>,
    /// The device that printed it.
    pub device: String,
    /// When it was printed, in milliseconds since 1970 UTC, as its day and times say.
    pub made_at_ms: i64,
    /// `presealed` or `later`.
    pub sealing: String,
    /// SHA-256 of what stands on it, field by field.
    pub content: Hash,
    /// SHA-256 and length of the PDF, if there is one.
    pub pdf: Option<(Hash, i64)>,
    /// What was given for it and stands in no other op, if it is disclosed: field and words.
    pub given: Vec<(String, String)>,
    /// Keys of the fields that were left to the pen.
    pub by_hand: Vec<String>,
    /// Why it is void 作废, if it is.
    pub void: Option<String>,
    /// Who printed it.
    pub writer: WriterId,
    /// When it was recorded, by that device.
    pub wall_ms: i64,
}

/// A number that is void 作废 without ever having stood on a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoidNumber {
    /// The entity.
    pub entity: EntityId,
    /// The op.
    pub op: Hash,
    /// The number.
    pub number: String,
    /// Why.
    pub reason: String,
}

impl Issued {
    /// What stands on the paper as its number.
    #[must_use]
    pub fn printed_number(&self) -> Option<&str> {
        self.provisional.as_deref().or(self.number.as_deref())
    }

    /// The number by which other documents name it: the final one once there is one.
    #[must_use]
    pub fn known_number(&self) -> Option<&str> {
        self.number.as_deref().or(self.provisional.as_deref())
    }
}

/// Every text that was ever put into a field, phones that differ included: a number that one of
/// two phones gave is spent like the other's.
#[must_use]
pub fn every_text<'f>(fields: &'f Fields, name: &str) -> Vec<&'f str> {
    let values = fields.heads(name).iter().filter_map(|head| head.value.as_ref());
    values.filter_map(Value::as_text).collect()
}

impl Noun for NumberBlock {
    const NOUN: &'static str = "number_block";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(str::to_owned);
        Some(Self {
            block: entity,
            op: fields.heads("first").first()?.op,
            region: text("region")?,
            department: text("department")?,
            kind: text("kind")?,
            year: fields.int("year")?,
            device: text("device")?,
            span: (fields.int("first")?, fields.int("last")?),
        })
    }
}

impl Noun for Issued {
    const NOUN: &'static str = "document";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("form").first()?;
        let text = |name| fields.text(name).map(str::to_owned);
        let hash = |name| fields.bytes(name).and_then(Hash::from_slice);
        let given = |pair: &Value| {
            let part = |name| pair.get(name).and_then(Value::as_text).map(str::to_owned);
            Some((part("field")?, part("words")?))
        };
        let pairs = fields.value("given").and_then(Value::as_array).unwrap_or_default();
        Some(Self {
            document: entity,
            op: head.op,
            form: text("form")?,
            about: EntityId::from_slice(fields.bytes("about")?)?,
            number: text("number"),
            provisional: text("provisional"),
            device: text("device").unwrap_or_default(),
            made_at_ms: fields.int("made_at")?,
            sealing: text("sealing").unwrap_or_default(),
            content: hash("content")?,
            pdf: hash("pdf").zip(fields.int("pdf_length")),
            given: pairs.iter().filter_map(given).collect(),
            by_hand: fields.texts("by_hand").into_iter().map(str::to_owned).collect(),
            void: every_text(fields, "void_reason").first().map(|reason| (*reason).to_owned()),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

impl Noun for VoidNumber {
    const NOUN: &'static str = "document";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        if !fields.heads("form").is_empty() {
            return None;
        }
        Some(Self {
            entity,
            op: fields.heads("void_number").first()?.op,
            number: fields.text("void_number")?.to_owned(),
            reason: fields.text("void_reason").unwrap_or_default().to_owned(),
        })
    }
}
