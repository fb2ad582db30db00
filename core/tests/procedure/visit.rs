//! A visit with every part present, from which a test leaves one step out or adds one.

use std::collections::BTreeSet;

use angen_core::domain::{AGENDA, EvidenceKind, HeadsSource, Purpose};
use angen_core::procedure::{Board, Missing, Part, PartBoard, board, missing_of};
use angen_forms::Form;
use angen_ledger::certificate::Duty;
use angen_ledger::hash::Hash;
use angen_ledger::header::Over;
use angen_ledger::heads::Heads;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::key::Algorithm;
use angen_ledger::op::Op;
use angen_ledger::testing::{BEGIN_MS, Grant, Scribe, draft};
use angen_ledger::value::Value;

use crate::names::hashes;
pub(crate) use crate::names::{dossier, entity, id};

pub(crate) const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Who writes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Wang,
    Li,
    Mentor,
}

pub(crate) struct Visit {
    scribes: Vec<Scribe>,
    heads: Heads,
    ops: Vec<Op>,
    clock_ms: u64,
    skipped: BTreeSet<&'static str>,
    profile: &'static str,
    pub(crate) form: Form,
}

impl Visit {
    /// A whole visit, without the steps that are named.
    pub(crate) fn without(skipped: &[&'static str]) -> Self {
        Self::of_profile("since-2025", skipped)
    }

    pub(crate) fn of_profile(profile: &'static str, skipped: &[&'static str]) -> Self {
        let scribe = |seed, name, scopes: &[&str]| {
            let grant = Grant { duty: Duty::Root, name, scopes, algorithm: Algorithm::Ed25519 };
            Scribe::new(seed, &grant, None)
        };
        let enforcer = ["enforcer:371102110"];
        let workbook = include_bytes!("../../../checklists/mw.xlsx");
        let mut visit = Self {
            scribes: vec![
                scribe(1, "王建国", &enforcer),
                scribe(2, "李红梅", &enforcer),
                scribe(3, "张专家", &["mentor:371102110"]),
            ],
            heads: Heads::default(),
            ops: Vec::new(),
            clock_ms: 0,
            skipped: skipped.iter().copied().collect(),
            profile,
            form: Form::from_xlsx(workbook, "mw.xlsx").expect("the committed workbook is good"),
        };
        visit.standing();
        visit.training();
        visit.check("a", "91371102MAHK00014X");
        if !visit.skips("", "b") {
            visit.check("b", "91371121MA0000007C");
        }
        visit
    }

    pub(crate) fn writer(&self, who: Who) -> Value {
        self.scribes[who as usize].writer.raw().as_slice().into()
    }

    /// Whether a step is left out: everywhere (`notice`) or in one check (`a.notice`).
    pub(crate) fn skips(&self, check: &str, step: &str) -> bool {
        self.skipped.contains(step) || self.skipped.contains(format!("{check}.{step}").as_str())
    }

    /// One op; what the fields held before is replaced.
    pub(crate) fn put(
        &mut self,
        who: Who,
        dossier: DossierId,
        entity: EntityId,
        kind: &str,
        fields: &[(&str, Value)],
    ) -> Hash {
        self.write(who, dossier, entity, kind, fields, true)
    }

    /// One op; `replacing` is false for a phone that has not seen what is there: a conflict.
    pub(crate) fn write(
        &mut self,
        who: Who,
        dossier: DossierId,
        entity: EntityId,
        kind: &str,
        fields: &[(&str, Value)],
        replacing: bool,
    ) -> Hash {
        let mut draft = draft(dossier, entity, kind, fields);
        for (name, _) in fields.iter().filter(|_| replacing) {
            let heads: Vec<Hash> =
                self.heads.of(dossier, entity, name).iter().map(|head| head.op).collect();
            if !heads.is_empty() {
                draft.over.push(Over { field: (*name).to_owned(), heads });
            }
        }
        self.clock_ms += 1_000;
        let scribe = &mut self.scribes[who as usize];
        scribe.clock_ms = self.clock_ms;
        let op = scribe.write(draft, Vec::new());
        self.heads.apply(&op);
        let hash = op.hash;
        self.ops.push(op);
        hash
    }

    pub(crate) fn days_pass(&mut self, days: u64) {
        self.clock_ms += days * DAY_MS as u64;
    }

    fn standing(&mut self) {
        let names = ["roster", "library", "register", "assistance"];
        for name in names {
            self.open(name, name);
        }
        let people = [(Who::Wang, "enforcer"), (Who::Li, "enforcer"), (Who::Mentor, "mentor")];
        for (who, role) in people {
            let mut fields = vec![
                ("name", Value::from(role)),
                ("role", role.into()),
                ("organisation", "涛雒镇".into()),
                ("writer", self.writer(who)),
            ];
            let number = if who == Who::Wang || self.skips("", "own_number") { "1" } else { "2" };
            if role == "enforcer" && !(who == Who::Li && self.skips("", "li_certificate")) {
                fields.push(("certificate_no", number.into()));
                let stale = self.skips("", "li_valid") || self.skips("", "li_entered");
                let last = if stale && who == Who::Li { "2026-11-22" } else { "2028-06-30" };
                if !self.skips("", "last_day") {
                    fields.push(("certificate_valid_until", last.into()));
                }
            }
            let line = entity(&format!("person {}", who as usize));
            self.put(Who::Wang, dossier("roster"), line, "officer.enrol/1", &fields);
        }
        self.powers();
        let form = self.form.to_json();
        let fields = [
            ("list_id", "mw".into()),
            ("title", "机械".into()),
            ("version", "1".into()),
            ("form", form.into()),
        ];
        if !self.skips("", "library") {
            self.put(Who::Wang, dossier("library"), entity("mw"), "checklist.import/1", &fields);
        }
        let mentors = vec![self.writer(Who::Mentor)];
        let fields = [
            ("township", "涛雒镇".into()),
            ("round", 1.into()),
            ("profile", if self.skips("", "profile") { "of-nowhere" } else { self.profile }.into()),
            ("mentors", mentors.into()),
        ];
        self.put(Who::Wang, dossier("assistance"), entity("plan"), "assistance.plan/1", &fields);
    }

