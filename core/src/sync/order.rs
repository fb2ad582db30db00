//! What goes first: the township's standing dossiers, then those that are here, then the others;
//! small and new media before large ones.

use angen_ledger::header::BlobRef;
use angen_ledger::id::DossierId;

use crate::error::Result;
use crate::store::{self, Store};
use crate::sync::wire::Changed;

/// Bytes from which a blob counts as a video, whatever it is: it would hold up the photos.
const LARGE_BLOB_BYTES: u64 = 16 << 20;

/// The settings in which a database names the standing dossiers of its township.
const STANDING: [&str; 3] = ["roster", "library", "register"];

/// Changed dossiers by what they are to this device.
pub(super) struct Order {
    /// Roster, checklists and register.
    pub(super) standing: Vec<Changed>,
    /// Those of which something is here.
    here: Vec<Changed>,
    /// Those that are new.
    others: Vec<Changed>,
}

impl Order {
    /// Whether there is one of which nothing is here.
    pub(super) fn has_others(&self) -> bool {
        !self.others.is_empty()
    }

    /// All of them.
    pub(super) fn all(self) -> Vec<Changed> {
        [self.standing, self.here, self.others].concat()
    }
}

/// Puts changed dossiers in order. The standing ones are in the order roster, library, register.
pub(super) fn own_dossiers_first(store: &Store, changed: Vec<Changed>) -> Result<Order> {
    let (standing, newest) = store.read(|read| {
        let mut standing: Vec<DossierId> = Vec::new();
        for name in STANDING {
            let kept = store::get_setting(read, name)?;
            standing.extend(kept.and_then(|text| text.parse::<DossierId>().ok()));
        }
        Ok((standing, store::newest_places(read)?))
    })?;
    let place = |one: &Changed| standing.iter().position(|dossier| *dossier == one.dossier);
    let (mut first, rest): (Vec<_>, Vec<_>) =
        changed.into_iter().partition(|one| place(one).is_some());
    first.sort_by_key(place);
    let (mut here, others): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|one| newest.contains_key(&one.dossier));
    here.sort_by_key(|one| std::cmp::Reverse(newest.get(&one.dossier).copied()));
    Ok(Order { standing: first, here, others })
}

/// Puts blobs in order: those of the dossiers in front first, large ones behind all others.
pub(super) fn small_and_new_first(blobs: &mut [(DossierId, BlobRef)]) {
    blobs.sort_by_key(|(_, blob)| {
        let is_large = blob.length >= LARGE_BLOB_BYTES;
        (is_large, if is_large { blob.length } else { 0 })
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use angen_ledger::hash::Hash;

    #[test]
    fn a_video_of_the_newest_dossier_waits_for_the_photos_of_an_older_one() {
        let blob = |byte, length| BlobRef { address: Hash([byte; 32]), length };
        let (new, old) = (DossierId([2; 16]), DossierId([1; 16]));
        let mut blobs = vec![
            (new, blob(1, 900 << 20)),
            (new, blob(2, 12 << 20)),
            (new, blob(3, 40 << 20)),
            (old, blob(4, 1 << 20)),
        ];
        small_and_new_first(&mut blobs);
        let order: Vec<u8> = blobs.iter().map(|(_, blob)| blob.address.0[0]).collect();
        assert_eq!(order, [2, 4, 3, 1]);
    }
}
