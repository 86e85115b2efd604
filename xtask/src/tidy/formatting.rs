//! `rustfmt --check` on every Rust file. `cargo fmt` does not see modules declared by `registry!`.

use std::process::Command;

use anyhow::{Context, Result};

use super::Violation;
use crate::tree::{Tree, root};

/// Asks rustfmt about all files at once; it names those it would change.
///
/// # Errors
/// When rustfmt does not start.
pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let files: Vec<&str> = tree.rust().map(|(path, _)| path).collect();
    let asked = Command::new("rustfmt")
        .args(["--edition", "2024", "--check", "--files-with-diff", "--config-path", "rustfmt.toml"])
        .args(&files)
        .current_dir(root())
        .output()
        .context("rustfmt did not start; `rustup component add rustfmt` brings it")?;
    let root = format!("{}/", root().display());
    let mut violations: Vec<Violation> = String::from_utf8_lossy(&asked.stdout)
        .lines()
        .map(|path| Violation::of(path.strip_prefix(&root).unwrap_or(path), "rustfmt would change it"))
        .collect();
    for line in String::from_utf8_lossy(&asked.stderr).lines().filter(|line| line.starts_with("error")) {
        violations.push(Violation::of("rustfmt", line));
    }
    Ok(violations)
}
