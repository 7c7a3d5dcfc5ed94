//! Counting what passed and what failed.

use serde_json::Value;

/// How many tests and checks passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Passed.
    pub passed: u64,
    /// Failed.
    pub failed: u64,
}

impl Tally {
    /// One check.
    pub fn one(passed: bool) -> Self {
        Self {
            passed: u64::from(passed),
            failed: u64::from(!passed),
        }
    }

    /// Adds another tally.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// A command that ended badly has a failure even if no test of it was counted as failed: it did not
    /// compile, or it crashed.
    pub fn or_failed_as_a_whole(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

/// Sums the `test result:` lines that Rust's test programs print.
pub fn libtest(output: &str) -> Tally {
    let mut sum = Tally::default();
    for line in output.lines() {
        if let Some(counts) = line.trim_start().strip_prefix("test result: ") {
            sum.add(Tally {
                passed: count(counts, "passed"),
                failed: count(counts, "failed"),
            });
        }
    }
    sum
}

fn count(counts: &str, what: &str) -> u64 {
    counts
        .split([';', '.'])
        .find_map(|part| part.trim().strip_suffix(what)?.trim().parse().ok())
        .unwrap_or_default()
}

/// Reads the counts of Playwright's JSON report. A test that passed only when repeated has failed.
pub fn playwright(report: &str) -> Option<Tally> {
    let report: Value = serde_json::from_str(report).ok()?;
    let stats = report.get("stats")?;
    let number = |name: &str| stats.get(name).and_then(Value::as_u64);
    let errors = report.get("errors").and_then(Value::as_array).map_or(0, Vec::len) as u64;
    Some(Tally {
        passed: number("expected")?,
        failed: number("unexpected")? + number("flaky").unwrap_or_default() + errors,
    })
}

/// Reads the line `N passed, N failed` that ends the output of a test program.
pub fn last_line(output: &str) -> Option<Tally> {
    let (passed, failed) = output.lines().last()?.split_once(", ")?;
    Some(Tally {
        passed: passed.strip_suffix(" passed")?.parse().ok()?,
        failed: failed.strip_suffix(" failed")?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_result_lines_are_summed() {
        let output = "running 3 tests\n\
            test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test a ... FAILED\n\
            test result: FAILED. 4 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s\n";
        assert_eq!(
            libtest(output),
            Tally {
                passed: 16,
                failed: 2
            }
        );
        assert_eq!(libtest("error: could not compile"), Tally::default());
    }

    #[test]
    fn a_command_that_failed_without_a_test_counts_as_one_failure() {
        assert_eq!(
            Tally::default().or_failed_as_a_whole(false),
            Tally { passed: 0, failed: 1 }
        );
        assert_eq!(
            Tally::one(false).or_failed_as_a_whole(false),
            Tally { passed: 0, failed: 1 }
        );
        assert_eq!(
            Tally::one(true).or_failed_as_a_whole(true),
            Tally { passed: 1, failed: 0 }
        );
    }

    #[test]
    fn playwright_counts_come_from_its_report() {
        let report =
            r#"{"errors":[],"stats":{"duration":1.5,"expected":7,"skipped":1,"unexpected":1,"flaky":1}}"#;
        assert_eq!(playwright(report), Some(Tally { passed: 7, failed: 2 }));
        let report = r#"{"errors":[{"message":"No tests found"}],"stats":{"expected":0,"unexpected":0}}"#;
        assert_eq!(playwright(report), Some(Tally { passed: 0, failed: 1 }));
        assert_eq!(playwright("{}"), None);
    }

    #[test]
    fn counts_come_from_the_last_line() {
        let output = "ok  one\n3 passed, 0 failed\nnot run two\n12 passed, 1 failed\n";
        assert_eq!(
            last_line(output),
            Some(Tally {
                passed: 12,
                failed: 1
            })
        );
        assert_eq!(last_line("12 passed, 1 failed\nand a crash"), None);
        assert_eq!(last_line(""), None);
    }
}
