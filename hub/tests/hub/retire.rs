//! A root that was taken out of use at a hub: nobody new comes in, and nobody's evidence is lost.

use std::sync::Arc;

use angen_core::action::enrol_officer;
use angen_core::store::Store;
use angen_hub::client::{Caller, PullError, exchange};
use angen_hub::server::Hub;
use angen_hub::wire::{Certificates, Limited};
use angen_hub::{HubError, retire_root};
use angen_ledger::hash::Hash;
use angen_ledger::wire::Wire;

use crate::common::{
    Phone, TestDisk, TestHub, certificates_for, logging, officer, request, sign_in,
};
use crate::pull::push_all;

/// When the root goes, in milliseconds since 1970 UTC.
const AT_MS: i64 = 1_800_000_000_000;

/// The hub of a folder, certified by both townships, that is given one root.
fn started(folder: &std::path::Path, phones: &[&Phone], roots: &[Hash]) -> TestHub {
    let certificates = certificates_for(folder, phones, 1);
    let store = Arc::new(Store::open(folder).unwrap());
    let hub = Hub::open(Arc::clone(&store), Box::new(TestDisk::roomy()), roots).unwrap();
    TestHub::serve(store, hub.with_log(logging(certificates, &Arc::default())).unwrap())
}

#[test]
fn a_root_out_of_use_brings_nobody_in_and_takes_nobodys_evidence_away() {
    let (phone, other) = (Phone::new(481), Phone::in_area(482, "371102111"));
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (phone.place.root, other.place.root);
    let hub = started(folder.path(), &[&phone, &other], &[old, new]);
    push_all(&phone, &hub);
    push_all(&other, &hub);
    drop(hub);
    retire_root(folder.path(), old, new, AT_MS).unwrap();
    let hub = started(folder.path(), &[&phone, &other], &[new]);

    // What was recorded goes to the hub all the same, with receipts for it, and nothing is shown.
    phone.capture(0, "late.jpg", 2_000);
    let (certificate, key) = phone.credentials(phone.officers[0]);
    let caller = Caller { certificate, key: &*key };
    let disk = TestDisk::roomy();
    let done = exchange(hub.url().as_str(), &phone.store, &disk, &[old], &caller).unwrap();
    let limit = done.limit.unwrap();
    assert_eq!((limit.why, limit.since_ms), (Limited::Revoked, AT_MS));
    assert!(done.sent_ops > 0 && done.sent_blobs == 1 && done.receipts > 0, "{done:?}");
    let admin = sign_in(hub.address, &phone, phone.place.administrator);
    for path in ["/v1/changes", "/v1/own", "/v1/enrolment/asks"] {
        assert_eq!(admin.get(path).refusal(), (403, "revoked".to_owned()), "{path}");
    }

    // Whoever has the key of the old root makes nobody new.
    let made = enrol_officer(&phone.admin(), &officer("冒名者")).unwrap();
    let certificates = Certificates(phone.certificates()).to_wire();
    let refused = request(hub.address, "POST", "/v1/certificates", &[], &certificates);
    assert_eq!(refused.refusal(), (403, "other_root".to_owned()));
    let (certificate, key) = phone.credentials(made.writer);
    let caller = Caller { certificate, key: &*key };
    let ended = exchange(hub.url().as_str(), &phone.store, &disk, &[old], &caller).unwrap_err();
    assert!(matches!(&ended, PullError::Hub(why) if why.to_string().contains("root")), "{ended}");
    // The other township notices nothing.
    assert_eq!(sign_in(hub.address, &other, other.officers[0]).get("/v1/changes").status, 200);
}

#[test]
fn a_root_goes_once_for_another_one_that_is_in_use() {
    let (phone, other) = (Phone::new(483), Phone::in_area(484, "371102111"));
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (phone.place.root, other.place.root);
    assert!(retire_root(folder.path(), old, new, AT_MS).is_err(), "there is no hub here");
    drop(started(folder.path(), &[&phone], &[old]));
    let is_refused = |old, new| {
        assert!(matches!(retire_root(folder.path(), old, new, AT_MS), Err(HubError::Core(_))));
    };
    is_refused(old, old);
    is_refused(new, old);
    assert!(retire_root(folder.path(), old, new, AT_MS).unwrap() >= 3);
    is_refused(old, new);
    is_refused(new, old);
    let store = Arc::new(Store::open(folder.path()).unwrap());
    let open = |roots: &[Hash]| {
        Hub::open(Arc::clone(&store), Box::new(TestDisk::roomy()), roots).map(drop)
    };
    assert!(open(&[old]).unwrap_err().to_string().contains("out of use"));
    open(&[new]).unwrap();
}
