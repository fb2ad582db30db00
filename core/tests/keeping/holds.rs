//! Retention classes and legal holds.

use angen_core::action::{close_dossier, lift_hold, place_hold, set_retention};
use angen_core::domain::parse_day;
use angen_core::procedure::{KeptDossier, kept_dossiers};
use angen_ledger::id::DossierId;
use chrono::NaiveDate;

use crate::support::Scene;

fn day(text: &str) -> NaiveDate {
    parse_day(text).unwrap()
}

fn kept(scene: &Scene, dossier: DossierId, as_of: &str) -> KeptDossier {
    let all = scene.town.store.read(|read| kept_dossiers(read, day(as_of))).unwrap();
    all.into_iter().find(|kept| kept.dossier.dossier == dossier).unwrap()
}

#[test]
fn a_dossier_is_due_once_its_class_has_run_out_and_nothing_holds_it() {
    let scene = Scene::new();
    let (desk, dossier) = (scene.town.officer(), scene.check());
    assert_eq!(kept(&scene, dossier, "2100-01-01").due_on, None, "it is permanent, and open");
    set_retention(&desk, dossier, "10_years", "国家档案局令第8号").unwrap();
    assert_eq!(kept(&scene, dossier, "2100-01-01").due_on, None, "it is open");
    close_dossier(&desk, dossier, "2026-12-01", "整改完毕").unwrap();
    assert_eq!(kept(&scene, dossier, "2026-12-02").due_on, Some(day("2037-01-01")));
    assert!(!kept(&scene, dossier, "2036-12-31").is_due);
    assert!(kept(&scene, dossier, "2037-01-01").is_due);
    let hold = place_hold(&desk, dossier, "行政诉讼", Some("东港区人民法院")).unwrap();
    assert!(!kept(&scene, dossier, "2037-01-01").is_due);
    lift_hold(&desk, dossier, hold, "判决生效").unwrap();
    assert!(kept(&scene, dossier, "2037-01-01").is_due);
    lift_hold(&desk, dossier, hold, "再解除").unwrap_err();
}

#[test]
fn an_unknown_class_is_kept_for_ever_and_every_period_is_told_to_be_confirmed() {
    let scene = Scene::new();
    set_retention(&scene.town.officer(), scene.check(), "5_years", "想当然").unwrap_err();
    let held = kept(&scene, scene.check(), "2026-12-01");
    assert_eq!(held.class.code, "permanent");
    assert!(held.warnings.iter().any(|why| why.zh.contains("待确认")));
}
