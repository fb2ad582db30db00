//! Assents that were signed on a phone of their giver's own: on the page by the signer's name, with
//! what stood on the screen; and named when they do not count.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

use angen_ledger::assent::{AssentRequest, AssentStatement, digest_of_ops};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::id::EntityId;
use angen_ledger::op::Op;
use angen_ledger::testing::BEGIN_MS;
use angen_ledger::value::Value;
use angen_ledger::verify::{Lang, Outcome};

use crate::support::{open, texts};
use crate::visit::visit;
use crate::world::{CHECKS, LIN, World, XU, bytes};

/// What the first officer found and photographed, and their title.
fn found(world: &World) -> (Vec<Hash>, String) {
    let ops: Vec<&Op> = world.runs.iter().flat_map(|(ops, _)| ops).collect();
    let of = |kind: &str| {
        let mut own = ops.iter().filter(|op| op.header.dossier == CHECKS[0]);
        *own.find(|op| op.header.kind.as_str() == kind).unwrap()
    };
    let raised = of("finding.raise/1");
    let title = raised.get("title").unwrap().as_text().unwrap().to_owned();
    (vec![raised.hash, of("evidence.capture/1").hash], title)
}

/// The second officer signs for some ops, and the first one carries it with others.
fn carry(world: &mut World, entity: u8, signed: &[Hash], carried: &[Hash], title: &str) {
    let opening =
        world.runs.iter().flat_map(|(ops, _)| ops).find(|op| {
            op.header.dossier == CHECKS[0] && op.header.kind.as_str() == "dossier.open/1"
        });
    let dossier_title = opening.unwrap().get("title").unwrap().as_text().unwrap().to_owned();
    let xu = &world.scribes[XU];
    let request = AssentRequest {
        suite: Suite::Sha256,
        dossier: CHECKS[0],
        title: dossier_title,
        by: world.scribes[LIN].writer,
        of: None,
        count: 2,
        digest: digest_of_ops(Suite::Sha256, signed),
        told: vec![("evidence".to_owned(), 1), ("finding".to_owned(), 1)],
        findings: vec![title.to_owned()],
        more: 0,
        asked_ms: BEGIN_MS,
    };
    let statement =
        AssentStatement { suite: Suite::Sha256, request, writer: xu.writer, wall_ms: BEGIN_MS };
    let cose = statement.sign(&xu.key, xu.certificate.hash).unwrap();
    let list = carried.iter().map(|op| Value::Bytes(op.as_bytes().to_vec())).collect();
    let fields = vec![
        ("carried".to_owned(), Value::Array(list)),
        bytes("statement", &cose),
        bytes("certificate", &xu.cose),
    ];
    world.say_op(LIN, (CHECKS[0], EntityId([entity; 16])), "assent.carry/1", fields);
}

/// One that counts, for the visit with every kind of op.
pub(crate) fn carried(world: &mut World) {
    let (ops, title) = found(world);
    carry(world, 120, &ops, &ops, &title);
}

fn assents(world: &World, lang: Lang) -> Vec<String> {
    let (opened, _) = open(&world.package(), Some(world.root()));
    assert_eq!(opened.verdict.outcome, Outcome::Verifies, "{:?}", opened.verdict.rules);
    texts(&angen_page::render(&opened, lang), ".assent")
}

#[test]
fn the_page_shows_who_signed_elsewhere_and_what_stood_on_the_screen() {
    let mut world = visit(Lang::Zh);
    carried(&mut world);
    let shown = assents(&world, Lang::Zh);
    let shown = shown.iter().find(|words| words.contains("自己的手机")).unwrap();
    for words in ["徐涛", "林海", "扫码带回", "照片等证据：1 条", "问题：砂轮机没有防护罩"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!shown.contains("不算数"), "{shown}");
    let english = assents(&world, Lang::En);
    assert!(english.iter().any(|words| words.contains("on a phone of their own")), "{english:?}");
}

#[test]
fn the_page_names_a_carried_assent_that_does_not_count() {
    let mut world = visit(Lang::Zh);
    let (ops, title) = found(&world);
    carry(&mut world, 121, &ops, &[ops[0], Hash([7; 32])], &title);
    carry(&mut world, 122, &ops, &ops, "灭火器缺失");
    let shown = assents(&world, Lang::Zh).join("\n");
    assert!(shown.contains("不算数：签的不是这些记录"), "{shown}");
    assert!(shown.contains("不算数：签名时看到的文字与这些记录不符"), "{shown}");
    world.withhold("assent.carry/1", "statement");
    let shown = assents(&world, Lang::Zh).join("\n");
    assert!(shown.contains("不算数：内容隐去或不是确认声明"), "{shown}");
}
