//! From 54 townships to a country: what the measured figures come to, as the tables of a page.
//!
//! Every number is a measured figure, an input with its source, or the product of such. The prose
//! of docs/scale.md stands outside of the marked part, which this writes.

use std::fmt::Write as _;
use std::process::ExitCode;

use crate::sync::page::{Figures, docs};

const PAGE: &str = "scale.md";
const BEGIN: &str = "<!-- tables: written by cargo xtask bench -- scale -->\n";
const END: &str = "<!-- end of the tables -->\n";

const DAY_S: f64 = 86_400.0;
const GIB: f64 = 1_073_741_824.0;
const TIB: f64 = 1_024.0 * GIB;
const MIB: f64 = 1_048_576.0;

/// A number that is not measured here, and where it comes from.
struct Input {
    name: &'static str,
    value: f64,
    source: &'static str,
}

const fn input(name: &'static str, value: f64, source: &'static str) -> Input {
    Input { name, value, source }
}

const VISITS: Input = input(
    "visits of a township in a year",
    5_765.0 / 54.0,
    "the published plan of the model city: 5,765 visits of 54 townships in 2021",
);
const CASES: Input =
    input("cases of a township in a year", 8.0, "the same source: 8 filed cases on average");
const DEVICES: Input = input(
    "devices of a township",
    500_000.0 / 40_000.0,
    "given: 500,000 devices in 40,000 townships; the model city has 8 people in each",
);
const OPS_A_VISIT: Input = input(
    "ops of a visit",
    120.0,
    "assumed: 60 answers, 30 media, orders, re-check, signatures, custody",
);
const OPS_A_CASE: Input =
    input("ops of a case", 80.0, "as the case in the line `board` of benchmarks.md");
const OPS_A_PUSH: Input =
    input("ops of a submission", 5.0, "as measured in the line of 500 devices");
const PHOTOS: Input =
    input("media of a visit", 30.0, "field practice: 20 to 40 photos and 3 to 6 documents");
const PHOTO_MIB: Input =
    input("MiB of one of them", 4.0, "assumed: a phone's JPEG of 12 megapixels; no video");
const CASE_MIB: Input =
    input("MiB of media of a case", 600.0, "assumed: an hour of interview as compressed video");
const EXCHANGES: Input =
    input("exchanges of a device on a working day", 24.0, "assumed: one in 20 minutes of 8 hours");
const WORKING_DAYS: Input = input("working days of a year", 250.0, "the work calendar, rounded");
const BUSY_HOUR: Input = input(
    "share of a working day's traffic in its busiest hour",
    0.3,
    "assumed: back at the office",
);
const PEAK: Input =
    input("peak second over the mean of that hour", 3.0, "assumed: chance, and phones that wake");
const LOAD: Input = input(
    "share of what was measured that is planned with",
    0.5,
    "assumed: room for the unforeseen",
);
const SESSIONS: Input = input("sessions at once", 4_096.0, "the hub's limit `SESSIONS_MAX`");
const DISK_TIB: Input = input("TiB of a hub's disk", 16.0, "assumed: four disks of one server");

const INPUTS: [&Input; 16] = [
    &VISITS,
    &CASES,
    &DEVICES,
    &OPS_A_VISIT,
    &OPS_A_CASE,
    &OPS_A_PUSH,
    &PHOTOS,
    &PHOTO_MIB,
    &CASE_MIB,
    &EXCHANGES,
    &WORKING_DAYS,
    &BUSY_HOUR,
    &PEAK,
    &LOAD,
    &SESSIONS,
    &DISK_TIB,
];

/// Townships of one hub.
const LEVELS: [(&str, f64); 5] = [
    ("a county of 14", 14.0),
    ("the model city of 54", 54.0),
    ("a prefecture of 120", 120.0),
    ("a province of 1,290", 1_290.0),
    ("the country of 40,000", 40_000.0),
];

