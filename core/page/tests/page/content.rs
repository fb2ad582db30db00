//! What was signed is on the page: each person, finding, answer, file, change and conflict.

use angen_ledger::id::EntityId;
use angen_ledger::testing::draft;
use angen_ledger::verify::{Lang, Outcome};

use crate::case::{CASE, FORM};
use crate::support::{open, page, texts};
use crate::visit::{HOSTILE, all_kinds, visit};
use crate::world::{ADMIN, LIN, ROSTER, bytes, text};

fn body(html: &str) -> String {
    texts(html, "body").remove(0)
}

#[test]
fn every_kind_of_op_has_its_sentence_in_one_timeline() {
    let world = all_kinds(Lang::Zh);
    let (opened, _) = open(&world.package(), Some(world.root()));
    assert_eq!(opened.verdict.outcome, Outcome::Verifies, "{:?}", opened.verdict.rules);
    let html = angen_page::render(&opened, Lang::Zh);
    let ops: Vec<_> = world.runs.iter().flat_map(|(ops, _)| ops).collect();
    for kind in angen_core::domain::KNOWN_KINDS {
        assert!(ops.iter().any(|op| op.header.kind.as_str() == *kind), "{kind} is in the visit");
    }
    let lines = texts(&html, ".timeline td.hash");
    assert_eq!(lines.len(), ops.len());
    for op in ops {
        assert!(lines.iter().any(|line| line.contains(&op.hash.short())), "{op:?}");
    }
    assert!(!body(&html).contains("内容隐去"), "nothing is withheld here");
}

#[test]
fn each_person_finding_file_and_check_is_shown() {
    let world = visit(Lang::Zh);
    let html = page(&world.package(), Some(world.root()), Lang::Zh);
    assert_eq!(texts(&html, "h1"), ["涛雒镇执法帮扶"]);
    let people = texts(&html, "#people").remove(0);
    for words in ["林海", "徐涛", "郑明", "1502-1，有效期至 2028-06-30", "帮扶专家", "测试根证书"]
    {
        assert!(people.contains(words), "{words}: {people}");
    }
    let checks = texts(&html, ".check h2");
    assert_eq!(checks[..2], ["现场检查：日照样例机械有限公司", "现场检查：日照样例水产有限公司"]);
    let findings = texts(&html, ".finding h4");
    assert_eq!(findings, ["1. 砂轮机没有防护罩 责令限期整改", "2. 灭火器过期 已撤回"]);
    let captions = texts(&html, ".caption");
    let wanted =
        ["培训课件", HOSTILE, "负责人陈述录音", "已撤回 拍重了的照片", "现场检查记录签字页"];
    assert_eq!(captions, wanted, "each file once");
    let training = texts(&html, ".training").remove(0);
    for words in ["✓ 检查", "– 缴款 未讲", "授课人 郑明", "签到 (2)"] {
        assert!(training.contains(words), "{words}: {training}");
    }
    let refused = texts(&html, ".check").remove(1);
    assert!(refused.contains("拒绝签字") && refused.contains("负责人外出"), "{refused}");
    let notes = texts(&html, ".notes li").remove(0);
    assert!(notes.contains("徐涛") && notes.ends_with("：仓库上锁，没有进入"), "{notes}");
    let assent = texts(&html, ".assent").remove(0);
    assert!(assent.contains("徐涛") && assent.contains("“砂轮机没有防护罩”"), "{assent}");
}

#[test]
fn a_photo_has_its_digests_place_times_and_source() {
    let world = visit(Lang::Zh);
    let (opened, _) = open(&world.package(), None);
    let html = angen_page::render(&opened, Lang::Zh);
    let photo = texts(&html, "figure").into_iter().find(|f| f.contains(HOSTILE)).unwrap();
    let op = world
        .runs
        .iter()
        .flat_map(|(ops, _)| ops)
        .find(|op| op.get("caption").and_then(|caption| caption.as_text()) == Some(HOSTILE));
    for field in ["sha256", "sm3"] {
        let digest = op.unwrap().get(field).unwrap().as_bytes().unwrap();
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        assert!(photo.replace(' ', "").contains(&digits), "{field}: {photo}");
    }
    for words in [
        "35.2712450°N 119.3745180°E，误差约 5.0 米",
        "早于固定证据时的本机时钟 1 小时 2 分",
        "本机拍摄",
        "视听资料",
        "网络授时",
    ] {
        assert!(photo.contains(words), "{words}: {photo}");
    }
}

#[test]
fn what_is_wrong_stands_first_with_its_note_and_what_is_open_is_told() {
    let world = visit(Lang::Zh);
    let html = page(&world.package(), None, Lang::Zh);
    let rows = texts(&html, ".answers tbody tr");
    let items: Vec<&str> = rows.iter().map(|row| &row[..4]).collect();
    assert_eq!(items, ["MW01", "MW03", "MW02"]);
    assert!(rows[0].contains("传动部位装有防护罩 不符合的情况： 皮带轮外露"), "{}", rows[0]);
    let open = texts(&html, ".check .lacking");
    assert!(open.iter().any(|line| line.ends_with("没有填写的检查项：MW04")), "{open:?}");
}

