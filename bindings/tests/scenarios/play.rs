//! One scenario from its first step to its digest: the clock, references, expectations.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use angen_bindings::{ApiError, Clock, Disk, HostError, Inspector, software_keys};
use angen_core::ports::ClockSource;
use angen_ledger::op::Moment;
use serde_json::{Value, json};

use crate::verbs;

/// The start of the device that every scenario runs on.
const BOOT: &str = "00000000-0000-4000-8000-000000000001";

/// Room enough for every scenario.
const FREE_BYTES: u64 = 1 << 36;

/// The clock of the step that is played.
struct ScenarioClock(AtomicI64);

impl Clock for ScenarioClock {
    fn now(&self) -> Result<Moment, HostError> {
        let wall_ms = self.0.load(Ordering::SeqCst);
        Ok(Moment { wall_ms, mono_ms: wall_ms.cast_unsigned(), boot: BOOT.parse().unwrap() })
    }

    fn source(&self) -> Result<ClockSource, HostError> {
        Ok(ClockSource::Manual)
    }
}

struct EmptyDisk;

impl Disk for EmptyDisk {
    fn free_bytes(&self, _place: PathBuf) -> Result<u64, HostError> {
        Ok(FREE_BYTES)
    }
}

/// Plays every step and gives the digest in which it ends.
pub(crate) fn play(scenario: &Value, files: &Path) -> String {
    let name = scenario["name"].as_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ScenarioClock(AtomicI64::new(0)));
    let keys = software_keys(folder.path().join("keys"));
    let inspector =
        Inspector::open(folder.path().join(name), clock.clone(), keys, Arc::new(EmptyDisk))
            .unwrap();
    let mut kept: BTreeMap<String, Value> = BTreeMap::new();
    kept.insert("file".to_owned(), paths(&scenario["files"], files));
    for (number, step) in scenario["steps"].as_array().unwrap().iter().enumerate() {
        let place = format!("{name}, step {}: {}", number + 1, step["verb"]);
        let at_ms = step["at_ms"].as_i64().unwrap();
        clock.0.store(at_ms, Ordering::SeqCst);
        let (writer, with) = (filled(&step["as"], &kept), filled(&step["with"], &kept));
        let verb = step["verb"].as_str().unwrap();
        let result = verbs::call(&inspector, verb, writer.as_str(), &with, at_ms);
        let Some(fails) = step.get("fails") else {
            let shown = result.unwrap_or_else(|error| panic!("{place}: {error:?}"));
            if let Some(expected) = step.get("expect") {
                meets(&place, &filled(expected, &kept), &shown);
            }
            if let Some(name) = step.get("keep") {
                kept.insert(name.as_str().unwrap().to_owned(), shown);
            }
            continue;
        };
        let error = result.map_or_else(|error| error, |done| panic!("{place}: gave {done}"));
        meets(&place, fails, &failure(&error));
    }
    inspector.projection_digest().unwrap().to_string()
}

/// The files of a scenario as absolute paths.
fn paths(files: &Value, folder: &Path) -> Value {
    let path = |name: &Value| json!(folder.join(name.as_str().unwrap()).to_str().unwrap());
    files.as_object().unwrap().iter().map(|(key, name)| (key.clone(), path(name))).collect()
}

/// A value with every reference replaced: `$name` or `$name.field`; and `base` laid under what
/// stands beside it.
fn filled(value: &Value, kept: &BTreeMap<String, Value>) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix('$') {
            Some(reference) => referred(reference, kept),
            None => value.clone(),
        },
        Value::Array(items) => items.iter().map(|item| filled(item, kept)).collect(),
        Value::Object(fields) => {
            let mut all = match fields.get("base") {
                Some(base) => filled(base, kept).as_object().unwrap().clone(),
                None => serde_json::Map::new(),
            };
            let beside = fields.iter().filter(|(name, _)| *name != "base");
            all.extend(beside.map(|(name, value)| (name.clone(), filled(value, kept))));
            Value::Object(all)
        }
        other => other.clone(),
    }
}

fn referred(reference: &str, kept: &BTreeMap<String, Value>) -> Value {
    let (name, field) = reference.split_once('.').unwrap_or((reference, ""));
    let value = kept.get(name).unwrap_or_else(|| panic!("nothing was kept as ${name}"));
    if field.is_empty() {
        return value.clone();
    }
    value.get(field).unwrap_or_else(|| panic!("${name} has no {field}")).clone()
}

/// Whether a result has what is expected: of an object the fields that are named, of a list every
/// item in order, else the value itself.
fn meets(place: &str, expected: &Value, shown: &Value) {
    match (expected, shown) {
        (Value::Object(fields), Value::Object(_)) => {
            for (name, value) in fields {
                let field = shown.get(name);
                let field = field.unwrap_or_else(|| panic!("{place}: no {name} in {shown}"));
                meets(&format!("{place}.{name}"), value, field);
            }
        }
        (Value::Array(items), Value::Array(found)) => {
            assert_eq!(items.len(), found.len(), "{place}: {shown}");
            items.iter().zip(found).for_each(|(item, found)| meets(place, item, found));
        }
        _ => assert_eq!(shown, expected, "{place}"),
    }
}

/// The name of an error's variant, and its place where it has one.
fn failure(error: &ApiError) -> Value {
    let text = format!("{error:?}");
    let kind = text.split([' ', '{', '(']).next().unwrap_or_default();
    let place = match error {
        ApiError::Invalid { place, .. } => Some(place),
        _ => None,
    };
    json!({"kind": kind, "place": place})
}
