//! What every request passes: whether its caller has asked too often, and what is written of it.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use tokio::time::Instant;

use crate::server::Hub;
use crate::server::peer::Peer;
use crate::server::refusal::{Code, Refusal};
use crate::server::routes::Route;

/// Lets a request of a route through, counts it, and logs it: never its path, its caller or its
/// token.
pub(super) async fn attend(
    State((hub, route)): State<(Arc<Hub>, &'static Route)>,
    request: Request<Body>,
    next: Next,
) -> Response<Body> {
    let begin = Instant::now();
    let peer = request.extensions().get::<Peer>().copied();
    let response = match admit(&hub, route, peer, request.headers(), begin) {
        Ok(()) => next.run(request).await,
        Err(refusal) => refusal.into_response(),
    };
    let (status, took) = (response.status().as_u16(), begin.elapsed());
    hub.metrics.answered(route, status, took);
    let code = response.extensions().get::<Code>().map_or("", |code| code.0);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let Route { method, path, .. } = route;
    if status >= 500 && status != 503 {
        tracing::warn!(target: "angen_hub", method, route = path, status, code, ms, "failed");
    } else {
        tracing::info!(target: "angen_hub", method, route = path, status, code, ms, "answered");
    }
    response
}

fn admit(
    hub: &Hub,
    route: &Route,
    peer: Option<Peer>,
    headers: &HeaderMap,
    now: Instant,
) -> Result<(), Refusal> {
    if let Some(peer) = peer.filter(|_| !route.is_unpaced)
        && (hub.paces.counts_loopback || !peer.is_loopback())
    {
        hub.peers.take(peer, now)?;
    }
    // What a body is packed in is not asked for: nothing here unpacks, so nothing can burst.
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err(packed());
    }
    Ok(())
}

fn packed() -> Refusal {
    Refusal::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "packed",
        "内容不得压缩，请去掉 Content-Encoding 原样发送",
        "a body must not be compressed: send it as it is, without Content-Encoding",
    )
}
