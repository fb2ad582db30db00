//! Expressions in a workbook: what is refused, where it is said, and what holds in a review.

use crate::support::{read, summary};
use angen_forms::{Answer, Answers, Code, Form, limits};

fn refused(column: &str, expression: &str) -> Code {
    let survey = format!(
        "type | name | label | {column}
         select_one compliance | a | 甲 |
         integer | n | 数 |
         text | b | 乙 | {expression}"
    );
    let found = summary(read(&survey));
    assert_eq!(found.len(), 1, "{expression}: {found:?}");
    assert_eq!(found[0].1, format!("survey 4 D ({column})"));
    found[0].0
}

#[test]
fn a_wrong_expression_is_refused_with_its_cell() {
    let cases = [
        ("${a} = ", Code::BadExpression),
        ("${a = 'compliant'", Code::BadExpression),
        ("$a = 'compliant'", Code::BadExpression),
        ("${nothing} = '1'", Code::UnknownReference),
        ("${a} = 'complaint'", Code::UnknownChoice),
        ("selected(${a}, 'h2s')", Code::UnknownChoice),
        ("${a} ＝ 'compliant'", Code::FullWidth),
        ("${a} = ‘compliant’", Code::FullWidth),
        ("${a}", Code::BadExpression),
        ("not(${a})", Code::BadExpression),
        (". = 'x'", Code::BadExpression),
        ("/data/a = 'compliant'", Code::BadExpression),
        ("../a = 'compliant'", Code::BadExpression),
        ("n > 3", Code::BadExpression),
        ("today() > '2026-01-01'", Code::NotSupported),
        ("regex(${b}, '.*')", Code::NotSupported),
        ("selected(${a})", Code::BadExpression),
        ("false() and selected(${a})", Code::BadExpression),
    ];
    for (expression, code) in cases {
        assert_eq!(refused("relevant", expression), code, "{expression}");
    }
}

#[test]
fn an_expression_that_could_exhaust_the_stack_is_refused() {
    for bomb in [
        "(".repeat(500) + "1" + &")".repeat(500),
        "-".repeat(900) + "1 = 1",
        "1=1 or ".repeat(140) + "1=1",
        "x".repeat(limits::EXPRESSION_CHARS_MAX + 1),
    ] {
        assert_eq!(refused("relevant", &bomb), Code::TooLong, "{bomb}");
    }
}

#[test]
fn the_deepest_expressions_that_are_accepted_fit_the_stack_of_a_phones_thread() {
    let nested = limits::EXPRESSION_NESTING_MAX;
    let deepest = [
        "(".repeat(nested) + "1 = 1" + &")".repeat(nested),
        "not(".repeat(nested) + "1 = 1" + &")".repeat(nested),
        "1 = 1 or ".repeat(limits::EXPRESSION_DEPTH_MAX - 3) + "1 = 1",
        "-".repeat(nested) + "1 = 1",
    ];
    let evaluate = move || {
        for expression in deepest {
            let survey = format!("type|name|label|relevant\n text|a|甲|{expression}");
            let form = read(&survey).unwrap_or_else(|errors| panic!("{expression}: {errors}"));
            assert_eq!(form.review(&Answers::new()).unknown, Vec::<String>::new());
        }
    };
    let phone = std::thread::Builder::new().stack_size(512 * 1024);
    phone.spawn(evaluate).unwrap().join().unwrap();
}

#[test]
fn conditions_that_wait_for_each_other_are_refused_by_name() {
    let errors = read(
        "type | name | label | relevant
         text | a | 甲 | ${b} = '1'
         text | b | 乙 | ${a} = '1'
         text | c | 丙 | ${b} = '1'",
    )
    .unwrap_err();
    assert_eq!(errors.problems().len(), 1, "{errors}");
    assert_eq!(errors.problems()[0].code, Code::Cycle);
    assert!(errors.to_string().contains("a → b → a"), "{errors}");
}

