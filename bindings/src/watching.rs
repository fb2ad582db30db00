//! The thread behind a watch: it hears the bell of the store, reads what came, and tells the app.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use angen_core::store::{Bell, Seen};

use crate::error::ApiError;
use crate::handle::WatchHandle;
use crate::inspector::Inspector;
use crate::transport::Changes;

/// Commits that come within this time are told in one call: a screen is drawn sixty times a
/// second at most, and nobody reads as fast.
const GATHER: Duration = Duration::from_millis(30);

/// Begins a watch. What was written before is not told.
pub(crate) fn watch(
    inspector: &Arc<Inspector>,
    listener: Arc<dyn Changes>,
) -> Result<Arc<WatchHandle>, ApiError> {
    let bell = inspector.store().bell();
    let stop = Arc::new(AtomicBool::new(false));
    // Counted before it is read: what is committed in between is told, if only as "something".
    let heard = bell.count();
    let seen = inspector.store().read(Seen::all)?;
    let watching = Watching {
        // Not the database itself: a watch must not keep it open.
        inspector: Arc::downgrade(inspector),
        bell: Arc::clone(&bell),
        stop: Arc::clone(&stop),
        listener,
        seen,
        heard,
    };
    let thread = std::thread::Builder::new().name("angen-watch".to_owned());
    thread.spawn(move || watching.run()).map_err(|why| ApiError::Internal {
        zh: format!("不能启动变更通知（{why}），请重启应用后再试"),
        en: format!("the watch cannot be started ({why}): restart the app and try again"),
    })?;
    Ok(Arc::new(WatchHandle { stop, bell }))
}

struct Watching {
    inspector: Weak<Inspector>,
    bell: Arc<Bell>,
    stop: Arc<AtomicBool>,
    listener: Arc<dyn Changes>,
    seen: Seen,
    heard: u64,
}

impl Watching {
    fn run(mut self) {
        let mut rung = self.bell.wait(self.heard);
        loop {
            std::thread::sleep(GATHER);
            if self.stop.load(Ordering::Acquire) {
                return;
            }
            let Some(inspector) = self.inspector.upgrade() else { return };
            let asked = self.bell.count();
            let commits = asked - self.heard;
            let read = inspector.store().read(|read| self.seen.changed(read, commits));
            // Let go before the app is called: whoever closes the database waits for nobody here.
            drop(inspector);
            // A database that is paused or busy is read again at the next ring; resuming rings.
            if let Ok((changed, seen)) = read {
                (self.seen, self.heard) = (seen, asked);
                let told = AssertUnwindSafe(|| self.listener.changed(changed));
                // What a listener throws is its own: the next change is told all the same.
                let _ = catch_unwind(told);
            }
            rung = self.bell.wait(rung.max(asked));
        }
    }
}
