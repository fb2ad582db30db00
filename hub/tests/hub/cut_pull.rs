//! A pull that is cut once, after any byte, in either direction, is whole afterwards.

use crate::common::{Phone, TestDisk, TestHub};
use crate::proxy::{Half, Proxy, cut_everywhere};
use angen_core::store;
use angen_hub::client::{Caller, PullError, Session};

/// Bytes of the photo that is pulled: more than any answer beside it.
const PHOTO_BYTES: usize = 4_000;

/// Bytes of answers that are not the photo, and may come a second time behind a cut: who the hub
/// is, its head, the session, and the list of what changed.
const SAID_AGAIN_BYTES: u64 = 8_000;

/// Pulls at once, of two officers in turn: a hub keeps few sessions of one, and a pull that is cut
/// while it signs in takes two.
const PULLS_AT_ONCE: usize = 6;

#[test]
fn a_pull_that_is_cut_anywhere_is_whole_afterwards_and_brings_nothing_large_twice() {
    let author = Phone::new(226);
    let before = author.copy(227);
    author.capture(0, "a.jpg", PHOTO_BYTES);
    let (blob, cipher) = author.only_blob();
    let (hub, _) = TestHub::certified(&[&author]);
    let (certificate, key) = author.credentials(author.officers[0]);
    let caller = Caller { certificate, key: &*key };
    let session = Session::sign_in(&hub.url(), &author.store, &[author.place.root], &caller);
    for dossier in author.store.read(store::dossiers).unwrap() {
        session.as_ref().unwrap().push_dossier(&author.store, dossier).unwrap();
    }
    let register = author.register();
    let heads = author.store.read(|read| store::heads_of(read, register)).unwrap();

    let run = |half, cut_at| {
        let reader = before.copy(228);
        let (certificate, key) = reader.credentials(reader.officers[cut_at as usize % 2]);
        let proxy = Proxy::before(hub.address, half, cut_at);
        let pull = || -> Result<_, PullError> {
            let caller = Caller { certificate, key: &*key };
            let roots = [reader.place.root];
            Session::sign_in(&proxy.url(), &reader.store, &roots, &caller)?
                .pull(&reader.store, &TestDisk::roomy())
        };
        let said = format!("{half:?} cut at {cut_at}");
        pull().or_else(|_| pull()).expect(&said);
        let held = reader.store.read(|read| store::heads_of(read, register)).unwrap();
        assert_eq!(held, heads, "{said}");
        let file = std::fs::read(reader.store.blobs().path_of(blob.address)).expect(&said);
        assert_eq!(file, cipher, "{said}");
        (proxy.asked(), proxy.said())
    };
    let (asked, said) = run(Half::Said, u64::MAX);
    let most = said + SAID_AGAIN_BYTES;
    cut_everywhere(PULLS_AT_ONCE, (asked, said), |half, cut_at| {
        let (_, came) = run(half, cut_at);
        assert!(came <= most, "{half:?} cut at {cut_at}: {came} bytes instead of {said}");
    });
}
