//! Detectors: what does not fit together in checks and cases, found by comparing their ops.
//!
//! A defect warns and blocks nothing: whoever reviews a file, in the agency or in court, looks at
//! the same places. Each says which ops it rests on. The list is that of reviewers of files
//! (案卷评查) and of what officers are tempted to do when visits are counted.

mod articles;
mod facts;
mod habits;
mod kept;
mod papers;
mod presence;
mod words;

use std::collections::BTreeSet;

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::verify::Lang;

use crate::domain::Source;
use crate::error::Result;
use facts::Facts;

pub use words::DefectCode;

/// One thing that does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defect {
    /// Which.
    pub code: DefectCode,
    /// The dossier in which it lies; of two that do not fit together, each has it.
    pub dossier: DossierId,
    /// The finding, interview or evidence; none for the dossier as a whole.
    pub subject: Option<EntityId>,
    /// What people call the dossier.
    pub title: String,
    /// People, numbers or files.
    pub names: Vec<String>,
    /// The ops that it rests on, ascending.
    pub ops: Vec<Hash>,
}

impl Defect {
    /// The sentence.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        self.code.say(&self.names, lang)
    }
}

/// What the caller knows of the files themselves, which this pure code cannot open.
#[derive(Debug, Clone, Default)]
pub struct MediaLook {
    /// Addresses of blobs that are here and are not what their op says.
    pub altered: BTreeSet<Hash>,
}

/// Finds the defects of one dossier, or of all. Equal ops give equal defects, in a fixed order.
///
/// # Errors
/// What the source returns.
pub fn defects(
    source: &dyn Source,
    dossier: Option<DossierId>,
    media: &MediaLook,
    as_of_ms: i64,
) -> Result<Vec<Defect>> {
    let facts = Facts::read(source)?;
    let mut found = Vec::new();
    presence::find(&facts, as_of_ms, &mut found);
    papers::find(&facts, media, &mut found);
    habits::find(&facts, &mut found);
    kept::find(&facts, as_of_ms, &mut found);
    found.retain(|defect: &Defect| dossier.is_none_or(|wanted| wanted == defect.dossier));
    for defect in &mut found {
        defect.ops.sort_unstable();
        defect.ops.dedup();
    }
    found.sort_by(|one, other| {
        let key = |d: &Defect| (d.dossier, d.code, d.subject);
        (key(one), &one.names, &one.ops).cmp(&(key(other), &other.names, &other.ops))
    });
    found.dedup();
    Ok(found)
}
