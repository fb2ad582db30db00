//! What the engine says: parts, their units, and conditions with the ops that they rest on.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::verify::Lang;

use crate::procedure::Code;

/// A part of the assistance visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// 1 次执法闭环培训: the training.
    Training,
    /// 2 家现场检查: the checks at two enterprises.
    Checks,
    /// 查实违法事项: the violation.
    Violation,
    /// 1 次全过程调查取证: the chain of evidence.
    Chain,
}

impl Part {
    /// Every part, in the order of the board.
    pub const ALL: [Self; 4] = [Self::Training, Self::Checks, Self::Violation, Self::Chain];

    /// What it is called.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Training, Lang::Zh) => "培训",
            (Self::Checks, Lang::Zh) => "现场检查",
            (Self::Violation, Lang::Zh) => "查实违法",
            (Self::Chain, Lang::Zh) => "全过程取证",
            (Self::Training, Lang::En) => "training",
            (Self::Checks, Lang::En) => "site checks",
            (Self::Violation, Lang::En) => "violation",
            (Self::Chain, Lang::En) => "evidence chain",
        }
    }

    /// The letter: T, C, V, E.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::Training => "T",
            Self::Checks => "C",
            Self::Violation => "V",
            Self::Chain => "E",
        }
    }
}

/// How far a part or a unit is. Ordered: a later one is further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nothing was done yet.
    NotStarted,
    /// Something was done, and something can still be done on site.
    UnderWay,
    /// Everything that can be done on site is done; the rest comes with the case. Never a 1/1.
    OnSiteDone,
    /// It counts.
    Met,
}

impl State {
    /// What it is called.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::NotStarted, Lang::Zh) => "未开始",
            (Self::UnderWay, Lang::Zh) => "进行中",
            (Self::OnSiteDone, Lang::Zh) => "现场部分已完成，其余待立案办理",
            (Self::Met, Lang::Zh) => "已达到",
            (Self::NotStarted, Lang::En) => "not started",
            (Self::UnderWay, Lang::En) => "under way",
            (Self::OnSiteDone, Lang::En) => "on-site part done, the rest comes with the case",
            (Self::Met, Lang::En) => "met",
        }
    }

    /// The word in output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::UnderWay => "under_way",
            Self::OnSiteDone => "on_site_done",
            Self::Met => "met",
        }
    }
}

/// How sure a violation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// 疑似: somebody says so.
    Suspected,
    /// 有据: computed: basis, authority, elements and evidence are there.
    Substantiated,
    /// 查实: the competent body decided so. Needs a filed case.
    Proved,
}

impl Stage {
    /// The Chinese term.
    #[must_use]
    pub fn term(self) -> &'static str {
        match self {
            Self::Suspected => "疑似",
            Self::Substantiated => "有据",
            Self::Proved => "查实",
        }
    }

    /// The word in output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Suspected => "suspected",
            Self::Substantiated => "substantiated",
            Self::Proved => "proved",
        }
    }
}

/// What the ops say to a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The ops show it.
    Met,
    /// A fact is not known or not decided: it warns and does not stand in the way.
    Warn,
    /// Only a case that is still to come can complete it.
    Later,
    /// The ops do not show it, and it can be done.
    Open,
}

/// One condition of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Which.
    pub code: Code,
    /// What the ops say.
    pub verdict: Verdict,
    /// How many there are.
    pub have: usize,
    /// How many there must be.
    pub need: usize,
    /// What is missing, by name: items, elements, tags.
    pub names: Vec<String>,
    /// The ops that it rests on, ascending. Never empty when it is met.
    pub ops: Vec<Hash>,
}

impl Condition {
    /// A condition that is met with as many as are needed. What has no op behind it is not met.
    #[must_use]
    pub fn counted(code: Code, have: usize, need: usize, ops: Vec<Hash>) -> Self {
        let mut ops = ops;
        ops.sort_unstable();
        ops.dedup();
        let met = have >= need && !ops.is_empty();
        let verdict = if met { Verdict::Met } else { Verdict::Open };
        Self { code, verdict, have, need, names: Vec::new(), ops }
    }

    /// A condition that one thing meets: the ops that show it, if any do.
    #[must_use]
    pub fn shown(code: Code, ops: Vec<Hash>) -> Self {
        Self::counted(code, usize::from(!ops.is_empty()), 1, ops)
    }

