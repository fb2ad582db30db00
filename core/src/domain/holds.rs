//! What holds while a field has several values 冲突时按哪个算: one table, with its reasons.
//!
//! Two aims decide the rows. Where people's lives depend on a field, the value counts that warns
//! of the greater danger: what one officer saw is there until a person says otherwise. Where the
//! field weighs on a party or on an officer's standing, the value counts that claims less: nobody
//! is worse off because two phones did not agree. Every other field has no order of its own: one
//! of its values is shown first, and the list asks for a decision all the same.

use angen_ledger::heads::Head;
use angen_ledger::value::Value;

use crate::domain::{RETENTION_CLASSES, WORST_ORDER, parse_day};

/// How the value that holds is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// The word that stands first in the list. A word that is not in it stands before all.
    First(&'static [&'static str]),
    /// This truth value, where anybody says it.
    Truth(bool),
    /// Some text, over none.
    Said,
    /// The earliest day or moment.
    Earliest,
    /// The latest day or moment.
    Latest,
    /// Of a list, each item by itself: what one list leaves open is open.
    ItemByItem,
    /// The noun puts the values together, so there is nothing to decide.
    Together,
    /// It says why or how another field has its value, and is decided with that.
    WithAnother,
}

/// One field, and what holds of it in a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldRule {
    /// The noun of its ops; `*` stands for every noun.
    pub noun: &'static str,
    /// The field.
    pub field: &'static str,
    /// What holds.
    pub holds: Holds,
    /// Why, in Chinese, with the law where a law says so.
    pub zh: &'static str,
    /// Why, in English.
    pub en: &'static str,
}

/// Why the greater danger counts.
const DANGER: (&str, &str) = (
    "安全生产法（2021）第四十一条、第六十五条：发现的隐患须处理，有人看到即按有隐患对待",
    "Work Safety Law 2021, articles 41 and 65: what somebody saw is there until shown gone",
);

/// Why the milder decision counts.
const MILDER: (&str, &str) = (
    "行政处罚法（2021）第四十条：违法事实不清的不得处罚，意见不一时按较轻的计",
    "Administrative Penalties Law 2021, article 40: no penalty while the facts are not clear",
);

/// Why the narrower power counts.
const POWER: (&str, &str) = (
    "行政处罚法（2021）第四十二条、国办发〔2024〕54号：须有资格和权限，有疑义的按没有计",
    "Administrative Penalties Law 2021, article 42: a power that is in doubt is not there",
);

/// Why what was preserved is open as long as one says so.
const PRESERVED: (&str, &str) = (
    "行政处罚法（2021）第五十六条：先批准后保存、七日内处理，说法不一的按未做到计",
    "Administrative Penalties Law 2021, article 56: approved first, decided in seven days",
);

/// Why who may have to step aside does.
const ASIDE: (&str, &str) = (
    "行政处罚法（2021）第四十三条：可能影响公正的应当回避，有疑义的按回避计",
    "Administrative Penalties Law 2021, article 43: who may be partial steps aside",
);

/// Why the lesser mark counts.
const TAUGHT: (&str, &str) =
    ("帮教记录不作夸大：说法不一的按较低的计", "marks claim no more than both say");

/// Why the longer keeping counts.
const KEEPING: (&str, &str) = (
    "档案法（2020）：期限有疑义的先不销毁",
    "Archives Law 2020: what is in doubt is not destroyed",
);

/// Why what the party contests is not taken as agreed.
const AGREED: (&str, &str) = (
    "安全生产法（2021）第六十八条：说法不一的，不算当事人已签字认可",
    "Work Safety Law 2021, article 68: what is told in two ways was not agreed to",
);

const fn rule(
    noun: &'static str,
    field: &'static str,
    holds: Holds,
    why: (&'static str, &'static str),
) -> HoldRule {
    HoldRule { noun, field, holds, zh: why.0, en: why.1 }
}

const TOGETHER: (&str, &str) = ("各方所写合并计算", "what each wrote is put together");
const WITH_ANOTHER: (&str, &str) =
    ("随所说明的内容一并决定", "it is decided with what it explains");

