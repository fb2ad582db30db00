//! Figures beside their floors, as a table.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// Turns of a measurement and its floor. Odd, so that the median is one of them.
pub(crate) const TURNS: usize = 5;

/// One line of the table.
struct Line {
    work: String,
    ours: String,
    floor: String,
    ratio: String,
    target: String,
    met: &'static str,
}

/// The table.
#[derive(Default)]
pub(crate) struct Report {
    lines: Vec<Line>,
}

/// A measurement and its floor, taken in turn.
pub(crate) struct Pair {
    /// Median of ours.
    pub(crate) ours: Duration,
    /// Median of the floor.
    pub(crate) floor: Duration,
    /// Median of the ratios, turn by turn.
    pub(crate) ratio: f64,
}

/// Measures two pieces of work in turn.
pub(crate) fn in_turn(mut ours: impl FnMut(usize), mut floor: impl FnMut(usize)) -> Pair {
    // One turn that does not count warms caches on both sides.
    floor(TURNS);
    ours(TURNS);
    let mut times: Vec<(Duration, Duration)> = Vec::new();
    for turn in 0..TURNS {
        let start = Instant::now();
        floor(turn);
        let floor_time = start.elapsed();
        let start = Instant::now();
        ours(turn);
        times.push((start.elapsed(), floor_time));
    }
    let mut ratios: Vec<f64> =
        times.iter().map(|(ours, floor)| ours.as_secs_f64() / floor.as_secs_f64()).collect();
    ratios.sort_by(f64::total_cmp);
    let median = |mut all: Vec<Duration>| {
        all.sort();
        all[TURNS / 2]
    };
    Pair {
        ours: median(times.iter().map(|pair| pair.0).collect()),
        floor: median(times.iter().map(|pair| pair.1).collect()),
        ratio: ratios[TURNS / 2],
    }
}

impl Report {
    /// Adds a figure beside its floor. `met` tells whether the target is met.
    pub(crate) fn add(
        &mut self,
        work: &str,
        ours: String,
        floor: String,
        ratio: Option<f64>,
        target: &str,
        met: bool,
    ) {
        let met = if met { "yes" } else { "**no**" };
        self.push(work, (ours, floor, ratio), target, met);
    }

    /// Adds a figure beside another one, with no target set.
    pub(crate) fn compare(&mut self, work: &str, ours: String, other: String, ratio: Option<f64>) {
        self.push(work, (ours, other, ratio), "–", "–");
    }

    fn push(
        &mut self,
        work: &str,
        (ours, floor, ratio): (String, String, Option<f64>),
        target: &str,
        met: &'static str,
    ) {
        let ratio = ratio.map_or_else(|| "–".to_owned(), |ratio| format!("{ratio:.2}"));
        // A run takes minutes, and what it has is not lost should a later part fail.
        eprintln!("{work}: {ours} | {floor} | {ratio}");
        let (work, target) = (work.to_owned(), target.to_owned());
        self.lines.push(Line { work, ours, floor, ratio, target, met });
    }

    /// The table, with what it was measured on.
    pub(crate) fn to_markdown(&self) -> String {
        let mut text = String::from(
            "# Benchmarks\n\n\
             Written by `cargo xtask bench`.\n\
             Each figure stands beside a floor that does the same work without what makes it evidence, measured in turn in the same run; medians of 5 turns.\n\
             A ratio says more than a time: the machine is shared.\n\n",
        );
        text.push_str(&self.to_table());
        text
    }

    /// The table alone, with what it was measured on.
    pub(crate) fn to_table(&self) -> String {
        let mut text = format!("Measured on: {}.\n\n", machine());
        text.push_str(
            "| work | ours | floor | ratio | target | met |\n|---|---|---|---|---|---|\n",
        );
        for line in &self.lines {
            let Line { work, ours, floor, ratio, target, met } = line;
            let _ = writeln!(text, "| {work} | {ours} | {floor} | {ratio} | {target} | {met} |");
        }
        text
    }
}

fn machine() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let model = model.trim_start_matches([':', '\t', ' ']).to_owned();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores, {model}, {}", std::env::consts::OS)
}

/// A time for people.
pub(crate) fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
