//! The Swift tests: the real core under the iOS shell's view models, through the generated
//! bindings.
use std::path::Path;

use crate::need;
use crate::step::Step;

/// The Swift package; without it these steps are skipped.
const SWIFT_PACKAGE: &str = "ios-shell/Package.swift";

/// What people wrote in Swift; the generated source is nobody's to format.
const WRITTEN: [&str; 5] = ["App", "Package.swift", "Sources", "Stubs", "Tests"];

/// What the scenarios' digests hang on: every player sets the same.
const SEED: (&str, &str) = ("ANGEN_SEEDED_CHANCE", "angen-scenarios");

/// Fetches Swift in the background while Cargo builds what comes before its tests.
pub(crate) fn start(root: &Path) -> Step {
    Step::new("swift-root", ["sh", "ios-shell/toolchain/install.sh", "--start"])
        .only_where(root, SWIFT_PACKAGE)
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
    [generate, lint, test].map(|step| step.only_where(root, SWIFT_PACKAGE)).into()
}

/// A command in the tool chain's own root folder, which a plain user can enter as well.
fn swift<'a>(command: impl IntoIterator<Item = &'a str>) -> impl IntoIterator<Item = &'a str> {
    ["sh", "ios-shell/toolchain/swift.sh"].into_iter().chain(command)
}
