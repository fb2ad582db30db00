//! Who was where and when: two officers, valid certificates, one place at a time, office hours.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::hash::Hash;
use chrono::Timelike as _;

use super::facts::{Facts, Site, Talk};
use super::{Defect, DefectCode};
use crate::domain::{SourceClass, china_clock, china_day, china_time};
use crate::procedure::WorkCalendar;
use crate::procedure::people::PersonKey;

/// Hours in which enterprises are usually visited, in China: earlier or later is lawful where
/// somebody writes down why (a night shift, an accident). From practice, to be confirmed.
const OFFICE_HOURS: std::ops::Range<u32> = 8..18;

/// Certified people who must have acted at a check (行政处罚法（2021）第四十二条).
const OFFICERS_MIN: usize = 2;

pub(super) fn find(facts: &Facts, as_of_ms: i64, found: &mut Vec<Defect>) {
    for site in &facts.checks {
        one_officer(facts, site, as_of_ms, found);
        expired(facts, site, found);
        outside_hours(facts, site, found);
    }
    two_places(facts, found);
    for (at, talk) in facts.interviews.iter().enumerate() {
        before_check(facts, talk, found);
        for other in &facts.interviews[at + 1..] {
            overlapping(facts, talk, other, found);
        }
    }
}

/// A check that is over, by the party's answer or by the day, with fewer than two.
fn one_officer(facts: &Facts, site: &Site, as_of_ms: i64, found: &mut Vec<Defect>) {
    let Some(first) = site.facts.first_record_ms() else { return };
    let is_over = !site.records().is_empty() || china_day(as_of_ms) > china_day(first);
    let (there, writers) = site.facts.enforcers_on(&facts.people, first);
    if is_over && there.len() < OFFICERS_MIN {
        let names = writers.iter().map(|writer| facts.people.name(*writer)).collect();
        let ops = there.into_values().flatten().collect();
        let dossier = site.facts.dossier;
        found.push(facts.defect(DefectCode::OneOfficer, dossier, None, names, ops));
    }
}

fn expired(facts: &Facts, site: &Site, found: &mut Vec<Defect>) {
    let mut by_writer: BTreeMap<_, Vec<Hash>> = BTreeMap::new();
    for written in site.facts.trace.all() {
        if facts.people.expired(written.writer, written.wall_ms).is_some() {
            by_writer.entry(written.writer).or_default().push(written.op);
        }
    }
    for (writer, ops) in by_writer {
        let names = vec![facts.people.name(writer)];
        let dossier = site.facts.dossier;
        found.push(facts.defect(DefectCode::CertificateExpired, dossier, None, names, ops));
    }
}

/// One person's presence at an enterprise on a day: from the first to the last act on site.
struct Stay<'f> {
    site: &'f Site,
    from_ms: i64,
    to_ms: i64,
    ops: Vec<Hash>,
}

fn two_places(facts: &Facts, found: &mut Vec<Defect>) {
    let mut stays: BTreeMap<PersonKey, Vec<Stay<'_>>> = BTreeMap::new();
    for site in &facts.checks {
        for (person, acts) in acts_on_site(facts, site) {
            let mut by_day: BTreeMap<_, Vec<(i64, Hash)>> = BTreeMap::new();
            for (wall_ms, op) in acts {
                by_day.entry(china_day(wall_ms)).or_default().push((wall_ms, op));
            }
            for acts in by_day.into_values() {
                let times = acts.iter().map(|(wall_ms, _)| *wall_ms);
                let from_ms = times.clone().min().unwrap_or_default();
                let to_ms = times.max().unwrap_or_default();
                let ops = acts.into_iter().map(|(_, op)| op).collect();
                stays.entry(person.clone()).or_default().push(Stay { site, from_ms, to_ms, ops });
            }
        }
    }
    for (person, stays) in stays {
        for (at, one) in stays.iter().enumerate() {
            for other in &stays[at + 1..] {
                let apart = one.site.enterprise != other.site.enterprise;
                let overlap = one.from_ms < other.to_ms && other.from_ms < one.to_ms;
                if apart && overlap {
                    let ops = [one.ops.clone(), other.ops.clone()].concat();
                    for site in [one.site, other.site] {
                        let (code, dossier) = (DefectCode::TwoPlaces, site.facts.dossier);
                        let names = vec![facts.people.name_of(&person)];
                        found.push(facts.defect(code, dossier, None, names, ops.clone()));
                    }
                }
            }
        }
    }
}

