//! Routes: which request goes where, and what its path must look like.

use std::sync::Arc;

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::wire::Wire;
use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, any, get, head, patch, post};

use crate::server::attend::attend;
use crate::server::refusal::Refusal;
use crate::server::{
    Hub, asked, dossiers, downloads, enrol, metrics, own, pull, sessions, tlog, uploads,
};

/// The media type of CBOR bodies.
const CBOR: &str = "application/cbor";
/// The media type of refusals.
const JSON: &str = "application/json";

/// A request that the hub answers.
#[derive(Debug)]
pub struct Route {
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with the names of its parts in braces.
    pub path: &'static str,
    /// Whether it is answered however often it is asked.
    pub is_unpaced: bool,
    handler: fn() -> MethodRouter<Arc<Hub>>,
}

const fn route(
    method: &'static str,
    path: &'static str,
    handler: fn() -> MethodRouter<Arc<Hub>>,
) -> Route {
    Route { method, path, is_unpaced: false, handler }
}

/// Every request that the hub answers; docs/hub.md has them one by one.
pub const ROUTES: [Route; 24] = [
    Route { is_unpaced: true, ..route("GET", "/v1/health", || get(health)) },
    route("GET", "/v1/metrics", || get(metrics::give_metrics)),
    route("POST", "/v1/certificates", || post(dossiers::take_certificates)),
    route("GET", "/v1/dossiers/{id}/heads", || get(dossiers::tell_heads)),
    route("POST", "/v1/dossiers/{id}/runs", || post(dossiers::take_runs)),
    route("GET", "/v1/dossiers/{id}/runs", || get(pull::give_runs)),
    route("GET", "/v1/dossiers/{id}/receipts", || get(pull::give_receipts)),
    route("POST", "/v1/dossiers/{id}/receipts", || post(asked::give_asked)),
    route("HEAD", "/v1/blobs/{address}", || head(uploads::tell_offset)),
    route("PATCH", "/v1/blobs/{address}", || patch(uploads::take_part)),
    route("GET", "/v1/blobs/{address}", || get(downloads::give_blob)),
    route("GET", "/v1/changes", || get(pull::tell_changes)),
    route("GET", "/v1/own", || get(own::tell_own)),
    route("POST", "/v1/session/challenge", || post(sessions::give_challenge)),
    route("POST", "/v1/session", || post(sessions::take_answer)),
    route("POST", "/v1/enrolment/invitations", || post(enrol::take_invitation)),
    route("POST", "/v1/enrolment/ask", || post(enrol::take_ask)),
    route("GET", "/v1/enrolment/asks", || get(enrol::tell_asks)),
    route("POST", "/v1/enrolment/answers", || post(enrol::take_answer)),
    route("GET", "/v1/tlog/certificates", || get(tlog::give_certificates)),
    route("GET", "/v1/tlog/checkpoint", || get(tlog::give_checkpoint)),
    route("GET", "/v1/tlog/consistency/{old}/{new}", || get(tlog::give_consistency)),
    route("GET", "/v1/tlog/tile/{level}/{*path}", || get(tlog::give_tile)),
    // What is none of these, under one name: a path that somebody made up is counted nowhere.
    route("ANY", "other", || any(no_route)),
];

/// Every route of the hub, each with what all of them pass; for whoever brings requests by other
/// ways than sockets, too.
pub fn router(hub: Arc<Hub>) -> Router {
    static TABLE: [Route; 24] = ROUTES;
    let [routes @ .., other] = &TABLE;
    let attended = |route: &'static Route| from_fn_with_state((Arc::clone(&hub), route), attend);
    let mut router = Router::new();
    for route in routes {
        router = router.route(route.path, (route.handler)().layer(attended(route)));
    }
    router
        .fallback_service((other.handler)().layer(attended(other)).with_state(Arc::clone(&hub)))
        .method_not_allowed_fallback(no_method)
        .layer(map_response(in_our_words))
        .with_state(hub)
}

/// A CBOR answer.
pub(super) fn answer(value: &impl Wire) -> Response<Body> {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(CBOR))], value.to_wire()).into_response()
}

/// The dossier in a path. It has one spelling, so that nothing else passes for it in a log.
pub(super) fn dossier_in(text: &str) -> Result<DossierId, Refusal> {
    match text.parse::<DossierId>() {
        Ok(id) if id.to_string() == text => Ok(id),
        _ => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "bad_dossier",
            "卷宗编号应为小写十六进制的 UUID",
            "a dossier's id is a UUID in lower case",
        )),
    }
}

/// The blob's address in a path: 64 digits, so that no path can be made of it.
pub(super) fn address_in(text: &str) -> Result<Hash, Refusal> {
    match text.parse::<Hash>() {
        Ok(address) if address.to_string() == text => Ok(address),
        _ => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "bad_address",
            "文件地址应为 64 位小写十六进制数字",
            "a blob's address is 64 hexadecimal digits in lower case",
        )),
    }
}

/// Says that the hub is up and its database answers.
async fn health(
    axum::extract::State(hub): axum::extract::State<Arc<Hub>>,
) -> Result<Response<Body>, Refusal> {
    dossiers::blocking(move || Ok(hub.ledger.origin().map(drop)?)).await?;
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static(JSON))];
    Ok((json, r#"{"status":"ok","protocol":1}"#).into_response())
}

/// A path that is not even text is refused by the library before any route: in our words all the
/// same, since apps read a code from every refusal.
async fn in_our_words(response: Response<Body>) -> Response<Body> {
    let is_bare = response.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind != JSON);
    if response.status() != StatusCode::BAD_REQUEST || !is_bare {
        return response;
    }
    Refusal::new(
        StatusCode::BAD_REQUEST,
        "bad_path",
        "地址不是文字，请核对版本",
        "the address is no text: compare the versions",
    )
    .into_response()
}

async fn no_route() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        "no_route",
        "服务器没有这个地址，请核对版本",
        "the hub has no such address: compare the versions",
    )
}

async fn no_method() -> Refusal {
    Refusal::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "no_method",
        "这个地址不接受这种请求",
        "this address does not take this method",
    )
}
