//! A pull that is cut once, after any byte, in either direction, is whole afterwards.

use crate::common::{Phone, TestDisk, TestHub};
use crate::proxy::{Half, Proxy, cut_everywhere};
use angen_core::store;
use angen_hub::client::{Caller, PullError, Session};

/// Bytes of the photo that is pulled: more than any answer beside it.
const PHOTO_BYTES: usize = 4_000;

/// Pulls at once. Each goes to a hub of its own, nearly always: a hub keeps few sessions of one
/// officer, and a pull that is cut while she signs in takes several.
const PULLS_AT_ONCE: u64 = 16;

/// A hub that holds all that a phone has.
fn hub_with(author: &Phone) -> TestHub {
    let (hub, _) = TestHub::certified(&[author]);
    let (certificate, key) = author.credentials(author.officers[0]);
    let caller = Caller { certificate, key: &*key };
    let roots = [author.place.root];
    let session = Session::sign_in(&hub.url(), &author.store, &roots, &caller).unwrap();
    for dossier in author.store.read(store::dossiers).unwrap() {
        session.push_dossier(&author.store, dossier).unwrap();
    }
    hub
}

#[test]
fn a_pull_that_is_cut_anywhere_is_whole_afterwards_and_brings_records_twice_at_most() {
    let author = Phone::new(226);
    let before = author.copy(227);
    author.capture(0, "a.jpg", PHOTO_BYTES);
    let (blob, cipher) = author.only_blob();
    // No phone may hear of two of them: they have one name, and each a log of its own.
    let hubs: Vec<TestHub> =
        (0..PULLS_AT_ONCE).map(|at| hub_with(&author.copy(300 + at))).collect();
    let register = author.register();
    let heads = author.store.read(|read| store::heads_of(read, register)).unwrap();

    let run = |half, cut_at| {
        let reader = before.copy(228);
        let (certificate, key) = reader.credentials(reader.officers[1]);
        let proxy = Proxy::before(hubs[(cut_at % PULLS_AT_ONCE) as usize].address, half, cut_at);
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
    // Whoever is cut while she signs in begins anew: then all but the photo may come again.
    let most = 2 * said - cipher.len() as u64;
    cut_everywhere(PULLS_AT_ONCE as usize, (asked, said), |half, cut_at| {
        let (_, came) = run(half, cut_at);
        assert!(came <= most, "{half:?} cut at {cut_at}: {came} bytes instead of {said}");
    });
}
