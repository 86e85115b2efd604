//! Two commands in the README, the same in both languages, and CI runs the very same.

use super::Violation;
use crate::tree::Tree;

const PAGES: &[&str] = &["README.md", "README.zh.md"];
const CI: &str = ".ci/run";

/// The commands the README promises, by the mark above their block.
const COMMANDS: &[&str] = &["first", "test"];

/// The block under `<!-- command: NAME -->`, without its fences.
pub(crate) fn command<'t>(page: &'t str, name: &str) -> Option<&'t str> {
    let (_, after) = page.split_once(&format!("<!-- command: {name} -->"))?;
    let after = after.trim_start().strip_prefix("```sh\n")?;
    after.split_once("\n```").map(|(block, _)| block)
}

/// Compares the pages with each other and looks for the call in CI.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for name in COMMANDS {
        let blocks: Vec<Option<&str>> =
            PAGES.iter().map(|page| command(tree.text(page).unwrap_or_default(), name)).collect();
        for (page, block) in PAGES.iter().zip(&blocks) {
            if block.is_none() {
                violations
                    .push(Violation::of(*page, format!("no ```sh block under `<!-- command: {name} -->`")));
            }
        }
        if let [Some(one), Some(other)] = blocks[..]
            && one != other
        {
            violations.push(Violation::of(PAGES[1], format!("the {name} command differs from {}", PAGES[0])));
        }
        if !tree.text(CI).is_some_and(|ci| ci.contains(&format!("readme_command {name}"))) {
            violations.push(Violation::of(
                CI,
                format!("does not run the README's {name} command (`readme_command {name}`)"),
            ));
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diverging_command_is_found() {
        let page = |test: &str| {
            format!(
                "<!-- command: first -->\n```sh\nrun it\n```\n<!-- command: test -->\n```sh\n{test}\n```\n"
            )
        };
        let said = |one: &str, other: &str, ci: &str| {
            check(&Tree::of(&[("README.md", one), ("README.zh.md", other), (".ci/run", ci)])).len()
        };
        let ci = "$(readme_command first) $(readme_command test)";
        assert_eq!(command(&page("cargo test"), "test"), Some("cargo test"));
        assert_eq!(said(&page("cargo test"), &page("cargo test"), ci), 0);
        assert_eq!(said(&page("cargo test"), &page("cargo t"), ci), 1);
        assert_eq!(said(&page("cargo test"), &page("cargo test"), "cargo test"), 2);
        assert_eq!(said("", &page("cargo test"), ci), 2);
    }
}
