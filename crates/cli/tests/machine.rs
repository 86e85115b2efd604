//! `minehound scan` with nothing named and `minehound collect`: this machine, with harmless processes of the test on it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use serde_json::Value;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

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

fn minehound(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_minehound")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// A folder of the test's own.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("machine-{test}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Everything that is said of a process but for how far it got meanwhile, which cannot be the same twice.
fn said(report: &Value, pid: u32) -> Vec<Value> {
    let mut findings = report["findings"].as_array().unwrap().clone();
    findings.retain(|finding| finding["subject"]["pid"] == pid);
    for finding in &mut findings {
        for moving in ["id", "first_seen", "last_seen", "summary"] {
            finding.as_object_mut().unwrap().remove(moving);
        }
        // The kernel reckons its start, to which starts of processes are added, anew each time; the second may differ.
        finding["subject"].as_object_mut().unwrap().remove("started");
        finding["facts"].as_object_mut().unwrap().remove("cpu_percent");
        for cited in finding["evidence"].as_array_mut().unwrap() {
            cited.as_object_mut().unwrap().remove("time");
        }
    }
    findings
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
    let mut findings = report["findings"].as_array().unwrap().iter();
    let finding =
        findings.find(|one| one["detector"] == "miner-process" && one["subject"]["pid"] == orders.0.id());
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

#[test]
fn a_collected_machine_says_elsewhere_what_it_says_here() {
    let wallet =
        "428uyvSqdpVZL7HHgpj2T5SpasCcoHZNTTzE3Lz2H5ZkiMzqayy19sYDcBGDCjoWbTfLBnc3tc9rG4Y8gXQ8fJiP5tqeBda";
    let orders = Actor(
        Command::new("sh")
            .args(["-c", "read line", "-o", "stratum+tcp://pool.example:3333", "-u", wallet, "-p", "geheim"])
            .arg0("[kworker/u8:2-events]")
            .stdin(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let pid = orders.0.id();
    let folder = folder("collect");
    let bundle = folder.join("holiday.jpg").display().to_string();
    let collected = minehound(&["collect", "-o", &bundle, "--observe", "1"]);
    let told = String::from_utf8_lossy(&collected.stderr).into_owned();
    assert_eq!(collected.status.code(), Some(0), "{told}");
    assert!(collected.stdout.is_empty());
    assert!(told.contains("keep it as you keep secrets"), "{told}");
    let live = scan(&[]);
    let elsewhere = scan(&[&bundle]);

    let (here, there) = (said(&live, pid), said(&elsewhere, pid));
    assert_eq!(here, there);
    assert!(here.iter().any(|finding| finding["detector"] == "miner-process"), "{here:?}");
    let evidence = &elsewhere["evidence"][0];
    assert_eq!((&evidence["reader"], &evidence["source"]), (&"bundle".into(), &bundle.as_str().into()));
    let sha256 = evidence["sha256"].as_str().unwrap();
    assert!(told.contains(sha256), "what was printed is what was written: {told}");
    assert!(!evidence["gaps"].to_string().contains("not in the bundle"), "{evidence}");
    assert_eq!(live["hosts"][0]["names"], elsewhere["hosts"][0]["names"]);
    assert_eq!(live["hosts"][0]["verdict"], elsewhere["hosts"][0]["verdict"]);
    assert!(!elsewhere.to_string().contains("geheim"), "passwords are masked, though the bundle holds them");

    // For its owner alone, and never over what is there.
    let mode = |path: &str| {
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(path).unwrap().permissions()) & 0o777
    };
    assert_eq!(mode(&bundle), 0o600);
    let before = std::fs::read(&bundle).unwrap();
    let again = minehound(&["collect", "-o", &bundle, "--observe", "0"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("--force"));
    assert_eq!(std::fs::read(&bundle).unwrap(), before);
    // A link in its place is replaced, not followed.
    let (link, innocent) = (folder.join("link"), folder.join("innocent"));
    std::fs::write(&innocent, "innocent").unwrap();
    std::os::unix::fs::symlink(&innocent, &link).unwrap();
    let link = link.display().to_string();
    assert_eq!(minehound(&["collect", "-o", &link, "--observe", "0"]).status.code(), Some(2));
    let forced = minehound(&["collect", "-o", &link, "--observe", "0", "--force", "--quiet"]);
    assert_eq!((forced.status.code(), forced.stderr.is_empty()), (Some(0), true), "{forced:?}");
    assert_eq!(std::fs::read_to_string(&innocent).unwrap(), "innocent");
    assert_eq!(mode(&link), 0o600);
    assert_eq!(minehound(&["collect"]).status.code(), Some(2));
    assert_eq!(minehound(&["collect", "-o", "/dev/full", "--observe", "0"]).status.code(), Some(2));
}

#[test]
fn a_folder_that_is_a_machine_is_scanned_as_one() {
    let folder = folder("tree");
    let root = folder.join("case-7/[root]");
    for below in ["etc", "var/log", "bin"] {
        std::fs::create_dir_all(root.join(below)).unwrap();
    }
    std::fs::write(root.join("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n").unwrap();
    std::fs::write(root.join("etc/hostname"), "pc-13\n").unwrap();
    std::os::unix::fs::symlink("/etc/shadow", root.join("var/log/syslog")).unwrap();
    let report = scan(&[&folder.display().to_string()]);
    assert_eq!(report["evidence"][0]["reader"], "tree");
    assert_eq!(report["evidence"][0]["source"].as_str(), root.to_str());
    assert_eq!(report["hosts"][0]["names"][0], "pc-13");
    assert_eq!(report["hosts"][0]["verdict"], "clear");
}
