//! An established database of one township, in use: people, an enterprise, checklists, a visit
//! and a check. Everyone in it is made up.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use angen_core::action::{
    CaptureEvidence, CheckView, EnrolOfficer, Establish, Established, EvidenceView, PlanAssistance,
    PlanCheck, RaiseFinding, RegisterEnterprise, SetAnswers, appoint_expert, capture_evidence,
    enrol_officer, establish, established, grant_mandate, import_checklist, plan_assistance,
    plan_check, raise_finding, record_training, register_enterprise,
};
use angen_core::desk::Desk;
use angen_core::domain::{
    Consequence, EvidenceKind, Finding, Officer, Role, SourceClass, Training, read_all,
};
use angen_core::ports::Ports;
use angen_core::store::Store;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use crate::files::{checklists, jpeg};
use crate::people::{appointment, delegation};
use crate::world::World;

/// What a test stands on must stand; if it does not, the test has nothing to say.
const WORKS: &str = "the pretend township works";

/// A township with its database open, and what it is made of.
pub struct Township {
    /// The database.
    pub store: Store,
    /// What the host lends.
    pub ports: Ports,
    /// The strings behind the ports.
    pub world: World,
    /// Standing dossiers, root and administrator.
    pub place: Established,
    /// The cast.
    pub cast: Cast,
}

/// Whom and what the township's tests speak of. Plain ids: they hold for a copy of the folder too.
#[derive(Debug, Clone)]
pub struct Cast {
    /// Two certified officers.
    pub officers: [WriterId; 2],
    /// A mentor.
    pub mentor: WriterId,
    /// The checked enterprise.
    pub enterprise: EntityId,
    /// The checklist 机械加工.
    pub checklist: EntityId,
    /// The dossier of the assistance visit.
    pub assistance: DossierId,
    /// A training in it.
    pub training: EntityId,
    /// The check.
    pub check: CheckView,
    /// A finding in it.
    pub finding: EntityId,
    /// A photo in it.
    pub photo: EntityId,
}

/// What is established.
#[must_use]
pub fn establishment() -> Establish {
    Establish {
        area: "371102110".to_owned(),
        township: "涛雒镇".to_owned(),
        organisation: "日照市东港区涛雒镇人民政府".to_owned(),
        administrator: "周明华".to_owned(),
    }
}

/// An officer to enrol. Only an enforcer gets a certificate number.
#[must_use]
pub fn officer(name: &str, role: Role) -> EnrolOfficer {
    let certified = role == Role::Enforcer;
    EnrolOfficer {
        name: name.to_owned(),
        role,
        organisation: "涛雒镇应急管理办公室".to_owned(),
        certificate_no: certified.then(|| certificate_no(name)),
        certificate_valid_until: certified.then(|| "2028-06-30".to_owned()),
    }
}

/// A certificate number: each name has its own, since one number is one person.
fn certificate_no(name: &str) -> String {
    let sum: u32 = name.chars().map(u32::from).sum();
    format!("15110{:06}", sum % 1_000_000)
}

/// An enterprise to register.
#[must_use]
pub fn enterprise() -> RegisterEnterprise {
    RegisterEnterprise {
        name: "日照样例机械加工有限公司".to_owned(),
        credit_code: Some("91371102MAHK00014X".to_owned()),
        no_code_reason: None,
        address: "日照市东港区涛雒镇样例路一号".to_owned(),
        representative: Some("王志松".to_owned()),
        industry: Some("C33".to_owned()),
    }
}

/// A training to record.
#[must_use]
pub fn training(dossier: DossierId, trainer: WriterId) -> angen_core::action::RecordTraining {
    angen_core::action::RecordTraining {
        dossier,
        title: "执法闭环培训".to_owned(),
        trainer,
        agenda: vec!["check".to_owned(), "evidence".to_owned()],
        place: "涛雒镇会议室".to_owned(),
        held_ms: (1_795_424_400_000, 1_795_431_600_000),
    }
}

/// A finding to raise.
#[must_use]
pub fn finding(dossier: DossierId) -> RaiseFinding {
    RaiseFinding {
        dossier,
        item: Some("MW01".to_owned()),
        title: "皮带传动部位无防护罩".to_owned(),
        legal_basis: "安全生产法（2021）第三十六条".to_owned(),
        major_hazard: None,
        authority: "EM".to_owned(),
        penalty: None,
        consequence: Consequence::Order,
        elements: vec![("location".to_owned(), "一号车间".to_owned())],
    }
}

/// A capture of a photo.
#[must_use]
pub fn capture(path: PathBuf, dossier: DossierId) -> CaptureEvidence {
    CaptureEvidence {
        path,
        dossier,
        about: None,
        kind: EvidenceKind::AudioVisual,
        purpose: None,
        source: SourceClass::OwnCamera,
        source_note: None,
        caption: "皮带轮外露".to_owned(),
        method: None,
        proves: None,
        place: None,
        device: "测试机 0.1".to_owned(),
        derived_from: None,
    }
}

