//! Finds what does not fit together 核对提示 in checks and cases: defects that a reviewer would see.

use angen_ledger::id::DossierId;

use crate::domain::{Evidence, read_all};
use crate::error::Result;
use crate::procedure::{self, Defect, MediaLook};
use crate::store::{self, Store};

/// Finds the defects of one dossier, or of all, as of a moment in milliseconds since 1970 UTC.
/// With `media`, every file that is here is read and compared with its op as well.
///
/// # Errors
/// `Paused`, `Storage`, `File`.
pub fn defects(
    store: &Store,
    dossier: Option<DossierId>,
    media: bool,
    as_of_ms: i64,
) -> Result<Vec<Defect>> {
    let look = if media { look_at_media(store, dossier)? } else { MediaLook::default() };
    store.read(|connection| procedure::defects(connection, dossier, &look, as_of_ms))
}

/// A file that a phone has let go of is not altered: only what is here can be compared.
fn look_at_media(store: &Store, dossier: Option<DossierId>) -> Result<MediaLook> {
    let addresses = store.read(|connection| {
        let mut addresses = Vec::new();
        for id in store::dossiers(connection)? {
            if dossier.is_none_or(|wanted| wanted == id) {
                let evidence: Vec<Evidence> = read_all(connection, id)?;
                addresses.extend(evidence.iter().map(|held| held.address));
            }
        }
        Ok(addresses)
    })?;
    let mut look = MediaLook::default();
    for address in addresses {
        if store.blobs().holds(address) && !store.blobs().is_intact(address)? {
            look.altered.insert(address);
        }
    }
    Ok(look)
}
