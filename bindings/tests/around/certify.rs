//! The administrator's phone certifies a hub: the file starts one, and bad input changes nothing.

use std::path::Path;

use angen_bindings::ApiError;
use angen_bindings::types::CertifyHub;
use angen_core::sync::hub_keys_to_text;
use angen_core::sync::wire::Certificates;
use angen_hub::HubKey;
use angen_ledger::wire::Wire as _;
use angen_testing::world::World;

use crate::host::Phone;
use crate::hub::{RealHub, Sockets};
use crate::sync::at;

/// Makes the keys of a hub in its folder, and asks for it as a phone does.
fn request(data: &Path) -> CertifyHub {
    let keys = HubKey::open(data, &World::new(0xa0)).unwrap().public();
    CertifyHub {
        name: "测试平台".to_owned(),
        organisation: "日照市应急管理局".to_owned(),
        origin: "rizhao.example/donggang/1".to_owned(),
        keys: hub_keys_to_text(&keys),
    }
}

fn chain_in(file: &Path) -> Vec<Vec<u8>> {
    Certificates::from_wire(&std::fs::read(file).unwrap()).unwrap().0
}

#[test]
fn a_hub_starts_with_the_file_that_a_phone_has_written_and_every_officer_syncs_with_it() {
    let phone = Phone::new(86, |_| {});
    let data = tempfile::tempdir().unwrap();
    let file = phone.folder.path().join("hub.certificates");
    let administrator = phone.place.administrator;
    let asked = request(data.path());

    let hub = phone.inspector.certify_hub(administrator, asked, file.clone()).unwrap();

    assert_eq!(hub.origin, "rizhao.example/donggang/1");
    let chain = chain_in(&file);
    assert_eq!(chain, hub.chain);
    let hub = RealHub::started(data, phone.place.root, chain);
    for writer in [administrator, phone.officer()] {
        let done =
            phone.inspector.sync(writer, at(&hub.url()), Sockets::new(), None, None).unwrap();
        assert_eq!(done.origin, "rizhao.example/donggang/1");
    }
    let counts = phone.inspector.sync_state().unwrap().counts;
    assert_eq!(counts.records, 0, "{counts:?}");
}

/// Number 47: whoever had no room for the file has certified the hub, and gets it by asking again.
#[test]
fn fault_47_asking_again_gives_the_same_certificate_and_no_second_hub() {
    let phone = Phone::new(87, |_| {});
    let data = tempfile::tempdir().unwrap();
    let administrator = phone.place.administrator;
    let nowhere = phone.folder.path().join("no such folder").join("hub.certificates");
    let certify = |asked, file| phone.inspector.certify_hub(administrator, asked, file);
    let failed = certify(request(data.path()), nowhere).unwrap_err();
    assert!(matches!(failed, ApiError::NotFound { .. }), "{failed:?}");
    let before = phone.inspector.sync_state().unwrap().counts;

    let files = ["one", "two"].map(|name| phone.folder.path().join(name));
    let hubs = files.clone().map(|file| certify(request(data.path()), file).unwrap());

    assert_eq!(hubs[0], hubs[1]);
    assert_eq!(chain_in(&files[0]), chain_in(&files[1]));
    assert_eq!(phone.inspector.sync_state().unwrap().counts, before);
    let next =
        CertifyHub { origin: "rizhao.example/donggang/2".to_owned(), ..request(data.path()) };
    let next = certify(next, files[0].clone()).unwrap();
    assert!(next.hub != hubs[0].hub && next.certificate != hubs[0].certificate, "another epoch");
    assert_eq!(chain_in(&files[0]), next.chain, "the file is replaced whole");
}

#[test]
fn keys_of_another_kind_nonsense_and_who_is_no_administrator_certify_nothing() {
    let phone = Phone::new(88, |_| {});
    let data = tempfile::tempdir().unwrap();
    let file = phone.folder.path().join("hub.certificates");
    let before = phone.inspector.sync_state().unwrap().counts;
    let administrator = phone.place.administrator;
    let good = request(data.path());
    let word = &good.keys;
    let empty = open_new_phone().ask_to_join().unwrap().text;
    // A point of the other curve, as a phone's own key has it.
    let other_kind = format!("04{}", &word[2..]);
    let root = phone.place.root.to_string();
    for keys in ["", "你好", &word[1..], &format!("{word}0"), &root, &empty, &other_kind[..128]] {
        let asked = CertifyHub { keys: keys.to_owned(), ..good.clone() };
        let error = phone.inspector.certify_hub(administrator, asked, file.clone()).unwrap_err();
        let place = matches!(&error, ApiError::Invalid { place, .. } if place == "keys");
        assert!(place, "{keys}: {error:?}");
    }
    let wrong = [
        ("name", CertifyHub { name: " ".to_owned(), ..good.clone() }),
        ("organisation", CertifyHub { organisation: String::new(), ..good.clone() }),
        ("origin", CertifyHub { origin: "https://hub.example".to_owned(), ..good.clone() }),
    ];
    for (expected, asked) in wrong {
        let error = phone.inspector.certify_hub(administrator, asked, file.clone()).unwrap_err();
        let place = matches!(&error, ApiError::Invalid { place, .. } if place == expected);
        assert!(place, "{expected}: {error:?}");
    }
    let officer = phone.inspector.certify_hub(phone.officer(), good, file.clone()).unwrap_err();
    assert!(matches!(officer, ApiError::NotAllowed { .. }), "{officer:?}");
    assert!(!file.exists());
    assert_eq!(phone.inspector.sync_state().unwrap().counts, before);
}

fn open_new_phone() -> std::sync::Arc<angen_bindings::Inspector> {
    let folder = tempfile::tempdir().unwrap();
    crate::host::open(folder.path().to_owned(), &World::new(89))
}
