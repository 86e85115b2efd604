//! The direction table: which crate may use which. The same table stands in ARCHITECTURE.md.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::Violation;
use crate::tree::root;

/// A crate, and the crates of this project it may use. Ordinary and build dependencies are held to it;
/// a test may use more (a detector's fixtures run through `flow`), except across [`NEVER`].
const TABLE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("intel", &["model"]),
    ("parse", &[]),
    ("sys", &[]),
    ("host", &["model", "parse", "sys"]),
    ("flow", &["model", "parse"]),
    ("evidence", &["model", "parse", "flow", "host"]),
    ("detect", &["model", "intel"]),
    ("verdict", &["model"]),
    ("engine", &["model", "intel", "parse", "flow", "host", "evidence", "detect", "verdict"]),
    ("report", &["model"]),
    ("drill", &["model", "sys"]),
    (
        "cli",
        &[
            "model", "intel", "parse", "sys", "host", "flow", "evidence", "detect", "verdict", "engine",
            "report", "drill",
        ],
    ),
    ("xtask", &[]),
];

/// Pairs that never meet, not even in a test: what finds does not judge.
const NEVER: &[(&str, &str)] = &[("detect", "verdict"), ("verdict", "detect")];

/// Asks cargo for the crates of the workspace.
///
/// # Errors
/// When cargo fails or prints something else.
pub(super) fn metadata() -> Result<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let asked = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .context("cargo metadata did not start")?;
    ensure!(asked.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&asked.stderr));
    serde_json::from_slice(&asked.stdout).context("cargo metadata printed no JSON")
}

/// Compares the workspace with the table.
///
/// # Errors
/// When the metadata has not the shape cargo documents.
pub(super) fn check(metadata: &Value) -> Result<Vec<Violation>> {
    let packages = metadata["packages"].as_array().context("cargo metadata without packages")?;
    let names: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut violations = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let manifest = manifest_path(package, metadata);
        let Some((_, may)) = TABLE.iter().find(|(row, _)| *row == name) else {
            violations.push(Violation::of(
                manifest,
                format!("crate `{name}` is not in the direction table: a crate is a design change"),
            ));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let used = dependency["name"].as_str().unwrap_or_default();
            if !names.contains(&used) {
                continue;
            }
            let only_in_tests = dependency["kind"].as_str() == Some("dev");
            if NEVER.contains(&(name, used)) {
                violations.push(Violation::of(
                    &manifest,
                    format!("`{name}` and `{used}` never meet, not even in tests"),
                ));
            } else if !only_in_tests && !may.contains(&used) {
                let may = if may.is_empty() { "no other crate".to_owned() } else { may.join(", ") };
                violations
                    .push(Violation::of(&manifest, format!("`{name}` uses `{used}`; it may use {may}")));
            }
        }
    }
    Ok(violations)
}

fn manifest_path(package: &Value, metadata: &Value) -> String {
    let full = package["manifest_path"].as_str().unwrap_or_default();
    let root = metadata["workspace_root"].as_str().unwrap_or_default();
    full.strip_prefix(root).unwrap_or(full).trim_start_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use serde_json::json;

    use super::*;

    fn said(name: &str, uses: &[(&str, Option<&str>)]) -> Vec<String> {
        let mut packages: Vec<Value> = TABLE
            .iter()
            .filter(|(row, _)| *row != name)
            .map(|(row, _)| json!({"name": row, "dependencies": []}))
            .collect();
        let uses: Vec<Value> = uses.iter().map(|(used, kind)| json!({"name": used, "kind": kind})).collect();
        packages.push(json!({"name": name, "manifest_path": format!("/p/crates/{name}/Cargo.toml"), "dependencies": uses}));
        let found = check(&json!({"packages": packages, "workspace_root": "/p"})).unwrap();
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_edge_against_the_direction_is_found() {
        assert_eq!(
            said("report", &[("model", None), ("verdict", None)]),
            ["crates/report/Cargo.toml: `report` uses `verdict`; it may use model"]
        );
        assert_eq!(said("parse", &[("flow", Some("build"))]).len(), 1);
    }

    #[test]
    fn tests_may_use_more_but_finding_and_judging_never_meet() {
        assert_eq!(said("detect", &[("flow", Some("dev")), ("serde", None)]), [""; 0]);
        assert_eq!(said("detect", &[("verdict", Some("dev"))]).len(), 1);
    }

    #[test]
    fn a_crate_outside_the_table_is_found() {
        assert_eq!(said("helpers", &[]).len(), 1);
    }

    #[test]
    fn the_table_has_no_circle() {
        for (index, (_, may)) in TABLE.iter().enumerate() {
            for used in *may {
                assert!(TABLE[..index].iter().any(|(row, _)| row == used), "{used} stands above");
            }
        }
    }
}
