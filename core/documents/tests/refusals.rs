//! What stands against a document is said at once, with the form, the field and what to do.
#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]
mod samples;

use angen_documents::forms::*;
use angen_documents::*;

/// Blanks one field of a form.
type Blank<T> = (&'static str, fn(&mut T));

fn missing_one_by_one<T: Clone>(
    form: Form,
    sample: &T,
    blanks: &[Blank<T>],
    document: impl Fn(&T) -> Result<Document, Refusal>,
) {
    assert!(document(sample).is_ok());
    for (key, blank) in blanks {
        let mut input = sample.clone();
        blank(&mut input);
        let refusal = document(&input).expect_err(key);
        assert_eq!(refusal.form, form);
        let keys: Vec<&str> = refusal.problems.iter().map(|problem| problem.field.key).collect();
        assert_eq!(keys, [*key], "{form:?}");
        let text = refusal.to_string();
        let field = refusal.problems[0].field;
        for part in [form.title(), form.title_en(), field.zh, field.en] {
            assert!(text.contains(part), "{key}: {part} is not in {text}");
        }
        assert!(text.contains("请"), "{text} does not say what to do");
    }
}

#[test]
fn a_site_record_without_a_must_have_field_is_refused() {
    let blanks: &[Blank<SiteRecord>] = &[
        ("agency", |form| form.agency = Entry::Missing),
        ("number", |form| form.number = Filled::Missing),
        ("unit_name", |form| form.unit.name = "".into()),
        ("unit_address", |form| form.unit.address = Entry::Missing),
        ("person_in_charge", |form| form.unit.person_in_charge = Entry::Missing),
        ("post", |form| form.unit.post = Entry::Missing),
        ("phone", |form| form.unit.phone = Entry::Missing),
        ("place", |form| form.place = Entry::Missing),
        ("from", |form| form.from = Moment::Missing),
        ("to", |form| form.to = Moment::Missing),
        ("officers", |form| {
            form.officers.pop();
        }),
        ("officer", |form| form.officers[0].name.clear()),
        ("officer_certificate", |form| form.officers[1].certificate_number.clear()),
        ("certificates_shown_at", |form| form.certificates_shown_at = Moment::Missing),
        ("recusal", |form| form.recusal = Entry::Missing),
        ("basis", |form| form.basis.clear()),
        ("course", |form| form.course = Entry::Missing),
        ("finding", |form| form.findings[1].text.clear()),
        ("measures", |form| form.measures = Entry::Missing),
    ];
    missing_one_by_one(Form::SiteRecord, &samples::site_record(), blanks, SiteRecord::document);
}

#[test]
fn an_inspection_notice_without_a_must_have_field_is_refused() {
    let blanks: &[Blank<InspectionNotice>] = &[
        ("unit_name", |form| form.unit_name = Entry::Missing),
        ("reason", |form| form.reason = Entry::Missing),
        ("approval_number", |form| form.approval_number = Entry::Missing),
        ("basis", |form| form.basis.clear()),
        ("item_list", |form| form.item_list = Entry::Missing),
        ("scope", |form| form.scope = Entry::Missing),
        ("way", |form| form.way = Entry::Missing),
        ("contact", |form| form.contact = Entry::Missing),
        ("day", |form| form.day = Day::Missing),
    ];
    let sample = samples::inspection_notice();
    missing_one_by_one(Form::InspectionNotice, &sample, blanks, InspectionNotice::document);
}

#[test]
fn a_correction_order_without_a_must_have_field_is_refused() {
    let blanks: &[Blank<CorrectionOrder>] = &[
        ("unit_name", |form| form.unit_name = Entry::Missing),
        ("found_on", |form| form.found_on = Day::Missing),
        ("record_number", |form| form.record_number = Entry::Missing),
        ("finding", |form| form.findings[0].basis.clear()),
        ("basis", |form| form.basis[0].version.clear()),
        ("consequence", |form| form.consequence = Entry::Missing),
        ("review_government", |form| form.remedies.government = Entry::Missing),
        ("court", |form| form.remedies.court = Entry::Missing),
        ("day", |form| form.day = Day::ByHand),
    ];
    let sample = samples::correction_order();
    missing_one_by_one(Form::CorrectionOrder, &sample, blanks, CorrectionOrder::document);
}

#[test]
fn a_recheck_opinion_without_a_must_have_field_is_refused() {
    let blanks: &[Blank<RecheckOpinion>] = &[
        ("order_number", |form| form.order_number = Entry::Missing),
        ("order_day", |form| form.order_day = Day::Missing),
        ("rechecked_on", |form| form.rechecked_on = Day::Missing),
        ("opinion", |form| form.items.clear()),
        ("found", |form| form.items[2].found.clear()),
        ("conclusion", |form| form.conclusion = Entry::ByHand),
        ("refusal_reason", |form| {
            form.unit_signature =
                UnitSignature::Refused { reason: Entry::Missing, witness: Entry::Missing };
        }),
    ];
    let sample = samples::recheck_opinion();
    missing_one_by_one(Form::RecheckOpinion, &sample, blanks, RecheckOpinion::document);
}

#[test]
fn an_interview_record_without_a_must_have_field_is_refused() {
    let blanks: &[Blank<InterviewRecord>] = &[
        ("from", |form| form.from = Moment::Missing),
        ("nth", |form| form.nth = 0),
        ("place", |form| form.place = Entry::Missing),
        ("person_name", |form| form.person.name = Entry::Missing),
        ("sex", |form| form.person.sex = Entry::Missing),
        ("age", |form| form.person.age = Entry::Missing),
        ("id_number", |form| form.person.id_number = Entry::Missing),
        ("work_unit", |form| form.person.work_unit = Entry::Missing),
        ("address", |form| form.person.address = Entry::Missing),
        ("rights_answer", |form| form.rights_answer = Entry::Missing),
        ("question", |form| form.turns.clear()),
        ("answer", |form| form.turns[0].answer = "  ".to_owned()),
        ("officer_certificate", |form| form.recorder = form.interviewer.clone()),
    ];
    let sample = samples::interview_record(2);
    missing_one_by_one(Form::InterviewRecord, &sample, blanks, InterviewRecord::document);
}

#[test]
fn a_filing_form_without_a_must_have_field_is_refused() {
    let blanks: &[Blank<FilingApproval>] = &[
        ("cause", |form| form.cause = Entry::Missing),
        ("source", |form| form.source = Entry::Missing),
        ("found_at", |form| form.found_at = Moment::Missing),
        ("facts", |form| form.facts = Entry::Missing),
        ("suspected", |form| form.suspected.clear()),
        ("officers_opinion", |form| form.officers_opinion.text = Entry::Missing),
        ("review_opinion", |form| form.review_opinion.text = Entry::Missing),
        ("signer", |form| form.approval_opinion.signer = Entry::Missing),
        ("signed_on", |form| form.approval_opinion.day = Day::Missing),
    ];
    let sample = samples::filing_approval();
    missing_one_by_one(Form::FilingApproval, &sample, blanks, FilingApproval::document);
}

#[test]
fn evidence_pages_without_a_must_have_field_are_refused() {
    let blanks: &[Blank<EvidencePages>] = &[
        ("unit_name", |form| form.unit_name = Entry::Missing),
        ("belongs_to", |form| form.belongs_to = Entry::Missing),
        ("listed_at", |form| form.listed_at = Moment::Missing),
        ("medium", |form| form.media.clear()),
        ("caption", |form| form.media[1].caption = Entry::Missing),
        ("proof_object", |form| form.media[1].proof_object = Entry::Missing),
        ("taken_at", |form| form.media[1].taken_at = Moment::Missing),
        ("maker", |form| form.media[1].maker.certificate_number.clear()),
        ("file_name", |form| form.media[1].file_name.clear()),
        ("sha256", |form| form.media[1].sha256 = form.media[0].sha256),
        ("thumbnail", |form| form.media[0].thumbnail = Some(b"GIF89a".to_vec())),
        ("thumbnail", |form| {
            form.media[0].thumbnail = Some(vec![0xff; THUMBNAIL_BYTES_MAX + 1]);
        }),
    ];
    let sample = samples::evidence_pages(2);
    missing_one_by_one(Form::EvidencePages, &sample, blanks, EvidencePages::document);
}

#[test]
fn everything_that_is_missing_is_said_at_once() {
    let mut record = samples::site_record();
    record.place = Entry::Missing;
    record.officers.truncate(1);
    record.measures = Entry::Missing;
    let refusal = record.document().unwrap_err();
    let keys: Vec<&str> = refusal.problems.iter().map(|problem| problem.field.key).collect();
    assert_eq!(keys, ["place", "officers", "measures"]);
}

#[test]
fn an_end_before_its_beginning_is_refused() {
    let mut record = samples::interview_record(1);
    record.to = samples::at(8, 13, 59).into();
    let refusal = record.document().unwrap_err();
    assert_eq!(refusal.problems[0].kind, ProblemKind::Reversed);
}

#[test]
fn a_number_of_another_form_is_refused() {
    let mut order = samples::correction_order();
    order.number = samples::number("检记", 9);
    let refusal = order.document().unwrap_err();
    assert_eq!(refusal.problems[0].kind, ProblemKind::WrongCode);
}

#[test]
fn each_finding_has_exactly_one_deadline() {
    let kinds = |numbers: &[usize]| {
        let mut order = samples::correction_order();
        order.deadlines[1].numbers = numbers.to_vec();
        let problems = order.document().err().map(|refusal| refusal.problems).unwrap_or_default();
        problems.into_iter().map(|problem| (problem.entry, problem.kind)).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&[2, 3]), []);
    assert_eq!(kinds(&[2]), [(Some(3), ProblemKind::Uncovered)]);
    assert_eq!(kinds(&[1, 2, 3]), [(Some(1), ProblemKind::Twice)]);
    assert_eq!(kinds(&[2, 3, 4]), [(Some(2), ProblemKind::NoSuchEntry)]);
}

