//! The Swift tests: the real core under the iOS shell's view models, through the generated
//! bindings.
use std::path::Path;
use std::process::{Command, Stdio};

use crate::need;
use crate::step::Step;

/// The Swift package; without it these steps are skipped.
const SWIFT_PACKAGE: &str = "ios-shell/Package.swift";

/// What people wrote in Swift; the generated source is nobody's to format.
const WRITTEN: [&str; 5] = ["App", "Package.swift", "Sources", "Stubs", "Tests"];

/// What the scenarios' digests hang on: every player sets the same.
const SEED: (&str, &str) = ("ANGEN_SEEDED_CHANCE", "angen-scenarios");

/// Whether this machine lets its user mount something in a namespace of their own, as swift.sh
/// does; a container without the right to do so has no Swift.
fn may_mount() -> bool {
    let probe = "user=; [ \"$(id -u)\" = 0 ] || user='--user --map-root-user'; \
                 exec unshare $user --fork --pid --mount mount -t proc proc /proc";
    let quiet = |command: &mut Command| {
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
    };
    quiet(Command::new("sh").args(["-c", probe]))
}

fn where_it_runs(step: Step, root: &Path) -> Step {
    let why = || "nothing may be mounted here, and Swift needs a root folder".to_owned();
    step.only_where(root, SWIFT_PACKAGE).skip_unless(may_mount(), why)
}

/// Fetches Swift in the background while Cargo builds what comes before its tests.
pub(crate) fn start(root: &Path) -> Step {
    let start = ["sh", "ios-shell/toolchain/install.sh", "--start"];
    where_it_runs(Step::new("swift-root", start), root)
}

/// Write the Swift source from the built library, look at the style, run the tests. SwiftPM's own
/// build is below `target`, so that the tree stays clean.
pub(crate) fn steps(root: &Path) -> Vec<Step> {
    let generate = Step::new("swift-bindgen", ["sh", "ios-shell/toolchain/generate.sh"])
        .needs(&[&need::C_COMPILER]);
    let lint = ["swift", "format", "lint", "--strict", "--recursive"];
    let lint = Step::new("swift-format", swift(lint.into_iter().chain(WRITTEN)));
    let test = ["swift", "test", "--disable-xctest", "--scratch-path", "../target/swift-build"];
    let test = Step::new("swift", swift(test)).env(SEED.0, SEED.1).errors_read();
    [generate, lint, test].map(|step| where_it_runs(step, root)).into()
}

/// A command in the tool chain's own root folder, which a plain user can enter as well.
fn swift<'a>(command: impl IntoIterator<Item = &'a str>) -> impl IntoIterator<Item = &'a str> {
    ["sh", "ios-shell/toolchain/swift.sh"].into_iter().chain(command)
}
