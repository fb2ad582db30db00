//! A real hub in this process, and a transport over sockets as an app's is.

use std::io::Read as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;

use angen_bindings::transport::{HttpAnswer, HttpAnswerBody, HttpBody, HttpField, HttpRequest};
use angen_bindings::{Transport, TransportError};
use angen_core::action::{CertifyHub, certify_hub};
use angen_core::desk::Desk;
use angen_core::ports::{Chance, Clock, ClockSource};
use angen_core::store::Store;
use angen_hub::server::{Hub, serve};
use angen_hub::{HubKey, Logging};
use angen_ledger::hash::Hash;
use angen_ledger::id::BootId;
use angen_ledger::op::Moment;
use angen_ledger::testing::BEGIN_MS;
use angen_testing::township::Township;
use angen_testing::world::World;
use tempfile::TempDir;
use tokio::sync::oneshot;

/// A hub with a log that a township certified.
pub(crate) struct RealHub {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _folder: TempDir,
}

impl RealHub {
    /// Certifies a hub in a township and starts it.
    pub(crate) fn certified_by(town: &Township) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = HubKey::open(folder.path(), &World::new(0xa0)).unwrap().public();
        let desk = Desk::sign_in(&town.store, &town.ports, town.place.administrator).unwrap();
        let request = CertifyHub {
            name: "测试平台".to_owned(),
            organisation: "日照市应急管理局".to_owned(),
            origin: "rizhao.example/donggang/1".to_owned(),
            keys,
        };
        let certificates = certify_hub(&desk, &request).unwrap().chain;
        Self::started(folder, town.place.root, certificates)
    }

    /// Starts the hub of a folder, which has its keys, with what an administrator has certified.
    pub(crate) fn started(folder: TempDir, root: Hash, certificates: Vec<Vec<u8>>) -> Self {
        let store = Arc::new(Store::open(folder.path()).unwrap());
        let hub = Hub::open(store, Box::new(World::new(0xa1)), &[root]).unwrap();
        let logging = Logging {
            certificates,
            mark: None,
            new_epoch: false,
            clock: Box::new(DayAfter),
            chance: Box::new(World::new(0xa2)) as Box<dyn Chance>,
        };
        Self::serve(hub.with_log(logging).unwrap(), folder)
    }

    fn serve(hub: Hub, folder: TempDir) -> Self {
        let hub = Arc::new(hub);
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                let shutdown = async {
                    let _ = stopped.await;
                };
                serve(hub, listener, shutdown).await.unwrap();
            });
        });
        let address = told.recv().unwrap();
        Self { address, stop: Some(stop), thread: Some(thread), _folder: folder }
    }

    /// What a phone is told to connect to.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for RealHub {
    fn drop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
        if let Some(thread) = self.thread.take() {
            assert!(thread.join().is_ok() || std::thread::panicking(), "the hub panicked");
        }
    }
}

/// A day after the phones' world begins.
struct DayAfter;

impl Clock for DayAfter {
    fn now(&self) -> Moment {
        Moment { wall_ms: BEGIN_MS + 86_400_000, mono_ms: 0, boot: BootId([3; 16]) }
    }

    fn source(&self) -> ClockSource {
        ClockSource::Network
    }
}

/// Requests over real sockets. Every other answer lies in a file, as a phone's downloads do.
pub(crate) struct Sockets {
    agent: ureq::Agent,
    answers: TempDir,
    performed: AtomicU64,
}

impl Sockets {
    pub(crate) fn new() -> Arc<Self> {
        let config = ureq::Agent::config_builder().http_status_as_error(false).proxy(None);
        Arc::new(Self {
            agent: config.build().new_agent(),
            answers: tempfile::tempdir().unwrap(),
            performed: AtomicU64::new(0),
        })
    }

    /// Requests that were performed.
    pub(crate) fn performed(&self) -> u64 {
        self.performed.load(Ordering::SeqCst)
    }

    /// Answer files that lie about.
    pub(crate) fn leftovers(&self) -> usize {
        std::fs::read_dir(self.answers.path()).unwrap().count()
    }
}

impl Transport for Sockets {
    fn perform(&self, request: HttpRequest) -> Result<HttpAnswer, TransportError> {
        let number = self.performed.fetch_add(1, Ordering::SeqCst);
        let offline = |why: ureq::Error| TransportError::Offline { why: why.to_string() };
        let bytes = match request.body {
            HttpBody::Empty => None,
            HttpBody::Bytes { bytes } => Some(bytes),
            HttpBody::File { path, from, bytes } => {
                let whole = std::fs::read(path).unwrap();
                Some(whole[from as usize..(from + bytes) as usize].to_vec())
            }
        };
        let method = format!("{:?}", request.method).to_uppercase();
        let mut built = ureq::http::Request::builder().method(&*method).uri(&request.url);
        for field in &request.fields {
            built = built.header(&field.name, &field.value);
        }
        let answer = match bytes {
            Some(bytes) => self.agent.run(built.body(bytes).unwrap()),
            None => self.agent.run(built.body(()).unwrap()),
        };
        let answer = answer.map_err(offline)?;
        let fields = answer.headers().iter().map(|(name, value)| HttpField {
            name: name.to_string(),
            value: value.to_str().unwrap_or_default().to_owned(),
        });
        let (status, fields) = (answer.status().as_u16(), fields.collect());
        let mut bytes = Vec::new();
        answer.into_body().into_reader().read_to_end(&mut bytes).unwrap();
        let body = if number.is_multiple_of(2) {
            HttpAnswerBody::Bytes { bytes }
        } else {
            let path = self.answers.path().join(number.to_string());
            std::fs::write(&path, bytes).unwrap();
            HttpAnswerBody::File { path }
        };
        Ok(HttpAnswer { status, fields, body })
    }
}
