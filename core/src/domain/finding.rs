//! Answers, findings 隐患/问题, evidence as it is held, and assent.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::value::Value;

use crate::domain::{EvidenceKind, Fields, Noun, Place, Purpose, SourceClass};

/// The answers of a checklist item, from the worst to the best: in a conflict the worse counts
/// until a person decides.
pub const WORST_ORDER: &[&str] = &["non_compliant", "not_checked", "not_applicable", "compliant"];

/// The elements of a finding 要件: what must be told of every one.
pub const ELEMENTS: &[(&str, &str)] = &[
    ("subject", "主体"),
    ("location", "部位"),
    ("act", "行为或状态"),
    ("observed", "发现时间和方式"),
    ("consequence", "可能后果"),
];

/// An answer 检查项答案 to one item of a checklist, in one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The entity, the same on every phone.
    pub answer: EntityId,
    /// The checklist in the library.
    pub checklist: EntityId,
    /// The item's name.
    pub item: String,
    /// The value: a choice's name, a number as text, or text. In a conflict the worse one.
    pub value: String,
    /// Whether the phones differ.
    pub conflict: bool,
    /// Why it was changed, if it was.
    pub reason: Option<String>,
    /// Who answered.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
    /// The op.
    pub op: Hash,
}

/// What a finding leads to; evidence scales with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consequence {
    /// 当场改正: instructed on the spot.
    OnTheSpot,
    /// 责令限期整改: a correction order.
    Order,
    /// 立案: a case.
    Case,
}

impl Consequence {
    /// Every one, from the lightest.
    pub const ALL: &'static [Self] = &[Self::OnTheSpot, Self::Order, Self::Case];

    /// The word in ops.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::OnTheSpot => "on_the_spot",
            Self::Order => "order",
            Self::Case => "case",
        }
    }

    /// The Chinese term.
    #[must_use]
    pub fn term(self) -> &'static str {
        match self {
            Self::OnTheSpot => "当场改正",
            Self::Order => "责令限期整改",
            Self::Case => "立案调查",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.word() == word)
    }
}

/// A finding 隐患/问题.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The entity.
    pub finding: EntityId,
    /// The ops that hold its fields now.
    pub ops: Vec<Hash>,
    /// The item that it comes from.
    pub item: Option<String>,
    /// What is wrong, in a sentence.
    pub title: String,
    /// Law, version and article.
    pub legal_basis: String,
    /// The major-hazard criterion 重大事故隐患判定, if one is met.
    pub major_hazard: Option<String>,
    /// `EM`, `FR`, `MS` or `EE`: who enforces.
    pub authority: String,
    /// Code of the penalty table.
    pub penalty: Option<String>,
    /// What it leads to.
    pub consequence: Consequence,
    /// Elements that are told: code of [`ELEMENTS`] and words.
    pub elements: Vec<(String, String)>,
    /// Why it was corrected or retracted, if it was.
    pub reason: Option<String>,
    /// Whether it was retracted.
    pub retracted: bool,
    /// The op that says whether it was retracted, if one does.
    pub retracted_by: Option<Hash>,
    /// How it was handed over to the authority that it belongs to, if it was.
    pub transfer: Option<Transfer>,
    /// Who raised it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// A finding that was handed over 移送 to the authority that it belongs to (安全生产法 2021,
/// article 69).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The op.
    pub op: Hash,
    /// To whom: `FR`, `MS`, `EE`.
    pub to: String,
    /// The day, `2026-09-16`.
    pub on: String,
    /// Number of the letter, if it has one.
    pub letter_no: Option<String>,
    /// The photo or scan of the letter, or of its receipt.
    pub letter: Option<EntityId>,
}

impl Finding {
    /// Whether emergency management enforces. What names no authority yet may turn out to be.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        let mut authorities = self.authority.split_whitespace().peekable();
        authorities.peek().is_none() || authorities.any(|authority| authority == "EM")
    }
}

/// Evidence 证据 as it is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The entity.
    pub evidence: EntityId,
    /// The op that captured it.
    pub op: Hash,
    /// What it is about.
    pub about: Option<EntityId>,
    /// SHA-256 of the ciphertext.
    pub address: Hash,
    /// SHA-256 of the original.
    pub sha256: Hash,
    /// SM3 of the original.
    pub sm3: Hash,
    /// Bytes of the original.
    pub length: i64,
    /// Media type.
    pub mime: String,
    /// What one sees or hears.
    pub caption: String,
    /// The file's name when it was captured.
    pub file_name: String,
    /// Which kind.
    pub kind: Option<EvidenceKind>,
    /// Where the file comes from.
    pub source: Option<SourceClass>,
    /// What it is in the procedure, if it was captured as one of its papers.
    pub purpose: Option<Purpose>,
    /// How it was made 制作方法, if it was said.
    pub method: Option<String>,
    /// What it is to prove 证明对象, if it was said.
    pub proves: Option<String>,
    /// Where the device was.
    pub place: Option<Place>,
    /// When the camera says that it was taken.
    pub camera_time_ms: Option<i64>,
    /// The evidence that it was made from.
    pub derived_from: Option<EntityId>,
    /// Who keeps the original of this copy, if the two were compared 核对无误.
    pub copy_keeper: Option<String>,
    /// Whether the copy bears the keeper's stamp.
    pub copy_stamped: bool,
    /// Ops that captured the same original before.
    pub same_original: Vec<Hash>,
    /// Whether it was retracted.
    pub retracted: bool,
    /// Who captured it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// Assent 确认 of a second officer to ops of others, by a writer of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assent {
    /// The entity.
    pub assent: EntityId,
    /// The op.
    pub op: Hash,
    /// The ops that are assented to.
    pub ops: Vec<Hash>,
    /// Who pressed.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl Answer {
    /// The entity of an item's answer, the same on every phone: known before anybody answers, so
    /// that a photo or a voice note can be about it.
    #[must_use]
    pub fn entity_of(dossier: DossierId, checklist: EntityId, item: &str) -> EntityId {
        EntityId::derived(dossier, &format!("answer/{checklist}/{item}"))
    }
}

