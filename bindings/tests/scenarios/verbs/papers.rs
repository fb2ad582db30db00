//! Documents, as far as they are looked at.

use angen_bindings::Inspector;
use angen_bindings::types::{PenFields, PrintDocument};
use angen_documents::{Form, Sealing};
use angen_ledger::id::WriterId;

use super::Shown;
use crate::shown;
use crate::with::With;

pub(super) fn papers(
    inspector: &Inspector,
    verb: &str,
    writer: &dyn Fn() -> WriterId,
    with: &With<'_>,
) -> Option<Shown> {
    Some(match verb {
        "preview_document" => {
            let request = PrintDocument {
                dossier: with.id("dossier"),
                form: with.word("form", form),
                about: with.opt_id("about"),
                sealing: with.word("sealing", sealing),
                given: with.map("given"),
                by_hand: by_hand(&With(with.get("by_hand"))),
                files: Vec::new(),
            };
            inspector.preview_document(writer(), request).map(|drawn| shown::preview(&drawn))
        }
        _ => return None,
    })
}

fn by_hand(with: &With<'_>) -> PenFields {
    match with.text("kind").as_str() {
        "named" => PenFields::Named { keys: with.texts("keys") },
        _ => PenFields::Rest,
    }
}

/// The core calls forms by names of their own, with hyphens.
fn form(word: &str) -> Option<Form> {
    Form::from_slug(&word.replace('_', "-"))
}

fn sealing(word: &str) -> Option<Sealing> {
    match word {
        "presealed" => Some(Sealing::Presealed),
        "later" => Some(Sealing::Later),
        _ => None,
    }
}
