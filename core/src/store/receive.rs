//! Ops from elsewhere: checked run by run on every core, then put into the log.

use std::collections::BTreeSet;
use std::sync::mpsc::sync_channel;

use angen_ledger::body::Body;
use angen_ledger::certificate::{SignedCertificate, Trust};
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::op::Op;
use angen_ledger::run::check_run;
use angen_ledger::seal::SignedSeal;
use rusqlite::{Connection, Transaction, named_params};

use crate::domain::{area_claimed_by, check_covers, claimed_areas};
use crate::error::{Error, Result};
use crate::store::chains::trust_in;
use crate::store::intake::{Before, Put, insert_op_after};
use crate::store::log::{insert_certificate, insert_seal};

/// Runs that may be checked and not yet stored: bounds the memory of a large import.
const AHEAD_MAX: usize = 64;

/// A run as it travels: headers with bodies, and the seal's COSE bytes.
#[derive(Debug, Clone)]
pub struct SealedRun {
    /// Header bytes, and the disclosed body.
    pub ops: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    /// The seal.
    pub seal: Vec<u8>,
}

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
    /// Seals whose run is new and came with every field of every body, so that nobody needs to
    /// read it again to know that it is whole.
    pub whole: BTreeSet<Hash>,
    /// Dossiers of the runs whose opening is not here yet: nobody can tell which area their
    /// sealers must cover.
    pub unopened: BTreeSet<DossierId>,
}

/// A run that holds.
struct CheckedRun {
    ops: Vec<Op>,
    seal: SignedSeal,
    cose: Vec<u8>,
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
    let mut trust = trust_in(tx, signers(&new, runs)?)?;
    let mut before = Before::first(tx)?;
    for (cose, certificate) in new_certificates.iter().zip(&new) {
        if trust.get(&certificate.hash).is_none() {
            trust.admit(certificate)?;
            insert_certificate(tx, cose, certificate.hash)?;
            before.note_certificate();
        }
    }
    let mut received = Received::default();
    std::thread::scope(|scope| {
        let (sender, checked) = sync_channel::<Result<CheckedRun>>(AHEAD_MAX);
        let trust = &trust;
        scope.spawn(move || {
            for run in runs {
                let checked = check(run, trust);
                let failed = checked.is_err();
                // Nobody listens once storing has failed; then there is nothing left to do.
                if sender.send(checked).is_err() || failed {
                    return;
                }
            }
        });
        for run in checked {
            store(tx, &run?, &mut before, &mut received)?;
        }
        before.settle(tx)
    })
    .and_then(|()| check_areas(tx, runs, &trust))
    .map(|unopened| Received { unopened, ..received })
}

/// Whose certificates decide about what came: the new ones, their issuers, and the sealers. A hub
/// of a province holds a hundred thousand others, which are not looked at.
fn signers(new: &[SignedCertificate], runs: &[SealedRun]) -> Result<BTreeSet<Hash>> {
    let mut signers: BTreeSet<Hash> = new.iter().map(|certificate| certificate.hash).collect();
    signers.extend(new.iter().filter_map(|certificate| certificate.signed.signer));
    for run in runs {
        signers.insert(SignedSeal::read(&run.seal)?.certificate);
    }
    Ok(signers)
}

fn check(run: &SealedRun, trust: &Trust) -> Result<CheckedRun> {
    let seal = SignedSeal::read(&run.seal)?;
    let ops = run
        .ops
        .iter()
        .map(|(header, body)| Op::read(header, body.as_deref()))
        .collect::<std::result::Result<Vec<_>, _>>()?;
    if let Some((fault, index)) = check_run(&ops, &seal, trust, None).first() {
        let op = index.map(|index| format!(", op {}", ops[index].hash));
        let (writer, number) = (seal.seal.writer, seal.seal.number);
        return Err(Error::Refused(format!(
            "seal {number} of writer {writer}{}: {fault:?}",
            op.unwrap_or_default()
        )));
    }
    Ok(CheckedRun { ops, seal, cose: run.seal.clone() })
}

fn store(
    tx: &Transaction<'_>,
    run: &CheckedRun,
    before: &mut Before,
    received: &mut Received,
) -> Result<()> {
    let known_before = received.known_ops;
    for op in &run.ops {
        match insert_op_after(tx, op, before)? {
            Put::Known => received.known_ops += 1,
            Put::Waiting | Put::Projected => received.new_ops += 1,
        }
    }
    let is_whole = |op: &Op| op.body.as_ref().is_some_and(Body::is_whole);
    if received.known_ops == known_before && run.ops.iter().all(is_whole) {
        received.whole.insert(run.seal.hash);
    }
    insert_seal(tx, &run.cose, &run.seal)
}

/// The area of a dossier is known once its opening is here; then every sealer must cover it. Gives
/// the dossiers without one.
fn check_areas(
    tx: &Transaction<'_>,
    runs: &[SealedRun],
    trust: &Trust,
) -> Result<BTreeSet<DossierId>> {
    let mut unopened = BTreeSet::new();
    let mut known: Option<(DossierId, Vec<String>)> = None;
    for run in runs {
        let seal = SignedSeal::read(&run.seal)?;
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
    let mut areas = claimed_areas(connection, dossier)?;
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
