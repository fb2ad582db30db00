//! Adopts ops of a revoked writer 采认: they count again, for a reason, by an administrator.

use angen_ledger::hash::Hash;
use angen_ledger::header::Header;
use angen_ledger::id::{DossierId, WriterId};

use crate::action::establish::established;
use crate::action::look::not_empty;
use crate::action::revoke_writer::check_may;
use crate::desk::{Desk, Entry};
use crate::error::{Error, Result};
use crate::store;

/// Which ops are adopted.
#[derive(Debug, Clone)]
pub struct AdoptOps {
    /// Whose.
    pub writer: WriterId,
    /// In which dossier.
    pub dossier: DossierId,
    /// Number of the first; of the first that does not count, if none is given.
    pub first: Option<u64>,
    /// Number of the last; of the last one here, if none is given.
    pub last: Option<u64>,
    /// The last op itself, where the chain is forked.
    pub head: Option<Hash>,
    /// Why they are believed: the writer was asked, the photo agrees with another's.
    pub reason: String,
}

/// Adopts ops. The desk is an administrator's who could revoke the writer.
///
/// # Errors
/// `Invalid` without a reason, for who may not, for a range in which nothing is set aside, or a
/// fork of which no end is named; `NotFound`; `Sign`, `Storage`.
pub fn adopt_ops(desk: &Desk<'_>, request: &AdoptOps) -> Result<Hash> {
    not_empty("reason", &request.reason)?;
    let place = established(desk.store())?;
    desk.write(|page| {
        check_may(page, desk.writer(), request.writer)?;
        let held = store::quarantined(page.read())?;
        let is_asked = |header: &Header| {
            (header.writer, header.dossier) == (request.writer, request.dossier)
                && request.first.is_none_or(|first| first <= header.seq)
                && request.last.is_none_or(|last| header.seq <= last)
        };
        let asked: Vec<_> = held.iter().filter(|held| is_asked(&held.op.header)).collect();
        let first = request.first.or(asked.iter().map(|held| held.op.header.seq).min());
        let last = asked.iter().map(|held| held.op.header.seq).max();
        let (Some(first), Some(last)) = (first, last) else {
            return Err(Error::invalid(
                "range",
                "这个范围内没有被隔离的记录，请核对隔离清单",
                "nothing in this range is set aside: look at what is quarantined",
            ));
        };
        let ends = asked.iter().filter(|held| held.op.header.seq == last).map(|held| held.op.hash);
        let ends: Vec<Hash> =
            ends.filter(|end| request.head.is_none_or(|head| head == *end)).collect();
        let [head] = ends[..] else {
            return Err(Error::invalid(
                "head",
                "这条链有分叉（或没有所给的记录），请用 --head 写明最后一条是哪一条",
                "the chain is forked, or has no such op: name the last one with --head",
            ));
        };
        let adoption = page.new_entity();
        page.put(
            Entry::new("ops.adopt/1", place.roster, adoption)
                .set("writer", request.writer.raw().as_slice())
                .set("dossier", request.dossier.raw().as_slice())
                .set("first", first.cast_signed())
                .set("last", last.cast_signed())
                .set("head", head.as_bytes().as_slice())
                .set("reason", request.reason.as_str()),
        )
    })
}
