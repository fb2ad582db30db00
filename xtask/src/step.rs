//! A step: one command that a subcommand wants run, as a plain value.
use std::path::Path;
use std::process::Command;

use crate::need::Need;

/// What Cargo sets for the program that it runs. A child must see what a shell would see: some
/// build scripts watch these, and would build everything again.
const CARGO_LEAKS: [&str; 4] =
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_NAME", "CARGO_CRATE_NAME"];

/// One command, where it runs, and what must be on the machine for it.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// A short name, unique in its list; `--only` and `--skip` take it.
    pub(crate) name: String,
    /// The program and its arguments.
    pub(crate) command: Vec<String>,
    /// The folder it runs in, relative to the repository; empty is the top.
    pub(crate) directory: &'static str,
    /// Extra environment variables.
    pub(crate) env: Vec<(&'static str, String)>,
    /// What the machine must have; installed before the first step runs.
    pub(crate) needs: Vec<&'static Need>,
    /// True when any line on standard output is a failure.
    pub(crate) silent: bool,
    /// True when its standard error is read as well: libFuzzer says everything there.
    pub(crate) errors_read: bool,
    /// True when it may run beside the steps that follow it.
    pub(crate) beside: bool,
    /// True when it begins only once all steps before it have ended.
    pub(crate) alone: bool,
    /// Why it does not run this time. It is still listed, so that nothing is left out unseen.
    pub(crate) skipped: Option<String>,
}

impl Step {
    /// A step in the top folder that needs nothing.
    pub(crate) fn new<'a>(name: &str, command: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            name: name.to_owned(),
            command: command.into_iter().map(str::to_owned).collect(),
            directory: "",
            env: Vec::new(),
            needs: Vec::new(),
            silent: false,
            errors_read: false,
            beside: false,
            alone: false,
            skipped: None,
        }
    }

    /// Runs it in this folder of the repository.
    pub(crate) fn directory(mut self, directory: &'static str) -> Self {
        self.directory = directory;
        self
    }

    /// Sets one environment variable for it.
    pub(crate) fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.env.push((name, value.into()));
        self
    }

    /// Names what the machine must have.
    pub(crate) fn needs(mut self, needs: &[&'static Need]) -> Self {
        self.needs.extend_from_slice(needs);
        self
    }

    /// Any line on its standard output is a failure.
    pub(crate) fn silent(mut self) -> Self {
        self.silent = true;
        self
    }

    /// Reads its standard error as well, for its closing lines.
    pub(crate) fn errors_read(mut self) -> Self {
        self.errors_read = true;
        self
    }

    /// Lets it run beside the steps that follow it: none of them may need what it makes, or write
    /// where it reads.
    pub(crate) fn beside(mut self) -> Self {
        self.beside = true;
        self
    }

    /// Lets all steps before it end first.
    pub(crate) fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    /// Leaves it out where this file of the repository does not exist.
    pub(crate) fn only_where(self, root: &Path, file: &str) -> Self {
        let there = root.join(file).exists();
        self.skip_unless(there, || format!("there is no {file}"))
    }

    /// Leaves it out, with a reason, unless the condition holds.
    pub(crate) fn skip_unless(mut self, holds: bool, why: impl FnOnce() -> String) -> Self {
        if !holds && self.skipped.is_none() {
            self.skipped = Some(why());
        }
        self
    }

    /// The line that a person types at the top folder to repeat this step alone.
    pub(crate) fn by_hand(&self) -> String {
        let mut line = String::new();
        if !self.directory.is_empty() {
            line.push_str(&format!("cd {} && ", quoted(self.directory)));
        }
        for (name, value) in &self.env {
            line.push_str(&format!("{name}={} ", quoted(value)));
        }
        let words: Vec<String> = self.command.iter().map(|word| quoted(word)).collect();
        line.push_str(&words.join(" "));
        line
    }

    /// The step as a process that has not started yet.
    pub(crate) fn process(&self, root: &Path) -> Command {
        let mut process = Command::new(&self.command[0]);
        process.args(&self.command[1..]).current_dir(root.join(self.directory));
        for (name, _) in std::env::vars_os() {
            if CARGO_LEAKS.iter().any(|leak| name.to_string_lossy().starts_with(leak)) {
                process.env_remove(name);
            }
        }
        process.envs(self.env.iter().map(|(name, value)| (name, value)));
        process
    }
}

/// A word as a shell needs it written.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=+./:,@%".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_to_repeat_a_step_can_be_pasted_into_a_shell() {
        let step = Step::new("docs", ["cargo", "doc", "it's"])
            .directory("bindings/kotlin")
            .env("RUSTDOCFLAGS", "-D warnings");
        assert_eq!(
            step.by_hand(),
            r"cd bindings/kotlin && RUSTDOCFLAGS='-D warnings' cargo doc 'it'\''s'"
        );
    }

    #[test]
    fn the_first_reason_to_skip_is_kept() {
        let step = Step::new("kotlin", ["mvn"])
            .skip_unless(false, || "first".to_owned())
            .skip_unless(false, || "second".to_owned());
        assert_eq!(step.skipped.as_deref(), Some("first"));
    }
}
