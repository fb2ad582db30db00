//! What was signed once flows into every document that needs it.

use std::collections::BTreeSet;

use angen_core::action::{
    CorrectFinding, ToVoid, correct_finding, issue_order, record_recheck, take_measure,
    void_document,
};
use angen_core::domain::{Issued, RecheckOutcome};
use angen_core::procedure::paper::{ByHand, issued_papers};
use angen_documents::Form;
use angen_testing::follow_up;
use angen_testing::papers::{assent, print, request, sheet};

use crate::{Gate, lacks};

#[test]
fn a_site_record_says_what_was_signed_and_who_stands_behind_it() {
    let gate = Gate::with(3);
    let town = &gate.town;
    let printed = print(town, &request(town.cast.check.dossier, Form::SiteRecord)).unwrap();
    assert_eq!(printed.number.as_deref(), Some("（鲁日）应急检记〔2026〕1号"));
    let text = sheet(&printed);
    for words in [
        "日照样例机械加工有限公司",
        "91371102MAHK00014X",
        "王志松",
        "王安海",
        "李建国",
        "皮带传动部位无防护罩。部位：一号车间。",
        "《安全生产法》（2021）第三十六条",
        "《中华人民共和国安全生产法》（2021年修正）第六十五条第一款",
        "《山东省安全生产条例》（2021年修订）第四十七条",
        "照片1张",
        "第1项另行下达责令限期整改指令书",
        "听清楚了，不申请回避",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("陈晓东"), "a mentor is no officer on it: {text}");
}

#[test]
fn a_number_given_to_the_notice_stands_on_the_record() {
    let gate = Gate::with(3);
    let check = gate.town.cast.check.dossier;
    let notice = print(&gate.town, &request(check, Form::InspectionNotice)).unwrap();
    assert_eq!(notice.number.as_deref(), Some("（鲁日）应急检通〔2026〕1号"));
    let record = print(&gate.town, &request(check, Form::SiteRecord)).unwrap();
    assert!(sheet(&record).contains("（鲁日）应急检通〔2026〕1号"));
}

