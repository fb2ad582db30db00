//! Planted: what papers say of each other.

use super::*;

#[test]
fn s06_a_signer_without_a_letter_is_found_and_the_letter_settles_it() {
    let mut visit = clean();
    small_check(&mut visit, "c", "c1");
    register(&mut visit, "c", &[("representative", "钱董".into())]);
    sign(&mut visit, "c", &[("post", "门卫".into())]);
    assert_found(&visit, DefectCode::SignerWithoutLetter, &["c"]);
    let mut by_head = clean();
    small_check(&mut by_head, "c", "c1");
    register(&mut by_head, "c", &[("representative", "钱董".into())]);
    sign(&mut by_head, "c", &[("post", "厂长".into())]);
    assert_found(&by_head, DefectCode::SignerWithoutLetter, &[]);
    let (letter, _) = visit.capture(
        Who::Wang,
        "c",
        "letter",
        EvidenceKind::Documentary,
        Some(Purpose::SubjectPapers),
    );
    let caption = [("caption", Value::from("授权委托书"))];
    visit.put(Who::Wang, dossier("c"), letter, "evidence.capture/1", &caption);
    assert_found(&visit, DefectCode::SignerWithoutLetter, &[]);
}

#[test]
fn r12_a_conclusion_without_an_index_is_found() {
    let mut visit = Visit::without(&[]);
    visit.case("index", Opinion::Penalty);
    assert_found(&visit, DefectCode::NoEvidenceList, &["case"]);
}

#[test]
fn an_old_article_is_found_by_its_version_or_by_the_penalty_that_it_stands_for() {
    let mut visit = clean();
    raise(&mut visit, "a", "old version", "安全生产法（2014）第九十六条", None);
    assert_found(&visit, DefectCode::OldArticle, &["a"]);
    raise(&mut visit, "b", "old number", "安全生产法第九十六条", Some("P99(2)"));
    raise(&mut visit, "b", "new number", "安全生产法第九十九条", Some("P99(2)"));
    assert_found(&visit, DefectCode::OldArticle, &["a", "b"]);
}

#[test]
fn r40_evidence_from_after_the_conclusion_is_found() {
    let mut visit = clean();
    visit.capture(Who::Wang, "case", "later", EvidenceKind::AudioVisual, None);
    assert_found(&visit, DefectCode::EvidenceAfterDecision, &["case"]);
}

#[test]
fn r12_a_blob_that_is_not_the_recorded_one_is_found() {
    let visit = clean();
    let (photo, _) = {
        let mut other = clean();
        other.capture(Who::Wang, "b", "b", EvidenceKind::AudioVisual, None)
    };
    let mut address = [0; 32];
    address[..16].copy_from_slice(photo.raw());
    let media = MediaLook { altered: [Hash(address)].into() };
    let found = found_with(&visit, &media);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].code, found[0].subject), (DefectCode::HashMismatch, Some(photo)));
}

#[test]
fn r12_a_list_whose_digest_is_not_that_of_its_files_is_found() {
    let mut visit = clean();
    let (_, op) = visit.capture(Who::Wang, "a", "listed", EvidenceKind::Documentary, None);
    let fields = [("items", hashes(&[op])), ("digest", Value::from([3; 32].as_slice()))];
    visit.put(Who::Wang, dossier("a"), entity("list"), "hash_list.make/1", &fields);
    assert_found(&visit, DefectCode::HashMismatch, &["a"]);
}

#[test]
fn r30_a_number_that_is_used_twice_is_found_in_both_places() {
    let mut visit = clean();
    small_check(&mut visit, "c", "同一号");
    small_check(&mut visit, "d", "另一号");
    assert_found(&visit, DefectCode::NumberTwice, &[]);
    small_check(&mut visit, "e", "同一号");
    assert_found(&visit, DefectCode::NumberTwice, &["c", "e"]);
}

#[test]
fn r23_a_finding_that_is_reworded_behind_the_signed_record_is_found() {
    let mut visit = Visit::without(&["covered"]);
    visit.case("", Opinion::Penalty);
    assert_found(&visit, DefectCode::TextDiffers, &["a", "case"]);
}

