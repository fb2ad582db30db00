//! Two phones of one township: one joins the other, and bundles go between them.

use angen_bindings::Inspector;
use angen_core::action::{AnswerJoin, BundleBlobs, EnrolOfficer, ExportBundle, Handing, Terms};
use angen_core::domain::Role;
use angen_ledger::id::WriterId;
use serde_json::json;

use super::Shown;
use crate::shown;
use crate::with::With;

/// What a phone does on which nobody need have joined yet.
pub(super) fn joining(inspector: &Inspector, verb: &str, with: &With<'_>) -> Option<Shown> {
    Some(match verb {
        "ask_to_join" => inspector.ask_to_join().map(|asked| shown::asked(&asked)),
        "open_ask" => {
            inspector.open_ask().map(|asked| asked.as_ref().map_or(json!(null), shown::asked))
        }
        "discard_ask" => inspector.discard_ask(with.id("asked")).map(|()| json!(null)),
        "read_join_answer" => inspector.read_join_answer(with.text("text")).map(|offer| {
            json!({
                "township": offer.township, "area": offer.area, "name": offer.name,
                "root": offer.root.to_string(),
            })
        }),
        "accept_join" => inspector
            .accept_join(with.text("text"), with.id("root"))
            .map(|done| shown::established(&done)),
        "readers" => {
            let from = with.int("from").cast_unsigned();
            inspector.readers(from).map(|page| shown::readers(&page))
        }
        "projection_digest" => {
            inspector.projection_digest().map(|digest| json!(digest.to_string()))
        }
        _ => return None,
    })
}

pub(super) fn phones(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
) -> Option<Shown> {
    Some(match verb {
        "answer_join" => {
            let who = With(with.get("who"));
            let request = AnswerJoin {
                ask: with.text("ask"),
                who: EnrolOfficer {
                    name: who.text("name"),
                    role: who.word("role", Role::from_word),
                    organisation: who.text("organisation"),
                    certificate_no: who.opt_text("certificate_no"),
                    certificate_valid_until: who.opt_text("certificate_valid_until"),
                },
                terms: Terms::default(),
                same_as: None,
            };
            inspector.answer_join(writer(), request).map(|done| json!({"text": done.text}))
        }
        "export_bundle" => {
            let request = ExportBundle {
                dossiers: with.ids("dossiers"),
                readers: with.ids("readers"),
                certificates: Vec::new(),
                blobs: with.word("blobs", blobs),
                software: with.text("software"),
                handing: Handing::default(),
            };
            let done = inspector.export_bundle(writer(), request, with.path("path"), None);
            done.map(|made| json!({"readers": made.readers, "blobs": made.blobs}))
        }
        "import_file" => inspector
            .import_file(writer(), with.path("path"))
            .map(|done| json!({"new_ops": done.new_ops, "new_blobs": done.new_blobs})),
        _ => return None,
    })
}

fn blobs(word: &str) -> Option<BundleBlobs> {
    match word {
        "all" => Some(BundleBlobs::All),
        "waiting" => Some(BundleBlobs::Waiting),
        "none" => Some(BundleBlobs::None),
        _ => None,
    }
}
