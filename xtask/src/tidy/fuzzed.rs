//! Every parser file is reached by a fuzz target that says so, every target is declared, and each has seeds.
//!
//! A target names what it reaches in its head, one line per file: `//! covers: crates/parse/src/app/dns/name.rs`.
//! Listing files rather than folders makes a new parser file ask for a look at the target.

use std::collections::{BTreeMap, BTreeSet};

use super::Violation;
use crate::source::{Source, words};
use crate::tree::Tree;

pub(crate) const TARGETS: &str = "fuzz/fuzz_targets/";
const CORPUS: &str = "fuzz/corpus/";
const MANIFEST: &str = "fuzz/Cargo.toml";
const COVERS: &str = "//! covers:";
/// Code that takes an attacker's bytes outside `parse`.
const PARSERS: &[&str] = &[
    "crates/parse/src/",
    "crates/flow/src/reassembly",
    "crates/flow/src/fragments",
    "crates/host/src/bundle/answers",
    "crates/host/src/bundle/recorded",
    "crates/host/src/bundle/unpack",
];

/// The targets of the tree, each with the files it says it covers.
pub(crate) fn targets(tree: &Tree) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for (path, text) in tree.rust() {
        if let Some(name) = path.strip_prefix(TARGETS).and_then(|name| name.strip_suffix(".rs")) {
            let covered = text.lines().filter_map(|line| line.strip_prefix(COVERS));
            let files = covered.flat_map(str::split_whitespace).map(str::to_owned).collect();
            found.insert(name.to_owned(), files);
        }
    }
    found
}

/// Compares parser files, targets, their declarations and their seeds.
pub(super) fn check(tree: &Tree) -> Vec<Violation> {
    let targets = targets(tree);
    let mut violations = Vec::new();
    let covered: BTreeSet<&str> = targets.values().flatten().map(String::as_str).collect();
    for (path, text) in
        tree.rust().filter(|(path, _)| PARSERS.iter().any(|parsers| path.starts_with(parsers)))
    {
        let source = Source::new(path, text);
        let parses = source.shipped_words("fn").next().is_some();
        if parses && !covered.contains(path) {
            violations.push(Violation::of(
                path,
                "no fuzz target covers this parser file (`//! covers:` in fuzz/fuzz_targets)",
            ));
        }
        violations.extend(entry_called(tree, path, &source));
    }
    let manifest = tree.text(MANIFEST).unwrap_or_default();
    let declared = declared(manifest);
    for (name, files) in &targets {
        let path = format!("{TARGETS}{name}.rs");
        if !declared.contains(name) {
            violations.push(Violation::of(&path, format!("no [[bin]] named `{name}` in {MANIFEST}")));
        }
        if files.is_empty() {
            violations.push(Violation::of(&path, "no `//! covers:` line"));
        }
        for file in files.iter().filter(|file| !tree.has(file)) {
            violations.push(Violation::of(&path, format!("covers `{file}`, which is not there")));
        }
        if !tree.paths().any(|seed| seed.starts_with(&format!("{CORPUS}{name}/"))) {
            violations.push(Violation::of(
                &path,
                format!("no seeds in {CORPUS}{name}/ (`cargo xtask seeds` writes them)"),
            ));
        }
    }
    for name in declared.iter().filter(|name| !targets.contains_key(*name)) {
        violations.push(Violation::of(MANIFEST, format!("[[bin]] `{name}` has no file {TARGETS}{name}.rs")));
    }
    for path in tree.paths() {
        if let Some((name, _)) = path.strip_prefix(CORPUS).and_then(|path| path.split_once('/'))
            && !targets.contains_key(name)
        {
            violations.push(Violation::of(path, format!("seeds of `{name}`, which is no target")));
        }
    }
    violations
}

/// A `pub fn fuzz` must be called by the target that covers its file.
fn entry_called(tree: &Tree, path: &str, source: &Source<'_>) -> Option<Violation> {
    let at = words(&source.code, "pub fn fuzz").find(|at| !source.is_test(*at))?;
    let module = module_path(path);
    let mut calls = vec![format!("{module}::fuzz(")];
    if let Some((parent, name)) = module.rsplit_once("::")
        && let Some(exported) = exported_as(tree, path, name)
    {
        calls.push(format!("{parent}::{exported}("));
    }
    let mut targets = tree.rust().filter(|(path, _)| path.starts_with(TARGETS));
    let called = targets.any(|(_, text)| calls.iter().any(|call| text.contains(call)));
    (!called).then(|| Violation::at(path, source.line(at), format!("no fuzz target calls `{module}::fuzz`")))
}

