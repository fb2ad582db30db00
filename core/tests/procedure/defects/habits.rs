//! Planted: what officers are tempted to do when visits are counted.

use super::*;

fn photo_at(visit: &mut Visit, place: &str, name: &str, latitude_e7: i64) {
    let digest = Value::from([name.len() as u8; 32].as_slice());
    let fields = [
        ("blob", digest.clone()),
        ("sha256", digest.clone()),
        ("sm3", digest),
        ("length", 9.into()),
        ("mime", "image/jpeg".into()),
        ("kind", "audio_visual".into()),
        ("source", "own_camera".into()),
        ("caption", name.into()),
        ("place", vec![latitude_e7.into(), 1_192_000_000_i64.into(), Value::Null].into()),
    ];
    visit.put(Who::Wang, dossier(place), entity(name), "evidence.capture/1", &fields);
}

#[test]
fn more_enterprises_in_a_day_than_anyone_can_check_are_found() {
    let mut visit = clean();
    for name in ["c", "d", "e", "f"] {
        small_check(&mut visit, name, name);
    }
    assert_found(&visit, DefectCode::ManyUnits, &[]);
    small_check(&mut visit, "g", "g");
    let found = of(&visit, DefectCode::ManyUnits);
    assert!(found.iter().any(|defect| defect.dossier == dossier("g")), "{found:#?}");
}

#[test]
fn words_that_were_copied_from_another_enterprise_are_found() {
    let mut visit = clean();
    raise(&mut visit, "a", "one", "安全生产法（2021）第三十六条", None);
    assert_found(&visit, DefectCode::CopiedFinding, &[]);
    raise(&mut visit, "b", "two", "安全生产法（2021）第三十六条", None);
    assert_found(&visit, DefectCode::CopiedFinding, &["a", "b"]);
}

#[test]
fn a_photo_that_was_taken_far_from_the_others_is_found() {
    let mut visit = clean();
    for (name, latitude_e7) in [("p1", 353_000_000), ("p22", 353_010_000), ("p333", 353_005_000)] {
        photo_at(&mut visit, "a", name, latitude_e7);
    }
    assert_found(&visit, DefectCode::FarAway, &[]);
    photo_at(&mut visit, "a", "p4444", 354_000_000);
    assert_found(&visit, DefectCode::FarAway, &["a"]);
}

#[test]
fn many_checks_in_a_row_that_found_nothing_are_found() {
    let mut visit = clean();
    // The check `b` of the visit found nothing either.
    for name in ["c", "d", "e"] {
        small_check(&mut visit, name, name);
        visit.days_pass(1);
    }
    assert_found(&visit, DefectCode::ZeroStreak, &[]);
    small_check(&mut visit, "f", "f");
    let found = of(&visit, DefectCode::ZeroStreak);
    assert!(found.iter().all(|defect| defect.dossier == dossier("f")), "{found:#?}");
    assert_eq!(found.len(), 2, "each of the two officers: {found:#?}");
}

#[test]
fn r13_a_check_that_was_closed_without_any_picture_is_found() {
    let mut visit = Visit::without(&[]);
    visit.case("", Opinion::Penalty);
    assert_found(&visit, DefectCode::NoMedia, &["b"]);
}
