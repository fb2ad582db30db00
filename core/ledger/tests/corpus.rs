//! Every input that the fuzz targets keep is asked the same questions in every test run.

use std::path::Path;

use angen_ledger::testing::replay;

fn replay_all(target: &str, ask: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).expect("the corpus is there") {
        let path = entry.expect("the folder can be read").path();
        let bytes = std::fs::read(&path).expect("the file can be read");
        // A panic says only what is wrong; the name of the file says where.
        let asked = std::panic::catch_unwind(|| ask(&bytes));
        assert!(asked.is_ok(), "{}", path.display());
        count += 1;
    }
    assert!(count >= 25, "only {count} inputs in {}", folder.display());
}

#[test]
fn the_corpus_of_ops_holds_no_surprise() {
    replay_all("op", replay::op);
}

#[test]
fn the_corpus_of_packages_holds_no_surprise() {
    replay_all("package", replay::package);
}

#[test]
fn the_corpus_of_bundles_holds_no_surprise() {
    replay_all("bundle", replay::bundle);
}
