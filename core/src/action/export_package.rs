//! Exports a dossier, with what it relies on, as one package that a stranger verifies.
//!
//! The dossier itself goes whole, with its blobs. Of the standing dossiers that it relies on, and
//! of the dossiers that it names, go the runs that hold the ops it names (an excerpt), so that
//! a check travels with its enterprise and its checklist, and not with the whole register.
//!
//! The custody event of the export is written and committed first, and the package contains it:
//! a package that somebody holds is on record wherever the dossier is, whatever the exporter's
//! device did next. An export that then fails is noted as failed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::op::Op;
use angen_ledger::package::{Mode, PackageError, PackageWriter, Start};
use angen_ledger::seal::SignedSeal;
use rusqlite::Connection;

use crate::action::close_dossier::opened;
use crate::action::export_receipts::HubProofs;
use crate::action::note_custody::{
    Handing, NoteCustody, Noted, note_failure, prepare_custody, put_custody,
};
use crate::action::release_teaching::check_released;
use crate::desk::Desk;
use crate::domain::CustodyAct;
use crate::error::{Error, Result};
use crate::store;

/// What is exported.
#[derive(Debug, Clone)]
pub struct ExportPackage {
    /// Dossiers that go whole.
    pub dossiers: Vec<DossierId>,
    /// Fields that are withheld: wherever they stand (`signer`), or of one noun
    /// (`interview.phone`).
    pub withhold: BTreeSet<String>,
    /// The program, for the reader's information.
    pub software: String,
    /// To whom the package goes, and what for.
    pub handing: Handing,
}

/// What was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// Ops in the package.
    pub ops: u64,
    /// Blobs in the package.
    pub blobs: u64,
    /// Bytes of the file.
    pub bytes: u64,
}

/// A run of ops with its seal, as it goes into the package.
struct Run {
    ops: Vec<Op>,
    cose: Vec<u8>,
    seal: SignedSeal,
}

/// Everything that goes into the package, in one state of the database.
struct Contents {
    dossiers: BTreeMap<DossierId, Mode>,
    certificates: Vec<Vec<u8>>,
    runs: Vec<Run>,
    /// Blobs that are named and were erased.
    erased: BTreeSet<Hash>,
    /// Receipts of hubs, and what they lead to.
    proofs: HubProofs,
}

/// Exports dossiers into a file. The file appears whole or not at all. `step` is told how many of
/// how many blobs are in.
///
/// # Errors
/// `NotFound` for a dossier that is not here, or a blob whose file is missing; `File`, `Sign`,
/// `Storage`; `Invalid` for a teaching dossier that a mentor has not released. Of an export that
/// failed, only its custody events remain.
pub fn export_package(
    desk: &Desk<'_>,
    request: &ExportPackage,
    file: &Path,
    step: &mut dyn FnMut(u64, u64),
) -> Result<Exported> {
    let mut temporary = file.as_os_str().to_owned();
    temporary.push(".part");
    let temporary = Path::new(&temporary);
    // On a full disk the package goes before the ballast.
    let _ = desk.store().free_ballast(desk.ports());
    // Whoever mistyped the folder is told before anything is noted.
    let out = begin(desk, temporary)?;
    let exported = note_export(desk, request).and_then(|noted| {
        let exported = export(desk, request, &noted, out, temporary, step)
            .and_then(|exported| settle(desk, temporary, file).map(|()| exported));
        if exported.is_err() {
            // When not even that can be written, an event without a failure is the safer story.
            let _ = note_failure(desk, &noted);
        }
        exported
    });
    if exported.is_err() {
        // What could not be removed is named .part and no reader takes it for a package.
        let _ = fs::remove_file(temporary);
    }
    exported
}

/// Makes the file that the package is written into.
fn begin(desk: &Desk<'_>, temporary: &Path) -> Result<File> {
    let failed = |source| Error::file(temporary, source);
    desk.ports().disk.before("create").map_err(failed)?;
    File::create(temporary).map_err(failed)
}

/// Notes the export in each dossier.
fn note_export(desk: &Desk<'_>, request: &ExportPackage) -> Result<Vec<Noted>> {
    request.dossiers.iter().try_for_each(|dossier| prepare_custody(desk, *dossier))?;
    desk.write(|page| {
        let mut noted = Vec::new();
        for dossier in &request.dossiers {
            opened(page.read(), *dossier)?;
            noted.push(put_custody(
                page,
                &NoteCustody {
                    act: CustodyAct::Export,
                    dossier: *dossier,
                    about: Vec::new(),
                    fields: request.withhold.iter().cloned().collect(),
                    handing: request.handing.clone(),
                },
            )?);
        }
        Ok(noted)
    })
}

