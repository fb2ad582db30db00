//! Pushes a dossier to a hub: asks what it has, sends what it lacks, and checks what it says; and
//! pulls what changed there, with receipts that are verified before they are kept.
//!
//! Blocking, and one request after the other: what the command line and the tests need. The
//! session that phones will drive is a state machine in the core, with the same requests.

mod blobs;
mod checkpoint;
mod exchange;
mod http;
mod pull;
mod pull_error;
mod push_error;
mod receipts;
mod session;

use std::collections::BTreeMap;

use angen_core::error::Error;
use angen_core::store::{self, SealedRun, Store};
use angen_ledger::header::{BlobRef, Dep};
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::seal::SignedSeal;
use angen_ledger::wire::Wire;

use crate::client::http::{Http, pause};
use crate::limits::{ATTEMPTS_MAX, CERTIFICATES_MAX, PART_BYTES, PUSH_BYTES_USUAL, RUNS_MAX};
use crate::trust::with_issuers;
use crate::wire::{Admitted, Certificates, HubHead, Runs, Stored};

pub use exchange::{Exchanged, exchange};
pub use pull::Pulled;
pub use pull_error::PullError;
pub use push_error::PushError;
pub use session::{Caller, Session};

/// What came of a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// What the hub holds now.
    pub head: HubHead,
    /// Whether the hub holds exactly the chains that are here; otherwise it has more.
    pub is_same: bool,
    /// Ops that the hub did not have.
    pub new_ops: u64,
    /// Ops that were sent and that the hub had.
    pub known_ops: u64,
    /// Blobs of which something was sent.
    pub sent_blobs: u64,
    /// Bytes of blobs that were sent.
    pub sent_blob_bytes: u64,
    /// Blobs that neither the hub nor this store holds: they are on another device.
    pub absent_blobs: u64,
}

/// Pushes a dossier: certificates, missing runs, missing blobs from where they stand. When it
/// returns, the hub has said that all of it is on its disk, and its head agrees with the store.
///
/// `base_url` is such as `http://127.0.0.1:8080`, without a path.
///
/// # Errors
/// [`PushError`]. What was stored before stays; pushing again goes on from there.
pub fn push_dossier(
    base_url: &str,
    store: &Store,
    dossier: DossierId,
) -> Result<Pushed, PushError> {
    let http = Http::new(base_url);
    let own = store.read(|connection| store::heads_of(connection, dossier))?;
    if own.is_empty() {
        return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() }.into());
    }
    let mut pushed = Pushed {
        head: http.heads(dossier)?,
        is_same: false,
        new_ops: 0,
        known_ops: 0,
        sent_blobs: 0,
        sent_blob_bytes: 0,
        absent_blobs: 0,
    };
    let missing = missing_seals(store, dossier, &own, &pushed.head.heads)?;
    if !missing.is_empty() {
        push_certificates(&http, store, &missing)?;
        push_runs(&http, store, dossier, &missing, &mut pushed)?;
    }
    for blob in store.read(|connection| store::named_blobs(connection, dossier))? {
        push_blob(&http, store, blob, &mut pushed)?;
    }
    pushed.head = http.heads(dossier)?;
    pushed.is_same = agrees(&own, &pushed.head)?;
    Ok(pushed)
}

/// A seal's exact bytes, and what they say.
type Sealed = (Vec<u8>, SignedSeal);

/// The seals whose runs the hub lacks, the opening's first.
fn missing_seals(
    store: &Store,
    dossier: DossierId,
    own: &[Dep],
    held: &[Dep],
) -> Result<Vec<Sealed>, PushError> {
    let (seals, reached, opener) = store.read(|connection| {
        // Up to which seq the hub has a chain, as far as its heads are ops that are here.
        let mut reached: BTreeMap<WriterId, u64> = BTreeMap::new();
        for head in held {
            if store::has_op(connection, head.op)? {
                reached.insert(head.writer, head.seq);
            }
        }
        let opened = store::entities(connection, dossier, "dossier")?;
        let opener = match opened.first() {
            Some(entity) => store::fields_of(connection, dossier, *entity)?
                .heads("area")
                .first()
                .map(|head| head.writer),
            None => None,
        };
        Ok((store::seals_of(connection, dossier)?, reached, opener))
    })?;
    let heads_of = |deps: &[Dep], writer| deps.iter().filter(|dep| dep.writer == writer).count();
    let is_held = |seal: &SignedSeal| {
        let writer = seal.seal.writer;
        // In a fork every run is sent again: an end says nothing of the other branch.
        let is_linear = heads_of(own, writer) <= 1 && heads_of(held, writer) == 1;
        is_linear && reached.get(&writer).is_some_and(|seq| seal.seal.last <= *seq)
    };
    let mut missing: Vec<Sealed> = seals.into_iter().filter(|(_, seal)| !is_held(seal)).collect();
    missing.sort_by_key(|(_, seal)| {
        let is_opening = seal.seal.first == 0 && Some(seal.seal.writer) == opener;
        (!is_opening, seal.seal.writer, seal.seal.first, seal.hash)
    });
    Ok(missing)
}

