//! Who stands behind a record, and who decides.

use angen_bindings::Inspector;
use angen_core::action::{DecideConflict, PartyAnswer, RequestRecusal};
use angen_ledger::id::WriterId;
use serde_json::json;

use super::Shown;
use crate::shown;
use crate::with::With;

pub(super) fn assent(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
) -> Option<Shown> {
    Some(match verb {
        "give_assent" => {
            let done = inspector.give_assent(writer(), with.id("dossier"), with.ids("ops"));
            done.map(|view| json!({"op": view.op.to_string(), "assented": view.assented}))
        }
        "request_assent" => inspector
            .request_assent(writer(), with.id("dossier"), with.opt_id("of"))
            .map(|asked| shown::assent_text(&asked)),
        "sign_assent" => inspector
            .sign_assent(writer(), with.text("text"))
            .map(|signed| shown::assent_text(&signed)),
        "carry_assent" => inspector
            .carry_assent(writer(), with.id("dossier"), with.text("text"))
            .map(|carried| shown::carried(&carried)),
        "sign_record" => inspector
            .sign_record(writer(), with.id("dossier"), party(&With(with.get("answer"))))
            .map(|op| json!(op.to_string())),
        "request_recusal" => {
            let request = RequestRecusal {
                dossier: with.id("dossier"),
                officer: with.id("officer"),
                asked_by: with.text("asked_by"),
                reason: with.text("reason"),
            };
            let done = inspector.request_recusal(writer(), request);
            done.map(|view| json!({"recusal": view.recusal.to_string()}))
        }
        "decide_conflict" => {
            let request = DecideConflict {
                dossier: with.id("dossier"),
                op: with.id("op"),
                reason: with.text("reason"),
            };
            inspector.decide_conflict(writer(), request).map(|op| json!(op.to_string()))
        }
        _ => return None,
    })
}

fn party(with: &With<'_>) -> PartyAnswer {
    match with.text("kind").as_str() {
        "signed" => PartyAnswer::Signed {
            signer: with.text("signer"),
            post: with.text("post"),
            evidence: with.id("evidence"),
        },
        _ => {
            PartyAnswer::Refused { reason: with.text("reason"), evidence: with.opt_id("evidence") }
        }
    }
}