/// Every field that has an order. docs/conflicts.md shows the same table, and a test compares.
pub const HOLD_RULES: &[HoldRule] = &[
    rule("answer", "value", Holds::First(WORST_ORDER), DANGER),
    rule("finding", "consequence", Holds::First(&["case", "order", "on_the_spot"]), DANGER),
    rule("finding", "major_hazard", Holds::Said, DANGER),
    rule("finding", "retracted", Holds::Truth(false), DANGER),
    rule("evidence", "retracted", Holds::Truth(false), DANGER),
    rule("order", "extension", Holds::First(&["refused", "granted"]), DANGER),
    rule("order", "extended_to", Holds::Earliest, DANGER),
    rule("preservation", "approved_at", Holds::Latest, PRESERVED),
    rule("preservation", "preserved_decisions", Holds::ItemByItem, PRESERVED),
    rule("record", "outcome", Holds::First(&["refused", "signed"]), AGREED),
    rule("record", "covers", Holds::Together, TOGETHER),
    rule("paper", "outcome", Holds::First(&["refused", "signed"]), AGREED),
    rule("recusal", "recusal_decision", Holds::First(&["granted", "refused"]), ASIDE),
    rule("filing", "decision", Holds::First(&["not_filed", "filed"]), MILDER),
    rule(
        "investigation",
        "opinion",
        Holds::First(&["no_violation", "no_penalty", "transfer", "penalty"]),
        MILDER,
    ),
    rule("case", "practice", Holds::Truth(true), MILDER),
    rule("case", "guided_by", Holds::Together, TOGETHER),
    rule("officer", "role", Holds::First(&["assistant", "mentor", "enforcer"]), POWER),
    rule("officer", "certificate_valid_until", Holds::Earliest, POWER),
    rule("post", "on_post", Holds::Truth(false), POWER),
    rule("appointment", "until", Holds::Earliest, POWER),
    rule("appointment", "ended_on", Holds::Earliest, POWER),
    rule("mandate", "until", Holds::Earliest, POWER),
    rule("mandate", "ended_on", Holds::Earliest, POWER),
    rule("comment", "answer", Holds::First(&["not_adopted", "adopted"]), TAUGHT),
    rule("skill", "level", Holds::First(&["shown", "helped", "alone"]), TAUGHT),
    rule("retention", "class", Holds::First(RETENTION_CLASSES), KEEPING),
    rule("hold", "lifted", Holds::Truth(false), KEEPING),
    rule("dossier", "closed_on", Holds::Latest, KEEPING),
    rule("dossier", "archived_on", Holds::Latest, KEEPING),
    rule("dossier", "heads", Holds::WithAnother, WITH_ANOTHER),
    rule("dossier", "reason", Holds::WithAnother, WITH_ANOTHER),
    rule("answer", "reason", Holds::WithAnother, WITH_ANOTHER),
    rule("finding", "reason", Holds::WithAnother, WITH_ANOTHER),
    rule("evidence", "reason", Holds::WithAnother, WITH_ANOTHER),
    rule("enterprise", "reason", Holds::WithAnother, WITH_ANOTHER),
    rule("appointment", "reason", Holds::WithAnother, WITH_ANOTHER),
    rule("mandate", "reason", Holds::WithAnother, WITH_ANOTHER),
    rule("post", "reason", Holds::WithAnother, WITH_ANOTHER),
    rule("*", DECIDED_BECAUSE, Holds::WithAnother, WITH_ANOTHER),
    rule("*", DECIDED_OVER, Holds::WithAnother, WITH_ANOTHER),
];

/// The field in which an op that decides a conflict names the ops that it does not follow.
pub const DECIDED_OVER: &str = "decided_over";

/// The field in which an op of any kind says that it decides a conflict, and why.
pub const DECIDED_BECAUSE: &str = "decided_because";

/// The rule of a field; none where no value is worse than another.
#[must_use]
pub fn hold_rule(noun: &str, field: &str) -> Option<&'static HoldRule> {
    let is = |rule: &&HoldRule| (rule.noun == noun || rule.noun == "*") && rule.field == field;
    HOLD_RULES.iter().find(is)
}

