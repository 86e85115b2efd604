//! Runs the fuzz targets for a while: longer where the code they cover has changed.
//!
//! `RUSTC_BOOTSTRAP=1` lets the stable compiler build with AddressSanitizer; it is set for this command alone, since it
//! changes what a compiler accepts. Where that is forbidden, the targets run without a sanitizer. Inputs found on the
//! way go to a scratch corpus under `fuzz/target`; the committed seeds stay as they are.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context, Result, bail, ensure};

use crate::tidy::fuzz_targets;
use crate::tree::{Tree, root};

/// Growth, hangs and input size that no target may pass.
const LIMITS: &[&str] =
    &["-rss_limit_mb=512", "-timeout=5", "-max_len=65536", "-verbosity=0", "-print_final_stats=1"];

/// Which targets, and how long each.
struct Plan {
    seconds: u64,
    changed_seconds: u64,
    base: Option<String>,
    targets: Vec<String>,
}

/// How the targets are built.
#[derive(Clone, Copy)]
enum Sanitizer {
    Address,
    Off,
}

/// Runs the targets named, or all.
///
/// # Errors
/// When a target cannot be built, or one of them found something.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let plan = plan(arguments)?;
    let tree = Tree::load()?;
    let known = fuzz_targets(&tree);
    for name in &plan.targets {
        ensure!(known.contains_key(name), "no fuzz target named `{name}`; there are {}", join(known.keys()));
    }
    let changed = changed_files(plan.base.as_deref())?;
    let mut queue: Vec<(String, u64)> = Vec::new();
    for (name, covers) in &known {
        if plan.targets.is_empty() || plan.targets.contains(name) {
            let own = format!("fuzz/fuzz_targets/{name}.rs");
            let is_changed = covers.iter().chain([&own]).any(|file| changed.contains(file.as_str()));
            queue.push((name.clone(), if is_changed { plan.changed_seconds } else { plan.seconds }));
        }
    }
    let sanitizer = build()?;
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(queue.len().max(1));
    queue.reverse();
    let (queue, failures) = (Mutex::new(queue), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().ok().and_then(|mut queue| queue.pop());
                    let Some((name, seconds)) = next else { break };
                    match fuzz(&name, seconds, sanitizer) {
                        Ok(line) => println!("{line}"),
                        Err(error) => {
                            println!("{name}: {error:#}");
                            if let Ok(mut failures) = failures.lock() {
                                failures.push(name);
                            }
                        }
                    }
                }
            });
        }
    });
    let failures = failures.into_inner().unwrap_or_default();
    ensure!(failures.is_empty(), "fuzzing found something in {}", join(&failures));
    Ok(())
}

fn plan(arguments: &[String]) -> Result<Plan> {
    let mut plan = Plan { seconds: 60, changed_seconds: 60, base: None, targets: Vec::new() };
    let mut changed_given = false;
    let mut given = arguments.iter();
    while let Some(argument) = given.next() {
        let mut value = || given.next().with_context(|| format!("{argument} wants a value"));
        match argument.as_str() {
            "--seconds" => plan.seconds = value()?.parse().context("--seconds wants a number")?,
            "--changed-seconds" => {
                plan.changed_seconds = value()?.parse().context("--changed-seconds wants a number")?;
                changed_given = true;
            }
            "--base" => plan.base = Some(value()?.clone()),
            option if option.starts_with('-') => {
                bail!("fuzz knows --seconds, --changed-seconds, --base; not {option}")
            }
            target => plan.targets.push(target.to_owned()),
        }
    }
    if !changed_given {
        plan.changed_seconds = plan.seconds;
    }
    Ok(plan)
}

