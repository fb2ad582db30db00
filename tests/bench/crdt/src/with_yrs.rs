//! The records in yrs: a map of maps.

use std::time::Instant;

use serde_json::Value;
use yrs::any::Number;
use yrs::updates::decoder::Decode;
use yrs::{Any, Doc, Map, MapPrelim, Out, ReadTxn, StateVector, Transact, Update};

use crate::Merged;

pub(crate) fn merge(rows: &[Value]) -> Merged {
    let (full, empty) = (Doc::new(), Doc::new());
    let records = full.get_or_insert_map("records");
    {
        let mut txn = full.transact_mut();
        for row in rows {
            let text = |name: &str| Any::from(row[name].as_str().expect("a text"));
            let amount = Any::from(row["amount"].as_i64().expect("a number"));
            let names = ["item", "value", "note"].map(|name| (name, text(name)));
            let fields: MapPrelim = names.into_iter().chain([("amount", amount)]).collect();
            records.insert(&mut txn, row["_id"].as_str().expect("an id"), fields);
        }
    }
    let begin = Instant::now();
    let update = full.transact().encode_state_as_update_v1(&StateVector::default());
    let decoded = Update::decode_v1(&update).expect("an update");
    let merged = empty.get_or_insert_map("records");
    empty.transact_mut().apply_update(decoded).expect("it is applied");
    let time = begin.elapsed();
    let txn = empty.transact();
    let line = |(id, record): (&str, Out)| {
        let Out::YMap(fields) = record else { panic!("a record is a map") };
        let text = |name: &str| match fields.get(&txn, name) {
            Some(Out::Any(Any::String(text))) => text.to_string(),
            other => panic!("no text: {other:?}"),
        };
        let amount = match fields.get(&txn, "amount") {
            Some(Out::Any(Any::Number(Number::Int(amount)))) => amount,
            other => panic!("no number: {other:?}"),
        };
        format!("{id} {} {} {} {amount}\n", text("item"), text("value"), text("note"))
    };
    Merged { time, bytes: update.len(), lines: merged.iter(&txn).map(line).collect() }
}
