//! What the hub counts, and the page on which a monitor reads it.
//!
//! Counts are of routes, never of paths: no dossier, person or address of a phone is in them.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderValue, Response, header};
use axum::response::IntoResponse;
use prometheus_client::encoding::{EncodeLabelSet, text::encode};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use tokio::sync::Mutex;
use tokio::time::Instant;

use angen_ledger::certificate::Duty;

use crate::limits::BLOBS_COUNTED_FOR;
use crate::server::Hub;
use crate::server::dossiers::blocking;
use crate::server::peer::Peer;
use crate::server::refusal::Refusal;
use crate::server::routes::Route;

/// Bounds of the histogram, in seconds: from an answer out of memory to a body over 2G.
const SECONDS: [f64; 9] = [0.001, 0.005, 0.025, 0.1, 0.5, 2.0, 10.0, 60.0, 600.0];

/// A proxy that passes a request on says so in one of these.
const FORWARDED: [&str; 3] = ["forwarded", "x-forwarded-for", "x-real-ip"];

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Everything that is counted.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    seconds: Family<Asked, Histogram, fn() -> Histogram>,
    received: Counter,
    sent: Counter,
    connections: Gauge,
    sessions: Gauge,
    entries: Gauge,
    ops: Gauge,
    blobs: Gauge,
    free: Gauge,
    /// When the blobs were counted last: that walks their folder.
    counted: Mutex<Option<Instant>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    method: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: &'static str,
    method: &'static str,
}

/// Lowers the number of open connections when it is dropped.
pub(crate) struct Open(Arc<Metrics>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.connections.dec();
    }
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let seconds: fn() -> Histogram = || Histogram::new(SECONDS);
        let mut all = Self {
            registry: Registry::with_prefix("angen_hub"),
            requests: Family::default(),
            seconds: Family::new_with_constructor(seconds),
            received: Counter::default(),
            sent: Counter::default(),
            connections: Gauge::default(),
            sessions: Gauge::default(),
            entries: Gauge::default(),
            ops: Gauge::default(),
            blobs: Gauge::default(),
            free: Gauge::default(),
            counted: Mutex::default(),
        };
        let to = &mut all.registry;
        to.register("requests", "Requests by route and status", all.requests.clone());
        let wait = "From the head of a request to the head of its answer";
        to.register_with_unit("request", wait, Unit::Seconds, all.seconds.clone());
        let came = "Bytes that came, TLS and heads included";
        to.register_with_unit("received", came, Unit::Bytes, all.received.clone());
        let went = "Bytes that went, TLS and heads included";
        to.register_with_unit("sent", went, Unit::Bytes, all.sent.clone());
        to.register("connections", "Connections that are open", all.connections.clone());
        to.register("sessions", "Sessions that have not ended", all.sessions.clone());
        to.register("log_entries", "Entries of the log", all.entries.clone());
        to.register("ops", "Ops that are held", all.ops.clone());
        to.register("blobs", "Blobs that are whole", all.blobs.clone());
        to.register_with_unit("disk_free", "Room on the disk", Unit::Bytes, all.free.clone());
        all
    }

    pub(crate) fn received(&self, bytes: u64) {
        self.received.inc_by(bytes);
    }

    pub(crate) fn sent(&self, bytes: u64) {
        self.sent.inc_by(bytes);
    }

    pub(crate) fn connected(self: &Arc<Self>) -> Open {
        self.connections.inc();
        Open(Arc::clone(self))
    }

    pub(crate) fn answered(&self, route: &Route, status: u16, took: Duration) {
        let Route { path: route, method, .. } = *route;
        self.requests.get_or_create(&Answered { route, method, status }).inc();
        self.seconds.get_or_create(&Asked { route, method }).observe(took.as_secs_f64());
    }

    fn page(&self) -> Result<String, Refusal> {
        let mut page = String::new();
        encode(&mut page, &self.registry).map_err(|_| Refusal::internal())?;
        Ok(page)
    }
}

/// `GET /v1/metrics`: for this machine, and for an administrator who has signed in.
pub(super) async fn give_metrics(
    State(hub): State<Arc<Hub>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let is_passed_on = FORWARDED.iter().any(|name| headers.contains_key(*name));
    if !peer.is_loopback() || is_passed_on {
        let (log, sessions) = hub.logged()?;
        let caller = sessions.caller(log, &headers)?;
        if caller.certificate.duty != Duty::Admin {
            return Err(Refusal::unknown());
        }
        let asked = Arc::clone(&hub);
        blocking(move || caller.check(&asked, asked.logged()?.0)).await?;
    }
    let place = Arc::clone(&hub.reads).try_acquire_owned().map_err(|_| Refusal::busy())?;
    let is_due = {
        let mut counted = hub.metrics.counted.lock().await;
        let is_due = counted.is_none_or(|at| at.elapsed() >= BLOBS_COUNTED_FOR);
        if is_due {
            *counted = Some(Instant::now());
        }
        is_due
    };
    let reader = Arc::clone(&hub);
    let gauged = blocking(move || {
        let _place = place;
        look(&reader, is_due)
    });
    gauged.await?;
    let kind = [
        (header::CONTENT_TYPE, HeaderValue::from_static(OPEN_METRICS)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((kind, hub.metrics.page()?).into_response())
}

/// Looks at what is not counted as it happens.
fn look(hub: &Hub, count_blobs: bool) -> Result<(), Refusal> {
    let gauge = |gauge: &Gauge, value: u64| {
        gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
    };
    let metrics = &*hub.metrics;
    let counts = hub.ledger.counts()?;
    gauge(&metrics.entries, counts.entries);
    gauge(&metrics.ops, counts.ops);
    if let Some((log, sessions)) = &hub.log {
        gauge(&metrics.sessions, sessions.count(log));
    }
    if let Ok(free) = hub.blobs.free_bytes() {
        gauge(&metrics.free, free);
    }
    if count_blobs {
        gauge(&metrics.blobs, hub.blobs.list()?.len() as u64);
    }
    Ok(())
}
