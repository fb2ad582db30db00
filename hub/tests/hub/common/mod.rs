//! What the tests of the hub share: a township on a phone, a hub on a socket, raw requests.

mod liar;
mod logged;
mod phone;
mod pushing;
mod raw;

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use angen_core::store::{self, Store};
use angen_hub::limits::Patience;
use angen_hub::server::{Hub, serve};
use angen_ledger::hash::Hash;
use tempfile::TempDir;
use tokio::sync::oneshot;

pub(crate) use liar::liar_before;
pub(crate) use logged::{HubClock, Signed, certificates_for, logging, sign_in, sign_in_with};
pub(crate) use phone::{NewPhone, Phone, TestDisk, copy_folder, officer};
pub(crate) use pushing::{drive, post_as, push, send};
pub(crate) use raw::{Answer, Cutter, exchange, request, request_head};

/// A hub in this process, on a port that the system chose.
pub(crate) struct TestHub {
    pub(crate) address: SocketAddr,
    pub(crate) store: Arc<Store>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    _folder: Option<TempDir>,
}

impl TestHub {
    /// A hub in a new folder that knows these roots.
    pub(crate) fn knowing(roots: &[Hash]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut hub = Self::start(folder.path(), roots, TestDisk::roomy(), Patience::USUAL);
        hub._folder = Some(folder);
        hub
    }

    /// A hub that waits for nobody longer than a moment.
    pub(crate) fn impatient(roots: &[Hash]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let moment = Duration::from_millis(300);
        let patience = Patience {
            head: moment,
            piece: moment,
            body: 4 * moment,
            write: moment,
            stop: 4 * moment,
        };
        let mut hub = Self::start(folder.path(), roots, TestDisk::roomy(), patience);
        hub._folder = Some(folder);
        hub
    }

    /// A hub with a log that the administrators of these townships certified.
    pub(crate) fn certified(phones: &[&Phone]) -> (Self, Arc<HubClock>) {
        let folder = tempfile::tempdir().unwrap();
        let (mut hub, clock) = Self::certified_in(folder.path(), phones);
        hub._folder = Some(folder);
        (hub, clock)
    }

    /// The same in a folder.
    pub(crate) fn certified_in(folder: &Path, phones: &[&Phone]) -> (Self, Arc<HubClock>) {
        Self::certified_in_with(folder, phones, |hub| hub)
    }

    /// A hub with a log that is further set up; without any township, one without a log.
    pub(crate) fn certified_with(
        phones: &[&Phone],
        set_up: impl FnOnce(Hub) -> Hub,
    ) -> (Self, Arc<HubClock>) {
        let folder = tempfile::tempdir().unwrap();
        let (mut hub, clock) = Self::certified_in_with(folder.path(), phones, set_up);
        hub._folder = Some(folder);
        (hub, clock)
    }

    fn certified_in_with(
        folder: &Path,
        phones: &[&Phone],
        set_up: impl FnOnce(Hub) -> Hub,
    ) -> (Self, Arc<HubClock>) {
        let clock = Arc::new(HubClock::default());
        let certificates = certificates_for(folder, phones, 1);
        let roots: Vec<Hash> = phones.iter().map(|phone| phone.place.root).collect();
        let store = Arc::new(Store::open(folder).unwrap());
        let hub = Hub::open(Arc::clone(&store), Box::new(TestDisk::roomy()), &roots).unwrap();
        let hub = match certificates.is_empty() {
            true => hub,
            false => hub.with_log(logging(certificates, &clock)).unwrap(),
        };
        (Self::serve(store, set_up(hub)), clock)
    }

    /// A hub in a folder that knows its roots already, and begins a new epoch of its log.
    pub(crate) fn new_epoch_in(folder: &Path, certificates: Vec<Vec<u8>>) -> Self {
        let store = Arc::new(Store::open(folder).unwrap());
        let hub = Hub::open(Arc::clone(&store), Box::new(TestDisk::roomy()), &[]).unwrap();
        let mut logging = logging(certificates, &Arc::default());
        logging.new_epoch = true;
        Self::serve(store, hub.with_log(logging).unwrap())
    }

    /// A hub in a folder.
    pub(crate) fn start(folder: &Path, roots: &[Hash], disk: TestDisk, patience: Patience) -> Self {
        let store = Arc::new(Store::open(folder).unwrap());
        let hub = Hub::open(Arc::clone(&store), Box::new(disk), roots).unwrap();
        Self::serve(store, hub.with_patience(patience))
    }

    pub(crate) fn serve(store: Arc<Store>, hub: Hub) -> Self {
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
        Self { address, store, stop: Some(stop), thread: Some(thread), _folder: None }
    }

    /// What a client is told to connect to.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that could have been stored: certificates, ops, digest, and files of blobs.
    pub(crate) fn contents(&self) -> (usize, u64, Hash, usize, usize) {
        let (certificates, ops, digest) = self
            .store
            .read(|connection| {
                let certificates = store::certificates(connection)?.len();
                Ok((certificates, store::count_ops(connection)?, store::digest(connection)?))
            })
            .unwrap();
        let (blobs, others) = self.store.blobs().list().unwrap();
        (certificates, ops, digest, blobs.len(), others.len())
    }
}

impl Drop for TestHub {
    fn drop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
        if let Some(thread) = self.thread.take() {
            let ended = thread.join();
            assert!(ended.is_ok() || std::thread::panicking(), "the hub panicked");
        }
    }
}
