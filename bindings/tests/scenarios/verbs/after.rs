//! What follows: measures, orders, re-checks, and what mentors say.

use angen_bindings::Inspector;
use angen_bindings::types::{IssueOrder, OrderedItem};
use angen_core::action::{Adoption, MarkSkill, RecordRecheck, TakeMeasure, WriteComment};
use angen_core::domain::{MeasureKind, RecheckOutcome, RecheckedItem, SkillLevel};
use angen_ledger::id::WriterId;
use serde_json::json;

use super::Shown;
use crate::shown;
use crate::with::With;

pub(super) fn follow_up(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
) -> Option<Shown> {
    Some(match verb {
        "take_measure" => {
            let request = TakeMeasure {
                dossier: with.id("dossier"),
                kind: with.word("kind", MeasureKind::from_word),
                findings: with.ids("findings"),
                legal_basis: with.opt_text("legal_basis"),
                words: with.opt_text("words"),
                shown_by: Vec::new(),
                told_to: with.opt_text("told_to"),
            };
            let done = inspector.take_measure(writer(), request);
            done.map(|held| json!({"measure": held.measure.to_string()}))
        }
        "issue_order" => {
            let item =
                |with: With<'_>| OrderedItem { finding: with.id("finding"), by: with.text("by") };
            let request = IssueOrder {
                dossier: with.id("dossier"),
                items: with.each("items").map(item).collect(),
                legal_basis: with.opt_text("legal_basis"),
                number: with.opt_text("number"),
                issued_on: with.opt_text("issued_on"),
                told_to: with.opt_text("told_to"),
            };
            inspector.issue_order(writer(), request).map(|order| shown::order(&order))
        }
        "record_recheck" => {
            let item = |with: With<'_>| RecheckedItem {
                finding: with.id("finding"),
                outcome: with.word("outcome", RecheckOutcome::from_word),
                words: with.text("words"),
                shown_by: with.ids("shown_by"),
            };
            let request = RecordRecheck {
                dossier: with.id("dossier"),
                order: with.id("order"),
                items: with.each("items").map(item).collect(),
                rechecked_on: with.text("rechecked_on"),
            };
            inspector.record_recheck(writer(), request).map(|view| {
                let propose: Vec<_> = view.to_propose.iter().map(ToString::to_string).collect();
                json!({"recheck": view.recheck.to_string(), "to_propose": propose})
            })
        }
        _ => return None,
    })
}

pub(super) fn teaching(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
    at_ms: i64,
) -> Option<Shown> {
    Some(match verb {
        "write_comment" => {
            let request = WriteComment {
                visit: with.id("visit"),
                about_dossier: with.id("about_dossier"),
                about: with.id("about"),
                text: with.text("text"),
            };
            let done = inspector.write_comment(writer(), request);
            done.map(|held| json!({"comment": held.comment.to_string()}))
        }
        "answer_comment" => {
            let answer = With(with.get("adoption"));
            let adoption = match answer.text("kind").as_str() {
                "adopted" => Adoption::Adopted,
                _ => Adoption::NotAdopted { because: answer.text("because") },
            };
            let (visit, comment) = (with.id("visit"), with.id("comment"));
            let done = inspector.answer_comment(writer(), visit, comment, adoption);
            done.map(|op| json!(op.to_string()))
        }
        "mark_skill" => {
            let request = MarkSkill {
                visit: with.id("visit"),
                officer: with.id("officer"),
                skill: with.text("skill"),
                level: with.word("level", SkillLevel::from_word),
                day: with.text("day"),
            };
            let done = inspector.mark_skill(writer(), request);
            done.map(|held| json!({"mark": held.mark.to_string()}))
        }
        "release_teaching" => {
            let done = inspector.release_teaching(writer(), with.id("visit"), with.ids("items"));
            done.map(|view| json!({"op": view.op.to_string(), "released": view.released}))
        }
        "teaching" => {
            inspector.teaching(writer(), with.id("visit")).map(|told| shown::teaching(&told))
        }
        "today" => inspector.today(writer(), at_ms).map(|today| shown::today(&today)),
        _ => return None,
    })
}
