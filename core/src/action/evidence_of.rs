//! The evidence 证据 of a dossier, the newest first, page by page.

use std::collections::BTreeSet;

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::action::establish::established;
use crate::action::look::{Names, require_dossier};
use crate::action::paged::Paged;
use crate::domain::{Evidence, EvidenceKind, Noun as _, Place, Purpose, SourceClass};
use crate::error::Result;
use crate::store::{self, Store};

/// A piece of evidence as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    /// The entity.
    pub evidence: EntityId,
    /// The op that captured it.
    pub op: Hash,
    /// The finding, training, record or answer that it is about.
    pub about: Option<EntityId>,
    /// What one sees or hears.
    pub caption: String,
    /// The file's name when it was captured.
    pub file_name: String,
    /// Media type (RFC 6838), such as `image/jpeg`.
    pub mime: String,
    /// Bytes of the original.
    pub length: i64,
    /// SHA-256 of the original.
    pub sha256: Hash,
    /// Which kind of evidence it is.
    pub kind: Option<EvidenceKind>,
    /// Where the file comes from.
    pub source: Option<SourceClass>,
    /// What it is in the procedure, if it was captured as one of its papers.
    pub purpose: Option<Purpose>,
    /// How it was made 制作方法.
    pub method: Option<String>,
    /// What it is to prove 证明对象.
    pub proves: Option<String>,
    /// Where the device was.
    pub place: Option<Place>,
    /// Name of who captured it; none where the roster does not have them.
    pub captured_by: Option<String>,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub captured_ms: i64,
    /// When the camera says that it was taken, in milliseconds since 1970 UTC.
    pub camera_time_ms: Option<i64>,
    /// The evidence that it was made from.
    pub derived_from: Option<EntityId>,
    /// How many ops captured the same original before.
    pub same_original: u32,
    /// Whether it was retracted: it stays visible, and does not count.
    pub is_retracted: bool,
    /// Whether the file is on this device.
    pub is_here: bool,
    /// Whether a hub has given a receipt 回执 for the file.
    pub is_receipted: bool,
}

/// A page of a dossier's evidence, or of what is about one thing in it. `before` is the `next` of
/// the page before.
///
/// # Errors
/// `NotFound` for a dossier that is not here; `Paused`, `Storage`.
pub fn evidence_of(
    store: &Store,
    dossier: DossierId,
    about: Option<EntityId>,
    before: Option<u32>,
) -> Result<Paged<EvidenceRow>> {
    let place = established(store)?;
    store.read(|read| {
        require_dossier(read, dossier)?;
        let names = Names::read(read, place.roster)?;
        let unreceipted = store::unreceipted(read, dossier, None)?.blobs;
        let unreceipted: BTreeSet<Hash> = unreceipted.iter().map(|blob| blob.address).collect();
        let all = store::entities(read, dossier, Evidence::NOUN)?;
        Paged::newest(all.len(), before, |at| {
            let held = Evidence::from_fields(all[at], &store::fields_of(read, dossier, all[at])?);
            let held = held.filter(|held| about.is_none() || held.about == about);
            Ok(held.map(|held| EvidenceRow {
                captured_by: names.of(held.writer),
                is_here: store.blobs().holds(held.address),
                is_receipted: !unreceipted.contains(&held.address),
                ..EvidenceRow::from(held)
            }))
        })
    })
}

impl From<Evidence> for EvidenceRow {
    fn from(held: Evidence) -> Self {
        Self {
            evidence: held.evidence,
            op: held.op,
            about: held.about,
            caption: held.caption,
            file_name: held.file_name,
            mime: held.mime,
            length: held.length,
            sha256: held.sha256,
            kind: held.kind,
            source: held.source,
            purpose: held.purpose,
            method: held.method,
            proves: held.proves,
            place: held.place,
            captured_by: None,
            captured_ms: held.wall_ms,
            camera_time_ms: held.camera_time_ms,
            derived_from: held.derived_from,
            same_original: u32::try_from(held.same_original.len()).unwrap_or(u32::MAX),
            is_retracted: held.retracted,
            is_here: false,
            is_receipted: false,
        }
    }
}