    pub(crate) fn person(who: Who) -> EntityId {
        entity(&format!("person {}", who as usize))
    }

    pub(crate) fn open(&mut self, name: &str, kind: &str) {
        let fields = [("area", "371102110".into()), ("type", kind.into())];
        self.put(Who::Wang, dossier(name), dossier(name).into(), "dossier.open/1", &fields);
    }

    fn training(&mut self) {
        if self.skips("", "training") {
            return;
        }
        let place = dossier("assistance");
        let skip = usize::from(self.skips("", "payment"));
        let tags = AGENDA.iter().filter(|(tag, _)| skip == 0 || *tag != "payment");
        let agenda: Vec<Value> = tags.map(|(tag, _)| (*tag).into()).collect();
        let trainer = if self.skips("", "mentor_trains") { Who::Wang } else { Who::Mentor };
        let fields = [
            ("title", "执法闭环培训".into()),
            ("trainer", self.writer(trainer)),
            ("agenda", agenda.into()),
            ("from", (BEGIN_MS - 2 * HOUR_MS).into()),
            ("to", if self.skips("", "held") { BEGIN_MS + DAY_MS } else { BEGIN_MS }.into()),
        ];
        self.put(Who::Wang, place, entity("training"), "training.record/1", &fields);
        for (who, step) in [(Who::Wang, "wang_attends"), (Who::Li, "li_attends")] {
            if !self.skips("", step) && !self.skips("", "attendance") {
                let line = entity(step);
                let fields = [("training", id(entity("training")))];
                self.put(who, place, line, "attendance.confirm/1", &fields);
            }
        }
        if !self.skips("", "courseware") {
            let purpose = Some(Purpose::Courseware);
            self.capture(Who::Mentor, "assistance", "training", EvidenceKind::Documentary, purpose);
        }
    }

    /// Captures a file about something; its name says what it is.
    pub(crate) fn capture(
        &mut self,
        who: Who,
        place: &str,
        about: &str,
        kind: EvidenceKind,
        purpose: Option<Purpose>,
    ) -> (EntityId, Hash) {
        let name = format!("{place} {about} {} {:?}", kind.word(), purpose.map(Purpose::word));
        let mut digest = [0; 32];
        digest[..16].copy_from_slice(entity(&name).raw());
        let digest = Value::from(digest.as_slice());
        let mime = if kind == EvidenceKind::AudioVisual { "image/jpeg" } else { "application/pdf" };
        let mut fields = vec![
            ("blob", digest.clone()),
            ("sha256", digest.clone()),
            ("sm3", digest),
            ("length", 9.into()),
            ("mime", mime.into()),
            ("kind", kind.word().into()),
            ("about", id(entity(about))),
        ];
        // A paper of the enterprise comes as a scan of a copy.
        let is_copy = kind == EvidenceKind::Documentary
            && purpose.is_none_or(|purpose| purpose == Purpose::SubjectPapers);
        if is_copy {
            fields.push(("source", "scan".into()));
        }
        fields.extend(purpose.map(|purpose| ("purpose", purpose.word().into())));
        if kind == EvidenceKind::AudioVisual && self.skips(place, "fresh") {
            let elsewhere = Hash([9; 32]);
            fields.push(("same_original", hashes(&[elsewhere])));
        }
        let op = self.put(who, dossier(place), entity(&name), "evidence.capture/1", &fields);
        (entity(&name), op)
    }

    pub(crate) fn source<T>(&self, read: impl FnOnce(&HeadsSource<'_>) -> T) -> T {
        read_heads(&self.heads, read)
    }

    /// The dossier of an op.
    pub(crate) fn place_of(&self, op: Hash) -> Option<DossierId> {
        self.ops.iter().find(|known| known.hash == op).map(|known| known.header.dossier)
    }

    /// The board of somebody who does not hold one op; none when nothing of the visit is left.
    pub(crate) fn board_without(&self, op: Hash) -> Option<Board> {
        let mut heads = Heads::default();
        self.ops.iter().filter(|known| known.hash != op).for_each(|known| heads.apply(known));
        read_heads(&heads, |source| board(source, dossier("assistance"), self.now_ms()).ok())
    }

    pub(crate) fn now_ms(&self) -> i64 {
        BEGIN_MS + self.clock_ms as i64
    }

    pub(crate) fn board(&self) -> Board {
        self.source(|source| {
            board(source, dossier("assistance"), self.now_ms()).expect("a readable visit")
        })
    }

    pub(crate) fn part(&self, part: Part) -> PartBoard {
        let board = self.board();
        board
            .parts
            .into_iter()
            .find(|found| found.part == part)
            .expect("every part is on the board")
    }

    pub(crate) fn missing(&self, name: &str) -> Vec<Missing> {
        self.source(|source| {
            missing_of(source, dossier(name), self.now_ms()).expect("a readable visit")
        })
    }
}

fn read_heads<T>(heads: &Heads, read: impl FnOnce(&HeadsSource<'_>) -> T) -> T {
    let mut dossiers: Vec<DossierId> =
        heads.entities("dossier").into_iter().map(|(dossier, _)| dossier).collect();
    dossiers.sort_unstable();
    read(&HeadsSource(heads, &dossiers, &[]))
}