impl Township {
    /// Builds a township in a folder. Files to capture are written into its `inbox`.
    ///
    /// # Panics
    /// When a verb fails: then the test has nothing to stand on.
    #[must_use]
    pub fn build(folder: &Path, seed: u64) -> Self {
        let world = World::new(seed);
        let (store, ports) = (Store::open(folder).expect(WORKS), world.ports());
        let place = establish(&store, &ports, &establishment()).expect(WORKS);
        let admin = Desk::sign_in(&store, &ports, place.administrator).expect(WORKS);
        let enrol = |name, role| enrol_officer(&admin, &officer(name, role)).expect(WORKS).writer;
        let officers = [enrol("王安海", Role::Enforcer), enrol("李建国", Role::Enforcer)];
        let mentor = enrol("陈晓东", Role::Mentor);
        stand_up(&store, &admin, &place, mentor);
        let enterprise = register_enterprise(&admin, &enterprise()).expect(WORKS).enterprise;
        let checklist =
            import_checklist(&admin, &checklists().join("mw.xlsx")).expect(WORKS).checklist;
        let plan = PlanAssistance {
            round: 1,
            profile: "rizhao-2021".to_owned(),
            mentors: vec![mentor],
            round_dossier: None,
        };
        let assistance = plan_assistance(&admin, &plan).expect(WORKS).dossier;
        let desk = Desk::sign_in(&store, &ports, officers[0]).expect(WORKS);
        let held: Training = record_training(&desk, &training(assistance, mentor)).expect(WORKS);
        let request = check(enterprise, checklist, Some(assistance));
        let planned = plan_check(&desk, &request).expect(WORKS);
        let raised: Finding = raise_finding(&desk, &finding(planned.dossier)).expect(WORKS);
        let file = inbox(folder, "first.jpg", &jpeg("the first photo"));
        let photo = capture_evidence(&desk, &capture(file, planned.dossier)).expect(WORKS);
        let cast = Cast {
            officers,
            mentor,
            enterprise,
            checklist,
            assistance,
            training: held.training,
            check: planned,
            finding: raised.finding,
            photo: photo.evidence,
        };
        Self { store, ports, world, place, cast }
    }

    /// Opens a township that was built in this folder, or in one that this is a copy of. The keys
    /// are those of its seed; the chance must be another than before.
    ///
    /// # Panics
    /// When nothing was established there.
    #[must_use]
    pub fn open(folder: &Path, world: World, cast: Cast) -> Self {
        let (store, ports) = (Store::open(folder).expect(WORKS), world.ports());
        let place = established(&store).expect(WORKS);
        Self { store, ports, world, place, cast }
    }

    /// Signs a writer in.
    ///
    /// # Panics
    /// When the writer is not enrolled here.
    #[must_use]
    pub fn desk(&self, writer: WriterId) -> Desk<'_> {
        Desk::sign_in(&self.store, &self.ports, writer).expect(WORKS)
    }

    /// The first officer's desk.
    #[must_use]
    pub fn officer(&self) -> Desk<'_> {
        self.desk(self.cast.officers[0])
    }

    /// Writes a file into the inbox.
    #[must_use]
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        inbox(self.store.folder(), name, bytes)
    }

    /// Captures a small photo with words of its own in the check, as the first officer.
    ///
    /// # Errors
    /// As [`capture_evidence`].
    pub fn photograph(&self, words: &str) -> angen_core::error::Result<EvidenceView> {
        let file = self.file(&format!("{words}.jpg"), &jpeg(words));
        capture_evidence(&self.officer(), &capture(file, self.cast.check.dossier))
    }

    /// Answers to give in the check.
    #[must_use]
    pub fn answers(&self, answers: &[(&str, &str)], reason: Option<&str>) -> SetAnswers {
        let pair = |(item, value): &(&str, &str)| ((*item).to_owned(), (*value).to_owned());
        SetAnswers {
            dossier: self.cast.check.dossier,
            checklist: self.cast.checklist,
            answers: answers.iter().map(pair).collect::<BTreeMap<_, _>>(),
            reason: reason.map(str::to_owned),
        }
    }

    /// The roster.
    ///
    /// # Panics
    /// When the database cannot be read.
    #[must_use]
    pub fn roster(&self) -> Vec<Officer> {
        self.store.read(|read| read_all(read, self.place.roster)).expect(WORKS)
    }
}

/// Enters what the township acts by: a delegation, and the mentor's appointment.
fn stand_up(store: &Store, admin: &Desk<'_>, place: &Established, mentor: WriterId) {
    let people: Vec<Officer> = store.read(|read| read_all(read, place.roster)).expect(WORKS);
    let line = people.iter().find(|person| person.writer == mentor).expect(WORKS);
    let _ = appoint_expert(admin, &appointment(line.officer)).expect(WORKS);
    let _ = grant_mandate(admin, &delegation(&place.area)).expect(WORKS);
}

/// A check to plan.
#[must_use]
pub fn check(
    enterprise: EntityId,
    checklist: EntityId,
    assistance: Option<DossierId>,
) -> PlanCheck {
    PlanCheck {
        enterprise,
        checklists: vec![checklist],
        basis: "assistance".to_owned(),
        approval_no: Some("检审〔2026〕1号".to_owned()),
        notice_no: None,
        assistance,
    }
}

fn inbox(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let inbox = folder.join("inbox");
    std::fs::create_dir_all(&inbox).expect(WORKS);
    let path = inbox.join(name);
    std::fs::write(&path, bytes).expect(WORKS);
    path
}
