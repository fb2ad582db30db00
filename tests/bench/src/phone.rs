//! The way over the boundary: the core as a JVM calls it, beside the same calls in Rust.
//!
//! Maven runs `CostsBench` of bindings/kotlin over the library as it is shipped: built for speed,
//! and stripped. Where Maven is missing, the page says so.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use angen_core::action::{capture_evidence, established, find_enterprises, import_rows};
use angen_core::store::Store;
use angen_testing::township::{Township, capture};

use crate::capture::photo_bytes;
use crate::ledger::{ledger, request};
use crate::report::{Report, ms};

/// Ops in the database that is opened: one for each enterprise.
const OPS: usize = 100_000;

/// Rows of one import.
const BATCH: usize = 20_000;

/// Rows of a page, as the shells ask for them.
const PAGE: usize = 50;

/// What the pages are searched for, there and here.
const WORDS: &str = "机械";

/// Calls, pages and photos that are averaged here.
const CALLS: u32 = 20_000;
const PAGES: u32 = 200;
const PHOTOS: usize = 9;

/// Where the figures are kept.
const PAGE_FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/benchmarks-phone.md");

/// Measures, prints and writes the page.
pub(crate) fn run() -> ExitCode {
    let mut report = Report::default();
    measure(&mut report);
    let text = format!(
        "# Benchmarks of the boundary\n\n\
         Written by `cargo xtask bench -- phone`.\n\
         The core as Kotlin calls it on a JVM, through JNA and the generated bindings, beside the same calls in Rust; both over the library as it is shipped, built for speed.\n\
         A JVM is not a phone: the ratios say what the boundary adds, the times say little.\n\n{}",
        report.to_table()
    );
    println!("{text}");
    std::fs::write(PAGE_FILE, text).expect("docs/ can be written");
    ExitCode::SUCCESS
}

fn measure(report: &mut Report) {
    let library = match library() {
        Ok(library) => library,
        Err(why) => return report.compare("the phones' library", why, "–".to_owned(), None),
    };
    size(report, &library);
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("photo.jpg"), photo_bytes()).expect("room for a photo");
    fill(&folder.path().join("register"));
    let direct = Direct::measured(folder.path());
    match Said::by_a_jvm(folder.path(), &library) {
        Ok(said) => tell(report, &said, &direct),
        Err(why) => report.compare("calls from Kotlin", why, "–".to_owned(), None),
    }
}

fn tell(report: &mut Report, said: &Said, direct: &Direct) {
    let pairs = [
        ("from Kotlin: open 100,000 ops and read a first page", said.open, direct.open),
        ("from Kotlin: one small call, and back", said.call, direct.call),
        ("from Kotlin: a page of 50 rows", said.page, direct.page),
        ("from Kotlin: capture a 12 MiB photo by its path", said.photo, direct.photo),
    ];
    for (work, ours, rust) in pairs {
        let ratio = ours.as_secs_f64() / rust.as_secs_f64();
        report.compare(work, time(ours), format!("{} called in Rust", time(rust)), Some(ratio));
    }
    report.compare(
        "memory of the JVM after all of that, its own included",
        mib(said.after_kib * 1024),
        format!("{} before the library is loaded", mib(said.before_kib * 1024)),
        None,
    );
}

/// A database with as many enterprises as there are ops wanted.
fn fill(folder: &Path) {
    let town = Township::build(folder, 9);
    let admin = town.desk(town.place.administrator);
    for from in (0..OPS).step_by(BATCH) {
        import_rows(&admin, &request(&ledger(from..from + BATCH))).expect("good rows");
    }
}

/// The library as it is shipped: built for speed, its symbols taken off. Bindgen reads the one
/// that has them.
fn library() -> Result<PathBuf, String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--release", "--quiet", "--package", "angen-bindings"]);
    if !cargo.status().is_ok_and(|status| status.success()) {
        return Err("not measured: cargo build failed".to_owned());
    }
    let own = std::env::current_exe().expect("this program");
    let built = own.with_file_name("libangen_bindings.so");
    let stripped = own.with_file_name("libangen_bindings.stripped.so");
    let strip = Command::new("strip").arg("-o").arg(&stripped).arg(&built).status();
    match strip {
        Ok(status) if status.success() => Ok(stripped),
        _ => Err("not measured: strip (binutils) is not here".to_owned()),
    }
}

fn size(report: &mut Report, library: &Path) {
    let bytes = |path: &Path| std::fs::metadata(path).map(|found| found.len()).unwrap_or(0);
    let with_symbols = library.with_file_name("libangen_bindings.so");
    report.compare(
        "the phones' library, stripped",
        mib(bytes(library)),
        format!("{} with its symbols", mib(bytes(&with_symbols))),
        None,
    );
}

/// The same calls without a boundary.
struct Direct {
    open: Duration,
    call: Duration,
    page: Duration,
    photo: Duration,
}

impl Direct {
    fn measured(folder: &Path) -> Self {
        let start = Instant::now();
        let store = Store::open(&folder.join("register")).expect("the database");
        let page = || find_enterprises(&store, WORDS, None, PAGE).expect("a page");
        assert_eq!(page().found.len(), PAGE);
        let open = start.elapsed();
        let mean = |times: u32, work: &dyn Fn()| {
            (0..times / 10).for_each(|_| work());
            let start = Instant::now();
            (0..times).for_each(|_| work());
            start.elapsed() / times
        };
        let call = mean(CALLS, &|| {
            std::hint::black_box(established(&store).expect("a township"));
        });
        let page = mean(PAGES, &|| {
            std::hint::black_box(page());
        });
        Self { open, call, page, photo: photo(folder) }
    }
}

fn photo(folder: &Path) -> Duration {
    let town = Township::build(&folder.join("direct"), 3);
    let desk = town.desk(town.cast.officers[0]);
    let mut times: Vec<Duration> = (0..PHOTOS)
        .map(|_| {
            let request = capture(folder.join("photo.jpg"), town.place.register);
            let start = Instant::now();
            capture_evidence(&desk, &request).expect("a photo is captured");
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[PHOTOS / 2]
}

/// What the JVM measured.
struct Said {
    open: Duration,
    call: Duration,
    page: Duration,
    photo: Duration,
    before_kib: u64,
    after_kib: u64,
}

impl Said {
    fn by_a_jvm(folder: &Path, library: &Path) -> Result<Self, String> {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../bindings/kotlin");
        if !project.join("generated/uniffi").is_dir() {
            return Err("not measured: `cargo xtask bindgen` was not run".to_owned());
        }
        let mut maven = Command::new("mvn");
        maven.args(["--batch-mode", "--quiet", "test", "-Dgroups=bench", "-Dangen.left.out=none"]);
        maven.arg(format!("-Dangen.costs.folder={}", folder.display()));
        maven.arg(format!("-Dangen.library={}", library.display()));
        if !maven.current_dir(project).status().is_ok_and(|status| status.success()) {
            return Err("not measured: Maven and a JDK are needed, or it failed".to_owned());
        }
        let said = std::fs::read(folder.join("costs.json")).map_err(|error| error.to_string())?;
        let said: serde_json::Value =
            serde_json::from_slice(&said).map_err(|error| error.to_string())?;
        let number = |name: &str| said[name].as_u64().ok_or(format!("{name} is missing"));
        let time = |name: &str| number(name).map(Duration::from_nanos);
        Ok(Self {
            open: time("open_ns")?,
            call: time("call_ns")?,
            page: time("page_ns")?,
            photo: time("photo_ns")?,
            before_kib: number("resident_before_kib")?,
            after_kib: number("resident_after_kib")?,
        })
    }
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
