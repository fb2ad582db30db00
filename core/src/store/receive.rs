//! Ops from elsewhere: checked run by run on every core, then put into the log.

use std::collections::BTreeSet;
use std::sync::mpsc::sync_channel;

use angen_ledger::body::Body;
use angen_ledger::certificate::{SignedCertificate, Trust};
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use angen_ledger::id::DossierId;
use angen_ledger::op::Op;
use angen_ledger::run::check_run;
use angen_ledger::seal::SignedSeal;
use rusqlite::{Connection, Transaction, named_params};

use crate::domain::{Source, area_claimed_by, check_covers, claimed_areas};
use crate::error::{Error, Result};
use crate::store::chains::{admit, trust_in};
use crate::store::intake::{Before, Put, insert_op_after};
use crate::store::log::{insert_certificate, insert_seal};

/// Runs that may be checked and not yet stored: bounds the memory of a large import.
const AHEAD_MAX: usize = 64;

/// Ops that are checked where they are stored: to begin a thread for fewer takes as long.
const OPS_ALONE_MAX: usize = 32;

/// A run as it travels: headers with bodies, and the seal's COSE bytes.
#[derive(Debug, Clone)]
pub struct SealedRun {
    /// Header bytes, and the disclosed body.
    pub ops: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    /// The seal.
    pub seal: Vec<u8>,
}

/// A run, and what its seal says.
type Sealed<'r> = (&'r SealedRun, &'r SignedSeal);

impl SealedRun {
    /// Bytes of its headers, bodies and seal.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let ops = self.ops.iter();
        let ops = ops.map(|(header, body)| header.len() + body.as_ref().map_or(0, Vec::len));
        self.seal.len() + ops.sum::<usize>()
    }
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// Ops that were not here before.
    pub new_ops: u64,
    /// Ops that were here already.
    pub known_ops: u64,
    /// The seals, in the order of their runs.
    pub seals: Vec<ReceivedSeal>,
    /// The blobs that the ops name, in their order.
    pub blobs: Vec<BlobRef>,
    /// Dossiers of the runs whose opening is not here yet: nobody can tell which area their
    /// sealers must cover.
    pub unopened: BTreeSet<DossierId>,
}

/// A seal that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedSeal {
    /// What it says.
    pub seal: SignedSeal,
    /// Its run is new and came with every field of every body, so that nobody needs to read it
    /// again to know that it is whole.
    pub is_whole: bool,
}

/// Takes certificates and runs: all of them or, when one does not hold, none. A run may come in
/// any order and any number of times; an op whose past is missing waits for it.
///
/// # Errors
/// `Distrust`, `Malformed`, `Refused` (which run and why), `Storage`.
pub fn receive(
    tx: &Transaction<'_>,
    new_certificates: &[Vec<u8>],
    runs: &[SealedRun],
) -> Result<Received> {
    let new = new_certificates.iter().map(|cose| SignedCertificate::read(cose));
    let new: Vec<SignedCertificate> = new.collect::<std::result::Result<_, _>>()?;
    let seals = runs.iter().map(|run| SignedSeal::read(&run.seal));
    let seals: Vec<SignedSeal> = seals.collect::<std::result::Result<_, _>>()?;
    let mut trust = trust_in(tx, signers(&new, &seals))?;
    let mut before = Before::first(tx)?;
    for (cose, certificate) in new_certificates.iter().zip(&new) {
        if trust.get(&certificate.hash).is_none() {
            admit(&mut trust, certificate)?;
            insert_certificate(tx, cose, certificate.hash)?;
            before.note_certificate();
        }
    }
    let mut received = Received::default();
    let mut take = |(run, seal): Sealed<'_>, ops: Vec<Op>| {
        let is_whole = store(tx, &ops, &mut before, &mut received)?;
        insert_seal(tx, &run.seal, seal)?;
        received.seals.push(ReceivedSeal { seal: seal.clone(), is_whole });
        Ok(())
    };
    let count: usize = runs.iter().map(|run| run.ops.len()).sum();
    if count <= OPS_ALONE_MAX {
        for sealed in runs.iter().zip(&seals) {
            take(sealed, check(sealed, &trust)?)?;
        }
    } else {
        check_ahead(runs, &seals, &trust, take)?;
    }
    before.settle(tx)?;
    received.unopened = check_areas(tx, &seals, &trust)?;
    Ok(received)
}

