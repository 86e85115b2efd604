//! Every detector has a hit and a near miss, every end-to-end case its evidence and expectation, each with its reason.

use std::collections::{BTreeMap, BTreeSet};

use super::Violation;
use crate::tree::Tree;

const DETECTORS: &str = "crates/detect/src/detectors/";
const FIXTURES: &str = "crates/detect/fixtures/";
const CASES: &str = "cases/";

/// Compares detectors with fixture folders both ways and looks for `why:` lines.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let mut violations = detectors(tree);
    violations.extend(cases(tree));
    violations
}

fn detectors(tree: &Tree) -> Vec<Violation> {
    let mut violations = Vec::new();
    let ids: BTreeSet<String> = tree
        .paths()
        .filter_map(|path| path.strip_prefix(DETECTORS)?.strip_suffix(".md"))
        .filter(|name| !name.contains('/') && !name.ends_with(".zh"))
        .map(|name| name.replace('_', "-"))
        .collect();
    let mut kinds: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for path in tree.paths() {
        let Some((id, name)) = path.strip_prefix(FIXTURES).and_then(|path| path.split_once('/')) else {
            continue;
        };
        if !ids.contains(id) {
            violations.push(Violation::of(path, format!("no detector has the id `{id}`")));
        }
        let kind = ["hit", "miss"].into_iter().find(|kind| name.starts_with(&format!("{kind}-")));
        let Some(kind) = kind else {
            violations.push(Violation::of(path, "a fixture is named hit-… or miss-…"));
            continue;
        };
        *kinds.entry((id.to_owned(), kind)).or_default() += 1;
        if !tree.text(path).is_some_and(has_why) {
            violations
                .push(Violation::of(path, "no `why:` line: an expectation nobody derived is not a test"));
        }
    }
    for id in ids {
        for kind in ["hit", "miss"] {
            if !kinds.contains_key(&(id.clone(), kind)) {
                violations.push(Violation::of(
                    format!("{FIXTURES}{id}/"),
                    format!("detector `{id}` has no {kind}-… fixture"),
                ));
            }
        }
    }
    violations
}

fn cases(tree: &Tree) -> Vec<Violation> {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in tree.paths() {
        if let Some((name, _)) = path.strip_prefix(CASES).and_then(|path| path.split_once('/')) {
            folders.entry(name).or_default().push(path);
        }
    }
    let mut violations = Vec::new();
    for (name, files) in folders {
        let folder = format!("{CASES}{name}/");
        if !files.iter().any(|path| tree.text(path).is_some_and(has_why)) {
            violations
                .push(Violation::of(&folder, "no file with a `why:` line says why the expectation is right"));
        }
        for ending in [".txt", ".json"] {
            if !files.iter().any(|path| path.ends_with(ending)) {
                violations.push(Violation::of(&folder, format!("no expected output ending in {ending}")));
            }
        }
    }
    violations
}

/// A line that begins with `why:`, a comment sign before it or not, and goes on.
fn has_why(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start_matches(['#', '/', '!', '*', '-', ' ']);
        line.strip_prefix("why:").is_some_and(|reason| reason.trim().len() > 10 && !reason.contains("TODO"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_detector_without_a_near_miss_is_found() {
        let found = said(&[
            ("crates/detect/src/detectors/pool_name.md", ""),
            ("crates/detect/src/detectors/pool_name.zh.md", ""),
            ("crates/detect/fixtures/pool-name/hit-dns.txt", "# why: the name is listed as a pool\n"),
        ]);
        assert_eq!(found, ["crates/detect/fixtures/pool-name/: detector `pool-name` has no miss-… fixture"]);
    }

    #[test]
    fn a_fixture_without_reason_or_detector_is_found() {
        let found = said(&[
            ("crates/detect/src/detectors/pool_name.md", ""),
            ("crates/detect/fixtures/pool-name/hit-a", "why:\n"),
            ("crates/detect/fixtures/pool-name/miss-a", "why: TODO say it here\n"),
            ("crates/detect/fixtures/pool-nome/miss-a", "why: the port alone decides nothing\n"),
        ]);
        assert_eq!(found.len(), 3, "{found:?}");
    }

    #[test]
    fn a_case_says_why_and_expects_both_outputs() {
        assert_eq!(said(&[("cases/a/evidence.pcap", ""), ("cases/a/expected.txt", "x")]).len(), 2);
        let whole = [
            ("cases/a/why.md", "why: job 17 answers login 12"),
            ("cases/a/e.txt", ""),
            ("cases/a/e.json", ""),
        ];
        assert_eq!(said(&whole), [""; 0]);
    }
}
