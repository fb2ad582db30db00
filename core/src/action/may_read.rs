//! Whether a hub may give a dossier to the holder of a certificate.

use angen_ledger::certificate::Certificate;
use angen_ledger::id::{DossierId, EntityId};
use rusqlite::Connection;

use crate::action::release_teaching::is_released_to;
use crate::domain::Source;
use crate::error::Result;
use crate::procedure::ReadOnce;
use crate::store;

/// Whether the holder may read a dossier: her certificate covers every area that it claims, is not
/// limited to other dossiers, and it is no teaching dossier that keeps something back from her. Not
/// so for one that is not here.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn may_read(read: &Connection, holder: &Certificate, dossier: DossierId) -> Result<bool> {
    // Its openings say which areas it claims, and whether it is a teaching dossier.
    let once = ReadOnce::new(read);
    let areas = store::areas_by(&once, read, dossier)?;
    if areas.is_empty() {
        // One that is not here costs the statements of one that is not hers, or the time of the
        // answer would tell which of the two it is.
        store::fields_of(read, dossier, EntityId(dossier.0))?;
    }
    may_read_in(&once, &areas, holder, dossier)
}

/// The same by whatever source, given the areas that the dossier claims: none for one that is not
/// here.
///
/// # Errors
/// What the source returns.
pub fn may_read_in(
    source: &dyn Source,
    areas: &[String],
    holder: &Certificate,
    dossier: DossierId,
) -> Result<bool> {
    let covered = !areas.is_empty() && areas.iter().all(|area| holder.covers_area(area));
    Ok(covered && holder.is_given(dossier) && is_released_to(source, holder.writer, dossier)?)
}
