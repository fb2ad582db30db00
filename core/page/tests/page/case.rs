//! The case on the visit's finding, from its proposal to the concluded investigation.

use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::op::Op;
use angen_ledger::testing::BEGIN_MS;
use angen_ledger::value::Value;
use angen_samples::{Role, bytes_of};

use crate::world::{CHECKS, LIN, World, XU, bytes, text};

/// The case's dossier.
pub(crate) const CASE: DossierId = DossierId([7; 16]);

pub(crate) const FORM: EntityId = EntityId([81; 16]);
const INTERVIEW: EntityId = EntityId([82; 16]);
const LIST: EntityId = EntityId([83; 16]);
const PAGE: EntityId = EntityId([84; 16]);
const COPY: EntityId = EntityId([85; 16]);

/// A case on a finding of the first check.
pub(crate) fn case(world: &mut World, finding: EntityId, enterprise: EntityId) {
    world.open(CASE, "case", world.say("样例机械案", "The case of Sample Machines"));
    let fields = vec![
        bytes("check", CHECKS[0].raw()),
        bytes("finding", finding.raw()),
        bytes("enterprise", enterprise.raw()),
        text("cause", world.say("砂轮机没有防护罩", "grinder without a guard")),
        text("source", "check"),
    ];
    world.say_op(LIN, (CASE, EntityId([80; 16])), "case.propose/1", fields);
    filing(world);
    let copy = copied_paper(world);
    interview(world);
    papers(world, &copy);
    conclusion(world, &copy);
}

fn filing(world: &mut World) {
    let caption = text("caption", world.say("立案审批表签字页", "The signed filing form"));
    let form = bytes_of(Role::FilingForm, 1);
    world.capture((CASE, FORM), &form, "image/jpeg", vec![caption]);
    let fields = vec![
        text("decision", "filed"),
        text("number", world.say("（鲁日）应急立〔2026〕3号", "No. 3 of 2026")),
        text("approver", world.say("周正", "Zhou Zheng")),
        text("approver_post", world.say("局长", "director")),
        text("decided_on", "2026-11-20"),
        bytes("evidence", FORM.raw()),
    ];
    world.say_op(LIN, (CASE, EntityId::derived(CASE, "filing")), "filing.decide/1", fields);
}

/// A copy of a paper of the company, checked with its original.
fn copied_paper(world: &mut World) -> Op {
    let caption = text("caption", world.say("检修台账复印件", "A copy of the repair log"));
    let kind = text("kind", "documentary");
    let scan = bytes_of(Role::ScannedPaper, 2);
    let copy = world.capture((CASE, COPY), &scan, "application/pdf", vec![caption, kind]);
    let keeper = text("keeper", world.say("车间办公室", "the workshop office"));
    let fields = vec![keeper, ("stamped".to_owned(), Value::Bool(true))];
    world.say_op(LIN, (CASE, COPY), "evidence.check_copy/1", fields);
    copy
}

fn interview(world: &mut World) {
    let asked = [
        ("question", world.say("砂轮机由谁负责？", "Who answers for the grinder?")),
        ("answer", world.say("由我负责。", "I do.")),
    ];
    let asked = Value::map(asked.map(|(name, words)| (name, Value::from(words))));
    let fields = vec![
        ("number".to_owned(), Value::Int(1)),
        ("from".to_owned(), Value::Int(BEGIN_MS + 7_200_000)),
        ("to".to_owned(), Value::Int(BEGIN_MS + 9_000_000)),
        text("place_name", world.say("镇政府", "Town hall")),
        text("person", world.say("王建国", "Wang Jianguo")),
        text("post", world.say("车间主任", "foreman")),
        ("rights_told".to_owned(), Value::Bool(true)),
        ("questions".to_owned(), Value::Array(vec![asked])),
    ];
    world.say_op(XU, (CASE, INTERVIEW), "interview.record/1", fields);
}

/// The list of digests, and the signed pages of the interview.
fn papers(world: &mut World, copy: &Op) {
    let items = Value::Array(vec![Value::Bytes(copy.hash.as_bytes().to_vec())]);
    let fields = vec![("items".to_owned(), items), bytes("digest", &[9; 32])];
    world.say_op(LIN, (CASE, LIST), "hash_list.make/1", fields);
    let caption = text("caption", world.say("询问笔录签字页", "The signed interview"));
    let page = bytes_of(Role::InterviewPage, 1);
    world.capture((CASE, PAGE), &page, "image/jpeg", vec![caption]);
    let fields = vec![
        bytes("paper", INTERVIEW.raw()),
        text("outcome", "signed"),
        text("signer", world.say("王建国", "Wang Jianguo")),
        ("pages".to_owned(), Value::Array(vec![Value::Bytes(PAGE.raw().to_vec())])),
    ];
    let entity = EntityId::derived(CASE, &format!("paper/{INTERVIEW}"));
    world.say_op(LIN, (CASE, entity), "paper.sign/1", fields);
}

fn conclusion(world: &mut World, copy: &Op) {
    let proves = world.say("防护罩检修时拆下", "the guard was taken off for repair");
    let line = Value::map([
        ("op", Value::Bytes(copy.hash.as_bytes().to_vec())),
        ("proves", Value::from(proves)),
    ]);
    let entity = EntityId::derived(CASE, "evidence_index");
    let fields = vec![("items".to_owned(), Value::Array(vec![line]))];
    world.say_op(LIN, (CASE, entity), "evidence_index.make/1", fields);
    let fields = vec![
        text("facts", world.say("砂轮机运转时没有防护罩", "the grinder ran without its guard")),
        text("opinion", "penalty"),
        text("basis", world.say("安全生产法（2021）第九十九条", "Work Safety Law (2021) 99")),
    ];
    let entity = EntityId::derived(CASE, "investigation");
    world.say_op(LIN, (CASE, entity), "investigation.conclude/1", fields);
}
