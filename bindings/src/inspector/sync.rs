//! Sync with a hub, and what the officer sees of it.

use std::sync::Arc;

use angen_core::action::{self, SyncState, WaitingPage};
use angen_core::desk::Desk;
use angen_core::error::Error;
use angen_core::sync::{Caller, Exchanged, HubAddress, Site, exchange};
use angen_ledger::id::{DossierId, WriterId};

use super::Inspector;
use crate::drive::{Way, drive};
use crate::error::ApiError;
use crate::handle::{Cancel, WatchHandle};
use crate::lend::jitter;
use crate::sync_task::SyncTask;
use crate::transport::{Changes, Progress, Transport};
use crate::types::SyncRequest;
use crate::watching;

#[uniffi::export]
impl Inspector {
    /// Exchanges with a hub 同步: sends what has no receipt of it yet, fetches the receipts, and
    /// takes in what others wrote: records before media, small and new media first. It blocks as
    /// long as the network takes; other verbs go on meanwhile.
    ///
    /// What was done when it throws is kept, and the next exchange goes on from there. Throws
    /// `Offline` when there is no network; `Cancelled`; `Untrusted` when TLS or the hub's own
    /// answers do not prove it; `NotAllowed` and `Retry` when the hub refuses; `Invalid` for an
    /// address that is none or not safe; `Locked`; `StorageFull`.
    pub fn sync(
        &self,
        writer: WriterId,
        request: SyncRequest,
        transport: Arc<dyn Transport>,
        progress: Option<Arc<dyn Progress>>,
        cancel: Option<Arc<Cancel>>,
    ) -> Result<Exchanged, ApiError> {
        let hub = HubAddress::read(&request.hub, request.plain_on_network)?;
        let ports = self.host.lend()?;
        let desk = Desk::sign_in(&self.store, &ports, writer)?;
        let root = action::established(&self.store)?.root;
        let key = ports.keys.signer(writer).map_err(Error::from)?;
        let caller = Caller { certificate: desk.certificate(), key: &*key };
        let site = Site { store: &self.store, disk: &*ports.disk };
        let mut task = exchange(jitter(&ports), site, [root].into(), caller);
        task.set_network(request.network);
        let done = drive(Way { hub, transport, progress, cancel }, &mut task)?;
        action::note_contact(&self.store, &done, ports.clock.now().wall_ms)?;
        Ok(done)
    }

    /// Begins an exchange that the app takes step by step, for transfers that go on while the app
    /// sleeps. It does what [`Inspector::sync`] does, and keeps the database open until it is over
    /// or dropped.
    pub fn begin_sync(
        self: Arc<Self>,
        writer: WriterId,
        request: SyncRequest,
    ) -> Result<Arc<SyncTask>, ApiError> {
        SyncTask::begin(self, writer, request)
    }

    /// What has a receipt and what not, in sums: records that wait, N of N files, when a hub was
    /// met last, what it refused, and since when it shows nothing.
    pub fn sync_state(&self) -> Result<SyncState, ApiError> {
        Ok(action::sync_state(&self.store)?)
    }

    /// The dossiers of which something has no receipt, a page of at most 50 behind `after`.
    pub fn waiting(&self, after: Option<DossierId>) -> Result<WaitingPage, ApiError> {
        Ok(action::waiting(&self.store, after)?)
    }

    /// Keeps the address of the hub that this device syncs with; [`Inspector::sync_state`] gives
    /// it back. Throws `Invalid` for one that is none, or plain `http` to another machine.
    pub fn keep_hub(&self, hub: String, plain_on_network: bool) -> Result<(), ApiError> {
        let hub = HubAddress::read(&hub, plain_on_network)?;
        Ok(action::keep_hub(&self.store, &hub)?)
    }

    /// Watches the database: the listener hears of every commit of this process, until the handle
    /// is dropped or the database closed. A listener that throws or hangs harms no write.
    pub fn watch(
        self: Arc<Self>,
        listener: Arc<dyn Changes>,
    ) -> Result<Arc<WatchHandle>, ApiError> {
        watching::watch(&self, listener)
    }
}