/// What so many townships ask of a hub.
struct Demand {
    devices: f64,
    ops_a_year: f64,
    records_a_year: f64,
    media_a_year: f64,
    exchanges_a_second: f64,
    pushes_a_second: f64,
    media_a_second: f64,
    memory: f64,
}

impl Demand {
    fn of(townships: f64, figures: &Figures) -> Self {
        let (visits, cases) = (townships * VISITS.value, townships * CASES.value);
        let devices = townships * DEVICES.value;
        let ops_a_year = visits * OPS_A_VISIT.value + cases * OPS_A_CASE.value;
        let media_mib = visits * PHOTOS.value * PHOTO_MIB.value + cases * CASE_MIB.value;
        // Work comes on working days, a part of a day's in one hour, and that unevenly.
        let at_peak = |a_day: f64| a_day * BUSY_HOUR.value / 3_600.0 * PEAK.value;
        let a_day = |a_year: f64| a_year / WORKING_DAYS.value;
        Self {
            devices,
            ops_a_year,
            records_a_year: ops_a_year * figures.get("hub_disk_bytes_per_op"),
            media_a_year: media_mib * MIB,
            exchanges_a_second: at_peak(devices * EXCHANGES.value),
            pushes_a_second: at_peak(a_day(ops_a_year / OPS_A_PUSH.value)),
            media_a_second: at_peak(a_day(media_mib)),
            memory: figures.get("hub_base_mib") * MIB
                + devices * figures.get("hub_bytes_per_device"),
        }
    }
}

/// Something that ends, and how much of it so many townships take.
struct Limit {
    what: &'static str,
    most: f64,
    unit: &'static str,
    taken: fn(&Demand) -> f64,
    then: &'static str,
}

fn limits(figures: &Figures) -> Vec<Limit> {
    let planned = |name: &str| figures.get(name) * LOAD.value;
    vec![
        Limit {
            what: "media on one disk in a year",
            most: DISK_TIB.value,
            unit: "TiB",
            taken: |demand| demand.media_a_year / TIB,
            then: "a blob store that is not one disk (S3-compatible, the same interface)",
        },
        Limit {
            what: "media at the peak",
            most: planned("upload_mib_per_second"),
            unit: "MiB/s",
            taken: |demand| demand.media_a_second,
            then: "a hub for each prefecture; media on unmetered networks spread over the night",
        },
        Limit {
            what: "sessions at once, when every device has one in the busy hour",
            most: SESSIONS.value,
            unit: "sessions",
            taken: |demand| demand.devices,
            then: "a hub for each prefecture; or a higher number, at less than 3 KiB a device as measured",
        },
        Limit {
            what: "whole exchanges at the peak",
            most: planned("idle_exchanges_per_second"),
            unit: "exchanges/s",
            taken: |demand| demand.exchanges_a_second,
            then: "sessions that are kept between exchanges; a hub for each prefecture",
        },
        Limit {
            what: "submissions at the peak",
            most: planned("submissions_per_second"),
            unit: "submissions/s",
            taken: |demand| demand.pushes_a_second,
            then: "several submissions in one commit; a hub for each prefecture",
        },
    ]
}

