//! Walks: does each step with the real verbs, and tells the model what was done.

mod case;
mod check;
mod print;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use angen_core::action::{
    self, EnrolOfficer, PartyAnswer, PlanAssistance, PlanCheck, RecordTraining, appoint_expert,
    board, capture_evidence, confirm_attendance, enrol_officer, give_assent, plan_assistance,
    plan_check, propose_case, record_training, register_enterprise, reserve_numbers, set_answers,
    show_certificates, sign_record,
};
use angen_core::desk::Desk;
use angen_core::domain::{AGENDA, Checklist, EvidenceKind, Purpose, Role, SourceClass, read_all};
use angen_core::error::{Error, Result};
use angen_core::ports::Clock as _;
use angen_core::procedure::State;
use angen_core::store;
use angen_documents::Form;
use angen_forms::{Answer, Answers, Kind};
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_testing::files::jpeg;
use angen_testing::papers::{DEVICE, reservation};
use angen_testing::township as input;
use tempfile::TempDir;

use self::case::proposal;
use crate::model::{Act, Model, Place};
use crate::scene::Scene;
use crate::script::{Step, Who};

/// A day, and the time after which no certificate of these officers is valid.
const DAY_MS: i64 = 86_400_000;
const TWO_YEARS_MS: i64 = 730 * DAY_MS;

/// Where the walk's files lie: in memory, if there is such a folder.
const MEMORY: &str = "/dev/shm";

/// A walk under way.
pub(crate) struct Walker {
    scene: Scene,
    people: [WriterId; 3],
    enterprises: [EntityId; 2],
    assistance: DossierId,
    answers: BTreeMap<String, String>,
    training: Option<EntityId>,
    checks: [Option<DossierId>; 2],
    findings: [Vec<EntityId>; 2],
    evidence: [Vec<EntityId>; 2],
    case: Option<DossierId>,
    forms: Vec<EntityId>,
    interviews: Vec<EntityId>,
    files: usize,
    day: i64,
    valid: bool,
    pub(crate) model: Model,
}

impl Walker {
    pub(crate) fn new() -> Self {
        let memory = Path::new(MEMORY);
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        let folder = folder.unwrap();
        Scene::prepare(folder.path());
        let scene = Scene::at(folder, 8);
        let town = &scene.town;
        let admin = Desk::sign_in(&town.store, &town.ports, town.place.administrator).unwrap();
        let enrol = |name: &str, role, number: &str| {
            let certificate_no = (role == Role::Enforcer).then(|| number.to_owned());
            let officer = EnrolOfficer { certificate_no, ..input::officer(name, role) };
            enrol_officer(&admin, &officer).unwrap()
        };
        let people = [
            enrol("王立海", Role::Enforcer, "15110200101"),
            enrol("李梅", Role::Enforcer, "15110200102"),
            enrol("陈专家", Role::Mentor, ""),
        ];
        let appointment = angen_testing::people::appointment(people[2].officer);
        appoint_expert(&admin, &appointment).unwrap();
        let people = people.map(|enrolled| enrolled.writer);
        let register = |code: &str| {
            let request = action::RegisterEnterprise {
                name: format!("样例企业{code}"),
                credit_code: Some(code.to_owned()),
                ..input::enterprise()
            };
            register_enterprise(&admin, &request).unwrap().enterprise
        };
        let enterprises = [register("91371121MA0000007C"), register("92371103MA3T00017X")];
        let plan = PlanAssistance {
            round: 2,
            profile: "rizhao-2021".to_owned(),
            round_dossier: None,
            mentors: vec![people[2]],
        };
        let assistance = plan_assistance(&admin, &plan).unwrap().dossier;
        for form in [Form::InspectionNotice, Form::SiteRecord] {
            reserve_numbers(&admin, &reservation(form, DEVICE, 10)).unwrap();
        }
        let answers = good_answers(&scene);
        Self {
            people,
            enterprises,
            assistance,
            answers,
            scene,
            training: None,
            checks: [None; 2],
            findings: [Vec::new(), Vec::new()],
            evidence: [Vec::new(), Vec::new()],
            case: None,
            forms: Vec::new(),
            interviews: Vec::new(),
            files: 0,
            day: 0,
            valid: true,
            model: Model::default(),
        }
    }

