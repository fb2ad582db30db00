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
use crate::server::turns::{Bearer, Taken};
use crate::store::{Outcome, Submission};
use crate::wire::{Admitted, Certificates, HubHead, Runs};

/// `POST /v1/certificates`.
pub(super) async fn take_certificates(
    State(hub): State<Arc<Hub>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refusal> {
    let bytes = take_body(&hub, &headers, body, "certificates", CERTIFICATES_BYTES_MAX).await?;
    let admitted = storing(&hub, move |hub, turn| {
        let Collected(bytes, _place) = bytes;
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
    let Collected(bytes, place) = take_body(&hub, &headers, body, "runs", RUNS_BYTES_MAX).await?;
    let handed_in = storing(&hub, move |hub, turn| {
        let runs = Runs::from_wire(&bytes)?;
        drop(bytes);
        let seals = check_seals(hub, dossier, &runs)?;
        // What is decoded waits for the database, and the next is decoded meanwhile.
        drop(turn);
        let given = Submission::Runs { dossier, runs: runs.0 };
        let bearer = Bearer { pusher: Some((pusher, dossier)), place: Some(place) };
        Ok((hub.hand_in(given, bearer), seals))
    });
    let (told, seals) = handed_in.await?;
    match told.await.unwrap_or_else(|_| Err(Refusal::internal())) {
        Ok(Taken { outcome: Outcome::Runs(mut stored), may_see }) => {
            if !may_see {
                stored.head = HubHead::new(dossier, Vec::new(), 0);
            }
            Ok(answer(&stored))
        }
        Ok(_) => Err(Refusal::internal()),
        // Of several nobody can tell which one it was: sent alone, it is refused by name.
        Err(refusal) => match <[SignedSeal; 1]>::try_from(seals) {
            Ok([seal]) => blocking(move || Err(hub.refuse_seal(refusal, &seal))).await,
            Err(_) => Err(refusal),
        },
    }
}

/// Runs work that waits for the disk on a thread where it may.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| Err(Refusal::internal()))
}

/// A body, and its place among those under way; the place is free again when it is dropped.
struct Collected(Vec<u8>, Place);

/// A place among the pushes under way.
pub(super) type Place = tokio::sync::OwnedSemaphorePermit;

async fn take_body(
    hub: &Arc<Hub>,
    headers: &HeaderMap,
    body: Body,
    what: &str,
    bytes_max: usize,
) -> Result<Collected, Refusal> {
    let waiting = tokio::time::timeout(PLACE_WAIT, Arc::clone(&hub.pushes).acquire_owned());
    let Ok(Ok(place)) = waiting.await else { return Err(Refusal::busy()) };
    let bytes = collect(headers, body, what, bytes_max, hub.patience).await?;
    Ok(Collected(bytes, place))
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

/// The seals of runs that are of this dossier, under certificates whose root is known.
fn check_seals(
    hub: &Hub,
    dossier: DossierId,
    Runs(runs): &Runs,
) -> Result<Vec<SignedSeal>, Refusal> {
    let mut seals = Vec::with_capacity(runs.len());
    for run in runs {
        let seal = SignedSeal::read(&run.seal)?;
        let checked = match seal.seal.dossier == dossier {
            true => hub.roots.check_sealer(&*hub.ledger, seal.certificate),
            false => Err(other_dossier()),
        };
        checked.map_err(|refusal| hub.refuse_seal(refusal, &seal))?;
        seals.push(seal);
    }
    Ok(seals)
}

fn other_dossier() -> Refusal {
    Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "other_dossier",
        "封签属于另一个卷宗，请核对地址",
        "a seal is of another dossier: compare it with the address",
    )
}
