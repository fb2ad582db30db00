//! The Android shell's tests: its real screens under Robolectric, over the real core.
use std::path::Path;
use std::process::Command;

use crate::kotlin::bindgen;
use crate::step::Step;
use crate::{memory, need};

/// Where the Maven project of the Android shell is; without it these steps are skipped.
const ANDROID_PROJECT: &str = "android-shell/pom.xml";

/// The command line, as the tests of the workspace leave it.
const PROGRAM: &str = "target/debug/angen";

/// In which dresses each screen is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pictures {
    /// In every one.
    All,
    /// In the hardest, and in one of the others: whose turn it is, follows from this number.
    Turn(u64),
}

impl Pictures {
    /// The turn of the commit that is checked out: the same commit always draws the same pictures,
    /// and one after the other they come to all.
    pub(crate) fn of_commit(root: &Path) -> Self {
        let count = ["rev-list", "--count", "HEAD"];
        let said = Command::new("git").args(count).current_dir(root).output();
        let count = said.ok().and_then(|said| String::from_utf8(said.stdout).ok());
        Self::Turn(count.and_then(|count| count.trim().parse().ok()).unwrap_or_default())
    }

    /// As the tests read it.
    fn word(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Turn(turn) => turn.to_string(),
        }
    }
}

/// The shell's author keeps this list true: build the command line, which serves the hub that the
/// app syncs with; write the Kotlin source from the library that `kotlin-library` built; compile
/// the app, press its buttons. The generated source is not in git; pictures of every screen go to
/// `android-shell/target/screenshots`.
///
/// The command line comes out of the build of its own tests, with the features of the step `rust`.
pub(crate) fn steps(root: &Path, pictures: Pictures) -> [Step; 3] {
    let build = ["cargo", "test", "--workspace", "--test", "cli", "--no-run"];
    let program = Step::new("android-program", build).needs(&[&need::C_COMPILER]);
    let bindgen = bindgen("android-bindgen", "kotlin", "android-shell/generated");
    let path = format!("-Dangen.program={}", root.join(PROGRAM).display());
    let pictures = format!("-Dangen.pictures={}", pictures.word());
    let maven = ["mvn", "--batch-mode", "--no-transfer-progress", &path, &pictures, "test"];
    let tests = memory::within_java(Step::new("android", maven)).directory("android-shell");
    let tests = tests.beside().needs(&[&need::JAVA, &need::MAVEN, &need::AAPT2]);
    [program, bindgen, tests].map(|step| step.only_where(root, ANDROID_PROJECT))
}
