//! Every input that the fuzz target keeps is asked the same questions in every test run.

use std::path::Path;
use std::time::{Duration, Instant};

use angen_forms::testing::replay;

/// Inputs take milliseconds; this leaves room for a loaded machine and an unoptimised build, and
/// still notices work that grows with the square of the input.
const TIME_PER_INPUT_MAX: Duration = Duration::from_secs(10);

#[test]
#[expect(clippy::disallowed_methods, reason = "how long an input takes is what is asked")]
fn the_corpus_of_workbooks_holds_no_surprise() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/workbook");
    let mut count = 0;
    let mut surprises = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the corpus is there") {
        let path = entry.expect("the folder can be read").path();
        let bytes = std::fs::read(&path).expect("the file can be read");
        let start = Instant::now();
        // A panic says only what is wrong; the name of the file says where.
        let asked = std::panic::catch_unwind(|| replay::workbook(&bytes));
        let took = start.elapsed();
        if asked.is_err() || took > TIME_PER_INPUT_MAX {
            surprises.push(format!("{} after {took:?}", path.display()));
        }
        count += 1;
    }
    assert!(surprises.is_empty(), "{surprises:#?}");
    assert!(count >= 25, "only {count} inputs in {}", folder.display());
}
