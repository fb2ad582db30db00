//! Notes that a copy of a paper was checked with its original 核对无误, and whose stamp it bears
//! (最高法 行政诉讼证据规定, article 10).

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::action::look::not_empty;
use crate::desk::{Desk, Entry};
use crate::domain::{Evidence, read_one};
use crate::error::Result;

/// Notes it. `keeper` is who keeps the original, `stamped` whether the copy bears the stamp.
///
/// # Errors
/// `Invalid` for an empty keeper; `NotFound`; `Sign`, `Storage`.
pub fn check_copy(
    desk: &Desk<'_>,
    dossier: DossierId,
    evidence: EntityId,
    keeper: &str,
    stamped: bool,
) -> Result<Hash> {
    not_empty("keeper", keeper)?;
    desk.write(|page| {
        read_one::<Evidence>(page.read(), dossier, evidence)?;
        page.put(
            Entry::new("evidence.check_copy/1", dossier, evidence)
                .set("keeper", keeper)
                .set("stamped", stamped),
        )
    })
}
