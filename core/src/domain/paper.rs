//! Papers that are made here and signed: interview records, lists of digests, indexes of evidence.

use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};
use angen_ledger::value::Value;

use crate::domain::{Fields, Noun};

/// One question of an interview, and its answer.
pub type Question = (String, String);

/// An interview record 询问笔录.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interview {
    /// The entity.
    pub interview: EntityId,
    /// The ops that hold its fields now.
    pub ops: Vec<Hash>,
    /// The how-manieth with this person.
    pub number: i64,
    /// From and to, in milliseconds since 1970 UTC.
    pub held_ms: (i64, i64),
    /// Who was asked, if it is disclosed.
    pub person: Option<String>,
    /// The person's post.
    pub post: Option<String>,
    /// Employer, if it is disclosed.
    pub employer: Option<String>,
    /// Number of the identity card, if it is disclosed.
    pub id_no: Option<String>,
    /// Telephone, if it is disclosed.
    pub phone: Option<String>,
    /// Home address, if it is disclosed.
    pub address: Option<String>,
    /// Where.
    pub place: String,
    /// What the person answered when told of rights and duties, if it was written down.
    pub rights_answer: Option<String>,
    /// Whether rights and duties were told.
    pub rights_told: bool,
    /// Questions and answers, in order.
    pub questions: Vec<Question>,
    /// Who asked.
    pub writer: WriterId,
    /// When it was written down, by that device.
    pub wall_ms: i64,
}

/// The party's answer on a paper that was made here: an interview record, a list of digests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperSigned {
    /// The op.
    pub op: Hash,
    /// The paper.
    pub paper: EntityId,
    /// `signed` or `refused`.
    pub outcome: String,
    /// The photos or scans of its pages.
    pub pages: Vec<EntityId>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Who noted it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// The list of digests 证据哈希清单 of the files that were captured, for the party to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashList {
    /// The entity.
    pub list: EntityId,
    /// The op.
    pub op: Hash,
    /// The ops that captured the files, in the order of the list.
    pub items: Vec<Hash>,
    /// When it was made, by that device.
    pub wall_ms: i64,
    /// The digest of the list, as it was printed for the party to sign.
    pub digest: Option<Hash>,
}

/// The index of evidence 证据目录: what each piece is to prove.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceIndex {
    /// The op.
    pub op: Hash,
    /// The op that captured a piece, and what it proves.
    pub items: Vec<(Hash, String)>,
    /// Who made it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl Noun for Interview {
    const NOUN: &'static str = "interview";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("questions").first()?;
        let said = |pair: &Value| {
            let part = |name| pair.get(name).and_then(Value::as_text).map(str::to_owned);
            Some((part("question")?, part("answer")?))
        };
        let questions = fields.value("questions").and_then(Value::as_array).unwrap_or_default();
        Some(Self {
            interview: entity,
            ops: fields.ops(),
            number: fields.int("number").unwrap_or(1),
            held_ms: (fields.int("from")?, fields.int("to")?),
            person: fields.text("person").map(str::to_owned),
            post: fields.text("post").map(str::to_owned),
            employer: fields.text("employer").map(str::to_owned),
            id_no: fields.text("id_no").map(str::to_owned),
            phone: fields.text("phone").map(str::to_owned),
            address: fields.text("address").map(str::to_owned),
            place: fields.text("place_name").unwrap_or_default().to_owned(),
            rights_answer: fields.text("rights_answer").map(str::to_owned),
            rights_told: fields.value("rights_told").and_then(Value::as_bool).unwrap_or(false),
            questions: questions.iter().filter_map(said).collect(),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

impl Noun for PaperSigned {
    const NOUN: &'static str = "paper";

    fn from_fields(_: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.holding(Self::NOUN, "outcome")?;
        let fields = &fields.as_said_by(head.op);
        let pages = fields.bytes_list("pages");
        Some(Self {
            op: head.op,
            paper: EntityId::from_slice(fields.bytes("paper")?)?,
            outcome: head.value.as_ref()?.as_text()?.to_owned(),
            pages: pages.into_iter().filter_map(EntityId::from_slice).collect(),
            reason: fields.text("reason").map(str::to_owned),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

impl Noun for HashList {
    const NOUN: &'static str = "hash_list";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("items").first()?;
        let items = fields.bytes_list("items");
        Some(Self {
            list: entity,
            op: head.op,
            items: items.into_iter().filter_map(Hash::from_slice).collect(),
            wall_ms: head.wall_ms,
            digest: fields.bytes("digest").and_then(Hash::from_slice),
        })
    }
}

impl Noun for EvidenceIndex {
    const NOUN: &'static str = "evidence_index";

    fn from_fields(_: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("items").first()?;
        let line = |item: &Value| {
            let op = item.get("op").and_then(Value::as_bytes).and_then(Hash::from_slice)?;
            Some((op, item.get("proves").and_then(Value::as_text)?.to_owned()))
        };
        let items = fields.value("items").and_then(Value::as_array).unwrap_or_default();
        Some(Self {
            op: head.op,
            items: items.iter().filter_map(line).collect(),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}
