//! What a phone carries and waits for: the library's size, the way over the boundary from a JVM
//! beside the same calls in Rust, and those beside what SQLite and the disk take for it alone.
//!
//! Where Maven or the encrypting build is missing, the page says so.

mod calls;
mod database;
mod floor;
mod kotlin;
mod library;

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use crate::capture::photo_bytes;
use crate::report::{Report, ms};

use calls::Costs;

/// What opening a database with its first list may take, in milliseconds.
const OPEN_MS_MAX: u128 = 50;

/// What a page of a list may take.
const PAGE_MS_MAX: u128 = 10;

/// Where the figures are kept.
const PAGE_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/benchmarks-phone.md");

/// Measures, prints and writes the page.
pub(crate) fn run() -> ExitCode {
    let mut report = Report::default();
    measure(&mut report);
    let text = format!(
        "# Benchmarks of a phone\n\n\
         Written by `cargo xtask bench -- phone`.\n\
         First the library as an app carries it, then the core as Rust calls it beside SQLite and the disk alone.\n\
         Then the core as Kotlin calls it on a JVM, through JNA and the generated bindings, beside the same calls in Rust; the first database that is opened there loads the library as well.\n\
         A server is not a phone: the ratios say what the core and the boundary add, the times say little.\n\
         The databases hold 100,000 ops: one as enterprises of a register, one as 250 open checks with 400 ops each.\n\n{}",
        report.to_table()
    );
    println!("{text}");
    std::fs::write(PAGE_FILE, text).expect("docs/ can be written");
    ExitCode::SUCCESS
}

fn measure(report: &mut Report) {
    let library = library::sizes(report);
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    std::fs::write(folder.join("photo.jpg"), photo_bytes()).expect("room for a photo");
    database::fill_register(folder);
    let (writer, now_ms) = {
        let town = database::fill_worked(folder);
        (town.cast.officers[0], town.ports.clock.now().wall_ms)
    };
    std::fs::write(folder.join("writer"), writer.to_string()).expect("room");
    std::fs::write(folder.join("now_ms"), now_ms.to_string()).expect("room");
    let rust = Costs::in_rust(folder, writer, now_ms);
    tell_core(report, &rust, folder);
    match library.and_then(|library| kotlin::measure(folder, &library)) {
        Ok(said) => tell_boundary(report, &said, &rust),
        Err(why) => report.compare("calls from Kotlin", why, "–".to_owned(), None),
    }
}

/// The core beside its floors.
fn tell_core(report: &mut Report, rust: &Costs, folder: &Path) {
    let mut add = |work: &str, ours: Duration, (floor, what): (Duration, &str), most: u128| {
        let ratio = ours.as_secs_f64() / floor.as_secs_f64();
        let (target, met) = (format!("{most} ms"), ours.as_millis() < most);
        let floor = format!("{} {what}", time(floor));
        report.add(work, time(ours), floor, Some(ratio), &target, met);
    };
    let list = (floor::open_and_page(folder), "SQLite opens it and reads 50 rows");
    add(
        "open 100,000 ops and read the first list of dossiers",
        rust.open_worked,
        list,
        OPEN_MS_MAX,
    );
    add("open 100,000 enterprises and find a first page", rust.open_register, list, OPEN_MS_MAX);
    add("a page of 50 dossiers of 250", rust.dossiers, list, PAGE_MS_MAX);
    let rows = (floor::today(folder), "SQLite reads their ops");
    add("today: 20 open checks of 250, what each lacks", rust.today, rows, OPEN_MS_MAX);
    let photo = (floor::photo(folder), "read, hashed once, written, synced");
    let ratio = rust.photo.as_secs_f64() / photo.0.as_secs_f64();
    report.compare(
        "capture a 12 MiB photo by its path: two hashes, encrypted, synced, signed",
        time(rust.photo),
        format!("{} {}", time(photo.0), photo.1),
        Some(ratio),
    );
}

/// Kotlin beside Rust.
fn tell_boundary(report: &mut Report, said: &kotlin::Said, rust: &Costs) {
    let jvm = &said.costs;
    let pairs = [
        ("open 100,000 ops and read the first list of dossiers", jvm.open_worked, rust.open_worked),
        ("open 100,000 enterprises and find a first page", jvm.open_register, rust.open_register),
        ("one small call, and back", jvm.call, rust.call),
        ("a page of 50 enterprises", jvm.page, rust.page),
        ("a page of 50 dossiers", jvm.dossiers, rust.dossiers),
        ("today", jvm.today, rust.today),
        ("capture a 12 MiB photo by its path", jvm.photo, rust.photo),
    ];
    for (work, ours, rust) in pairs {
        let ratio = ours.as_secs_f64() / rust.as_secs_f64();
        let work = format!("from Kotlin: {work}");
        report.compare(&work, time(ours), format!("{} called in Rust", time(rust)), Some(ratio));
    }
    report.compare(
        "memory of the JVM after all of that, its own included",
        mib(said.after_kib * 1024),
        format!("{} before the library is loaded", mib(said.before_kib * 1024)),
        None,
    );
}

fn time(time: Duration) -> String {
    if time < Duration::from_micros(500) {
        format!("{:.1} µs", time.as_secs_f64() * 1e6)
    } else {
        ms(time)
    }
}

fn mib(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20))
}
