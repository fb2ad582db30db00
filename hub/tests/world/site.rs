//! The hub of the world, without its sockets: started, killed, backed up and restored.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use angen_core::action::{CertifyHub, Imported, certify_hub};
use angen_core::desk::Desk;
use angen_core::store::{self, Store};
use angen_hub::server::{Hub, router};
use angen_hub::{HubKey, Logging, OfflineHub, Readers};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::id::WriterId;
use angen_ledger::log::entry::Logged;
use angen_testing::files::copy_folder;
use angen_testing::township::Township;
use angen_testing::world::World;
use axum::Router;
use tempfile::TempDir;

use crate::scratch::scratch;

/// The hub.
pub(crate) struct HubSite {
    folder: TempDir,
    pub(crate) store: Arc<Store>,
    pub(crate) router: Router,
    pub(crate) world: World,
    seed: u64,
    starts: AtomicU64,
    epoch: u32,
    backup: Option<TempDir>,
    aside: Option<PathBuf>,
}

impl HubSite {
    /// A hub that the township's administrator certified for its first epoch.
    pub(crate) fn start(town: &Township, seed: u64) -> Self {
        let folder = scratch();
        let world = World::new(seed ^ 0x4ab);
        world.jump_ms(3_600_000);
        let starts = AtomicU64::new(0);
        let store = Arc::new(Store::open(&folder.path().join("hub")).unwrap());
        let mut site = Self {
            folder,
            store,
            router: Router::new(),
            world,
            seed,
            starts,
            epoch: 0,
            backup: None,
            aside: None,
        };
        site.begin_epoch(town);
        site
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("hub")
    }

    /// The administrator certifies the next epoch, and the hub begins it.
    pub(crate) fn begin_epoch(&mut self, town: &Township) {
        self.epoch += 1;
        let ports = self.world.ports();
        let keys = HubKey::open(&self.path(), &*ports.chance).unwrap().public();
        let admin = Desk::sign_in(&town.store, &town.ports, town.place.administrator).unwrap();
        let request = CertifyHub {
            name: "东港平台".to_owned(),
            organisation: "日照市应急管理局".to_owned(),
            origin: format!("rizhao.example/donggang/{}", self.epoch),
            keys,
        };
        let chain = certify_hub(&admin, &request).unwrap().chain;
        std::fs::write(self.path().join("chain"), chain_bytes(&chain)).unwrap();
        self.open(true);
    }

    fn open(&mut self, new_epoch: bool) {
        let logging = self.logging(new_epoch);
        let root = SignedCertificate::read(&logging.certificates[0]).unwrap();
        // The store before it is closed first, as by a process that ends.
        self.router = Router::new();
        self.store = Arc::new(Store::open(&self.path()).unwrap());
        let disk = self.world.ports().disk;
        let hub = Hub::open(Arc::clone(&self.store), disk, &[root.hash]).unwrap();
        let hub = hub.with_log(logging).unwrap_or_else(|why| panic!("the hub: {why}"));
        self.router = router(Arc::new(hub));
    }

    fn logging(&self, new_epoch: bool) -> Logging {
        let start = self.starts.fetch_add(1, Ordering::Relaxed);
        Logging {
            certificates: self.certificates().1,
            mark: Some(self.mark()),
            new_epoch,
            clock: self.world.ports().clock,
            chance: World::new(self.seed ^ (0x5747 + start)).ports().chance,
        }
    }

    /// The hash of its certificate, and the chain down to it.
    pub(crate) fn certificates(&self) -> (Hash, Vec<Vec<u8>>) {
        let chain = chain_of(&std::fs::read(self.path().join("chain")).unwrap());
        let own = SignedCertificate::read(chain.last().unwrap()).unwrap();
        (own.hash, chain)
    }

    /// The process ends and starts again: sessions are gone, the rest is there.
    pub(crate) fn restart(&mut self) {
        self.open(false);
    }

    /// Keeps a copy of everything but the mark.
    pub(crate) fn back_up(&mut self) {
        self.backup = Some(self.copy());
    }

    /// A copy of everything but the mark.
    pub(crate) fn copy(&self) -> TempDir {
        let copy = scratch();
        self.store.pause().unwrap();
        copy_folder(&self.path(), &copy.path().join("hub")).unwrap();
        self.store.resume().unwrap();
        copy
    }

    /// Goes back to the copy, with a new epoch. False when there is none.
    pub(crate) fn restore(&mut self, town: &Township) -> bool {
        let Some(backup) = self.backup.take() else { return false };
        self.close();
        std::fs::remove_dir_all(self.path()).unwrap();
        copy_folder(&backup.path().join("hub"), &self.path()).unwrap();
        self.begin_epoch(town);
        true
    }
}

