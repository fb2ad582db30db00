//! Keeps a dossier: its retention class 保管期限, and legal holds 保全 that stop every erasure.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::action::close_dossier::opened;
use crate::action::look::not_empty;
use crate::desk::{Desk, Entry};
use crate::domain::{Hold, RETENTION_CLASSES, read_one};
use crate::error::{Error, Result};

/// Sets the retention class of a dossier. The longest counts when two people set two.
///
/// # Errors
/// `Invalid` for a class that is none, or an empty basis; `NotFound`, `Sign`, `Storage`.
pub fn set_retention(
    desk: &Desk<'_>,
    dossier: DossierId,
    class: &str,
    basis: &str,
) -> Result<Hash> {
    if !RETENTION_CLASSES.contains(&class) {
        let known = RETENTION_CLASSES.join("、");
        return Err(Error::invalid(
            "class",
            format!("没有“{class}”这个保管期限，可用：{known}"),
            format!("there is no class {class}: use {}", RETENTION_CLASSES.join(", ")),
        ));
    }
    not_empty("basis", basis)?;
    desk.write(|page| {
        opened(page.read(), dossier)?;
        let entity = EntityId::derived(dossier, "retention");
        let entry = Entry::new("retention.set/1", dossier, entity);
        page.put(entry.set("class", class).set("basis", basis))
    })
}

/// Places a legal hold on a dossier. Anybody who writes here may: a hold loses nothing.
///
/// # Errors
/// `Invalid` for an empty reason; `NotFound`, `Sign`, `Storage`.
pub fn place_hold(
    desk: &Desk<'_>,
    dossier: DossierId,
    reason: &str,
    ordered_by: Option<&str>,
) -> Result<EntityId> {
    not_empty("reason", reason)?;
    desk.write(|page| {
        opened(page.read(), dossier)?;
        let hold = page.new_entity();
        page.put(
            Entry::new("hold.place/1", dossier, hold)
                .set("reason", reason)
                .set_some("ordered_by", ordered_by),
        )?;
        Ok(hold)
    })
}

/// Lifts a hold.
///
/// # Errors
/// `Invalid` for an empty reason, or one that is lifted already; `NotFound`, `Sign`, `Storage`.
pub fn lift_hold(
    desk: &Desk<'_>,
    dossier: DossierId,
    hold: EntityId,
    reason: &str,
) -> Result<Hash> {
    not_empty("reason", reason)?;
    desk.write(|page| {
        let held: Hold = read_one(page.read(), dossier, hold)?;
        if held.lifted {
            return Err(Error::invalid("hold", "已经解除", "it is lifted already"));
        }
        page.put(
            Entry::new("hold.lift/1", dossier, hold).set("lifted", true).set("lift_reason", reason),
        )
    })
}
