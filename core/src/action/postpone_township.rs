//! Puts a township of a round off 延期, by name, with the reason and the new day.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::action::look::{day, not_empty};
use crate::action::open_round::list_of;
use crate::desk::{Desk, Entry};
use crate::error::{Error, Result};

/// What is put off.
#[derive(Debug, Clone)]
pub struct PostponeTownship {
    /// The dossier of the round.
    pub dossier: DossierId,
    /// Division code of the township.
    pub area: String,
    /// Why.
    pub reason: String,
    /// The new day, `2026-10-12`.
    pub to: String,
}

/// Puts a township off; the newest such word stands. It stays on the list all the same.
///
/// # Errors
/// `Invalid` for a township that is not on the frozen list, an empty reason, or a day that is
/// none; `NotFound` when there is no such round; `Sign`, `Storage`.
pub fn postpone_township(desk: &Desk<'_>, request: &PostponeTownship) -> Result<Hash> {
    not_empty("reason", &request.reason)?;
    day("to", &request.to)?;
    desk.write(|page| {
        let list = list_of(page.read(), request.dossier)?;
        if !list.iter().any(|township| township.area == request.area) {
            return Err(Error::invalid(
                "township",
                format!("{} 不在本轮名单里：名单在开轮时已经固定", request.area),
                format!("{} is not on the list, which was frozen at the opening", request.area),
            ));
        }
        let entity = EntityId::derived(request.dossier, &format!("postpone/{}", request.area));
        page.put(
            Entry::new("round.postpone/1", request.dossier, entity)
                .set("area", request.area.as_str())
                .set("reason", request.reason.as_str())
                .set("to_day", request.to.as_str()),
        )
    })
}