    /// A condition that only a case to come can complete.
    #[must_use]
    pub fn later(code: Code) -> Self {
        let verdict = Verdict::Later;
        Self { code, verdict, have: 0, need: 1, names: Vec::new(), ops: Vec::new() }
    }

    /// Waits for the case to come in place of standing open, as long as there is none.
    #[must_use]
    pub fn or_later(mut self, is_case: bool) -> Self {
        if self.verdict == Verdict::Open && !is_case {
            self.verdict = Verdict::Later;
        }
        self
    }

    /// Names what is missing. Something named keeps the condition from being met.
    #[must_use]
    pub fn lacking(mut self, names: Vec<String>) -> Self {
        if !names.is_empty() && self.verdict == Verdict::Met {
            self.verdict = Verdict::Open;
        }
        self.names = names;
        self
    }

    /// Warns in place of standing open.
    #[must_use]
    pub fn or_warn(mut self) -> Self {
        if self.verdict == Verdict::Open {
            self.verdict = Verdict::Warn;
        }
        self
    }
}

/// One training, check, violation or chain, with its conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Which part it may count for.
    pub part: Part,
    /// The dossier that it lies in.
    pub dossier: DossierId,
    /// What it is about: the training, the check, the finding.
    pub subject: EntityId,
    /// What people call it.
    pub title: String,
    /// For a violation: how sure it is.
    pub stage: Option<Stage>,
    /// For a chain: it is made on a practice case, which enters no statistics.
    pub practice: bool,
    /// Its conditions, in the order of the work.
    pub conditions: Vec<Condition>,
}

impl Unit {
    /// How far it is. A unit exists because of an op, so it is never "not started".
    #[must_use]
    pub fn state(&self) -> State {
        let any = |verdict| self.conditions.iter().any(|c| c.verdict == verdict);
        if any(Verdict::Open) {
            State::UnderWay
        } else if any(Verdict::Later) {
            State::OnSiteDone
        } else {
            State::Met
        }
    }

    /// How many conditions stand open.
    #[must_use]
    pub fn open_count(&self) -> usize {
        self.conditions.iter().filter(|c| c.verdict == Verdict::Open).count()
    }

    /// Every op that its conditions rest on, ascending, each once.
    #[must_use]
    pub fn ops(&self) -> Vec<Hash> {
        let mut ops: Vec<Hash> = self.conditions.iter().flat_map(|c| c.ops.clone()).collect();
        ops.sort_unstable();
        ops.dedup();
        ops
    }
}

/// Why a finding is shown apart and does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApartWhy {
    /// Fire, special equipment or ecology: another authority enforces (安全生产法 第六十九条).
    OtherAuthority,
    /// It was retracted.
    Retracted,
    /// The same act at the same enterprise counts once.
    SameAct,
    /// A mentor or somebody without a valid certificate raised it.
    NotByEnforcer,
    /// 推翻: the investigation concluded that there is no violation.
    Overturned,
}

impl ApartWhy {
    /// Why, in a few words.
    #[must_use]
    pub fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::OtherAuthority, Lang::Zh) => "移送其他部门",
            (Self::Retracted, Lang::Zh) => "已撤回",
            (Self::SameAct, Lang::Zh) => "同一行为只计一次",
            (Self::NotByEnforcer, Lang::Zh) => "不是持证执法人员提出",
            (Self::Overturned, Lang::Zh) => "推翻",
            (Self::OtherAuthority, Lang::En) => "goes to another authority",
            (Self::Retracted, Lang::En) => "retracted",
            (Self::SameAct, Lang::En) => "the same act counts once",
            (Self::NotByEnforcer, Lang::En) => "not raised by a certified enforcer",
            (Self::Overturned, Lang::En) => "overturned",
        }
    }
}

/// A finding that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// The dossier of its check.
    pub dossier: DossierId,
    /// The finding.
    pub finding: EntityId,
    /// What is wrong.
    pub title: String,
    /// `EM`, `FR`, `MS`, `EE`.
    pub authority: String,
    /// Why it does not count.
    pub why: ApartWhy,
    /// The ops that hold it.
    pub ops: Vec<Hash>,
}