/// Files that differ from the base: the merge base with the published main, or, standing on it, the last commit that
/// is half a day older than this one; in a young repository its first.
fn changed_files(base: Option<&str>) -> Result<BTreeSet<String>> {
    let head = git(&["rev-parse", "HEAD"])?;
    let base = match base {
        Some(base) => base.to_owned(),
        None => match git(&["merge-base", "HEAD", "origin/main"]) {
            Ok(base) if base != head => base,
            _ => {
                let stamp: i64 =
                    git(&["log", "-1", "--format=%ct"])?.parse().context("git gave no commit time")?;
                let before = format!("--before={}", stamp - 12 * 3600);
                let older = git(&["rev-list", "-1", &before, "HEAD"]).unwrap_or_default();
                let first = || git(&["rev-list", "--max-parents=0", "HEAD"]);
                if older.is_empty() { first()?.lines().next().unwrap_or_default().to_owned() } else { older }
            }
        },
    };
    let mut files: BTreeSet<String> =
        git(&["diff", "--name-only", &base])?.lines().map(str::to_owned).collect();
    files.extend(git(&["ls-files", "--others", "--exclude-standard"])?.lines().map(str::to_owned));
    Ok(files)
}

fn git(arguments: &[&str]) -> Result<String> {
    let asked =
        Command::new("git").args(arguments).current_dir(root()).output().context("git did not start")?;
    ensure!(
        asked.status.success(),
        "git {}: {}",
        arguments.join(" "),
        String::from_utf8_lossy(&asked.stderr).trim()
    );
    Ok(String::from_utf8_lossy(&asked.stdout).trim().to_owned())
}

fn cargo_fuzz(action: &str, sanitizer: Sanitizer) -> Command {
    let mut command = Command::new("cargo");
    command.args(["fuzz", action]).current_dir(root());
    match sanitizer {
        Sanitizer::Address => command.env("RUSTC_BOOTSTRAP", "1"),
        Sanitizer::Off => command.args(["-s", "none"]),
    };
    command
}

fn build() -> Result<Sanitizer> {
    for sanitizer in [Sanitizer::Address, Sanitizer::Off] {
        let built = cargo_fuzz("build", sanitizer)
            .output()
            .context("cargo fuzz did not start; `cargo install --locked cargo-fuzz` brings it")?;
        match sanitizer {
            _ if built.status.success() => return Ok(sanitizer),
            Sanitizer::Address => println!("no AddressSanitizer here, trying without"),
            Sanitizer::Off => {
                bail!("the fuzz targets do not build\n{}", String::from_utf8_lossy(&built.stderr))
            }
        }
    }
    bail!("the fuzz targets do not build")
}

fn fuzz(name: &str, seconds: u64, sanitizer: Sanitizer) -> Result<String> {
    let scratch = root().join("fuzz/target/corpus").join(name);
    std::fs::create_dir_all(&scratch).with_context(|| format!("cannot make {}", scratch.display()))?;
    let ran = cargo_fuzz("run", sanitizer)
        .arg(name)
        .arg(&scratch)
        .arg(format!("fuzz/corpus/{name}"))
        .arg("--")
        .arg(format!("-max_total_time={seconds}"))
        .args(LIMITS)
        .output()
        .context("cargo fuzz did not start")?;
    let said = String::from_utf8_lossy(&ran.stderr);
    if !ran.status.success() {
        let tail: Vec<&str> = said.lines().rev().take(40).collect();
        bail!("stopped\n{}", tail.into_iter().rev().collect::<Vec<_>>().join("\n"));
    }
    let stat = |label: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(label));
        line.map_or_else(|| "?".to_owned(), |value| value.trim().to_owned())
    };
    let (runs, peak) = (stat("stat::number_of_executed_units:"), stat("stat::peak_rss_mb:"));
    ensure!(runs.parse().is_ok_and(|runs: u64| runs > 0), "ran nothing");
    Ok(format!("{name}: {seconds} s, {runs} runs, peak {peak} MB, nothing found"))
}

fn join<'n>(names: impl IntoIterator<Item = &'n String>) -> String {
    names.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn unchanged_targets_may_run_shorter() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let both = plan(&words("--seconds 3 --changed-seconds 20 dns")).unwrap();
        assert_eq!((both.seconds, both.changed_seconds, both.targets), (3, 20, vec!["dns".to_owned()]));
        assert_eq!(plan(&words("--seconds 600")).unwrap().changed_seconds, 600);
        assert!(plan(&words("--second 600")).is_err());
        assert!(plan(&words("--seconds")).is_err());
    }
}
