//! Mandates 执法权限依据: by which power a township acts, within which matters, areas, caps and days.
//!
//! The four kinds differ in whose name a document bears. What a mandate allows on a day is decided
//! in `procedure`; here stands what was granted.

use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;
use angen_ledger::value::Value;
use chrono::NaiveDate;

use crate::domain::appointment::earliest;
use crate::domain::word_enum::word_enum;
use crate::domain::{Fields, Noun, parse_day};

/// The word that stands for every matter.
pub const ALL_MATTERS: &str = "all";

word_enum! {
    /// By which power a township acts.
    MandateKind {
        /// The township's own power (山东省安全生产条例 2021, article 47): no penalties.
        Own: "own", "自有权限";
        /// Delegation (行政处罚法 2021, articles 20 and 21): in the delegator's name.
        Delegation: "delegation", "委托执法";
        /// Joint enforcement of a zone with the body above it: in that body's name.
        Joint: "joint", "联合执法";
        /// Transfer by the provincial government (行政处罚法 2021, article 24): in its own name.
        Transfer: "transfer", "赋权（交由行使）";
    }
}

word_enum! {
    /// What the delegate is (行政处罚法 2021, article 21).
    DelegateKind {
        /// A township government 乡镇人民政府、街道办事处.
        Government: "government", "乡镇政府（街道办事处）";
        /// A public institution 事业单位, such as an emergency centre.
        Institution: "institution", "事业单位";
    }
}

word_enum! {
    /// Who would be fined.
    CapSubject {
        /// A person 个人.
        Person: "person", "个人";
        /// A unit 生产经营单位.
        Unit: "unit", "单位";
    }
}

word_enum! {
    /// What a cap is compared with: notices of delegation read it in two ways.
    CapBasis {
        /// The fine that is imposed.
        ActualFine: "actual_fine", "实际罚款";
        /// The highest fine of the clause.
        StatutoryMax: "statutory_max", "法定最高罚款";
    }
}

/// Up to which fine a mandate goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cap {
    /// Who would be fined.
    pub subject: CapSubject,
    /// Yuan.
    pub amount: i64,
    /// What is compared with it.
    pub basis: CapBasis,
    /// Whether the amount itself is within.
    pub inclusive: bool,
}

/// Which penalties a mandate covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matters {
    /// Every one.
    All,
    /// Codes of the penalty table, with or without an item: `P99`, `P99(2)`.
    Listed(Vec<String>),
}

/// A mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// The entity.
    pub mandate: EntityId,
    /// The op that granted it.
    pub op: Hash,
    /// Which kind.
    pub kind: MandateKind,
    /// The body that gives the power: delegator, upper body, or provincial government.
    pub delegator: Option<String>,
    /// The township's body.
    pub delegate: String,
    /// What it is.
    pub delegate_kind: Option<DelegateKind>,
    /// Which penalties.
    pub matters: Matters,
    /// Up to which fines.
    pub caps: Vec<Cap>,
    /// Division codes; each covers what lies below it.
    pub areas: Vec<String>,
    /// First day.
    pub from: NaiveDate,
    /// Last day; none where no end was set.
    pub until: Option<NaiveDate>,
    /// The day of publication 公布.
    pub published_on: Option<NaiveDate>,
    /// Where it was published.
    pub published_at: Option<String>,
    /// Number of the paper.
    pub document_no: Option<String>,
    /// What stands in brackets of a document's number 文号, such as 鲁日.
    pub number_region: Option<String>,
    /// Whose seal, if it is not the body in whose name the document is.
    pub seal_of: Option<String>,
    /// The scan of the paper, captured in the roster.
    pub evidence: Option<EntityId>,
    /// The day from which it is ended, if it was; of two in a conflict the earlier.
    pub ended_on: Option<NaiveDate>,
    /// Why it was ended.
    pub end_reason: Option<String>,
}

impl Mandate {
    /// The body in whose name a document is issued (行政处罚法 2021, article 20).
    #[must_use]
    pub fn in_name_of(&self) -> &str {
        match self.kind {
            MandateKind::Own | MandateKind::Transfer => &self.delegate,
            MandateKind::Delegation | MandateKind::Joint => {
                self.delegator.as_deref().unwrap_or_default()
            }
        }
    }

    /// Whether an area lies within the mandate's.
    #[must_use]
    pub fn covers_area(&self, area: &str) -> bool {
        self.areas.iter().any(|covered| area.starts_with(covered.as_str()))
    }

    /// Whether a penalty is among its matters. A clause that is listed covers its items.
    #[must_use]
    pub fn covers_matter(&self, code: &str) -> bool {
        let clause = code.split(['(', '（']).next().unwrap_or(code);
        match &self.matters {
            Matters::All => true,
            Matters::Listed(codes) => codes.iter().any(|listed| listed == code || listed == clause),
        }
    }
}

impl Cap {
    /// The cap as a value of an op.
    #[must_use]
    pub fn to_value(self) -> Value {
        Value::map([
            ("subject", Value::from(self.subject.word())),
            ("amount", Value::from(self.amount)),
            ("basis", Value::from(self.basis.word())),
            ("inclusive", Value::Bool(self.inclusive)),
        ])
    }

    /// Reads it back.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        Some(Self {
            subject: CapSubject::from_word(value.get("subject")?.as_text()?)?,
            amount: value.get("amount")?.as_int()?,
            basis: CapBasis::from_word(value.get("basis")?.as_text()?)?,
            inclusive: value.get("inclusive")?.as_bool()?,
        })
    }

    /// Whether an amount is within it.
    #[must_use]
    pub fn holds(self, yuan: i64) -> bool {
        if self.inclusive { yuan <= self.amount } else { yuan < self.amount }
    }
}

impl Noun for Mandate {
    const NOUN: &'static str = "mandate";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(str::to_owned);
        let day = |name| fields.text(name).and_then(parse_day);
        let matters: Vec<String> = fields.texts("matters").into_iter().map(str::to_owned).collect();
        let caps = fields.value("caps").and_then(Value::as_array).unwrap_or_default();
        // A cap that cannot be read must not be a cap that is not there.
        let caps: Option<Vec<Cap>> = caps.iter().map(Cap::from_value).collect();
        let all = matters.iter().any(|code| code == ALL_MATTERS);
        Some(Self {
            mandate: entity,
            op: fields.heads("power").first()?.op,
            kind: MandateKind::from_word(fields.text("power")?)?,
            delegator: text("delegator"),
            delegate: text("delegate")?,
            delegate_kind: fields.text("delegate_kind").and_then(DelegateKind::from_word),
            matters: if all { Matters::All } else { Matters::Listed(matters) },
            caps: caps?,
            areas: fields.texts("areas").into_iter().map(str::to_owned).collect(),
            from: day("from")?,
            until: earliest(fields, "until"),
            published_on: day("published_on"),
            published_at: text("published_at"),
            document_no: text("document_no"),
            number_region: text("number_region"),
            seal_of: text("seal_of"),
            evidence: fields.bytes("evidence").and_then(EntityId::from_slice),
            ended_on: earliest(fields, "ended_on"),
            end_reason: text("reason"),
        })
    }
}