impl Evidence {
    /// Whether it is sound alone, such as a voice note.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.mime.starts_with("audio/")
    }
}

impl Noun for Answer {
    const NOUN: &'static str = "answer";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.holding(Self::NOUN, "value")?;
        let value = head.value.as_ref()?.as_text()?.to_owned();
        Some(Self {
            answer: entity,
            checklist: EntityId::from_slice(fields.bytes("checklist")?)?,
            item: fields.text("item")?.to_owned(),
            conflict: fields.differs("value"),
            reason: fields.text("reason").map(str::to_owned),
            writer: head.writer,
            wall_ms: head.wall_ms,
            op: head.op,
            value,
        })
    }
}

impl Noun for Finding {
    const NOUN: &'static str = "finding";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(str::to_owned);
        let elements = ELEMENTS.iter().filter_map(|(code, _)| {
            let told = fields.value("elements")?.get(code)?.as_text()?;
            Some(((*code).to_owned(), told.to_owned()))
        });
        let raised = fields.heads("title").first()?;
        let transfer = fields.heads("transferred_on").first().and_then(|by| {
            Some(Transfer {
                op: by.op,
                to: text("transferred_to")?,
                on: text("transferred_on")?,
                letter_no: text("letter_no"),
                letter: fields.bytes("letter").and_then(EntityId::from_slice),
            })
        });
        Some(Self {
            finding: entity,
            ops: fields.ops(),
            item: text("item"),
            title: text("title")?,
            legal_basis: text("legal_basis").unwrap_or_default(),
            major_hazard: fields
                .held_text(Self::NOUN, "major_hazard")
                .filter(|criterion| !criterion.trim().is_empty())
                .map(str::to_owned),
            authority: text("authority").unwrap_or_default(),
            penalty: text("penalty"),
            consequence: Consequence::from_word(fields.held_text(Self::NOUN, "consequence")?)?,
            elements: elements.collect(),
            reason: text("reason"),
            retracted: fields.held(Self::NOUN, "retracted").and_then(Value::as_bool) == Some(true),
            retracted_by: fields.holding(Self::NOUN, "retracted").map(|head| head.op),
            transfer,
            writer: raised.writer,
            wall_ms: raised.wall_ms,
        })
    }
}

impl Noun for Evidence {
    const NOUN: &'static str = "evidence";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let hash = |name| fields.bytes(name).and_then(Hash::from_slice);
        let captured = fields.heads("blob").first()?;
        let same = fields.bytes_list("same_original");
        Some(Self {
            evidence: entity,
            op: captured.op,
            about: fields.bytes("about").and_then(EntityId::from_slice),
            address: hash("blob")?,
            sha256: hash("sha256")?,
            sm3: hash("sm3")?,
            length: fields.int("length")?,
            mime: fields.text("mime")?.to_owned(),
            caption: fields.text("caption").unwrap_or_default().to_owned(),
            file_name: fields.text("file_name").unwrap_or_default().to_owned(),
            kind: fields.text("kind").and_then(EvidenceKind::from_word),
            source: fields.text("source").and_then(SourceClass::from_word),
            purpose: fields.text("purpose").and_then(Purpose::from_word),
            method: fields.text("method").map(str::to_owned),
            proves: fields.text("proves").map(str::to_owned),
            place: fields.value("place").and_then(Place::from_value),
            camera_time_ms: fields.int("camera_time"),
            derived_from: fields.bytes("derived_from").and_then(EntityId::from_slice),
            copy_keeper: fields.text("keeper").map(str::to_owned),
            copy_stamped: fields.value("stamped").and_then(|v| v.as_bool()).unwrap_or(false),
            same_original: same.into_iter().filter_map(Hash::from_slice).collect(),
            retracted: fields.held(Self::NOUN, "retracted").and_then(Value::as_bool) == Some(true),
            writer: captured.writer,
            wall_ms: captured.wall_ms,
        })
    }
}

impl Noun for Assent {
    const NOUN: &'static str = "assent";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("ops").first()?;
        let ops = fields.bytes_list("ops");
        Some(Self {
            assent: entity,
            op: head.op,
            ops: ops.into_iter().filter_map(Hash::from_slice).collect(),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}
