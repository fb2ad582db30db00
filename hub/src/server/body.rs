//! Bodies: read up to a limit of bytes and of time.

use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt;
use hyper::body::Bytes;

use crate::limits::Patience;
use crate::server::refusal::Refusal;

/// The whole of a small body.
pub(super) async fn collect(
    headers: &HeaderMap,
    mut body: Body,
    what: &str,
    bytes_max: usize,
    patience: Patience,
) -> Result<Vec<u8>, Refusal> {
    if length_of(headers).is_some_and(|length| length > bytes_max as u64) {
        return Err(Refusal::too_large(what, bytes_max as u64));
    }
    let all = async {
        let mut bytes = Vec::new();
        while let Some(piece) = next_piece(&mut body, patience.piece).await? {
            if bytes.len() + piece.len() > bytes_max {
                return Err(Refusal::too_large(what, bytes_max as u64));
            }
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes)
    };
    tokio::time::timeout(patience.body, all).await.unwrap_or_else(|_| Err(Refusal::too_slow()))
}

/// The next bytes of a body; none at its end.
pub(super) async fn next_piece(
    body: &mut Body,
    patience: Duration,
) -> Result<Option<Bytes>, Refusal> {
    loop {
        let frame =
            tokio::time::timeout(patience, body.frame()).await.map_err(|_| Refusal::too_slow())?;
        match frame {
            None => return Ok(None),
            Some(Err(_)) => return Err(Refusal::cut()),
            // What is no data is a trailer, and nobody asked for one.
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    return Ok(Some(data));
                }
            }
        }
    }
}

/// The length that the client announces.
pub(super) fn length_of(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
