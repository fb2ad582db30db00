//! On-site measures 现场处理措施: what is ordered at once because of a hazard (安全生产法 2021,
//! article 65), and how it was checked before it was lifted.

use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};
use angen_ledger::verify::Lang;

use crate::domain::words::words;
use crate::domain::{Fields, Noun};

/// What is ordered at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureKind {
    /// 当场纠正: the violation is put right before the officers.
    CorrectAtOnce,
    /// 立即排除: the hazard is removed at once.
    RemoveAtOnce,
    /// 撤出作业人员: everybody leaves the dangerous area.
    Evacuate,
    /// 暂时停产停业: production stops for a time.
    StopWork,
    /// 停止使用: facilities or equipment are not used.
    StopEquipment,
    /// 停止作业: one piece of dangerous work stops.
    StopOperation,
    /// 查封、扣押: seal or seize. Coercive: the bureau decides.
    SealOrSeize,
    /// 停止供电、供应民用爆炸物品: cut the power or explosives. Coercive: the bureau decides.
    CutSupply,
}

words!(MeasureKind {
    CorrectAtOnce: "correct_at_once", "责令当场纠正";
    RemoveAtOnce: "remove_at_once", "责令立即排除事故隐患";
    Evacuate: "evacuate", "责令撤出作业人员";
    StopWork: "stop_work", "责令暂时停产停业";
    StopEquipment: "stop_equipment", "责令停止使用设施、设备";
    StopOperation: "stop_operation", "责令立即停止作业";
    SealOrSeize: "seal_or_seize", "查封、扣押（提请区局决定）";
    CutSupply: "cut_supply", "停止供电、供应民爆物品（提请区局决定）";
});

impl MeasureKind {
    /// What people call it.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (_, Lang::Zh) => self.term(),
            (Self::CorrectAtOnce, Lang::En) => "put right on the spot",
            (Self::RemoveAtOnce, Lang::En) => "remove the hazard at once",
            (Self::Evacuate, Lang::En) => "leave the dangerous area",
            (Self::StopWork, Lang::En) => "stop production for a time",
            (Self::StopEquipment, Lang::En) => "stop using facilities or equipment",
            (Self::StopOperation, Lang::En) => "stop the operation at once",
            (Self::SealOrSeize, Lang::En) => "seal or seize, proposed to the bureau",
            (Self::CutSupply, Lang::En) => "cut power or explosives, proposed to the bureau",
        }
    }

    /// Whether it is a coercive measure, which cannot be delegated (行政强制法 2011, article 17;
    /// 安全生产法 2021, article 70): it is recorded as proposed to the bureau, and no document of
    /// it is issued under a delegation.
    #[must_use]
    pub fn is_coercive(self) -> bool {
        matches!(self, Self::SealOrSeize | Self::CutSupply)
    }

    /// Whether resuming needs a check first: work or equipment that stands still, people who left.
    #[must_use]
    pub fn holds_until_lifted(self) -> bool {
        matches!(self, Self::Evacuate | Self::StopWork | Self::StopEquipment | Self::StopOperation)
    }

    /// Law, version and article that the measure rests on, as long as nobody cites another.
    #[must_use]
    pub fn basis(self) -> &'static str {
        match self {
            Self::CorrectAtOnce => "安全生产法（2021）第六十五条第一款第二项",
            Self::SealOrSeize => "安全生产法（2021）第六十五条第一款第四项",
            Self::CutSupply => "安全生产法（2021）第七十条",
            _ => "安全生产法（2021）第六十五条第一款第三项",
        }
    }
}

/// An on-site measure 现场处理措施.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The entity.
    pub measure: EntityId,
    /// The op that took (or proposed) it.
    pub op: Hash,
    /// What is ordered.
    pub kind: MeasureKind,
    /// The findings that it is about.
    pub findings: Vec<EntityId>,
    /// Law, version and article.
    pub legal_basis: String,
    /// What exactly is to be done, if it was said.
    pub words: Option<String>,
    /// What shows it.
    pub shown_by: Vec<EntityId>,
    /// Who of the unit was told, if it is disclosed.
    pub told_to: Option<String>,
    /// How it ended, if it did.
    pub lifted: Option<Lifted>,
    /// Who took it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// How a measure was lifted 解除.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifted {
    /// The op.
    pub op: Hash,
    /// How it was checked that the danger is gone.
    pub checked_how: String,
    /// What shows it.
    pub shown_by: Vec<EntityId>,
    /// Who lifted it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl Measure {
    /// Whether it is only proposed to the bureau: no document of the delegate says it.
    #[must_use]
    pub fn is_proposed(&self) -> bool {
        self.kind.is_coercive()
    }
}

impl Noun for Measure {
    const NOUN: &'static str = "measure";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("measure").first()?;
        let text = |name| fields.text(name).map(str::to_owned);
        let lifted = fields.heads("checked_how").first().and_then(|by| {
            Some(Lifted {
                op: by.op,
                checked_how: text("checked_how")?,
                shown_by: ids(fields, "lift_shown_by"),
                writer: by.writer,
                wall_ms: by.wall_ms,
            })
        });
        Some(Self {
            measure: entity,
            op: head.op,
            kind: MeasureKind::from_word(fields.text("measure")?)?,
            findings: ids(fields, "findings"),
            legal_basis: text("legal_basis").unwrap_or_default(),
            words: text("words"),
            shown_by: ids(fields, "shown_by"),
            told_to: text("told_to"),
            lifted,
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

fn ids(fields: &Fields, name: &str) -> Vec<EntityId> {
    fields.bytes_list(name).into_iter().filter_map(EntityId::from_slice).collect()
}
