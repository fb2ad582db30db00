//! What the fuzz target asks of any bytes, so that its corpus can be replayed by a plain test.

use super::cells::Script;
use crate::limits::{PROBLEMS_MAX, STORED_BYTES_MAX};
use crate::{Answer, Answers, Code, Form, FormErrors, Item, Kind};

/// Items of one form that are answered: each takes a review of the whole form.
const ITEMS_ANSWERED_MAX: usize = 12;

/// What is typed for every question, besides what the input itself says: each kind takes one of
/// them, and refuses others.
const TYPED: [&str; 7] = ["1", "-0.50", "999999999999999", "１", "", "h2s co", "皮带轮没有防护罩"];

/// Whatever the bytes say, reading them ends with a sound form or with problems that a person can
/// find. Bytes that begin as a zip are a workbook, with `{` a stored form, otherwise a text of
/// cells ([`Script`]).
///
/// # Panics
/// When that does not hold: a finding.
pub fn workbook(bytes: &[u8]) {
    if bytes.starts_with(b"PK") {
        ask(Form::from_xlsx(bytes, "fuzz.xlsx"), &[]);
        return;
    }
    let text = String::from_utf8_lossy(bytes);
    if text.starts_with('{') {
        ask(Form::from_json(&text), &[]);
        return;
    }
    let script = Script::read(&text);
    let read = script.without_workbook();
    let read = read.unwrap_or_else(|| Form::from_xlsx(&script.to_xlsx(), "fuzz.xlsx"));
    ask(read, &script.answers);
}

fn ask(read: Result<Form, FormErrors>, typed: &[(String, String)]) {
    match read {
        Ok(form) => {
            stored_and_back(&form);
            conflicts_have_one_answer(&form);
            answered(&form, typed);
        }
        Err(errors) => explained(&errors),
    }
}

/// The stored text reads back to the same form, and is the same text again.
fn stored_and_back(form: &Form) {
    let text = form.to_json();
    assert!(text.len() <= STORED_BYTES_MAX, "the stored form is {} bytes", text.len());
    let again = Form::from_json(&text).expect("a stored form can be read");
    assert_eq!(again, *form);
    assert_eq!(again.to_json(), text, "one form has two stored texts");
}

fn conflicts_have_one_answer(form: &Form) {
    let order = form.worst_order();
    for pair in order.windows(2) {
        let worse = form.worse(&pair[0], &pair[1]);
        assert_eq!(worse, form.worse(&pair[1], &pair[0]), "who is asked first must not matter");
        assert!(worse.is_some(), "names of the order can be compared");
    }
}

/// Every refusal has words in both languages, and there are not too many.
fn explained(errors: &FormErrors) {
    let problems = errors.problems();
    assert!(!problems.is_empty(), "refused, and nothing is wrong");
    assert!(problems.len() <= PROBLEMS_MAX + 1, "{} problems", problems.len());
    for problem in problems {
        assert!(!problem.zh.is_empty() && !problem.en.is_empty(), "{problem:?}");
    }
}

/// Answers are taken or refused, one that is taken fits, and a review agrees with itself.
fn answered(form: &Form, typed: &[(String, String)]) {
    review(form, &Answers::new());
    let mut answers = Answers::new();
    for item in form.items().iter().filter(|item| item.kind.is_question()).take(ITEMS_ANSWERED_MAX)
    {
        for raw in TYPED.into_iter().chain(own_words(form, item)) {
            if let Some(answer) = take(form, &item.name, raw) {
                answers.insert(item.name.clone(), answer);
            }
        }
    }
    review(form, &answers);
    for (name, raw) in typed.iter().take(ITEMS_ANSWERED_MAX) {
        if let Some(answer) = take(form, name, raw) {
            answers.insert(name.clone(), answer);
            review(form, &answers);
        }
    }
}

/// What the form itself offers as an answer to an item.
fn own_words<'f>(form: &'f Form, item: &'f Item) -> impl Iterator<Item = &'f str> {
    let choices = item.kind.list().and_then(|list| form.choices(list)).unwrap_or_default();
    let ends = choices.first().into_iter().chain(choices.last());
    let names = ends.flat_map(|choice| [Some(choice.name.as_str()), choice.label.get("zh")]);
    names.flatten().chain(item.constraint.as_deref())
}

fn take(form: &Form, name: &str, raw: &str) -> Option<Answer> {
    let answer = match form.check_answer(name, raw) {
        Ok(answer) => answer,
        Err(problem) => {
            explained(&FormErrors::one(*problem));
            return None;
        }
    };
    let text = serde_json::to_string(&answer).expect("an answer has texts and numbers");
    let again: Answer = serde_json::from_str(&text).expect("a stored answer can be read");
    assert_eq!(again, answer);
    let item = form.item(name).expect("an answered item is there");
    let review = form.review(&Answers::from([(name.to_owned(), answer)]));
    // A constraint that reads other answers is judged with them, not when it is typed.
    let alone = item.constraint.as_deref().is_none_or(|text| !text.contains("${"));
    assert!(!alone || review.failed.is_empty(), "taken and not fitting: {:?}", review.failed);
    Some(again)
}

fn review(form: &Form, answers: &Answers) {
    let review = form.review(answers);
    assert_eq!(review, form.review(answers), "one state has two reviews");
    let asked = |name: &str| review.relevant.iter().any(|item| item.name == name);
    assert!(review.unknown.is_empty(), "an answer was taken for {:?}", review.unknown);
    for item in &review.missing {
        assert!(asked(&item.name) && !answers.contains_key(&item.name), "{} is missing", item.name);
        assert!(!matches!(item.kind, Kind::Note | Kind::Group), "{} takes no answer", item.name);
    }
    for item in &review.set_aside {
        assert!(!asked(&item.name) && answers.contains_key(&item.name), "{}", item.name);
    }
    for problem in &review.failed {
        let name = problem.place.item.as_deref().unwrap_or_default();
        assert!(asked(name) && problem.code == Code::OutsideConstraint, "{problem:?}");
    }
}
