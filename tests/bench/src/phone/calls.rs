//! The calls that are measured on both sides of the boundary, here in Rust.

use std::path::Path;
use std::time::{Duration, Instant};

use angen_core::action::{capture_evidence, dossiers, established, find_enterprises, today};
use angen_core::store::Store;
use angen_testing::township::{Township, capture};

use super::database::{REGISTER, WORKED};

/// Rows of a page, as the shells ask for them.
pub(super) const PAGE: usize = 50;

/// What the pages are searched for, there and here.
const WORDS: &str = "机械";

/// How often each is done, and the median or the mean taken; the same in Kotlin.
const CALLS: u32 = 20_000;
const PAGES: u32 = 200;
const TODAYS: u32 = 20;
const PHOTOS: usize = 9;

/// What each call took.
pub(super) struct Costs {
    /// A database of 100,000 enterprises opened, and a page of what is found.
    pub(super) open_register: Duration,
    /// A database of 100,000 ops opened, and its first list of dossiers.
    pub(super) open_worked: Duration,
    /// A call that gives little.
    pub(super) call: Duration,
    /// A page of what is found among 100,000 enterprises.
    pub(super) page: Duration,
    /// A page of dossiers.
    pub(super) dossiers: Duration,
    /// Today, with its twenty open checks.
    pub(super) today: Duration,
    /// A photo of 12 MiB captured by its path.
    pub(super) photo: Duration,
}

impl Costs {
    /// Measures in Rust, over the databases in a folder.
    pub(super) fn in_rust(folder: &Path, writer: angen_ledger::id::WriterId, now_ms: i64) -> Self {
        let register = folder.join(REGISTER);
        let (open_register, register) = opened(&register, |store| {
            assert_eq!(found(store), PAGE);
        });
        let (open_worked, worked) = opened(&folder.join(WORKED), |store| {
            assert_eq!(dossiers(store, None, None).expect("a page").rows.len(), PAGE);
        });
        Self {
            open_register,
            open_worked,
            call: mean(CALLS, || {
                std::hint::black_box(established(&register).expect("a township"));
            }),
            page: mean(PAGES, || {
                std::hint::black_box(found(&register));
            }),
            dossiers: mean(PAGES, || {
                std::hint::black_box(dossiers(&worked, None, None).expect("a page"));
            }),
            today: mean(TODAYS, || {
                std::hint::black_box(today(&worked, writer, now_ms).expect("today"));
            }),
            photo: photo(folder),
        }
    }
}

fn found(store: &Store) -> usize {
    find_enterprises(store, WORDS, None, PAGE).expect("a page").found.len()
}

fn opened(folder: &Path, first: impl FnOnce(&Store)) -> (Duration, Store) {
    let start = Instant::now();
    let store = Store::open(folder).expect("the database");
    first(&store);
    (start.elapsed(), store)
}

fn mean(times: u32, mut work: impl FnMut()) -> Duration {
    (0..times / 10).for_each(|_| work());
    let start = Instant::now();
    (0..times).for_each(|_| work());
    start.elapsed() / times
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
