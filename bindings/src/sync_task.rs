//! An exchange that the app takes step by step, for transfers that outlive the app's own thread:
//! iOS's background URLSession, Android's WorkManager.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use angen_core::sync::Exchanged;
use angen_ledger::id::WriterId;

use crate::error::ApiError;
use crate::handle::Cancel;
use crate::inspector::Inspector;
use crate::transport::{HttpAnswer, HttpRequest, Transport, TransportError};
use crate::types::SyncRequest;

/// What the app does next.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum SyncStep {
    /// Perform the request, whenever the platform can, and tell what came of it.
    Perform {
        /// The request.
        request: HttpRequest,
    },
    /// Nothing: the exchange is over.
    Done {
        /// What came of it.
        done: Exchanged,
    },
}

/// An exchange under way. Dropping it stops it; nothing that was done is lost, and another one goes
/// on from there: so a transfer that ends after the app was killed is simply asked for again.
#[derive(uniffi::Object)]
pub struct SyncTask {
    steps: Mutex<Receiver<Result<SyncStep, ApiError>>>,
    tell: Sender<Result<HttpAnswer, TransportError>>,
    is_asked: AtomicBool,
    cancel: Arc<Cancel>,
}

#[uniffi::export]
impl SyncTask {
    /// The next thing to do. Blocks while the core works and while it waits between two attempts.
    /// Throws as `sync` does; after that, and after `Done`, it throws `Cancelled`.
    pub fn next_step(&self) -> Result<SyncStep, ApiError> {
        let steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let step = steps.recv().map_err(|_| over())?;
        self.is_asked.store(matches!(step, Ok(SyncStep::Perform { .. })), Ordering::Release);
        step
    }

    /// Tells what the hub answered to the last request. Told a second time, it is passed over.
    pub fn performed(&self, answer: HttpAnswer) {
        self.told(Ok(answer));
    }

    /// Tells that no whole answer came. Told a second time, it is passed over.
    pub fn failed(&self, error: TransportError) {
        self.told(Err(error));
    }

    /// Stops it: the next step throws `Cancelled`.
    pub fn stop(&self) {
        self.cancel.cancel();
    }
}

impl Drop for SyncTask {
    fn drop(&mut self) {
        self.cancel.cancel();
    }
}

impl SyncTask {
    /// What nobody has asked for answers nothing, and neither does what comes when all is over.
    fn told(&self, told: Result<HttpAnswer, TransportError>) {
        let is_asked = self.is_asked.swap(false, Ordering::AcqRel);
        let _ = is_asked.then(|| self.tell.send(told));
    }

    /// Begins an exchange in a thread of its own, which hands its requests out.
    pub(crate) fn begin(
        inspector: Arc<Inspector>,
        writer: WriterId,
        request: SyncRequest,
    ) -> Result<Arc<Self>, ApiError> {
        let (step, steps) = channel();
        let (tell, told) = channel();
        let cancel = Cancel::new();
        let stop = Arc::clone(&cancel);
        let thread = std::thread::Builder::new().name("angen-sync".to_owned());
        let run = move || {
            let relay = Arc::new(Relay { step: step.clone(), told: Mutex::new(told) });
            let done = inspector.sync(writer, request, relay, None, Some(stop));
            // The database may close before the app asks what came of it.
            drop(inspector);
            let _ = step.send(done.map(|done| SyncStep::Done { done }));
        };
        thread.spawn(run).map_err(|why| ApiError::Internal {
            zh: format!("不能启动同步（{why}），请重启应用后再试"),
            en: format!("the exchange cannot be started ({why}): restart the app and try again"),
        })?;
        let (steps, is_asked) = (Mutex::new(steps), AtomicBool::new(false));
        Ok(Arc::new(Self { steps, tell, is_asked, cancel }))
    }
}

/// A transport that hands each request to whoever takes the steps.
struct Relay {
    step: Sender<Result<SyncStep, ApiError>>,
    told: Mutex<Receiver<Result<HttpAnswer, TransportError>>>,
}

impl Transport for Relay {
    fn perform(&self, request: HttpRequest) -> Result<HttpAnswer, TransportError> {
        let gone = |what: &str| TransportError::Failed { why: what.to_owned() };
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        self.step
            .send(Ok(SyncStep::Perform { request }))
            .map_err(|_| gone("nobody takes the steps"))?;
        told.recv().map_err(|_| gone("nobody tells"))?
    }
}

fn over() -> ApiError {
    ApiError::Cancelled {
        zh: "这次同步已经结束，请重新开始".to_owned(),
        en: "this exchange is over: begin another one".to_owned(),
    }
}
