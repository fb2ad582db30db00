//! The verbs that follow a finding, and those that keep dossiers, each with an input that it takes.

use angen_core::action::{
    AnswerExtension, AnswerJoin, CertifyHub, DecideConflict, ExportPackage, ExtendOrder, Handing,
    LiftMeasure, NoteCustody, NumberCheck, ReissueOfficer, RequestErasure, RevokeWriter, Terms,
    answer_join, approve_erasure, approve_preservation, ask_to_join, certify_hub, close_dossier,
    decide_conflict, decide_preservation, discard_ask, erase, export_package, extend_order,
    issue_order, keep_ballast, lift_measure, note_custody, number_check, open_ask, order_wipe,
    place_hold, rebuild, record_recheck, register_preservation, reissue_officer, request_erasure,
    reveal_entity, revoke_writer, set_retention, sweep, take_measure, transfer_finding,
};
use angen_core::domain::{CustodyAct, RecheckOutcome, Role};
use angen_core::store::{self, Store};
use angen_ledger::erasure::Target;
use angen_ledger::id::WriterId;
use angen_testing::exchange::deliver;
use angen_testing::follow_up;
use angen_testing::township::officer as officer_named;
use angen_testing::world::World;

use crate::verbs::{Verb, adds, admin, keeps, officer};

