//! `cargo xtask setup`: finds what the machine lacks, and installs it where it can (Debian).
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use crate::android::Pictures;
use crate::need::{Get, Need};
use crate::step::Step;
use crate::{ci, fuzz, test};

/// Arguments of `cargo xtask setup`.
#[derive(Args)]
pub(crate) struct SetupArgs {
    /// The door to prepare the machine for.
    #[arg(value_enum, default_value = "test")]
    door: Prepared,
    /// Say what is there and what is missing, and install nothing.
    #[arg(long)]
    list: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Prepared {
    /// What `cargo xtask test` needs.
    Test,
    /// The same, with cargo-deny and typos.
    Ci,
    /// Nightly Rust and cargo-fuzz.
    Fuzz,
}

/// Prepares the machine for a door.
pub(crate) fn run(root: &Path, args: &SetupArgs) -> anyhow::Result<()> {
    let needs = match args.door {
        Prepared::Test => needs_of(&test::steps(root, false, &[], Pictures::All)),
        Prepared::Ci => needs_of(&ci::steps(root, false, &[], ci::Tools::Required)),
        Prepared::Fuzz => fuzz::NEEDS.to_vec(),
    };
    for need in &needs {
        let state = if need.is_met(root) { "there" } else { "missing" };
        println!("{state:<8} {}: {}", need.name, need.purpose);
    }
    if args.list { Ok(()) } else { provide(root, &needs) }
}

/// What these steps need, each once, in the order in which they first ask. Skipped steps need
/// nothing.
pub(crate) fn needs_of(steps: &[Step]) -> Vec<&'static Need> {
    let mut needs: Vec<&'static Need> = Vec::new();
    for need in steps.iter().filter(|step| step.skipped.is_none()).flat_map(|step| &step.needs) {
        if !needs.iter().any(|known| std::ptr::eq(*known, *need)) {
            needs.push(need);
        }
    }
    needs
}

/// Installs those of the needs that are missing, Debian packages first: the rest may be built on
/// them. Says nothing when all is there.
pub(crate) fn provide(root: &Path, needs: &[&'static Need]) -> anyhow::Result<()> {
    let missing: Vec<&Need> = needs.iter().copied().filter(|need| !need.is_met(root)).collect();
    let packages = packages_of(&missing);
    if !packages.is_empty() {
        install_packages(root, &packages)?;
    }
    for need in &missing {
        for command in need.commands() {
            run_command(root, &command).with_context(|| {
                format!("{} is missing ({}) and cannot be installed", need.name, need.purpose)
            })?;
        }
        if !need.is_met(root) {
            bail!(
                "{} ({}) is still not found after its installation; look at the output above",
                need.name,
                need.purpose
            );
        }
    }
    Ok(())
}

fn packages_of(missing: &[&Need]) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for need in missing {
        if let Get::Apt(names) = need.get {
            packages.extend_from_slice(names);
        }
    }
    packages
}

/// Installs Debian packages as root, or through sudo; where neither is possible, says the exact
/// command that root must run.
fn install_packages(root: &Path, packages: &[&str]) -> anyhow::Result<()> {
    let mut install = vec!["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--yes"];
    install.push("--no-install-recommends");
    install.extend_from_slice(packages);
    let commands = [vec!["apt-get", "update"], install];
    let by_hand = || commands.each_ref().map(|command| command.join(" ")).join(" && ");
    if !succeeds(&["apt-get", "--version"]) {
        bail!(
            "this machine has no apt-get; install what these Debian packages hold by its own \
             means, then try again: {}",
            packages.join(" ")
        );
    }
    let elevate: &[&str] = match (is_root(), succeeds(&["sudo", "--version"])) {
        (true, _) => &[],
        (false, true) => &["sudo"],
        (false, false) => bail!(
            "Debian packages are missing, and installing them needs root. As root, run:\n  {}\n\
             then try again",
            by_hand()
        ),
    };
    for command in &commands {
        run_command(root, &[elevate, command].concat())
            .with_context(|| format!("to do it by hand, run as root: {}", by_hand()))?;
    }
    Ok(())
}

fn run_command(root: &Path, command: &[&str]) -> anyhow::Result<()> {
    let step = Step::new("setup", command.iter().copied());
    println!("\n== setup: {}", step.by_hand());
    let status =
        step.process(root).status().with_context(|| format!("cannot start `{}`", command[0]))?;
    if !status.success() {
        bail!("`{}` failed ({status})", step.by_hand());
    }
    Ok(())
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn succeeds(command: &[&str]) -> bool {
    let quiet = Command::new(command[0])
        .args(&command[1..])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    quiet.is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::need::{self, Detect};

    #[test]
    fn each_need_is_asked_for_once_and_skipped_steps_ask_for_nothing() {
        let steps = [
            Step::new("fmt", ["true"]).needs(&[&need::RUSTFMT]),
            Step::new("again", ["true"]).needs(&[&need::RUSTFMT, &need::CLIPPY]),
            Step::new("kotlin", ["true"])
                .needs(&[&need::JAVA])
                .skip_unless(false, || "there is no Kotlin".to_owned()),
        ];
        let names: Vec<&str> = needs_of(&steps).iter().map(|need| need.name).collect();
        assert_eq!(names, ["rustfmt", "clippy"]);
    }

    #[test]
    fn debian_packages_of_all_missing_needs_are_installed_together() {
        assert_eq!(
            packages_of(&[&need::JAVA, &need::PYTHON_PACKAGES, &need::MAVEN]),
            ["default-jdk-headless", "maven"]
        );
    }

    #[test]
    fn an_installation_that_brings_nothing_is_an_error() {
        static HOLLOW: Need = Need {
            name: "hollow",
            purpose: "a test",
            detect: Detect::Runs(&["false"]),
            get: Get::Commands(&[&["true"]]),
        };
        let text = provide(&crate::root::find(), &[&HOLLOW]).unwrap_err().to_string();
        assert!(text.contains("hollow") && text.contains("still not found"), "{text}");
    }
}
