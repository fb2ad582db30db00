//! One scenario from its first step to its digest: the clock, references, expectations.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use angen_bindings::{ApiError, Clock, Disk, HostError, Inspector, Keys, software_keys};
use angen_core::ports::ClockSource;
use angen_ledger::op::Moment;
use serde_json::{Value, json};

use crate::verbs;

/// The start of the device that every scenario runs on.
const BOOT: &str = "00000000-0000-4000-8000-000000000001";

/// Room enough for every scenario.
pub(crate) const FREE_BYTES: u64 = 1 << 36;

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

/// A disk with as much room as the test says.
struct ScenarioDisk(AtomicU64);

impl Disk for ScenarioDisk {
    fn free_bytes(&self, _place: PathBuf) -> Result<u64, HostError> {
        Ok(self.0.load(Ordering::SeqCst))
    }
}

/// Plays every step and gives the digest in which it ends.
pub(crate) fn play(scenario: &Value, files: &Path) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut kept = first_kept(scenario, files, folder.path());
    let mut phones = BTreeMap::new();
    for number in 0..steps(scenario) {
        let phone = scenario["steps"][number]["phone"].as_str();
        let stage = phones.entry(phone).or_insert_with(|| {
            let of_phone = |name: &str| match phone {
                Some(phone) => folder.path().join(format!("{name}-{phone}")),
                None => folder.path().join(name),
            };
            let name = scenario["name"].as_str().unwrap();
            Stage::open(of_phone(name), software_keys(of_phone("keys")), Kept::new())
        });
        // What one phone shows, another may scan.
        stage.kept = kept;
        stage.step(scenario, number);
        kept = std::mem::take(&mut stage.kept);
    }
    let digests: BTreeSet<String> = phones.values().map(Stage::digest).collect();
    assert_eq!(
        digests.len(),
        1,
        "{name}: the phones hold different things",
        name = scenario["name"]
    );
    digests.into_iter().next().unwrap_or_default()
}

/// How many steps a scenario has.
pub(crate) fn steps(scenario: &Value) -> usize {
    scenario["steps"].as_array().unwrap().len()
}

/// What is kept before the first step: the paths of the scenario's files, and of those that it
/// writes below `written`.
pub(crate) fn first_kept(scenario: &Value, files: &Path, written: &Path) -> Kept {
    Kept::from([("file".to_owned(), paths(&scenario["files"], files, written))])
}

/// Results that later steps speak of, by name.
pub(crate) type Kept = BTreeMap<String, Value>;

/// An open database with a scenario under way.
pub(crate) struct Stage {
    pub(crate) inspector: Arc<Inspector>,
    pub(crate) kept: Kept,
    clock: Arc<ScenarioClock>,
    disk: Arc<ScenarioDisk>,
}

impl Stage {
    /// Opens the database of a folder, behind the steps that gave what is kept.
    pub(crate) fn open(folder: PathBuf, keys: Arc<dyn Keys>, kept: Kept) -> Self {
        let clock = Arc::new(ScenarioClock(AtomicI64::new(0)));
        let disk = Arc::new(ScenarioDisk(AtomicU64::new(FREE_BYTES)));
        let inspector = Inspector::open(folder, clock.clone(), keys, disk.clone()).unwrap();
        Self { inspector, kept, clock, disk }
    }

    /// Plays one step: it gives what is expected and keeps what is to be kept, or fails as it must.
    pub(crate) fn step(&mut self, scenario: &Value, number: usize) {
        let step = &scenario["steps"][number];
        let place = format!("{}, step {}: {}", scenario["name"], number + 1, step["verb"]);
        let result = self.call(step);
        let Some(fails) = step.get("fails") else {
            let shown = result.unwrap_or_else(|error| panic!("{place}: {error:?}"));
            if let Some(expected) = step.get("expect") {
                meets(&place, &filled(expected, &self.kept), &shown);
            }
            if let Some(name) = step.get("keep") {
                self.kept.insert(name.as_str().unwrap().to_owned(), shown);
            }
            return;
        };
        let error = result.map_or_else(|error| error, |done| panic!("{place}: gave {done}"));
        meets(&place, fails, &failure(&error));
    }

    /// Calls the verb of a step, and gives what it shows.
    pub(crate) fn call(&self, step: &Value) -> Result<Value, ApiError> {
        let at_ms = step["at_ms"].as_i64().unwrap();
        self.clock.0.store(at_ms, Ordering::SeqCst);
        let (writer, with) = (filled(&step["as"], &self.kept), filled(&step["with"], &self.kept));
        let verb = step["verb"].as_str().unwrap();
        verbs::call(&self.inspector, verb, writer.as_str(), &with, at_ms)
    }

    /// Says how much room the disk has from now on.
    pub(crate) fn set_free_bytes(&self, bytes: u64) {
        self.disk.0.store(bytes, Ordering::SeqCst);
    }

    /// The digest of what is held.
    pub(crate) fn digest(&self) -> String {
        self.inspector.projection_digest().unwrap().to_string()
    }
}

/// The files of a scenario as absolute paths.
fn paths(files: &Value, folder: &Path, written: &Path) -> Value {
    let path = |name: &Value| {
        let name = name.as_str().unwrap();
        let path = name.strip_prefix("T/").map_or(folder.join(name), |name| written.join(name));
        json!(path.to_str().unwrap())
    };
    files.as_object().unwrap().iter().map(|(key, name)| (key.clone(), path(name))).collect()
}

/// A value with every reference replaced: `$name`, `$name.field`, or further down; and `base` laid
/// under what stands beside it.
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
    let mut names = reference.split('.');
    let name = names.next().unwrap();
    let value = kept.get(name).unwrap_or_else(|| panic!("nothing was kept as ${name}"));
    let inside = |value: &Value, name: &str| match name.parse::<usize>() {
        Ok(item) => value.get(item).cloned(),
        Err(_) => value.get(name).cloned(),
    };
    names.fold(value.clone(), |value, name| {
        inside(&value, name).unwrap_or_else(|| panic!("${reference}: no {name} in {value}"))
    })
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
