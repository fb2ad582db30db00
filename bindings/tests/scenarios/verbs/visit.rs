//! A visit and its checks: planned, trained in, begun.

use angen_bindings::Inspector;
use angen_bindings::types::RecordTraining;
use angen_core::action::{PlanAssistance, PlanCheck, WriteNote};
use angen_ledger::id::WriterId;
use serde_json::json;

use super::Shown;
use crate::with::With;

pub(super) fn visit(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
) -> Option<Shown> {
    Some(match verb {
        "plan_assistance" => {
            let request = PlanAssistance {
                round: u32::try_from(with.int("round")).unwrap(),
                profile: with.text("profile"),
                mentors: with.ids("mentors"),
                round_dossier: with.opt_id("round_dossier"),
            };
            let done = inspector.plan_assistance(writer(), request);
            done.map(|view| {
                let (dossier, visit) = (view.dossier.to_string(), view.assistance.to_string());
                json!({"dossier": dossier, "assistance": visit})
            })
        }
        "record_training" => {
            let request = RecordTraining {
                dossier: with.id("dossier"),
                title: with.text("title"),
                trainer: with.id("trainer"),
                agenda: with.texts("agenda"),
                place: with.text("place"),
                from_ms: with.int("from_ms"),
                to_ms: with.int("to_ms"),
            };
            let done = inspector.record_training(writer(), request);
            done.map(|view| json!({"training": view.training.to_string(), "title": view.title}))
        }
        "confirm_attendance" => inspector
            .confirm_attendance(writer(), with.id("dossier"), with.id("training"))
            .map(|op| json!(op.map(|op| op.to_string()))),
        "plan_check" => {
            let request = PlanCheck {
                enterprise: with.id("enterprise"),
                checklists: with.ids("checklists"),
                basis: with.text("basis"),
                approval_no: with.opt_text("approval_no"),
                notice_no: with.opt_text("notice_no"),
                assistance: with.opt_id("assistance"),
            };
            inspector.plan_check(writer(), request).map(|view| {
                json!({"dossier": view.dossier.to_string(), "check": view.check.to_string()})
            })
        }
        "show_certificates" => inspector
            .show_certificates(
                writer(),
                with.id("dossier"),
                with.text("shown_to"),
                with.opt_text("note"),
            )
            .map(|op| json!(op.to_string())),
        "write_note" => {
            let request = WriteNote {
                dossier: with.id("dossier"),
                text: with.text("text"),
                about: with.opt_id("about"),
            };
            let done = inspector.write_note(writer(), request);
            done.map(|view| json!({"note": view.note.to_string(), "op": view.op.to_string()}))
        }
        _ => return None,
    })
}
