//! The Kotlin tests: the real core under Kotlin on a JVM, through the generated bindings.
use std::path::Path;

use crate::step::Step;
use crate::{memory, need};

/// Where the Maven project of the Kotlin tests is; without it these steps are skipped.
const KOTLIN_PROJECT: &str = "bindings/kotlin/pom.xml";

/// The library with the bindings' metadata, as the tests of the workspace leave it.
pub(crate) const LIBRARY: &str = "target/debug/deps/libangen_bindings.so";

/// The bindings' author keeps this list true: build the library, write the Kotlin source from it.
/// The generated source is not in git.
///
/// The library comes out of the same build as the step `rust`: a build of the one package would
/// choose other features of what it depends on, and compile half of it a second time.
pub(crate) fn library(root: &Path) -> [Step; 2] {
    let build = ["cargo", "test", "--workspace", "--test", "surface", "--no-run"];
    let library = Step::new("kotlin-library", build).needs(&[&need::C_COMPILER]);
    let bindgen = bindgen("kotlin-bindgen", "kotlin", "bindings/kotlin/generated");
    [library, bindgen].map(|step| step.only_where(root, KOTLIN_PROJECT))
}

/// The tests, behind the library.
///
/// Maven runs without `-q`: under it Surefire prints no closing line, and nobody could see how
/// many tests ran.
pub(crate) fn tests(root: &Path) -> Step {
    let maven = ["mvn", "--batch-mode", "--no-transfer-progress", "test"];
    let tests = memory::within_java(Step::new("kotlin", maven).directory("bindings/kotlin"));
    tests.needs(&[&need::JAVA, &need::MAVEN]).only_where(root, KOTLIN_PROJECT)
}

/// Writes the bindings' source in a language from the library of the step `kotlin-library`.
pub(crate) fn bindgen(name: &str, language: &str, folder: &str) -> Step {
    let command = ["target/debug/angen-bindgen", "generate", "--language", language];
    let to = ["--no-format", "--out-dir", folder, LIBRARY];
    Step::new(name, command.into_iter().chain(to))
}