/// The name under which the module above exports `name::fuzz`, if it does.
fn exported_as(tree: &Tree, path: &str, name: &str) -> Option<String> {
    let (folder, _) = path.rsplit_once('/')?;
    let above = ["mod.rs", "lib.rs"].iter().find_map(|file| tree.text(&format!("{folder}/{file}")))?;
    let source = Source::new(folder, above);
    let (at, _) = source
        .uses()
        .into_iter()
        .find(|(_, used)| used.trim_start_matches("self::") == format!("{name}::fuzz"))?;
    let declaration = source.code[at..].split(';').next()?;
    let alias = declaration.split_once("fuzz as ").map(|(_, alias)| alias);
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    Some(alias.map_or_else(
        || "fuzz".to_owned(),
        |alias| alias.chars().take_while(|letter| is_word(*letter)).collect(),
    ))
}

/// `crates/parse/src/app/dns/mod.rs` is `parse::app::dns`.
fn module_path(path: &str) -> String {
    let path = path.trim_start_matches("crates/").replacen("/src/", "/", 1);
    path.trim_end_matches(".rs").trim_end_matches("/mod").trim_end_matches("/lib").replace('/', "::")
}

fn declared(manifest: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut in_bin = false;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            in_bin = line == "[[bin]]";
        } else if in_bin && let Some(name) = line.strip_prefix("name").and_then(|rest| rest.split('"').nth(1))
        {
            names.insert(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARSER: (&str, &str) =
        ("crates/parse/src/app/dns/mod.rs", "//! DNS\npub fn fuzz(data: &[u8]) {}\n");
    const TARGET: (&str, &str) = (
        "fuzz/fuzz_targets/dns.rs",
        "//! covers: crates/parse/src/app/dns/mod.rs\nparse::app::dns::fuzz(data);\n",
    );
    const BIN: (&str, &str) = ("fuzz/Cargo.toml", "[[bin]]\nname = \"dns\"\n");
    const SEED: (&str, &str) = ("fuzz/corpus/dns/query", "x");

    fn said(files: &[(&str, &str)]) -> usize {
        check(&Tree::of(files)).len()
    }

    #[test]
    fn a_whole_set_is_clean_and_each_missing_piece_is_found() {
        assert_eq!(said(&[PARSER, TARGET, BIN, SEED]), 0);
        assert_eq!(said(&[PARSER, BIN, TARGET]), 1, "no seeds");
        assert_eq!(said(&[PARSER, TARGET, SEED]), 1, "not declared");
        assert_eq!(said(&[PARSER]), 2, "not covered, not called");
        assert_eq!(said(&[TARGET, BIN, SEED]), 1, "covers a file that is gone");
        assert_eq!(said(&[BIN]), 1, "declared without a file");
        assert_eq!(said(&[SEED]), 1, "seeds of no target");
    }

    #[test]
    fn an_entry_may_be_called_where_it_is_exported() {
        let file = ("crates/parse/src/net/packet.rs", "//! p\npub fn fuzz(data: &[u8]) {}\n");
        let covers = "//! covers: crates/parse/src/net/packet.rs\n";
        let target = format!("{covers}parse::net::fuzz(data);\n");
        let files = |module: &'static str| {
            said(&[
                file,
                ("crates/parse/src/net/mod.rs", module),
                ("fuzz/fuzz_targets/dns.rs", &target),
                BIN,
                SEED,
            ])
        };
        assert_eq!(files("//! n\npub use packet::{decode, fuzz};\n"), 0);
        assert_eq!(files("//! n\npub use packet::decode;\n"), 1);
        assert_eq!(files("//! n\npub use packet::fuzz as fuzz_packet;\n"), 1);
    }

    #[test]
    fn a_new_parser_file_asks_for_its_target() {
        let new = ("crates/parse/src/app/dns/name.rs", "//! names\nfn name(data: &[u8]) {}\n");
        assert_eq!(said(&[PARSER, TARGET, BIN, SEED, new]), 1);
        let only_types = ("crates/parse/src/app/types.rs", "//! types\npub struct A;\n");
        assert_eq!(said(&[PARSER, TARGET, BIN, SEED, only_types]), 0);
    }
}
