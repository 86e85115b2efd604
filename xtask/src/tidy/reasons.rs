//! Every `allow` and `expect` of a lint says why. Clippy asks for it too, but only in code it compiles.

use super::Violation;
use crate::source::{Source, words};
use crate::tree::Tree;

/// Looks at every attribute.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (path, text) in tree.rust() {
        let source = Source::new(path, text);
        for (at, _) in source.code.match_indices('#') {
            let after = source.code[at + 1..].trim_start_matches('!');
            if !after.starts_with('[') {
                continue;
            }
            let begin = source.code.len() - after.len();
            let end = begin + bracket_end(after);
            let code = &source.code[begin..end];
            let quiets = ["allow", "expect"]
                .iter()
                .flat_map(|word| words(code, word).map(|at| at + word.len()))
                .any(|after| code[after..].starts_with('('));
            if quiets && !has_reason(&text[begin..end]) {
                violations.push(Violation::at(
                    path,
                    source.line(at),
                    "a lint is silenced without `reason = \"…\"`",
                ));
            }
        }
    }
    violations
}

fn bracket_end(code: &str) -> usize {
    let mut depth = 0usize;
    for (index, byte) in code.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' if depth <= 1 => return index + 1,
            b']' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

fn has_reason(attribute: &str) -> bool {
    let Some((_, after)) = attribute.split_once("reason") else { return false };
    let Some(after) = after.trim_start().strip_prefix('=') else { return false };
    after.trim_start().strip_prefix('"').is_some_and(|reason| !reason.starts_with('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_needs_a_reason() {
        let text = "//! a\n#![allow(clippy::all)]\n#[expect(dead_code, reason = \"soon\")]\nfn a() {}\n\
                    #[allow(dead_code, reason = \"\")]\nfn b() {}\n#[cfg_attr(test, allow(unused))]\nfn c() {}\n\
                    #[doc = \"allow(x)\"]\nfn d() { e.expect(\"f\"); }\n";
        let found = check(&Tree::of(&[("crates/flow/src/a.rs", text)]));
        assert_eq!(found.iter().filter_map(|violation| violation.line).collect::<Vec<_>>(), [2, 5, 7]);
    }
}
