//! A page that another file points at exists: links in Markdown, and `docs/….md` named anywhere as a source.

use super::Violation;
use crate::tree::Tree;

/// Looks at every text file.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (path, text) in tree.texts() {
        for (index, line) in text.lines().enumerate() {
            let mut missing = |target: &str| {
                violations.push(Violation::at(
                    path,
                    index + 1,
                    format!("points at `{target}`, which is not there"),
                ));
            };
            if path.ends_with(".md") {
                targets(line).filter(|target| !exists(tree, path, target)).for_each(&mut missing);
            }
            if !path.starts_with("xtask/") {
                pages(line).filter(|page| !tree.has(page)).for_each(&mut missing);
            }
        }
    }
    violations
}

/// The targets of `[text](target)` that are files of this project.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let links = line.split("](").skip(1).filter_map(|after| after.split(')').next());
    links.filter(|target| {
        !target.contains("://") && !target.starts_with('#') && !target.contains(char::is_whitespace)
    })
}

fn exists(tree: &Tree, page: &str, target: &str) -> bool {
    let target = target.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    let path = parts.join("/");
    tree.has(&path) || tree.paths().any(|file| file.starts_with(&format!("{path}/")))
}

/// Every `docs/name.md` in a line.
fn pages(line: &str) -> impl Iterator<Item = &str> {
    line.match_indices("docs/").filter_map(|(at, _)| {
        let inside = line[..at]
            .chars()
            .next_back()
            .is_some_and(|before| before.is_alphanumeric() || "/-_.".contains(before));
        let length =
            line[at..].find(|letter: char| !letter.is_ascii_alphanumeric() && !"/-_.".contains(letter));
        let page = &line[at..length.map_or(line.len(), |length| at + length)];
        (!inside && page.ends_with(".md")).then_some(page)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_nothing_is_found() {
        let page = "[a](docs/a.md#x) [b](../b.md) [c](https://example.org/c.md) [d](#d)\nsee `docs/e.md`.\n";
        let code = "const A: &str = \"docs/a.md, WIRE\"; // docs/f.md, https://example.org/docs/g.md\n";
        let tree = Tree::of(&[
            ("README.md", page),
            ("docs/a.md", "[back](../README.md)"),
            ("crates/x/src/a.rs", code),
        ]);
        let found: Vec<String> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "README.md:1: points at `../b.md`, which is not there",
                "README.md:2: points at `docs/e.md`, which is not there",
                "crates/x/src/a.rs:1: points at `docs/f.md`, which is not there",
            ]
        );
    }
}
