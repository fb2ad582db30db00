//! The Kotlin tests: the real core under Kotlin on a JVM, through the generated bindings.
use std::path::Path;

use crate::need;
use crate::step::Step;

/// Where the Maven project of the Kotlin tests is; without it these steps are skipped.
const KOTLIN_PROJECT: &str = "bindings/kotlin/pom.xml";

/// The library with the bindings' metadata, as a debug build leaves it.
pub(crate) const LIBRARY: &str = "target/debug/libangen_bindings.so";

/// Lets a scenario end alike in every language; without its variable in the environment nothing
/// changes, and no release can be built with it.
const SEEDED: &str = "angen-bindings/seeded-chance-for-tests";

/// The bindings' author keeps this list true: build the library, write the Kotlin source from it,
/// run the tests. The generated source is not in git.
///
/// Maven runs without `-q`: under it Surefire prints no closing line, and nobody could see how
/// many tests ran.
pub(crate) fn steps(root: &Path) -> Vec<Step> {
    let build = ["cargo", "build", "--package", "angen-bindings", "--features", SEEDED];
    let library = Step::new("kotlin-library", build).needs(&[&need::C_COMPILER]);
    let bindgen = Step::new(
        "kotlin-bindgen",
        [
            "cargo",
            "run",
            "--quiet",
            "--package",
            "angen-bindgen",
            "--",
            "generate",
            "--language",
            "kotlin",
            "--no-format",
            "--out-dir",
            "bindings/kotlin/generated",
            LIBRARY,
        ],
    );
    let maven = ["mvn", "--batch-mode", "--no-transfer-progress", "test"];
    let tests =
        Step::new("kotlin", maven).directory("bindings/kotlin").needs(&[&need::JAVA, &need::MAVEN]);
    [library, bindgen, tests].map(|step| step.only_where(root, KOTLIN_PROJECT)).into()
}
