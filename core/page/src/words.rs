//! Words for fields and values without a package: what a terminal shows of them.

use angen_core::domain::china_time;
use angen_ledger::value::Value;
use angen_ledger::verify::Lang;

use crate::terms::Say;

/// What a field is called: its own name when this build does not know it.
#[must_use]
pub fn field_words(field: &str, lang: Lang) -> String {
    Say(lang).field(field)
}

/// A value of a field as people read it. Ids and hashes stand as they are.
#[must_use]
pub fn value_words(field: &str, value: &Value, lang: Lang) -> String {
    let say = Say(lang);
    let joined = |parts: Vec<String>, between: &str| parts.join(between);
    match value {
        Value::Null => "—".to_owned(),
        Value::Bool(true) => say.t("是", "yes").to_owned(),
        Value::Bool(false) => say.t("否", "no").to_owned(),
        Value::Int(ms) if matches!(field, "approved_at" | "registered_at" | "from" | "to") => {
            china_time(*ms)
        }
        Value::Int(number) => number.to_string(),
        Value::Text(text) => say.code(field, text),
        Value::Bytes(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        Value::Array(values) => {
            let values = values.iter().map(|value| value_words(field, value, lang)).collect();
            joined(values, say.t("、", ", "))
        }
        Value::Map(pairs) => {
            let colon = say.t("：", ": ");
            let told = pairs.iter().map(|(key, value)| {
                format!("{}{colon}{}", say.code(field, key), value_words(field, value, lang))
            });
            joined(told.collect(), say.t("；", "; "))
        }
    }
}
