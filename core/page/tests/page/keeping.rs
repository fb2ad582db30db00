//! How the dossiers of the pretend visit are kept: custody, closing and archiving.

use std::collections::BTreeMap;

use angen_ledger::erasure::{Target, targets_value};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::revocation::{CutPoint, cut_value};
use angen_ledger::value::Value;
use angen_ledger::verify::Lang;

use crate::support::{open, page, texts};
use crate::visit::visit;
use crate::world::{ADMIN, CHECKS, LIN, REGISTER, ROSTER, World, XU, bytes, text};

/// What happens to the second check once all was recorded.
pub(crate) fn keeping(world: &mut World) {
    let dossier = CHECKS[1];
    let entity = EntityId([90; 16]);
    let fields = vec![
        text("what", "export"),
        bytes("dossier", dossier.raw()),
        text("recipient", world.say("周律师", "Zhou, a lawyer")),
        text("purpose", world.say("阅卷", "to read the file")),
    ];
    world.say_op(LIN, (dossier, entity), "custody.note/1", fields);
    let fields = vec![("failed".to_owned(), Value::Bool(true))];
    world.say_op(LIN, (dossier, entity), "custody.note/1", fields);
    let fields = vec![
        text("closed_on", "2026-12-01"),
        text("reason", world.say("整改完毕", "all was put right")),
        ("heads".to_owned(), Value::Array(Vec::new())),
    ];
    world.say_op(LIN, (dossier, dossier.into()), "dossier.close/1", fields);
    let fields = vec![text("archived_on", "2026-12-31"), text("archive_no", "2026-A-7")];
    world.say_op(XU, (dossier, dossier.into()), "dossier.archive/1", fields);
    let set = EntityId::derived(dossier, "retention");
    let fields = vec![
        text("class", "30_years"),
        text("basis", world.say("国家档案局令第8号（2006）", "Archives Order 8")),
    ];
    world.say_op(LIN, (dossier, set), "retention.set/1", fields);
    let hold = EntityId([91; 16]);
    let fields = vec![
        text("reason", world.say("行政诉讼", "a lawsuit")),
        text("ordered_by", world.say("人民法院", "the court")),
    ];
    world.say_op(LIN, (dossier, hold), "hold.place/1", fields);
    let why = text("lift_reason", world.say("判决生效", "the judgment is final"));
    let fields = vec![("lifted".to_owned(), Value::Bool(true)), why];
    world.say_op(LIN, (dossier, hold), "hold.lift/1", fields);
    let lost = Value::Array(vec![Value::Bytes(world.scribes[XU].writer.raw().to_vec())]);
    let why = text("reason", world.say("手机遗失", "the phone was lost"));
    let fields = vec![("writers".to_owned(), lost), why];
    world.say_op(ADMIN, (ROSTER, EntityId([93; 16])), "wipe.order/1", fields);
    erasure(world);
}

/// The lost phone's writer is revoked behind all that it wrote, and something is adopted.
pub(crate) fn revocation(world: &mut World) {
    let writer = world.scribes[XU].writer;
    let lost = bytes("writer", writer.raw());
    let why = text("reason", world.say("手机遗失", "the phone was lost"));
    let own = world.runs.iter().flat_map(|(ops, _)| ops).filter(|op| op.header.writer == writer);
    let last: BTreeMap<DossierId, CutPoint> = own
        .map(|op| (op.header.dossier, op.header.seq, op.hash))
        .map(|(dossier, seq, op)| (dossier, CutPoint { dossier, seq, op }))
        .collect();
    let last: Vec<CutPoint> = last.into_values().collect();
    let fields = vec![lost.clone(), ("cut".to_owned(), cut_value(&last)), why];
    let revoked = world.say_op(ADMIN, (ROSTER, EntityId([94; 16])), "writer.revoke/1", fields);
    let fields = vec![
        lost,
        bytes("dossier", ROSTER.raw()),
        ("first".to_owned(), Value::Int(0)),
        ("last".to_owned(), Value::Int(1)),
        bytes("head", revoked.hash.as_bytes()),
        text("reason", world.say("本人当面核对", "the officer was asked")),
    ];
    world.say_op(ADMIN, (ROSTER, EntityId([95; 16])), "ops.adopt/1", fields);
}

/// The address of the second enterprise is erased: asked for, approved, carried out.
fn erasure(world: &mut World) {
    let registered = world.runs.iter().flat_map(|(ops, _)| ops);
    let target = registered
        .filter(|op| op.header.kind.as_str() == "enterprise.register/1")
        .map(|op| op.hash)
        .next_back()
        .expect("the test world is whole");
    let place = (REGISTER, EntityId([92; 16]));
    let targets = targets_value(&[Target { op: target, fields: vec!["address".to_owned()] }]);
    let fields = vec![
        ("targets".to_owned(), targets),
        text("basis", "purpose_met"),
        text("law", world.say("个人信息保护法（2021）第四十七条", "PIPL 47")),
        text("reason", world.say("不再需要", "no longer needed")),
    ];
    let request = world.say_op(LIN, place, "erasure.request/1", fields);
    let fields = vec![bytes("approves", request.hash.as_bytes())];
    let approval = world.say_op(ADMIN, place, "erasure.approve/1", fields);
    let fields = vec![
        bytes("executes", request.hash.as_bytes()),
        bytes("approval", approval.hash.as_bytes()),
    ];
    world.say_op(LIN, place, "erasure.execute/1", fields);
}

#[test]
fn a_field_that_was_erased_is_told_apart_from_one_that_is_withheld() {
    let mut world = crate::visit::visit(Lang::Zh);
    world.withhold("enterprise.register/1", "address");
    let html = page(&world.package(), Some(world.root()), Lang::Zh);
    let closed = texts(&html, "#withheld li").join("\n");
    assert_eq!(closed.matches("已依法删除，记录 ").count(), 1, "of two, one was erased: {closed}");
}

#[test]
fn what_a_revoked_phone_wrote_is_named_in_the_verdict_and_in_force_nowhere() {
    let mut world = visit(Lang::Zh);
    let whole = page(&world.package(), None, Lang::Zh);
    assert!(!whole.contains("哪些不作数") && whole.contains("按包内整本名册判断"));
    assert_eq!(texts(&whole, ".conflict li").len(), 2, "one value of each officer");
    let lost = bytes("writer", world.scribes[XU].writer.raw());
    let nothing = ("cut".to_owned(), Value::Array(Vec::new()));
    let fields = vec![lost, nothing, text("reason", "手机被盗")];
    world.say_op(ADMIN, (ROSTER, EntityId([96; 16])), "writer.revoke/1", fields);
    let (opened, _) = open(&world.package(), None);
    let aside = opened.standing.aside.len();
    assert!(aside > 5, "{aside}");
    let html = angen_page::render(&opened, Lang::Zh);
    let told = texts(&html, "#counts").concat();
    assert!(told.contains(&format!("{aside} 条记录")) && told.contains("手机被盗"), "{told}");
    let conflicts = texts(&html, ".conflict li");
    assert!(conflicts.is_empty(), "the value of the other officer stands alone: {conflicts:?}");
    let lines = texts(&html, ".timeline td.hash").len();
    let all: usize = world.runs.iter().map(|(ops, _)| ops.len()).sum();
    assert_eq!(lines + aside, all);
}
