//! Input that cannot be taken: each verb says what is wrong in both languages, and changes nothing.

use std::path::PathBuf;

use angen_core::action::{
    CaptureEvidence, CorrectFinding, Establish, ExportPackage, Handing, ImportError, PartyAnswer,
    PlanAssistance, capture_evidence, confirm_attendance, correct_finding, enrol_officer,
    establish, export_package, give_assent, import_checklist, plan_assistance, plan_check,
    raise_finding, record_training, register_enterprise, retract, set_answers, show_certificates,
    sign_record,
};
use angen_core::domain::{Place, Role, SourceClass};
use angen_core::error::{Error, Result};
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::verify::Lang;
use angen_testing::files::{checklists, contents, jpeg};
use angen_testing::picture::picture;
use angen_testing::township as input;

use crate::scene::Scene;
use crate::verbs::{admin, import, officer};

const NOBODY: WriterId = WriterId([9; 16]);
const NOTHING: EntityId = EntityId([9; 16]);
const NOWHERE: DossierId = DossierId([9; 16]);

/// What is done, and what the error must name.
type Case = (&'static str, &'static str, fn(&Scene) -> Result<()>);

fn assert_refused(cases: &[Case]) {
    let scene = Scene::new();
    let blobs = || contents(&scene.town.store.folder().join("blobs")).unwrap();
    let (before, blobs_before) = (picture(&scene.town.store).unwrap(), blobs());
    for (what, names, run) in cases {
        let Err(error) = run(&scene) else { panic!("{what}: it was taken") };
        let (zh, en) = (error.say(Lang::Zh), error.say(Lang::En));
        assert!(en.contains(names), "{what}: {en}");
        let is_chinese = zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(is_chinese && zh != en, "{what}: {zh}");
        assert!(!matches!(error, Error::Storage(_)), "{what}: {en}");
        assert_eq!(picture(&scene.town.store).unwrap(), before, "{what}");
        assert_eq!(blobs(), blobs_before, "{what}");
    }
}

fn capture_with(scene: &Scene, change: fn(&mut CaptureEvidence)) -> Result<()> {
    let file = scene.town.file("good.jpg", &jpeg("a good photo"));
    let mut request = input::capture(file, scene.town.cast.check.dossier);
    change(&mut request);
    capture_evidence(&officer(scene)?, &request).map(drop)
}

fn capture_file(scene: &Scene, name: &str, bytes: &[u8]) -> Result<()> {
    let request = input::capture(scene.town.file(name, bytes), scene.town.cast.check.dossier);
    capture_evidence(&officer(scene)?, &request).map(drop)
}

#[test]
fn files_that_are_no_evidence_are_refused() {
    assert_refused(&[
        ("a truncated JPEG", "cut.jpg", |scene| {
            let whole = jpeg("a photo that was cut off");
            capture_file(scene, "cut.jpg", &whole[..whole.len() - 2])
        }),
        ("a zero-byte file", "empty.jpg", |scene| capture_file(scene, "empty.jpg", b"")),
        ("a wrong extension", "photo.pdf", |scene| {
            capture_file(scene, "photo.pdf", &jpeg("a photo by another name"))
        }),
        ("words named as a photo", "words.jpg", |scene| {
            capture_file(scene, "words.jpg", "不是照片".as_bytes())
        }),
        ("a truncated PDF", "cut.pdf", |scene| {
            capture_file(scene, "cut.pdf", b"%PDF-1.7\n1 0 obj")
        }),
        ("a cut-off WAV", "cut.wav", |scene| {
            capture_file(scene, "cut.wav", b"RIFF\xff\xff\0\0WAVEfmt \x10\0\0\0")
        }),
        ("a folder", "inbox", |scene| {
            capture_with(scene, |request| {
                request.path.pop();
            })
        }),
        ("a missing file", "missing.jpg", |scene| {
            capture_with(scene, |request| request.path = PathBuf::from("missing.jpg"))
        }),
    ]);
}

