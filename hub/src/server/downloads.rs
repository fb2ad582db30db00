//! Blobs for who may read their dossier: from any byte on, so that a cut costs little.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use angen_core::error::Error;
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, StatusCode, Uri, header};
use axum::response::IntoResponse;
use hyper::body::{Bytes, Frame};
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use crate::limits::PIECE_BYTES;
use crate::server::Hub;
use crate::server::dossiers::blocking;
use crate::server::pull::{check_may_read, query_in};
use crate::server::refusal::Refusal;
use crate::server::routes::{address_in, dossier_in};
use crate::server::tlog::number_in;

/// `GET /v1/blobs/{address}`.
pub(super) async fn give_blob(
    State(hub): State<Arc<Hub>>,
    Path(address): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let (log, sessions) = hub.logged()?;
    let caller = sessions.caller(log, &headers)?;
    let address = address_in(&address)?;
    let dossier = dossier_in(query_in(&uri, "dossier")?.ok_or_else(Refusal::bad_query)?)?;
    let place = Arc::clone(&hub.downloads).try_acquire_owned().map_err(|_| Refusal::busy())?;
    let reader = Arc::clone(&hub);
    let length = blocking(move || {
        caller.check(&reader, reader.logged()?.0)?;
        check_may_read(&reader, &caller.certificate, dossier)?;
        let named = reader.ledger.named_blobs(dossier)?;
        let blobs = named.into_iter().filter(|blob| blob.address == address);
        whole_length(&reader, blobs)
    });
    let length = length.await?;
    let (first, end) = range_in(&headers, length)?;
    let (sender, pieces) = mpsc::channel(1);
    let patience = hub.patience.piece;
    tokio::spawn(send_pieces(hub, address, (first, end), patience, sender, place));
    let span = format!("bytes {first}-{}/{length}", end.saturating_sub(1));
    let fields = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_LENGTH, (end - first).to_string()),
        (header::ACCEPT_RANGES, "bytes".to_owned()),
    ];
    let body = Body::new(Pieces(pieces));
    if headers.contains_key(header::RANGE) {
        let span = [(header::CONTENT_RANGE, span)];
        return Ok((StatusCode::PARTIAL_CONTENT, fields, span, body).into_response());
    }
    Ok((fields, body).into_response())
}

/// The length of a blob that the dossier names and that is whole here.
fn whole_length(hub: &Hub, mut named: impl Iterator<Item = BlobRef>) -> Result<u64, Refusal> {
    let first = named.next().ok_or_else(Refusal::unknown)?;
    for blob in std::iter::once(first).chain(named) {
        if hub.blobs.held_bytes(blob)? == blob.length {
            return Ok(blob.length);
        }
    }
    Err(Refusal::new(
        StatusCode::NOT_FOUND,
        "blob_absent",
        "文件还没有传到本平台",
        "the blob has not come to this hub yet",
    ))
}

/// Reads and sends, one piece after the other. A thread is only held while a piece is read, and a
/// reader who takes none for too long is left.
async fn send_pieces(
    hub: Arc<Hub>,
    address: Hash,
    (mut at, end): (u64, u64),
    patience: Duration,
    sender: mpsc::Sender<Result<Bytes, Error>>,
    place: OwnedSemaphorePermit,
) {
    while at < end {
        let size = (end - at).min(PIECE_BYTES as u64);
        let reader = Arc::clone(&hub);
        let piece = tokio::task::spawn_blocking(move || read_piece(&reader, address, at, size));
        let Ok(piece) = piece.await else { break };
        let failed = piece.is_err();
        // An error ends the body early, so that the client asks again from where it stands.
        let sent = tokio::time::timeout(patience, sender.send(piece)).await;
        if failed || !matches!(sent, Ok(Ok(()))) {
            break;
        }
        at += size;
    }
    drop(place);
}

fn read_piece(hub: &Hub, address: Hash, at: u64, size: u64) -> Result<Bytes, Error> {
    Ok(hub.blobs.read(address, at, size)?.into())
}

/// The bytes that are asked for, from the first to before the last: one range, or all.
fn range_in(headers: &HeaderMap, length: u64) -> Result<(u64, u64), Refusal> {
    let Some(range) = headers.get(header::RANGE) else { return Ok((0, length)) };
    let bad = || {
        Refusal::new(
            StatusCode::RANGE_NOT_SATISFIABLE,
            "bad_range",
            format!("Range 应为 bytes=起-止，文件共 {length} 字节"),
            format!("the range must be bytes=from-to, and the blob has {length} bytes"),
        )
    };
    let text = range.to_str().ok().and_then(|text| text.strip_prefix("bytes="));
    let (first, last) = text.and_then(|text| text.split_once('-')).ok_or_else(bad)?;
    let first = number_in(first).filter(|first| *first < length).ok_or_else(bad)?;
    if last.is_empty() {
        return Ok((first, length));
    }
    let last = number_in(last).filter(|last| *last >= first).ok_or_else(bad)?;
    Ok((first, length.min(last.saturating_add(1))))
}

/// A body of what comes through a channel.
struct Pieces(mpsc::Receiver<Result<Bytes, Error>>);

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