    fn desk(&self, who: Who) -> Desk<'_> {
        self.scene.town.desk(self.people[who as usize])
    }

    /// Notes an act; gives its number.
    fn act(&mut self, place: Place, thing: &str, who: Who) -> usize {
        let (thing, day, valid) = (thing.to_owned(), self.day, self.valid);
        self.model.acts.push(Act { place, thing, who, day, valid });
        self.model.acts.len() - 1
    }

    /// The board says what the model says.
    pub(crate) fn compare(&self) {
        let now = self.scene.town.world.now().wall_ms;
        let board = board(&self.scene.town.store, self.assistance, now).unwrap();
        let have = board.parts.each_ref().map(|part| part.have);
        assert_eq!(have, self.model.counts(), "board and model: {:#?}", board.parts);
        for part in &board.parts {
            let met = part.units.iter().filter(|unit| unit.state() == State::Met).count();
            assert!(met >= part.have, "a count opens to its units: {part:#?}");
        }
    }

    /// Does a step. What can be recorded is recorded; what cannot be is passed over, or refused.
    pub(crate) fn take(&mut self, step: &Step) {
        match step.clone() {
            Step::Train => self.train(),
            Step::Attend(who) => self.attend(who),
            Step::Courseware => self.courseware(),
            Step::Plan { site, numbered } => self.plan(site, numbered),
            Step::NextDay => {
                self.day += 1;
                self.scene.town.world.jump_ms(DAY_MS);
            }
            Step::CertificatesEnd if self.valid => {
                (self.day, self.valid) = (self.day + 730, false);
                self.scene.town.world.jump_ms(TWO_YEARS_MS);
            }
            Step::CertificatesEnd => {}
            Step::Propose(site, who) => self.propose(site, who),
            Step::CaptureForm(who) => self.capture_form(who),
            Step::File(who, filed) => self.file(who, filed),
            Step::Interview(who, told) => self.interview(who, told),
            Step::SignInterview(who) => self.sign_interview(who),
            Step::Index(who) => self.index(who),
            Step::Conclude(who) => self.conclude(who),
            Step::AssentCase(who) => {
                if let Some(case) = self.case {
                    self.assent(Place::Case, case, who);
                }
            }
            Step::Show(site, _)
            | Step::AnswerAll(site, _)
            | Step::Find(site, _)
            | Step::Correct(site, _)
            | Step::RetractFinding(site, _)
            | Step::Capture(site, ..)
            | Step::RetractEvidence(site, ..)
            | Step::Sign(site, _)
            | Step::Refuse(site, _)
            | Step::Assent(site, _)
            | Step::WrongPage(site, _)
            | Step::ProposeRetracted(site, _)
            | Step::AssentOwn(site, _)
            | Step::Print(site, ..) => {
                if let Some(check) = self.checks[site] {
                    self.in_check(site, check, step);
                }
            }
        }
    }

    fn in_check(&mut self, site: usize, check: DossierId, step: &Step) {
        let place = Place::Check(site);
        match *step {
            Step::Show(_, who) => {
                show_certificates(&self.desk(who), check, "钱主任", None).unwrap();
                let act = self.act(place, &format!("shown {who:?}"), who);
                let shown = self.model.checks[site].shown.entry(who).or_insert((act, act));
                shown.1 = act;
            }
            Step::AnswerAll(_, who) => {
                let request = action::SetAnswers {
                    dossier: check,
                    checklist: self.scene.town.cast.checklist,
                    answers: self.answers.clone(),
                    reason: None,
                };
                set_answers(&self.desk(who), &request).unwrap();
                // The same values again change nothing, whoever gives them.
                if self.model.checks[site].answered.is_none() {
                    let act = self.act(place, "answers", who);
                    self.model.checks[site].answered = Some(act);
                }
            }
            Step::Find(_, who) => self.find(site, check, who),
            Step::Correct(_, who) => self.correct(site, check, who),
            Step::RetractFinding(_, who) => self.retract_finding(site, check, who),
            Step::Capture(_, who, piece) => self.capture(site, check, who, piece),
            Step::RetractEvidence(_, who, piece) => self.retract_evidence(site, check, who, piece),
            Step::Sign(_, who) => self.sign(site, check, who, true),
            Step::Refuse(_, who) => self.sign(site, check, who, false),
            Step::Assent(_, who) => self.assent(place, check, who),
            Step::WrongPage(_, who) => {
                let Some(evidence) = self.evidence[1 - site].last().copied() else { return };
                let (signer, post) = ("钱主任".to_owned(), "主任".to_owned());
                let answer = PartyAnswer::Signed { signer, post, evidence };
                let refused = |walker: &Self| sign_record(&walker.desk(who), check, &answer);
                self.refused(refused);
            }
            Step::ProposeRetracted(_, who) => {
                let gone = self.model.checks[site].findings.iter().rposition(|f| f.retracted);
                let Some(finding) = gone.map(|gone| self.findings[site][gone]) else { return };
                let request = proposal(check, finding);
                self.refused(|walker| propose_case(&walker.desk(who), &request));
            }
            Step::AssentOwn(_, who) => {
                let own =
                    |stored: &store::StoredOp| stored.op.header.writer == self.people[who as usize];
                let held =
                    self.scene.town.store.read(|read| store::ops_of_dossier(read, check)).unwrap();
                let Some(own) = held.into_iter().find(own).map(|stored| stored.op.hash) else {
                    return;
                };
                self.refused(|walker| give_assent(&walker.desk(who), check, &[own]));
            }
            Step::Print(_, who, paper) => self.print(site, check, who, paper),
            _ => unreachable!("the other steps are in no check"),
        }
    }

    /// What cannot be is refused, and nothing of it remains.
    fn refused<T>(&self, verb: impl FnOnce(&Self) -> Result<T>) {
        let count = || self.scene.town.store.read(store::count_ops).unwrap();
        let before = count();
        let error = verb(self).err().expect("what cannot be is refused");
        assert!(matches!(error, Error::Invalid(_) | Error::NotFound { .. }), "{error}");
        assert_eq!(count(), before);
    }

    fn train(&mut self) {
        if self.training.is_none() {
            let now = self.scene.town.world.now().wall_ms;
            let request = RecordTraining {
                agenda: AGENDA.iter().map(|(tag, _)| (*tag).to_owned()).collect(),
                held_ms: (now - 2 * 3_600_000, now - 3_600_000),
                ..input::training(self.assistance, self.people[2])
            };
            let held = record_training(&self.desk(Who::Wang), &request).unwrap();
            self.training = Some(held.training);
            self.model.trained = true;
        }
    }

    fn attend(&mut self, who: Who) {
        if let Some(training) = self.training {
            confirm_attendance(&self.desk(who), self.assistance, training).unwrap();
            // Whoever confirms again confirms what was confirmed before.
            self.model.attended.entry(who).or_insert(self.valid);
        }
    }

    fn courseware(&mut self) {
        if let Some(training) = self.training {
            let purpose = Some(Purpose::Courseware);
            let about = Some(training);
            let kind = EvidenceKind::Documentary;
            self.photograph(self.assistance, Who::Mentor, about, kind, purpose);
            self.model.courseware = true;
        }
    }

    fn plan(&mut self, site: usize, numbered: bool) {
        if self.checks[site].is_none() {
            let number = |name: &str| numbered.then(|| format!("{name}{site}号"));
            let list = self.scene.town.cast.checklist;
            let request = PlanCheck {
                approval_no: number("检审"),
                notice_no: number("检通"),
                ..input::check(self.enterprises[site], list, Some(self.assistance))
            };
            let planned = plan_check(&self.desk(Who::Wang), &request).unwrap();
            self.checks[site] = Some(planned.dossier);
            let act = self.act(Place::Check(site), "check", Who::Wang);
            let check = &mut self.model.checks[site];
            (check.planned, check.numbered) = (Some(act), numbered);
        }
    }

    /// Captures a small picture with words of its own.
    fn photograph(
        &mut self,
        dossier: DossierId,
        who: Who,
        about: Option<EntityId>,
        kind: EvidenceKind,
        purpose: Option<Purpose>,
    ) -> EntityId {
        self.files += 1;
        let name = format!("walk {}", self.files);
        let file = self.scene.town.file(&format!("{name}.jpg"), &jpeg(&name));
        let source = SourceClass::OwnCamera;
        let capture = input::capture(file, dossier);
        let request = action::CaptureEvidence { about, kind, purpose, source, ..capture };
        capture_evidence(&self.desk(who), &request).unwrap().evidence
    }

    /// Assents to all that others have recorded; refused where that is nothing.
    fn assent(&mut self, place: Place, dossier: DossierId, who: Who) {
        let done = self.model.assents.iter().filter(|(at, _)| self.model.acts[*at].who == who);
        let done: Vec<usize> = done.flat_map(|(_, to)| to.iter().copied()).collect();
        let acts = self.model.acts.iter().enumerate();
        let open = acts.filter(|(at, act)| {
            let counted = !act.thing.starts_with("shown") && act.thing != "assent";
            act.place == place && act.who != who && counted && !done.contains(at)
        });
        let open: BTreeSet<usize> = open.map(|(at, _)| at).collect();
        // A mentor advises, and stands behind nothing in a check or a case.
        if open.is_empty() || who == Who::Mentor {
            self.refused(|walker| give_assent(&walker.desk(who), dossier, &[]));
            return;
        }
        give_assent(&self.desk(who), dossier, &[]).unwrap();
        let act = self.act(place, "assent", who);
        self.model.assents.push((act, open));
    }
}

/// An answer to every item of the checklist: complied with, and whatever that asks for.
fn good_answers(scene: &Scene) -> BTreeMap<String, String> {
    let (store, library) = (&scene.town.store, scene.town.place.library);
    let lists: Vec<Checklist> = store.read(|read| read_all(read, library)).unwrap();
    let list = lists.iter().find(|list| list.checklist == scene.town.cast.checklist).unwrap();
    let form = action::read_form(list).unwrap();
    let (mut answers, mut given) = (Answers::new(), BTreeMap::new());
    while let Some(item) = form.review(&answers).missing.first().copied() {
        let raw = match item.kind {
            Kind::SelectOne(_) => "compliant",
            Kind::Text => "已写明",
            _ => "1",
        };
        let (name, answer): (String, Answer) =
            (item.name.clone(), form.check_answer(&item.name, raw).unwrap());
        given.insert(name.clone(), raw.to_owned());
        answers.insert(name, answer);
    }
    given
}
