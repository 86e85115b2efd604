//! `minehound scan` with nothing named: this machine, with harmless processes of the test on it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use serde_json::Value;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// A process of the test that ends with it.
struct Actor(Child);

impl Drop for Actor {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn scan(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_minehound"))
        .args(["scan", "--observe", "1", "--format", "json"])
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Detector and weight of every finding about a process.
fn about(report: &Value, pid: u32) -> Vec<(String, String)> {
    let findings = report["findings"].as_array().unwrap().iter();
    let own = findings.filter(|finding| finding["subject"]["pid"] == pid);
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    own.map(|finding| (word(&finding["detector"]), word(&finding["weight"]["id"]))).collect()
}

#[test]
fn this_machine_is_looked_at_when_nothing_is_named() {
    let report = scan(&[]);
    assert_eq!(report["evidence"][0]["reader"], "live");
    let host = &report["hosts"][0];
    assert_eq!(host["examined"], true);
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    assert_eq!(host["names"][0].as_str(), Some(name.trim()));
    assert!(report["unseen"]["processes"].as_u64().unwrap() > 1);
}

#[test]
fn a_process_with_orders_under_a_false_name_is_named_by_its_number() {
    // The wallet of a published report (Unit 42, 2021), whose check sum is right; the program only waits.
    let wallet =
        "428uyvSqdpVZL7HHgpj2T5SpasCcoHZNTTzE3Lz2H5ZkiMzqayy19sYDcBGDCjoWbTfLBnc3tc9rG4Y8gXQ8fJiP5tqeBda";
    let orders = Actor(
        Command::new("sh")
            .args(["-c", "read line", "-o", "stratum+tcp://pool.example:3333", "-u", wallet, "-p", "geheim"])
            .arg0("[kworker/u8:1-events]")
            .stdin(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let quoting = Actor(
        Command::new("sh")
            .args(["-c", &format!("read line # x -o stratum+tcp://pool.example:3333 -u {wallet}; true")])
            .stdin(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let report = scan(&[]);
    let found = about(&report, orders.0.id());
    let expected = |detector: &str, weight: &str| (detector.to_owned(), weight.to_owned());
    assert!(found.contains(&expected("miner-process", "miner-process-ordered")), "{found:?}");
    assert!(found.contains(&expected("odd-process", "odd-process-false-kernel-thread")), "{found:?}");
    let finding =
        report["findings"].as_array().unwrap().iter().find(|one| one["detector"] == "miner-process");
    let finding = finding.unwrap();
    assert_eq!(finding["facts"]["pool"], "pool.example:3333");
    assert_eq!(finding["facts"]["wallet"], wallet);
    assert_eq!(finding["facts"]["wallet_check"], "checksum");
    assert_eq!(finding["evidence"][0]["at"], format!("pid {}", orders.0.id()));
    assert!(!report.to_string().contains("geheim"), "passwords are masked");
    let quoted = about(&report, quoting.0.id());
    assert!(!quoted.iter().any(|(detector, _)| detector == "miner-process"), "{quoted:?}");
    let host = &report["hosts"][0];
    assert!(matches!(host["verdict"].as_str(), Some("probable" | "confirmed")), "{host}");
    assert_eq!(host["roles"][0], "miner");
}
