//! A phone that fills while evidence is captured: the error says so, and the visit goes on as soon
//! as there is room.

use angen_bindings::{ApiError, software_keys};

use crate::play::{self, FREE_BYTES, Stage};

#[test]
fn every_photo_of_the_visit_waits_for_room_and_the_visit_goes_on() {
    let (scenario, folder) = (crate::visit(), tempfile::tempdir().unwrap());
    let keys = software_keys(folder.path().join("keys"));
    let kept = play::first_kept(&scenario, &crate::folder(), folder.path());
    let mut stage = Stage::open(folder.path().join("phone"), keys, kept);
    let mut waited = 0;
    for number in 0..play::steps(&scenario) {
        let step = &scenario["steps"][number];
        if step["verb"] == "capture_evidence" {
            let before = stage.digest();
            stage.set_free_bytes(0);
            let error = stage.call(step).unwrap_err();
            let ApiError::StorageFull { zh, en } = &error else { panic!("{error:?}") };
            assert!(zh.contains("空间") && en.contains("free"), "{error:?}");
            assert_eq!(stage.digest(), before, "{error:?}");
            stage.set_free_bytes(FREE_BYTES);
            waited += 1;
        }
        stage.step(&scenario, number);
    }
    assert!(waited >= 6, "only {waited} photos");
}
