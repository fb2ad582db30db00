//! What the roster says of posts, appointments and mandates, and a recusal in a check.

use angen_ledger::id::EntityId;
use angen_ledger::value::Value;

use crate::world::{CHECKS, LIN, MENTOR, ROSTER, World, XU, bytes, text};

const PLAN: EntityId = EntityId([80; 16]);
const POST: EntityId = EntityId([81; 16]);
const APPOINTMENT: EntityId = EntityId([82; 16]);
const MANDATE: EntityId = EntityId([83; 16]);
const RECUSAL: EntityId = EntityId([84; 16]);

/// The line of a person in the roster, as the visit enrols it.
fn line(who: usize) -> EntityId {
    EntityId([10 + who as u8; 16])
}

fn texts(name: &str, words: &[&str]) -> (String, Value) {
    (name.to_owned(), words.iter().map(|word| Value::from(*word)).collect::<Vec<_>>().into())
}

/// Posts, an appointment, a renewed certificate and a mandate.
pub(crate) fn powers(world: &mut World) {
    let counts = [("director", 1), ("professionals", 2), ("staff", 5)];
    let counts = counts.map(|(name, count)| (name.to_owned(), Value::Int(count))).to_vec();
    world.say_op(LIN, (ROSTER, PLAN), "post.plan/1", counts);
    let fields = vec![
        bytes("person", line(XU).raw()),
        text("post", "professional"),
        ("on_post".to_owned(), Value::Bool(true)),
        text("since", "2026-01-01"),
    ];
    world.say_op(LIN, (ROSTER, POST), "post.set/1", fields);
    let fields = vec![
        text("renewed_no", "1502-9"),
        text("renewed_until", "2031-06-30"),
        bytes("renewed_photo", &[85; 16]),
    ];
    world.say_op(XU, (ROSTER, line(XU)), "certificate.renew/1", fields);
    let bureau = world.say("日照市应急管理局", "Rizhao Emergency Bureau");
    let fields = vec![
        bytes("person", line(MENTOR).raw()),
        text("expert_kind", "city"),
        texts("specialties", &[world.say("机械", "machines")]),
        text("from", "2026-01-01"),
        text("until", "2026-12-31"),
        text("appointed_by", bureau),
    ];
    world.say_op(LIN, (ROSTER, APPOINTMENT), "appointment.make/1", fields);
    let fields =
        vec![text("ended_on", "2026-12-01"), text("reason", world.say("调离", "moved away"))];
    world.say_op(LIN, (ROSTER, APPOINTMENT), "appointment.end/1", fields);
    mandate(world, bureau);
}

fn mandate(world: &mut World, bureau: &str) {
    let fields = vec![
        text("power", "delegation"),
        text("delegator", bureau),
        text("delegate", world.say("涛雒镇人民政府", "Taoluo Township")),
        texts("matters", &["all"]),
        texts("areas", &["371102110"]),
        text("from", "2021-09-01"),
        text("until", "2026-12-31"),
        text("document_no", "2021-3"),
    ];
    world.say_op(LIN, (ROSTER, MANDATE), "mandate.grant/1", fields);
    let why = text("reason", world.say("收回委托", "taken back"));
    let fields = vec![text("ended_on", "2026-12-15"), why];
    world.say_op(LIN, (ROSTER, MANDATE), "mandate.end/1", fields);
}

/// A recusal, asked for and refused.
pub(crate) fn recusal(world: &mut World) {
    let officer = *world.scribes[XU].writer.raw();
    let fields = vec![
        bytes("officer", &officer),
        text("asked_by", "party"),
        text("reason", world.say("曾在该企业任职", "worked there before")),
    ];
    world.say_op(LIN, (CHECKS[0], RECUSAL), "recusal.request/1", fields);
    let fields = vec![
        text("recusal_decision", "refused"),
        text("approver", world.say("周明", "Zhou Ming")),
        text("approver_post", world.say("局长", "head")),
        text("decided_on", "2026-11-23"),
        text("decision_reason", world.say("已离职八年", "left eight years ago")),
        bytes("evidence", &[86; 16]),
    ];
    world.say_op(LIN, (CHECKS[0], RECUSAL), "recusal.decide/1", fields);
}
