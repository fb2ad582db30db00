//! The closing lines of the test runners: recognised in their output, and summed.
use std::ops::AddAssign;

/// How many tests a runner says have passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    /// Tests that passed.
    pub(crate) passed: u64,
    /// Tests that failed or ended in an error.
    pub(crate) failed: u64,
}

impl AddAssign for Totals {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// Reads one line of output; `None` when it is not the closing line of a runner that we know.
///
/// Known are libtest (`test result: ok. 12 passed; …`), pytest (`5 passed, 1 skipped in 0.12s`),
/// Swift Testing (`Test run with 5 tests passed after 0.1 seconds.`)
/// and Maven Surefire's sum (`Tests run: 5, Failures: 0, Errors: 0, Skipped: 0`). Surefire prints
/// the same words for each class with `Time elapsed` behind them: those are not counted twice.
pub(crate) fn read(line: &str) -> Option<Totals> {
    let line = without_colour(line);
    let swift = || swift_testing(&line);
    libtest(&line)
        .or_else(|| surefire(&line))
        .or_else(|| pytest(&line))
        .or_else(swift)
        .or_else(|| go(&line))
}

/// Whether libFuzzer says with this line what a run came to: the coverage that it ended with, the
/// runs and their time, and the most memory.
pub(crate) fn is_of_fuzzer(line: &str) -> bool {
    let line = line.trim();
    let coverage = line.starts_with('#') && line.contains("DONE") && line.contains("cov: ");
    let runs = line.starts_with("Done ") && line.contains(" runs in ");
    coverage || runs || line.starts_with("stat::peak_rss_mb:")
}

fn libtest(line: &str) -> Option<Totals> {
    let rest = line.trim().strip_prefix("test result: ")?;
    let counts = rest.split_once(". ")?.1;
    Some(Totals { passed: before(counts, "passed")?, failed: before(counts, "failed")? })
}

fn surefire(line: &str) -> Option<Totals> {
    let counts = &line[line.find("Tests run: ")?..];
    if counts.contains("Time elapsed") {
        return None;
    }
    let failed = after(counts, "Failures:")? + after(counts, "Errors:")?;
    let not_passed = failed + after(counts, "Skipped:")?;
    Some(Totals { passed: after(counts, "Tests run:")?.checked_sub(not_passed)?, failed })
}

/// Swift Testing counts its tests and, where some failed, the issues: not how many tests had any.
fn swift_testing(line: &str) -> Option<Totals> {
    let (_, counts) = line.trim_end().trim_end_matches('.').split_once("Test run with ")?;
    let tests = before(counts, "tests").or_else(|| before(counts, "test"))?;
    let failed = if counts.contains(" failed after ") {
        before(counts, "issues").or_else(|| before(counts, "issue"))?.clamp(1, tests.max(1))
    } else {
        0
    };
    Some(Totals { passed: tests.saturating_sub(failed), failed })
}

/// Go's runner has a line for each test and counts nothing itself. Those of subtests are indented.
fn go(line: &str) -> Option<Totals> {
    let passed = u64::from(line.starts_with("--- PASS: "));
    let failed = u64::from(line.starts_with("--- FAIL: "));
    (passed + failed > 0).then_some(Totals { passed, failed })
}

fn pytest(line: &str) -> Option<Totals> {
    let counts = line.trim_matches(|c: char| c == '=' || c.is_whitespace());
    let (counts, seconds) = counts.rsplit_once(" in ")?;
    let seconds = seconds.split_whitespace().next()?.strip_suffix('s')?;
    seconds.parse::<f64>().ok()?;
    let passed = before(counts, "passed");
    let failed = before(counts, "failed");
    let errors = before(counts, "errors").or_else(|| before(counts, "error"));
    if passed.is_none() && failed.is_none() && errors.is_none() {
        return None;
    }
    let failed = failed.unwrap_or(0) + errors.unwrap_or(0);
    Some(Totals { passed: passed.unwrap_or(0), failed })
}

/// The number that stands before a word: `12` in `12 passed; 0 failed`.
fn before(counts: &str, word: &str) -> Option<u64> {
    let mut last = "";
    for part in counts.split([' ', ';', ',']).filter(|part| !part.is_empty()) {
        if part == word {
            return last.parse().ok();
        }
        last = part;
    }
    None
}

/// The number that stands after a label: `5` in `Tests run: 5, Failures: 0`.
fn after(counts: &str, label: &str) -> Option<u64> {
    let rest = counts[counts.find(label)? + label.len()..].trim_start();
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..digits].parse().ok()
}

/// The line without the escape sequences that colour it in a terminal.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn totals(passed: u64, failed: u64) -> Option<Totals> {
        Some(Totals { passed, failed })
    }

    #[test]
    fn closing_lines_of_libtest_are_read() {
        let line = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(read(line), totals(12, 0));
        let line = "test result: \u{1b}[31mFAILED\u{1b}[0m. 3 passed; 2 failed; 0 ignored";
        assert_eq!(read(line), totals(3, 2));
    }

    #[test]
    fn closing_lines_of_pytest_are_read() {
        assert_eq!(read("5 passed, 1 skipped in 0.12s"), totals(5, 0));
        assert_eq!(
            read("==== 1 failed, 4 passed, 2 errors in 61.02s (0:01:01) ===="),
            totals(4, 3)
        );
    }

    #[test]
    fn only_the_sum_of_surefire_is_counted() {
        let sum = "[ERROR] Tests run: 9, Failures: 1, Errors: 1, Skipped: 2";
        assert_eq!(read(sum), totals(5, 2));
        let class = "[INFO] Tests run: 9, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.1 s";
        assert_eq!(read(class), None);
    }

    #[test]
    fn closing_lines_of_swift_testing_are_read() {
        assert_eq!(read("✔ Test run with 31 tests passed after 0.1 seconds."), totals(31, 0));
        assert_eq!(read("✔ Test run with 1 test passed after 0.1 seconds."), totals(1, 0));
        let line = "✘ Test run with 31 tests failed after 0.1 seconds with 2 issues.";
        assert_eq!(read(line), totals(29, 2));
        assert_eq!(read("✔ Test aName() passed after 0.002 seconds."), None);
    }

    #[test]
    fn lines_of_tests_of_go_are_counted_and_those_of_subtests_are_not() {
        assert_eq!(read("--- PASS: TestRoots (0.00s)"), Some(Totals { passed: 1, failed: 0 }));
        assert_eq!(read("--- FAIL: TestRoots (0.00s)"), Some(Totals { passed: 0, failed: 1 }));
        assert_eq!(read("    --- PASS: TestRoots/7 (0.00s)"), None);
    }

    #[test]
    fn closing_lines_of_libfuzzer_are_known() {
        for line in [
            "#95553\tDONE   cov: 5519 ft: 19341 corp: 1180/3635Kb lim: 5586 exec/s: 158 rss: 269Mb",
            "Done 95553 runs in 601 second(s)",
            "stat::peak_rss_mb:              269",
        ] {
            assert!(is_of_fuzzer(line), "{line}");
        }
        for line in ["#2048\tpulse  cov: 10640 ft: 33932", "INFO: Seed: 1", "# done", "Done."] {
            assert!(!is_of_fuzzer(line), "{line}");
        }
    }

    #[test]
    fn other_lines_are_left_alone() {
        for line in ["running 3 tests", "test a ... ok", "done in 3s", "3 passed the gate", ""] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
