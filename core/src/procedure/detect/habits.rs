//! What officers are tempted to do when visits are counted: many in a day, copied words, photos
//! from elsewhere, nothing ever found, nothing ever filmed.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::hash::Hash;

use super::facts::{Facts, Site};
use super::{Defect, DefectCode};
use crate::domain::{Place, SourceClass, china_day};
use crate::procedure::people::PersonKey;

/// Enterprises that one person can check in a day: a visit takes an hour or more with its record,
/// so more than six fit in no working day.
const UNITS_A_DAY_MAX: usize = 6;

/// Elements that two findings must share word for word before it is more than chance.
const SHARED_ELEMENTS_MIN: usize = 3;

/// How far from where most photos of an enterprise were taken one may be, in metres: a large yard
/// and a poor fix together.
const FAR_METRES: f64 = 2_000.0;

/// Checks in a row without a finding that are worth a look; practice finds about seven problems
/// in a check (日照 2021: 2,316 at 303 units).
const ZERO_STREAK_MIN: usize = 5;

/// Metres in 10⁻⁷ degrees of latitude.
const METRES_PER_E7: f64 = 0.011_132;

pub(super) fn find(facts: &Facts, found: &mut Vec<Defect>) {
    for site in &facts.checks {
        no_media(facts, site, found);
    }
    many_units(facts, found);
    copied(facts, found);
    far_away(facts, found);
    zero_streaks(facts, found);
}

fn no_media(facts: &Facts, site: &Site, found: &mut Vec<Defect>) {
    let is_media =
        |mime: &str| ["image/", "video/", "audio/"].iter().any(|kind| mime.starts_with(kind));
    if !site.records().is_empty() && !site.evidence.iter().any(|held| is_media(&held.mime)) {
        let ops = site.records().iter().map(|record| record.op).collect();
        let dossier = site.facts.dossier;
        found.push(facts.defect(DefectCode::NoMedia, dossier, None, Vec::new(), ops));
    }
}

/// Who began which checks: enforcers with an op of their own on the day of the first record.
fn present<'f>(facts: &'f Facts, site: &'f Site) -> BTreeMap<PersonKey, Vec<Hash>> {
    let first = site.facts.first_record_ms();
    first.map(|first| site.facts.enforcers_on(&facts.people, first).0).unwrap_or_default()
}

fn many_units(facts: &Facts, found: &mut Vec<Defect>) {
    let mut days: BTreeMap<_, Vec<(&Site, Hash)>> = BTreeMap::new();
    for site in &facts.checks {
        let day = site.facts.first_record_ms().and_then(china_day);
        for (person, ops) in present(facts, site) {
            if let (Some(day), Some(op)) = (day, ops.first()) {
                days.entry((person, day)).or_default().push((site, *op));
            }
        }
    }
    for ((person, day), sites) in days {
        let units: BTreeSet<&str> = sites.iter().map(|(s, _)| s.enterprise.as_str()).collect();
        if units.len() > UNITS_A_DAY_MAX {
            let ops: Vec<Hash> = sites.iter().map(|(_, op)| *op).collect();
            let names = vec![facts.people.name_of(&person), day.to_string()];
            for (site, _) in &sites {
                let (code, dossier) = (DefectCode::ManyUnits, site.facts.dossier);
                found.push(facts.defect(code, dossier, None, names.clone(), ops.clone()));
            }
        }
    }
}

