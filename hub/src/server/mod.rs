//! The server: connections in, one request after the other, an answer for each.

mod asked;
mod attend;
mod body;
mod callers;
mod dossiers;
mod downloads;
mod enrol;
mod enrolments;
mod metrics;
mod own;
mod pace;
mod peer;
mod pull;
mod refusal;
mod refused;
mod routes;
mod sessions;
mod tlog;
mod turns;
mod uploads;
mod watched;

use std::io;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use angen_core::error::Result;
use angen_core::ports::Disk;
use angen_core::store::Store;
use angen_ledger::hash::Hash;
use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service;

use crate::limits::{
    CONNECTIONS_MAX, DOWNLOADS_MAX, HEAD_BYTES_MAX, HEAD_FIELDS_MAX, PUSHES_MAX, Paces, Patience,
    READS_MAX, STORING_MAX, UPLOADS_MAX,
};
use crate::log::{Log, LogTrouble, Logging};
use crate::server::enrolments::Enrolments;
use crate::server::metrics::Metrics;
use crate::server::pace::Buckets;
use crate::server::peer::{Connected, Peer};
use crate::server::sessions::Sessions;
use crate::server::turns::Turns;
use crate::server::watched::Watched;
use crate::stick::Carrying;
use crate::store::{BlobStore, FolderBlobs, LogStore, SqliteLog};
use crate::tls::Tls;
use crate::trust::{Roots, keep_roots};

pub use refusal::Refusal;
pub use routes::{ROUTES, Route, router};

/// Pause after the system could not give a connection (too many open files), so that the loop
/// does not spin until one is closed.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// A hub: its stores, the roots that it believes, and what it does at this moment.
pub struct Hub {
    ledger: Arc<dyn LogStore>,
    blobs: Arc<dyn BlobStore>,
    /// The folder of its key and its mark.
    place: PathBuf,
    /// The core's store beneath, whose imports take what a stick brings; none on other stores.
    core: Option<(Arc<Store>, Arc<dyn Disk>)>,
    roots: Roots,
    /// None: it only takes what is pushed.
    log: Option<(Log, Sessions)>,
    enrolments: Enrolments,
    patience: Patience,
    tls: Option<Tls>,
    paces: Paces,
    peers: Buckets<Peer>,
    connected: Arc<Connected>,
    metrics: Arc<Metrics>,
    pushes: Arc<Semaphore>,
    storing: Arc<Semaphore>,
    uploads: Arc<Semaphore>,
    reads: Arc<Semaphore>,
    downloads: Arc<Semaphore>,
    turns: Turns,
}

impl Hub {
    /// A hub on a core's store: its database, and the folder of blobs beside it.
    ///
    /// # Errors
    /// As [`Hub::on`].
    pub fn open(store: Arc<Store>, disk: Box<dyn Disk>, roots: &[Hash]) -> Result<Self> {
        let (place, disk) = (store.folder().to_owned(), Arc::<dyn Disk>::from(disk));
        let ledger = SqliteLog::new(Arc::clone(&store));
        let blobs = FolderBlobs::new(Arc::clone(&store), Arc::clone(&disk));
        let hub = Self::on(Arc::new(ledger), Arc::new(blobs), place, roots)?;
        Ok(Self { core: Some((store, disk)), ..hub })
    }

    /// A hub on any stores, with its key and its mark at a place. The roots are added to those
    /// that the store keeps from earlier starts; a hub without any starts, and refuses every
    /// certificate.
    ///
    /// # Errors
    /// `Storage`, `Paused`, `Malformed` when the kept roots are damaged, and `Invalid` for a root
    /// that is out of use here.
    pub fn on(
        ledger: Arc<dyn LogStore>,
        blobs: Arc<dyn BlobStore>,
        place: PathBuf,
        roots: &[Hash],
    ) -> Result<Self> {
        let roots = keep_roots(&*ledger, roots)?;
        Ok(Self {
            ledger,
            blobs,
            place,
            core: None,
            roots,
            log: None,
            enrolments: Enrolments::default(),
            patience: Patience::USUAL,
            tls: None,
            paces: Paces::USUAL,
            peers: Buckets::new(Paces::USUAL.peer),
            connected: Arc::default(),
            metrics: Arc::new(Metrics::new()),
            pushes: Arc::new(Semaphore::new(PUSHES_MAX)),
            storing: Arc::new(Semaphore::new(STORING_MAX)),
            uploads: Arc::new(Semaphore::new(UPLOADS_MAX)),
            reads: Arc::new(Semaphore::new(READS_MAX)),
            downloads: Arc::new(Semaphore::new(DOWNLOADS_MAX)),
            turns: Turns::default(),
        })
    }

