//! The visit itself: one training, two checks, and all that can happen to an answer or a finding.

use angen_ledger::id::EntityId;
use angen_ledger::op::Op;
use angen_ledger::testing::{BEGIN_MS, draft};
use angen_ledger::value::Value;
use angen_ledger::verify::Lang;
use angen_samples::{Role, bytes_of};
use serde_json::json;

use crate::case::case;
use crate::follow_up::follow_up;
use crate::powers::{powers, recusal};
use crate::world::{CHECKS, LIBRARY, LIN, MENTOR, REGISTER, ROSTER, VISIT, World, XU, bytes, text};

/// The two enterprises in the register.
const ENTERPRISES: [EntityId; 2] = [EntityId([30; 16]), EntityId([31; 16])];
const LIST: EntityId = EntityId([20; 16]);
const TRAINING: EntityId = EntityId([40; 16]);
pub(crate) const FINDING: EntityId = EntityId([50; 16]);
pub(crate) const DROPPED: EntityId = EntityId([51; 16]);

/// A caption that a browser must never take for markup.
pub(crate) const HOSTILE: &str = "<script>alert(1)</script>\"'&../..";

/// The whole visit and all that follows from it: every kind of op.
pub(crate) fn all_kinds(lang: Lang) -> World {
    let mut world = visit(lang);
    follow_up(&mut world);
    case(&mut world, FINDING, ENTERPRISES[0]);
    let fields = vec![
        text("name", world.say("东港节点", "Donggang Node")),
        text("organisation", world.say("日照市应急管理局", "Rizhao Safety Bureau")),
        text("origin", "rizhao.example/donggang/1"),
        bytes("certificate", &[9; 32]),
    ];
    world.say_op(LIN, (ROSTER, EntityId([97; 16])), "hub.certify/1", fields);
    crate::carried::carried(&mut world);
    crate::keeping::revocation(&mut world);
    world
}

/// The whole visit.
pub(crate) fn visit(lang: Lang) -> World {
    let mut world = World::new(lang);
    let enterprises = standing(&mut world);
    powers(&mut world);
    training(&mut world);
    let [first, second] = [0, 1].map(|site| check(&mut world, site, &enterprises[site]));
    findings(&mut world, &first);
    answers(&mut world);
    refusal(&mut world, &second);
    recusal(&mut world);
    crate::keeping::keeping(&mut world);
    crate::rounds::rounds(&mut world, FINDING, enterprises[0].header.entity);
    crate::papers::papers(&mut world);
    world
}

/// Roster, register and library.
fn standing(world: &mut World) -> [Op; 2] {
    world.open(ROSTER, "roster", world.say("人员名册", "Roster"));
    for (who, role) in [(LIN, "enforcer"), (XU, "enforcer"), (MENTOR, "mentor")] {
        let scribe = &world.scribes[who];
        let name = scribe.certificate.certificate.name.clone();
        let mut fields = vec![
            text("name", &name),
            text("role", role),
            text("organisation", world.say("涛雒镇应急办", "Taoluo Safety Office")),
            bytes("writer", scribe.writer.raw()),
            bytes("certificate", scribe.certificate.hash.as_bytes()),
        ];
        if role == "enforcer" {
            fields.push(text("certificate_no", &format!("1502-{who}")));
            fields.push(text("certificate_valid_until", "2028-06-30"));
        }
        world.say_op(LIN, (ROSTER, EntityId([10 + who as u8; 16])), "officer.enrol/1", fields);
    }
    let fields = vec![
        text("name", world.say("赵宁", "Zhao Ning")),
        text("role", "assistant"),
        text("organisation", world.say("涛雒镇应急办", "Taoluo Safety Office")),
    ];
    world.say_op(LIN, (ROSTER, EntityId([19; 16])), "officer.list/1", fields);
    world.open(LIBRARY, "library", world.say("检查表库", "Library"));
    let title = world.say("机械车间检查表", "Machine workshop checklist");
    let fields = vec![
        text("list_id", "mw"),
        text("title", title),
        text("version", "2026.1"),
        text("item_list_version", "2026.11"),
        text("form", &form(title)),
        text("caption", title),
    ];
    let sheet = b"list,item\nmw,MW01\n";
    let mut import = angen_ledger::testing::evidence(LIBRARY, LIST, [99; 32], sheet);
    import.1.kind =
        angen_ledger::kind::Kind::new("checklist.import/1").expect("the test world is whole");
    import.1.fields.retain(|(name, _)| name != "caption" && name != "mime");
    import.1.fields.extend(fields);
    import.1.fields.push(text("mime", "text/csv"));
    world.blobs.push((import.1.blobs[0].address, import.0));
    world.put(LIN, import.1);
    world.open(REGISTER, "register", world.say("企业名录", "Register"));
    let names = [
        world.say("日照样例机械有限公司", "Sample Machines Ltd"),
        world.say("日照样例水产有限公司", "Sample Seafood Ltd"),
    ];
    let registered = [0, 1].map(|site: usize| {
        let fields = vec![
            text("name", names[site]),
            text("credit_code", "91371102MAHK00014X"),
            text("address", world.say("涛雒镇样例路一号", "1 Sample Road")),
            text("representative", world.say("王建国", "Wang Jianguo")),
        ];
        world.say_op(LIN, (REGISTER, ENTERPRISES[site]), "enterprise.register/1", fields)
    });
    let fields = vec![
        text("industry", "C33"),
        text("reason", world.say("补录行业", "the industry was missing")),
    ];
    world.say_op(LIN, (REGISTER, ENTERPRISES[0]), "enterprise.correct/1", fields);
    registered
}

