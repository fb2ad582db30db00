//! Receipts for who shows what they are about: a phone that may only push can end its care for it.
//!
//! A receipt tells its holder when a seal came, and how many of the dossier had come before it;
//! whoever shows the seal's bytes has the records, and may know that they are safe.

use std::sync::Arc;

use angen_ledger::hash::Hash;
use angen_ledger::log::entry::Logged;
use angen_ledger::seal::SignedSeal;
use angen_ledger::wire::Wire;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response};

use crate::limits::ASKED_BYTES_MAX;
use crate::server::Hub;
use crate::server::body::collect;
use crate::server::callers::Pusher;
use crate::server::dossiers::blocking;
use crate::server::pull::receipts_under;
use crate::server::refusal::Refusal;
use crate::server::routes::{answer, dossier_in};
use crate::store::GivenReceipts;
use crate::wire::Asked;

/// `POST /v1/dossiers/{id}/receipts`.
///
/// What has no entry, what is of another dossier and what never was are left out alike.
pub(super) async fn give_asked(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response<Body>, Refusal> {
    let dossier = dossier_in(&id)?;
    hub.logged()?;
    Pusher::of(&hub, &headers)?;
    let place = Arc::clone(&hub.pushes).try_acquire_owned().map_err(|_| Refusal::busy())?;
    let bytes = collect(&headers, body, "asked", ASKED_BYTES_MAX, hub.patience).await?;
    let reading = Arc::clone(&hub.reads).try_acquire_owned().map_err(|_| Refusal::busy())?;
    let receipts = blocking(move || {
        let _places = (place, reading);
        let subjects = subjects_of(&Asked::from_wire(&bytes)?)?;
        let GivenReceipts { note, size, receipts } = hub.ledger.receipts_for(dossier, &subjects)?;
        receipts_under(note, receipts, size)
    });
    Ok(answer(&receipts.await?))
}

fn subjects_of(asked: &Asked) -> Result<Vec<(Logged, Hash)>, Refusal> {
    let mut subjects = Vec::with_capacity(asked.seals.len() + asked.blobs.len());
    for cose in &asked.seals {
        subjects.push((Logged::Seal, SignedSeal::read(cose)?.hash));
    }
    subjects.extend(asked.blobs.iter().map(|address| (Logged::Blob, *address)));
    Ok(subjects)
}
