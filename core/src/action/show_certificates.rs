//! Shows the certificate 亮证: each officer's own op, before the first record (行政处罚法 2021,
//! article 55: otherwise the party may refuse).

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::action::look::{not_empty, only};
use crate::desk::{Desk, Entry};
use crate::domain::Check;
use crate::error::Result;

/// Records that the officer at the desk showed the certificate. Doing it again for the same person
/// replaces the name, and both ops stay in the log.
///
/// # Errors
/// `Invalid` for an empty name; `NotFound` when the dossier is no check here; `Sign`, `Storage`.
pub fn show_certificates(
    desk: &Desk<'_>,
    dossier: DossierId,
    shown_to: &str,
    note: Option<&str>,
) -> Result<Hash> {
    not_empty("shown_to", shown_to)?;
    desk.write(|page| {
        let check: Check = only(page.read(), dossier)?;
        let name = format!("certificates/{}/{}", check.check, desk.writer());
        let entry = Entry::new("certificates.show/1", dossier, EntityId::derived(dossier, &name))
            .set("shown_to", shown_to)
            .set_some("note", note);
        page.put(entry)
    })
}
