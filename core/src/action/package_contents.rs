//! What goes into a package: whole dossiers, and excerpts of what they rely on.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufReader, Write};
use std::path::Path;

use angen_ledger::assent::SignedAssent;
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::op::Op;
use angen_ledger::package::{Mode, PackageError, PackageWriter, Start};
use angen_ledger::revocation::{ADOPT, REVOKE};
use angen_ledger::seal::SignedSeal;
use rusqlite::Connection;

use crate::action::export_receipts::HubProofs;
use crate::action::note_custody::Noted;
use crate::desk::Desk;
use crate::error::{Error, Result};
use crate::store;

/// Which dossiers, and how much of them.
pub(crate) struct Choice<'c> {
    /// Dossiers that go whole.
    pub(crate) dossiers: &'c [DossierId],
    /// Fields that are withheld.
    pub(crate) withhold: &'c BTreeSet<String>,
    /// The custody events, which go along.
    pub(crate) noted: &'c [Noted],
    /// Whether a dossier of which something is missing goes as far as it is here.
    pub(crate) gaps: bool,
}

/// A run of ops with its seal, as it goes into the package.
struct Run {
    ops: Vec<Op>,
    cose: Vec<u8>,
    seal: SignedSeal,
}

impl Run {
    /// Whether the opening of the dossier is in it.
    fn opens(&self) -> bool {
        self.ops.iter().any(|op| op.header.kind.as_str() == "dossier.open/1")
    }
}

/// Everything that goes into the package, in one state of the database.
pub(crate) struct Contents {
    dossiers: BTreeMap<DossierId, Mode>,
    certificates: Vec<Vec<u8>>,
    runs: Vec<Run>,
    /// Blobs that are named and do not go along.
    pub(crate) left_out: BTreeSet<Hash>,
    /// Receipts of hubs, and what they lead to.
    proofs: HubProofs,
}

impl Contents {
    /// Ops in the package.
    pub(crate) fn ops(&self) -> u64 {
        self.runs.iter().map(|run| run.ops.len() as u64).sum()
    }

    /// Logs of which an op names another tree than this device has seen.
    pub(crate) fn contradicted(&self) -> Vec<String> {
        self.proofs.contradicted.iter().cloned().collect()
    }

    /// Blobs that go along.
    pub(crate) fn blobs(&self) -> BTreeSet<Hash> {
        let ops = self.runs.iter().flat_map(|run| &run.ops);
        let named = ops.flat_map(|op| &op.header.blobs).map(|blob| blob.address);
        named.filter(|address| !self.left_out.contains(address)).collect()
    }
}

/// Writes the package of what was gathered, closed by who is at the desk. Gives what was written
/// to. `step` is told how many of how many blobs are in.
pub(crate) fn write_package<W: Write>(
    desk: &Desk<'_>,
    software: &str,
    contents: &Contents,
    out: W,
    file: &Path,
    step: &mut dyn FnMut(u64, u64),
) -> Result<W> {
    let failed = |source| Error::file(file, source);
    let start = Start {
        created_ms: desk.ports().clock.now().wall_ms,
        exporter: desk.certificate(),
        dossiers: contents.dossiers.iter().map(|(id, mode)| (*id, *mode)).collect(),
        software: software.to_owned(),
        ext: Vec::new(),
    };
    let mut package = PackageWriter::start(out, start)?;
    for cose in &contents.certificates {
        package.certificate(cose.clone())?;
    }
    for run in &contents.runs {
        run.ops.iter().try_for_each(|op| package.op(op))?;
        package.seal(run.cose.clone())?;
    }
    contents.proofs.write(&mut package)?;
    let blobs = contents.blobs();
    let all = blobs.len() as u64;
    for (done, address) in blobs.iter().enumerate() {
        step(done as u64, all);
        desk.ports().disk.before("write").map_err(failed)?;
        package.blob(*address, BufReader::new(desk.store().blobs().open_blob(*address)?))?;
    }
    step(all, all);
    let key = desk.ports().keys.signer(desk.writer())?;
    package.close(&*key).map_err(|why| match why {
        PackageError::Sign(why) => Error::Sign(why),
        why => Error::Package(why),
    })
}

