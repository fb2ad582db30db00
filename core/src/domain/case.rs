//! The case 案件: proposed, filed or not, and how its investigation is concluded.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::value::Value;

use crate::domain::{Fields, Noun};

/// Where a case comes from 案件来源.
pub const CASE_SOURCES: &[(&str, &str)] = &[
    ("check", "检查发现"),
    ("complaint", "投诉举报"),
    ("transfer", "其他部门移送"),
    ("upper", "上级交办"),
];

/// A case 案件: one finding of one check that is investigated. Its dossier is its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The entity.
    pub case: EntityId,
    /// The op that proposed it.
    pub op: Hash,
    /// The dossier of the check.
    pub check: DossierId,
    /// The finding in it.
    pub finding: EntityId,
    /// The enterprise in the register.
    pub enterprise: EntityId,
    /// What it is about 案由.
    pub cause: String,
    /// One of [`CASE_SOURCES`].
    pub source: String,
    /// 演练案件: an exercise on which the chain is taught. It enters no statistics.
    pub practice: bool,
    /// The assistance visits that guided it.
    pub guided_by: Vec<Guidance>,
    /// Who proposed it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// That an assistance visit guided a case 帮扶指导.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guidance {
    /// The dossier of the visit.
    pub visit: DossierId,
    /// The op that says so.
    pub op: Hash,
    /// Who wrote it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// The decision on filing 立案审批, shown by the signed form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filing {
    /// The op.
    pub op: Hash,
    /// Whether it was filed.
    pub filed: bool,
    /// Number of the case, if it was filed.
    pub number: Option<String>,
    /// Who approved, if it is disclosed.
    pub approver: Option<String>,
    /// The day of the decision, `2026-09-16`.
    pub decided_on: String,
    /// The photo or scan of the signed form.
    pub evidence: EntityId,
    /// Why it was not filed.
    pub reason: Option<String>,
    /// Who noted it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// What an investigation ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Opinion {
    /// 违法事实不成立: there is no violation.
    NoViolation,
    /// 不予处罚: a violation, and reasons for no penalty (行政处罚法 2021, article 33).
    NoPenalty,
    /// 移送: another body decides.
    Transfer,
    /// 拟予处罚: a penalty is proposed.
    Penalty,
}

impl Opinion {
    /// Every one, the mildest first.
    pub const ALL: &'static [Self] =
        &[Self::NoViolation, Self::NoPenalty, Self::Transfer, Self::Penalty];

    /// The word in ops.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NoViolation => "no_violation",
            Self::NoPenalty => "no_penalty",
            Self::Transfer => "transfer",
            Self::Penalty => "penalty",
        }
    }

    /// The Chinese term.
    #[must_use]
    pub fn term(self) -> &'static str {
        match self {
            Self::NoViolation => "违法事实不成立",
            Self::NoPenalty => "不予处罚",
            Self::Transfer => "移送",
            Self::Penalty => "拟予处罚",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.word() == word)
    }
}

/// The conclusion of the investigation 调查终结.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// The op.
    pub op: Hash,
    /// The facts that were found.
    pub facts: String,
    /// What is proposed.
    pub opinion: Opinion,
    /// Law, version and article.
    pub basis: String,
    /// Who wrote it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl Noun for Case {
    const NOUN: &'static str = "case";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("finding").first()?;
        // Two phones that each name a visit are both right: the visits are put together.
        let guided = fields.heads("guided_by").iter().flat_map(|head| {
            let visits = head.value.as_ref().and_then(Value::as_array).unwrap_or_default();
            let visits = visits.iter().filter_map(|visit| DossierId::from_slice(visit.as_bytes()?));
            visits.map(|visit| Guidance {
                visit,
                op: head.op,
                writer: head.writer,
                wall_ms: head.wall_ms,
            })
        });
        Some(Self {
            case: entity,
            op: head.op,
            check: DossierId::from_slice(fields.bytes("check")?)?,
            finding: EntityId::from_slice(fields.bytes("finding")?)?,
            enterprise: EntityId::from_slice(fields.bytes("enterprise")?)?,
            cause: fields.text("cause")?.to_owned(),
            source: fields.text("source").unwrap_or_default().to_owned(),
            // Whoever calls it an exercise is believed, and withholding that makes it no real
            // case: an exercise counts for less.
            practice: fields
                .heads("practice")
                .iter()
                .any(|head| head.value.as_ref().and_then(Value::as_bool) != Some(false)),
            guided_by: guided.collect(),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

impl Noun for Filing {
    const NOUN: &'static str = "filing";

    /// In a conflict the refusal counts until a person decides.
    fn from_fields(_: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.holding(Self::NOUN, "decision")?;
        let decision = head.value.as_ref()?.as_text()?;
        let fields = &fields.as_said_by(head.op);
        let text = |name| fields.text(name).map(str::to_owned);
        Some(Self {
            op: head.op,
            filed: decision == "filed",
            number: text("number"),
            approver: text("approver"),
            decided_on: text("decided_on").unwrap_or_default(),
            evidence: EntityId::from_slice(fields.bytes("evidence")?)?,
            reason: text("reason"),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

impl Noun for Conclusion {
    const NOUN: &'static str = "investigation";

    /// In a conflict the mildest opinion counts until a person decides.
    fn from_fields(_: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.holding(Self::NOUN, "opinion")?;
        let word = head.value.as_ref()?.as_text()?;
        let fields = &fields.as_said_by(head.op);
        Some(Self {
            op: head.op,
            facts: fields.text("facts")?.to_owned(),
            opinion: Opinion::from_word(word)?,
            basis: fields.text("basis").unwrap_or_default().to_owned(),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}
