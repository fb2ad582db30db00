//! Addenda 补记: what was written on a check after its record was signed. It is shown as such, and
//! never becomes part of what the party signed.

use std::collections::HashSet;

use angen_ledger::hash::Hash;
use angen_ledger::heads::Head;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use crate::domain::{
    Evidence, Fields, Finding, Measure, Noun, Purpose, Recheck, RecordSigned, Source, read_all,
};
use crate::error::Result;

/// What was written after the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addendum {
    /// `answer`, `finding`, `evidence` or `note`.
    pub noun: &'static str,
    /// What it is about.
    pub entity: EntityId,
    /// The op.
    pub op: Hash,
    /// The item, the finding's title, the caption or the note.
    pub title: String,
    /// Who wrote it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// Of each noun of the record: the field that names an entity, and those that hold its content.
/// How a finding was handed over is no content of the record.
const CONTENT: &[(&str, &str, &[&str])] = &[
    ("answer", "item", &["value"]),
    (
        Finding::NOUN,
        "title",
        &[
            "title",
            "legal_basis",
            "authority",
            "penalty",
            "major_hazard",
            "consequence",
            "elements",
            "retracted",
        ],
    ),
    (Evidence::NOUN, "caption", &["blob", "keeper", "retracted"]),
    ("note", "text", &["text"]),
];

/// Pages that show a signature or refusal: they are the record, or a paper of their own.
const PAGES: &[Purpose] = &[Purpose::SignedPage, Purpose::HashList, Purpose::RefusalNote];

/// The addenda of a check, in the order of claimed time; none while its record is not closed.
///
/// A record that names the ops it covers is taken at its word; one of an earlier build covers
/// what claims an earlier time.
///
/// # Errors
/// What the source returns.
pub fn addenda(source: &dyn Source, dossier: DossierId) -> Result<Vec<Addendum>> {
    let Some(closed) = Closed::read(source, dossier)? else { return Ok(Vec::new()) };
    let elsewhere = shown_elsewhere(source, dossier)?;
    let mut addenda = Vec::new();
    for (noun, name, content) in CONTENT {
        for entity in source.entities(dossier, noun)? {
            let fields = source.fields(dossier, entity)?;
            if *noun == Evidence::NOUN && (elsewhere.contains(&entity) || is_page(&fields)) {
                continue;
            }
            let heads = content.iter().flat_map(|field| fields.heads(field));
            let after = heads.filter(|head| !closed.covers(head));
            let last = after.max_by_key(|head| (head.wall_ms, head.op));
            addenda.extend(last.map(|head| Addendum {
                noun,
                entity,
                op: head.op,
                title: fields.text(name).unwrap_or_default().to_owned(),
                writer: head.writer,
                wall_ms: head.wall_ms,
            }));
        }
    }
    addenda.sort_by_key(|addendum| (addendum.wall_ms, addendum.op));
    Ok(addenda)
}

/// The newest record that was closed: what the party saw last.
struct Closed {
    covered: Option<HashSet<Hash>>,
    wall_ms: i64,
}

impl Closed {
    fn read(source: &dyn Source, dossier: DossierId) -> Result<Option<Self>> {
        let mut newest: Option<Self> = None;
        for entity in source.entities(dossier, RecordSigned::NOUN)? {
            let fields = source.fields(dossier, entity)?;
            let Some(signed) = RecordSigned::from_fields(entity, &fields) else { continue };
            let at = fields.heads("outcome").iter().map(|head| head.wall_ms).max();
            let covered = signed.covers.map(|ops| ops.into_iter().collect());
            let closed = Self { covered, wall_ms: at.unwrap_or_default() };
            if newest.as_ref().is_none_or(|known| known.wall_ms < closed.wall_ms) {
                newest = Some(closed);
            }
        }
        Ok(newest)
    }

    fn covers(&self, head: &Head) -> bool {
        match &self.covered {
            Some(covered) => covered.contains(&head.op),
            None => head.wall_ms <= self.wall_ms,
        }
    }
}

fn is_page(fields: &Fields) -> bool {
    let purpose = fields.text("purpose").and_then(Purpose::from_word);
    purpose.is_some_and(|purpose| PAGES.contains(&purpose))
}

/// Evidence that belongs to a paper of its own: what shows a signature, a measure, a re-check, a
/// hand-over or an approval.
fn shown_elsewhere(source: &dyn Source, dossier: DossierId) -> Result<HashSet<EntityId>> {
    let mut shown = HashSet::new();
    let signed: Vec<RecordSigned> = read_all(source, dossier)?;
    shown.extend(signed.iter().filter_map(|signed| signed.evidence));
    for measure in read_all::<Measure>(source, dossier)? {
        shown.extend(measure.lifted.iter().flat_map(|lifted| lifted.shown_by.clone()));
    }
    let rechecks: Vec<Recheck> = read_all(source, dossier)?;
    shown.extend(rechecks.iter().flat_map(|r| &r.items).flat_map(|item| item.shown_by.clone()));
    let findings: Vec<Finding> = read_all(source, dossier)?;
    shown.extend(findings.iter().filter_map(|finding| finding.transfer.as_ref()?.letter));
    let papers: Vec<crate::domain::PaperSigned> = read_all(source, dossier)?;
    shown.extend(papers.iter().flat_map(|paper| paper.pages.clone()));
    let preserved: Vec<crate::domain::Preservation> = read_all(source, dossier)?;
    shown.extend(preserved.iter().filter_map(|known| Some(known.approval.as_ref()?.evidence)));
    Ok(shown)
}
