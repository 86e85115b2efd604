//! No path of anybody's machine and no host of a package registry in a tracked file.

use super::Violation;
use crate::tree::Tree;

/// Written in pieces, so that this file does not find itself.
const MACHINE: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/.cargo"),
    concat!("/ro", "ot/.rustup"),
    concat!("/home/", "runner/"),
];
const REGISTRIES: &[&str] = &[
    concat!("index.", "crates.io"),
    concat!("static.", "crates.io"),
    concat!("files.", "pythonhosted.org"),
    concat!("pypi", ".org"),
    concat!("deb.", "debian.org"),
    concat!("registry.", "npmjs.org"),
    concat!("proxy.", "golang.org"),
];

/// Looks at every text file; a lock file names its registry by cargo's own word for it.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (path, text) in tree.texts() {
        for (index, line) in text.lines().enumerate() {
            for place in MACHINE.iter().filter(|place| begins_path(line, place)) {
                violations.push(Violation::at(
                    path,
                    index + 1,
                    format!("`{place}` is a path of one machine"),
                ));
            }
            for host in REGISTRIES.iter().filter(|host| line.contains(**host)) {
                violations.push(Violation::at(
                    path,
                    index + 1,
                    format!("`{host}` is a registry's host; name the package"),
                ));
            }
        }
    }
    violations
}

/// Whether the place begins a path in this line, rather than standing in the middle of another.
fn begins_path(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '.' | '-' | '_'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_a_machine_and_registries_are_found() {
        let line = format!(
            "cd {}here\nsee https://{}/x\nhttp://pool.example{}x\n",
            MACHINE[0], REGISTRIES[0], MACHINE[0]
        );
        let found = check(&Tree::of(&[("docs/a.md", &line)]));
        assert_eq!(found.iter().filter_map(|violation| violation.line).collect::<Vec<_>>(), [1, 2]);
    }
}
