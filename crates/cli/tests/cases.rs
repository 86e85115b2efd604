//! The cases: evidence, why the answer is right (`why.md`), and the answer as text and JSON, to the last byte but for
//! when it ran. `UPDATE_EXPECT=1` writes what is said now; read the difference against `why.md` before keeping it.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use expect_test::expect_file;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut cases: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

/// The answer about `evidence.pcapng`, from inside the case's folder: no path of this machine is in it.
fn scan(case: &Path, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_minehound"))
        .args(["scan", "evidence.pcapng", "--format", format])
        .current_dir(case)
        .env_clear()
        .envs([("TZ", "UTC"), ("COLUMNS", "100")])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{}", case.display());
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_case_gets_its_answer() {
    let cases = cases();
    assert!(cases.len() >= 2, "{cases:?}");
    for case in cases {
        expect_file![case.join("expected.txt")].assert_eq(&scan(&case, "text"));
        let mut document: Value = serde_json::from_str(&scan(&case, "json")).unwrap();
        // When it ran, under what, and by which version is not the case's.
        let fields = document.as_object_mut().unwrap();
        fields.remove("run");
        fields.remove("tool");
        let json = serde_json::to_string_pretty(&document).unwrap() + "\n";
        expect_file![case.join("expected.json")].assert_eq(&json);
    }
}
