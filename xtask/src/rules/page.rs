//! The page: each rule that the code touches, and those that it does not touch yet.

use std::fmt::Write as _;

use super::TABLE;
use super::scan::{Scan, is_breaking};
use super::table::Rule;

/// The page, and one line about it.
pub(crate) struct Made {
    /// The Markdown text.
    pub(crate) text: String,
    /// How many rules are touched, and how many lack a test.
    pub(crate) summary: String,
}

/// What stands for one rule.
struct Line<'r> {
    rule: &'r Rule,
    code: Vec<&'r str>,
    keeps: Vec<&'r str>,
    breaks: Vec<&'r str>,
}

impl<'r> Line<'r> {
    fn of(rule: &'r Rule, scan: &'r Scan) -> Self {
        let mut line = Self {
            rule,
            code: scan.code(&rule.number).collect(),
            keeps: Vec::new(),
            breaks: Vec::new(),
        };
        let numbered = scan.numbered().filter(|(number, _)| *number == rule.number);
        for (_, name) in numbered {
            if is_breaking(name) { line.breaks.push(name) } else { line.keeps.push(name) }
        }
        for (keeps, name) in &rule.tests {
            if *keeps { line.keeps.push(name) } else { line.breaks.push(name) }
        }
        line
    }

    fn is_touched(&self) -> bool {
        !(self.code.is_empty() && self.keeps.is_empty() && self.breaks.is_empty())
    }

    fn is_lacking(&self) -> bool {
        self.keeps.is_empty() || self.breaks.is_empty()
    }
}

/// Makes the page.
pub(super) fn made(rules: &[Rule], scan: &Scan) -> Made {
    let lines: Vec<Line<'_>> = rules.iter().map(|rule| Line::of(rule, scan)).collect();
    let (touched, rest): (Vec<_>, Vec<_>) = lines.iter().partition(|line| line.is_touched());
    let lacking = touched.iter().filter(|line| line.is_lacking()).count();
    let mut text = format!(
        "# The rules of the procedure\n\n\
         Made by `cargo xtask rules` from [{TABLE}](../{TABLE}) and from the tree; not edited by hand.\n\n\
         A rule is *confirmed* when the law was read as it stands.\n\
         One that is *to confirm* is from memory, unsure, or of a text that has changed since: it warns and never blocks.\n\
         A test stands for a rule by the number that begins its name, or because the table names it; \
         it breaks the rule when its name says so (`without`, `late`, `refused`, `found` …).\n"
    );
    let _ = write!(text, "\n## Touched by the code ({} of {})\n", touched.len(), lines.len());
    for line in &touched {
        entry(&mut text, line, scan);
    }
    let _ =
        write!(text, "\n## Not touched yet\n\n| rule | state | source | |\n|---|---|---|---|\n");
    for line in &rest {
        let Rule { number, source, zh, .. } = line.rule;
        let _ = writeln!(text, "| {number} | {} | {source} | {zh} |", state(line.rule));
    }
    let summary = format!(
        "{} of {} rules touched; {lacking} of those lack a test that keeps or one that breaks",
        touched.len(),
        lines.len()
    );
    Made { text, summary }
}

fn state(rule: &Rule) -> &'static str {
    if rule.confirmed { "confirmed" } else { "to confirm" }
}

fn entry(text: &mut String, line: &Line<'_>, scan: &Scan) {
    let Rule { number, source, zh, en, .. } = line.rule;
    let _ = write!(text, "\n### {number}\n\n{zh}。\n{en}.\n\n");
    let _ = writeln!(text, "- {}: {source}", state(line.rule));
    let code: Vec<String> = line.code.iter().map(|path| format!("[{path}](../{path})")).collect();
    if !code.is_empty() {
        let _ = writeln!(text, "- code: {}", code.join(", "));
    }
    for (verb, names) in [("keeps", &line.keeps), ("breaks", &line.breaks)] {
        if names.is_empty() {
            let _ = writeln!(text, "- {verb}: **lacking**");
        }
        for name in names {
            let path = scan.tests.get(*name).map(String::as_str).unwrap_or_default();
            let _ = writeln!(text, "- {verb}: `{name}` in [{path}](../{path})");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::table;
    use crate::tidy::tree::Tree;

    #[test]
    fn a_rule_says_its_state_its_code_its_tests_and_what_is_lacking() {
        let rules = table::read(
            "number\nR20\tconfirm\tlaw 20\t二十\ttwenty\nR22\tconfirmed\tlaw\t中\ten\t-it_breaks\n",
        );
        let tree = Tree::planted(&[
            ("core/src/a.rs", "// R22\n"),
            ("core/tests/b.rs", "#[test]\nfn it_breaks() {}\n"),
        ]);
        let scan = Scan::of(&tree);
        let made = made(&rules.unwrap(), &scan);
        for words in [
            "## Touched by the code (1 of 2)",
            "### R22\n\n中。\nen.\n\n- confirmed: law\n- code: [core/src/a.rs](../core/src/a.rs)\n\
             - keeps: **lacking**\n- breaks: `it_breaks` in [core/tests/b.rs](../core/tests/b.rs)\n",
            "| R20 | to confirm | law 20 | 二十 |",
        ] {
            assert!(made.text.contains(words), "{words}\n---\n{}", made.text);
        }
        assert!(made.summary.contains("1 of 2"), "{}", made.summary);
    }
}