impl HoldRule {
    /// Whether a value is worse than another, so that it holds until a person decides.
    #[must_use]
    pub fn is_ordered(&self) -> bool {
        !matches!(self.holds, Holds::Together | Holds::WithAnother)
    }
}

impl Holds {
    /// The head whose value holds: ties, and what has no order, go by op hash. A value that is
    /// withheld holds only where no other is known.
    #[must_use]
    pub fn pick(self, heads: &[Head]) -> Option<&Head> {
        let known = || heads.iter().filter(|head| head.value.is_some());
        let text = |head: &Head| head.value.as_ref().and_then(Value::as_text).map(str::to_owned);
        let moment = |head: &Head| moment(head.value.as_ref());
        let picked = match self {
            Self::First(order) => known().min_by_key(|head| {
                let text = text(head);
                order.iter().position(|word| Some(*word) == text.as_deref())
            }),
            Self::Truth(truth) => known()
                .min_by_key(|head| head.value.as_ref().and_then(Value::as_bool) != Some(truth)),
            Self::Said => {
                known().min_by_key(|head| text(head).is_none_or(|text| text.trim().is_empty()))
            }
            Self::Earliest => known().min_by_key(|head| moment(head)),
            // Of two equal ones the first, as everywhere.
            Self::Latest => known().min_by_key(|head| std::cmp::Reverse(moment(head))),
            Self::ItemByItem | Self::Together | Self::WithAnother => known().next(),
        };
        picked.or_else(|| heads.first())
    }
}

/// A day or a moment as a number that can be compared; what is neither comes first.
fn moment(value: Option<&Value>) -> Option<i64> {
    let value = value?;
    let day = || Some(i64::from(chrono::Datelike::num_days_from_ce(&parse_day(value.as_text()?)?)));
    value.as_int().or_else(day)
}

#[cfg(test)]
mod tests {
    use angen_ledger::hash::Hash;
    use angen_ledger::id::WriterId;

    use super::*;

    fn heads(values: &[Option<Value>]) -> Vec<Head> {
        let head = |(number, value): (usize, &Option<Value>)| Head {
            op: Hash([u8::try_from(number).unwrap(); 32]),
            writer: WriterId([0; 16]),
            wall_ms: 0,
            value: value.clone(),
        };
        values.iter().enumerate().map(head).collect()
    }

    fn picked(holds: Holds, values: &[Option<Value>]) -> Option<Value> {
        holds.pick(&heads(values)).and_then(|head| head.value.clone())
    }

    #[test]
    fn no_field_stands_in_the_table_twice() {
        for (index, rule) in HOLD_RULES.iter().enumerate() {
            let same = |other: &HoldRule| (other.noun, other.field) == (rule.noun, rule.field);
            assert!(!HOLD_RULES[..index].iter().any(same), "{} {}", rule.noun, rule.field);
            assert!(!rule.zh.is_empty() && !rule.en.is_empty());
        }
    }

    #[test]
    fn a_word_that_this_build_does_not_know_is_the_worst() {
        let order = Holds::First(&["bad", "good"]);
        let values = [Some("good".into()), Some("bad".into()), Some("of a newer build".into())];
        assert_eq!(picked(order, &values), Some("of a newer build".into()));
        assert_eq!(picked(order, &values[..2]), Some("bad".into()));
    }

    #[test]
    fn what_is_withheld_holds_only_where_nothing_else_is_known() {
        let values = [None, Some(true.into())];
        assert_eq!(picked(Holds::Truth(false), &values), Some(true.into()));
        assert_eq!(picked(Holds::Truth(false), &values[..1]), None);
        assert!(Holds::Truth(false).pick(&heads(&values[..1])).is_some());
    }

    #[test]
    fn days_and_moments_are_compared_as_such() {
        let days = [Some("2026-12-01".into()), Some("2026-09-30".into())];
        assert_eq!(picked(Holds::Earliest, &days), days[1]);
        assert_eq!(picked(Holds::Latest, &days), days[0]);
        let moments = [Some(9.into()), Some(10.into())];
        assert_eq!(picked(Holds::Latest, &moments), moments[1]);
        let said = [Some(" ".into()), Some("有限空间".into())];
        assert_eq!(picked(Holds::Said, &said), said[1]);
    }
}
