//! What a blob store holds when the disk is full, and when a step fails.

use angen_core::error::{Error, Result};
use angen_hub::store::{Arrived, BlobStore, Resumed};
use angen_ledger::header::BlobRef;

use super::sites::Site;
use super::{blob_of, bytes_of, send};

pub(super) fn without_room_nothing_begins<S: Site>() {
    let (site, (blob, bytes)) = (S::new(), blob_of(1, 1_000));
    let store = site.blobs();
    site.disk().set_free(999);

    assert!(matches!(store.resume(blob, 0), Err(Error::NoSpace { .. })));
    assert_eq!(store.held_bytes(blob).unwrap(), 0);
    assert_eq!(store.free_bytes().unwrap(), 999);

    site.disk().set_free(1 << 40);
    assert_eq!(send(&*store, blob, &bytes), Arrived::Whole);
}

pub(super) fn whatever_step_fails_nothing_false_is_whole_and_the_sender_goes_on<S: Site>() {
    let (blob, bytes) = blob_of(2, 10_000);
    for step in 0.. {
        let site = S::new();
        let store = site.blobs();
        site.disk().fail_after(step);
        let sent = try_to_send(&*store, blob, &bytes);
        let failed = site.disk().mend();
        assert_eq!(sent.is_err(), failed, "step {step}");

        let held = store.held_bytes(blob).unwrap();
        if held == blob.length {
            assert_eq!(bytes_of(&*store, blob.address), bytes);
        } else {
            assert!(store.list().unwrap().is_empty(), "step {step}");
        }
        assert_eq!(send(&*store, blob, &bytes), Arrived::Whole, "step {step}");
        assert_eq!(bytes_of(&*store, blob.address), bytes);
        if !failed {
            assert!(step >= 6, "two parts are more steps than {step}");
            return;
        }
    }
}

pub(super) fn an_erasure_that_failed_is_made_good<S: Site>() {
    let (site, (blob, bytes)) = (S::new(), blob_of(3, 1_000));
    let store = site.blobs();
    send(&*store, blob, &bytes);
    site.disk().fail_after(0);
    assert!(store.erase(blob).is_err());
    assert!(site.disk().mend());

    store.erase(blob).unwrap();

    assert_eq!(store.held_bytes(blob).unwrap(), 0);
    assert!(store.list().unwrap().is_empty());
}

/// Sends a blob in two parts, as far as it comes.
fn try_to_send(store: &dyn BlobStore, blob: BlobRef, bytes: &[u8]) -> Result<()> {
    for (first, end) in [(0, 6_000), (6_000, bytes.len())] {
        let Resumed::Part(mut part) = store.resume(blob, first as u64)? else {
            panic!("the store is elsewhere");
        };
        part.append(&bytes[first..end])?;
        part.end()?;
    }
    Ok(())
}
