//! A sealed run: what a seal promises about the ops that stand before it.

use crate::certificate::{Certificate, Duty, Trust};
use crate::cose::Purpose;
use crate::op::{BodyFault, Op};
use crate::seal::SignedSeal;

/// What can be wrong with a run. Each belongs to one rule of docs/protocol.md section 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunFault {
    /// O2: `seq` or `prev` does not follow from the op before in the run.
    Link,
    /// S1: the certificate is not known, or the signature is not its key's.
    Signature,
    /// S2: dossier, writer, first, last or head differ from the ops.
    Coverage,
    /// P1: the certificate is another writer's, or not one that writes.
    NotTheWriter,
    /// P1: the certificate does not cover the dossier's area.
    Area,
    /// B1: the body is not the one that was committed to.
    Body(BodyFault),
}

/// A fault, and the op of the run that it is about (none: the seal).
pub type Breach = (RunFault, Option<usize>);

/// Checks one run against its seal, everything but its place among other runs.
///
/// `area` is the division code of the dossier, if it is known already. The ops are in the order
/// of the chain. An empty list of breaches means that the run holds.
#[must_use]
pub fn check_run(ops: &[Op], seal: &SignedSeal, trust: &Trust, area: Option<&str>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    check_links(ops, &mut breaches);
    check_coverage(ops, seal, &mut breaches);
    match trust.get(&seal.certificate) {
        Some(certificate) if seal.signed.verifies(Purpose::Seal, &certificate.key) => {
            check_certificate(seal, certificate, area, &mut breaches);
        }
        _ => breaches.push((RunFault::Signature, None)),
    }
    for (index, op) in ops.iter().enumerate() {
        if let Some(fault) = op.body_fault() {
            breaches.push((RunFault::Body(fault), Some(index)));
        }
    }
    breaches
}

fn check_links(ops: &[Op], breaches: &mut Vec<Breach>) {
    for (index, pair) in ops.windows(2).enumerate() {
        let (before, op) = (&pair[0], &pair[1]);
        if op.header.prev != Some(before.hash) || op.header.seq != before.header.seq + 1 {
            breaches.push((RunFault::Link, Some(index + 1)));
        }
    }
}

fn check_coverage(ops: &[Op], seal: &SignedSeal, breaches: &mut Vec<Breach>) {
    let seal = &seal.seal;
    let same = |op: &Op| {
        (op.header.suite, op.header.dossier, op.header.writer)
            == (seal.suite, seal.dossier, seal.writer)
    };
    let covered = match (ops.first(), ops.last()) {
        (Some(first), Some(last)) => {
            first.header.seq == seal.first
                && last.header.seq == seal.last
                && last.hash == seal.head
                && ops.len() as u64 == seal.ops()
                && ops.iter().all(same)
        }
        _ => false,
    };
    if !covered {
        breaches.push((RunFault::Coverage, None));
    }
}

fn check_certificate(
    seal: &SignedSeal,
    certificate: &Certificate,
    area: Option<&str>,
    breaches: &mut Vec<Breach>,
) {
    // A root signs certificates and a hub signs checkpoints; neither writes.
    let writes = matches!(certificate.duty, Duty::Admin | Duty::Writer);
    if certificate.writer != seal.seal.writer || !writes {
        breaches.push((RunFault::NotTheWriter, None));
    }
    if area.is_some_and(|area| !certificate.covers_area(area)) {
        breaches.push((RunFault::Area, None));
    }
}
