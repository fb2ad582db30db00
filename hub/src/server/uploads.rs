//! Blobs in parts: the hub says how far it is, the client goes on from there.

use std::sync::Arc;

use angen_ledger::header::BlobRef;
use angen_ledger::limits::BLOB_BYTES_MAX;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, Response, StatusCode};
use axum::response::IntoResponse;
use hyper::body::Bytes;
use tokio::sync::mpsc;

use crate::limits::PIECES_AHEAD_MAX;
use crate::server::Hub;
use crate::server::body::{length_of, next_piece};
use crate::server::callers::Pusher;
use crate::server::dossiers::blocking;
use crate::server::refusal::Refusal;
use crate::server::routes::address_in;
use crate::store::{Arrived, Part, Resumed, Submission};

/// Bytes that the hub has, or after which the part begins.
pub(crate) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");
/// Bytes of the whole ciphertext.
pub(crate) const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");

/// `HEAD /v1/blobs/{address}`.
pub(super) async fn tell_offset(
    State(hub): State<Arc<Hub>>,
    Path(address): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let blob = blob_in(&address, &headers)?;
    Pusher::of(&hub, &headers)?;
    let held = blocking(move || {
        check_named(&hub, blob)?;
        let held = hub.blobs.held_bytes(blob)?;
        if held == blob.length {
            append_blob(&hub, blob)?;
        }
        Ok(held)
    });
    Ok(at(StatusCode::OK, held.await?, blob))
}

/// `PATCH /v1/blobs/{address}`.
pub(super) async fn take_part(
    State(hub): State<Arc<Hub>>,
    Path(address): Path<String>,
    headers: HeaderMap,
    mut body: Body,
) -> Result<Response<Body>, Refusal> {
    let blob = blob_in(&address, &headers)?;
    Pusher::of(&hub, &headers)?;
    let offset = number_in(&headers, &UPLOAD_OFFSET)?;
    let place = Arc::clone(&hub.uploads).try_acquire_owned().map_err(|_| Refusal::busy())?;
    let (sender, pieces) = mpsc::channel(PIECES_AHEAD_MAX);
    let announced = length_of(&headers).unwrap_or(0);
    let (patience, writer) = (hub.patience, Arc::clone(&hub));
    let Some(part) = begin(hub, blob, offset, announced).await? else {
        return Ok(at(StatusCode::NO_CONTENT, blob.length, blob));
    };
    // What has come stays, even when this request is dropped: the thread ends with the pieces.
    let written = tokio::task::spawn_blocking(move || {
        let done = write_pieces(&writer, part, pieces);
        drop(place);
        done
    });
    let forwarding = async {
        while let Some(piece) = next_piece(&mut body, patience.piece).await? {
            if sender.send(piece).await.is_err() {
                break;
            }
        }
        Ok(())
    };
    let forwarded = tokio::time::timeout(patience.body, forwarding)
        .await
        .unwrap_or_else(|_| Err(Refusal::too_slow()));
    drop(sender);
    let arrived = written.await.unwrap_or_else(|_| Err(Refusal::internal()))?;
    let held = match arrived {
        Arrived::Whole => blob.length,
        Arrived::Part(held) => held,
        Arrived::Altered => return Err(altered()),
    };
    match forwarded {
        Ok(()) => Ok(at(StatusCode::NO_CONTENT, held, blob)),
        Err(refusal) => Err(refusal.at(held)),
    }
}

/// Checks everything that can be told before the first byte; nothing when the blob is whole.
async fn begin(
    hub: Arc<Hub>,
    blob: BlobRef,
    offset: u64,
    announced: u64,
) -> Result<Option<Box<dyn Part>>, Refusal> {
    blocking(move || {
        check_named(&hub, blob)?;
        match hub.blobs.resume(blob, offset)? {
            Resumed::Taken => Err(in_progress()),
            Resumed::At(held) if held != offset => Err(other_offset(held)),
            Resumed::At(held) if announced > 0 => Err(over_length(blob.length).at(held)),
            Resumed::At(_) => Ok(None),
            Resumed::Part(part) if announced > part.left() => {
                part.take_back()?;
                Err(over_length(blob.length).at(offset))
            }
            Resumed::Part(part) => Ok(Some(part)),
        }
    })
    .await
}

fn write_pieces(
    hub: &Arc<Hub>,
    mut part: Box<dyn Part>,
    mut pieces: mpsc::Receiver<Bytes>,
) -> Result<Arrived, Refusal> {
    let blob = part.blob();
    while let Some(piece) = pieces.blocking_recv() {
        if piece.len() as u64 > part.left() {
            part.take_back()?;
            return Err(over_length(blob.length));
        }
        part.append(&piece)?;
    }
    let arrived = part.end()?;
    if arrived == Arrived::Whole {
        append_blob(hub, blob)?;
    }
    Ok(arrived)
}

/// Appends a whole blob to the log. Whoever asks for its offset later makes good what a crash or a
/// full disk prevented between the blob and its entry.
fn append_blob(hub: &Arc<Hub>, blob: BlobRef) -> Result<(), Refusal> {
    if hub.log.is_none() || hub.ledger.is_blob_logged(blob)? {
        return Ok(());
    }
    hub.take(Submission::Blob(blob)).map(drop)
}

/// No op names it: nobody has sealed that it belongs to anything.
fn check_named(hub: &Hub, blob: BlobRef) -> Result<(), Refusal> {
    if hub.ledger.is_named(blob)? {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::NOT_FOUND,
        "blob_unknown",
        "服务器上没有记录提到这个地址和长度的文件，请先发送卷宗记录",
        "no op that the hub holds names a blob of this address and length: send the runs first",
    ))
}

fn blob_in(address: &str, headers: &HeaderMap) -> Result<BlobRef, Refusal> {
    let address = address_in(address)?;
    let length = number_in(headers, &UPLOAD_LENGTH)?;
    if length > BLOB_BYTES_MAX {
        return Err(Refusal::too_large("blob", BLOB_BYTES_MAX));
    }
    Ok(BlobRef { address, length })
}

fn number_in(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Refusal> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    let digits = text.filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    digits.and_then(|text| text.parse().ok()).ok_or_else(|| {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            "bad_header",
            format!("请求头 {name} 应为字节数"),
            format!("the header {name} must be a number of bytes"),
        )
    })
}

fn at(status: StatusCode, held: u64, blob: BlobRef) -> Response<Body> {
    let offsets = [(UPLOAD_OFFSET, held.to_string()), (UPLOAD_LENGTH, blob.length.to_string())];
    (status, offsets).into_response()
}

fn in_progress() -> Refusal {
    Refusal::new(
        StatusCode::LOCKED,
        "in_progress",
        "这个文件正在由另一个请求上传，请稍后查询进度再继续",
        "another request is sending this blob: ask for its offset shortly and go on from there",
    )
}

fn other_offset(held: u64) -> Refusal {
    Refusal::new(
        StatusCode::CONFLICT,
        "other_offset",
        format!("服务器已有 {held} 字节，请从这里继续"),
        format!("the hub has {held} bytes: go on from there"),
    )
    .at(held)
}

fn over_length(length: u64) -> Refusal {
    Refusal::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "over_length",
        format!("内容超出记录写明的 {length} 字节"),
        format!("more bytes than the {length} that the op names"),
    )
}

fn altered() -> Refusal {
    Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "blob_altered",
        "文件内容与记录中的摘要不符，已全部丢弃，请从头重传",
        "the bytes have another hash than the op names; all of them were dropped: send it again",
    )
    .at(0)
}