fn copied(facts: &Facts, found: &mut Vec<Defect>) {
    let mut told: BTreeMap<String, Vec<(&Site, &crate::domain::Finding)>> = BTreeMap::new();
    for site in &facts.checks {
        for finding in site.findings().filter(|f| f.elements.len() >= SHARED_ELEMENTS_MIN) {
            // The subject is the enterprise itself, and so is never the same.
            let own = finding.elements.iter().filter(|(code, _)| code != "subject");
            let words: Vec<&str> = own.map(|(_, words)| words.trim()).collect();
            told.entry(words.join("\n")).or_default().push((site, finding));
        }
    }
    for same in told.into_values() {
        let units: BTreeSet<&str> = same.iter().map(|(s, _)| s.enterprise.as_str()).collect();
        if units.len() > 1 {
            let ops: Vec<Hash> = same.iter().flat_map(|(_, f)| f.ops.iter().copied()).collect();
            for (site, finding) in &same {
                let (code, subject) = (DefectCode::CopiedFinding, Some(finding.finding));
                let (dossier, names) = (site.facts.dossier, vec![finding.title.clone()]);
                found.push(facts.defect(code, dossier, subject, names, ops.clone()));
            }
        }
    }
}

fn far_away(facts: &Facts, found: &mut Vec<Defect>) {
    let mut places: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    let own = |held: &&crate::domain::Evidence| held.source == Some(SourceClass::OwnCamera);
    for site in &facts.checks {
        let taken = site.evidence.iter().filter(own).filter_map(|held| held.place);
        places.entry(&site.enterprise).or_default().extend(taken);
    }
    for site in &facts.checks {
        let Some(middle) = places.get(site.enterprise.as_str()).and_then(|all| middle(all)) else {
            continue;
        };
        for held in site.evidence.iter().filter(own) {
            let metres = held.place.map_or(0.0, |place| distance(place, middle));
            if metres > FAR_METRES {
                let names = vec![format!("{} ({:.1} km)", held.caption, metres / 1_000.0)];
                let (code, subject) = (DefectCode::FarAway, Some(held.evidence));
                let ops = vec![held.op];
                found.push(facts.defect(code, site.facts.dossier, subject, names, ops));
            }
        }
    }
}

/// The median of some places, each way: where most of them are. Two places have no middle that
/// says which of them is far.
fn middle(places: &[Place]) -> Option<Place> {
    let median = |of: fn(&Place) -> i64| {
        let mut sorted: Vec<i64> = places.iter().map(of).collect();
        sorted.sort_unstable();
        sorted.get(sorted.len() / 2).copied()
    };
    Some(Place {
        latitude_e7: median(|place| place.latitude_e7)?,
        longitude_e7: median(|place| place.longitude_e7)?,
        accuracy_mm: None,
    })
    .filter(|_| places.len() > 2)
}

/// Metres between two places that are near each other, on a flat map: good to a percent here.
fn distance(one: Place, other: Place) -> f64 {
    let radians = (one.latitude_e7 as f64 / 1e7).to_radians();
    let north = (one.latitude_e7 - other.latitude_e7) as f64 * METRES_PER_E7;
    let east = (one.longitude_e7 - other.longitude_e7) as f64 * METRES_PER_E7 * radians.cos();
    north.hypot(east)
}

/// Closed checks of one person, in the order of their days, of which the last ones found nothing.
fn zero_streaks(facts: &Facts, found: &mut Vec<Defect>) {
    let mut streaks: BTreeMap<PersonKey, Vec<(&Site, Hash)>> = BTreeMap::new();
    for site in facts.checks.iter().filter(|site| !site.records().is_empty()) {
        let is_zero = site.findings().next().is_none();
        for (person, ops) in present(facts, site) {
            let streak = streaks.entry(person).or_default();
            match (is_zero, ops.first()) {
                (true, Some(op)) => streak.push((site, *op)),
                _ => streak.clear(),
            }
        }
    }
    for (person, streak) in streaks {
        let Some((last, _)) = streak.last().filter(|_| streak.len() >= ZERO_STREAK_MIN) else {
            continue;
        };
        let names = vec![format!("{} {}", facts.people.name_of(&person), streak.len())];
        let ops = streak.iter().map(|(_, op)| *op).collect();
        found.push(facts.defect(DefectCode::ZeroStreak, last.facts.dossier, None, names, ops));
    }
}
