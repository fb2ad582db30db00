//! Closes a dossier 结案 and archives it 归档. Nothing is locked: what is written later is an
//! addendum, seen as such because the closing names the heads that it closed over.

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::value::Value;

use crate::action::look::not_empty;
use crate::desk::{Desk, Entry};
use crate::domain::{Dossier, parse_day, read_one};
use crate::error::{Error, Result};
use crate::store;

/// Closes a dossier.
///
/// # Errors
/// `Invalid` for a day that is none, an empty reason, a dossier that goes on for ever, or one that
/// is closed already; `NotFound`; `Sign`, `Storage`.
pub fn close_dossier(desk: &Desk<'_>, dossier: DossierId, on: &str, reason: &str) -> Result<Hash> {
    check_day("closed_on", on)?;
    not_empty("reason", reason)?;
    desk.write(|page| {
        let held = opened(page.read(), dossier)?;
        if held.is_standing() {
            return Err(Error::invalid(
                "dossier",
                "名册、台账、检查表库和流转登记簿长期使用，不结案",
                "rosters, registers, libraries and custody books go on: they are never closed",
            ));
        }
        if held.closed_on.is_some() {
            return Err(Error::invalid("dossier", "已经结案", "it is closed already"));
        }
        let heads = store::heads_of(page.read(), dossier)?.into_iter();
        let heads = heads.map(|head| Value::from(head.op.as_bytes().as_slice()));
        page.put(
            Entry::new("dossier.close/1", dossier, dossier.into())
                .set("closed_on", on)
                .set("reason", reason)
                .set("heads", heads.collect::<Vec<_>>()),
        )
    })
}

/// Archives a closed dossier.
///
/// # Errors
/// `Invalid` for a day that is none, or a dossier that is not closed or is archived already;
/// `NotFound`; `Sign`, `Storage`.
pub fn archive_dossier(
    desk: &Desk<'_>,
    dossier: DossierId,
    on: &str,
    archive_no: Option<&str>,
) -> Result<Hash> {
    check_day("archived_on", on)?;
    desk.write(|page| {
        let held = opened(page.read(), dossier)?;
        if held.closed_on.is_none() || held.archived_on.is_some() {
            return Err(Error::invalid(
                "dossier",
                "只有已结案、未归档的卷宗才能归档",
                "only a dossier that is closed and not archived yet can be archived",
            ));
        }
        page.put(
            Entry::new("dossier.archive/1", dossier, dossier.into())
                .set("archived_on", on)
                .set_some("archive_no", archive_no),
        )
    })
}

/// The dossier as its opening says.
pub(crate) fn opened(source: &dyn crate::domain::Source, dossier: DossierId) -> Result<Dossier> {
    read_one(source, dossier, dossier.into())
}

fn check_day(field: &'static str, day: &str) -> Result<()> {
    if parse_day(day).is_some() {
        return Ok(());
    }
    Err(Error::invalid(
        field,
        format!("“{day}”不是日期，应为 2028-06-30 这样的半角数字"),
        format!("\"{day}\" is no day: write it like 2028-06-30"),
    ))
}
