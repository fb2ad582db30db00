//! Certificates, runs and heads: all of a request is stored or nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use angen_core::error::Error;
use angen_core::planted::bug;
use angen_core::store::{self, LogWriter, SealedRun, Transaction};
use angen_ledger::hash::Hash;
use angen_ledger::header::Header;
use angen_ledger::id::DossierId;
use angen_ledger::seal::SignedSeal;
use angen_ledger::wire::Wire;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, StatusCode};

use crate::limits::{CERTIFICATES_BYTES_MAX, PLACE_WAIT, RUNS_BYTES_MAX};
use crate::server::Hub;
use crate::server::body::collect;
use crate::server::callers::Pusher;
use crate::server::refusal::Refusal;
use crate::server::routes::{answer, dossier_in};
use crate::wire::{Admitted, Certificates, HubHead, Runs, Stored};

/// `POST /v1/certificates`.
pub(super) async fn take_certificates(
    State(hub): State<Arc<Hub>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refusal> {
    let bytes = take_body(&hub, &headers, body, "certificates", CERTIFICATES_BYTES_MAX).await?;
    let admitted = storing(&hub, move |hub, turn| {
        let Taken(bytes, _place) = bytes;
        let Certificates(given) = Certificates::from_wire(&bytes)?;
        let checked = hub.roots.judge(&hub.store, &given);
        let (new, known) = checked.map_err(|why| hub.refuse_certificate(why))?;
        hub.store.write(|tx| store::receive(tx, &given, &[]))?;
        drop(turn);
        Ok(Admitted { new, known })
    });
    Ok(answer(&admitted.await?))
}

/// `GET /v1/dossiers/{id}/heads`.
pub(super) async fn tell_heads(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let dossier = dossier_in(&id)?;
    let pusher = Pusher::of(&hub, &headers)?;
    let head = blocking(move || {
        if !pusher.may_see(&hub, dossier)? {
            return Ok(HubHead::new(dossier, Vec::new(), 0));
        }
        Ok(hub.store.read(|connection| {
            let heads = store::heads_of(connection, dossier)?;
            Ok(HubHead::new(dossier, heads, store::count_pending(connection, dossier)?))
        })?)
    });
    Ok(answer(&head.await?))
}

/// `POST /v1/dossiers/{id}/runs`.
pub(super) async fn take_runs(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refusal> {
    let dossier = dossier_in(&id)?;
    let pusher = Pusher::of(&hub, &headers)?;
    let Taken(bytes, place) = take_body(&hub, &headers, body, "runs", RUNS_BYTES_MAX).await?;
    let stored = storing(&hub, move |hub, turn| {
        let runs = Runs::from_wire(&bytes)?;
        drop(bytes);
        let stored = store_runs(hub, dossier, runs, turn);
        // Not before: it bounds how many wait for their mark, and what they hold.
        drop(place);
        let mut stored = stored?;
        if !pusher.may_see(hub, dossier)? {
            stored.head = HubHead::new(dossier, Vec::new(), 0);
        }
        Ok(stored)
    });
    Ok(answer(&stored.await?))
}

/// Runs work that waits for the disk on a thread where it may.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Refusal::internal()))
}

/// A body, and its place among those under way; the place is free again when it is dropped.
struct Taken(Vec<u8>, Place);

type Place = tokio::sync::OwnedSemaphorePermit;

async fn take_body(
    hub: &Arc<Hub>,
    headers: &HeaderMap,
    body: Body,
    what: &str,
    bytes_max: usize,
) -> Result<Taken, Refusal> {
    let waiting = tokio::time::timeout(PLACE_WAIT, Arc::clone(&hub.pushes).acquire_owned());
    let Ok(Ok(place)) = waiting.await else { return Err(Refusal::busy()) };
    let bytes = collect(headers, body, what, bytes_max, hub.patience).await?;
    Ok(Taken(bytes, place))
}

async fn storing<T: Send + 'static>(
    hub: &Arc<Hub>,
    work: impl FnOnce(&Arc<Hub>, Place) -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let turn = Arc::clone(&hub.storing).acquire_owned().await.map_err(|_| Refusal::busy())?;
    let hub = Arc::clone(hub);
    // The turn goes into the work: a client who leaves meanwhile does not end it.
    blocking(move || work(&hub, turn)).await
}

fn store_runs(
    hub: &Arc<Hub>,
    dossier: DossierId,
    Runs(runs): Runs,
    turn: Place,
) -> Result<Stored, Refusal> {
    let mut seals = Vec::with_capacity(runs.len());
    for run in &runs {
        let seal = SignedSeal::read(&run.seal)?;
        let checked = match seal.seal.dossier == dossier {
            true => hub.roots.check_sealer(&hub.store, seal.certificate),
            false => Err(other_dossier()),
        };
        checked.map_err(|refusal| hub.refuse_seal(refusal, &seal))?;
        seals.push(seal);
    }
    // Of several nobody can tell which one it was: sent alone, it is refused by name.
    let alone = if let [seal] = &seals[..] { Some(seal.clone()) } else { None };
    // What is decoded waits for the database, and the next is decoded meanwhile.
    drop(turn);
    let writer = Arc::clone(hub);
    let stored =
        hub.write_logged(move |tx, log| store_in(&writer, tx, log, dossier, &runs, &seals));
    let stored = stored.map_err(|refusal| match &alone {
        Some(seal) => hub.refuse_seal(refusal, seal),
        None => refusal,
    })?;
    // An erasure has come along; should the files be busy now, the next push makes it good.
    if hub.store.owes_scrub()? {
        let _ = hub.store.scrub(&*hub.disk);
    }
    Ok(stored)
}

/// What a request with runs does to the database; it is taken back when it fails.
fn store_in(
    hub: &Hub,
    tx: &Transaction<'_>,
    log: Option<&mut LogWriter<'_>>,
    dossier: DossierId,
    runs: &[SealedRun],
    seals: &[SignedSeal],
) -> Result<Stored, Error> {
    let kept = if bug(6) { &runs[..runs.len() - 1] } else { runs };
    let mut received = store::receive(tx, &[], kept)?;
    received.known_ops += if bug(6) { runs[runs.len() - 1].ops.len() as u64 } else { 0 };
    if let Some(log) = log {
        append_runs(hub, log, seals, runs, &received.whole)?;
    }
    // Until the opening is here, nobody can tell which area a sealer must cover.
    if store::areas_of(tx, dossier)?.is_empty() {
        return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() });
    }
    let heads = store::heads_of(tx, dossier)?;
    let head = HubHead::new(dossier, heads, store::count_pending(tx, dossier)?);
    Ok(Stored { head, new_ops: received.new_ops, known_ops: received.known_ops })
}

/// Appends the seals, and the blobs that are whole before the first op of this dossier names them.
fn append_runs(
    hub: &Hub,
    log: &mut LogWriter<'_>,
    seals: &[SignedSeal],
    runs: &[SealedRun],
    whole: &BTreeSet<Hash>,
) -> Result<(), Error> {
    for seal in seals {
        log.add_seal(seal, whole.contains(&seal.hash))?;
    }
    for (header, _) in runs.iter().flat_map(|run| &run.ops) {
        for blob in Header::from_wire(header)?.blobs {
            if hub.store.blobs().held_bytes(blob)? == blob.length {
                log.add_blob(blob)?;
            }
        }
    }
    Ok(())
}

fn other_dossier() -> Refusal {
    Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "other_dossier",
        "封签属于另一个卷宗，请核对地址",
        "a seal is of another dossier: compare it with the address",
    )
}