/// The compiled form, as the library holds it.
fn form(title: &str) -> String {
    let item = |name: &str, zh: &str, en: &str, kind: serde_json::Value| json!({"name": name, "kind": kind, "label": {"zh": zh, "en": en}});
    let choice = json!({"select_one": "compliance"});
    let choices = [
        ("compliant", "符合", "Compliant"),
        ("non_compliant", "不符合", "Non-compliant"),
        ("not_applicable", "不涉及", "Not applicable"),
        ("not_checked", "未查", "Not checked"),
    ];
    let choices: Vec<_> = choices
        .iter()
        .map(|(name, zh, en)| json!({"name": name, "label": {"zh": zh, "en": en}}))
        .collect();
    json!({
        "format": 1, "id": "mw", "version": "2026.1", "title": title, "default_language": "zh",
        "languages": [{"code": "zh", "name": "中文"}, {"code": "en", "name": "English"}],
        "worst_order": ["non_compliant", "not_checked", "not_applicable", "compliant"],
        "marks": {}, "lists": {"compliance": choices},
        "items": [
            item("MW01", "传动部位装有防护罩", "Moving parts have guards", choice.clone()),
            item("MW01_note", "不符合的情况", "What is wrong", json!("text")),
            item("MW02", "急停有效", "Emergency stops work", choice.clone()),
            item("MW03", "联锁没有拆除", "Interlocks are in place", choice.clone()),
            item("MW04", "砂轮机护罩完好", "Grinders are guarded", choice),
        ],
    })
    .to_string()
}

fn training(world: &mut World) {
    let title = world.say("涛雒镇执法帮扶", "Taoluo assistance visit");
    world.open(VISIT, "assistance", title);
    let mentor = *world.scribes[MENTOR].writer.raw();
    let fields = vec![
        text("township", world.say("涛雒镇", "Taoluo")),
        ("round".to_owned(), Value::Int(2)),
        text("profile", "rizhao-2021"),
        ("mentors".to_owned(), Value::Array(vec![Value::Bytes(mentor.to_vec())])),
    ];
    world.say_op(LIN, (VISIT, EntityId([41; 16])), "assistance.plan/1", fields);
    let fields = vec![
        text("title", world.say("执法闭环培训", "The loop of enforcement")),
        bytes("trainer", &mentor),
        ("agenda".to_owned(), Value::Array(vec!["check".into(), "evidence".into()])),
        text("place_name", world.say("镇政府会议室", "Town hall")),
        ("from".to_owned(), Value::Int(BEGIN_MS)),
        ("to".to_owned(), Value::Int(BEGIN_MS + 3_600_000)),
    ];
    world.say_op(MENTOR, (VISIT, TRAINING), "training.record/1", fields);
    for who in [LIN, XU] {
        let fields = vec![bytes("training", TRAINING.raw())];
        let entity = EntityId([42 + who as u8; 16]);
        world.say_op(who, (VISIT, entity), "attendance.confirm/1", fields);
    }
    let caption = text("caption", world.say("培训课件", "Courseware"));
    let about = bytes("about", TRAINING.raw());
    let fields = vec![caption, about, text("purpose", "courseware"), text("source", "scan")];
    let paper = bytes_of(Role::ScannedPaper, 1);
    world.capture((VISIT, EntityId([45; 16])), &paper, "application/pdf", fields);
}

