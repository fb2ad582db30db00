//! Notes the party's signature 当事人签字 on the record of a check, by a captured signed page; or
//! the refusal, with its reason (安全生产法 2021, article 68).

use angen_documents::Form;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::look::{no_mentor, not_empty, only};
use crate::desk::{Desk, Entry};
use crate::domain::{Check, Evidence, read_one};
use crate::error::Result;
use crate::procedure::paper::standing_paper;
use crate::store;

/// Nouns of what stands on the record that is signed.
const COVERED_NOUNS: &[&str] =
    &["answer", "certificates", "check", "evidence", "finding", "measure", "note"];

/// How the party answered.
#[derive(Debug, Clone)]
pub enum PartyAnswer {
    /// Signed, on a page that was captured.
    Signed {
        /// Who signed.
        signer: String,
        /// The post.
        post: String,
        /// The captured page.
        evidence: EntityId,
    },
    /// Refused to sign.
    Refused {
        /// Why, as told or seen.
        reason: String,
        /// A video or photo of the refusal, if there is one.
        evidence: Option<EntityId>,
    },
}

/// Notes the party's answer.
///
/// # Errors
/// `Invalid` for an empty name, post or reason, or a mentor; `NotFound` for a page that was not
/// captured here; `Sign`, `Storage`.
pub fn sign_record(desk: &Desk<'_>, dossier: DossierId, answer: &PartyAnswer) -> Result<Hash> {
    desk.write(|page| {
        no_mentor(page.read(), desk, dossier)?;
        let check: Check = only(page.read(), dossier)?;
        let entity = EntityId::derived(dossier, &format!("record/{}", check.check));
        // The page that was signed is the record as it was printed, if it was printed here.
        let printed = standing_paper(page.read(), dossier, Form::SiteRecord, Some(check.check))?;
        let paper = printed.map(|printed| printed.document);
        let entry = Entry::new("record.sign/1", dossier, entity)
            .set_some("paper", paper.as_ref().map(|paper| paper.raw().as_slice()));
        let entry = match answer {
            PartyAnswer::Signed { signer, post, evidence } => {
                not_empty("signer", signer)?;
                not_empty("post", post)?;
                read_one::<Evidence>(page.read(), dossier, *evidence)?;
                entry
                    .set("outcome", "signed")
                    .set("signer", signer.as_str())
                    .set("post", post.as_str())
                    .set("evidence", evidence.raw().as_slice())
            }
            PartyAnswer::Refused { reason, evidence } => {
                not_empty("reason", reason)?;
                if let Some(evidence) = evidence {
                    read_one::<Evidence>(page.read(), dossier, *evidence)?;
                }
                entry
                    .set("outcome", "refused")
                    .set("reason", reason.as_str())
                    .set_some("evidence", evidence.as_ref().map(|id| id.raw().as_slice()))
            }
        };
        // What the party saw: whatever is written later is an addendum, and shown as one.
        let held = store::ops_of_dossier(page.read(), dossier)?;
        let covered = held.iter().filter(|held| !held.quarantined).map(|stored| &stored.op);
        let covered = covered.filter(|op| COVERED_NOUNS.contains(&op.header.kind.noun()));
        let covered: Vec<Value> =
            covered.map(|op| Value::from(op.hash.as_bytes().as_slice())).collect();
        page.put(entry.set("covers", covered))
    })
}