/// Preserves one item in check `a`; `steps` leaves some of them out.
fn preserve(visit: &mut Visit, steps: &[&str]) {
    let (place, held) = (dossier("a"), entity("preserved"));
    if steps.contains(&"approve") {
        let fields = [
            ("approver", Value::from("局长")),
            ("approved_at", visit.now_ms().into()),
            ("approval_form", id(entity("approval form"))),
            ("reason", "证据可能灭失".into()),
        ];
        visit.put(Who::Wang, place, held, "preservation.approve/1", &fields);
    }
    let item = Value::map([("name", "砂轮机".into()), ("quantity", "1".into())]);
    let fields = [
        ("preserved_items", vec![item].into()),
        ("holder", "赵厂长".into()),
        ("registered_at", visit.now_ms().into()),
    ];
    visit.put(Who::Wang, place, held, "preservation.register/1", &fields);
    if let Some(day) = steps.iter().find(|step| step.starts_with("2026")) {
        let decision = Value::map([
            ("item", 1.into()),
            ("decision", "return".into()),
            ("decided_on", (*day).into()),
        ]);
        let fields = [("preserved_decisions", vec![decision].into())];
        visit.put(Who::Wang, place, held, "preservation.decide/1", &fields);
    }
}

#[test]
fn r22_evidence_preserved_with_approval_and_decided_on_the_seventh_working_day_is_in_order() {
    let mut visit = clean();
    preserve(&mut visit, &["approve", "2026-12-02"]);
    visit.days_pass(30);
    assert_found(&visit, DefectCode::PreservedWithoutApproval, &[]);
    assert_found(&visit, DefectCode::PreservedTooLong, &[]);
}

#[test]
fn r22_evidence_preserved_without_an_approval_is_found() {
    let mut visit = clean();
    preserve(&mut visit, &["2026-12-02"]);
    assert_found(&visit, DefectCode::PreservedWithoutApproval, &["a"]);
}

#[test]
fn r22_preserved_evidence_that_is_decided_on_too_late_or_never_is_found() {
    let mut late = clean();
    preserve(&mut late, &["approve", "2026-12-03"]);
    assert_found(&late, DefectCode::PreservedTooLong, &["a"]);
    let mut never = clean();
    preserve(&mut never, &["approve"]);
    assert_found(&never, DefectCode::PreservedTooLong, &[]);
    never.days_pass(10);
    assert_found(&never, DefectCode::PreservedTooLong, &["a"]);
}

/// A document is printed in check `b`.
fn print(visit: &mut Visit, name: &str, number: &str) {
    let fields = [
        ("form", Value::from("site-record")),
        ("about", id(entity("b"))),
        ("made_at", visit.now_ms().into()),
        ("number", number.into()),
    ];
    visit.put(Who::Wang, dossier("b"), entity(name), "document.issue/1", &fields);
}

#[test]
fn s06_a_record_that_is_signed_on_a_later_day_than_printed_is_found() {
    let mut visit = clean();
    print(&mut visit, "printed", "（鲁日）应急检记〔2026〕1号");
    sign(&mut visit, "b", &[("paper", id(entity("printed")))]);
    assert_found(&visit, DefectCode::SignedAfterPrint, &[]);
    visit.days_pass(1);
    sign(&mut visit, "b", &[("paper", id(entity("printed")))]);
    assert_found(&visit, DefectCode::SignedAfterPrint, &["b"]);
}

#[test]
fn r30_two_documents_with_one_number_are_found() {
    let mut visit = clean();
    print(&mut visit, "one", "（鲁日）应急检记〔2026〕1号");
    print(&mut visit, "two", "（鲁日）应急检记〔2026〕2号");
    assert_found(&visit, DefectCode::NumberTwice, &[]);
    print(&mut visit, "three", "（鲁日）应急检记〔2026〕1号");
    assert_found(&visit, DefectCode::NumberTwice, &["b", "b"]);
}