fn check(world: &mut World, site: usize, enterprise: &Op) -> Op {
    let dossier = CHECKS[site];
    let title =
        [world.say("第一次现场检查", "First check"), world.say("第二次现场检查", "Second check")];
    world.open(dossier, "check", title[site]);
    let entity = EntityId([60 + site as u8; 16]);
    let mut plan = draft(dossier, entity, "check.plan/1", &[]);
    plan.fields = vec![
        bytes("enterprise", enterprise.header.entity.raw()),
        ("checklists".to_owned(), Value::Array(vec![Value::Bytes(LIST.raw().to_vec())])),
        text("basis", "assistance"),
        text("approval_no", "2026-17"),
        text("notice_no", "2026-18"),
        bytes("assistance", VISIT.raw()),
    ];
    plan.refs.push(World::refer("enterprise", enterprise));
    let op = world.put(LIN, plan);
    let shown_to = text("shown_to", world.say("王建国", "Wang Jianguo"));
    let shown = EntityId([62 + site as u8; 16]);
    world.say_op(XU, (dossier, shown), "certificates.show/1", vec![shown_to]);
    op
}

/// Two elements of a finding: one is always the same, the other as it is told.
fn elements(world: &World, zh: &'static str, en: &'static str) -> (String, Value) {
    let told = [("subject", world.say("样例公司", "the company")), ("act", world.say(zh, en))];
    ("elements".to_owned(), Value::map(told.map(|(code, words)| (code, Value::from(words)))))
}

