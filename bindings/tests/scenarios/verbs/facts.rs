//! What is recorded of the facts: answers, findings, evidence.

use angen_bindings::Inspector;
use angen_bindings::types::{CorrectFinding, Element, RaiseFinding, SetAnswers};
use angen_core::action::{CaptureEvidence, ProposeFinding};
use angen_core::domain::{Consequence, EvidenceKind, Place, Purpose, SourceClass};
use angen_ledger::id::WriterId;
use serde_json::json;

use super::Shown;
use crate::shown;
use crate::with::With;

pub(super) fn facts(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
) -> Option<Shown> {
    Some(match verb {
        "set_answers" => {
            let request = SetAnswers {
                dossier: with.id("dossier"),
                checklist: with.id("checklist"),
                answers: with.map("answers"),
                reason: with.opt_text("reason"),
            };
            let done = inspector.set_answers(writer(), request);
            done.map(|ops| ops.iter().map(|op| json!(op.to_string())).collect())
        }
        "propose_finding" => {
            let request = ProposeFinding {
                dossier: with.id("dossier"),
                checklist: with.id("checklist"),
                item: with.text("item"),
                consequence: with.word("consequence", Consequence::from_word),
                criterion_met: with.flag("criterion_met"),
            };
            inspector.propose_finding(writer(), request).map(|found| shown::proposed(&found))
        }
        "propose_note" => inspector
            .propose_note(writer(), with.id("dossier"), with.id("finding"))
            .map(|request| shown::answers(&request)),
        "raise_finding" => {
            inspector.raise_finding(writer(), raised(with)).map(|view| shown::finding(&view))
        }
        "correct_finding" => {
            let request = CorrectFinding {
                dossier: with.id("dossier"),
                finding: with.id("finding"),
                reason: with.text("reason"),
                title: with.opt_text("title"),
                legal_basis: with.opt_text("legal_basis"),
                consequence: with.opt_word("consequence", Consequence::from_word),
                elements: with.0.get("elements").map(|_| elements(with)),
            };
            inspector.correct_finding(writer(), request).map(|view| shown::finding(&view))
        }
        "retract" => inspector
            .retract(writer(), with.id("dossier"), with.id("entity"), with.text("reason"))
            .map(|op| json!(op.to_string())),
        "capture_evidence" => {
            inspector.capture_evidence(writer(), captured(with)).map(|view| shown::captured(&view))
        }
        _ => return None,
    })
}

fn raised(with: &With<'_>) -> RaiseFinding {
    RaiseFinding {
        dossier: with.id("dossier"),
        item: with.opt_text("item"),
        title: with.text("title"),
        legal_basis: with.text("legal_basis"),
        major_hazard: with.opt_text("major_hazard"),
        authority: with.text("authority"),
        penalty: with.opt_text("penalty"),
        consequence: with.word("consequence", Consequence::from_word),
        elements: elements(with),
    }
}

fn elements(with: &With<'_>) -> Vec<Element> {
    let element = |with: With<'_>| Element { code: with.text("code"), words: with.text("words") };
    with.each("elements").map(element).collect()
}

fn captured(with: &With<'_>) -> CaptureEvidence {
    CaptureEvidence {
        path: with.path("path"),
        dossier: with.id("dossier"),
        about: with.opt_id("about"),
        kind: with.word("kind", EvidenceKind::from_word),
        source: with.word("source", SourceClass::from_word),
        source_note: with.opt_text("source_note"),
        caption: with.text("caption"),
        method: with.opt_text("method"),
        proves: with.opt_text("proves"),
        purpose: with.opt_word("purpose", Purpose::from_word),
        place: with.0.get("place").map(With).map(|place| Place {
            latitude_e7: place.int("latitude_e7"),
            longitude_e7: place.int("longitude_e7"),
            accuracy_mm: None,
        }),
        device: with.text("device"),
        derived_from: with.opt_id("derived_from"),
    }
}
