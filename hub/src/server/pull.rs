//! What is given to who has signed in: changes, runs and receipts of dossiers in her areas.

use std::sync::Arc;

use angen_ledger::certificate::Certificate;
use angen_ledger::id::DossierId;
use angen_ledger::log::receipt::Receipt;
use angen_ledger::wire::Wire;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, Uri};

use crate::limits::{
    CHANGES_MAX, PULL_BYTES_USUAL, QUERY_BYTES_MAX, RECEIPTS_MAX, RUNS_MAX, SEALERS_MAX,
};
use crate::log::Log;
use crate::server::Hub;
use crate::server::dossiers::blocking;
use crate::server::refusal::Refusal;
use crate::server::routes::{answer, dossier_in};
use crate::server::tlog::number_in;
use crate::store::{ArrivedRuns, ChangedSince, GivenReceipts, RunsMax};
use crate::trust::with_issuers;
use crate::wire::{Changes, PulledRuns, Receipts, SentReceipt};

/// `GET /v1/changes`.
pub(super) async fn tell_changes(
    State(hub): State<Arc<Hub>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    reading(hub, headers, move |hub, log, caller| {
        let since = since_in(&uri)?;
        let ChangedSince { next, size, changed } =
            hub.ledger.changes(caller, since, CHANGES_MAX as u64)?;
        Ok(Changes { origin: log.origin.clone(), next, size, changed })
    })
    .await
}

/// `GET /v1/dossiers/{id}/runs`.
pub(super) async fn give_runs(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let dossier = dossier_in(&id)?;
    reading(hub, headers, move |hub, _, caller| {
        let since = since_in(&uri)?;
        check_may_read(hub, caller, dossier)?;
        runs_since(hub, dossier, since)
    })
    .await
}

/// `GET /v1/dossiers/{id}/receipts`.
pub(super) async fn give_receipts(
    State(hub): State<Arc<Hub>>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let dossier = dossier_in(&id)?;
    reading(hub, headers, move |hub, _, caller| {
        let since = since_in(&uri)?;
        check_may_read(hub, caller, dossier)?;
        let GivenReceipts { note, size, receipts: found } =
            hub.ledger.receipts_since(dossier, since, RECEIPTS_MAX)?;
        // What lies behind the last is of other dossiers, unless the answer is full.
        let next = match found.last() {
            Some(last) if found.len() == RECEIPTS_MAX => last.index + 1,
            _ => size.max(since),
        };
        receipts_under(note, found, next)
    })
    .await
}

/// Receipts as they travel, with the checkpoint that they lead to.
pub(super) fn receipts_under(
    note: Option<String>,
    found: Vec<Receipt>,
    next: u64,
) -> Result<Receipts, Refusal> {
    let sent = |receipt: Receipt| SentReceipt {
        entry: receipt.entry.to_wire(),
        index: receipt.index,
        proof: receipt.proof,
    };
    let receipts = found.into_iter().map(sent).collect();
    Ok(Receipts { note: note.ok_or_else(Refusal::internal)?, receipts, next })
}

/// Finds out who asks, and makes the answer where it may wait for the disk.
pub(super) async fn reading<T: Wire + Send + 'static>(
    hub: Arc<Hub>,
    headers: HeaderMap,
    make: impl FnOnce(&Hub, &Log, &Certificate) -> Result<T, Refusal> + Send + 'static,
) -> Result<Response<Body>, Refusal> {
    let (log, sessions) = hub.logged()?;
    let caller = sessions.caller(log, &headers)?;
    let place = Arc::clone(&hub.reads).try_acquire_owned().map_err(|_| Refusal::busy())?;
    let made = blocking(move || {
        let _place = place;
        let (log, _) = hub.logged()?;
        caller.check(&hub, log)?;
        make(&hub, log, &caller.certificate)
    });
    Ok(answer(&made.await?))
}

/// Refuses a dossier that is not here, and one that is not the caller's: with the same words.
pub(super) fn check_may_read(
    hub: &Hub,
    caller: &Certificate,
    dossier: DossierId,
) -> Result<(), Refusal> {
    let may = hub.ledger.may_read(caller, dossier)?;
    if may { Ok(()) } else { Err(Refusal::unknown()) }
}

fn runs_since(hub: &Hub, dossier: DossierId, since: u64) -> Result<PulledRuns, Refusal> {
    let max = RunsMax { runs: RUNS_MAX, bytes: PULL_BYTES_USUAL, sealers: SEALERS_MAX };
    let ArrivedRuns { runs, sealers, next, running } =
        hub.ledger.runs_since(dossier, since, max)?;
    let certificates = with_issuers(&*hub.ledger, &sealers)?;
    Ok(PulledRuns { certificates, runs, next, running })
}

/// The number behind `?since=`; without one, from the beginning.
fn since_in(uri: &Uri) -> Result<u64, Refusal> {
    match query_in(uri, "since")? {
        Some(text) => number_in(text).ok_or_else(Refusal::bad_query),
        None => Ok(0),
    }
}

/// The value of the one parameter that an address takes.
pub(super) fn query_in<'u>(uri: &'u Uri, name: &str) -> Result<Option<&'u str>, Refusal> {
    let Some(query) = uri.query() else { return Ok(None) };
    if query.len() > QUERY_BYTES_MAX {
        return Err(Refusal::bad_query());
    }
    match query.split_once('=') {
        Some((found, value)) if found == name => Ok(Some(value)),
        _ => Err(Refusal::bad_query()),
    }
}
