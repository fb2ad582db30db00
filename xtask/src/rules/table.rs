//! The table of the rules: one line each, in the project's own words.

use std::collections::BTreeSet;

use anyhow::bail;

use super::scan::Scan;

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    /// `R22`, `S14` or `3a-T`.
    pub(super) number: String,
    /// Whether the law was read as it stands; if not, it warns and never blocks.
    pub(super) confirmed: bool,
    /// Law, version and article.
    pub(super) source: String,
    /// The rule in Chinese.
    pub(super) zh: String,
    /// The rule in English.
    pub(super) en: String,
    /// Tests named by something else: whether each keeps the rule, and its name.
    pub(super) tests: Vec<(bool, String)>,
}

/// Reads the table.
pub(super) fn read(text: &str) -> anyhow::Result<Vec<Rule>> {
    let mut rules: Vec<Rule> = Vec::new();
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#'));
    for (at, line) in lines.skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [number, state, source, zh, en, tests @ ..] = &columns[..] else {
            bail!("line {}: a rule has five columns or six", at + 1);
        };
        let confirmed = match *state {
            "confirmed" => true,
            "confirm" => false,
            other => bail!("line {}: the state is `confirmed` or `confirm`, not `{other}`", at + 1),
        };
        let mut named = Vec::new();
        for word in tests.iter().flat_map(|tests| tests.split(' ')) {
            match (word.strip_prefix('+'), word.strip_prefix('-')) {
                (Some(name), _) => named.push((true, name.to_owned())),
                (_, Some(name)) => named.push((false, name.to_owned())),
                _ => bail!("line {}: a test is +NAME or -NAME, not `{word}`", at + 1),
            }
        }
        if rules.iter().any(|known| known.number == *number) {
            bail!("line {}: {number} is there twice", at + 1);
        }
        rules.push(Rule {
            number: (*number).to_owned(),
            confirmed,
            source: (*source).to_owned(),
            zh: (*zh).to_owned(),
            en: (*en).to_owned(),
            tests: named,
        });
    }
    Ok(rules)
}

/// Finds tests that the table names and nobody wrote, and numbers of tests that are no rules.
pub(super) fn check(rules: &[Rule], scan: &Scan) -> anyhow::Result<()> {
    for rule in rules {
        for (_, name) in &rule.tests {
            if !scan.tests.contains_key(name) {
                bail!("{}: there is no test `{name}`", rule.number);
            }
        }
    }
    let known: BTreeSet<&str> = rules.iter().map(|rule| rule.number.as_str()).collect();
    for (number, name) in scan.numbered() {
        if !known.contains(number.as_str()) {
            bail!("test `{name}`: there is no rule {number}");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::Tree;

    const HEAD: &str = "# words\nnumber\tstate\tsource\tzh\ten\ttests\n";

    fn table(lines: &str) -> anyhow::Result<Vec<Rule>> {
        read(&format!("{HEAD}{lines}"))
    }

    #[test]
    fn a_line_is_read_with_its_tests() {
        let rules = table("R22\tconfirm\tlaw\t中\ten\t+it_keeps -it_breaks\n").unwrap();
        assert_eq!((rules[0].number.as_str(), rules[0].confirmed), ("R22", false));
        let tests = vec![(true, "it_keeps".to_owned()), (false, "it_breaks".to_owned())];
        assert_eq!(rules[0].tests, tests);
    }

    #[test]
    fn a_line_that_says_too_little_is_refused_with_its_number() {
        for (line, words) in [
            ("R22\tconfirmed\tlaw\t中\n", "line 3: a rule has five columns"),
            ("R22\tmaybe\tlaw\t中\ten\n", "not `maybe`"),
            ("R22\tconfirmed\tlaw\t中\ten\tname\n", "not `name`"),
            ("R22\tconfirmed\tl\tz\te\nR22\tconfirmed\tl\tz\te\n", "line 4: R22 is there twice"),
        ] {
            assert!(table(line).unwrap_err().to_string().contains(words), "{line}");
        }
    }

    #[test]
    fn a_test_that_nobody_wrote_and_a_number_that_is_no_rule_are_found() {
        let tree = Tree::planted(&[("a.rs", "#[test]\nfn r99_is_kept() {}\n")]);
        let scan = Scan::of(&tree);
        let named = table("R22\tconfirmed\tlaw\t中\ten\t+nobody_wrote_it\n").unwrap();
        assert!(check(&named, &scan).unwrap_err().to_string().contains("nobody_wrote_it"));
        let other = table("R22\tconfirmed\tlaw\t中\ten\n").unwrap();
        assert!(check(&other, &scan).unwrap_err().to_string().contains("no rule R99"));
    }
}
