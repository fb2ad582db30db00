//! Every verb with an input that it takes, so that a fault can be planted in each.

use std::collections::BTreeSet;
use std::path::Path;

use angen_core::action::{
    Adoption, ConcludeInvestigation, CorrectFinding, DecideFiling, EnrolOfficer, FilingDecision,
    ImportError, ImportRows, ImportRowsError, MarkSkill, NoteOutcome, PaperAnswer, PartyAnswer,
    PlanAssistance, PostponeTownship, PractiseCase, PrintError, Printer, ToVoid, WriteComment,
    answer_comment, appoint_expert, capture_evidence, carry_assent, check_copy, close_round,
    conclude_investigation, confirm_attendance, correct_finding, decide_filing, decide_recusal,
    end_appointment, end_mandate, enrol_officer, establish, give_assent, grant_mandate, guide_case,
    import_checklist, import_rows, index_evidence, list_hashes, mark_skill, note_outcome,
    open_round, plan_assistance, plan_check, plan_posts, postpone_township, practise_case,
    print_document, propose_case, raise_finding, record_interview, record_training,
    register_enterprise, release_teaching, renew_certificate, request_assent, request_recusal,
    reserve_numbers, retract, set_answers, set_post, settle_document, show_certificates,
    sign_assent, sign_paper, sign_record, void_document, write_comment,
};
use angen_core::desk::Desk;
use angen_core::domain::rows::RowKind;
use angen_core::domain::{Opinion, OutcomeStep, Role, SkillLevel};
use angen_core::error::Result;
use angen_documents::Form;
use angen_testing::case;
use angen_testing::files::{checklists, jpeg};
use angen_testing::papers;
use angen_testing::people;
use angen_testing::round;
use angen_testing::township as input;

use crate::scene::Scene;
use crate::verbs_later::LATER;

/// A verb and whether it adds ops.
pub(crate) struct Verb {
    pub(crate) name: &'static str,
    pub(crate) adds_ops: bool,
    pub(crate) run: fn(&Scene) -> Result<()>,
}

pub(crate) const fn adds(name: &'static str, run: fn(&Scene) -> Result<()>) -> Verb {
    Verb { name, adds_ops: true, run }
}

pub(crate) const fn keeps(name: &'static str, run: fn(&Scene) -> Result<()>) -> Verb {
    Verb { name, adds_ops: false, run }
}

/// Every verb. `establish` runs on [`Scene::empty`], all others on [`Scene::new`].
pub(crate) fn every_verb() -> impl Iterator<Item = &'static Verb> {
    VISIT.iter().chain(LATER)
}

