//! Closes a round 本轮结束: from then on it is told as it stood; who was not visited stays named.

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;

use crate::action::look;
use crate::action::open_round::list_of;
use crate::desk::{Desk, Entry};
use crate::error::Result;
use crate::procedure::round_entity;

/// Closes a round. It is never refused because townships are open: the board names them.
///
/// # Errors
/// `Invalid` for a day that is none; `NotFound` when there is no such round; `Sign`, `Storage`.
pub fn close_round(
    desk: &Desk<'_>,
    dossier: DossierId,
    day: &str,
    remark: Option<&str>,
) -> Result<Hash> {
    look::day("day", day)?;
    desk.write(|page| {
        list_of(page.read(), dossier)?;
        page.put(
            Entry::new("round.close/1", dossier, round_entity(dossier))
                .set("closed_on", day)
                .set_some("remark", remark),
        )
    })
}
