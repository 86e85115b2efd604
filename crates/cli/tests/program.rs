//! The program as a script sees it: exit codes, what goes to stdout and what to stderr, and both languages.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program, away from the user's own terminal and language.
fn minehound(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minehound"));
    command.args(arguments).env_clear().env("TZ", "UTC").env("COLUMNS", "100").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    minehound(arguments).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder of this test's own.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// A capture of a scenario of `drill`, whose truth is known.
fn capture(folder: &Path, scenario: &str) -> String {
    let path = folder.join(format!("{scenario}.pcapng")).display().to_string();
    let made = run(&["drill", "traffic", scenario, "-o", &path]);
    assert_eq!(made.status.code(), Some(0), "{}", stderr(&made));
    path
}

/// Asserts one line on stderr that holds the words, nothing on stdout, and exit code 2.
fn fails(output: &Output, words: &[&str]) {
    let text = stderr(output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    assert_eq!(text.lines().count(), 1, "{text}");
    for word in words {
        assert!(text.contains(word), "{word:?} is not in {text}");
    }
    assert_eq!(stdout(output), "");
}

#[test]
fn a_miner_ends_with_one_and_the_first_line_says_who() {
    let folder = folder("miner");
    let path = capture(&folder, "cryptonote-xmrig");
    let output = run(&["scan", &path]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let text = stdout(&output);
    let first = text.lines().next().unwrap();
    assert!(first.contains(" mines XMR at ") && first.ends_with("confirmed"), "{text}");
    assert!(text.lines().nth(1).unwrap().trim_start().starts_with('→'), "{text}");
    assert_eq!(stderr(&output), "");
    // The same machine does not fail a run that was told never to.
    assert_eq!(run(&["scan", &path, "--fail-on", "never"]).status.code(), Some(0));
}

#[test]
fn an_office_without_miners_ends_with_zero() {
    let folder = folder("office");
    let output = run(&["scan", &capture(&folder, "office")]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    assert!(stdout(&output).starts_with("no mining seen in "), "{}", stdout(&output));
}

/// The contract: evidence that fails is listed and said; a machine found all the same gives 1, else 2.
#[test]
fn evidence_that_fails_is_two_unless_somebody_mines() {
    let folder = folder("fails");
    let path = capture(&folder, "cryptonote-xmrig");
    let missing = folder.join("nothing.pcap").display().to_string();
    let both = run(&["scan", "--format", "json", &path, &missing]);
    assert_eq!(both.status.code(), Some(1));
    assert!(stderr(&both).contains("nothing.pcap: there is no such file"), "{}", stderr(&both));
    let document: serde_json::Value = serde_json::from_slice(&both.stdout).unwrap();
    assert_eq!(document["errors"].as_array().unwrap().len(), 1);
    assert_eq!(document["hosts"][0]["verdict"], "confirmed");
    assert_eq!(run(&["scan", &missing]).status.code(), Some(2));
}

/// Bad input of the must-hold list: each is one line on stderr and 2.
#[test]
fn bad_evidence_is_one_clear_line() {
    let folder = folder("bad");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    };
    let cases = [
        (file("text.pcap", b"this is no capture\n"), "not a kind of evidence"),
        (file("empty.pcap", b""), "it is empty"),
        (folder.join("absent").display().to_string(), "there is no such file"),
    ];
    for (path, reason) in &cases {
        let output = run(&["scan", path]);
        assert_eq!(output.status.code(), Some(2), "{path}");
        assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
        assert!(stderr(&output).contains(reason), "{}", stderr(&output));
        assert_eq!(stdout(&output), "cannot say: nothing of what was named could be read\n");
    }
    let hollow = folder.join("hollow");
    std::fs::create_dir_all(&hollow).unwrap();
    let output = run(&["scan", hollow.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("a folder without any evidence"), "{}", stderr(&output));
}

#[test]
fn mistakes_are_one_line_with_what_would_be_right() {
    fails(&run(&["scna"]), &["scna", "did you mean scan?"]);
    fails(&run(&["scan", "--fromat", "json", "x"]), &["--fromat", "did you mean --format?"]);
    fails(&run(&["scan", "--format", "yaml", "x"]), &["--format yaml", "json, text"]);
    fails(&run(&["scan", "--fail-on", "maybe", "x"]), &["probable", "never"]);
    fails(&run(&["scan", "--since", "noon", "x"]), &["--since noon", "2026-11-24T09:12"]);
    fails(&run(&["scan", "--inside", "10.0.0.0/99", "x"]), &["--inside 10.0.0.0/99", "198.51.100.0/24"]);
    fails(&run(&["scan", "--threads", "0", "x"]), &["--threads 0", "1 to 256"]);
    fails(&run(&["scan", "--config", "/nonexistent/x.toml", "x"]), &["cannot read /nonexistent/x.toml"]);
    fails(&run(&["scan", "--format", "json", "--show", "f1", "x"]), &["--show prints text"]);
    fails(&run(&["explain", "stratum-sesion"]), &["did you mean stratum-session?"]);
    fails(&run(&["drill", "traffic", "nothing-like-it"]), &["--list"]);
    fails(&run(&["drill"]), &["a command is missing"]);
    fails(&run(&["x.pcap"]), &["there is no command x.pcap", "did you mean `minehound scan x.pcap`?"]);
}

/// A Chinese user makes the same mistakes.
#[test]
fn mistakes_and_help_are_chinese_for_a_chinese_user() {
    let wrong = minehound(&["scan", "--fromat", "x"]).env("LANG", "zh_CN.UTF-8").output().unwrap();
    fails(&wrong, &["没有选项 --fromat", "您是指 --format 吗？"]);
    let help = minehound(&["scan", "--help", "--lang", "zh"]).output().unwrap();
    assert_eq!(help.status.code(), Some(0));
    assert!(stdout(&help).contains("用法") && stdout(&help).contains("--fail-on"), "{}", stdout(&help));
    assert!(!stdout(&help).contains("Usage"), "{}", stdout(&help));
}

/// A command appears in `--help` when it works, not before.
#[test]
fn help_lists_the_commands_that_work() {
    let text = stdout(&run(&["--help"]));
    let listed: Vec<_> =
        ["scan", "explain", "drill", "watch", "respond", "collect", "block", "audit", "case"]
            .into_iter()
            .filter(|name| text.lines().any(|line| line.starts_with(&format!("  {name} "))))
            .collect();
    assert_eq!(listed, ["scan", "explain", "drill", "collect"]);
    assert!(stdout(&run(&["--version"])).starts_with("minehound 0."));
    assert_eq!(stdout(&run(&["version"])), stdout(&run(&["--version"])));
    assert_eq!(stdout(&run(&["help"])), text);
    assert_eq!(stdout(&run(&["help", "scan"])), stdout(&run(&["scan", "--help"])));
    fails(&run(&["help", "scann"]), &["did you mean scan?"]);
}

#[test]
fn no_argument_shows_the_line_for_what_one_has() {
    let output = run(&[]);
    assert_eq!(output.status.code(), Some(0));
    let text = stdout(&output);
    assert!(text.contains("minehound scan evidence.pcap") && text.contains("tcpdump -n -i any"), "{text}");
}

/// `explain` knows every unit that `explain` lists, in both languages.
#[test]
fn every_unit_has_its_page() {
    let metas = evidence::READERS
        .iter()
        .map(|unit| &unit.meta)
        .chain(detect::DETECTORS.iter().map(|unit| &unit.meta))
        .chain(report::RENDERERS.iter().map(|unit| &unit.meta));
    let listed = stdout(&run(&["explain"]));
    for meta in metas {
        assert!(listed.contains(&format!("  {} ", meta.id)), "{} is not listed", meta.id);
        for lang in ["en", "zh"] {
            let page = run(&["explain", meta.id, "--lang", lang]);
            assert_eq!(page.status.code(), Some(0));
            assert!(stdout(&page).starts_with(meta.id), "{}", stdout(&page));
        }
    }
}

/// A word that a report prints can be looked up as it is printed, in either language.
#[test]
fn a_word_of_the_report_is_explained_as_it_is_printed() {
    for (word, meaning) in
        [("H/s", "hashes per second"), ("partly visible", "encrypted, missing"), ("份额", "proof of work")]
    {
        let page = run(&["explain", word]);
        assert!(stdout(&page).contains(meaning), "{}", stdout(&page));
    }
    assert!(stdout(&run(&["explain", "partly", "visible"])).contains("encrypted, missing"));
    assert!(stdout(&run(&["explain", "pcap", "--lang", "zh"])).contains("读取器，自 0.1.0 版起"));
}

/// Text for another program is not wrapped: one line each, whatever the terminal.
#[test]
fn text_for_a_pipe_or_a_file_is_not_wrapped() {
    let folder = folder("wide");
    let path = capture(&folder, "office-day");
    let piped = minehound(&["scan", &path, "--no-hash"]).env_remove("COLUMNS").output().unwrap();
    let text = stdout(&piped);
    let first = text.lines().next().unwrap();
    assert!(first.contains(" since 2026-11-23 08:28, ") && first.ends_with("confirmed"), "{first}");
    assert!(text.lines().nth(1).unwrap().ends_with("what starts it"), "{text}");
    let wallet = text.lines().find(|line| line.contains("wallet 4")).unwrap();
    assert!(wallet.contains("coin XMR"), "{wallet}");
}

/// The dialogue of a finding: the login's password is masked unless asked for.
#[test]
fn a_dialogue_masks_secrets() {
    let folder = folder("dialogue");
    let path = capture(&folder, "cryptonote-xmrig");
    let masked = stdout(&run(&["scan", &path, "--show", "f1"]));
    assert!(masked.contains("\"pass\":\"***\""), "{masked}");
    let shown = stdout(&run(&["scan", &path, "--show", "f1", "--show-secrets"]));
    assert!(!shown.contains("\"pass\":\"***\""), "{shown}");
    fails(&run(&["scan", &path, "--show", "f99"]), &["there is no finding f99", "f1"]);
}

/// The reader of our output went away (`| head -1`): nothing is said, and the verdict's exit code stays.
#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = folder("pipe");
    let path = capture(&folder, "cryptonote-xmrig");
    let mut child =
        minehound(&["scan", &path]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn evidence_from_stdin_and_answer_to_a_file() {
    let folder = folder("stdin");
    let bytes = std::fs::read(capture(&folder, "cryptonote-xmrig")).unwrap();
    let answer = folder.join("answer.json").display().to_string();
    let mut child = minehound(&["scan", "-", "--format", "json", "-o", &answer])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
    let document: serde_json::Value = serde_json::from_slice(&std::fs::read(&answer).unwrap()).unwrap();
    assert_eq!(document["schema"], "minehound.report/1");
}

/// `-o` never destroys evidence.
#[test]
fn evidence_is_not_written_over() {
    let folder = folder("spare");
    let path = capture(&folder, "office");
    let before = std::fs::read(&path).unwrap();
    fails(&run(&["scan", &path, "-o", &path]), &["is evidence"]);
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

/// The clean claim is not made of machines that were not asked for.
#[test]
fn one_host_is_shown_by_name_or_address() {
    let folder = folder("host");
    let path = capture(&folder, "office-day");
    let text = stdout(&run(&["scan", &path, "--host", "pc-23", "--no-hash"]));
    assert!(text.contains("(pc-23) mines"), "{text}");
    assert!(!text.contains("(pc-17)") && !text.contains("other"), "{text}");
    let nobody = run(&["scan", &path, "--host", "nobody", "--no-hash"]);
    assert!(stderr(&nobody).contains("no machine in the evidence is called nobody"), "{}", stderr(&nobody));
    assert_eq!((nobody.status.code(), stdout(&nobody).as_str()), (Some(2), ""));
}

#[test]
fn a_value_that_is_none_of_the_known_is_said_in_one_line() {
    let folder = folder("values");
    let path = capture(&folder, "cryptonote-xmrig");
    for (options, expected) in [
        (["--lang", "fr"], "minehound: --lang fr: one of en, zh is wanted\n"),
        (["--color", "sometimes"], "minehound: --color sometimes: one of auto, always, never is wanted\n"),
        (["-o", ""], "minehound: --output names no file; `-` is standard output\n"),
    ] {
        let ended = run(&["scan", &path, options[0], options[1]]);
        assert_eq!((ended.status.code(), stderr(&ended).as_str()), (Some(2), expected), "{options:?}");
        assert_eq!(stdout(&ended), "", "{options:?}");
    }
}

#[test]
fn a_configuration_is_read_and_the_command_line_has_the_last_word() {
    let folder = folder("config");
    let path = capture(&folder, "cryptonote-xmrig");
    let file = folder.join("minehound.toml");
    std::fs::write(&file, "fail-on = \"never\"\nno-hash = true\n").unwrap();
    let file = file.display().to_string();
    let configured = run(&["scan", &path, "--config", &file, "--format", "json"]);
    assert_eq!(configured.status.code(), Some(0));
    let document: serde_json::Value = serde_json::from_slice(&configured.stdout).unwrap();
    assert!(document["evidence"][0]["sha256"].is_null());
    assert_eq!(run(&["scan", &path, "--config", &file, "--fail-on", "probable"]).status.code(), Some(1));
    std::fs::write(&file, "threats = 4\n").unwrap();
    fails(&run(&["scan", &path, "--config", &file]), &["unknown key threats", "did you mean threads?"]);
}

/// The user's own list makes a pool of an address that nobody else knows.
#[test]
fn the_users_own_list_is_used() {
    let folder = folder("intel");
    let list = folder.join("pools.txt");
    std::fs::write(&list, "198.51.100.0/24 XMR\nwhat is this\n").unwrap();
    let path = capture(&folder, "tls-3333");
    let output = run(&[
        "scan",
        &path,
        "--intel",
        &list.display().to_string(),
        "--format",
        "json",
        "--fail-on",
        "never",
    ]);
    assert!(stderr(&output).contains("1 line not understood, first line 2"), "{}", stderr(&output));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let detectors: Vec<_> =
        document["findings"].as_array().unwrap().iter().map(|one| &one["detector"]).collect();
    assert!(detectors.iter().any(|detector| *detector == "pool-address"), "{detectors:?}");
}
