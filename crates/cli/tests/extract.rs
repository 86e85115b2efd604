//! `scan --extract FILE`: a capture from which a scan draws the same verdict, and what is refused.
//! That this holds for every kind of traffic is tested in `crates/engine/tests/extract`.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("extract-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("captures")).unwrap();
    let made = minehound(&folder, &["drill", "traffic", "office-day", "-o", "captures/a.pcapng"]);
    assert!(made.status.success(), "{made:?}");
    folder
}

fn minehound(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minehound"));
    command.args(arguments).current_dir(folder).env_clear().env("COLUMNS", "100");
    command.stdin(Stdio::null()).output().unwrap()
}

/// The answer without what refers to the run and the evidence, or to all packets of a host.
fn told(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let mut answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    for host in answer["hosts"].as_array_mut().unwrap() {
        for of_all in ["first_seen", "last_seen", "coverage", "not_found", "next_fact"] {
            host[of_all] = Value::Null;
        }
    }
    for finding in answer["findings"].as_array_mut().unwrap() {
        finding["evidence"] = Value::Null;
    }
    serde_json::json!([answer["hosts"], answer["findings"]])
}

#[test]
fn a_scan_of_the_extract_draws_the_same_verdict() {
    let folder = folder("same");
    let scan = ["scan", "captures", "--format", "json", "--extract", "x.pcapng"];
    let whole = minehound(&folder, &scan);
    assert!(whole.stderr.is_empty(), "{whole:?}");
    let again = minehound(&folder, &["scan", "x.pcapng", "--format", "json"]);
    assert_eq!(told(&again), told(&whole));
    let size = |name: &str| fs::metadata(folder.join(name)).unwrap().len();
    assert!(size("x.pcapng") < size("captures/a.pcapng") / 2);
    // Into the very folder, and from compressed evidence.
    let inside =
        minehound(&folder, &["scan", "captures", "--format", "json", "--extract", "captures/x.pcapng"]);
    assert_eq!(told(&inside), told(&whole));
    assert_eq!(
        fs::read(folder.join("captures/x.pcapng")).unwrap(),
        fs::read(folder.join("x.pcapng")).unwrap()
    );
}

/// Asserts exit code 2 and one line with these words.
fn fails(output: &Output, words: &str) {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!((output.status.code(), text.lines().count()), (Some(2), 1), "{output:?}");
    assert!(text.contains(words), "{text}");
}

#[test]
fn evidence_is_never_written_over() {
    let folder = folder("spare");
    let before = fs::read(folder.join("captures/a.pcapng")).unwrap();
    for evidence in ["captures", "captures/a.pcapng", "."] {
        for option in ["--extract", "-o"] {
            fails(&minehound(&folder, &["scan", evidence, option, "captures/a.pcapng"]), "is evidence");
        }
    }
    assert_eq!(fs::read(folder.join("captures/a.pcapng")).unwrap(), before);
    fails(&minehound(&folder, &["scan", "captures", "--extract", "-"]), "a file of its own");
    fails(&minehound(&folder, &["scan", "captures", "--extract", "x", "-o", "x"]), "a file of its own");
}

#[test]
fn what_can_be_read_only_once_is_refused() {
    let folder = folder("once");
    let bytes = fs::read(folder.join("captures/a.pcapng")).unwrap();
    let (reader, mut writer) = std::io::pipe().unwrap();
    let feeding = std::thread::spawn(move || std::io::Write::write_all(&mut writer, &bytes));
    let mut command = Command::new(env!("CARGO_BIN_EXE_minehound"));
    command.args(["scan", "-", "--extract", "x.pcapng"]).current_dir(&folder).env_clear().stdin(reader);
    let output = command.output().unwrap();
    drop(command);
    fails(&output, "can be read only once");
    // Refused before it is read through: the writer finds nobody listening.
    assert!(feeding.join().unwrap().is_err());
}

#[test]
fn an_extract_of_nothing_says_so() {
    let folder = folder("nothing");
    minehound(&folder, &["drill", "traffic", "office", "-o", "plain.pcapng"]);
    let output = minehound(&folder, &["scan", "plain.pcapng", "--extract", "x.pcapng"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(String::from_utf8(output.stderr).unwrap().contains("no packets"));
}