#[test]
fn captures_that_say_too_little_are_refused() {
    assert_refused(&[
        ("an empty caption", "caption", |scene| {
            capture_with(scene, |request| request.caption = " ".to_owned())
        }),
        ("a body camera without its serial", "source_note", |scene| {
            capture_with(scene, |request| request.source = SourceClass::BodyCamera)
        }),
        ("CCTV with an empty note", "source_note", |scene| {
            capture_with(scene, |request| {
                request.source = SourceClass::CctvCopy;
                request.source_note = Some(String::new());
            })
        }),
        ("a note of blanks", "source_note", |scene| {
            capture_with(scene, |request| {
                request.source = SourceClass::ColleaguePhone;
                request.source_note = Some("  ".to_owned());
            })
        }),
        ("a place off Earth", "place", |scene| {
            capture_with(scene, |request| {
                let (latitude_e7, longitude_e7) = (900_000_001, 0);
                request.place = Some(Place { latitude_e7, longitude_e7, accuracy_mm: None });
            })
        }),
        ("the farthest place off Earth", "place", |scene| {
            capture_with(scene, |request| {
                let (latitude_e7, longitude_e7) = (i64::MIN, i64::MIN);
                request.place = Some(Place { latitude_e7, longitude_e7, accuracy_mm: None });
            })
        }),
        ("a dossier that is not here", "dossier", |scene| {
            capture_with(scene, |request| request.dossier = NOWHERE)
        }),
    ]);
}

fn establish_with(scene: &Scene, change: fn(&mut Establish)) -> Result<()> {
    let mut request = input::establishment();
    change(&mut request);
    establish(&scene.town.store, &scene.town.ports, &request).map(drop)
}

#[test]
fn people_and_enterprises_that_cannot_be_are_refused() {
    assert_refused(&[
        ("a second establishment", "init", |scene| establish_with(scene, |_| {})),
        ("full-width digits in the area", "area", |scene| {
            establish_with(scene, |request| request.area = "３７１102110".to_owned())
        }),
        ("a short area", "area", |scene| {
            establish_with(scene, |request| request.area = "3711".to_owned())
        }),
        ("an empty township", "township", |scene| {
            establish_with(scene, |request| request.township = String::new())
        }),
        ("an officer without a name", "name", |scene| {
            let request = input::officer(" ", Role::Enforcer);
            enrol_officer(&admin(scene)?, &request).map(drop)
        }),
        ("an empty certificate number", "certificate_no", |scene| {
            let mut request = input::officer("赵宁", Role::Enforcer);
            request.certificate_no = Some(" ".to_owned());
            enrol_officer(&admin(scene)?, &request).map(drop)
        }),
        ("a day that is none", "2028-02-30", |scene| {
            let mut request = input::officer("赵宁", Role::Enforcer);
            request.certificate_valid_until = Some("2028-02-30".to_owned());
            enrol_officer(&admin(scene)?, &request).map(drop)
        }),
        ("an enrolment by one who may not", "issuer", |scene| {
            enrol_officer(&officer(scene)?, &input::officer("赵宁", Role::Enforcer)).map(drop)
        }),
        ("a wrong check character", "credit_code", |scene| {
            let mut request = input::enterprise();
            request.credit_code = Some("91371102MAHK00014Y".to_owned());
            register_enterprise(&admin(scene)?, &request).map(drop)
        }),
        ("a full-width digit in the code", "full-width", |scene| {
            let mut request = input::enterprise();
            request.credit_code = Some("９1371102MAHK00014X".to_owned());
            register_enterprise(&admin(scene)?, &request).map(drop)
        }),
        ("neither a code nor a reason", "credit_code", |scene| {
            let mut request = input::enterprise();
            request.credit_code = None;
            register_enterprise(&admin(scene)?, &request).map(drop)
        }),
        ("an enterprise without an address", "address", |scene| {
            let mut request = input::enterprise();
            request.address = String::new();
            register_enterprise(&admin(scene)?, &request).map(drop)
        }),
    ]);
}

