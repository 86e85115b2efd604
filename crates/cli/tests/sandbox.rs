//! A scan works under the sandbox whatever way the evidence is named, and says what was in force.
//! That the sandbox holds is proved in `crates/sys/tests/confined`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use serde_json::Value;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of this test's own, with a capture of one miner in it.
struct Office {
    folder: PathBuf,
}

impl Office {
    fn new(test: &str) -> Office {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sandbox-{test}"));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("captures")).unwrap();
        let office = Office { folder };
        let made =
            office.minehound(&["drill", "traffic", "cryptonote-xmrig", "-o", "captures/a.pcapng"], None);
        assert!(made.status.success(), "{made:?}");
        office
    }

    /// Runs the program in the folder, away from the user's own terminal and language.
    fn minehound(&self, arguments: &[&str], stdin: Option<File>) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_minehound"));
        command.args(arguments).current_dir(&self.folder).env_clear().env("COLUMNS", "100");
        command.stdin(stdin.map_or_else(Stdio::null, Stdio::from)).output().unwrap()
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    /// The answer about this evidence; asserts that the miner was found and nothing was complained of.
    fn answer(&self, evidence: &str, stdin: Option<File>) -> Value {
        let output = self.minehound(&["scan", evidence, "--format", "json", "--quiet"], stdin);
        assert_eq!(output.status.code(), Some(1), "{evidence}: {output:?}");
        assert!(output.stderr.is_empty(), "{evidence}: {output:?}");
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["hosts"][0]["verdict"], "confirmed", "{evidence}");
        answer
    }

    fn capture(&self) -> File {
        File::open(self.path("captures/a.pcapng")).unwrap()
    }
}

#[test]
fn evidence_is_read_by_every_name() {
    let office = Office::new("names");
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&fs::read(office.path("captures/a.pcapng")).unwrap()).unwrap();
    fs::write(office.path("a.gz"), gz.finish().unwrap()).unwrap();
    std::os::unix::fs::symlink("captures/a.pcapng", office.path("link")).unwrap();
    std::os::unix::fs::symlink("captures", office.path("folder-link")).unwrap();
    fs::create_dir_all(office.path("captures/below/below")).unwrap();
    fs::copy(office.path("captures/a.pcapng"), office.path("captures/below/below/b.pcapng")).unwrap();
    let names = [
        "captures/a.pcapng",
        "./captures/../captures/a.pcapng",
        "captures",
        "captures/below",
        "folder-link",
        ".",
        "link",
        "a.gz",
    ];
    for name in names {
        office.answer(name, None);
    }
    office.answer(&office.path("captures/a.pcapng"), None);
    office.answer("-", Some(office.capture()));
    office.answer("/dev/stdin", Some(office.capture()));
}

/// A pipe has no place in the file system, a FIFO has one.
#[test]
fn evidence_is_read_from_a_pipe() {
    let office = Office::new("pipe");
    for name in ["-", "/dev/stdin"] {
        let (reader, mut writer) = std::io::pipe().unwrap();
        let bytes = fs::read(office.path("captures/a.pcapng")).unwrap();
        let feeding = std::thread::spawn(move || writer.write_all(&bytes));
        let mut command = Command::new(env!("CARGO_BIN_EXE_minehound"));
        command.args(["scan", name, "--quiet"]).current_dir(&office.folder).env_clear().stdin(reader);
        let output = command.output().unwrap();
        // The command's own copy of the reading end goes, so that writing cannot wait for ever.
        drop(command);
        assert_eq!(output.status.code(), Some(1), "{name}: {output:?}");
        feeding.join().unwrap().unwrap();
    }
}

#[test]
fn the_answer_is_the_same_as_without_and_says_what_was_in_force() {
    let office = Office::new("same");
    let mut confined = office.answer("captures", None);
    let run = |arguments: &[&str]| office.minehound(arguments, None);
    let free = run(&["scan", "captures", "--format", "json", "--no-sandbox"]);
    let mut free: Value = serde_json::from_slice(&free.stdout).unwrap();
    assert!(free["run"].get("sandbox").is_none(), "{}", free["run"]);
    let in_force = confined["run"]["sandbox"].as_str().unwrap_or_default().to_owned();
    let why = String::from_utf8(run(&["scan", "captures", "--why"]).stdout).unwrap();
    let why = why.split_once("Sandbox: ").unwrap().1.to_lowercase();
    let complaint = String::from_utf8(run(&["scan", "captures"]).stderr).unwrap();
    for interface in ["landlock", "seccomp"] {
        if in_force.contains(interface) {
            assert!(why.contains(interface), "{why}");
        } else {
            println!("SKIPPED: this kernel has no {interface}");
        }
    }
    // Without the kernel's support the run goes on with one line.
    let whole = in_force.starts_with("landlock abi ") && in_force.ends_with(", seccomp");
    assert_eq!(complaint.lines().count(), usize::from(!whole), "{complaint}");
    for answer in [&mut confined, &mut free] {
        answer["run"] = Value::Null;
    }
    assert_eq!(confined, free);
}

#[test]
fn the_answer_goes_to_another_folder_and_replaces_what_was_there() {
    let office = Office::new("output");
    fs::create_dir_all(office.path("answers")).unwrap();
    fs::write(office.path("answers/old.json"), "x".repeat(1 << 20)).unwrap();
    for target in ["answers/new.json", "answers/old.json", "new.json"] {
        let output = office.minehound(&["scan", "captures", "--format", "json", "-o", target], None);
        assert_eq!(output.status.code(), Some(1), "{target}: {output:?}");
        let answer: Value = serde_json::from_slice(&fs::read(office.path(target)).unwrap()).unwrap();
        assert_eq!(answer["hosts"][0]["verdict"], "confirmed");
    }
    let nowhere = office.minehound(&["scan", "captures", "-o", "nowhere/answer"], None);
    assert_eq!(nowhere.status.code(), Some(2), "{nowhere:?}");
}

/// What the run itself writes is no member of the folder that it scans.
#[test]
fn the_answer_in_the_scanned_folder_is_no_evidence() {
    let office = Office::new("inside");
    let target = "captures/answer.json";
    office.minehound(&["scan", "captures", "--format", "json", "-o", target], None);
    let answer: Value = serde_json::from_slice(&fs::read(office.path(target)).unwrap()).unwrap();
    let evidence = answer["evidence"].as_array().unwrap();
    assert_eq!((evidence.len(), &evidence[0]["gaps"]), (1, &serde_json::json!([])), "{answer}");
}