#[test]
fn a_deadline_before_the_order_is_refused() {
    let mut order = samples::correction_order();
    order.deadlines[1].by = CorrectBy::Day(samples::day(4));
    let refusal = order.document().unwrap_err();
    assert_eq!(refusal.problems[0].kind, ProblemKind::Reversed);
}

#[test]
fn the_upper_department_is_asked_for_only_before_2024() {
    let mut order = samples::correction_order();
    order.remedies.upper_department = Entry::Missing;
    assert!(order.document().is_ok());
    order.day = chrono::NaiveDate::from_ymd_opt(2021, 9, 1).unwrap().into();
    let refusal = order.document().unwrap_err();
    assert_eq!(refusal.problems[0].field.key, "review_department");
}

#[test]
fn a_record_without_findings_says_so() {
    let mut record = samples::site_record();
    record.findings.clear();
    let lines = record.document().unwrap().lines();
    assert!(lines.iter().any(|line| line.text == "本次检查未发现问题。"));
}

#[test]
fn a_given_blank_is_missing_and_no_silent_gap() {
    let mut record = samples::site_record();
    record.place = Entry::Given(" \u{3000}".to_owned());
    let refusal = record.document().unwrap_err();
    assert_eq!(refusal.problems[0].field.key, "place");
    assert_eq!(refusal.problems[0].kind, ProblemKind::Missing);
}

#[test]
fn a_control_character_is_refused_wherever_it_hides() {
    let spoilt = |spoil: fn(&mut SiteRecord)| {
        let mut record = samples::site_record();
        spoil(&mut record);
        record.document().unwrap_err().problems[0].kind
    };
    let kind = ProblemKind::ControlCharacter;
    assert_eq!(spoilt(|form| form.place = "车间\0".into()), kind);
    assert_eq!(spoilt(|form| form.findings[0].text.push('\u{1b}')), kind);
    assert_eq!(spoilt(|form| form.findings[0].basis[0].law.push('\u{8}')), kind);
    assert_eq!(spoilt(|form| form.basis[0].article.push('\u{7f}')), kind);
    assert_eq!(spoilt(|form| form.officers[0].name.push('\u{1}')), kind);
}

#[test]
fn a_text_of_a_whole_file_is_refused() {
    let mut record = samples::site_record();
    record.course = "长".repeat(20_001).into();
    assert_eq!(record.document().unwrap_err().problems[0].kind, ProblemKind::TooLong(20_000));
}