/// Those of a visit and its case, and of who may act.
const VISIT: &[Verb] = &[
    adds("establish", |scene| {
        establish(&scene.town.store, &scene.town.ports, &input::establishment()).map(drop)
    }),
    adds("enrol_officer", |scene| {
        let request: EnrolOfficer = input::officer("赵宁", Role::Assistant);
        enrol_officer(&admin(scene)?, &request).map(drop)
    }),
    adds("register_enterprise", |scene| {
        let mut request = input::enterprise();
        request.credit_code = Some("92371103MA3T00017X".to_owned());
        register_enterprise(&admin(scene)?, &request).map(drop)
    }),
    adds("import_checklist", |scene| import(scene, &checklists().join("gm.xlsx"))),
    adds("import_rows", |scene| {
        let text = "企业名称,统一社会信用代码,无代码原因,地址\n\
            样例粮油厂,92371103MA3T00017X,,涛雒镇1号\n样例摊点,,个体摊点,涛雒镇2号\n";
        let request = ImportRows {
            kind: RowKind::Enterprise,
            file_name: "verb.csv".to_owned(),
            bytes: text.as_bytes().to_vec(),
            sheet: None,
            corrections: Vec::new(),
            skip: BTreeSet::new(),
            update_reason: None,
        };
        match import_rows(&admin(scene)?, &request) {
            Ok(_) => Ok(()),
            Err(ImportRowsError::Core(error)) => Err(error),
            Err(ImportRowsError::Rows(preview)) => panic!("{preview:?}"),
        }
    }),
    adds("plan_posts", |scene| plan_posts(&admin(scene)?, &people::establishment()).map(drop)),
    adds("set_post", |scene| {
        set_post(&admin(scene)?, &people::post(scene.people.officer)).map(drop)
    }),
    adds("renew_certificate", |scene| {
        renew_certificate(&officer(scene)?, &people::renewal(&scene.people)).map(drop)
    }),
    adds("appoint_expert", |scene| {
        appoint_expert(&admin(scene)?, &people::appointment(scene.people.officer)).map(drop)
    }),
    adds("end_appointment", |scene| {
        let appointment = scene.people.appointment;
        end_appointment(&admin(scene)?, appointment, "2026-12-01", "调离").map(drop)
    }),
    adds("grant_mandate", |scene| {
        let mut delegation = people::delegation("371121");
        delegation.document_no = Some("莲应急委〔2021〕2号".to_owned());
        grant_mandate(&admin(scene)?, &delegation).map(drop)
    }),
    adds("end_mandate", |scene| {
        end_mandate(&admin(scene)?, scene.people.mandate, "2026-12-01", "收回委托").map(drop)
    }),
    adds("request_recusal", |scene| {
        let asked = people::recusal(&scene.town, scene.town.cast.officers[0]);
        request_recusal(&officer(scene)?, &asked).map(drop)
    }),
    adds("decide_recusal", |scene| {
        let decision = people::decision(&scene.town, scene.people.recusal, true);
        decide_recusal(&officer(scene)?, &decision).map(drop)
    }),
    adds("plan_assistance", |scene| {
        let mentors = vec![scene.town.cast.mentor];
        let profile = "since-2025".to_owned();
        let request = PlanAssistance { round: 2, profile, mentors, round_dossier: None };
        plan_assistance(&admin(scene)?, &request).map(drop)
    }),
    adds("guide_case", |scene| {
        guide_case(&officer(scene)?, scene.case.dossier, scene.town.cast.assistance).map(drop)
    }),
    adds("practise_case", |scene| {
        let (check, cause) = (scene.town.cast.check.dossier, "演练".to_owned());
        practise_case(&officer(scene)?, &PractiseCase { check, cause }).map(drop)
    }),
    adds("note_outcome", |scene| {
        let request = NoteOutcome {
            dossier: scene.case.dossier,
            step: OutcomeStep::Paid,
            day: "2027-02-01".to_owned(),
            amount_fen: Some(1_200_000),
            number: Some("票据1号".to_owned()),
            evidence: Some(scene.case.form),
        };
        note_outcome(&officer(scene)?, &request).map(drop)
    }),
    adds("open_round", |scene| {
        let mut request = round::opening(&scene.town.cast);
        request.number = 2;
        request.before = Some(scene.round);
        open_round(&admin(scene)?, &request).map(drop)
    }),
    adds("postpone_township", |scene| {
        let request = PostponeTownship {
            dossier: scene.round,
            area: "371102110".to_owned(),
            reason: "台风".to_owned(),
            to: "2026-12-20".to_owned(),
        };
        postpone_township(&admin(scene)?, &request).map(drop)
    }),
    adds("close_round", |scene| {
        close_round(&admin(scene)?, scene.round, "2026-12-15", Some("按期")).map(drop)
    }),
    adds("write_comment", |scene| write_comment(&mentor(scene)?, &comment(scene)).map(drop)),
    adds("release_teaching", |scene| {
        release_teaching(&mentor(scene)?, scene.town.cast.assistance, &[]).map(drop)
    }),
    adds("answer_comment", |scene| {
        let because = "现场无此条件".to_owned();
        let adoption = Adoption::NotAdopted { because };
        let visit = scene.town.cast.assistance;
        answer_comment(&officer(scene)?, visit, scene.comment, &adoption).map(drop)
    }),
    adds("mark_skill", |scene| {
        let request = MarkSkill {
            visit: scene.town.cast.assistance,
            officer: scene.town.cast.officers[1],
            skill: "evidence".to_owned(),
            level: SkillLevel::Helped,
            day: "2026-11-24".to_owned(),
        };
        mark_skill(&mentor(scene)?, &request).map(drop)
    }),
    adds("record_training", |scene| {
        let cast = &scene.town.cast;
        record_training(&officer(scene)?, &input::training(cast.assistance, cast.mentor)).map(drop)
    }),
    adds("confirm_attendance", |scene| {
        let cast = &scene.town.cast;
        confirm_attendance(&second(scene)?, cast.assistance, cast.training).map(drop)
    }),
    adds("plan_check", |scene| {
        let cast = &scene.town.cast;
        let request = input::check(cast.enterprise, cast.checklist, Some(cast.assistance));
        plan_check(&officer(scene)?, &request).map(drop)
    }),
    adds("show_certificates", |scene| {
        let dossier = scene.town.cast.check.dossier;
        show_certificates(&officer(scene)?, dossier, "王志松", Some("已核对")).map(drop)
    }),
    adds("set_answers", |scene| {
        let answers = [("MW01", "non_compliant"), ("MW02", "compliant"), ("MW03", "compliant")];
        set_answers(&officer(scene)?, &scene.town.answers(&answers, None)).map(drop)
    }),
    adds("raise_finding", |scene| {
        raise_finding(&officer(scene)?, &input::finding(scene.town.cast.check.dossier)).map(drop)
    }),
    adds("correct_finding", |scene| {
        let cast = &scene.town.cast;
        let title = Some("皮带传动部位防护罩缺失".to_owned());
        let correction = CorrectFinding { title, ..CorrectFinding::default() };
        let desk = officer(scene)?;
        correct_finding(&desk, cast.check.dossier, cast.finding, &correction, "用词更准").map(drop)
    }),
    adds("retract a finding", |scene| {
        let cast = &scene.town.cast;
        retract(&officer(scene)?, cast.check.dossier, cast.finding, "不是隐患").map(drop)
    }),
    adds("retract evidence", |scene| {
        let cast = &scene.town.cast;
        retract(&officer(scene)?, cast.check.dossier, cast.photo, "拍错了设备").map(drop)
    }),
    adds("capture_evidence", |scene| {
        let file = scene.town.file("verb.jpg", &jpeg("what the verb captures"));
        let request = input::capture(file, scene.town.cast.check.dossier);
        capture_evidence(&officer(scene)?, &request).map(drop)
    }),
    adds("give_assent", |scene| {
        give_assent(&second(scene)?, scene.town.cast.check.dossier, &[]).map(drop)
    }),
    adds("carry_assent", |scene| {
        let dossier = scene.town.cast.check.dossier;
        let asked = request_assent(&officer(scene)?, dossier, None)?;
        let signed = sign_assent(&second(scene)?, &asked.text)?;
        carry_assent(&officer(scene)?, dossier, &signed.text).map(drop)
    }),
    adds("sign_record", |scene| {
        let evidence = scene.town.cast.photo;
        let (signer, post) = ("王志松".to_owned(), "车间主任".to_owned());
        let answer = PartyAnswer::Signed { signer, post, evidence };
        sign_record(&officer(scene)?, scene.town.cast.check.dossier, &answer).map(drop)
    }),
    adds("propose_case", |scene| {
        propose_case(&officer(scene)?, &case::proposal(&scene.town)).map(drop)
    }),
    adds("decide_filing", |scene| {
        let request = DecideFiling {
            dossier: scene.case.dossier,
            decision: FilingDecision::Filed {
                number: "（日东）应急立〔2026〕1号".to_owned()
            },
            approver: "周明华".to_owned(),
            approver_post: "局长".to_owned(),
            decided_on: "2026-11-24".to_owned(),
            evidence: scene.case.form,
        };
        decide_filing(&officer(scene)?, &request).map(drop)
    }),
    adds("record_interview", |scene| {
        record_interview(&officer(scene)?, &case::interview(scene.case.dossier)).map(drop)
    }),
    adds("sign_paper", |scene| {
        let pages = vec![scene.case.form];
        let answer = PaperAnswer::Refused { reason: "要先问律师".to_owned(), pages };
        let (dossier, paper) = (scene.case.dossier, scene.case.interview);
        sign_paper(&officer(scene)?, dossier, paper, &answer).map(drop)
    }),
    adds("reserve_numbers", |scene| {
        let request = papers::reservation(Form::SiteRecord, "B7", 3);
        reserve_numbers(&admin(scene)?, &request).map(drop)
    }),
    adds("print_document", |scene| {
        let request = papers::request(scene.town.cast.check.dossier, Form::SiteRecord);
        match print_document(&officer(scene)?, &Printer::default(), &request) {
            Ok(_) => Ok(()),
            Err(PrintError::Core(error)) => Err(error),
            Err(PrintError::Refused { lacks, .. }) => panic!("{lacks:?}"),
        }
    }),
    adds("settle_document", |scene| {
        settle_document(&officer(scene)?, scene.case.dossier, scene.provisional).map(drop)
    }),
    adds("void_document", |scene| {
        let document = ToVoid::Document(scene.case.dossier, scene.provisional);
        void_document(&officer(scene)?, &document, "打错了").map(drop)
    }),
    adds("list_hashes", |scene| list_hashes(&officer(scene)?, scene.case.dossier).map(drop)),
    adds("check_copy", |scene| {
        let (dossier, photo) = (scene.town.cast.check.dossier, scene.town.cast.photo);
        check_copy(&officer(scene)?, dossier, photo, "样例公司", true).map(drop)
    }),
    adds("index_evidence", |scene| {
        let proves = [(scene.case.form, "立案经过审批".to_owned())].into();
        index_evidence(&officer(scene)?, scene.case.dossier, &proves).map(drop)
    }),
    adds("conclude_investigation", |scene| {
        let request = ConcludeInvestigation {
            dossier: scene.case.dossier,
            facts: "皮带传动部位没有防护罩".to_owned(),
            opinion: Opinion::Penalty,
            basis: "安全生产法（2021）第九十九条".to_owned(),
        };
        conclude_investigation(&officer(scene)?, &request).map(drop)
    }),
];