/// Those verbs.
pub(crate) const LATER: &[Verb] = &[
    adds("take_measure", |scene| {
        take_measure(&officer(scene)?, &follow_up::measure(&scene.town)).map(drop)
    }),
    adds("lift_measure", |scene| {
        let request = LiftMeasure {
            dossier: scene.town.cast.check.dossier,
            measure: scene.follow_up.measure,
            checked_how: "防护罩装好，空载试机十分钟".to_owned(),
            shown_by: vec![scene.town.cast.photo],
        };
        lift_measure(&officer(scene)?, &request).map(drop)
    }),
    adds("issue_order", |scene| {
        issue_order(&officer(scene)?, &follow_up::order(&scene.town)).map(drop)
    }),
    adds("extend_order", |scene| {
        let day = |text: &str| Some(text.to_owned());
        let answer =
            AnswerExtension { granted_to: day("2026-12-15"), answered_on: day("2026-12-02") };
        let request = ExtendOrder {
            dossier: scene.town.cast.check.dossier,
            order: scene.follow_up.order,
            finding: scene.town.cast.finding,
            asked_on: "2026-12-01".to_owned(),
            reason: "定做的防护罩还没有到货".to_owned(),
            answer: Some(answer),
        };
        extend_order(&officer(scene)?, &request).map(drop)
    }),
    adds("record_recheck", |scene| {
        let order = scene.follow_up.order;
        let request = follow_up::recheck(&scene.town, order, RecheckOutcome::Corrected);
        record_recheck(&officer(scene)?, &request).map(drop)
    }),
    adds("transfer_finding", |scene| {
        transfer_finding(&officer(scene)?, &follow_up::transfer(&scene.town)).map(drop)
    }),
    adds("decide_conflict", |scene| {
        let request = DecideConflict {
            dossier: scene.town.place.library,
            op: scene.contested,
            reason: "两人当面核对".to_owned(),
        };
        decide_conflict(&officer(scene)?, &request).map(drop)
    }),
    adds("approve_preservation", |scene| {
        approve_preservation(&officer(scene)?, &follow_up::approval(&scene.town)).map(drop)
    }),
    adds("register_preservation", |scene| {
        let request = follow_up::registration(&scene.town, None);
        register_preservation(&officer(scene)?, &request).map(drop)
    }),
    adds("decide_preservation", |scene| {
        let request = follow_up::decision(&scene.town, scene.follow_up.preservation);
        decide_preservation(&officer(scene)?, &request).map(drop)
    }),
    adds("number_check", |scene| {
        let request = NumberCheck {
            notice_no: Some("检通〔2026〕1号".to_owned()),
            platform_task: Some("RW-2026-0001".to_owned()),
            ..NumberCheck::default()
        };
        number_check(&officer(scene)?, scene.town.cast.check.dossier, &request).map(drop)
    }),
    adds("export_package", |scene| {
        let request = ExportPackage {
            dossiers: vec![scene.town.cast.check.dossier],
            withhold: std::iter::once("signer".to_owned()).collect(),
            software: "test".to_owned(),
            handing: Handing::default(),
        };
        let file = scene.path("check.angen");
        export_package(&officer(scene)?, &request, &file, &mut |_, _| {}).map(drop)
    }),
    adds("note_custody", |scene| {
        let request = NoteCustody {
            act: CustodyAct::Print,
            dossier: scene.town.cast.check.dossier,
            about: vec![scene.town.cast.finding],
            fields: Vec::new(),
            handing: Handing { recipient: Some("王志松".to_owned()), purpose: None },
        };
        note_custody(&officer(scene)?, &request).map(drop)
    }),
    adds("reveal_entity", |scene| {
        let (place, cast) = (&scene.town.place, &scene.town.cast);
        let purpose = "核对负责人";
        reveal_entity(&officer(scene)?, place.register, cast.enterprise, purpose).map(drop)
    }),
    adds("set_retention", |scene| {
        let dossier = scene.case.dossier;
        set_retention(&officer(scene)?, dossier, "30_years", "国家档案局令第8号").map(drop)
    }),
    adds("place_hold", |scene| {
        place_hold(&officer(scene)?, scene.case.dossier, "行政诉讼", Some("人民法院")).map(drop)
    }),
    adds("request_erasure", |scene| {
        let (register, enterprise) = (scene.town.place.register, scene.town.cast.enterprise);
        let held = scene.town.store.read(|read| store::fields_of(read, register, enterprise))?;
        let request = RequestErasure {
            dossier: register,
            targets: vec![Target {
                op: held.head_ops("representative")[0],
                fields: vec!["representative".to_owned()],
            }],
            basis: "consent_withdrawn".to_owned(),
            reason: "本人要求".to_owned(),
        };
        request_erasure(&officer(scene)?, &request).map(drop)
    }),
    adds("approve_erasure", |scene| {
        approve_erasure(&admin(scene)?, scene.town.place.register, scene.erasures[1]).map(drop)
    }),
    adds("erase", |scene| {
        erase(&officer(scene)?, scene.town.place.register, scene.erasures[0]).map(drop)
    }),
    adds("certify_hub", |scene| {
        let request = CertifyHub {
            name: "东港节点".to_owned(),
            organisation: "日照市应急管理局".to_owned(),
            origin: "rizhao.example/donggang/1".to_owned(),
            keys: scene.town.ports.keys.create(WriterId([0x48; 16]))?,
        };
        certify_hub(&admin(scene)?, &request).map(drop)
    }),
    adds("revoke_writer", |scene| {
        let request = RevokeWriter {
            writer: scene.town.cast.officers[1],
            reason: "手机遗失".to_owned(),
            cut: vec![(scene.town.cast.check.dossier, None)],
        };
        revoke_writer(&admin(scene)?, &request).map(drop)
    }),
    adds("reissue_officer", |scene| {
        let request = ReissueOfficer {
            writer: scene.town.cast.officers[1],
            reason: "忘记 PIN".to_owned(),
            cut: Vec::new(),
            terms: Terms::default(),
            ask: None,
        };
        reissue_officer(&admin(scene)?, &request).map(drop)
    }),
    adds("answer_join", |scene| {
        let ports = World::new(61).ports();
        let phone = Store::open(&scene.path("new phone"))?;
        let request = AnswerJoin {
            ask: ask_to_join(&phone, &ports)?.text,
            who: officer_named("赵新民", Role::Enforcer),
            terms: Terms::default(),
            same_as: None,
        };
        answer_join(&admin(scene)?, &request).map(drop)
    }),
    keeps("discard_ask", |scene| {
        let (store, ports) = (&scene.town.store, &scene.town.ports);
        open_ask(store)?.map_or(Ok(()), |left| discard_ask(store, ports, left.asked))
    }),
    adds("order_wipe", |scene| {
        order_wipe(&admin(scene)?, &[scene.town.cast.officers[1]], "手机遗失").map(drop)
    }),
    keeps("keep_ballast", |scene| keep_ballast(&scene.town.store, &scene.town.ports).map(drop)),
    adds("close_dossier", |scene| {
        close_dossier(&officer(scene)?, scene.case.dossier, "2026-12-20", "不予处罚").map(drop)
    }),
    keeps("sweep", |scene| {
        // Files of 1970, before any clock's day: one is set aside before the fault, one after.
        for name in ["one.part", "other.part"] {
            let path = scene.town.store.folder().join("blobs").join(name);
            let file = std::fs::File::create(path).expect("the folder can be written");
            file.set_modified(std::time::UNIX_EPOCH).expect("its own file");
        }
        sweep(&scene.town.store, &scene.town.ports).map(drop)
    }),
    keeps("rebuild", |scene| rebuild(&scene.town.store).map(drop)),
    adds("receive", |scene| deliver(&scene.shipment, &scene.town.store).map(drop)),
];
