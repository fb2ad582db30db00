//! Returns receipts: a hub writes a bundle with what its log has of its readers' dossiers, so that
//! a phone that never meets a network learns what has arrived.
//!
//! The package has the run that opens each dossier, the receipts, the newest checkpoint, and the
//! proofs that it grew from those that a phone may have.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufWriter, Write};
use std::path::Path;

use angen_ledger::bundle::seal;
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::limits::{DOSSIERS_MAX, SEAL_OPS_MAX};
use angen_ledger::op::Op;
use angen_ledger::package::{Mode, PackageError, PackageWriter, Start};
use rusqlite::Connection;

use crate::action::export_bundle::{bundle_error, recipient};
use crate::action::export_package::{begin, part_of, settle, synced};
use crate::action::may_read::may_read;
use crate::action::package_contents::chain_of;
use crate::error::{Error, Result};
use crate::ports::Disk;
use crate::store::{self, LogPen, SealedRun, Store};

/// Receipts that are looked up at a time.
const RECEIPTS_AT_ONCE: usize = 512;

/// Earlier heads of the log that a proof goes along for, beside those that phones brought.
const HEADS_MAX: usize = 512;

/// What is returned, and to whom.
pub struct ReturnReceipts<'r> {
    /// The store of the hub.
    pub store: &'r Store,
    /// The disk.
    pub disk: &'r dyn Disk,
    /// The log.
    pub pen: &'r LogPen<'r>,
    /// The hub's own certificate.
    pub hub: Hash,
    /// The readers: each opens the same file.
    pub readers: Vec<SignedCertificate>,
    /// Dossiers; none for all that every one of the readers may see.
    pub dossiers: Vec<DossierId>,
    /// The program, for the reader's information.
    pub software: String,
}

/// What was returned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returned {
    /// Dossiers.
    pub dossiers: u64,
    /// Dossiers that some of the readers may see, and not all: left out.
    pub kept_back: Vec<DossierId>,
    /// Receipts.
    pub receipts: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// Writes the bundle. The file appears whole or not at all.
///
/// # Errors
/// `NotFound` for a dossier that one of the readers may not see; `Invalid` without a reader, or
/// when there is nothing to return; `File`, `Sign`, `Storage`.
pub fn return_receipts(request: &ReturnReceipts<'_>, file: &Path) -> Result<Returned> {
    if request.readers.is_empty() {
        return Err(Error::invalid(
            "reader",
            "没有收件人：请指明，或先让他们的证书到平台",
            "there is no reader: name one, or let the certificates reach the hub first",
        ));
    }
    let temporary = &part_of(file);
    let out = begin(request.disk, temporary)?;
    let made = write(request, BufWriter::new(out), temporary)
        .and_then(|made| settle(request.disk, temporary, file).map(|()| made));
    if made.is_err() {
        let _ = std::fs::remove_file(temporary);
    }
    made
}

fn write(
    request: &ReturnReceipts<'_>,
    out: BufWriter<std::fs::File>,
    file: &Path,
) -> Result<Returned> {
    let say = |why| bundle_error(file, &why);
    let readers: Vec<_> = request.readers.iter().map(recipient).collect();
    let random = || {
        let mut bytes = [0; 32];
        request.pen.chance.fill(&mut bytes);
        bytes
    };
    let out = seal(out, &readers, random).map_err(say)?;
    let (out, mut made) = request.store.read(|read| {
        let (openings, kept_back) = openings(read, request)?;
        let start = Start {
            created_ms: request.pen.clock.now().wall_ms,
            exporter: request.hub,
            dossiers: openings.keys().map(|dossier| (*dossier, Mode::Excerpt)).collect(),
            software: request.software.clone(),
            ext: Vec::new(),
        };
        let mut package = PackageWriter::start(out, start)?;
        let mut signers: BTreeSet<Hash> = [request.hub].into();
        for run in openings.values().flatten() {
            signers.insert(angen_ledger::seal::SignedSeal::read(&run.seal)?.certificate);
        }
        for cose in chain_of(read, signers)? {
            package.certificate(cose)?;
        }
        for run in openings.values().flatten() {
            for (header, body) in &run.ops {
                package.op(&Op::read(header, body.as_deref())?)?;
            }
            package.seal(run.seal.clone())?;
        }
        let receipts = write_log(read, request, &openings, &mut package)?;
        let out = package.close(request.pen.key).map_err(|why| match why {
            PackageError::Sign(why) => Error::Sign(why),
            why => Error::Package(why),
        })?;
        let dossiers = openings.len() as u64;
        Ok((out, Returned { dossiers, kept_back, receipts, bytes: 0 }))
    })?;
    let failed = |source| Error::file(file, source);
    let mut out = out.finish().map_err(say)?;
    out.flush().map_err(failed)?;
    let out = out.into_inner().map_err(|error| failed(error.into_error()))?;
    made.bytes = synced(request.disk, &out, file)?;
    Ok(made)
}

