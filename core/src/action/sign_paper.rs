//! Notes the party's signature 当事人签字 on a paper that was made here: an interview record, a
//! list of digests, a document that was printed. It is shown by the captured pages; a refusal is
//! noted with its reason.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::look::{no_mentor, not_empty};
use crate::desk::{Desk, Entry};
use crate::domain::{Evidence, HashList, Interview, Issued, Noun as _, Source, read_one};
use crate::error::{Error, Result};

/// How the party answered.
#[derive(Debug, Clone)]
pub enum PaperAnswer {
    /// Signed every page.
    Signed {
        /// Who signed.
        signer: String,
        /// The captured pages, in order.
        pages: Vec<EntityId>,
    },
    /// Refused to sign.
    Refused {
        /// Why, as told or seen.
        reason: String,
        /// What shows the refusal: a video, or the page with the officers' note.
        pages: Vec<EntityId>,
    },
}

/// Notes the party's answer on a paper of a dossier.
///
/// # Errors
/// `Invalid` for an empty name or reason, no page, or a mentor; `NotFound` for a paper or page that
/// is not in this dossier; `Sign`, `Storage`.
pub fn sign_paper(
    desk: &Desk<'_>,
    dossier: DossierId,
    paper: EntityId,
    answer: &PaperAnswer,
) -> Result<Hash> {
    let entity = EntityId::derived(dossier, &format!("paper/{paper}"));
    let entry = Entry::new("paper.sign/1", dossier, entity).set("paper", paper.raw().as_slice());
    let (entry, pages) = match answer {
        PaperAnswer::Signed { signer, pages } => {
            not_empty("signer", signer)?;
            (entry.set("outcome", "signed").set("signer", signer.as_str()), pages)
        }
        PaperAnswer::Refused { reason, pages } => {
            not_empty("reason", reason)?;
            (entry.set("outcome", "refused").set("reason", reason.as_str()), pages)
        }
    };
    if pages.is_empty() {
        return Err(Error::invalid(
            "pages",
            "请先拍下签字页（拒签时拍下注明情况的页或录像），再登记",
            "capture the signed page first, or what shows the refusal",
        ));
    }
    let values: Vec<Value> = pages.iter().map(|page| Value::from(page.raw().as_slice())).collect();
    desk.write(|page| {
        let read = page.read();
        no_mentor(read, desk, dossier)?;
        require_paper(read, dossier, paper)?;
        for evidence in pages {
            read_one::<Evidence>(read, dossier, *evidence)?;
        }
        page.put(entry.set("pages", values))
    })
}

/// The paper is an interview, a list of digests, or a printed document that is not void.
fn require_paper(source: &dyn Source, dossier: DossierId, paper: EntityId) -> Result<()> {
    let fields = source.fields(dossier, paper)?;
    if let Some(issued) = Issued::from_fields(paper, &fields) {
        return match issued.void {
            None => Ok(()),
            Some(_) => Err(Error::invalid(
                "paper",
                "这份文书已作废，请登记在有效的那一份上",
                "this document is void: note the signature on the one that stands",
            )),
        };
    }
    let is_paper = Interview::from_fields(paper, &fields).is_some()
        || HashList::from_fields(paper, &fields).is_some();
    if is_paper { Ok(()) } else { Err(Error::NotFound { noun: "paper", id: paper.to_string() }) }
}