/// Gathers everything in one state of the database.
pub(crate) fn gather(read: &Connection, desk: &Desk<'_>, choice: &Choice<'_>) -> Result<Contents> {
    let mut dossiers = BTreeMap::new();
    let mut runs = Vec::new();
    let mut wanted: BTreeMap<DossierId, BTreeSet<Hash>> = BTreeMap::new();
    for dossier in choice.dossiers {
        let has_gaps = choice.gaps && store::count_pending(read, *dossier)? > 0;
        let mode = if has_gaps { Mode::Excerpt } else { Mode::Whole };
        let whole = runs_of(read, *dossier, has_gaps)?;
        if whole.is_empty() {
            return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() });
        }
        for reference in whole.iter().flat_map(|run| &run.ops).flat_map(|op| &op.header.refs) {
            wanted.entry(reference.dossier).or_default().insert(reference.op);
        }
        dossiers.insert(*dossier, mode);
        runs.extend(whole);
    }
    let elsewhere = signed_elsewhere(&runs);
    said_in_roster(read, &runs, &elsewhere, &mut wanted)?;
    for event in choice.noted {
        wanted.entry(event.dossier).or_default().insert(event.op);
    }
    for (dossier, ops) in wanted {
        if dossiers.contains_key(&dossier) {
            continue;
        }
        let all = runs_of(read, dossier, false)?;
        let needed = |run: &Run| run.opens() || run.ops.iter().any(|op| ops.contains(&op.hash));
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
            let withhold = choice.withhold;
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
    let signers = signers.chain(elsewhere.into_iter().flat_map(|signed| signed.certificates));
    let certificates = chain_of(read, signers.collect())?;
    let left_out = store::erased_blobs(read)?;
    Ok(Contents { dossiers, certificates, runs, left_out, proofs })
}

/// Somebody who assented on a phone of their own, and wrote nothing here.
struct SignedElsewhere {
    writer: WriterId,
    /// The certificate, and its issuer's: who reads the package judges the statement by them.
    certificates: Vec<Hash>,
}

fn signed_elsewhere(runs: &[Run]) -> Vec<SignedElsewhere> {
    let ops = runs.iter().flat_map(|run| &run.ops);
    let signed = ops.filter_map(|op| {
        let bytes = |field| op.get(field)?.as_bytes();
        let signed = SignedAssent::read(bytes("statement")?).ok()?;
        let brought = bytes("certificate").and_then(|cose| SignedCertificate::read(cose).ok());
        let issuer = brought.and_then(|brought| brought.signed.signer);
        let certificates = issuer.into_iter().chain([signed.certificate]).collect();
        Some(SignedElsewhere { writer: signed.statement.writer, certificates })
    });
    signed.collect()
}

/// What the roster says of everyone who wrote: enrolments, so that a reader sees roles and
/// certificate numbers, and revocations and adoptions, so that a reader can tell what counts. Of
/// those who revoked and adopted the same, since one who is revoked revokes nothing.
fn said_in_roster(
    read: &Connection,
    runs: &[Run],
    elsewhere: &[SignedElsewhere],
    wanted: &mut BTreeMap<DossierId, BTreeSet<Hash>>,
) -> Result<()> {
    let Some(roster) = store::get_setting(read, "roster")? else { return Ok(()) };
    let roster: DossierId = roster.parse()?;
    let said: Vec<(WriterId, Op)> = store::ops_of_dossier(read, roster)?
        .into_iter()
        .filter_map(|stored| {
            let writer = WriterId::from_slice(stored.op.get("writer")?.as_bytes()?)?;
            Some((writer, stored.op))
        })
        .collect();
    let mut concerned: BTreeSet<WriterId> = runs.iter().map(|run| run.seal.seal.writer).collect();
    concerned.extend(elsewhere.iter().map(|signed| signed.writer));
    let mut ops = BTreeSet::new();
    loop {
        let known = concerned.len();
        for (writer, op) in &said {
            if !concerned.contains(writer) {
                continue;
            }
            ops.insert(op.hash);
            if matches!(op.header.kind.as_str(), REVOKE | ADOPT) {
                concerned.insert(op.header.writer);
            }
        }
        if concerned.len() == known {
            break;
        }
    }
    if !ops.is_empty() {
        wanted.entry(roster).or_default().extend(ops);
    }
    Ok(())
}

/// The runs of a dossier in an order in which what an op builds on comes before it; with those
/// that wait for something that is not here, if they are asked for.
fn runs_of(read: &Connection, dossier: DossierId, with_pending: bool) -> Result<Vec<Run>> {
    let mut by_head: BTreeMap<Hash, (Vec<u8>, SignedSeal)> = BTreeMap::new();
    for (cose, seal) in store::seals_of(read, dossier)? {
        by_head.insert(seal.seal.head, (cose, seal));
    }
    let ops: BTreeMap<Hash, Op> = store::ops_of_dossier(read, dossier)?
        .into_iter()
        .filter(|stored| with_pending || !stored.pending)
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
    left.sort_by_key(|run| (!run.opens(), run.ops[0].header.seq, run.seal.seal.writer));
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
pub(crate) fn chain_of(read: &Connection, mut needed: BTreeSet<Hash>) -> Result<Vec<Vec<u8>>> {
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
