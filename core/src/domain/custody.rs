//! Custody 流转: who saw, printed, copied or handed out what, to whom, and what for.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use crate::domain::{Fields, Noun};

/// What was done with a dossier or a part of it, without changing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CustodyAct {
    /// 查看: personal data was shown on a screen.
    View,
    /// 导出: a package was made.
    Export,
    /// 打印: a document was printed.
    Print,
    /// 复制: a file was copied out.
    Copy,
    /// 开封: a sealed carrier or package was opened.
    Open,
}

impl CustodyAct {
    /// Every one.
    pub const ALL: &'static [Self] =
        &[Self::View, Self::Export, Self::Print, Self::Copy, Self::Open];

    /// The word in ops.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::View => "view",
            Self::Export => "export",
            Self::Print => "print",
            Self::Copy => "copy",
            Self::Open => "open",
        }
    }

    /// The Chinese term.
    #[must_use]
    pub fn term(self) -> &'static str {
        match self {
            Self::View => "查看个人信息",
            Self::Export => "导出卷宗包",
            Self::Print => "打印",
            Self::Copy => "复制",
            Self::Open => "开封",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.word() == word)
    }
}

/// A custody event 流转记录.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custody {
    /// The entity.
    pub custody: EntityId,
    /// The op.
    pub op: Hash,
    /// What was done.
    pub act: CustodyAct,
    /// The dossier that it was done with.
    pub dossier: DossierId,
    /// The entities that it was about; none when it was about the whole dossier.
    pub about: Vec<EntityId>,
    /// The fields that were shown or withheld.
    pub fields: Vec<String>,
    /// To whom it went, if it is disclosed and anybody said so.
    pub recipient: Option<String>,
    /// What for.
    pub purpose: Option<String>,
    /// Whether it came to nothing, such as an export onto a full disk.
    pub failed: bool,
    /// Who did it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl Noun for Custody {
    const NOUN: &'static str = "custody";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("what").first()?;
        let about = fields.bytes_list("about").into_iter().filter_map(EntityId::from_slice);
        Some(Self {
            custody: entity,
            op: head.op,
            act: CustodyAct::from_word(fields.text("what")?)?,
            dossier: DossierId::from_slice(fields.bytes("dossier")?)?,
            about: about.collect(),
            fields: fields.texts("fields").into_iter().map(str::to_owned).collect(),
            recipient: fields.text("recipient").map(str::to_owned),
            purpose: fields.text("purpose").map(str::to_owned),
            failed: fields.value("failed").and_then(|failed| failed.as_bool()) == Some(true),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}