#[test]
fn visits_that_cannot_be_are_refused() {
    assert_refused(&[
        ("round 0", "round", |scene| visit(scene, 0, "rizhao-2021", Vec::new())),
        ("an unknown profile", "mars-2031", |scene| visit(scene, 1, "mars-2031", Vec::new())),
        ("a mentor who is not here", "mentor", |scene| {
            visit(scene, 1, "rizhao-2021", vec![NOBODY])
        }),
        ("an officer as a mentor", "mentor", |scene| {
            visit(scene, 1, "rizhao-2021", vec![scene.town.cast.officers[0]])
        }),
        ("an unknown agenda tag", "agenda", |scene| {
            let mut request = input::training(scene.town.cast.assistance, NOBODY);
            request.agenda.push("lunch".to_owned());
            record_training(&officer(scene)?, &request).map(drop)
        }),
        ("a training that ends before it begins", "held", |scene| {
            let mut request = input::training(scene.town.cast.assistance, NOBODY);
            request.held_ms = (2, 1);
            record_training(&officer(scene)?, &request).map(drop)
        }),
        ("a training in a check", "assistance", |scene| {
            let request = input::training(scene.town.cast.check.dossier, NOBODY);
            record_training(&officer(scene)?, &request).map(drop)
        }),
        ("attendance of nothing", "training", |scene| {
            confirm_attendance(&officer(scene)?, scene.town.cast.assistance, NOTHING).map(drop)
        }),
        ("an unknown basis", "basis", |scene| {
            let cast = &scene.town.cast;
            let mut request = input::check(cast.enterprise, cast.checklist, None);
            request.basis = "mood".to_owned();
            plan_check(&officer(scene)?, &request).map(drop)
        }),
        ("a check without a list", "checklist", |scene| {
            let cast = &scene.town.cast;
            let mut request = input::check(cast.enterprise, cast.checklist, None);
            request.checklists.clear();
            plan_check(&officer(scene)?, &request).map(drop)
        }),
        ("a check of nobody", "enterprise", |scene| {
            let request = input::check(NOTHING, scene.town.cast.checklist, None);
            plan_check(&officer(scene)?, &request).map(drop)
        }),
        ("a list that is not here", "checklist", |scene| {
            let request = input::check(scene.town.cast.enterprise, NOTHING, None);
            plan_check(&officer(scene)?, &request).map(drop)
        }),
        ("a visit that is not here", "assistance", |scene| {
            let cast = &scene.town.cast;
            let request = input::check(cast.enterprise, cast.checklist, Some(NOWHERE));
            plan_check(&officer(scene)?, &request).map(drop)
        }),
    ]);
}

fn visit(scene: &Scene, round: u32, profile: &str, mentors: Vec<WriterId>) -> Result<()> {
    let request =
        PlanAssistance { round, profile: profile.to_owned(), mentors, round_dossier: None };
    plan_assistance(&admin(scene)?, &request).map(drop)
}

fn answer(scene: &Scene, item: &str, value: &str) -> Result<()> {
    set_answers(&officer(scene)?, &scene.town.answers(&[(item, value)], None)).map(drop)
}

#[test]
fn answers_and_findings_that_cannot_be_are_refused() {
    assert_refused(&[
        ("an unknown item", "MW99", |scene| answer(scene, "MW99", "compliant")),
        ("an unknown choice", "MW01", |scene| answer(scene, "MW01", "perhaps")),
        ("a full-width digit", "MW06_lel", |scene| answer(scene, "MW06_lel", "１0")),
        ("one bad answer among good ones", "MW99", |scene| {
            let answers = [("MW01", "compliant"), ("MW02", "compliant"), ("MW99", "compliant")];
            set_answers(&officer(scene)?, &scene.town.answers(&answers, None)).map(drop)
        }),
        ("a list of another check", "checklist", |scene| {
            let mut request = scene.town.answers(&[("MW01", "compliant")], None);
            request.checklist = NOTHING;
            set_answers(&officer(scene)?, &request).map(drop)
        }),
        ("an unknown authority", "authority", |scene| {
            let mut request = input::finding(scene.town.cast.check.dossier);
            request.authority = "XX".to_owned();
            raise_finding(&officer(scene)?, &request).map(drop)
        }),
        ("an unknown element", "element", |scene| {
            let mut request = input::finding(scene.town.cast.check.dossier);
            request.elements.push(("weather".to_owned(), "晴".to_owned()));
            raise_finding(&officer(scene)?, &request).map(drop)
        }),
        ("a finding outside of a check", "check", |scene| {
            raise_finding(&officer(scene)?, &input::finding(NOWHERE)).map(drop)
        }),
        ("a correction without a reason", "reason", |scene| correct(scene, "", Some("新"))),
        ("a correction of nothing", "correct", |scene| correct(scene, "核对", None)),
        ("a correction to an empty title", "title", |scene| correct(scene, "核对", Some(" "))),
        ("a retraction without a reason", "reason", |scene| {
            let cast = &scene.town.cast;
            retract(&officer(scene)?, cast.check.dossier, cast.finding, " ").map(drop)
        }),
        ("a retraction of nothing", "evidence", |scene| {
            retract(&officer(scene)?, scene.town.cast.check.dossier, NOTHING, "错").map(drop)
        }),
    ]);
}

