//! A round, its teaching dossier, and a practice case with what ties a case to a visit.

use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::world::{CHECKS, LIN, MENTOR, VISIT, World, XU, bytes, text};

pub(crate) const ROUND: DossierId = DossierId([91; 16]);
pub(crate) const TEACHING: DossierId = DossierId([92; 16]);
pub(crate) const EXERCISE: DossierId = DossierId([93; 16]);

const COMMENT: EntityId = EntityId([94; 16]);

/// Every kind of a round, of teaching, and of what ties a case to a visit.
pub(crate) fn rounds(world: &mut World, finding: EntityId, enterprise: EntityId) {
    round(world);
    teaching(world, finding);
    exercise(world, enterprise);
}

fn round(world: &mut World) {
    world.open(ROUND, "round", world.say("第一轮执法帮扶", "The first round"));
    let township =
        |area: &str, name: &str| Value::map([("area", Value::from(area)), ("name", name.into())]);
    let list = vec![
        township("371102110", world.say("涛雒镇", "Taoluo")),
        township("371102109", world.say("后村镇", "Houcun")),
    ];
    let fields = vec![
        ("number".to_owned(), Value::Int(2)),
        text("organiser", world.say("东港区", "Donggang")),
        text("profile", "rizhao-2021"),
        ("townships".to_owned(), Value::Array(list)),
        text("from_day", "2026-11-01"),
        text("until_day", "2026-12-15"),
    ];
    let entity = EntityId::derived(ROUND, "round");
    world.say_op(LIN, (ROUND, entity), "round.open/1", fields);
    let fields = vec![
        text("area", "371102109"),
        text("reason", world.say("台风", "a typhoon")),
        text("to_day", "2026-12-20"),
    ];
    world.say_op(LIN, (ROUND, EntityId([95; 16])), "round.postpone/1", fields);
    let fields = vec![text("closed_on", "2026-12-31")];
    world.say_op(LIN, (ROUND, entity), "round.close/1", fields);
}

fn teaching(world: &mut World, finding: EntityId) {
    world.open(TEACHING, "teaching", world.say("涛雒镇帮教", "Teaching at Taoluo"));
    let fields = vec![
        bytes("about_dossier", CHECKS[0].raw()),
        bytes("about", finding.raw()),
        text("text", world.say("部位写清楚", "say where")),
    ];
    world.say_op(MENTOR, (TEACHING, COMMENT), "comment.write/1", fields);
    let items = vec![Value::Bytes(COMMENT.raw().to_vec())];
    let fields = vec![text("to", "township"), ("items".to_owned(), items.into())];
    world.say_op(MENTOR, (TEACHING, EntityId([96; 16])), "teaching.release/1", fields);
    let fields = vec![
        text("answer", "not_adopted"),
        text("reason", world.say("照片上已写明", "the photo says so")),
    ];
    world.say_op(XU, (TEACHING, COMMENT), "comment.answer/1", fields);
    let officer = *world.scribes[XU].writer.raw();
    let fields = vec![
        bytes("officer", &officer),
        text("skill", "evidence"),
        text("level", "helped"),
        text("day", "2026-11-23"),
    ];
    world.say_op(MENTOR, (TEACHING, EntityId([97; 16])), "skill.mark/1", fields);
}

fn exercise(world: &mut World, enterprise: EntityId) {
    world.open(EXERCISE, "case", world.say("演练", "An exercise"));
    let fields = vec![
        bytes("check", CHECKS[0].raw()),
        bytes("finding", &[98; 16]),
        bytes("enterprise", enterprise.raw()),
        text("cause", world.say("皮带轮无防护罩", "a bare pulley")),
        text("source", "check"),
        ("practice".to_owned(), Value::Bool(true)),
    ];
    let case = EntityId([99; 16]);
    world.say_op(LIN, (EXERCISE, case), "case.propose/1", fields);
    let visits = vec![Value::Bytes(VISIT.raw().to_vec())];
    let fields = vec![("guided_by".to_owned(), visits.into())];
    world.say_op(LIN, (EXERCISE, case), "case.guide/1", fields);
    let fields = vec![
        text("step", "paid"),
        text("day", "2027-02-01"),
        ("amount_fen".to_owned(), Value::Int(1_200_050)),
    ];
    world.say_op(LIN, (EXERCISE, EntityId([100; 16])), "outcome.note/1", fields);
}
