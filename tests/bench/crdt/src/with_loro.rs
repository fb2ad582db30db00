//! The records in Loro: a map of maps, sent as its updates.

use std::time::Instant;

use loro::{ExportMode, LoroDoc, LoroMap, LoroValue};
use serde_json::Value;

use crate::Merged;

pub(crate) fn merge(rows: &[Value]) -> Merged {
    let (full, empty) = (LoroDoc::new(), LoroDoc::new());
    let records = full.get_map("records");
    for row in rows {
        let id = row["_id"].as_str().expect("an id");
        let fields = records.insert_container(id, LoroMap::new()).expect("a new record");
        for name in ["item", "value", "note"] {
            fields.insert(name, row[name].as_str().expect("a text")).expect("a field");
        }
        fields.insert("amount", row["amount"].as_i64().expect("a number")).expect("a field");
    }
    full.commit();
    let begin = Instant::now();
    let updates = full.export(ExportMode::all_updates()).expect("it is written");
    empty.import(&updates).expect("it is applied");
    let time = begin.elapsed();
    let LoroValue::Map(merged) = empty.get_map("records").get_deep_value() else {
        panic!("the records are a map")
    };
    let line = |(id, record): (&String, &LoroValue)| {
        let LoroValue::Map(fields) = record else { panic!("a record is a map") };
        let text = |name: &str| match fields.get(name) {
            Some(LoroValue::String(text)) => text.to_string(),
            other => panic!("no text: {other:?}"),
        };
        let Some(LoroValue::I64(amount)) = fields.get("amount") else { panic!("no number") };
        format!("{id} {} {} {} {amount}\n", text("item"), text("value"), text("note"))
    };
    Merged { time, bytes: updates.len(), lines: merged.iter().map(line).collect() }
}
