//! Documents of the visit: numbers reserved, one printed, one settled, one void.

use angen_ledger::id::EntityId;
use angen_ledger::testing::BEGIN_MS;
use angen_ledger::value::Value;

use crate::world::{CHECKS, LIN, ROSTER, World, bytes, text};

/// The documents of the first check.
pub(crate) fn papers(world: &mut World) {
    let fields = vec![
        text("region", world.say("鲁日", "LR")),
        text("department", world.say("应急", "YJ")),
        text("kind", world.say("检记", "JJ")),
        ("year".to_owned(), Value::Int(2026)),
        text("device", "A3"),
        ("first".to_owned(), Value::Int(1)),
        ("last".to_owned(), Value::Int(20)),
    ];
    world.say_op(LIN, (ROSTER, EntityId([90; 16])), "number_block.reserve/1", fields);
    let document = (CHECKS[0], EntityId([91; 16]));
    let fields = vec![
        text("form", "site-record"),
        text("provisional", world.say("（鲁日）应急检记〔2026〕暂A3-1号", "LR-JJ-2026-A3-1")),
        bytes("about", &[60; 16]),
        ("made_at".to_owned(), Value::Int(BEGIN_MS)),
        text("device", "A3"),
        text("sealing", "later"),
        bytes("content", &[7; 32]),
    ];
    world.say_op(LIN, document, "document.issue/1", fields);
    let number = world.say("（鲁日）应急检记〔2026〕3号", "LR-JJ-2026-3");
    world.say_op(LIN, document, "document.settle/1", vec![text("number", number)]);
    let why = world.say("单位名称打错", "the unit was misspelt");
    let fields = vec![text("void_number", number), text("void_reason", why)];
    world.say_op(LIN, document, "document.void/1", fields);
}
