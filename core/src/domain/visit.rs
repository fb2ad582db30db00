//! The assistance visit and its parts: assistance, training, attendance, check.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::value::Value;

use crate::domain::{Fields, Noun};

/// Agenda tags of a training that covers the whole loop of enforcement (执法闭环), in order.
pub const AGENDA: &[(&str, &str)] = &[
    ("check", "检查"),
    ("record", "记录"),
    ("order", "责令整改"),
    ("recheck", "复查"),
    ("filing", "立案"),
    ("evidence", "取证"),
    ("notice_defence", "告知与陈述申辩"),
    ("review_decision", "法制审核与决定"),
    ("service", "送达"),
    ("payment", "缴款"),
    ("closing", "结案"),
];

/// A dossier 卷宗, as its opening says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Its id.
    pub dossier: DossierId,
    /// Division code.
    pub area: String,
    /// `roster`, `library`, `register`, `custody`, `assistance`, `check`, `case`, `round` or
    /// `teaching`.
    pub kind: String,
    /// What people call it.
    pub title: String,
    /// Retention class.
    pub retention: String,
    /// The day on which it was closed 结案, `2026-09-16`; in a conflict the later one.
    pub closed_on: Option<String>,
    /// The day on which it was archived 归档; in a conflict the later one.
    pub archived_on: Option<String>,
}

/// Types of dossiers that go on for ever: they are never closed.
pub const STANDING_TYPES: &[&str] = &["roster", "library", "register", "custody"];

impl Dossier {
    /// Whether it is one that is never closed.
    #[must_use]
    pub fn is_standing(&self) -> bool {
        STANDING_TYPES.contains(&self.kind.as_str())
    }
}

/// An assistance visit 执法帮扶: one township in one round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assistance {
    /// The entity.
    pub assistance: EntityId,
    /// Name of the township.
    pub township: String,
    /// Round, from 1.
    pub round: i64,
    /// The dated profile of what counts, such as `rizhao-2021`.
    pub profile: String,
    /// The mentors' writers.
    pub mentors: Vec<WriterId>,
    /// The dossier of the round, where it has one.
    pub round_dossier: Option<DossierId>,
}

/// A training 培训.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Training {
    /// The entity.
    pub training: EntityId,
    /// The op that recorded it.
    pub op: Option<Hash>,
    /// What it was about.
    pub title: String,
    /// The trainer's writer.
    pub trainer: Option<WriterId>,
    /// Agenda tags of [`AGENDA`].
    pub agenda: Vec<String>,
    /// Where.
    pub place: String,
    /// From and to, in milliseconds since 1970 UTC.
    pub held_ms: (i64, i64),
}

/// Attendance 签到 by a person's own writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// The entity.
    pub attendance: EntityId,
    /// The training.
    pub training: EntityId,
    /// Who pressed.
    pub writer: WriterId,
    /// The op.
    pub op: Hash,
}

/// A check 现场检查 of one enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The entity.
    pub check: EntityId,
    /// The op that planned it.
    pub op: Option<Hash>,
    /// The assistance visit that it belongs to, if any.
    pub assistance: Option<DossierId>,
    /// The enterprise in the register.
    pub enterprise: EntityId,
    /// The checklists in the library.
    pub checklists: Vec<EntityId>,
    /// Why it is checked: `plan`, `complaint`, `special` or `assistance`; empty when nothing says.
    pub basis: String,
    /// Number of the approval 检查审批.
    pub approval_no: Option<String>,
    /// Number of the notice 检查通知书.
    pub notice_no: Option<String>,
    /// Why no notice was given before, where the law lets that pass.
    pub notice_exempt: Option<String>,
    /// Code of the task or scan on the provincial platform; it may come later.
    pub platform_task: Option<String>,
    /// Version of the published item list that the check keeps to.
    pub item_list_version: Option<String>,
    /// Who planned it.
    pub writer: Option<WriterId>,
}

/// Certificates shown 亮证, before the first record (行政处罚法 2021, article 55).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificatesShown {
    /// The entity.
    pub shown: EntityId,
    /// Who pressed.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
    /// The op.
    pub op: Hash,
}

/// The party's signature 当事人签字 on the record of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordSigned {
    /// The entity.
    pub signed: EntityId,
    /// `signed` or `refused`.
    pub outcome: String,
    /// Who signed, if it is disclosed.
    pub signer: Option<String>,
    /// Post of who signed.
    pub post: Option<String>,
    /// The photo or scan of the signed page.
    pub evidence: Option<EntityId>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// The ops that the signature covers; none in a record of an earlier build. In a conflict
    /// what both cover.
    pub covers: Option<Vec<Hash>>,
    /// The record as it was printed, if it was.
    pub paper: Option<EntityId>,
    /// The op.
    pub op: Hash,
}