/// Gives the ops of each run that holds, in order, and checks the next ones meanwhile.
fn check_ahead(
    runs: &[SealedRun],
    seals: &[SignedSeal],
    trust: &Trust,
    mut take: impl FnMut(Sealed<'_>, Vec<Op>) -> Result<()>,
) -> Result<()> {
    std::thread::scope(|scope| {
        let (sender, checked) = sync_channel(AHEAD_MAX);
        scope.spawn(move || {
            for sealed in runs.iter().zip(seals) {
                let checked = check(sealed, trust);
                let failed = checked.is_err();
                // Nobody listens once storing has failed; then there is nothing left to do.
                if sender.send(checked).is_err() || failed {
                    return;
                }
            }
        });
        let mut sealed = runs.iter().zip(seals);
        sealed.by_ref().zip(checked).try_for_each(|(sealed, ops)| take(sealed, ops?))
    })
}

/// Whose certificates decide about what came: the new ones, their issuers, and the sealers. A hub
/// of a province holds a hundred thousand others, which are not looked at.
fn signers(new: &[SignedCertificate], seals: &[SignedSeal]) -> BTreeSet<Hash> {
    let own = new.iter().map(|certificate| certificate.hash);
    let issuers = new.iter().filter_map(|certificate| certificate.signed.signer);
    own.chain(issuers).chain(seals.iter().map(|seal| seal.certificate)).collect()
}

/// The ops of a run that holds.
fn check((run, seal): Sealed<'_>, trust: &Trust) -> Result<Vec<Op>> {
    let ops = run
        .ops
        .iter()
        .map(|(header, body)| Op::read(header, body.as_deref()))
        .collect::<std::result::Result<Vec<_>, _>>()?;
    if let Some((fault, index)) = check_run(&ops, seal, trust, None).first() {
        let op = index.map(|index| format!(", op {}", ops[index].hash));
        let (writer, number) = (seal.seal.writer, seal.seal.number);
        return Err(Error::Refused(format!(
            "seal {number} of writer {writer}{}: {fault:?}",
            op.unwrap_or_default()
        )));
    }
    Ok(ops)
}

/// Puts the ops of a run into the log. Whether all of it is new, and came whole.
fn store(
    tx: &Transaction<'_>,
    ops: &[Op],
    before: &mut Before,
    received: &mut Received,
) -> Result<bool> {
    let known_before = received.known_ops;
    for op in ops {
        match insert_op_after(tx, op, before)? {
            Put::Known => received.known_ops += 1,
            Put::Waiting | Put::Projected => received.new_ops += 1,
        }
        received.blobs.extend(&op.header.blobs);
    }
    let is_whole = |op: &Op| op.body.as_ref().is_some_and(Body::is_whole);
    Ok(received.known_ops == known_before && ops.iter().all(is_whole))
}

/// The area of a dossier is known once its opening is here; then every sealer must cover it. Gives
/// the dossiers without one.
fn check_areas(
    tx: &Transaction<'_>,
    seals: &[SignedSeal],
    trust: &Trust,
) -> Result<BTreeSet<DossierId>> {
    let mut unopened = BTreeSet::new();
    let mut known: Option<(DossierId, Vec<String>)> = None;
    for seal in seals {
        let dossier = seal.seal.dossier;
        if known.as_ref().is_none_or(|(last, _)| *last != dossier) {
            let areas = areas_of(tx, dossier)?;
            if areas.is_empty() {
                unopened.insert(dossier);
            }
            known = Some((dossier, areas));
        }
        let areas = known.as_ref().map(|(_, areas)| areas.as_slice()).unwrap_or_default();
        let certificate = trust.get(&seal.certificate);
        if let Some(certificate) = certificate {
            check_covers(areas, certificate, seal.seal.number)?;
        }
    }
    Ok(unopened)
}

/// The division codes that a dossier's openings claim: one, unless someone opened it twice. Who
/// writes in it must cover them all, so that a second opening gives nobody a way in.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn areas_of(connection: &Connection, dossier: DossierId) -> Result<Vec<String>> {
    areas_by(connection, connection, dossier)
}

/// The same for whoever reads the connection through a source that remembers.
pub(crate) fn areas_by(
    source: &dyn Source,
    connection: &Connection,
    dossier: DossierId,
) -> Result<Vec<String>> {
    let mut areas = claimed_areas(source, dossier)?;
    areas.extend(quarantined_areas(connection, dossier)?);
    areas.sort_unstable();
    areas.dedup();
    Ok(areas)
}

/// What quarantined openings claim: that an opening does not count must not keep the dossier from
/// those who judge it.
fn quarantined_areas(connection: &Connection, dossier: DossierId) -> Result<Vec<String>> {
    const FIRST_OPS: &str = "
        SELECT op.header, op.body FROM quarantined JOIN op ON op.place = quarantined.op
        WHERE op.dossier = :dossier AND op.seq = 0";
    let mut statement = connection.prepare_cached(FIRST_OPS)?;
    let mut rows = statement.query(named_params! {":dossier": dossier.raw()})?;
    let mut areas = Vec::new();
    while let Some(row) = rows.next()? {
        let (header, body): (Vec<u8>, Option<Vec<u8>>) = (row.get("header")?, row.get("body")?);
        let op = Op::read(&header, body.as_deref())?;
        areas.extend(area_claimed_by(&op));
    }
    Ok(areas)
}
