//! Gives assent 确认: a second officer stands by ops of others, by a writer of their own. A name
//! that someone else types never counts.

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::value::Value;

use crate::action::look::no_mentor;
use crate::action::to_assent::{Whose, to_assent};
use crate::desk::{Desk, Entry};
use crate::error::{Error, Result};
use crate::store;

/// Ops that one assent may name; a check has a few hundred.
pub const ASSENT_OPS_MAX: usize = 4_096;

/// Assents to ops of a dossier; to every op of others that is not assented to yet, if none is
/// named.
///
/// # Errors
/// `Invalid` when there is nothing to assent to, an op is the officer's own or of another
/// dossier, or a mentor is at the desk; `NotFound`; `Sign`, `Storage`.
pub fn give_assent(desk: &Desk<'_>, dossier: DossierId, ops: &[Hash]) -> Result<(Hash, usize)> {
    desk.write(|page| {
        no_mentor(page.read(), desk, dossier)?;
        let held = store::ops_of_dossier(page.read(), dossier)?;
        let named: Vec<Hash> = if ops.is_empty() {
            let open = to_assent(page.read(), dossier, Whose::Of(desk.writer()))?;
            open.iter().map(|op| op.hash).collect()
        } else {
            ops.to_vec()
        };
        if named.is_empty() || named.len() > ASSENT_OPS_MAX {
            return Err(nothing_to_assent());
        }
        for hash in &named {
            let Some(stored) = held.iter().find(|stored| stored.op.hash == *hash) else {
                return Err(Error::NotFound { noun: "op", id: hash.to_string() });
            };
            if stored.op.header.writer == desk.writer() {
                return Err(Error::invalid(
                    "ops",
                    "自己的记录不能由自己确认，请换第二名执法人员",
                    "one's own record cannot be assented to: the second officer must do it",
                ));
            }
        }
        let values = named.iter().map(|hash| Value::from(hash.as_bytes().as_slice()));
        let entity = page.new_entity();
        let entry =
            Entry::new("assent.give/1", dossier, entity).set("ops", values.collect::<Vec<_>>());
        Ok((page.put(entry)?, named.len()))
    })
}

/// Why nothing can be assented to.
pub(crate) fn nothing_to_assent() -> Error {
    Error::invalid(
        "ops",
        format!("没有可确认的记录（或超过 {ASSENT_OPS_MAX} 条）"),
        format!("there is nothing to assent to, or more than {ASSENT_OPS_MAX} ops"),
    )
}