impl Noun for Dossier {
    const NOUN: &'static str = "dossier";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        Some(Self {
            dossier: DossierId(entity.0),
            area: fields.text("area")?.to_owned(),
            kind: fields.text("type")?.to_owned(),
            title: fields.text("title").unwrap_or_default().to_owned(),
            retention: fields.text("retention").unwrap_or_default().to_owned(),
            closed_on: latest(fields, "closed_on"),
            archived_on: latest(fields, "archived_on"),
        })
    }
}

/// The latest of the days that a field has.
fn latest(fields: &Fields, name: &str) -> Option<String> {
    let days = fields.heads(name).iter().filter_map(|head| head.value.as_ref()?.as_text());
    days.max().map(str::to_owned)
}

impl Noun for Assistance {
    const NOUN: &'static str = "assistance";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let mentors = fields.bytes_list("mentors");
        Some(Self {
            assistance: entity,
            township: fields.text("township")?.to_owned(),
            round: fields.int("round")?,
            profile: fields.text("profile")?.to_owned(),
            mentors: mentors.into_iter().filter_map(WriterId::from_slice).collect(),
            round_dossier: fields.bytes("round_dossier").and_then(DossierId::from_slice),
        })
    }
}

impl Noun for Training {
    const NOUN: &'static str = "training";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        Some(Self {
            training: entity,
            op: fields.newest(),
            title: fields.text("title")?.to_owned(),
            trainer: fields.bytes("trainer").and_then(WriterId::from_slice),
            agenda: fields.texts("agenda").into_iter().map(str::to_owned).collect(),
            place: fields.text("place_name").unwrap_or_default().to_owned(),
            held_ms: (fields.int("from")?, fields.int("to")?),
        })
    }
}

impl Noun for Attendance {
    const NOUN: &'static str = "attendance";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("training").first()?;
        Some(Self {
            attendance: entity,
            training: EntityId::from_slice(fields.bytes("training")?)?,
            writer: head.writer,
            op: head.op,
        })
    }
}

impl Noun for Check {
    const NOUN: &'static str = "check";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(str::to_owned);
        let checklists = fields.bytes_list("checklists");
        Some(Self {
            check: entity,
            op: fields.newest(),
            assistance: fields.bytes("assistance").and_then(DossierId::from_slice),
            enterprise: EntityId::from_slice(fields.bytes("enterprise")?)?,
            checklists: checklists.into_iter().filter_map(EntityId::from_slice).collect(),
            basis: text("basis").unwrap_or_default(),
            approval_no: text("approval_no"),
            notice_no: text("notice_no"),
            notice_exempt: text("notice_exempt"),
            platform_task: text("platform_task"),
            item_list_version: text("item_list_version"),
            writer: fields.heads("enterprise").first().map(|head| head.writer),
        })
    }
}

impl Noun for CertificatesShown {
    const NOUN: &'static str = "certificates";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("shown_to").first()?;
        Some(Self { shown: entity, writer: head.writer, wall_ms: head.wall_ms, op: head.op })
    }
}

impl Noun for RecordSigned {
    const NOUN: &'static str = "record";

    fn from_fields(entity: EntityId, all: &Fields) -> Option<Self> {
        let head = all.holding(Self::NOUN, "outcome")?;
        let fields = &all.as_said_by(head.op);
        let text = |name| fields.text(name).map(str::to_owned);
        Some(Self {
            signed: entity,
            outcome: head.value.as_ref()?.as_text()?.to_owned(),
            signer: text("signer"),
            post: text("post"),
            evidence: fields.bytes("evidence").and_then(EntityId::from_slice),
            reason: text("reason"),
            covers: covers(all),
            paper: fields.bytes("paper").and_then(EntityId::from_slice),
            op: head.op,
        })
    }
}

fn covers(fields: &Fields) -> Option<Vec<Hash>> {
    let lists = fields.heads("covers").iter().map(|head| {
        let ops = head.value.as_ref().and_then(Value::as_array).unwrap_or_default();
        let ops = ops.iter().filter_map(|op| Hash::from_slice(op.as_bytes()?));
        ops.collect::<Vec<Hash>>()
    });
    lists.reduce(|mut both, other| {
        both.retain(|op| other.contains(op));
        both
    })
}