#[test]
fn a_group_that_waits_for_its_own_question_is_a_cycle() {
    let found = summary(read(
        "type | name | label | relevant
         begin_group | g | 组 | ${a} = '1'
         text | a | 甲 |
         end_group | | |",
    ));
    assert_eq!(found[0].0, Code::Cycle);
}

fn gas_form() -> Form {
    read(
        "type | name | label | relevant | required | constraint | constraint_message
         text | reason | 原因 | ${a} = 'not_checked' | yes | |
         select_one compliance | a | 甲 | | yes | |
         begin_group | g | 组 | ${a} != 'not_applicable' and ${a} != '' | | |
         select_multiple gas | gases | 气体 | | ${a} = 'non_compliant' | |
         decimal | low | 最低 | selected(${gases}, 'h2s') | | . >= 0 and . <= 100 | 应在 0 到 100 之间
         decimal | high | 最高 | | | . >= ${low} |
         end_group | | | | | |",
    )
    .unwrap()
}

fn answers(form: &Form, raw: &[(&str, &str)]) -> Answers {
    raw.iter()
        .map(|(name, raw)| ((*name).to_owned(), form.check_answer(name, raw).unwrap()))
        .collect()
}

fn names<'f>(items: &[&'f angen_forms::Item]) -> Vec<&'f str> {
    items.iter().map(|item| item.name.as_str()).collect()
}

#[test]
fn relevance_follows_answers_and_groups() {
    let form = gas_form();
    let review = form.review(&Answers::new());
    assert_eq!(names(&review.relevant), ["a"]);
    assert_eq!(names(&review.missing), ["a"]);
    let given = answers(&form, &[("a", "non_compliant")]);
    let review = form.review(&given);
    assert_eq!(names(&review.relevant), ["a", "g", "gases", "high"]);
    assert_eq!(names(&review.missing), ["gases"]);
    let given = answers(&form, &[("a", "non_compliant"), ("gases", "co h2s"), ("low", "0.50")]);
    let review = form.review(&given);
    assert_eq!(names(&review.relevant), ["a", "g", "gases", "low", "high"]);
    assert!(review.is_complete(), "{review:?}");
}

#[test]
fn a_condition_may_read_an_item_further_down() {
    let form = gas_form();
    let given = answers(&form, &[("a", "not_checked")]);
    assert_eq!(names(&form.review(&given).missing), ["reason"]);
}

#[test]
fn answers_that_are_not_asked_read_as_blank_and_are_set_aside() {
    let form = gas_form();
    let given = answers(&form, &[("a", "not_applicable"), ("gases", "h2s"), ("low", "5")]);
    let review = form.review(&given);
    assert_eq!(names(&review.relevant), ["a"]);
    assert_eq!(names(&review.set_aside), ["gases", "low"]);
    assert!(review.is_complete());
}

#[test]
fn a_constraint_between_two_answers_is_judged_in_the_review() {
    let form = gas_form();
    let mut given =
        answers(&form, &[("a", "compliant"), ("gases", "h2s"), ("low", "20.90"), ("high", "20.9")]);
    assert!(form.review(&given).is_complete(), "20.9 is not less than 20.90");
    given.extend(answers(&form, &[("high", "20.89")]));
    let review = form.review(&given);
    assert_eq!(review.failed.len(), 1);
    assert_eq!(review.failed[0].code, Code::OutsideConstraint);
    assert_eq!(review.failed[0].place.item.as_deref(), Some("high"));
}

#[test]
fn answers_of_another_version_are_reported_and_not_believed() {
    let form = gas_form();
    let given: Answers = [
        ("a".to_owned(), Answer::Choice("fine".to_owned())),
        ("gone".to_owned(), Answer::Integer(1)),
        ("high".to_owned(), Answer::Text("3".to_owned())),
    ]
    .into();
    let review = form.review(&given);
    assert_eq!(review.unknown, ["gone"]);
    let failed: Vec<_> = review.failed.iter().filter_map(|p| p.place.item.as_deref()).collect();
    assert_eq!(failed, ["a", "high"]);
    assert!(!review.is_complete());
}
