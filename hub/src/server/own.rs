//! What this hub holds last of the writer who asks: a restored phone adopts it before it writes.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response};

use crate::server::Hub;
use crate::server::pull::reading;
use crate::server::refusal::Refusal;
use crate::wire::{NumberedSeal, Own};

/// `GET /v1/own`.
pub(super) async fn tell_own(
    State(hub): State<Arc<Hub>>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    reading(hub, headers, |hub, _, caller| {
        let last = hub.ledger.last_seal(caller.writer)?;
        let last = last.map(|(number, seal)| NumberedSeal { number, seal });
        Ok(Own { last })
    })
    .await
}
