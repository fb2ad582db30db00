//! A paper in the making: where its fields come from, and what is lacking so far.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use angen_documents::{
    Document, DocumentNumber, Entry, Filled, Form, Moment, Officer, Refusal, Unit,
};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::verify::Lang;
use chrono::{NaiveDate, NaiveDateTime};

use super::standing::standing_papers;
use super::{ByHand, DrawUp, DrawnUp, Lack, Undrawn};
use crate::domain::{
    Assistance, Case, Check, Dossier, Enterprise, Source, china_clock, parse_minute, read_all,
};
use crate::error::{Error, Result};
use crate::procedure::board::View;
use crate::procedure::people::PersonKey;
use crate::procedure::visit::{CheckFacts, Trace};
use crate::procedure::{Issuer, Reason, Why, may_issue};

/// Fewer cannot act (行政处罚法 2021, articles 42 and 55).
const OFFICERS_MIN: usize = 2;

/// A paper in the making.
pub(super) struct Draft<'d> {
    pub(super) source: &'d dyn Source,
    pub(super) request: &'d DrawUp,
    pub(super) view: View,
    /// The dossier's type.
    kind: String,
    /// What earlier papers were given.
    inherited: BTreeMap<String, String>,
    used: RefCell<BTreeMap<String, String>>,
    asked: RefCell<BTreeSet<String>>,
    penned: RefCell<BTreeSet<String>>,
    lacks: RefCell<Vec<Lack>>,
    /// Under which mandate it is issued, if one is held.
    issuer: Option<Issuer>,
    refs: RefCell<Vec<(&'static str, DossierId, Hash)>>,
}

