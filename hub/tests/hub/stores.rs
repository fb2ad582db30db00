//! The server on other stores than a database and a folder: nobody who asks sees a difference.

use std::sync::Arc;

use angen_core::store::{self, Store};
use angen_hub::server::Hub;
use angen_hub::store::{BlobStore, LogStore, MemoryBlobs, MemoryLog};

use crate::common::{HubClock, Phone, TestDisk, TestHub, certificates_for, logging};
use crate::pull::{empty_store, pull, push_all};

#[test]
fn a_hub_in_memory_takes_and_gives_all_that_a_database_does() {
    let phone = Phone::new(190);
    phone.capture(0, "a.jpg", 200_000);
    let (place, clock) = (tempfile::tempdir().unwrap(), Arc::new(HubClock::default()));
    let certificates = certificates_for(place.path(), &[&phone], 1);
    let ledger = Arc::new(MemoryLog::default());
    let blobs = Arc::new(MemoryBlobs::new(Arc::new(TestDisk::roomy())));
    let stores = (Arc::clone(&ledger) as Arc<dyn LogStore>, Arc::clone(&blobs) as Arc<_>);
    let hub = Hub::on(stores.0, stores.1, place.path().to_owned(), &[phone.place.root]).unwrap();
    let hub = hub.with_log(logging(certificates, &clock)).unwrap();
    let (_beside, unused) = empty_store();
    let unused: Arc<Store> = Arc::new(unused);
    let hub = TestHub::serve(Arc::clone(&unused), hub);

    push_all(&phone, &hub);
    let (_folder, new) = empty_store();
    let pulled = pull(&hub.url(), &new, &phone).unwrap();

    assert_eq!((pulled.dossiers, pulled.known_ops, pulled.blobs), (3, 0, 1));
    let digest = |store: &Store| store.read(store::digest).unwrap();
    assert_eq!(digest(&new), digest(&phone.store));
    for dossier in phone.dossiers() {
        let open = new.read(|read| store::unreceipted(read, dossier, None)).unwrap();
        assert_eq!(open, store::Unreceipted::default(), "every seal and blob has its receipt");
    }
    let (blob, cipher) = phone.only_blob();
    assert_eq!(blobs.list().unwrap(), [blob.address]);
    assert_eq!(blobs.read(blob.address, 0, u64::MAX).unwrap(), cipher);
    assert_eq!(ledger.counts().unwrap().ops, new.read(store::count_ops).unwrap());
    assert_eq!(unused.read(store::count_ops).unwrap(), 0, "no database had a part in it");
}
