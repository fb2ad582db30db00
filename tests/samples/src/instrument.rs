//! A four-gas detector (四合一气体检测仪): its readings, and the CSV file that it exports.

use std::fmt::Write as _;

use fastrand::Rng;

use crate::exif::china_time;

/// Seconds between two readings of the log.
const STEP_SECONDS: i64 = 10;
/// Readings at each depth: one minute, as sampling through a hose needs.
const READINGS_PER_DEPTH: i64 = 6;
/// Days since the last calibration when the visit begins; within the year that rules allow.
const CALIBRATED_DAYS_BEFORE: i64 = 120;
const DAY_MS: i64 = 24 * 3600 * 1000;
/// What the air under each opening is like: depth, oxygen in % by volume, H2S in ppm.
const DEPTHS: [(&str, f64, f64); 3] = [("上", 20.7, 1.0), ("中", 20.1, 5.0), ("下", 19.2, 12.6)];

/// One line of the log.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reading {
    pub(crate) time_ms: i64,
    pub(crate) depth: &'static str,
    pub(crate) oxygen_percent: f64,
    pub(crate) carbon_monoxide_ppm: f64,
    pub(crate) hydrogen_sulfide_ppm: f64,
    pub(crate) combustible_percent_lel: f64,
}

/// The number on the instrument; invented.
pub(crate) fn number(seed: u64) -> String {
    format!("AS4-{:06}", Rng::with_seed(seed ^ 0x6761_7334).u32(..1_000_000))
}

/// The log that ends at `end_ms`: from the top of the space down, worse with depth.
pub(crate) fn log(seed: u64, end_ms: i64) -> Vec<Reading> {
    let mut rng = Rng::with_seed(seed ^ 0x7265_6164);
    let count = READINGS_PER_DEPTH * DEPTHS.len() as i64;
    let first_ms = end_ms - (count - 1) * STEP_SECONDS * 1000;
    let mut readings = Vec::new();
    for (depth, oxygen_percent, hydrogen_sulfide_ppm) in DEPTHS {
        for _ in 0..READINGS_PER_DEPTH {
            let tremble = rng.f64() - 0.5;
            readings.push(Reading {
                time_ms: first_ms + readings.len() as i64 * STEP_SECONDS * 1000,
                depth,
                oxygen_percent: oxygen_percent + tremble * 0.2,
                carbon_monoxide_ppm: (3.0 + hydrogen_sulfide_ppm / 3.0 + tremble * 2.0).round(),
                hydrogen_sulfide_ppm: hydrogen_sulfide_ppm + tremble,
                combustible_percent_lel: (hydrogen_sulfide_ppm / 4.0 + tremble).round().max(0.0),
            });
        }
    }
    readings
}

/// The export: three lines about the instrument, then a table; UTF-8, lines end with CR LF.
pub(crate) fn csv(seed: u64, end_ms: i64) -> Vec<u8> {
    let calibrated = china_time(end_ms - CALIBRATED_DAYS_BEFORE * DAY_MS).format("%Y-%m-%d");
    let mut text = format!(
        "# instrument_number,{}\r\n# model,AS-4 four-gas detector\r\n# calibrated_on,{calibrated}\r\n",
        number(seed)
    );
    text.push_str("time,depth,O2_%VOL,CO_ppm,H2S_ppm,CH4_%LEL\r\n");
    for reading in log(seed, end_ms) {
        write!(
            text,
            "{},{},{:.1},{:.0},{:.1},{:.0}\r\n",
            china_time(reading.time_ms).format("%Y-%m-%dT%H:%M:%S%:z"),
            reading.depth,
            reading.oxygen_percent,
            reading.carbon_monoxide_ppm,
            reading.hydrogen_sulfide_ppm,
            reading.combustible_percent_lel,
        )
        .expect("a string takes what is written to it");
    }
    text.into_bytes()
}
