//! `cargo xtask ci`: everything that `test` runs, then docs, licences, advisories and spelling.
use std::path::Path;

use crate::android::Pictures;
use crate::need::{self, Need};
use crate::runner;
use crate::step::Step;
use crate::test::{self, TestArgs};

/// The variable that makes a missing tool an installation instead of a skipped step.
const STRICT_VARIABLE: &str = "CI_STRICT";

/// What to do about tools that `test` does not need, where they are not installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tools {
    /// Skip their steps, and say so.
    Optional,
    /// Install them.
    Required,
}

/// Runs the steps of `test` and those that need tools or a network.
pub(crate) fn run(root: &Path, args: &TestArgs) -> anyhow::Result<()> {
    let strict = std::env::var(STRICT_VARIABLE).is_ok_and(|value| value == "1");
    let tools = if strict { Tools::Required } else { Tools::Optional };
    runner::run(root, steps(root, args.fix, &args.slow_steps(), tools), &args.run)
}

/// The steps, in the order in which they run.
pub(crate) fn steps(root: &Path, fix: bool, slow: &[&str], tools: Tools) -> Vec<Step> {
    let mut steps = test::steps(root, fix, slow, Pictures::All);
    // The clean tree stays last: the added steps must not write into it either.
    let clean_tree = steps.pop();
    steps.push(docs());
    let deny = ["cargo", "deny", "check", "bans", "licenses", "sources"];
    steps.push(with_tool(root, Step::new("deny", deny), &need::CARGO_DENY, tools));
    // A step of its own: it fetches the list of advisories, so it needs a network.
    let advisories = ["cargo", "deny", "check", "advisories"];
    steps.push(with_tool(root, Step::new("advisories", advisories), &need::CARGO_DENY, tools));
    steps.push(with_tool(root, Step::new("typos", ["typos"]), &need::TYPOS, tools));
    steps.extend(clean_tree);
    steps
}

fn docs() -> Step {
    Step::new("docs", ["cargo", "doc", "--no-deps", "--workspace"])
        .env("RUSTDOCFLAGS", "-D warnings")
        .needs(&[&need::C_COMPILER])
}

fn with_tool(root: &Path, step: Step, tool: &'static Need, tools: Tools) -> Step {
    let use_it = tools == Tools::Required || tool.is_met(root);
    step.needs(&[tool]).skip_unless(use_it, || {
        format!(
            "{} is not installed; `cargo xtask setup ci` or {STRICT_VARIABLE}=1 installs it",
            tool.name
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::need::{Detect, Get};

    static ABSENT: Need = Need {
        name: "absent",
        purpose: "a test",
        detect: Detect::Runs(&["false"]),
        get: Get::Commands(&[]),
    };

    #[test]
    fn a_missing_tool_is_skipped_aloud_or_required() {
        let root = crate::root::find();
        let step = || Step::new("tool", ["true"]);
        let optional = with_tool(&root, step(), &ABSENT, Tools::Optional);
        assert!(optional.skipped.is_some_and(|why| why.contains("absent is not installed")));
        assert!(with_tool(&root, step(), &ABSENT, Tools::Required).skipped.is_none());
    }

    #[test]
    fn ci_runs_all_that_test_runs_and_still_looks_at_the_tree_last() {
        let root = crate::root::find();
        let names =
            |steps: Vec<Step>| steps.iter().map(|step| step.name.clone()).collect::<Vec<_>>();
        let ci = names(steps(&root, false, &[], Tools::Optional));
        assert!(
            names(test::steps(&root, false, &[], Pictures::All))
                .iter()
                .all(|name| ci.contains(name))
        );
        assert_eq!(ci.last().map(String::as_str), Some("clean-tree"));
    }
}