/// Writes the tables into the page; with `check`, only says whether they are there already.
pub(crate) fn write(figures: &Figures, is_check: bool) -> ExitCode {
    let text = std::fs::read_to_string(docs(PAGE)).expect("the page is there");
    let (before, rest) = text.split_once(BEGIN).expect("the page has a marked part");
    let (_, after) = rest.split_once(END).expect("the marked part ends");
    let page = format!("{before}{BEGIN}{}{END}{after}", tables(figures));
    if is_check {
        return if page == text { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    std::fs::write(docs(PAGE), page).expect("docs/ can be written");
    ExitCode::SUCCESS
}

fn tables(figures: &Figures) -> String {
    let mut text = String::from("\n## Inputs\n\n| input | value | from |\n|---|---|---|\n");
    for Input { name, value, source } in INPUTS {
        let _ = writeln!(text, "| {name} | {} | {source} |", exact(*value));
    }
    text.push_str(
        "\n## What is asked of one hub\n\n\
         | townships | devices | ops a year | records a year | media a year | exchanges/s at the \
         peak | submissions/s | media MiB/s | memory |\n|---|---|---|---|---|---|---|---|---|\n",
    );
    for (name, townships) in LEVELS {
        let demand = Demand::of(townships, figures);
        let _ = writeln!(
            text,
            "| {name} | {} | {} | {} GiB | {} TiB | {} | {} | {} | {} MiB |",
            short(demand.devices),
            short(demand.ops_a_year),
            short(demand.records_a_year / GIB),
            short(demand.media_a_year / TIB),
            short(demand.exchanges_a_second),
            short(demand.pushes_a_second),
            short(demand.media_a_second),
            short(demand.memory / MIB),
        );
    }
    text.push_str(&breaking(figures));
    text.push_str(&partitions(figures));
    text.push('\n');
    text
}

/// The limits by how many townships of one hub reach them.
fn breaking(figures: &Figures) -> String {
    let one = Demand::of(1.0, figures);
    let mut limits = limits(figures);
    let townships = |limit: &Limit| limit.most / (limit.taken)(&one);
    limits.sort_by(|a, b| townships(a).total_cmp(&townships(b)));
    let mut text = String::from(
        "\n## What breaks first\n\n\
         | on one hub | most | reached with | what carries it then |\n|---|---|---|---|\n",
    );
    for limit in &limits {
        let Limit { what, most, unit, then, .. } = limit;
        let (reached, most) = (short(townships(limit)), exact(*most));
        let _ = writeln!(text, "| {what} | {most} {unit} | {reached} townships | {then} |");
    }
    text
}

/// How many hubs a country needs, by how many townships each has.
fn partitions(figures: &Figures) -> String {
    let all = Demand::of(LEVELS[4].1, figures);
    let mut text = String::from(
        "\n## Partitions of the country\n\n\
         | hubs | townships of each | submissions/s of each at the peak | of what is planned with | \
         exchanges/s | of what is planned with | media of each a year |\n|---|---|---|---|---|---|---|\n",
    );
    for (name, townships) in &LEVELS[..4] {
        let hubs = LEVELS[4].1 / townships;
        let part = |whole: f64, name: &str| 100.0 * whole / hubs / (figures.get(name) * LOAD.value);
        let _ = writeln!(
            text,
            "| {} | {name} | {} | {} % | {} | {} % | {} TiB |",
            short(hubs),
            short(all.pushes_a_second / hubs),
            short(part(all.pushes_a_second, "submissions_per_second")),
            short(all.exchanges_a_second / hubs),
            short(part(all.exchanges_a_second, "idle_exchanges_per_second")),
            short(all.media_a_year / hubs / TIB),
        );
    }
    let one = Demand::of(1.0, figures);
    let bytes = all.devices * one.ops_a_year * figures.get("pull_bytes_per_op");
    let a_second = figures.get("pull_ops_per_second") * figures.get("pull_bytes_per_op");
    let _ = writeln!(
        text,
        "\nShould every device of the country fetch a year of its township anew, {} TiB of records \
         travel: {} days of one hub, {} minutes of a hub for each prefecture.",
        short(bytes / TIB),
        short(bytes / a_second / DAY_S),
        short(bytes / a_second / 60.0 / (LEVELS[4].1 / LEVELS[2].1)),
    );
    text
}

/// A whole number as it is, another one shortened.
fn exact(value: f64) -> String {
    if value.fract() == 0.0 { grouped(&format!("{value:.0}")) } else { short(value) }
}

/// A number with three digits that count, and a comma at the thousands.
fn short(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let digits = (2 - value.abs().log10().floor() as i32).max(0) as usize;
    let unit = 10_f64.powi(2 - value.abs().log10().floor() as i32);
    let rounded = (value * unit).round() / unit;
    let text = format!("{rounded:.digits$}");
    let text = match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    };
    grouped(&text)
}

/// Digits with a comma at the thousands.
fn grouped(text: &str) -> String {
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}
