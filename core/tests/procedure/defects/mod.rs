//! Each defect is planted in a visit and found, with the ops behind it; a clean visit has none.

mod habits;
mod papers;
mod presence;

use angen_core::domain::{EvidenceKind, Opinion, Purpose};
use angen_core::procedure::{Defect, DefectCode, MediaLook, defects};
use angen_ledger::hash::Hash;
use angen_ledger::value::Value;
use angen_ledger::verify::Lang;

use crate::names::{dossier, entity, hashes, id};
use crate::visit::{HOUR_MS, Visit, Who};

/// 2026-11-23 08:00 UTC, when the visits of these tests begin: a Monday, 16:00 in China.
const TO_SATURDAY_DAYS: u64 = 5;

/// A visit with a case, and a photo at each enterprise.
fn clean() -> Visit {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.capture(Who::Wang, "b", "b", EvidenceKind::AudioVisual, None);
    visit.case("", Opinion::Penalty);
    visit
}

fn found_with(visit: &Visit, media: &MediaLook) -> Vec<Defect> {
    visit.source(|source| defects(source, None, media, visit.now_ms()).expect("readable"))
}

fn found(visit: &Visit) -> Vec<Defect> {
    found_with(visit, &MediaLook::default())
}

/// The defects of a code, checked: words in both languages, and ops that are there.
fn of(visit: &Visit, code: DefectCode) -> Vec<Defect> {
    let mut found = found(visit);
    found.retain(|defect| defect.code == code);
    for defect in &found {
        assert!(!defect.ops.is_empty(), "{defect:?}");
        for lang in [Lang::Zh, Lang::En] {
            let words = defect.say(lang);
            assert!(!words.is_empty() && !words.contains('{'), "{words}");
        }
    }
    found
}

/// One defect of a code is found in a dossier, and no other.
fn assert_found(visit: &Visit, code: DefectCode, places: &[&str]) {
    let found = of(visit, code);
    let mut expected: Vec<_> = places.iter().map(|place| dossier(place)).collect();
    expected.sort_unstable();
    let dossiers: Vec<_> = found.iter().map(|defect| defect.dossier).collect();
    assert_eq!(dossiers, expected, "{found:#?}");
}

fn register(visit: &mut Visit, name: &str, extra: &[(&str, Value)]) {
    let mut fields = vec![("name", Value::from(name)), ("address", "涛雒镇".into())];
    fields.extend_from_slice(extra);
    let line = entity(&format!("{name} enterprise"));
    visit.put(Who::Wang, dossier("register"), line, "enterprise.register/1", &fields);
}

/// A check of an enterprise of its own by two officers, signed, with a photo and no finding.
fn small_check(visit: &mut Visit, name: &'static str, approval: &str) {
    register(visit, name, &[]);
    visit.open(name, "check");
    let fields = [
        ("enterprise", id(entity(&format!("{name} enterprise")))),
        ("checklists", vec![id(entity("mw"))].into()),
        ("basis", "plan".into()),
        ("approval_no", approval.into()),
    ];
    visit.put(Who::Wang, dossier(name), entity(name), "check.plan/1", &fields);
    for who in [Who::Wang, Who::Li] {
        let shown = entity(&format!("{name} shown {}", who as usize));
        let fields = [("shown_to", "钱主任".into())];
        visit.put(who, dossier(name), shown, "certificates.show/1", &fields);
    }
    visit.answer(Who::Wang, name, "MW01", "compliant", true);
    visit.capture(Who::Wang, name, name, EvidenceKind::AudioVisual, None);
    sign(visit, name, &[]);
}

fn sign(visit: &mut Visit, name: &str, extra: &[(&str, Value)]) {
    let mut fields = vec![("outcome", Value::from("signed")), ("signer", "钱主任".into())];
    fields.extend_from_slice(extra);
    let record = entity(&format!("{name} record"));
    visit.put(Who::Wang, dossier(name), record, "record.sign/1", &fields);
}

fn raise(visit: &mut Visit, place: &str, name: &str, basis: &str, penalty: Option<&str>) -> Hash {
    let told = ["location", "act", "observed", "consequence"];
    let elements = Value::map(told.map(|code| (code, Value::from(format!("{code}同样的话")))));
    let mut fields = vec![
        ("title", Value::from(name)),
        ("legal_basis", basis.into()),
        ("authority", "EM".into()),
        ("consequence", "order".into()),
        ("elements", elements),
    ];
    fields.extend(penalty.map(|penalty| ("penalty", penalty.into())));
    visit.put(Who::Wang, dossier(place), entity(name), "finding.raise/1", &fields)
}

#[test]
fn a_clean_visit_with_its_case_has_no_defect() {
    assert_eq!(found(&clean()), []);
}

#[test]
fn the_defects_of_one_dossier_are_those_of_all_that_lie_in_it() {
    let mut visit = clean();
    small_check(&mut visit, "c", "same");
    small_check(&mut visit, "d", "same");
    let all = found(&visit);
    for place in ["a", "b", "c", "d", "case"] {
        let wanted = dossier(place);
        let own = visit.source(|source| {
            let look = MediaLook::default();
            defects(source, Some(wanted), &look, visit.now_ms()).expect("readable")
        });
        let expected: Vec<Defect> =
            all.iter().filter(|defect| defect.dossier == wanted).cloned().collect();
        assert_eq!(own, expected, "{place}");
    }
}

#[test]
fn every_defect_of_the_catalogue_says_its_law_and_has_a_word_of_its_own() {
    let mut words: Vec<&str> = DefectCode::ALL.iter().map(|code| code.word()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), DefectCode::ALL.len());
    for code in DefectCode::ALL {
        for lang in [Lang::Zh, Lang::En] {
            assert!(!code.law(lang).is_empty() && !code.rule().is_empty(), "{code:?}");
        }
    }
}
