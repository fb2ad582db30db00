//! What an officer types: accepted as typed, or refused with the reason.

use crate::support::{choices, read, settings, sheet, xlsx};
use angen_forms::{Answer, Code, Form, limits};

fn form() -> Form {
    read(
        "type | name | label | constraint | constraint_message::中文 (zh) | constraint_message::English (en)
         note | rule | 说明 | | |
         select_one compliance | a | 甲 | | |
         select_multiple gas | gases | 气体 | | |
         integer | people | 人数 | . >= 0 and . <= 500 | 人数应在 0 到 500 之间 | people: 0 to 500
         decimal | oxygen | 氧气 | . >= 0 and . <= 30 | |
         text | reason | 原因 | | |
         image | photo | 照片 | | |",
    )
    .unwrap()
}

fn code(name: &str, raw: &str) -> Code {
    form().check_answer(name, raw).unwrap_err().code
}

#[test]
fn answers_are_typed() {
    let form = form();
    let check = |name, raw| form.check_answer(name, raw).unwrap();
    assert_eq!(check("a", " non_compliant "), Answer::Choice("non_compliant".to_owned()));
    assert_eq!(check("a", "不符合"), Answer::Choice("non_compliant".to_owned()));
    assert_eq!(
        check("gases", "co 硫化氢"),
        Answer::Choices(vec!["h2s".to_owned(), "co".to_owned()])
    );
    assert_eq!(check("people", "12"), Answer::Integer(12));
    assert_eq!(check("reason", "车间１停产"), Answer::Text("车间１停产".to_owned()));
    assert_eq!(check("photo", "sha256:ab"), Answer::Media("sha256:ab".to_owned()));
    let Answer::Decimal(oxygen) = check("oxygen", "20.90") else { panic!("not a decimal") };
    assert_eq!(oxygen.as_str(), "20.90");
}

#[test]
fn full_width_digits_are_refused_with_the_half_width_form() {
    let problem = form().check_answer("oxygen", "２０．９").unwrap_err();
    assert_eq!(problem.code, Code::FullWidth);
    assert!(problem.zh.contains("20.9") && problem.en.contains("20.9"), "{problem}");
    assert_eq!(code("people", "１２"), Code::FullWidth);
}

#[test]
fn a_number_outside_its_constraint_gets_the_forms_message() {
    let problem = form().check_answer("people", "501").unwrap_err();
    assert_eq!(problem.code, Code::OutsideConstraint);
    assert_eq!(problem.zh, "人数应在 0 到 500 之间");
    assert_eq!(problem.en, "people: 0 to 500");
    assert_eq!(code("oxygen", "30.01"), Code::OutsideConstraint);
}

#[test]
fn what_is_not_a_number_is_refused() {
    for raw in
        ["1,000", "12人", "1e3", "inf", "NaN", "+3", "--1", "", "1.2", "0x1f", "1234567890123456"]
    {
        assert_eq!(code("people", raw), Code::BadAnswer, "{raw}");
    }
    for raw in ["1.2.3", ".5", "5.", "-", "1e3", "inf", "20.9%", "-.", "0.1234567890123456"] {
        assert_eq!(code("oxygen", raw), Code::BadAnswer, "{raw}");
    }
}

#[test]
fn notes_and_unknown_names_take_no_answer() {
    assert_eq!(code("rule", "x"), Code::NotAQuestion);
    assert_eq!(code("nothing", "x"), Code::NotAQuestion);
    assert_eq!(code("a", "perhaps"), Code::BadAnswer);
}

#[test]
fn a_text_over_the_limit_is_refused() {
    assert_eq!(code("reason", &"长".repeat(limits::TEXT_CHARS_MAX + 1)), Code::TooLong);
}

#[test]
fn the_worse_of_two_answers_follows_the_declared_order() {
    let form = form();
    assert_eq!(form.worse("compliant", "not_checked"), Some("not_checked"));
    assert_eq!(form.worse("non_compliant", "not_checked"), Some("non_compliant"));
    assert_eq!(form.worse("not_applicable", "not_applicable"), Some("not_applicable"));
    assert_eq!(form.worse("compliant", "h2s"), None);
    let declared = |order: &str| {
        let mut settings = settings();
        settings.1[0].push("x_worst_order".to_owned());
        settings.1[1].push(order.to_owned());
        let survey = sheet("survey", "type|name|label\n select_one gas|g|气体");
        Form::from_xlsx(&xlsx(&[survey, choices(), settings]), "trial.xlsx")
    };
    assert_eq!(declared("co > h2s").unwrap().worse("h2s", "co"), Some("co"));
    let problem = &declared("co so2").unwrap_err().problems()[0].clone();
    assert_eq!(problem.code, Code::UnknownChoice);
    assert_eq!(problem.place.column.as_deref(), Some("D (x_worst_order)"));
}
