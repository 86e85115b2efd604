//! Under the sandbox an attempt to open another file, a socket or a program fails, in every thread; without it the
//! same attempts succeed.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;

/// What became of each attempt.
fn attempts(how: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("confined-{how}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let (readable, other) = (folder.join("named"), folder.join("other"));
    std::fs::write(&readable, "named").unwrap();
    std::fs::write(&other, "other").unwrap();
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_confined"))
        .arg(how)
        .args([&readable, &other])
        .arg(port)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| line.split_once(": ").unwrap())
        .map(|(what, is)| (what.into(), is.into()))
        .collect()
}

/// The attempts that a kernel interface refuses, by the documentation of each.
const BY_LANDLOCK: [&str; 4] = ["other file", "other folder", "append", "new file"];
const BY_SECCOMP: [&str; 5] = ["rename", "mode", "tcp", "udp", "program"];

#[test]
fn a_free_process_can_do_all_of_it() {
    let done = attempts("free");
    for what in BY_LANDLOCK.iter().chain(&BY_SECCOMP).chain(&["named file", "file opened before"]) {
        assert_eq!(done[*what], "done", "{what}");
    }
    assert_eq!(done["in force"], "");
}

#[test]
fn a_confined_process_reads_what_was_named_and_nothing_else() {
    let done = attempts("confined");
    let in_force = &done["in force"];
    for (interface, refused) in [("landlock", &BY_LANDLOCK[..]), ("seccomp", &BY_SECCOMP[..])] {
        if !in_force.contains(interface) {
            println!("SKIPPED: this kernel has no {interface}");
            continue;
        }
        for what in refused {
            assert_eq!(done[*what], "refused", "{what} ({in_force})");
            assert_eq!(done[&format!("thread {what}")], "refused", "{what} in a thread ({in_force})");
        }
    }
    for what in ["named file", "thread named file", "file opened before"] {
        assert_eq!(done[what], "done", "{what} ({in_force})");
    }
}
