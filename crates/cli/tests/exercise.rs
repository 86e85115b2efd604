//! The exercises of `drill host`, looked at by `scan`: every actor is found as what it is, and named by its number; what only
//! looks like a miner is not.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long actors may take to begin on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// The stage with its actors; ended, and with it everything undone, when it goes.
struct Stage {
    child: Child,
    truth: Vec<(String, u32, Vec<String>)>,
}

impl Stage {
    fn begin(test: &str, actors: &[&str]) -> Stage {
        let folder: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("exercise-{test}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let truth = folder.join("truth.tsv");
        let mut command = Command::new(env!("CARGO_BIN_EXE_minehound"));
        command.args(["drill", "host", "--seconds", "600", "--touch", "never", "--truth"]).arg(&truth);
        command.args(actors.iter().flat_map(|actor| ["--actor", actor])).env("TMPDIR", &folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut stage = Stage { child: command.spawn().unwrap(), truth: Vec::new() };
        let begin = Instant::now();
        loop {
            let text = fs::read_to_string(&truth).unwrap_or_default();
            let rows = rows(&text);
            let begun: BTreeSet<&str> = rows.iter().map(|(actor, ..)| actor.as_str()).collect();
            if text.ends_with('\n') && actors.iter().all(|actor| begun.contains(actor)) {
                stage.truth = rows;
                return stage;
            }
            assert!(begin.elapsed() < PATIENCE, "{actors:?} never began: {text}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

/// Actor, number and traits of each row.
fn rows(text: &str) -> Vec<(String, u32, Vec<String>)> {
    let read = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let traits = cells.get(2)?.split(' ').map(str::to_owned).collect();
        Some(((*cells.first()?).to_owned(), cells.get(1)?.parse().ok()?, traits))
    };
    text.lines().filter_map(read).collect()
}

/// What is said of each process: detector, weight, and the word of an oddity.
fn said(arguments: &[&str]) -> BTreeSet<(u32, String)> {
    let output = Command::new(env!("CARGO_BIN_EXE_minehound"))
        .args(["scan", "--format", "json", "--observe", "2"])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut said = BTreeSet::new();
    for finding in report["findings"].as_array().unwrap() {
        let Some(pid) = finding["subject"]["pid"].as_u64() else { continue };
        let words = [&finding["facts"]["oddity"], &finding["weight"]["id"], &finding["detector"]];
        said.extend(words.iter().filter_map(|word| Some((pid as u32, word.as_str()?.to_owned()))));
    }
    said
}

/// What must be said of a process with a trait; nothing for traits that are told in other words or not at all.
fn expected(word: &str) -> Option<&str> {
    Some(match word {
        "deleted"
        | "false-kernel-thread"
        | "hidden-folder"
        | "in-memory"
        | "preload"
        | "replaced"
        | "system-name-elsewhere"
        | "writable-folder" => word,
        "busy" => "busy-process",
        "randomx-dataset" => "randomx-process-memory",
        "rounding-modes" => "randomx-process-rounding",
        "orders-arguments" | "orders-environment" | "orders-file" => "miner-process-ordered",
        _ => return None,
    })
}

/// Says what is missing.
fn missing(stage: &Stage, said: &BTreeSet<(u32, String)>) -> Vec<String> {
    let of_row = |(actor, pid, traits): &(String, u32, Vec<String>)| {
        let words = traits.iter().filter_map(|word| expected(word));
        let missing = words.filter(|word| !said.contains(&(*pid, (*word).to_owned())));
        missing.map(|word| format!("{actor} {pid}: {word}")).collect::<Vec<String>>()
    };
    stage.truth.iter().flat_map(of_row).collect()
}

fn check(stage: &Stage, said: &BTreeSet<(u32, String)>) {
    assert!(missing(stage, said).is_empty(), "{:?} in {said:?}", missing(stage, said));
    let mut checked = 0;
    for (actor, pid, traits) in &stage.truth {
        checked += traits.iter().filter_map(|word| expected(word)).count();
        if traits.iter().any(|word| word == "look-alike") {
            let ordered = (*pid, "miner-process-ordered".to_owned());
            let named = (*pid, "miner-process-named".to_owned());
            assert!(!said.contains(&ordered) && !said.contains(&named), "{actor}: {said:?}");
            checked += 1;
        }
    }
    assert!(checked >= stage.truth.len(), "{checked} of {}", stage.truth.len());
}

#[test]
fn false_names_and_files_are_found_as_what_they_are() {
    let actors = ["renamed", "system-name", "deleted", "replaced", "memfd", "writable", "preloaded"];
    let stage = Stage::begin("names", &actors);
    check(&stage, &said(&[]));
}

#[test]
fn orders_are_found_wherever_they_stand() {
    let stage = Stage::begin("orders", &["orders", "orders-config", "orders-environment", "name-only"]);
    check(&stage, &said(&[]));
}

#[test]
fn load_memory_and_rounding_modes_are_found() {
    let stage = Stage::begin("load", &["busy", "randomx-memory", "rounding"]);
    // Threads that give way to all others hardly run on a machine that builds and tests something else meanwhile: what is
    // missing at first is looked for again.
    let mut all = BTreeSet::new();
    for _ in 0..8 {
        all.extend(said(&["--deep"]));
        if missing(&stage, &all).is_empty() {
            break;
        }
    }
    check(&stage, &all);
}
