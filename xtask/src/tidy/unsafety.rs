//! `unsafe` lives in `sys` and nowhere else. The compiler denies it too; this finds an `allow` that lets it back in.

use super::Violation;
use crate::source::Source;
use crate::tree::Tree;

/// Looks for the keyword outside `sys`, tests included.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (path, text) in tree.rust().filter(|(path, _)| !path.starts_with("crates/sys/")) {
        let source = Source::new(path, text);
        for at in crate::source::words(&source.code, "unsafe") {
            violations.push(Violation::at(path, source.line(at), "`unsafe` outside crates/sys"));
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyword_is_found_and_the_lint_is_not() {
        let text = "#![deny(unsafe_code)] // unsafe\nfn a() { unsafe { b() } }\n";
        let tree = Tree::of(&[("crates/flow/src/a.rs", text), ("crates/sys/src/lib.rs", text)]);
        let found: Vec<String> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["crates/flow/src/a.rs:2: `unsafe` outside crates/sys"]);
    }
}