/// The runs that open the dossiers, by dossier; and the dossiers that not every reader may see.
fn openings(read: &Connection, request: &ReturnReceipts<'_>) -> Result<(Openings, Vec<DossierId>)> {
    let log = request.pen.log;
    let logged = log.changed(read, 0, log.size(read)?)?;
    let readers = request.readers.len();
    for dossier in &request.dossiers {
        if !logged.contains(dossier) || count_who_may(read, request, *dossier)? < readers {
            return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() });
        }
    }
    let (mut openings, mut kept_back) = (BTreeMap::new(), Vec::new());
    for dossier in logged {
        let is_wanted = request.dossiers.is_empty() || request.dossiers.contains(&dossier);
        match if is_wanted { count_who_may(read, request, dossier)? } else { 0 } {
            0 => {}
            some if some < readers => kept_back.push(dossier),
            _ => {
                openings.insert(dossier, opening_runs(read, dossier)?);
            }
        }
    }
    if openings.is_empty() || openings.len() > DOSSIERS_MAX {
        return Err(Error::invalid(
            "dossier",
            format!(
                "收件人都可看的卷宗有 {} 个，应为 1 至 {DOSSIERS_MAX} 个：请指明，或分开收件人",
                openings.len()
            ),
            format!(
                "all readers may see {} dossiers: name 1 to {DOSSIERS_MAX}, or fewer readers",
                openings.len()
            ),
        ));
    }
    Ok((openings, kept_back))
}

/// By dossier, the runs that open it.
type Openings = BTreeMap<DossierId, Vec<SealedRun>>;

/// How many of the readers may see a dossier.
fn count_who_may(
    read: &Connection,
    request: &ReturnReceipts<'_>,
    dossier: DossierId,
) -> Result<usize> {
    let mut count = 0;
    for reader in &request.readers {
        count += usize::from(may_read(read, &reader.certificate, dossier)?);
    }
    Ok(count)
}

fn opening_runs(read: &Connection, dossier: DossierId) -> Result<Vec<SealedRun>> {
    let mut runs = Vec::new();
    for (cose, seal) in store::seals_of(read, dossier)? {
        if seal.seal.first > 0 || seal.seal.ops() > SEAL_OPS_MAX as u64 {
            continue;
        }
        let run = store::run_under(read, &cose, &seal)?;
        let opens = match run.ops.first() {
            Some((header, _)) => Op::read(header, None)?.header.kind.as_str() == "dossier.open/1",
            None => false,
        };
        if opens {
            runs.push(run);
        }
    }
    Ok(runs)
}

/// The head of the log, the proofs from earlier heads, and the receipts. How many of those.
fn write_log<W: Write>(
    read: &Connection,
    request: &ReturnReceipts<'_>,
    openings: &Openings,
    package: &mut PackageWriter<W>,
) -> Result<u64> {
    let log = request.pen.log;
    let size = log.size(read)?;
    let note = log.checkpoint(read)?;
    package.checkpoint(&note.ok_or(Error::NotFound { noun: "log", id: log.origin.clone() })?)?;
    let mut heads: BTreeSet<u64> = log.signed_sizes(read, HEADS_MAX)?.into_iter().collect();
    for kept in store::checkpoints_kept(read)? {
        let head = &kept.signed.checkpoint;
        if head.origin == log.origin && kept.agrees {
            heads.insert(head.size);
        }
    }
    for old in heads.into_iter().filter(|old| *old > 0 && *old < size) {
        package.consistency(&log.origin, old, size, log.consistency(read, old, size)?)?;
    }
    let mut count = 0;
    for dossier in openings.keys() {
        let mut since = 0;
        loop {
            let found = log.receipts_since(read, *dossier, since, size, RECEIPTS_AT_ONCE)?;
            let Some(last) = found.last() else { break };
            since = last.index + 1;
            count += found.len() as u64;
            for receipt in &found {
                package.receipt(receipt)?;
            }
        }
    }
    Ok(count)
}
