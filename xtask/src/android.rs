//! The Android shell's tests: its real screens under Robolectric, over the real core.
use std::path::Path;

use crate::kotlin::bindgen;
use crate::need;
use crate::step::Step;

/// Where the Maven project of the Android shell is; without it these steps are skipped.
const ANDROID_PROJECT: &str = "android-shell/pom.xml";

/// The shell's author keeps this list true: write the Kotlin source from the library that
/// `kotlin-library` built, compile the app, press its buttons. The generated source is not in git;
/// pictures of every screen go to `android-shell/target/screenshots`.
pub(crate) fn steps(root: &Path) -> Vec<Step> {
    let bindgen = bindgen("android-bindgen", "kotlin", "android-shell/generated");
    let maven = ["mvn", "--batch-mode", "--no-transfer-progress", "test"];
    let tests = Step::new("android", maven).directory("android-shell").needs(&[
        &need::JAVA,
        &need::MAVEN,
        &need::AAPT2,
    ]);
    [bindgen, tests].map(|step| step.only_where(root, ANDROID_PROJECT)).into()
}
