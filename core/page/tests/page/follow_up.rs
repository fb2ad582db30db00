//! What follows the finding of the pretend visit: a measure, an order, a re-check, a hand-over.

use angen_ledger::id::EntityId;
use angen_ledger::testing::BEGIN_MS;
use angen_ledger::value::Value;
use angen_ledger::verify::Lang;
use angen_samples::{Role, bytes_of};

use crate::support::{page, texts};
use crate::visit::{DROPPED, FINDING, all_kinds};
use crate::world::{CHECKS, LIN, World, XU, bytes, text};

const MEASURE: EntityId = EntityId([110; 16]);
const ORDER: EntityId = EntityId([111; 16]);

/// Everything that follows the finding of the first check.
pub(crate) fn follow_up(world: &mut World) {
    let dossier = CHECKS[0];
    let findings = || ("findings".to_owned(), Value::from(vec![finding()]));
    let lang = world.lang;
    let law = || text("legal_basis", world_law(lang));
    let fields = vec![
        text("measure", "stop_equipment"),
        findings(),
        law(),
        text("words", world.say("装好以前不得开机", "not to be started before it is guarded")),
        text("told_to", world.say("孙立民", "Sun Limin")),
    ];
    world.say_op(LIN, (dossier, MEASURE), "measure.take/1", fields);
    let fields = vec![text("measure", "seal_or_seize"), findings(), law()];
    world.say_op(LIN, (dossier, EntityId([114; 16])), "measure.take/1", fields);
    let item = Value::map([("finding", finding()), ("by", "2026-11-30".into())]);
    let fields = vec![
        ("order_items".to_owned(), vec![item].into()),
        law(),
        text("issued_on", "2026-11-23"),
        text("number", "2026-19"),
        text("told_to", world.say("孙立民", "Sun Limin")),
    ];
    world.say_op(LIN, (dossier, ORDER), "order.issue/1", fields);
    let fields = vec![
        bytes("order", ORDER.raw()),
        bytes("finding", FINDING.raw()),
        text("asked_on", "2026-11-28"),
        text("reason", world.say("配件未到", "a part has not come")),
        text("extension", "granted"),
        text("extended_to", "2026-12-07"),
        text("answered_on", "2026-11-29"),
    ];
    world.say_op(LIN, (dossier, EntityId([112; 16])), "order.extend/1", fields);
    // One page shows the re-check and the lifting of the measure.
    let page = EntityId([116; 16]);
    let caption = text("caption", world.say("复查意见书签字页", "The signed re-check"));
    let signed = bytes_of(Role::ProcedurePage, 1);
    world.capture((dossier, page), &signed, "image/jpeg", vec![caption]);
    let shown_by = || Value::from(vec![Value::from(page.raw().as_slice())]);
    let item = Value::map([
        ("finding", finding()),
        ("shown_by", shown_by()),
        ("outcome", "corrected".into()),
        ("words", world.say("护罩已装好", "the guard is in place").into()),
    ]);
    let fields = vec![
        bytes("order", ORDER.raw()),
        ("recheck_items".to_owned(), vec![item].into()),
        text("rechecked_on", "2026-12-08"),
    ];
    world.say_op(XU, (dossier, EntityId([113; 16])), "recheck.record/1", fields);
    let fields = vec![
        text("checked_how", world.say("空载试机十分钟", "run without load for a while")),
        ("lift_shown_by".to_owned(), shown_by()),
    ];
    world.say_op(XU, (dossier, MEASURE), "measure.lift/1", fields);
    let fields = vec![
        text("transferred_to", "FR"),
        text("transferred_on", "2026-11-24"),
        text("letter_no", "2026-20"),
    ];
    world.say_op(LIN, (dossier, DROPPED), "finding.transfer/1", fields);
    kept(world);
}

/// A preserved item with its approval and decision, and a number that came after the signature.
fn kept(world: &mut World) {
    let place = (CHECKS[0], EntityId([115; 16]));
    let fields = vec![
        text("approver", world.say("周局长", "Director Zhou")),
        ("approved_at".to_owned(), Value::Int(BEGIN_MS - 3_600_000)),
        bytes("approval_form", &[98; 16]),
        text("reason", world.say("台账可能被更换", "the ledger may be replaced")),
    ];
    world.say_op(LIN, place, "preservation.approve/1", fields);
    let item = Value::map([
        ("name", Value::from(world.say("检修台账", "maintenance ledger"))),
        ("quantity", world.say("1册", "one book").into()),
        ("place", world.say("铁皮柜", "steel cabinet").into()),
    ]);
    let fields = vec![
        ("preserved_items".to_owned(), vec![item].into()),
        text("holder", world.say("孙立民", "Sun Limin")),
        ("registered_at".to_owned(), Value::Int(BEGIN_MS)),
    ];
    world.say_op(LIN, place, "preservation.register/1", fields);
    let decided = Value::map([
        ("item", Value::Int(1)),
        ("decision", "return".into()),
        ("decided_on", "2026-11-27".into()),
    ]);
    let fields = vec![("preserved_decisions".to_owned(), vec![decided].into())];
    world.say_op(LIN, place, "preservation.decide/1", fields);
    let fields = vec![text("platform_task", "2026-0007")];
    world.say_op(LIN, (CHECKS[0], EntityId([60; 16])), "check.number/1", fields);
}

