//! Keeps the database in order: makes the projection again, and checks everything that is held.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::blob::BlobKey;
use angen_ledger::certificate::Trust;
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use angen_ledger::id::DossierId;
use angen_ledger::op::Op;
use angen_ledger::run::check_run;
use angen_ledger::seal::SignedSeal;

use crate::error::Result;
use crate::store::{self, Store};

/// What was found when everything was checked again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FsckReport {
    /// Ops that were checked.
    pub ops: u64,
    /// Seals that were checked.
    pub seals: u64,
    /// Blobs that were decrypted and compared with their digests.
    pub blobs: u64,
    /// Ops whose past is missing: they wait, nothing is wrong with them.
    pub pending: u64,
    /// Files in the blob folder that no op names: harmless leftovers, or being written just now.
    pub stray_files: u64,
    /// Files that sweeps have set aside.
    pub set_aside_files: u64,
    /// What is wrong: the item, in Chinese, in English.
    pub problems: Vec<(String, &'static str, &'static str)>,
}

/// Throws the projection away and makes it again. Gives its digest before and after: they differ
/// only when something was wrong.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn rebuild(store: &Store) -> Result<(Hash, Hash)> {
    store.write(|tx| {
        let before = store::digest(tx)?;
        store::project_all(tx)?;
        Ok((before, store::digest(tx)?))
    })
}

/// Checks every certificate, op, seal and blob again, as a stranger would, and the log of a hub
/// from its first entry. Changes nothing.
///
/// # Errors
/// `Storage`, `Malformed`, `File`.
pub fn fsck(store: &Store) -> Result<FsckReport> {
    let mut report = FsckReport::default();
    if !store.read(store::is_whole)? {
        let name = "angen.db".to_owned();
        report.problems.push((name, "数据库文件已损坏", "the database file is damaged"));
        return Ok(report);
    }
    let (ops, listed) = store.read(|read| {
        let mut trust = Trust::default();
        for (_, certificate) in store::certificates(read)? {
            if trust.admit(&certificate).is_err() {
                let name = certificate.hash.to_string();
                report.problems.push((name, "证书不可信", "the certificate is not trusted"));
            }
        }
        let mut all = Vec::new();
        for dossier in store::dossiers(read)? {
            let held = store::ops_of_dossier(read, dossier)?;
            report.pending += held.iter().filter(|stored| stored.pending).count() as u64;
            let ops: BTreeMap<Hash, Op> =
                held.into_iter().map(|stored| (stored.op.hash, stored.op)).collect();
            for (_, seal) in store::seals_of(read, dossier)? {
                report.seals += 1;
                if !check_run(&run_of(&ops, &seal), &seal, &trust, None).is_empty() {
                    let name = format!("{} {}", seal.seal.writer, seal.seal.number);
                    report.problems.push((name, "印签与记录不符", "the seal does not hold"));
                }
            }
            report.ops += ops.len() as u64;
            all.extend(ops.into_values());
        }
        Ok((all, store::listed_blobs(read)?))
    })?;
    check_blobs(store, &ops, &listed, &mut report)?;
    let fault = store.read(|read| match store::newest_log(read)? {
        Some(log) => Ok(log.first_fault(read)?.map(|fault| format!("{} {fault:?}", log.origin))),
        None => Ok(None),
    })?;
    if let Some(place) = fault {
        let (zh, en) = ("平台日志与条目不符", "the log of the hub does not hold");
        report.problems.push((place, zh, en));
    }
    Ok(report)
}

/// The run that ends at a seal's head. Walked from there, because a fork has two ops at one place.
fn run_of(ops: &BTreeMap<Hash, Op>, seal: &SignedSeal) -> Vec<Op> {
    let mut run = Vec::new();
    let mut next = Some(seal.seal.head);
    while let Some(op) = next.and_then(|hash| ops.get(&hash)) {
        run.push(op.clone());
        next = op.header.prev.filter(|_| op.header.seq > seal.seal.first);
    }
    run.reverse();
    run
}

/// Compares every blob with its op, and the list of named blobs with the ops.
fn check_blobs(
    store: &Store,
    ops: &[Op],
    listed: &BTreeSet<(DossierId, BlobRef)>,
    report: &mut FsckReport,
) -> Result<()> {
    let mut named = BTreeSet::new();
    let erased = store.read(store::erased_blobs)?;
    for op in ops {
        for blob in &op.header.blobs {
            named.insert((op.header.dossier, *blob));
            if erased.contains(&blob.address) && !store.blobs().holds(blob.address) {
                continue;
            }
            if let Some((zh, en)) = check_blob(store, op, blob.address, report) {
                report.problems.push((blob.address.to_string(), zh, en));
            }
        }
    }
    if *listed != named {
        let (zh, en) = ("与记录不符，请重建", "does not follow from the ops: rebuild");
        report.problems.push(("named_blob".to_owned(), zh, en));
    }
    let named = named.into_iter().map(|(_, blob)| blob);
    let named: BTreeSet<BlobRef> = named.filter(|blob| !erased.contains(&blob.address)).collect();
    let leftovers = store.blobs().leftovers(&named)?.len();
    let foreign = store.blobs().foreign()?.len();
    report.stray_files = (leftovers + foreign) as u64;
    report.set_aside_files = store.blobs().strays()?.len() as u64;
    Ok(())
}

/// Decrypts a blob and compares it with what its op says. What is wrong with it, if anything is.
fn check_blob(
    store: &Store,
    op: &Op,
    address: Hash,
    report: &mut FsckReport,
) -> Option<(&'static str, &'static str)> {
    if !store.blobs().holds(address) {
        return Some(match store.blobs().is_set_aside(address) {
            true => ("附件被移到了 strays 文件夹，请清扫取回", "the blob was set aside: sweep"),
            false => ("附件文件不见了", "the blob's file is missing"),
        });
    }
    let key = BlobKey::from_slice(op.get("blob_key")?.as_bytes()?)?;
    report.blobs += 1;
    let opened = store.blobs().decrypt(address, &key, &mut std::io::sink());
    let recorded = op.get("sha256").and_then(|hash| Hash::from_slice(hash.as_bytes()?));
    let same = opened.is_ok_and(|digests| Some(digests.sha256) == recorded);
    (!same).then_some(("附件与记录不符", "the blob is not the recorded one"))
}
