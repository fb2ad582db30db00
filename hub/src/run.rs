//! A hub as a process: opens the folder, listens, serves, and stops when it is told to.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use angen_core::error::Error;
use angen_core::ports::Disk;
use angen_core::store::Store;
use angen_ledger::hash::Hash;
use angen_ledger::verify::Lang;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

use crate::folder_lock::FolderLock;
use crate::local::{Door, attend};
use crate::log::{LogTrouble, Logging};
use crate::server::{Hub, serve};
use crate::tls::{Tls, TlsTrouble};

/// How a hub runs.
pub struct Options {
    /// Folder of its database and blobs; made when it is not there.
    pub data: PathBuf,
    /// Where it listens; port 0 lets the system choose.
    pub listen: SocketAddr,
    /// With which it speaks TLS; without, everything travels in the clear.
    pub tls: Option<Tls>,
    /// Whether it may listen without TLS where other machines reach it.
    pub plain_on_network: bool,
    /// Fingerprints of roots that it believes, added to those of earlier starts.
    pub roots: Vec<Hash>,
    /// What it needs for a log and for sessions; without it, it only takes what is pushed.
    pub logging: Option<Logging>,
    /// The disk below the folder.
    pub disk: Box<dyn Disk>,
}

/// Why a hub did not start, or ended.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// The address is reachable from other machines and nobody allowed that.
    #[error(
        "{0} can be reached from other machines and the hub speaks without TLS: \
         give --tls-cert and --tls-key, listen on 127.0.0.1, or allow it with --plain-on-network"
    )]
    NotLoopback(SocketAddr),
    /// Another hub serves this folder.
    #[error("{}: another hub serves this folder: stop it first, or choose another", .0.display())]
    Taken(PathBuf),
    /// The hub that serves the folder refused what it was asked by its door.
    #[error("{en}")]
    Local {
        /// Chinese.
        zh: String,
        /// English.
        en: String,
    },
    /// TLS cannot be spoken.
    #[error(transparent)]
    Tls(#[from] TlsTrouble),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The system gave no threads or signals.
    #[error("the hub could not start: {0}")]
    System(std::io::Error),
    /// It does not go on with its log.
    #[error(transparent)]
    Log(#[from] LogTrouble),
    /// The folder or its database failed.
    #[error(transparent)]
    Core(#[from] Error),
}

impl HubError {
    /// The sentence for the user.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Core(error), _) => error.say(lang),
            (Self::Log(trouble), _) => trouble.say(lang),
            (Self::Tls(trouble), _) => trouble.say(lang),
            (_, Lang::En) => self.to_string(),
            (Self::NotLoopback(address), Lang::Zh) => format!(
                "{address} 可以从其他机器访问，而平台没有 TLS：请给出 --tls-cert 和 --tls-key，\
                 或改用 127.0.0.1，或用 --plain-on-network 明确允许"
            ),
            (Self::Local { zh, .. }, Lang::Zh) => zh.clone(),
            (Self::Taken(folder), Lang::Zh) => {
                format!("{}：另一个平台正在使用这个文件夹，请先停止它或换一个", folder.display())
            }
            (Self::Listen { address, source }, Lang::Zh) => {
                format!("无法在 {address} 上监听（{source}）：请换一个端口")
            }
            (Self::System(error), Lang::Zh) => format!("服务器没有启动（{error}）"),
        }
    }
}

/// Runs a hub until SIGINT or SIGTERM, with a runtime of its own. Prints nothing: `started` is
/// called once with the address that it listens on, when requests are being taken.
///
/// # Errors
/// [`HubError`].
pub fn run(options: Options, started: impl FnOnce(SocketAddr)) -> Result<(), HubError> {
    let signals = || {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        Ok(async move {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        })
    };
    run_until(options, signals, started)
}

/// A hub in a thread of this process: for a device that is a hub for those around it.
pub struct Running {
    address: SocketAddr,
    is_tls: bool,
    stop: oneshot::Sender<()>,
    thread: JoinHandle<Result<(), HubError>>,
}

impl Running {
    /// Starts one; when this returns, requests are being taken.
    ///
    /// # Errors
    /// [`HubError`].
    pub fn start(options: Options) -> Result<Self, HubError> {
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let is_tls = options.tls.is_some();
        let thread = std::thread::spawn(move || {
            let until = || Ok(async move { drop(stopped.await) });
            run_until(options, until, |address| {
                let _ = tell.send(address);
            })
        });
        match told.recv() {
            Ok(address) => Ok(Self { address, is_tls, stop, thread }),
            // It ended before it could listen, and says why.
            Err(_) => Err(ended(thread).err().unwrap_or_else(lost)),
        }
    }

    /// Where it listens, as a client is told it.
    #[must_use]
    pub fn base_url(&self) -> String {
        let scheme = if self.is_tls { "https" } else { "http" };
        format!("{scheme}://{}", self.address)
    }

    /// Lets the requests under way end, and closes its database.
    ///
    /// # Errors
    /// [`HubError`].
    pub fn stop(self) -> Result<(), HubError> {
        // Should it have ended by itself, its own error says why.
        let _ = self.stop.send(());
        ended(self.thread)
    }
}

fn ended(thread: JoinHandle<Result<(), HubError>>) -> Result<(), HubError> {
    thread.join().unwrap_or_else(|_| Err(lost()))
}

fn lost() -> HubError {
    HubError::System(std::io::Error::other("its thread ended early"))
}

/// Opens the door for sticks; a hub that cannot have one serves all the same.
fn door(hub: &Arc<Hub>, data: &Path) -> Option<tokio::task::JoinHandle<()>> {
    hub.carrying()?;
    match Door::open(data) {
        Ok(door) => Some(tokio::spawn(attend(door, Arc::clone(hub)))),
        Err(error) => {
            tracing::warn!(target: "angen_hub", %error, "takes no sticks while it serves");
            None
        }
    }
}

fn run_until<F: Future<Output = ()>>(
    options: Options,
    until: impl FnOnce() -> std::io::Result<F>,
    started: impl FnOnce(SocketAddr),
) -> Result<(), HubError> {
    let Options { data, listen, tls, plain_on_network, roots, logging, disk } = options;
    if !listen.ip().is_loopback() && tls.is_none() && !plain_on_network {
        return Err(HubError::NotLoopback(listen));
    }
    // Held until everything that is being stored has ended.
    let _lock = FolderLock::take(&data)?;
    let store = Arc::new(Store::open(&data)?);
    let mut hub = Hub::open(Arc::clone(&store), disk, &roots)?;
    if let Some(logging) = logging {
        hub = hub.with_log(logging)?;
    }
    if let Some(tls) = tls {
        hub = hub.with_tls(tls);
    }
    let hub = Arc::new(hub);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(HubError::System)?;
    runtime.block_on(async {
        let at_listen = |source| HubError::Listen { address: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(at_listen)?;
        let told_to_stop = until().map_err(HubError::System)?;
        let door = door(&hub, &data);
        started(listener.local_addr().map_err(at_listen)?);
        tracing::info!(target: "angen_hub", "started");
        serve(hub, listener, told_to_stop).await.map_err(HubError::System)?;
        if let Some(door) = door {
            door.abort();
        }
        Ok::<(), HubError>(())
    })?;
    // Waits for what is being stored.
    drop(runtime);
    tracing::info!(target: "angen_hub", "stopped");
    Ok(store.pause()?)
}