    /// Keeps a log from now on, and answers those who sign in.
    ///
    /// # Errors
    /// [`LogTrouble`] when it must not go on with the log; nothing was appended.
    pub fn with_log(mut self, logging: Logging) -> std::result::Result<Self, LogTrouble> {
        let log =
            Log::open(&self.place, &*self.ledger, &*self.blobs, &self.roots.known(), logging)?;
        let sessions = Sessions::new(&log, self.paces.session);
        self.log = Some((log, sessions));
        Ok(self)
    }

    /// Speaks TLS on every connection.
    #[must_use]
    pub fn with_tls(mut self, tls: Tls) -> Self {
        self.tls = Some(tls);
        self
    }

    /// Lets its callers ask more or less often.
    #[must_use]
    pub fn with_paces(mut self, paces: Paces) -> Self {
        self.paces = paces;
        self.peers = Buckets::new(paces.peer);
        if let Some((_, sessions)) = &mut self.log {
            sessions.keep_pace(paces.session);
        }
        self
    }

    /// Waits longer or shorter for its clients.
    #[must_use]
    pub fn with_patience(mut self, patience: Patience) -> Self {
        self.patience = patience;
        self
    }

    /// What something is carried in to or out of, at a hub that keeps a log in a core's store.
    pub(crate) fn carrying(&self) -> Option<Carrying<'_>> {
        let ((log, _), (store, disk)) = (self.log.as_ref()?, self.core.as_ref()?);
        Some(Carrying { store, disk: &**disk, roots: &self.roots.in_use, log })
    }

    /// Places for blobs that are taken.
    pub(crate) fn uploads(&self) -> &Arc<Semaphore> {
        &self.uploads
    }

    /// The log and who is signed in, for requests that need both.
    fn logged(&self) -> std::result::Result<(&Log, &Sessions), Refusal> {
        self.log.as_ref().map(|(log, sessions)| (log, sessions)).ok_or_else(Refusal::no_log)
    }
}

/// Serves until `shutdown` completes; then takes no more connections and lets the requests under
/// way end, for as long as [`Patience::stop`] says.
///
/// # Errors
/// What the listener says when it cannot be used at all.
pub async fn serve(
    hub: Arc<Hub>,
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    listener.local_addr()?;
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let router = routes::router(Arc::clone(&hub));
    let graceful = GracefulShutdown::new();
    let mut shutdown = pin!(shutdown);
    loop {
        let accepted = tokio::select! {
            () = &mut shutdown => break,
            accepted = accept(&listener, &places) => accepted,
        };
        match accepted {
            Ok((stream, peer, place)) => {
                let (hub, router) = (Arc::clone(&hub), router.clone());
                tokio::spawn(converse(hub, router, stream, peer, place, graceful.watcher()));
            }
            Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
    drop(listener);
    // Who has not ended by then is cut: its request was not acknowledged.
    let _ = tokio::time::timeout(hub.patience.stop, graceful.shutdown()).await;
    Ok(())
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> io::Result<(TcpStream, Peer, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, address) = listener.accept().await?;
    // An answer in two pieces would wait for the phone to acknowledge the first: 40 ms for nothing.
    let _ = stream.set_nodelay(true);
    Ok((stream, Peer::of(address.ip()), place))
}

/// One conversation: TLS where the hub has it, then requests until somebody ends it.
async fn converse(
    hub: Arc<Hub>,
    router: Router,
    stream: TcpStream,
    peer: Peer,
    place: OwnedSemaphorePermit,
    watcher: Watcher,
) {
    let most = match peer.is_loopback() && !hub.paces.counts_loopback {
        true => usize::MAX,
        false => hub.paces.connections_of_peer,
    };
    // Who has too many is cut without a word: each would cost as much as an answer.
    let Some(counted) = hub.connected.count(peer, most) else { return };
    let open = hub.metrics.connected();
    let stream = Watched::new(stream, Arc::clone(&hub.metrics), hub.patience.write);
    match &hub.tls {
        None => talk(&hub, router, stream, peer, watcher).await,
        Some(tls) => {
            let hands = tokio::time::timeout(hub.patience.head, tls.acceptor().accept(stream));
            if let Ok(Ok(stream)) = hands.await {
                talk(&hub, router, stream, peer, watcher).await;
            }
        }
    }
    drop((counted, open, place));
}

/// Speaks HTTP/1.1.
async fn talk(
    hub: &Hub,
    router: Router,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: Peer,
    watcher: Watcher,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(hub.patience.head)
        .max_headers(HEAD_FIELDS_MAX)
        .max_buf_size(HEAD_BYTES_MAX);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.clone().call(request)
    });
    // A connection that breaks concerns its client alone, who asks again.
    let _ = watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await;
}