impl HubSite {
    /// The log that the hub answers for.
    pub(crate) fn origin(&self) -> String {
        format!("rizhao.example/donggang/{}", self.epoch)
    }

    /// Shows a copy of this epoch as if nothing had come since; its size.
    pub(crate) fn show(&mut self, copy: &TempDir) -> u64 {
        self.close();
        let aside = self.folder.path().join("aside");
        std::fs::rename(self.path(), &aside).unwrap();
        std::fs::rename(self.mark(), aside.join("mark")).unwrap();
        copy_folder(&copy.path().join("hub"), &self.path()).unwrap();
        self.aside = Some(aside);
        self.open(false);
        let log = self.store.read(store::newest_log).unwrap().unwrap();
        self.store.read(|read| log.size(read)).unwrap()
    }

    /// Ends the show.
    pub(crate) fn put_back(&mut self) {
        let Some(aside) = self.aside.take() else { return };
        self.close();
        std::fs::remove_dir_all(self.path()).unwrap();
        std::fs::rename(&aside, self.path()).unwrap();
        std::fs::rename(self.path().join("mark"), self.mark()).unwrap();
        self.open(false);
    }

    /// Takes a stick in while it does not serve.
    pub(crate) fn import(&mut self, file: &Path) -> Result<Imported, String> {
        let path = self.path();
        self.offline(|hub| {
            let imported = hub.import(file).map_err(|why| why.to_string())?;
            // Before it is started again, which would make good what the import left undone.
            match seals_without_entry(&path) {
                0 => Ok(imported),
                left => Err(format!("{left} seals got no entry in the log")),
            }
        })
    }

    /// Writes a stick with the receipts of an officer: the size of the log, and what they are for.
    /// None when there are none.
    pub(crate) fn return_receipts(
        &mut self,
        reader: WriterId,
        file: &Path,
    ) -> Option<(u64, BTreeSet<Hash>)> {
        let held = self.store.read(store::certificates).unwrap();
        let mut held = held.into_iter().map(|(_, held)| held).rev();
        let reader = held.find(|held| held.certificate.writer == reader)?;
        let returned = |hub: &OfflineHub| {
            hub.return_receipts(Readers::Named(vec![reader]), vec![], "world", file)
        };
        self.offline(returned).ok()?;
        let logged = self.store.read(|read| {
            let log = store::newest_log(read)?.unwrap();
            let size = log.size(read)?;
            let mut logged = BTreeSet::new();
            for dossier in log.changed(read, 0, size)? {
                let receipts = log.receipts_since(read, dossier, 0, size, usize::MAX >> 1)?;
                logged.extend(receipts.into_iter().map(|receipt| receipt.entry.subject));
            }
            Ok((size, logged))
        });
        logged.ok()
    }

    /// Does something while the hub does not serve.
    fn offline<T>(&mut self, work: impl FnOnce(&OfflineHub) -> T) -> T {
        self.close();
        let logging = self.logging(false);
        let disk = self.world.ports().disk;
        let hub = OfflineHub::open(&self.path(), disk, &[], logging)
            .unwrap_or_else(|why| panic!("the hub beside its stick: {why}"));
        let done = work(&hub);
        drop(hub);
        self.open(false);
        done
    }

    fn mark(&self) -> PathBuf {
        self.folder.path().join("mark")
    }

    fn close(&mut self) {
        self.router = Router::new();
        self.store = Arc::new(Store::open(&self.folder.path().join("between")).unwrap());
    }
}

/// Seals whose runs are whole at a hub and that its log does not have.
fn seals_without_entry(hub: &Path) -> usize {
    let held = Store::open(hub).unwrap();
    let left = held.read(|read| {
        let (log, mut left) = (store::newest_log(read)?.unwrap(), 0);
        for dossier in store::dossiers(read)? {
            for (_, seal) in store::seals_of(read, dossier)? {
                let is_logged = log.has(read, dossier, Logged::Seal, seal.hash)?;
                left += usize::from(!is_logged && store::is_run_whole(read, &seal)?);
            }
        }
        Ok(left)
    });
    left.unwrap()
}

fn chain_bytes(chain: &[Vec<u8>]) -> Vec<u8> {
    use angen_ledger::wire::Wire;
    angen_hub::wire::Certificates(chain.to_vec()).to_wire()
}

fn chain_of(bytes: &[u8]) -> Vec<Vec<u8>> {
    use angen_ledger::wire::Wire;
    angen_hub::wire::Certificates::from_wire(bytes).unwrap().0
}
