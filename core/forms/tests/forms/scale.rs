//! A large form stays usable: 10,000 questions import, and an answer in a 1,000-item list is quick.

use crate::support::{choices, settings, sheet, xlsx};
use angen_forms::{Answers, Form, limits};

fn large(questions: usize) -> Form {
    let mut rows = sheet("survey", "type|name|label|relevant|required|constraint").1;
    for index in 0..questions {
        // Every number waits for the select before it.
        let relevant = format!("${{q{}}} != 'not_applicable'", index.saturating_sub(1));
        let (kind, relevant, constraint) = match index % 2 {
            0 => ("select_one compliance", "", ""),
            _ => ("decimal", relevant.as_str(), ". >= 0 and . <= 100"),
        };
        let cells = [kind, &format!("q{index}"), "题目", relevant, "yes", constraint];
        rows.push(cells.map(str::to_owned).to_vec());
    }
    Form::from_xlsx(&xlsx(&[("survey", rows), choices(), settings()]), "large.xlsx").unwrap()
}

#[test]
fn ten_thousand_questions_are_imported_and_reviewed() {
    let form = large(10_000);
    assert_eq!(form.items().len(), 10_000);
    assert!(form.to_json().len() < limits::STORED_BYTES_MAX);
    let review = form.review(&Answers::new());
    assert_eq!(review.missing.len(), 10_000, "an empty answer is not 'not applicable'");
    let q0 = form.check_answer("q0", "not_applicable").unwrap();
    let review = form.review(&Answers::from([("q0".to_owned(), q0)]));
    assert_eq!(review.missing.len(), 9_998, "q0 is answered and q1 is not asked");
    assert_eq!(review.relevant.len(), 9_999);
}