/// Sends the certificates of the sealers, each after its issuer.
fn push_certificates(http: &Http, store: &Store, missing: &[Sealed]) -> Result<(), PushError> {
    let signers = missing.iter().map(|(_, seal)| seal.certificate).collect();
    let chosen = with_issuers(store, signers)?;
    for some in chosen.chunks(CERTIFICATES_MAX) {
        let body = Certificates(some.to_vec()).to_wire();
        http.post::<Admitted>("/v1/certificates", &body)?;
    }
    Ok(())
}

/// Sends runs, a few at a time.
fn push_runs(
    http: &Http,
    store: &Store,
    dossier: DossierId,
    missing: &[Sealed],
    pushed: &mut Pushed,
) -> Result<(), PushError> {
    let path = format!("/v1/dossiers/{dossier}/runs");
    let mut send = |runs: Vec<SealedRun>| -> Result<(), PushError> {
        let ops: u64 = runs.iter().map(|run| run.ops.len() as u64).sum();
        let stored: Stored = http.post(&path, &Runs(runs).to_wire())?;
        if stored.new_ops + stored.known_ops != ops || stored.head.dossier != dossier {
            return Err(PushError::Strange("the hub counts other ops than it was sent"));
        }
        pushed.new_ops += stored.new_ops;
        pushed.known_ops += stored.known_ops;
        Ok(())
    };
    let (mut runs, mut bytes) = (Vec::new(), 0);
    for (cose, seal) in missing {
        let run = store.read(|connection| store::run_under(connection, cose, seal))?;
        let ops =
            run.ops.iter().map(|(header, body)| header.len() + body.as_ref().map_or(0, Vec::len));
        let run_bytes = run.seal.len() + ops.sum::<usize>();
        if !runs.is_empty() && (bytes + run_bytes > PUSH_BYTES_USUAL || runs.len() == RUNS_MAX) {
            send(std::mem::take(&mut runs))?;
            bytes = 0;
        }
        bytes += run_bytes;
        runs.push(run);
    }
    send(runs)
}

/// Sends what the hub lacks of a blob, from where it stands.
fn push_blob(
    http: &Http,
    store: &Store,
    blob: BlobRef,
    pushed: &mut Pushed,
) -> Result<(), PushError> {
    let mut held = http.retrying(|| http.offset(blob))?;
    if held == blob.length {
        return Ok(());
    }
    if !store.blobs().holds(blob.address) {
        pushed.absent_blobs += 1;
        return Ok(());
    }
    pushed.sent_blobs += 1;
    let mut failures = 0;
    while held < blob.length {
        let part = (blob.length - held).min(PART_BYTES);
        let file = store.blobs().open_blob(blob.address)?;
        let before = held;
        match http.part(blob, held, part, file) {
            Ok(now) if now > before && now <= blob.length => held = now,
            Ok(_) => return Err(PushError::Strange("the hub's offset does not move")),
            Err(error) if error.may_pass() && failures < ATTEMPTS_MAX => {
                pause(failures);
                failures += 1;
                held = http.retrying(|| http.offset(blob))?;
            }
            Err(error) => return Err(error),
        }
        if held > before {
            failures = 0;
            pushed.sent_blob_bytes += held - before;
        }
    }
    Ok(())
}

/// Whether the hub holds the very same chains. An error when it lacks one of ours, or has another
/// op at the place of one of ours.
fn agrees(own: &[Dep], hub: &HubHead) -> Result<bool, PushError> {
    for head in own {
        let theirs: Vec<&Dep> = hub.heads.iter().filter(|dep| dep.writer == head.writer).collect();
        let has_it = theirs.contains(&head);
        let is_further = theirs.iter().any(|dep| dep.seq > head.seq);
        if !has_it && !is_further {
            return Err(PushError::Differs { writer: head.writer, seq: head.seq });
        }
    }
    Ok(crate::wire::head_over(hub.dossier, own) == hub.head)
}