impl<'d> Draft<'d> {
    pub(super) fn open(source: &'d dyn Source, request: &'d DrawUp) -> Result<Self> {
        let dossier = request.dossier;
        let opened: Vec<Dossier> = read_all(source, dossier)?;
        let Some(opened) = opened.into_iter().next() else {
            return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() });
        };
        // A case carries on what was given for its check.
        let case: Option<Case> = read_all(source, dossier)?.into_iter().next();
        let check = case.as_ref().map_or(dossier, |case| case.check);
        let mut inherited = BTreeMap::new();
        if request.inherits {
            for dossier in BTreeSet::from([check, dossier]) {
                for paper in standing_papers(source, dossier)? {
                    inherited.extend(paper.given);
                }
            }
        }
        let mut view = View::open(source, &mentors_of(source, check)?)?;
        view.people = view.people.within(source, dossier)?;
        let day = clock(request.made_at_ms).date();
        let allowed = may_issue(source, dossier, request.form.slug(), day)?;
        let lacks = allowed.refusals.iter().filter(|reason| reason.why != Why::FewerThanTwo);
        let mut lacks: Vec<Lack> = lacks.map(lack_of_power).collect();
        if case.is_some_and(|case| case.practice) {
            lacks.push(Lack::new(
                "practice",
                "演练案件不出具文书，以免与真实案件混同",
                "of a practice case nothing is printed: no paper may look like one of a case",
            ));
        }
        Ok(Self {
            source,
            request,
            view,
            kind: opened.kind,
            inherited,
            used: RefCell::default(),
            asked: RefCell::default(),
            penned: RefCell::default(),
            lacks: RefCell::new(lacks),
            issuer: allowed.issuer,
            refs: RefCell::default(),
        })
    }

    /// The dossier must be of a type.
    pub(super) fn must_be(&self, kinds: &[&str]) -> Result<()> {
        if kinds.contains(&self.kind.as_str()) {
            Ok(())
        } else {
            Err(wrong_dossier(self.request.form))
        }
    }

    /// The check that the paper rests on.
    pub(super) fn check(&self, dossier: DossierId) -> Result<CheckFacts> {
        let (view, until) = (&self.view, self.request.made_at_ms);
        let facts = CheckFacts::read(self.source, &view.dossiers, &view.people, dossier)?;
        let mut facts =
            facts.ok_or_else(|| Error::NotFound { noun: "check", id: dossier.to_string() })?;
        // What came after the print is on no paper: printed again, it must say the same.
        facts.evidence.retain(|held| held.wall_ms <= until);
        facts.findings.retain(|found| found.wall_ms <= until && !found.retracted);
        facts.lists.retain(|list| facts.trace.op(list.op).is_none_or(|w| w.wall_ms <= until));
        let noted = |op| facts.trace.op(op).is_none_or(|w| w.wall_ms <= until);
        facts.records.retain(|record| noted(record.op));
        facts.measures.retain(|measure| measure.wall_ms <= until);
        if let (Some(op), Some(register)) =
            (facts.enterprise.as_ref().and_then(|e| e.op), self.of_kind("register"))
        {
            self.rely_on("enterprise", register, op);
        }
        Ok(facts)
    }

    fn of_kind(&self, kind: &str) -> Option<DossierId> {
        let dossier = self.view.dossiers.iter().find(|dossier| dossier.kind == kind)?;
        Some(dossier.dossier)
    }

    pub(super) fn rely_on(&self, role: &'static str, dossier: DossierId, op: Hash) {
        self.refs.borrow_mut().push((role, dossier, op));
    }

    pub(super) fn lacks(&self, lack: Lack) {
        self.lacks.borrow_mut().push(lack);
    }

    /// The moment of the print, as a clock on a wall shows it.
    pub(super) fn now(&self) -> NaiveDateTime {
        clock(self.request.made_at_ms)
    }

    pub(super) fn today(&self) -> NaiveDate {
        self.now().date()
    }

    pub(super) fn number(&self) -> Filled<DocumentNumber> {
        match &self.request.number {
            Some(number) => Filled::Given(number.clone()),
            None => Filled::Missing,
        }
    }

    /// What was given for a field, with this print or an earlier one.
    pub(super) fn said(&self, key: &str) -> Option<String> {
        self.asked.borrow_mut().insert(key.to_owned());
        let said = self.request.given.get(key).or_else(|| self.inherited.get(key))?.clone();
        self.used.borrow_mut().insert(key.to_owned(), said.clone());
        Some(said)
    }

    /// A fact: what the ops say; what was given, where they say nothing; otherwise the pen.
    pub(super) fn fact(&self, key: &str, held: Option<&str>) -> Entry {
        match held.filter(|held| !held.trim().is_empty()) {
            Some(held) => held.into(),
            None => match self.said(key) {
                Some(said) => said.into(),
                None => self.pen(key),
            },
        }
    }

    /// A wording: as it was given, otherwise as it writes itself from the ops.
    pub(super) fn wording(&self, key: &str, written: impl Into<String>) -> Entry {
        match self.said(key) {
            Some(said) => said.into(),
            None if self.is_named(key) => self.pen(key),
            None => Entry::from(written.into()),
        }
    }

    /// A time: as the ops say, as it was given, or left to the pen.
    pub(super) fn moment(&self, key: &str, held: Option<NaiveDateTime>) -> Moment {
        if let Some(held) = held {
            return held.into();
        }
        let Some(said) = self.said(key) else { return self.pen(key) };
        match parse_minute(&said) {
            Some(moment) => moment.into(),
            None => {
                let (zh, en) =
                    ("时间请写成 2026-09-15 09:30 这样", "write a time like 2026-09-15 09:30");
                self.lacks(Lack::new(key, format!("{key}：{zh}"), format!("{key}: {en}")));
                Moment::ByHand
            }
        }
    }

    /// A text that is only known from what was given, and must stand in print.
    pub(super) fn typed(&self, key: &str) -> Entry {
        match self.said(key) {
            Some(said) => said.into(),
            None if self.is_named(key) => self.pen(key),
            None => Entry::Missing,
        }
    }

    /// What was named to be written by hand, or everything that may be.
    pub(super) fn pen<T>(&self, key: &str) -> Filled<T> {
        self.asked.borrow_mut().insert(key.to_owned());
        if self.is_named(key) || self.request.by_hand == ByHand::Rest {
            self.penned.borrow_mut().insert(key.to_owned());
            return Filled::ByHand;
        }
        Filled::Missing
    }

    fn is_named(&self, key: &str) -> bool {
        matches!(&self.request.by_hand, ByHand::Named(keys) if keys.contains(key))
    }

    /// The name of the agency: that of the mandate. Without one it is the body that the officers
    /// belong to.
    pub(super) fn agency(&self, officers: &[PersonKey]) -> Entry {
        let lines = officers.iter().filter_map(|person| self.view.people.card(person));
        let body = lines.map(|line| line.officer.organisation.trim()).find(|body| !body.is_empty());
        let by_mandate = self.issuer.as_ref().map(|issuer| issuer.in_name_of.as_str());
        match self.said("agency") {
            Some(said) => said.into(),
            None => by_mandate.or(body).unwrap_or_default().into(),
        }
    }

    /// The unit as it stands on every paper.
    pub(super) fn unit(&self, enterprise: Option<&Enterprise>) -> Unit {
        let held = |part: fn(&Enterprise) -> Option<&str>| enterprise.and_then(part);
        Unit {
            name: held(|e| Some(&e.name)).unwrap_or_default().into(),
            credit_code: held(|e| e.credit_code.as_deref()).unwrap_or_default().into(),
            address: self.fact("unit_address", held(|e| Some(&e.address))),
            person_in_charge: self.fact("person_in_charge", held(|e| e.representative.as_deref())),
            post: self.fact("post", None),
            phone: self.fact("phone", None),
        }
    }

    /// The certified officers behind some ops by the moment of the print: for each op there must
    /// be two, and those that stand behind all of them are named.
    pub(super) fn behind(&self, trace: &Trace, ops: &[Hash]) -> Vec<PersonKey> {
        let until = self.request.made_at_ms;
        let in_time = |by: &Hash| trace.op(*by).is_none_or(|written| written.wall_ms <= until);
        let mut all: Option<BTreeSet<PersonKey>> = None;
        for op in ops {
            let behind = trace.behind(&self.view.people, *op);
            let here = behind.into_iter().filter(|(_, by)| in_time(by)).map(|(person, _)| person);
            let here: BTreeSet<PersonKey> = here.collect();
            all = Some(match all {
                Some(before) => before.intersection(&here).cloned().collect(),
                None => here,
            });
        }
        all.unwrap_or_default().into_iter().collect()
    }

    /// The certified officers with an op of their own in a dossier on the day of the print, the
    /// first to write first.
    pub(super) fn there(&self, trace: &Trace, from_ms: i64) -> Vec<PersonKey> {
        let until = self.request.made_at_ms;
        let mut written: Vec<_> =
            trace.all().filter(|w| (from_ms..=until).contains(&w.wall_ms)).collect();
        written.sort_by_key(|w| (w.wall_ms, w.op));
        let mut there = Vec::new();
        for person in written.iter().filter_map(|w| self.view.people.enforcer(w.writer, w.wall_ms))
        {
            if !there.contains(&person) {
                there.push(person);
            }
        }
        there
    }

    /// Two certified officers as they are printed; says what is wrong when there are fewer, or a
    /// certificate is no longer valid on the day of the paper (R01).
    pub(super) fn officers(&self, people: &[PersonKey], trace: &Trace) -> Vec<Officer> {
        let made_at = self.request.made_at_ms;
        let mut officers = Vec::new();
        for line in people.iter().filter_map(|person| self.view.people.card(person)) {
            if line.is_certified_on(made_at) {
                let number = self.view.people.certificate_no(line.officer.writer, made_at);
                officers.push(Officer::new(&line.officer.name, &number.unwrap_or_default()));
            }
        }
        if officers.len() < OFFICERS_MIN {
            let have = officers.len();
            self.lacks(
                Lack::new(
                    "officers",
                    format!("有效持证的执法人员{have}名，须{OFFICERS_MIN}名：请另一名用自己的密钥确认"),
                    format!("{have} of {OFFICERS_MIN} officers with a valid certificate stand behind it: let another assent with a key of their own"),
                )
                .by("R01"),
            );
            self.expired(trace);
        }
        officers
    }

    fn expired(&self, trace: &Trace) {
        let until = self.request.made_at_ms;
        let writers: BTreeSet<_> =
            trace.all().filter(|w| w.wall_ms <= until).map(|w| w.writer).collect();
        for card in writers.iter().filter_map(|w| self.view.people.expired(*w, until)) {
            let (name, last) = (&card.name, card.certificate_valid_until.as_deref());
            let last = last.unwrap_or_default();
            self.lacks(
                Lack::new(
                    "certificate_valid_until",
                    format!("{name}的执法证有效期到{last}，已过期：请在名册登记新证后再出具"),
                    format!("the certificate of {name} was valid until {last}: enter the new one in the roster first"),
                )
                .by("R01"),
            );
        }
    }

    /// The paper, or everything that stands against it: the rules first, then the form's fields.
    pub(super) fn finish(
        self,
        filled: std::result::Result<Document, Refusal>,
    ) -> std::result::Result<DrawnUp, Undrawn> {
        let mut lacks = self.lacks.take();
        let asked = self.asked.take();
        let known = || asked.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let named = match &self.request.by_hand {
            ByHand::Named(keys) => keys.iter().collect(),
            ByHand::Rest => Vec::new(),
        };
        for key in self.request.given.keys().chain(named).filter(|key| !asked.contains(*key)) {
            lacks.push(Lack::new(
                key.as_str(),
                format!("“{key}”不是可以补填的字段，可用：{}", known()),
                format!("{key} is no field that can be given; use {}", known()),
            ));
        }
        match filled {
            Err(refusal) => {
                let told: BTreeSet<String> = lacks.iter().map(|lack| lack.place.clone()).collect();
                let problems = refusal.problems.iter().map(Lack::from);
                // A rule says better why the officers or the number are missing.
                lacks.extend(problems.filter(|lack| !told.contains(&lack.place)));
                Err(Undrawn { lacks, lines: refusal.lines })
            }
            Ok(document) if !lacks.is_empty() => Err(Undrawn { lacks, lines: document.lines() }),
            Ok(document) => Ok(DrawnUp {
                document,
                given: self.used.take(),
                by_hand: self.penned.take(),
                refs: self.refs.take(),
            }),
        }
    }
}

/// What a mandate does not allow, as something that stands against the paper.
fn lack_of_power(reason: &Reason) -> Lack {
    let say = |lang| reason.say(lang);
    Lack::new("mandate", say(Lang::Zh), say(Lang::En)).by(reason.why.rule())
}

/// A form that a dossier does not have.
pub(super) fn wrong_dossier(form: Form) -> Error {
    Error::invalid(
        "dossier",
        format!("这个卷宗出不了《{}》，请核对卷宗", form.title()),
        format!("this dossier has no {}: check the dossier", form.title_en()),
    )
}

/// What a clock on a wall in China shows.
pub(super) fn clock(wall_ms: i64) -> NaiveDateTime {
    china_clock(wall_ms).unwrap_or_default()
}

fn mentors_of(source: &dyn Source, check: DossierId) -> Result<Vec<WriterId>> {
    let checks: Vec<Check> = read_all(source, check)?;
    let Some(visit) = checks.into_iter().find_map(|check| check.assistance) else {
        return Ok(Vec::new());
    };
    let visits: Vec<Assistance> = read_all(source, visit)?;
    Ok(visits.into_iter().next().map(|visit| visit.mentors).unwrap_or_default())
}
