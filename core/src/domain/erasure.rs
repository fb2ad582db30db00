//! Erasure 删除: who asked for it, on which legal basis, who approved, and whether it was done.

use angen_ledger::erasure::{Target, targets_of};
use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};

use crate::domain::{Fields, Noun};

/// A legal basis for an erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErasureBasis {
    /// The code in ops.
    pub code: &'static str,
    /// Law, version and article.
    pub law: &'static str,
    /// Chinese, in our own words.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// The legal bases that an erasure can rest on. Which of them a township may use is to be
/// confirmed with its legal office; the law of archives and a hold go before all of them.
pub const ERASURE_BASES: &[ErasureBasis] = &[
    ErasureBasis {
        code: "purpose_met",
        law: "个人信息保护法（2021）第四十七条第一款第一项",
        zh: "处理目的已实现或者不再需要",
        en: "the purpose is met, or no longer needs the data",
    },
    ErasureBasis {
        code: "period_over",
        law: "个人信息保护法（2021）第四十七条第一款第二项",
        zh: "保存期限已满",
        en: "the period of keeping is over",
    },
    ErasureBasis {
        code: "consent_withdrawn",
        law: "个人信息保护法（2021）第四十七条第一款第三项",
        zh: "个人撤回同意",
        en: "the person has withdrawn consent",
    },
    ErasureBasis {
        code: "unlawful",
        law: "个人信息保护法（2021）第四十七条第一款第四项",
        zh: "收集或者使用违反规定",
        en: "it was collected or used against the rules",
    },
];

/// The basis of a code.
#[must_use]
pub fn erasure_basis(code: &str) -> Option<&'static ErasureBasis> {
    ERASURE_BASES.iter().find(|basis| basis.code == code)
}

/// An erasure: from its request on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// The entity.
    pub erasure: EntityId,
    /// The op that asked for it.
    pub request: Hash,
    /// Which fields of which ops.
    pub targets: Vec<Target>,
    /// One of [`ERASURE_BASES`].
    pub basis: String,
    /// Why.
    pub reason: String,
    /// Who asked.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
    /// The op that approved, and whose it is.
    pub approval: Option<(Hash, WriterId)>,
    /// The op that carried it out.
    pub executed: Option<Hash>,
}

impl Noun for Erasure {
    const NOUN: &'static str = "erasure";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("targets").first()?;
        let approval = fields.heads("approves").iter().find(|held| {
            held.value.as_ref().and_then(|value| value.as_bytes())
                == Some(head.op.as_bytes().as_slice())
        });
        Some(Self {
            erasure: entity,
            request: head.op,
            targets: head.value.as_ref().map(targets_of).unwrap_or_default(),
            basis: fields.text("basis")?.to_owned(),
            reason: fields.text("reason").unwrap_or_default().to_owned(),
            writer: head.writer,
            wall_ms: head.wall_ms,
            approval: approval.map(|held| (held.op, held.writer)),
            executed: fields.heads("executes").first().map(|held| held.op),
        })
    }
}