#[test]
fn words_of_a_finding_are_the_same_on_the_record_and_on_the_filing_form() {
    let gate = Gate::with(3);
    let record = print(&gate.town, &request(gate.town.cast.check.dossier, Form::SiteRecord));
    let record = record.unwrap();
    let case = gate.case();
    let mut asked = request(case.dossier, Form::FilingApproval);
    // The post and telephone were given for the record; nobody types them again.
    asked.given.clear();
    let form = print(&gate.town, &asked).unwrap();
    let text = sheet(&form);
    let finding = "皮带传动部位无防护罩。部位：一号车间。";
    assert!(sheet(&record).contains(finding) && text.contains(finding), "{text}");
    for words in [
        "（鲁日）应急检记〔2026〕1号",
        "车间主任",
        "0633-0000002",
        "未在有较大危险因素的设备上设置防护装置",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn an_interview_record_knows_sex_and_age_from_the_identity_number() {
    let gate = Gate::with(1);
    let case = gate.case();
    let printed = print(&gate.town, &request(case.dossier, Form::InterviewRecord)).unwrap();
    assert_eq!(printed.number, None);
    let text = sheet(&printed);
    for words in
        ["男", "36", "371102199001010010", "谁负责这台设备？", "我负责。", "听清楚了，不申请回避。"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn evidence_pages_show_both_digests_of_every_file_on_the_list() {
    let gate = Gate::with(1);
    let case = gate.case();
    let photo = gate.town.store.read(|read| {
        angen_core::domain::read_one::<angen_core::domain::Evidence>(
            read,
            gate.town.cast.check.dossier,
            gate.town.cast.photo,
        )
    });
    let photo = photo.unwrap();
    let asked = request(gate.town.cast.check.dossier, Form::EvidencePages);
    let printed = print(
        &gate.town,
        &angen_core::action::PrintDocument {
            about: Some(case.list),
            by_hand: ByHand::Rest,
            ..asked
        },
    );
    let text = sheet(&printed.unwrap()).replace(' ', "");
    for digest in [photo.sha256, photo.sm3] {
        assert!(text.contains(&digest.to_string()), "{digest}: {text}");
    }
}

#[test]
fn printing_again_gives_the_same_bytes_and_takes_no_second_number() {
    let gate = Gate::with(3);
    let asked = request(gate.town.cast.check.dossier, Form::SiteRecord);
    let first = print(&gate.town, &asked).unwrap();
    gate.town.world.wait_ms(3_600_000);
    // The signed page that comes in afterwards is on no paper.
    gate.town.photograph("the signed page").unwrap();
    let mut plain = asked.clone();
    plain.given.clear();
    let again = print(&gate.town, &plain).unwrap();
    assert!(again.is_again && !first.is_again);
    assert_eq!((again.document, again.op), (first.document, first.op));
    assert_eq!(again.files, first.files);
}

#[test]
fn what_changed_since_the_print_needs_a_void_before_another_print() {
    let gate = Gate::with(3);
    let (town, check) = (&gate.town, gate.town.cast.check.dossier);
    let asked = request(check, Form::SiteRecord);
    let first = print(town, &asked).unwrap();
    let title = Some("皮带轮外露".to_owned());
    let better = CorrectFinding { title, ..CorrectFinding::default() };
    correct_finding(&town.officer(), check, town.cast.finding, &better, "用词更准").unwrap();
    let refused = lacks(print(town, &asked));
    assert!(refused[0].zh.contains("（鲁日）应急检记〔2026〕1号"), "{refused:?}");
    let void = ToVoid::Document(check, first.document);
    void_document(&town.officer(), &void, "问题用词更正").unwrap();
    assent(town, check);
    let second = print(town, &asked).unwrap();
    assert_eq!(second.number.as_deref(), Some("（鲁日）应急检记〔2026〕2号"));
    assert!(sheet(&second).contains("皮带轮外露"));
    let held: Vec<Issued> = town.store.read(|read| issued_papers(read, check)).unwrap();
    let void: Vec<_> = held.iter().map(|paper| paper.void.as_deref()).collect();
    assert_eq!(void, [Some("问题用词更正"), None]);
}

#[test]
fn the_op_holds_the_digest_of_what_stands_on_the_paper_and_what_was_given() {
    let gate = Gate::with(1);
    let check = gate.town.cast.check.dossier;
    let mut asked = request(check, Form::SiteRecord);
    asked.given.remove("recusal");
    asked.by_hand = ByHand::Named(BTreeSet::from(["recusal".to_owned()]));
    let printed = print(&gate.town, &asked).unwrap();
    let issued: Issued = gate
        .town
        .store
        .read(|read| angen_core::domain::read_one(read, check, printed.document))
        .unwrap();
    assert_eq!(issued.by_hand, ["recusal"]);
    assert!(issued.given.contains(&("post".to_owned(), "车间主任".to_owned())), "{issued:?}");
    assert_eq!((issued.form.as_str(), issued.sealing.as_str()), ("site-record", "later"));
    assert_eq!((issued.about, issued.pdf), (gate.town.cast.check.check, None));
}

#[test]
fn s14_order_and_recheck_word_each_finding_as_the_record_did() {
    let gate = Gate::with(3);
    let (town, check) = (&gate.town, gate.town.cast.check.dossier);
    let order = issue_order(&town.officer(), &follow_up::order(town)).unwrap().order;
    let asked = request(check, Form::CorrectionOrder);
    // One officer ordered; the record has no number yet.
    let places: Vec<String> =
        lacks(print(town, &asked)).into_iter().map(|lack| lack.place).collect();
    assert_eq!(places, ["officers", "record_number"]);
    assent(town, check);
    let record = print(town, &request(check, Form::SiteRecord)).unwrap();
    let printed = print(town, &asked).unwrap();
    assert_eq!(printed.number.as_deref(), Some("（鲁日）应急责改〔2026〕1号"));
    let finding = "皮带传动部位无防护罩。部位：一号车间。";
    let text = sheet(&printed);
    for words in [
        finding,
        record.number.as_deref().unwrap(),
        "第1项问题：于2026年12月8日前整改完毕",
        "日照市东港区人民法院",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let looked = follow_up::recheck(town, order, RecheckOutcome::Partly);
    record_recheck(&town.officer(), &looked).unwrap();
    assent(town, check);
    let opinion = sheet(&print(town, &request(check, Form::RecheckOpinion)).unwrap());
    for words in [finding, printed.number.as_deref().unwrap(), "部分整改", "第1项未完成整改"]
    {
        assert!(opinion.contains(words), "{words}: {opinion}");
    }
}

#[test]
fn s04_a_measure_that_was_taken_stands_on_the_record() {
    let gate = Gate::with(1);
    let town = &gate.town;
    take_measure(&town.officer(), &follow_up::measure(town)).unwrap();
    let record = print(town, &request(town.cast.check.dossier, Form::SiteRecord)).unwrap();
    assert!(sheet(&record).contains("第1项责令停止使用设施、设备，另行下达责令限期整改指令书"));
}