/// Acts that only somebody on site does: showing a certificate, answering an item, raising a
/// finding, taking a picture with this phone, asking somebody.
fn acts_on_site(facts: &Facts, site: &Site) -> BTreeMap<PersonKey, Vec<(i64, Hash)>> {
    let mut acts: BTreeMap<PersonKey, Vec<(i64, Hash)>> = BTreeMap::new();
    let mut act = |writer, wall_ms, op| {
        if let Some(person) = facts.people.person(writer) {
            acts.entry(person).or_default().push((wall_ms, op));
        }
    };
    for shown in &site.facts.shown {
        act(shown.writer, shown.wall_ms, shown.op);
    }
    for written in site.facts.answers.iter().flat_map(|answer| answer.written()) {
        act(written.writer, written.wall_ms, written.op);
    }
    for finding in &site.facts.findings {
        let raised = site.facts.trace.on(finding.finding).iter().min_by_key(|w| w.wall_ms);
        if let Some(raised) = raised {
            act(raised.writer, raised.wall_ms, raised.op);
        }
    }
    for held in site.evidence.iter().filter(|held| held.source == Some(SourceClass::OwnCamera)) {
        act(held.writer, held.wall_ms, held.op);
    }
    for talk in facts.interviews.iter().filter(|talk| talk.dossier == site.facts.dossier) {
        for op in &talk.interview.ops {
            act(talk.interview.writer, talk.interview.held_ms.0, *op);
            act(talk.interview.writer, talk.interview.held_ms.1, *op);
        }
    }
    acts
}

fn before_check(facts: &Facts, talk: &Talk, found: &mut Vec<Defect>) {
    let began = facts.check(talk.check).and_then(Site::began_ms);
    if began.is_some_and(|began| talk.interview.held_ms.0 < began) {
        let names = vec![china_time(talk.interview.held_ms.0)];
        let (code, subject) = (DefectCode::InterviewBeforeCheck, Some(talk.interview.interview));
        let ops = talk.interview.ops.clone();
        found.push(facts.defect(code, talk.dossier, subject, names, ops));
    }
}

fn overlapping(facts: &Facts, one: &Talk, other: &Talk, found: &mut Vec<Defect>) {
    let (a, b) = (one.interview.held_ms, other.interview.held_ms);
    let both: BTreeSet<&PersonKey> = one.officers.intersection(&other.officers).collect();
    if both.is_empty() || a.0 >= b.1 || b.0 >= a.1 {
        return;
    }
    let names: Vec<String> = both.into_iter().map(|person| facts.people.name_of(person)).collect();
    let ops = [one.interview.ops.clone(), other.interview.ops.clone()].concat();
    for talk in [one, other] {
        let (code, subject) = (DefectCode::InterviewsOverlap, Some(talk.interview.interview));
        found.push(facts.defect(code, talk.dossier, subject, names.clone(), ops.clone()));
    }
}

/// The first record of a check, and its interviews: on a day off, or early, or late.
fn outside_hours(facts: &Facts, site: &Site, found: &mut Vec<Defect>) {
    let dossier = site.facts.dossier;
    let talks = facts.interviews.iter().filter(|talk| talk.check == dossier);
    let mut times: Vec<(_, i64, Vec<Hash>)> = talks
        .map(|talk| (talk.dossier, talk.interview.held_ms.0, talk.interview.ops.clone()))
        .collect();
    if let Some(first) = site.facts.first_record_ms() {
        let ops = site.facts.trace.all().filter(|w| w.wall_ms == first).map(|w| w.op).collect();
        times.push((dossier, first, ops));
    }
    for (place, wall_ms, ops) in times {
        let is_told = facts.notes.get(&place).is_some_and(|notes| {
            notes.iter().any(|note| china_day(note.wall_ms) == china_day(wall_ms))
        });
        if is_outside(wall_ms) && !is_told {
            let names = vec![china_time(wall_ms)];
            found.push(facts.defect(DefectCode::OutsideHours, place, None, names, ops));
        }
    }
}

fn is_outside(wall_ms: i64) -> bool {
    let Some(time) = china_clock(wall_ms) else { return false };
    let is_worked = WorkCalendar::built_in().is_worked(time.date());
    !is_worked || !OFFICE_HOURS.contains(&time.hour())
}
