//! Revokes a writer 吊销: what it wrote behind a cut is kept and does not count, until it is adopted.

use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::limits::CUT_MAX;
use angen_ledger::revocation::{CutPoint, cut_value, may_revoke};

use crate::action::establish::{Established, established};
use crate::action::look::not_empty;
use crate::desk::{Desk, Entry, Page};
use crate::error::{Error, Result};
use crate::store;

/// Who is revoked, and from where on.
#[derive(Debug, Clone)]
pub struct RevokeWriter {
    /// The writer.
    pub writer: WriterId,
    /// Why: the phone is lost, the person has left.
    pub reason: String,
    /// Chains whose last op that counts is another than the last one here: its number, or none
    /// when nothing of the chain counts.
    pub cut: Vec<(DossierId, Option<u64>)>,
}

/// Revokes a writer. The desk is an administrator's whose scope covers the writer's. What this
/// device holds of the writer now counts, unless the cut says otherwise; what it does not hold yet
/// is set aside when it comes.
///
/// # Errors
/// `Invalid` without a reason, for oneself, for who may not, or for a number that stands for no
/// one op here; `NotFound` for a writer without a certificate here; `Sign`, `Storage`.
pub fn revoke_writer(desk: &Desk<'_>, request: &RevokeWriter) -> Result<Hash> {
    let place = established(desk.store())?;
    desk.write(|page| revoke_on(page, &place, desk.writer(), request))
}

/// As [`revoke_writer`], on a page.
pub(crate) fn revoke_on(
    page: &mut Page<'_, '_>,
    place: &Established,
    author: WriterId,
    request: &RevokeWriter,
) -> Result<Hash> {
    not_empty("reason", &request.reason)?;
    check_may(page, author, request.writer)?;
    let mut cut = store::heads_of_writer(page.read(), request.writer)?;
    for (dossier, last) in &request.cut {
        cut.retain(|point| point.dossier != *dossier);
        if let Some(seq) = last {
            cut.push(point_at(page, *dossier, request.writer, *seq)?);
        }
    }
    cut.sort_unstable();
    if cut.len() > CUT_MAX {
        return Err(Error::invalid(
            "cut",
            format!("此人写过的卷宗超过 {CUT_MAX} 个，一次吊销写不下"),
            format!("the writer has more than {CUT_MAX} chains, too many for one revocation"),
        ));
    }
    let revocation = page.new_entity();
    page.put(
        Entry::new("writer.revoke/1", place.roster, revocation)
            .set("writer", request.writer.raw().as_slice())
            .set("reason", request.reason.as_str())
            .set("cut", cut_value(&cut)),
    )
}

/// Refuses who may not speak of a writer's ops.
pub(crate) fn check_may(page: &Page<'_, '_>, author: WriterId, writer: WriterId) -> Result<()> {
    if author == writer {
        return Err(Error::invalid(
            "writer",
            "不能处理自己的签名身份，请由另一名管理员办理",
            "nobody does this of oneself: another administrator must",
        ));
    }
    let held = store::certificates(page.read())?;
    let known: Vec<&SignedCertificate> = held.iter().map(|(_, signed)| signed).collect();
    if !known.iter().any(|signed| signed.certificate.writer == writer) {
        return Err(Error::NotFound { noun: "writer", id: writer.to_string() });
    }
    if may_revoke(author, writer, &known) {
        return Ok(());
    }
    Err(Error::invalid(
        "writer",
        "只有管理范围包含此人的管理员才能办理",
        "only an administrator whose scope covers the writer's may do this",
    ))
}

/// The one op of a chain with a number.
fn point_at(
    page: &Page<'_, '_>,
    dossier: DossierId,
    writer: WriterId,
    seq: u64,
) -> Result<CutPoint> {
    match store::ops_at(page.read(), dossier, writer, seq)?[..] {
        [op] => Ok(CutPoint { dossier, seq, op }),
        [] => Err(Error::invalid(
            "cut",
            format!("此人在卷宗 {dossier} 中没有第 {seq} 条记录"),
            format!("the writer has no op {seq} in dossier {dossier} here"),
        )),
        _ => Err(Error::invalid(
            "cut",
            format!("此人在卷宗 {dossier} 中第 {seq} 条有两个分叉，请取分叉之前的一条"),
            format!("the chain in dossier {dossier} is forked at {seq}: cut it before the fork"),
        )),
    }
}
