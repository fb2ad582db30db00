//! Every row of the table of fields: whichever op has the smaller hash, the noun reads the value
//! that the table lets hold.

use std::collections::BTreeSet;

use angen_core::domain::{
    Answer, Appointment, Case, Comment, Conclusion, Dossier, Evidence, Extension, Fields, Filing,
    Finding, HOLD_RULES, Hold, Holds, Mandate, Noun, Officer, PaperSigned, Post, Preservation,
    RecordSigned, Recusal, RetentionSet, SkillMark,
};
use angen_ledger::hash::Hash;
use angen_ledger::heads::Head;
use angen_ledger::id::{EntityId, WriterId};
use angen_ledger::value::Value;

/// A row: what holds, what does not, the other fields of the noun, and how the noun reads it.
struct Row {
    noun: &'static str,
    field: &'static str,
    holds: Value,
    yields: Value,
    others: Vec<(&'static str, Value)>,
    read: fn(&Fields) -> Option<String>,
}

fn row(
    (noun, field): (&'static str, &'static str),
    (holds, yields): (impl Into<Value>, impl Into<Value>),
    others: &[(&'static str, Value)],
    read: fn(&Fields) -> Option<String>,
) -> Row {
    let (holds, yields) = (holds.into(), yields.into());
    Row { noun, field, holds, yields, others: others.to_vec(), read }
}

fn fields(row: &Row, holds_first: bool) -> Fields {
    let mut fields = Fields::default();
    let head = |op: u8, value: &Value| Head {
        op: Hash([op; 32]),
        writer: WriterId([op; 16]),
        wall_ms: i64::from(op),
        value: Some(value.clone()),
    };
    for (name, value) in &row.others {
        fields.add(name, head(9, value));
    }
    let (first, second) =
        if holds_first { (&row.holds, &row.yields) } else { (&row.yields, &row.holds) };
    fields.add(row.field, head(1, first));
    fields.add(row.field, head(2, second));
    fields
}

fn id() -> Value {
    [7_u8; 16].as_slice().into()
}

fn hash() -> Value {
    [7_u8; 32].as_slice().into()
}

fn noun<T: Noun>(fields: &Fields) -> Option<T> {
    T::from_fields(EntityId([1; 16]), fields)
}

/// What a day is called wherever one reads it.
fn day(day: Option<chrono::NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

const EARLY: &str = "2026-09-01";
const LATE: &str = "2026-12-31";

fn of_checks() -> Vec<Row> {
    let finding = [("title", "无防护罩".into()), ("consequence", "order".into())];
    let evidence = [
        ("blob", hash()),
        ("sha256", hash()),
        ("sm3", hash()),
        ("length", 1.into()),
        ("mime", "image/jpeg".into()),
    ];
    let extension = [
        ("asked_on", EARLY.into()),
        ("order", id()),
        ("finding", id()),
        ("answered_on", EARLY.into()),
        ("extension", "granted".into()),
    ];
    let approval = [("approval_form", id())];
    vec![
        row(
            ("answer", "value"),
            ("non_compliant", "compliant"),
            &[("checklist", id()), ("item", "MW01".into())],
            |f| Some(noun::<Answer>(f)?.value),
        ),
        row(("finding", "consequence"), ("case", "on_the_spot"), &finding[..1], |f| {
            Some(noun::<Finding>(f)?.consequence.word().to_owned())
        }),
        row(("finding", "major_hazard"), ("有限空间", ""), &finding, |f| {
            noun::<Finding>(f)?.major_hazard
        }),
        row(("finding", "retracted"), (false, true), &finding, |f| {
            Some(noun::<Finding>(f)?.retracted.to_string())
        }),
        row(("evidence", "retracted"), (false, true), &evidence, |f| {
            Some(noun::<Evidence>(f)?.retracted.to_string())
        }),
        row(("order", "extension"), ("refused", "granted"), &extension[..4], |f| {
            let granted = noun::<Extension>(f)?.answer?.granted_to;
            Some(if granted.is_some() { "granted" } else { "refused" }.to_owned())
        }),
        row(("order", "extended_to"), (EARLY, LATE), &extension, |f| {
            day(noun::<Extension>(f)?.answer?.granted_to)
        }),
        row(("preservation", "approved_at"), (2, 1), &approval, |f| {
            Some(noun::<Preservation>(f)?.approval?.approved_at_ms.to_string())
        }),
        row(("record", "outcome"), ("refused", "signed"), &[], |f| {
            Some(noun::<RecordSigned>(f)?.outcome)
        }),
        row(("paper", "outcome"), ("refused", "signed"), &[("paper", id())], |f| {
            Some(noun::<PaperSigned>(f)?.outcome)
        }),
    ]
}

fn of_cases() -> Vec<Row> {
    let case = [("finding", id()), ("check", id()), ("enterprise", id()), ("cause", "无罩".into())];
    let recusal = [("officer", id()), ("decided_on", EARLY.into()), ("evidence", id())];
    vec![
        row(("recusal", "recusal_decision"), ("granted", "refused"), &recusal, |f| {
            let granted = noun::<Recusal>(f)?.decision?.granted;
            Some(if granted { "granted" } else { "refused" }.to_owned())
        }),
        row(("filing", "decision"), ("not_filed", "filed"), &[("evidence", id())], |f| {
            let filed = noun::<Filing>(f)?.filed;
            Some(if filed { "filed" } else { "not_filed" }.to_owned())
        }),
        row(
            ("investigation", "opinion"),
            ("no_penalty", "penalty"),
            &[("facts", "无".into())],
            |f| Some(noun::<Conclusion>(f)?.opinion.word().to_owned()),
        ),
        row(("case", "practice"), (true, false), &case, |f| {
            Some(noun::<Case>(f)?.practice.to_string())
        }),
    ]
}

fn of_people() -> Vec<Row> {
    let officer = [("writer", id()), ("name", "甲".into()), ("role", "enforcer".into())];
    let appointment = [
        ("person", id()),
        ("expert_kind", "city".into()),
        ("from", EARLY.into()),
        ("until", LATE.into()),
    ];
    let mandate = [("power", "own".into()), ("delegate", "镇".into()), ("from", EARLY.into())];
    let comment = [("text", "看".into()), ("about_dossier", id()), ("about", id())];
    let skill = [("officer", id()), ("skill", "evidence".into()), ("day", EARLY.into())];
    vec![
        row(("officer", "role"), ("assistant", "enforcer"), &officer[..2], |f| {
            Some(noun::<Officer>(f)?.role.word().to_owned())
        }),
        row(("officer", "certificate_valid_until"), (EARLY, LATE), &officer, |f| {
            noun::<Officer>(f)?.certificate_valid_until
        }),
        row(("post", "on_post"), (false, true), &[("person", id())], |f| {
            Some(noun::<Post>(f)?.on_post?.to_string())
        }),
        row(("appointment", "until"), (EARLY, LATE), &appointment[..3], |f| {
            day(Some(noun::<Appointment>(f)?.until))
        }),
        row(("appointment", "ended_on"), (EARLY, LATE), &appointment, |f| {
            day(noun::<Appointment>(f)?.ended_on)
        }),
        row(("mandate", "until"), (EARLY, LATE), &mandate, |f| day(noun::<Mandate>(f)?.until)),
        row(
            ("mandate", "ended_on"),
            (EARLY, LATE),
            &mandate,
            |f| day(noun::<Mandate>(f)?.ended_on),
        ),
        row(("comment", "answer"), ("not_adopted", "adopted"), &comment, |f| {
            let adopted = noun::<Comment>(f)?.answer?.adopted;
            Some(if adopted { "adopted" } else { "not_adopted" }.to_owned())
        }),
        row(("skill", "level"), ("shown", "alone"), &skill, |f| {
            Some(noun::<SkillMark>(f)?.level.word().to_owned())
        }),
    ]
}

fn of_keeping() -> Vec<Row> {
    let dossier = [("area", "371102110".into()), ("type", "check".into())];
    vec![
        row(("retention", "class"), ("permanent", "10_years"), &[], |f| {
            Some(noun::<RetentionSet>(f)?.class)
        }),
        row(("hold", "lifted"), (false, true), &[("reason", "诉讼".into())], |f| {
            Some(noun::<Hold>(f)?.lifted.to_string())
        }),
        row(("dossier", "closed_on"), (LATE, EARLY), &dossier, |f| noun::<Dossier>(f)?.closed_on),
        row(("dossier", "archived_on"), (LATE, EARLY), &dossier, |f| {
            noun::<Dossier>(f)?.archived_on
        }),
    ]
}

fn rows() -> Vec<Row> {
    [of_checks(), of_cases(), of_people(), of_keeping()].into_iter().flatten().collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Bool(truth) => truth.to_string(),
        Value::Int(number) => number.to_string(),
        other => other.as_text().unwrap().to_owned(),
    }
}

#[test]
fn every_noun_reads_the_value_that_the_table_lets_hold() {
    for row in rows() {
        for holds_first in [true, false] {
            let fields = fields(&row, holds_first);
            let what = format!("{}.{} first: {holds_first}", row.noun, row.field);
            assert_eq!((row.read)(&fields), Some(plain(&row.holds)), "{what}");
            assert_eq!(fields.held(row.noun, row.field), Some(&row.holds), "{what}");
            assert!(fields.differs(row.field));
        }
    }
}

#[test]
fn what_one_op_said_together_is_read_together() {
    for holds_first in [true, false] {
        let rows = of_cases();
        let row = rows.iter().find(|row| row.noun == "filing").unwrap();
        let mut fields = fields(row, holds_first);
        // Who approved, by the op that filed and by the one that did not.
        let not_filed = fields.holding("filing", "decision").unwrap().clone();
        for head in fields.heads("decision").to_vec() {
            let name = if head.op == not_filed.op { "甲" } else { "乙" };
            fields.add("approver", Head { value: Some(name.into()), ..head });
        }
        let filing: Filing = noun(&fields).unwrap();
        assert_eq!((filing.filed, filing.approver.as_deref()), (false, Some("甲")));
        assert_eq!((filing.op, filing.writer), (not_filed.op, not_filed.writer));
    }
}

#[test]
fn every_row_that_has_an_order_is_tried_here() {
    let tried: BTreeSet<_> = rows().iter().map(|row| (row.noun, row.field)).collect();
    let ordered = HOLD_RULES.iter().filter(|r| r.is_ordered() && r.holds != Holds::ItemByItem);
    assert_eq!(tried, ordered.map(|rule| (rule.noun, rule.field)).collect());
}

#[test]
fn the_page_about_conflicts_has_every_row_with_its_reason() {
    let page = include_str!("../../../docs/conflicts.md");
    for rule in HOLD_RULES.iter().filter(|rule| rule.is_ordered()) {
        let cell = format!("| `{}.{}` |", rule.noun, rule.field);
        let line = page.lines().find(|line| line.starts_with(&cell));
        let line = line.unwrap_or_else(|| panic!("docs/conflicts.md lacks {cell}"));
        if let Holds::First(words) = rule.holds {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            assert!(line.contains(&words.join(" > ")), "{line}");
        }
        assert!(line.contains(rule.zh), "{line}");
    }
    let of_page = page.lines().filter(|line| line.starts_with("| `")).count();
    assert_eq!(of_page, HOLD_RULES.iter().filter(|rule| rule.is_ordered()).count());
}