/// A finding that is corrected, with evidence of four sorts, and one that is retracted.
fn findings(world: &mut World, check: &Op) {
    let dossier = check.header.dossier;
    let raise = |world: &World, title: (&str, &str)| {
        let elements = elements(world, "目测三毫米", "three millimetres by eye");
        vec![
            text("title", world.say(title.0, title.1)),
            text("item", "MW04"),
            text("legal_basis", world.say("安全生产法（2021）第三十六条", "Work Safety Law 36")),
            text("authority", "EM"),
            text("consequence", "on_the_spot"),
            elements,
        ]
    };
    let fields = raise(world, ("砂轮机没有防护罩", "The grinder has no guard"));
    let raised = world.say_op(LIN, (dossier, FINDING), "finding.raise/1", fields);
    let why = text("reason", world.say("量错了，复核后更正", "measured wrongly"));
    let measured = elements(world, "实测六毫米", "six millimetres, measured");
    let fields = vec![text("consequence", "order"), measured, why];
    world.replace(LIN, &raised, "finding.correct/1", fields, &["consequence", "elements"]);
    let fields = raise(world, ("灭火器过期", "The extinguisher is out of date"));
    world.say_op(LIN, (dossier, DROPPED), "finding.raise/1", fields);
    let why = text("reason", world.say("标签看错了", "the label was misread"));
    let fields = vec![("retracted".to_owned(), Value::Bool(true)), why];
    world.say_op(LIN, (dossier, DROPPED), "finding.retract/1", fields);

    let about = || bytes("about", FINDING.raw());
    let now = BEGIN_MS + world.scribes[LIN].clock_ms as i64;
    let fields = vec![
        text("caption", HOSTILE),
        about(),
        text("source", "own_camera"),
        text("kind", "audio_visual"),
        text("clock_source", "network"),
        ("camera_time".to_owned(), Value::Int(now - 3_725_000)),
        (
            "place".to_owned(),
            vec![Value::Int(352_712_450), Value::Int(1_193_745_180), Value::Int(5_000)].into(),
        ),
    ];
    let photo = bytes_of(Role::WidePhoto, 1);
    let photo = world.capture((dossier, EntityId([70; 16])), &photo, "image/jpeg", fields);
    let caption = text("caption", world.say("负责人陈述录音", "Statement"));
    let sound = bytes_of(Role::SoundStatement, 1);
    let fields = vec![caption, about(), text("source", "own_camera")];
    world.capture((dossier, EntityId([71; 16])), &sound, "audio/x-wav", fields);
    let caption = text("caption", world.say("拍重了的照片", "A photo taken twice"));
    let twice = bytes_of(Role::ClosePhoto, 1);
    let place = (dossier, EntityId([72; 16]));
    world.capture(place, &twice, "image/jpeg", vec![caption, about()]);
    let why = text("reason", world.say("重复拍摄", "taken twice"));
    let fields = vec![("retracted".to_owned(), Value::Bool(true)), why];
    world.say_op(LIN, place, "evidence.retract/1", fields);

    let page = EntityId([73; 16]);
    let caption = text("caption", world.say("现场检查记录签字页", "The signed page"));
    let signed = bytes_of(Role::SignedRecordPage, 1);
    world.capture((dossier, page), &signed, "image/jpeg", vec![caption]);
    let fields = vec![
        text("outcome", "signed"),
        text("signer", world.say("王建国", "Wang Jianguo")),
        text("post", world.say("车间主任", "foreman")),
        bytes("evidence", page.raw()),
    ];
    world.say_op(LIN, (dossier, EntityId([74; 16])), "record.sign/1", fields);
    let ops = [&raised, &photo].map(|op| Value::Bytes(op.hash.as_bytes().to_vec()));
    let fields = vec![("ops".to_owned(), Value::Array(ops.to_vec()))];
    world.say_op(XU, (dossier, EntityId([75; 16])), "assent.give/1", fields);
}

/// The fields of an answer.
pub(crate) fn answer(item: &str, value: &str) -> Vec<(String, Value)> {
    vec![bytes("checklist", LIST.raw()), text("item", item), text("value", value)]
}

/// MW01 is changed with a reason, MW02 fine, MW03 a conflict of two phones, MW04 left open.
fn answers(world: &mut World) {
    let dossier = CHECKS[0];
    let place =
        |item: &str| (dossier, EntityId::derived(dossier, &format!("answer/{LIST}/{item}")));
    world.say_op(LIN, place("MW02"), "answer.set/1", answer("MW02", "compliant"));
    let first = answer("MW01", "compliant");
    let first = world.say_op(LIN, place("MW01"), "answer.set/1", first);
    let mut second = answer("MW01", "non_compliant");
    second.push(text(
        "reason",
        world.say("走近看，皮带轮外露", "seen from near, the pulley is bare"),
    ));
    let over = ["checklist", "item", "value"];
    world.replace(LIN, &first, "answer.set/1", second, &over);
    let note = answer("MW01_note", world.say("皮带轮外露", "bare pulley"));
    world.say_op(LIN, place("MW01_note"), "answer.set/1", note);
    for (who, value) in [(LIN, "compliant"), (XU, "non_compliant")] {
        let mut draft = draft(dossier, place("MW03").1, "answer.set/1", &[]);
        draft.fields = answer("MW03", value);
        world.put_knowing(who, draft, Vec::new());
    }
}

fn refusal(world: &mut World, check: &Op) {
    let why = text("reason", world.say("负责人外出", "the manager was away"));
    let fields = vec![text("outcome", "refused"), why];
    world.say_op(LIN, (check.header.dossier, EntityId([76; 16])), "record.sign/1", fields);
    let fields = vec![text("text", world.say("仓库上锁，没有进入", "the store was locked"))];
    world.say_op(XU, (check.header.dossier, EntityId([77; 16])), "note.write/1", fields);
}
