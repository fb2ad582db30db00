//! Makes the index of evidence 证据目录 of a case: every piece, and what it is to prove.

use std::collections::BTreeMap;

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::look::{not_empty, only};
use crate::desk::{Desk, Entry};
use crate::domain::{Case, Evidence, EvidenceIndex, Finding, read_all, read_one};
use crate::error::{Error, Result};

/// Makes the index, or makes it anew. Everything captured about the finding, the check as a whole
/// and the case goes in; `proves` says for a piece what it proves, in place of what was said when
/// it was captured.
///
/// # Errors
/// `Invalid` for words about a piece that is not of this case, or when there is no evidence;
/// `NotFound`; `Sign`, `Storage`.
pub fn index_evidence(
    desk: &Desk<'_>,
    dossier: DossierId,
    proves: &BTreeMap<EntityId, String>,
) -> Result<EvidenceIndex> {
    for words in proves.values() {
        not_empty("proves", words)?;
    }
    desk.write(|page| {
        let case: Case = only(page.read(), dossier)?;
        // An exercise has no finding of its own; what it is about says what its pieces prove.
        let title = if case.practice {
            case.cause.clone()
        } else {
            read_one::<Finding>(page.read(), case.check, case.finding)?.title
        };
        let of_check: Vec<Evidence> = read_all(page.read(), case.check)?;
        let others: Vec<EntityId> = read_all::<Finding>(page.read(), case.check)?
            .into_iter()
            .map(|other| other.finding)
            .filter(|other| *other != case.finding)
            .collect();
        let about = |file: &Evidence| file.about.is_none_or(|about| !others.contains(&about));
        let mut pieces: Vec<Evidence> = of_check.into_iter().filter(about).collect();
        pieces.extend(read_all::<Evidence>(page.read(), dossier)?);
        pieces.retain(|piece| !piece.retracted);
        pieces.sort_by_key(|piece| (piece.wall_ms, piece.op));
        if let Some(unknown) = proves.keys().find(|id| pieces.iter().all(|p| p.evidence != **id)) {
            return Err(Error::NotFound { noun: "evidence", id: unknown.to_string() });
        }
        if pieces.is_empty() {
            return Err(Error::invalid(
                "evidence",
                "本案还没有证据，无从编目",
                "there is no evidence in this case yet",
            ));
        }
        let items = pieces.iter().map(|piece| {
            let words = proves.get(&piece.evidence);
            let words = words.map_or_else(|| purpose_of(piece, &title), Clone::clone);
            let op: Hash = piece.op;
            Value::map([
                ("op", Value::from(op.as_bytes().as_slice())),
                ("proves", Value::from(words.as_str())),
            ])
        });
        let items: Vec<Value> = items.collect();
        let index = EntityId::derived(dossier, "evidence_index");
        page.put(Entry::new("evidence_index.make/1", dossier, index).set("items", items))?;
        read_one(page.read(), dossier, index)
    })
}

/// What a piece is to prove, where nobody says it otherwise.
fn purpose_of(piece: &Evidence, title: &str) -> String {
    match piece.purpose {
        Some(purpose) => purpose.term().to_owned(),
        None => title.to_owned(),
    }
}
