//! The stored text of a form never changes by accident: old databases hold it.

use crate::support::{choices, sheet, xlsx};
use angen_forms::{Code, Form};

fn form() -> Form {
    let survey = sheet(
        "survey",
        "type | name | label::中文 (zh) | label::English (en) | hint::中文 (zh) | relevant | required | constraint | constraint_message::中文 (zh) | appearance | x_legal_basis | x_evidence | x_authority | x_own
         begin_group | G1 | 组 | group | | | | | | field-list | | | |
         select_one compliance | A1 | 有没有防护罩 | guards | 看传动部位 | | yes | | | minimal | 安全生产法 第36条 | R P | EM FR | 甲
         text | A1_note | 说明 | note | | ${A1} = 'not_checked' | ${A1} = 'not_checked' | string-length(.) > 3 | 太短 | | | | |
         end_group | | | | | | | | | | | | |",
    );
    let settings = sheet(
        "settings",
        "form_title | form_id | version | default_language | x_item_list_version
         试验表 | trial | 2026.1 | 中文 (zh) | SD-2026-03",
    );
    let mut choices = choices();
    choices.1[0][2] = "label::中文 (zh)".to_owned();
    Form::from_xlsx(&xlsx(&[survey, choices, settings]), "trial.xlsx").unwrap()
}

#[test]
fn the_stored_text_is_as_it_was() {
    let stored: serde_json::Value = serde_json::from_str(&form().to_json()).unwrap();
    insta::assert_json_snapshot!(stored);
}

#[test]
fn a_stored_form_reads_back_equal() {
    let form = form();
    let again = Form::from_json(&form.to_json()).unwrap();
    assert_eq!(again, form);
    assert_eq!(again.to_json(), form.to_json());
    assert_eq!(again.item("A1").unwrap().evidence().collect::<String>(), "RP");
    assert_eq!(again.item("A1").unwrap().authorities().collect::<Vec<_>>(), ["EM", "FR"]);
    assert_eq!(again.item_list_version(), Some("SD-2026-03"));
}

#[test]
fn an_altered_stored_form_is_refused() {
    let json = form().to_json();
    let refused = |from: &str, to: &str| {
        let altered = json.replacen(from, to, 1);
        assert_ne!(altered, json, "{from} is not in the stored text");
        Form::from_json(&altered).unwrap_err().problems()[0].code
    };
    assert_eq!(refused("\"format\":1", "\"format\":2"), Code::BadStoredForm);
    assert_eq!(refused("\"title\"", "\"heading\""), Code::BadStoredForm);
    assert_eq!(refused("\"group\":\"G1\"", "\"group\":\"A1_note\""), Code::UnbalancedGroup);
    assert_eq!(refused("${A1}", "${A2}"), Code::UnknownReference);
    assert_eq!(
        refused("\"select_one\":\"compliance\"", "\"select_one\":\"gone\""),
        Code::UnknownList
    );
    assert_eq!(refused("\"name\":\"A1_note\"", "\"name\":\"A1\""), Code::DuplicateName);
    assert_eq!(Form::from_json("").unwrap_err().problems()[0].code, Code::BadStoredForm);
}