/// Imports a workbook. The five lists are good, so only the core can fail.
pub(crate) fn import(scene: &Scene, path: &Path) -> Result<()> {
    match import_checklist(&admin(scene)?, path) {
        Ok(_) => Ok(()),
        Err(ImportError::Core(error)) => Err(error),
        Err(ImportError::Form(errors)) => panic!("{errors}"),
    }
}

pub(crate) fn admin(scene: &Scene) -> Result<Desk<'_>> {
    Desk::sign_in(&scene.town.store, &scene.town.ports, scene.town.place.administrator)
}

pub(crate) fn officer(scene: &Scene) -> Result<Desk<'_>> {
    Desk::sign_in(&scene.town.store, &scene.town.ports, scene.town.cast.officers[0])
}

pub(crate) fn mentor(scene: &Scene) -> Result<Desk<'_>> {
    Desk::sign_in(&scene.town.store, &scene.town.ports, scene.town.cast.mentor)
}

/// A comment on the finding.
pub(crate) fn comment(scene: &Scene) -> WriteComment {
    let cast = &scene.town.cast;
    WriteComment {
        visit: cast.assistance,
        about_dossier: cast.check.dossier,
        about: cast.finding,
        text: "要件写全".to_owned(),
    }
}

pub(crate) fn second(scene: &Scene) -> Result<Desk<'_>> {
    Desk::sign_in(&scene.town.store, &scene.town.ports, scene.town.cast.officers[1])
}