#[test]
fn a_correction_shows_both_versions_and_the_reason() {
    let world = visit(Lang::Zh);
    let html = page(&world.package(), None, Lang::Zh);
    let changes = texts(&html, ".change");
    let shown = |words: &[&str]| {
        let has = |change: &&String| words.iter().all(|word| change.contains(word));
        assert!(changes.iter().any(|change| has(&change)), "{words:?}: {changes:?}");
    };
    shown(&["更正问题", "量错了，复核后更正", "处理方式： 当场改正 → 责令限期整改"]);
    // Of the elements, only the one that was corrected.
    shown(&["要件： 行为或状态：目测三毫米 → 行为或状态：实测六毫米"]);
    shown(&["撤回问题", "标签看错了", "有效 → 已撤回"]);
    shown(&["撤回证据", "重复拍摄"]);
    shown(&["填写检查项", "走近看，皮带轮外露", "答案： 符合 → 不符合"]);
}

#[test]
fn a_conflict_shows_both_values_and_the_worse_one_counts() {
    let world = visit(Lang::Zh);
    let html = page(&world.package(), None, Lang::Zh);
    let conflicts = texts(&html, ".conflict li");
    assert_eq!(conflicts.len(), 2, "{conflicts:?}");
    assert!(conflicts.iter().any(|line| line.starts_with("符合（林海")), "{conflicts:?}");
    assert!(conflicts.iter().any(|line| line.starts_with("不符合（徐涛")), "{conflicts:?}");
    for line in &conflicts {
        assert_eq!(line.contains("暂按此计"), line.starts_with("不符合"), "{line}");
    }
    assert_eq!(texts(&html, ".answers td.answer"), ["不符合", "不符合", "符合"]);
}

/// Collisions of a case used to be in the list alone.
#[test]
fn a_case_that_one_did_not_file_and_the_other_concluded_shows_both() {
    let mut world = all_kinds(Lang::Zh);
    let mut draft = draft(CASE, EntityId::derived(CASE, "filing"), "filing.decide/1", &[]);
    draft.fields = vec![
        text("decision", "not_filed"),
        text("decided_on", "2026-11-21"),
        bytes("evidence", FORM.raw()),
    ];
    // Somebody else of the roster, since the second officer may have to step aside.
    let (writer, certificate) =
        (world.scribes[ADMIN].writer, world.scribes[ADMIN].certificate.hash);
    let enrolled = vec![
        text("name", "周明华"),
        text("role", "enforcer"),
        text("organisation", "涛雒镇应急办"),
        bytes("writer", writer.raw()),
        bytes("certificate", certificate.as_bytes()),
        text("certificate_no", "1502-9"),
        text("certificate_valid_until", "2028-06-30"),
    ];
    world.say_op(LIN, (ROSTER, EntityId([14; 16])), "officer.enrol/1", enrolled);
    world.put_knowing(ADMIN, draft, Vec::new());
    let (opened, _) = open(&world.package(), Some(world.root()));
    assert_eq!(opened.verdict.outcome, Outcome::Verifies, "{:?}", opened.verdict.rules);
    let html = angen_page::render(&opened, Lang::Zh);
    let told = texts(&html, ".conflict p");
    let collided = told
        .iter()
        .position(|line| line.contains("流转冲突"))
        .unwrap_or_else(|| panic!("{told:?}"));
    assert!(told.iter().any(|line| line.contains("立案决定")), "{told:?}");
    let values = texts(&html, ".conflict li");
    let of_case: Vec<&String> = values.iter().filter(|line| line.contains("立案")).collect();
    assert!(
        of_case.iter().any(|line| line.starts_with("不予立案（周明华")),
        "{collided}: {values:?}"
    );
    let yields = values.iter().find(|line| line.starts_with("调查终结（林海")).expect("both are");
    assert!(!yields.contains("暂按此计"), "{yields}");
}

#[test]
fn what_is_withheld_is_listed_and_nowhere_shown() {
    let mut world = visit(Lang::Zh);
    world.withhold("enterprise.register/1", "representative");
    world.withhold("record.sign/1", "signer");
    world.withhold("certificates.show/1", "shown_to");
    let html = page(&world.package(), None, Lang::Zh);
    assert!(!html.contains("王建国"));
    let withheld = texts(&html, "#withheld li");
    assert_eq!(withheld.len(), 5, "{withheld:?}");
    for field in ["负责人", "签字人", "出示对象"] {
        assert!(withheld.iter().any(|line| line.starts_with(field)), "{field}: {withheld:?}");
    }
    let check = texts(&html, ".check").remove(0);
    assert!(check.contains("姓名隐去"), "{check}");
}

#[test]
fn the_verdict_says_whether_the_root_was_named() {
    let world = visit(Lang::En);
    let package = world.package();
    let known = page(&package, Some(world.root()), Lang::En);
    assert!(texts(&known, ".headline")[0].contains("issued under the root that was named"));
    let unknown = page(&package, None, Lang::En);
    assert!(texts(&unknown, ".headline")[0].contains("the issuer was not checked"));
    assert!(texts(&unknown, ".unproved")[0].contains("Who the issuer is"));
    let fingerprint = world.root().to_string();
    assert!(texts(&known, "#again pre")[0].contains(&format!("--root {fingerprint}")));
}
