//! `cargo xtask targets`: type-checks what phones load, for the targets of phones.
//!
//! No machine of ours has a phone's C library, so nothing is linked and no C is compiled: our own
//! Rust and that of its libraries is checked, with the standard library of the target. A command
//! of its own, since each target takes minutes.
use std::path::Path;

use clap::Args;

use crate::need;
use crate::runner::{self, RunArgs};
use crate::step::Step;

/// Where Debian's own Rust lies once it is unpacked.
const RUST: &str = "target/rust-web";

/// Builds of another compiler have a folder of their own, or each would undo the other's.
const TARGET_DIR: &str = "target/targets";

/// What takes the place of a compiler of C: it takes every argument, and makes nothing.
const NO_C: &str = "/bin/true";

/// One kind of phone: its target, and the variables that name its C compiler and its archiver.
const PHONES: [(&str, &str, &str); 2] = [
    ("aarch64-apple-ios", "CC_aarch64_apple_ios", "AR_aarch64_apple_ios"),
    ("aarch64-linux-android", "CC_aarch64_linux_android", "AR_aarch64_linux_android"),
];

/// Arguments of `cargo xtask targets`; its steps are the targets.
#[derive(Args)]
pub(crate) struct TargetsArgs {
    #[command(flatten)]
    run: RunArgs,
}

/// Unpacks Debian's Rust where it is not there yet, then checks one target after the other.
pub(crate) fn run(root: &Path, args: &TargetsArgs) -> anyhow::Result<()> {
    runner::run(root, steps(root), &args.run)
}

fn steps(root: &Path) -> Vec<Step> {
    let unpack = Step::new("rust-web", ["sh", "tools/targets/rust.sh"]);
    let checks = PHONES.into_iter().map(|phone| check(root, phone));
    std::iter::once(unpack).chain(checks).collect()
}

fn check(root: &Path, (target, c_compiler, archiver): (&str, &'static str, &'static str)) -> Step {
    let rust = root.join(RUST);
    let path = |below: &str| rust.join(below).to_string_lossy().into_owned();
    let packages = ["--package", "angen-core", "--package", "angen-bindings"];
    let how = ["-Zbuild-std=std,panic_abort", "--target", target, "--target-dir", TARGET_DIR];
    Step::new(target, ["cargo", "check"].into_iter().chain(packages).chain(how))
        .env("RUSTC", path("usr/bin/rustc"))
        .env("LD_LIBRARY_PATH", path(&format!("usr/lib/{}-linux-gnu", std::env::consts::ARCH)))
        // Building the standard library is for nightly compilers alone; this one is of one version
        // with its source.
        .env("RUSTC_BOOTSTRAP", "1")
        .env(c_compiler, NO_C)
        .env(archiver, NO_C)
        // Apple's SDK is looked for on a Mac only, unless a folder is named.
        .env("SDKROOT", root.join("target").to_string_lossy())
        .needs(&[&need::C_COMPILER])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_phone_is_checked_by_debians_compiler_in_a_folder_of_its_own() {
        let root = crate::root::find();
        let steps = steps(&root);
        let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
        assert_eq!(names, ["rust-web", "aarch64-apple-ios", "aarch64-linux-android"]);
        for step in &steps[1..] {
            let line = step.by_hand();
            assert!(line.contains("target/rust-web/usr/bin/rustc "), "{line}");
            assert!(line.ends_with(&format!("--target {} --target-dir {TARGET_DIR}", step.name)));
        }
    }
}
