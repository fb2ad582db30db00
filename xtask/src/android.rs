//! The Android shell's tests: its real screens under Robolectric, over the real core.
use std::path::Path;

use crate::kotlin::bindgen;
use crate::need;
use crate::step::Step;

/// Where the Maven project of the Android shell is; without it these steps are skipped.
const ANDROID_PROJECT: &str = "android-shell/pom.xml";

/// The command line, as the tests of the workspace leave it.
const PROGRAM: &str = "target/debug/angen";

/// The shell's author keeps this list true: build the command line, which serves the hub that the
/// app syncs with; write the Kotlin source from the library that `kotlin-library` built; compile
/// the app, press its buttons. The generated source is not in git; pictures of every screen go to
/// `android-shell/target/screenshots`.
///
/// The command line comes out of the build of its own tests, with the features of the step `rust`.
pub(crate) fn steps(root: &Path) -> Vec<Step> {
    let build = ["cargo", "test", "--workspace", "--test", "cli", "--no-run"];
    let program = Step::new("android-program", build).needs(&[&need::C_COMPILER]);
    let bindgen = bindgen("android-bindgen", "kotlin", "android-shell/generated");
    let path = format!("-Dangen.program={}", root.join(PROGRAM).display());
    let maven = ["mvn", "--batch-mode", "--no-transfer-progress", path.as_str(), "test"];
    let tests = Step::new("android", maven).directory("android-shell").needs(&[
        &need::JAVA,
        &need::MAVEN,
        &need::AAPT2,
    ]);
    [program, bindgen, tests].map(|step| step.only_where(root, ANDROID_PROJECT)).into()
}