fn correct(scene: &Scene, reason: &str, title: Option<&str>) -> Result<()> {
    let cast = &scene.town.cast;
    let title = title.map(str::to_owned);
    let correction = CorrectFinding { title, ..CorrectFinding::default() };
    correct_finding(&officer(scene)?, cast.check.dossier, cast.finding, &correction, reason)
        .map(drop)
}

#[test]
fn signatures_and_packages_that_cannot_be_are_refused() {
    assert_refused(&[
        ("assent to one's own op", "one's own", |scene| {
            let dossier = scene.town.cast.check.dossier;
            let own = scene.town.store.read(|read| {
                angen_core::store::ops_of_dossier(read, dossier).map(|ops| ops[0].op.hash)
            })?;
            give_assent(&officer(scene)?, dossier, &[own]).map(drop)
        }),
        ("assent to nothing", "assent", |scene| {
            give_assent(&officer(scene)?, scene.town.cast.check.dossier, &[]).map(drop)
        }),
        ("a signature without a name", "signer", |scene| sign(scene, " ", scene.town.cast.photo)),
        ("a page that was not captured", "evidence", |scene| sign(scene, "王志松", NOTHING)),
        ("a refusal without a reason", "reason", |scene| {
            let answer = PartyAnswer::Refused { reason: String::new(), evidence: None };
            sign_record(&officer(scene)?, scene.town.cast.check.dossier, &answer).map(drop)
        }),
        ("certificates shown to nobody", "shown_to", |scene| {
            show_certificates(&officer(scene)?, scene.town.cast.check.dossier, "", None).map(drop)
        }),
        ("a package of nothing", "dossier", |scene| package(scene, NOWHERE, "none.angen")),
        ("a package into no folder", "nowhere", |scene| {
            package(scene, scene.town.cast.check.dossier, "nowhere/check.angen")
        }),
        ("a workbook that is not there", "gone.xlsx", |scene| {
            import(scene, &checklists().join("gone.xlsx"))
        }),
    ]);
}

fn sign(scene: &Scene, signer: &str, evidence: EntityId) -> Result<()> {
    let answer =
        PartyAnswer::Signed { signer: signer.to_owned(), post: "主任".to_owned(), evidence };
    sign_record(&officer(scene)?, scene.town.cast.check.dossier, &answer).map(drop)
}

fn package(scene: &Scene, dossier: DossierId, name: &str) -> Result<()> {
    let request = ExportPackage {
        dossiers: vec![dossier],
        withhold: std::collections::BTreeSet::new(),
        software: "test".to_owned(),
        handing: Handing::default(),
    };
    let file = scene.path(name);
    export_package(&officer(scene)?, &request, &file, &mut |_, _| {}).map(drop)
}

#[test]
fn workbooks_that_are_none_are_refused_and_named() {
    let scene = Scene::new();
    let whole = std::fs::read(checklists().join("gm.xlsx")).unwrap();
    let before = picture(&scene.town.store).unwrap();
    let blobs = contents(&scene.town.store.folder().join("blobs")).unwrap();
    for (name, bytes) in [
        ("half.xlsx", &whole[..whole.len() / 2]),
        ("empty.xlsx", &[]),
        ("photo.xlsx", &jpeg("no workbook")[..]),
    ] {
        let file = scene.town.file(name, bytes);
        let error = import_checklist(&scene.town.officer(), &file).unwrap_err();
        assert!(matches!(error, ImportError::Form(_)), "{name}: {error}");
        assert!(error.to_string().contains(name), "{error}");
        assert_eq!(picture(&scene.town.store).unwrap(), before, "{name}");
    }
    assert_eq!(contents(&scene.town.store.folder().join("blobs")).unwrap(), blobs);
}