fn export(
    desk: &Desk<'_>,
    request: &ExportPackage,
    noted: &[Noted],
    out: File,
    temporary: &Path,
    step: &mut dyn FnMut(u64, u64),
) -> Result<Exported> {
    let contents = desk.store().read(|read| gather(read, desk, request, noted))?;
    write(desk, request, &contents, out, temporary, step)
}

/// Gives the written file its name, for good.
fn settle(desk: &Desk<'_>, temporary: &Path, file: &Path) -> Result<()> {
    let failed = |source| Error::file(file, source);
    let disk = &desk.ports().disk;
    disk.before("rename").map_err(failed)?;
    fs::rename(temporary, file).map_err(failed)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    // The package is whole under its name from here on; should this sync fail, a power cut may
    // take it away again, and exporting once more is all that it costs.
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
}

fn write(
    desk: &Desk<'_>,
    request: &ExportPackage,
    contents: &Contents,
    out: File,
    file: &Path,
    step: &mut dyn FnMut(u64, u64),
) -> Result<Exported> {
    let failed = |source| Error::file(file, source);
    let disk = &desk.ports().disk;
    let out = BufWriter::new(out);
    let start = Start {
        created_ms: desk.ports().clock.now().wall_ms,
        exporter: desk.certificate(),
        dossiers: contents.dossiers.iter().map(|(id, mode)| (*id, *mode)).collect(),
        software: request.software.clone(),
        ext: Vec::new(),
    };
    let mut package = PackageWriter::start(out, start)?;
    for cose in &contents.certificates {
        package.certificate(cose.clone())?;
    }
    let mut blobs = BTreeSet::new();
    for run in &contents.runs {
        for op in &run.ops {
            package.op(op)?;
            blobs.extend(op.header.blobs.iter().map(|blob| blob.address));
        }
        package.seal(run.cose.clone())?;
    }
    contents.proofs.write(&mut package)?;
    blobs.retain(|address| !contents.erased.contains(address));
    let all = blobs.len() as u64;
    for (done, address) in blobs.iter().enumerate() {
        step(done as u64, all);
        disk.before("write").map_err(failed)?;
        package.blob(*address, BufReader::new(desk.store().blobs().open_blob(*address)?))?;
    }
    step(all, all);
    let key = desk.ports().keys.signer(desk.writer())?;
    let mut out = package.close(&*key).map_err(|why| match why {
        PackageError::Sign(why) => Error::Sign(why),
        why => Error::Package(why),
    })?;
    out.flush().map_err(failed)?;
    let out = out.into_inner().map_err(|error| failed(error.into_error()))?;
    disk.before("sync").map_err(failed)?;
    out.sync_all().map_err(failed)?;
    let bytes = out.metadata().map_err(failed)?.len();
    let ops = contents.runs.iter().map(|run| run.ops.len() as u64).sum();
    Ok(Exported { ops, blobs: all, bytes })
}

fn gather(
    read: &Connection,
    desk: &Desk<'_>,
    request: &ExportPackage,
    noted: &[Noted],
) -> Result<Contents> {
    let mut dossiers = BTreeMap::new();
    let mut runs = Vec::new();
    let mut wanted: BTreeMap<DossierId, BTreeSet<Hash>> = BTreeMap::new();
    for dossier in &request.dossiers {
        let whole = runs_of(read, *dossier)?;
        if whole.is_empty() {
            return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() });
        }
        check_released(read, desk, *dossier)?;
        for reference in whole.iter().flat_map(|run| &run.ops).flat_map(|op| &op.header.refs) {
            wanted.entry(reference.dossier).or_default().insert(reference.op);
        }
        dossiers.insert(*dossier, Mode::Whole);
        runs.extend(whole);
    }
    enrolments(read, &runs, &mut wanted)?;
    for event in noted {
        wanted.entry(event.dossier).or_default().insert(event.op);
    }
    for (dossier, ops) in wanted {
        if dossiers.contains_key(&dossier) {
            continue;
        }
        let all = runs_of(read, dossier)?;
        let needed = |run: &Run| {
            let opens = |op: &Op| op.header.kind.as_str() == "dossier.open/1";
            run.ops.iter().any(|op| ops.contains(&op.hash) || opens(op))
        };
        let excerpt: Vec<Run> = all.into_iter().filter(needed).collect();
        if !excerpt.is_empty() {
            dossiers.insert(dossier, Mode::Excerpt);
            runs.extend(excerpt);
        }
    }
    let suite = angen_ledger::hash::Suite::Sha256;
    for op in runs.iter_mut().flat_map(|run| &mut run.ops) {
        let noun = op.header.kind.noun().to_owned();
        let hidden = |name: &str| {
            let withhold = &request.withhold;
            withhold.contains(name) || withhold.contains(&format!("{noun}.{name}"))
        };
        if let Some(body) = &op.body
            && body.fields().iter().any(|field| hidden(&field.name))
        {
            op.body = Some(body.withhold(suite, hidden));
        }
    }
    let seals = runs.iter().map(|run| run.seal.hash).collect();
    let ops: Vec<&Op> = runs.iter().flat_map(|run| &run.ops).collect();
    let proofs = HubProofs::gather(read, dossiers.keys().copied(), &seals, &ops)?;
    let signers = runs.iter().map(|run| run.seal.certificate).chain([desk.certificate()]);
    let signers = signers.chain(proofs.signers.iter().copied());
    let certificates = chain_of(read, signers.collect())?;
    let erased = store::erased_blobs(read)?;
    Ok(Contents { dossiers, certificates, runs, erased, proofs })
}

