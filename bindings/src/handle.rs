//! What an app holds on to while something goes on: it stops when the app lets go or says so.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use angen_core::store::Bell;

use crate::drive::Event;

/// Ends an exchange with a hub. One may be given to several, and ends them all; what was done
/// until then is kept, and the next exchange goes on from there.
#[derive(Default, uniffi::Object)]
pub struct Cancel {
    is_cancelled: AtomicBool,
    tell: Mutex<Vec<Sender<Event>>>,
}

#[uniffi::export]
impl Cancel {
    /// One that has not been used.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Ends the exchanges that it was given to, and those that it is given to later. They throw
    /// `Cancelled` without waiting for the network.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Release);
        let mut tell = self.tell.lock().unwrap_or_else(PoisonError::into_inner);
        for exchange in tell.drain(..) {
            // One that is over hears nothing any more.
            let _ = exchange.send(Event::Cancelled);
        }
    }

    /// Whether it was used.
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Acquire)
    }
}

impl Cancel {
    /// Tells an exchange, now or later.
    pub(crate) fn tell(&self, exchange: Sender<Event>) {
        self.tell.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
    }
}

/// A watch over a database. It stops when this is closed or dropped.
#[derive(uniffi::Object)]
pub struct WatchHandle {
    pub(crate) stop: Arc<AtomicBool>,
    pub(crate) bell: Arc<Bell>,
}

#[uniffi::export]
impl WatchHandle {
    /// Stops. A call that is under way ends by itself; none begins after it. Stopping again does
    /// nothing.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Release);
        self.bell.ring();
    }
}

impl Drop for WatchHandle {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        self.bell.ring();
    }
}
