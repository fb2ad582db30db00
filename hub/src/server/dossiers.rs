//! Certificates, runs and heads: all of a request is stored or nothing.

use std::sync::Arc;

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
use crate::store::{Outcome, Submission};
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
        let checked = hub.roots.judge(&*hub.ledger, &given);
        let (new, known) = checked.map_err(|why| hub.refuse_certificate(why))?;
        hub.ledger.admit(&given)?;
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
        Ok(hub.ledger.head(dossier)?)
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
            true => hub.roots.check_sealer(&*hub.ledger, seal.certificate),
            false => Err(other_dossier()),
        };
        checked.map_err(|refusal| hub.refuse_seal(refusal, &seal))?;
        seals.push(seal);
    }
    // What is decoded waits for the database, and the next is decoded meanwhile.
    drop(turn);
    let stored = hub.take(Submission::Runs { dossier, runs }).and_then(|taken| match taken {
        Outcome::Runs(stored) => Ok(stored),
        Outcome::Blob => Err(Refusal::internal()),
    });
    // Of several nobody can tell which one it was: sent alone, it is refused by name.
    stored.map_err(|refusal| match &seals[..] {
        [seal] => hub.refuse_seal(refusal, seal),
        _ => refusal,
    })
}

fn other_dossier() -> Refusal {
    Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "other_dossier",
        "封签属于另一个卷宗，请核对地址",
        "a seal is of another dossier: compare it with the address",
    )
}
