//! File length: over 600 lines a file says why, over 1,000 it is split. Shipped lines and test lines count apart.

use super::Violation;
use crate::source::Source;
use crate::tree::Tree;

const ASKS: usize = 600;
const REFUSES: usize = 1000;
const REASON: &str = "// long because:";

/// Counts lines.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (path, text) in tree.rust() {
        let source = Source::new(path, text);
        let argued = text.lines().any(|line| {
            line.trim_start().strip_prefix(REASON).is_some_and(|reason| !reason.trim().is_empty())
        });
        let (shipped, tests) = source.lines();
        for (lines, of) in [(shipped, "of code"), (tests, "of tests")] {
            if lines > REFUSES {
                violations
                    .push(Violation::of(path, format!("{lines} lines {of}: over {REFUSES} a file is split")));
            } else if lines > ASKS && !argued {
                violations.push(Violation::of(
                    path,
                    format!("{lines} lines {of}: over {ASKS} a file says `{REASON} …`"),
                ));
            }
        }
        if !text.starts_with("//!") && !text.starts_with("#!") {
            violations.push(Violation::at(
                path,
                1,
                "the first line does not say what this file is (`//! …`)",
            ));
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> usize {
        check(&Tree::of(&[("crates/flow/src/a.rs", text)])).len()
    }

    #[test]
    fn long_files_are_asked_and_very_long_ones_refused() {
        let lines = |count: usize| format!("//! a\n{}", "fn a() {}\n".repeat(count));
        assert_eq!(found(&lines(599)), 0);
        assert_eq!(found(&lines(600)), 1);
        assert_eq!(found(&format!("{}// long because: it is a table\n", lines(700))), 0);
        assert_eq!(found(&format!("{}// long because:\n", lines(700))), 1);
        assert_eq!(found(&format!("{}// long because: it is a table\n", lines(1001))), 1);
    }

    #[test]
    fn tests_count_apart() {
        let half = "fn a() {}\n".repeat(500);
        assert_eq!(found(&format!("//! a\n{half}#[cfg(test)]\nmod tests {{\n{half}}}\n")), 0);
    }

    #[test]
    fn the_first_line_says_what_the_file_is() {
        assert_eq!(found("fn a() {}\n"), 1);
    }
}
