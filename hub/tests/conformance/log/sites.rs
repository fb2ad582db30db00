//! The log stores that there are, each where a test can make its steps fail and open it again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use angen_core::ports::Disk;
use angen_core::store::Store;
use angen_hub::store::{
    LogStore, MemoryBlobs, MemoryLog, Outcome, Outcomes, SqliteLog, Submission,
};
use rusqlite::hooks::{AuthContext, Authorization};
use tempfile::TempDir;

use super::hand::Hand;
use super::world::World;
use crate::disk::FaultyDisk;

pub(crate) const ORIGIN: &str = "rizhao.example/donggang/1";

/// A log store, and what a test needs beside it.
pub(crate) trait Site: Sized + Sync {
    /// An empty one.
    fn new() -> Self;

    /// What is tried. In threads, too.
    fn log(&self) -> Arc<dyn LogStore>;

    /// Makes a step fail behind the next `steps`. False when this store has no step that fails.
    fn fail_after(&self, steps: u64) -> bool;

    /// Ends the faults. True when one has happened.
    fn mend(&self) -> bool;

    /// What a process finds that starts again; none where nothing outlives it.
    fn reopened(self) -> Option<Self>;
}

/// A database in a folder.
pub(crate) struct Sqlite {
    log: Arc<SqliteLog>,
    store: Arc<Store>,
    left: Arc<AtomicU64>,
    folder: TempDir,
}

impl Sqlite {
    fn within(folder: TempDir) -> Self {
        let store = Arc::new(Store::open(folder.path()).unwrap());
        let log = Arc::new(SqliteLog::new(Arc::clone(&store)));
        Self { log, store, left: Arc::new(AtomicU64::new(u64::MAX)), folder }
    }
}

impl Site for Sqlite {
    fn new() -> Self {
        Self::within(tempfile::tempdir().unwrap())
    }

    fn log(&self) -> Arc<dyn LogStore> {
        Arc::clone(&self.log) as _
    }

    fn fail_after(&self, steps: u64) -> bool {
        self.left.store(steps, Ordering::Relaxed);
        let left = Arc::clone(&self.left);
        let planted = self.store.with_writer(|writer| {
            // Without a cache every statement is prepared, and so asked about, each time it runs.
            writer.set_prepared_statement_cache_capacity(0);
            writer.authorizer(Some(move |_: AuthContext<'_>| {
                let now = left.load(Ordering::Relaxed);
                if now < u64::MAX {
                    left.store(now.wrapping_sub(1), Ordering::Relaxed);
                }
                if now == 0 { Authorization::Deny } else { Authorization::Allow }
            }))
        });
        planted.unwrap().unwrap();
        true
    }

    fn mend(&self) -> bool {
        let none = None::<fn(AuthContext<'_>) -> Authorization>;
        self.store.with_writer(|writer| writer.authorizer(none)).unwrap().unwrap();
        self.left.swap(u64::MAX, Ordering::Relaxed) == u64::MAX
    }

    fn reopened(self) -> Option<Self> {
        let Self { store, folder, .. } = self;
        store.pause().unwrap();
        Some(Self::within(folder))
    }
}

/// Maps.
pub(crate) struct Memory(Arc<MemoryLog>);

impl Site for Memory {
    fn new() -> Self {
        Self(Arc::default())
    }

    fn log(&self) -> Arc<dyn LogStore> {
        Arc::clone(&self.0) as _
    }

    fn fail_after(&self, _steps: u64) -> bool {
        false
    }

    fn mend(&self) -> bool {
        false
    }

    fn reopened(self) -> Option<Self> {
        None
    }
}

/// A store that keeps a log, with the township's certificates, beside blobs in memory.
pub(crate) struct Kept<S> {
    pub(crate) site: S,
    pub(crate) log: Arc<dyn LogStore>,
    pub(crate) blobs: MemoryBlobs,
    pub(crate) disk: Arc<FaultyDisk>,
    pub(crate) hand: Hand,
}

impl<S: Site> Kept<S> {
    pub(crate) fn new(world: &World) -> Self {
        let site = S::new();
        let (log, disk) = (site.log(), Arc::new(FaultyDisk::sound()));
        let lent: Arc<dyn Disk> = Arc::clone(&disk) as _;
        let kept = Self { site, log, blobs: MemoryBlobs::new(lent), disk, hand: Hand::new(7) };
        kept.log.admit(&world.certificates()).unwrap();
        kept.log.begin_log(ORIGIN).unwrap();
        kept.log.catch_up(&kept.hand.pen(), &kept.blobs).unwrap();
        kept
    }

    /// Hands several in together.
    pub(crate) fn take(&self, given: &[Submission]) -> angen_core::error::Result<Outcomes> {
        self.hand.tick();
        self.log.take(Some(&self.hand.pen()), &self.blobs, given)
    }

    /// Hands one in that must be taken; gives how many of its ops were new.
    pub(crate) fn take_one(&self, given: &Submission) -> u64 {
        let (mut outcomes, _) = self.take(std::slice::from_ref(given)).unwrap();
        match outcomes.pop().unwrap().unwrap() {
            Outcome::Runs(stored) => stored.new_ops,
            Outcome::Blob => 0,
        }
    }
}