fn finding() -> Value {
    FINDING.raw().as_slice().into()
}

fn world_law(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "安全生产法（2021）第六十五条",
        Lang::En => "Work Safety Law 65",
    }
}

#[test]
fn a_measure_shows_what_was_ordered_and_how_it_was_lifted_and_a_proposal_is_called_one() {
    let world = all_kinds(Lang::Zh);
    let html = page(&world.package(), None, Lang::Zh);
    let measures = texts(&html, ".measure");
    assert_eq!(measures.len(), 2);
    for words in ["责令停止使用设施、设备", "装好以前不得开机", "孙立民", "徐涛", "空载试机十分钟"]
    {
        assert!(measures[0].contains(words), "{words}: {}", measures[0]);
    }
    assert!(measures[1].contains("仅为提请，受委托机关不得作出"), "{}", measures[1]);
}

#[test]
fn an_order_shows_each_item_with_its_deadline_and_its_recheck() {
    let world = all_kinds(Lang::Zh);
    let html = page(&world.package(), None, Lang::Zh);
    let order = texts(&html, ".order").remove(0);
    for words in ["2026-19", "砂轮机没有防护罩", "2026-11-30", "同意延至 2026-12-07", "配件未到"]
    {
        assert!(order.contains(words), "{words}: {order}");
    }
    assert!(order.contains("✓ 2026-12-08 徐涛 已整改：护罩已装好"), "{order}");
    assert!(order.contains("复查意见书签字页"), "{order}");
    let pages = texts(&html, ".caption");
    let times = pages.iter().filter(|caption| caption.contains("复查意见书签字页")).count();
    assert_eq!(times, 1, "a page that shows two things is shown once");
}

#[test]
fn a_finding_that_was_handed_over_says_to_whom_and_that_the_letter_is_missing() {
    let world = all_kinds(Lang::Zh);
    let html = page(&world.package(), None, Lang::Zh);
    let finding = texts(&html, ".finding").remove(1);
    for words in ["移送给 消防救援机构", "2026-11-24", "2026-20", "没有移送函"] {
        assert!(finding.contains(words), "{words}: {finding}");
    }
}

#[test]
fn r22_preserved_items_show_their_approval_and_what_became_of_each() {
    let world = all_kinds(Lang::Zh);
    let html = page(&world.package(), None, Lang::Zh);
    let kept = texts(&html, ".preserved").remove(0);
    for words in ["周局长", "台账可能被更换", "检修台账", "铁皮柜", "2026-11-27 退还"]
    {
        assert!(kept.contains(words), "{words}: {kept}");
    }
    assert!(!kept.contains("登记以前没有批准"), "{kept}");
}

#[test]
fn the_periods_are_shown_with_their_reasoning_and_how_they_stand() {
    let world = all_kinds(Lang::Zh);
    let html = page(&world.package(), None, Lang::Zh);
    let clocks = texts(&html, ".clocks tbody tr");
    let of = |what: &str| {
        let row = clocks.iter().find(|row| row.starts_with(what));
        row.unwrap_or_else(|| panic!("{what}: {clocks:?}"))
    };
    let kept = of("先行登记保存物品处理");
    assert!(kept.contains("7个工作日") && kept.contains("办理于 2026-11-27"), "{kept}");
    assert!(of("整改复查").contains("办理于 2026-12-08"));
    assert!(of("作出处罚决定").contains("90日"), "the case was filed");
    assert!(of("整改到期").contains("复查确认于 2026-12-08"));
}

#[test]
fn s06_what_was_written_after_the_signature_is_shown_as_an_addendum() {
    let world = all_kinds(Lang::Zh);
    let html = page(&world.package(), None, Lang::Zh);
    let addenda = texts(&html, ".addenda li");
    // In this world the answers and the refusal's note come after the signature of the record.
    assert!(addenda.iter().any(|line| line.contains("MW01")), "{addenda:?}");
    assert!(addenda.iter().all(|line| !line.contains("砂轮机没有防护罩")), "{addenda:?}");
}
