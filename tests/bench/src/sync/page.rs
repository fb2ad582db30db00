//! The page of the sync bench, and the figures on it that docs/scale.md is reckoned from.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

/// Figures by name, in the units that the name ends with.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Figures(BTreeMap<String, f64>);

/// What stands above the table of figures.
const HEADING: &str = "## Figures\n\n\
    What [scale.md](scale.md) is reckoned from.\n\n\
    | figure | value |\n|---|---|\n";

impl Figures {
    pub(crate) fn add(&mut self, name: &str, value: f64) {
        self.0.insert(name.to_owned(), value);
    }

    /// A figure that was measured.
    ///
    /// # Panics
    /// When it was not.
    pub(crate) fn get(&self, name: &str) -> f64 {
        *self.0.get(name).unwrap_or_else(|| panic!("{name} was not measured"))
    }

    /// A table. One digit behind the point: nothing was measured more closely.
    pub(crate) fn to_markdown(&self) -> String {
        let mut text = HEADING.to_owned();
        for (name, value) in &self.0 {
            let _ = writeln!(text, "| {name} | {value:.1} |");
        }
        text
    }

    /// The figures on a page.
    pub(crate) fn of_page(text: &str) -> Self {
        let Some((_, rows)) = text.split_once(HEADING) else { return Self::default() };
        let row = |line: &str| {
            let (name, value) = line.strip_prefix("| ")?.strip_suffix(" |")?.split_once(" | ")?;
            Some((name.to_owned(), value.parse().ok()?))
        };
        Self(rows.lines().map_while(row).collect())
    }
}

/// A page of the documentation.
pub(crate) fn docs(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name)
}

/// The middle of some times.
pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// How many in a second.
pub(crate) fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}