/// The enrolments of everyone who wrote, so that a reader sees roles and certificate numbers.
fn enrolments(
    read: &Connection,
    runs: &[Run],
    wanted: &mut BTreeMap<DossierId, BTreeSet<Hash>>,
) -> Result<()> {
    let writers: BTreeSet<_> = runs.iter().map(|run| run.seal.seal.writer).collect();
    let Some(roster) = store::get_setting(read, "roster")? else { return Ok(()) };
    let roster: DossierId = roster.parse()?;
    for stored in store::ops_of_dossier(read, roster)? {
        let writer = stored.op.get("writer").and_then(|writer| writer.as_bytes());
        if writers.iter().any(|known| writer == Some(known.raw().as_slice())) {
            wanted.entry(roster).or_default().insert(stored.op.hash);
        }
    }
    Ok(())
}

/// The runs of a dossier in an order in which what an op builds on comes before it.
fn runs_of(read: &Connection, dossier: DossierId) -> Result<Vec<Run>> {
    let mut by_head: BTreeMap<Hash, (Vec<u8>, SignedSeal)> = BTreeMap::new();
    for (cose, seal) in store::seals_of(read, dossier)? {
        by_head.insert(seal.seal.head, (cose, seal));
    }
    let ops: BTreeMap<Hash, Op> = store::ops_of_dossier(read, dossier)?
        .into_iter()
        .filter(|stored| !stored.pending)
        .map(|stored| (stored.op.hash, stored.op))
        .collect();
    let mut runs = Vec::new();
    for (head, (cose, seal)) in by_head {
        let mut run = Vec::new();
        let mut next = Some(head);
        while let Some(op) = next.and_then(|hash| ops.get(&hash)) {
            run.push(op.clone());
            next = op.header.prev.filter(|_| op.header.seq > seal.seal.first);
        }
        run.reverse();
        if run.len() as u64 == seal.seal.ops() {
            runs.push(Run { ops: run, cose, seal });
        }
    }
    Ok(in_order(runs))
}

/// Puts runs after the runs that they build on: again and again the first that is ready, by
/// writer and seq, so that the same dossier always gives the same order.
fn in_order(mut left: Vec<Run>) -> Vec<Run> {
    left.sort_by_key(|run| (run.ops[0].header.seq, run.seal.seal.writer));
    let own: BTreeSet<Hash> = left.iter().flat_map(|run| &run.ops).map(|op| op.hash).collect();
    let mut done: BTreeSet<Hash> = BTreeSet::new();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let ready = left.iter().position(|run| {
            let inside: BTreeSet<Hash> = run.ops.iter().map(|op| op.hash).collect();
            run.ops
                .iter()
                .flat_map(past)
                .all(|hash| done.contains(&hash) || inside.contains(&hash) || !own.contains(&hash))
        });
        // Hashes cannot form a circle, so some run is always ready.
        let run = left.remove(ready.unwrap_or(0));
        done.extend(run.ops.iter().map(|op| op.hash));
        ordered.push(run);
    }
    ordered
}

fn past(op: &Op) -> impl Iterator<Item = Hash> {
    let deps = op.header.deps.iter().map(|dep| dep.op);
    let over = op.header.over.iter().flat_map(|over| over.heads.iter().copied());
    op.header.prev.into_iter().chain(deps).chain(over)
}

/// The certificates of some signers and of everyone above them, issuers first.
fn chain_of(read: &Connection, mut needed: BTreeSet<Hash>) -> Result<Vec<Vec<u8>>> {
    let held: Vec<(Vec<u8>, SignedCertificate)> = store::certificates(read)?;
    // Issuers come first in the store, so one walk from the end finds all of them.
    let mut chain = Vec::new();
    for (cose, certificate) in held.into_iter().rev() {
        if needed.contains(&certificate.hash) {
            needed.extend(certificate.signed.signer);
            chain.push(cose);
        }
    }
    chain.reverse();
    Ok(chain)
}
