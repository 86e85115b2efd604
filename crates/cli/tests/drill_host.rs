//! Each actor of `drill host` shows what its truth claims, as `/proc` has it, and nothing of it is left in the end.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// How long something may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

fn minehound(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_minehound"));
    command.args(["drill", "host"]).args(arguments).env_clear();
    command.env("TMPDIR", folder).env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("COLUMNS", "1000").stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    minehound(folder, arguments).output().unwrap()
}

/// A folder of this test's own.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("drill-host-{test}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Waits until something is so.
fn until(what: &str, is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "it is never so: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A row of the truth.
#[derive(Debug, Clone)]
struct Row {
    actor: String,
    pid: u32,
    traits: Vec<String>,
    name: String,
    exe: String,
    path: String,
    mechanism: String,
    line: usize,
    runs: String,
}

impl Row {
    fn of(line: &str) -> Row {
        let cells: Vec<&str> = line.split('\t').collect();
        let [actor, pid, traits, name, exe, path, mechanism, line, runs] = cells.as_slice() else {
            panic!("{line:?}")
        };
        Row {
            actor: (*actor).to_owned(),
            pid: pid.parse().unwrap_or(0),
            traits: traits.split(' ').map(str::to_owned).collect(),
            name: (*name).to_owned(),
            exe: (*exe).to_owned(),
            path: (*path).to_owned(),
            mechanism: (*mechanism).to_owned(),
            line: line.parse().unwrap_or(0),
            runs: (*runs).to_owned(),
        }
    }

    fn is(&self, word: &str) -> bool {
        self.traits.iter().any(|said| said == word)
    }

    fn proc(&self, file: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/{file}", self.pid))
    }

    fn text(&self, file: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.proc(file)).unwrap()).into_owned()
    }

    fn executable(&self) -> String {
        fs::read_link(self.proc("exe")).unwrap().display().to_string()
    }

    /// Arguments or environment.
    fn words(&self, file: &str) -> Vec<String> {
        self.text(file).split_terminator('\0').map(str::to_owned).collect()
    }

    /// A field of `stat` by its number in proc_pid_stat(5).
    fn stat(&self, number: usize) -> i64 {
        stat(&self.text("stat"), number)
    }
}

/// Fields after the name, which is the second and may hold anything.
fn stat(text: &str, number: usize) -> i64 {
    let rest = text.rsplit_once(')').unwrap().1;
    rest.split_whitespace().nth(number - 3).unwrap().parse().unwrap()
}

/// Processes by a field of their `stat`.
fn with_stat(number: usize, value: u32) -> BTreeSet<u32> {
    let entries = fs::read_dir("/proc").unwrap().map_while(Result::ok);
    let pids =
        entries.filter_map(|entry| entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()));
    pids.filter(|pid| {
        fs::read_to_string(format!("/proc/{pid}/stat"))
            .is_ok_and(|text| stat(&text, number) == i64::from(value))
    })
    .collect()
}

const PARENT: usize = 4;
const GROUP: usize = 5;
const USER_TIME: usize = 14;
const NICE: usize = 19;

fn signal(name: &str, pid: u32) {
    let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {pid}")).status().unwrap();
    assert!(sent.success());
}

fn mounts() -> String {
    fs::read_to_string("/proc/self/mountinfo").unwrap()
}

/// An exercise that runs.
struct Exercise {
    child: Child,
    folder: PathBuf,
    rows: Vec<Row>,
}

impl Exercise {
    /// Begins one; what the program says on stderr, where an actor cannot act here.
    fn begin(test: &str, actors: &[&str], more: &[&str]) -> Result<Exercise, String> {
        let folder = folder(test);
        let temporary = folder.join("temporary");
        fs::create_dir(&temporary).unwrap();
        let truth = folder.join("truth.tsv").display().to_string();
        let mut arguments = vec!["--seconds", "600", "--touch", "never", "--truth", &truth];
        arguments.extend(actors.iter().flat_map(|actor| ["--actor", actor]));
        arguments.extend(more);
        let mut command = minehound(&temporary, &arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = Vec::new();
        let mut out = child.stdout.take().unwrap();
        let mut bytes = [0; 4096];
        while !String::from_utf8_lossy(&said).contains("Ctrl-C") {
            let count = out.read(&mut bytes).unwrap();
            if count == 0 {
                let output = child.wait_with_output().unwrap();
                assert_eq!(output.status.code(), Some(2), "{output:?}");
                assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
                return Err(String::from_utf8(output.stderr).unwrap());
            }
            said.extend(&bytes[..count]);
        }
        child.stdout = Some(out);
        let table = fs::read_to_string(truth).unwrap();
        let rows: Vec<Row> = table.lines().skip(1).map(Row::of).collect();
        Ok(Exercise { child, folder, rows })
    }

    fn row(&self, word: &str) -> &Row {
        self.rows.iter().find(|row| row.is(word)).unwrap_or_else(|| panic!("no {word} in {:?}", self.rows))
    }

    fn temporary(&self) -> PathBuf {
        self.folder.join("temporary")
    }

    /// Nothing of it is left: no process of its groups, no file, no mount.
    fn nothing_is_left(&self) {
        let own = self.child.id();
        for row in self.rows.iter().filter(|row| row.pid != 0) {
            until(&format!("{} ({}) is gone", row.pid, row.actor), || !row.proc("").exists());
            until("its group is gone", || with_stat(GROUP, row.pid).is_empty());
            assert!(!mounts().contains(&format!(" /proc/{} ", row.pid)));
        }
        let hidden = format!(".minehound-drill-{own}-");
        let is_left = |folder: &str| {
            let entries = fs::read_dir(folder).into_iter().flatten().map_while(Result::ok);
            entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with(&hidden))
        };
        until("files are gone", || {
            fs::read_dir(self.temporary()).unwrap().count() == 0
                && !["/tmp", "/var/tmp", "/dev/shm"].into_iter().any(is_left)
        });
        assert!(!mounts().contains(&self.folder.display().to_string()));
    }

    /// Ends it as `kill` does, and looks for remains.
    fn end(mut self) {
        signal("TERM", self.child.id());
        let mut said = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        let status = self.child.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{said}");
        assert!(said.contains("everything is undone"), "{said}");
        self.nothing_is_left();
    }
}

impl Drop for Exercise {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = self.child.kill();
        }
    }
}

/// Ranges of `maps` without a file, with these rights, in bytes (proc_pid_maps(5)).
fn anonymous(row: &Row, rights: &str) -> Vec<u64> {
    let maps = row.text("maps");
    let lines = maps.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    lines
        .filter(|fields| fields.len() == 5 && fields[1] == rights)
        .map(|fields| {
            let (start, end) = fields[0].split_once('-').unwrap();
            u64::from_str_radix(end, 16).unwrap() - u64::from_str_radix(start, 16).unwrap()
        })
        .collect()
}

fn kib(row: &Row, field: &str) -> u64 {
    let text = row.text("status");
    let line = text.lines().find_map(|line| line.strip_prefix(field)).unwrap();
    line.trim_start_matches(':').trim().strip_suffix(" kB").unwrap().trim().parse().unwrap()
}

#[test]
fn load_is_as_the_truth_says() {
    let exercise = Exercise::begin("load", &["busy", "randomx-memory", "rounding"], &["--pinned"]).unwrap();
    let processors = std::thread::available_parallelism().unwrap().get();
    for row in &exercise.rows {
        assert!(row.is("busy") && row.is("nice") && row.is("pinned"), "{row:?}");
        assert_eq!(row.name, row.text("comm").trim_end());
        assert_eq!(row.stat(NICE), 19);
        let before = row.stat(USER_TIME);
        until("it computes", || row.stat(USER_TIME) >= before + 3);
        let tasks: Vec<_> =
            fs::read_dir(row.proc("task")).unwrap().map(|task| task.unwrap().path()).collect();
        assert!(tasks.len() > processors, "{tasks:?}");
        // proc_pid_status(5): a list of one processor has neither a comma nor a dash.
        let bound = |task: &PathBuf| {
            let status = fs::read_to_string(task.join("status")).unwrap();
            let allowed = status.lines().find_map(|line| line.strip_prefix("Cpus_allowed_list:")).unwrap();
            !allowed.contains([',', '-'])
        };
        until("its threads are bound", || tasks.iter().filter(|task| bound(task)).count() >= tasks.len() - 1);
    }
    let randomx = exercise.row("randomx-dataset");
    assert!(randomx.is("not-resident") && kib(randomx, "VmRSS") < 512 * 1024);
    // 2,080 MiB and 256 MiB as the kernel shows them for xmrig; 2 MiB for each thread.
    assert!(anonymous(randomx, "rw-p").contains(&2_449_481_728));
    let threads = fs::read_dir(randomx.proc("task")).unwrap().count() - 1;
    assert_eq!(anonymous(randomx, "rwxp").iter().filter(|size| **size == 2 << 20).count(), threads);
    exercise.end();
}

#[test]
fn light_memory_is_the_cache_alone() {
    let exercise = Exercise::begin("light", &["randomx-memory"], &["--light"]).unwrap();
    let row = exercise.row("randomx-cache");
    assert!(anonymous(row, "rw-p").contains(&(256 << 20)));
    assert!(!anonymous(row, "rw-p").contains(&2_449_481_728));
    exercise.end();
}

#[test]
fn names_and_files_are_as_the_truth_says() {
    let actors = ["renamed", "system-name", "deleted", "replaced", "memfd", "writable"];
    let exercise = Exercise::begin("names", &actors, &[]).unwrap();
    for row in &exercise.rows {
        assert_eq!(row.name, row.text("comm").trim_end(), "{row:?}");
    }
    let renamed = exercise.row("false-kernel-thread");
    assert_eq!(renamed.words("cmdline"), ["[kworker/u8:1-events]"]);
    // What no kernel thread has: an executable, memory, a parent other than kthreadd; and PF_KTHREAD is not set.
    assert_eq!(renamed.executable(), renamed.exe);
    assert!(!renamed.text("maps").is_empty() && renamed.stat(PARENT) != 2);
    assert_eq!(renamed.stat(9) & 0x20_0000, 0);

    let names: Vec<_> = exercise.rows.iter().filter(|row| row.is("system-name-elsewhere")).collect();
    assert_eq!(names.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["sshd", "systemd-journal"]);
    for row in names {
        assert_eq!(row.executable(), row.exe);
        assert!(Path::new(&row.exe).starts_with(exercise.temporary()));
    }
    let deleted = exercise.row("deleted");
    assert_eq!(deleted.executable(), format!("{} (deleted)", deleted.exe));
    assert!(!Path::new(&deleted.exe).exists());

    let replaced = exercise.row("replaced");
    let running = fs::metadata(replaced.proc("exe")).unwrap();
    assert_ne!(fs::metadata(&replaced.exe).unwrap().ino(), running.ino());

    let memfd = exercise.row("in-memory");
    assert_eq!(memfd.executable(), format!("{} (deleted)", memfd.exe));
    assert!(memfd.exe.starts_with("/memfd:"));

    let writable = exercise.row("writable-folder");
    assert_eq!(writable.executable(), writable.exe);
    let hidden = Path::new(&writable.exe).parent().unwrap();
    assert!(hidden.file_name().unwrap().to_string_lossy().starts_with('.'));
    let open = fs::metadata(hidden.parent().unwrap()).unwrap().permissions().mode();
    assert_ne!(open & 0o002, 0, "anybody may write");
    exercise.end();
}

#[test]
fn orders_stand_where_the_truth_says() {
    let actors = ["orders", "orders-config", "orders-environment", "name-only"];
    let exercise = Exercise::begin("orders", &actors, &[]).unwrap();
    let arguments = exercise.row("orders-arguments").words("cmdline");
    assert!(arguments.contains(&"stratum+tcp://pool.example:3333".to_owned()), "{arguments:?}");
    let wallet = &arguments[arguments.iter().position(|word| word == "-u").unwrap() + 1];
    assert_eq!(wallet.len(), 95, "a Monero address");

    let config = exercise.row("orders-file");
    assert!(config.words("cmdline").contains(&config.path));
    let text = fs::read_to_string(&config.path).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["pools"][0]["url"], "pool.example:3333");
    assert_eq!(json["pools"][0]["user"], wallet.as_str());

    let environment = exercise.row("orders-environment").words("environ");
    assert!(environment.contains(&format!("POOL_USER={wallet}")), "{environment:?}");

    let name = exercise.row("name-only");
    assert!(name.path.ends_with("/xmrig.md") && name.words("cmdline").contains(&name.path));
    let open = fs::read_dir(name.proc("fd")).unwrap().map_while(Result::ok);
    assert!(
        open.filter_map(|fd| fs::read_link(fd.path()).ok()).any(|target| target == Path::new(&name.path))
    );
    exercise.end();
}

/// Whether this test's program, and so the program it tests, loads a C library that could be preloaded before.
fn is_dynamic() -> bool {
    fs::read_to_string("/proc/self/maps").unwrap().contains("/ld-")
}

#[test]
fn a_preloaded_library_is_mapped() {
    let exercise = Exercise::begin("preload", &["preloaded"], &[]).unwrap();
    let row = exercise.row("preload");
    assert!(row.words("environ").contains(&format!("LD_PRELOAD={}", row.path)));
    assert!(!is_dynamic() || row.text("maps").contains(&row.path), "{}", row.text("maps"));
    exercise.end();
}

/// The library of the shim put before `ls` takes the process out of its list of `/proc`, and the kernel has it.
#[test]
fn a_shim_hides_a_process_from_readdir() {
    let exercise = match Exercise::begin("shim", &["readdir-shim"], &[]) {
        Ok(exercise) => exercise,
        Err(reason) => return println!("SKIPPED: {reason}"),
    };
    let (hidden, fooled) = (exercise.row("hidden-from-readdir"), exercise.row("fooled"));
    assert!(hidden.proc("stat").exists() && fooled.text("maps").contains(&fooled.path));
    let listed = |preload: &str| {
        let listing = Command::new("ls").arg("/proc").env("LD_PRELOAD", preload).output().unwrap();
        let names = String::from_utf8(listing.stdout).unwrap();
        assert!(names.lines().any(|name| name == "self"));
        names.lines().any(|name| name == hidden.pid.to_string())
    };
    assert!(listed("") && !listed(&hidden.path));
    exercise.end();
}

#[test]
fn a_mount_lies_over_a_process_for_one_or_for_all() {
    let test = |name, more: &[&str], word| match Exercise::begin(name, &["mounted-over"], more) {
        Ok(exercise) => Some((exercise.row(word).clone(), exercise)),
        Err(reason) => {
            assert!(reason.contains("CAP_SYS_ADMIN"), "{reason}");
            println!("SKIPPED: {reason}");
            None
        }
    };
    let over = |row: &Row| format!(" {} ", row.path);
    if let Some((row, exercise)) = test("mount-own", &[], "hidden-mount-in-namespace") {
        let inside = exercise.row("mounts-over-process").text("mountinfo");
        assert!(inside.contains(&over(&row)) && !mounts().contains(&over(&row)));
        assert!(row.proc("stat").exists());
        exercise.end();
    }
    if let Some((row, exercise)) = test("mount-all", &["--in-place"], "hidden-mount") {
        assert!(mounts().contains(&over(&row)) && !row.proc("stat").exists());
        assert_eq!(fs::read_dir(row.proc("")).unwrap().count(), 0);
        exercise.end();
        assert!(!mounts().contains(&over(&row)));
    }
}

#[test]
fn what_is_ended_is_revived_until_the_exercise_ends() {
    let exercise = Exercise::begin("reviver", &["reviver"], &[]).unwrap();
    let (reviver, revived) = (exercise.row("revives").pid, exercise.row("revived").pid);
    assert_eq!(with_stat(PARENT, reviver), BTreeSet::from([revived]));
    signal("KILL", revived);
    until("another one is there", || {
        let children = with_stat(PARENT, reviver);
        children.len() == 1 && !children.contains(&revived)
    });
    exercise.end();
}

/// Every file and link below a folder, with its content.
fn manifest(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let kind = entry.file_type().unwrap();
            let text = if kind.is_file() {
                fs::read_to_string(entry.path()).unwrap_or_default()
            } else {
                String::new()
            };
            found.push((entry.path(), text));
            if kind.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn entries_are_planted_in_a_root_and_only_they_are_removed() {
    let root = folder("root");
    fs::create_dir_all(root.join("etc/cron.d")).unwrap();
    fs::write(root.join("etc/crontab"), "# somebody's own\n").unwrap();
    fs::write(root.join("etc/cron.d/other"), "").unwrap();
    // A link must not lead the exercise to where it leads.
    let elsewhere = folder("elsewhere");
    std::os::unix::fs::symlink(&elsewhere, root.join("home")).unwrap();
    let before = manifest(&root);
    let exercise = Exercise::begin("planted", &["planted"], &["--root", root.to_str().unwrap()]).unwrap();
    assert!(exercise.rows.len() > 35, "{}", exercise.rows.len());
    for row in &exercise.rows {
        assert!(row.is("planted") && row.pid == 0 && !row.mechanism.is_empty(), "{row:?}");
        let text = fs::read_to_string(root.join(row.path.trim_start_matches('/'))).unwrap();
        assert!(text.lines().nth(row.line - 1).unwrap().contains(&row.runs), "{row:?}");
        let runs = root.join(row.runs.trim_start_matches('/'));
        assert!(runs.is_file(), "{row:?}");
    }
    let paths: BTreeSet<&str> = exercise.rows.iter().map(|row| row.path.as_str()).collect();
    assert!(!paths.contains("/etc/crontab") && paths.iter().all(|path| !path.starts_with("/home/")));
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    exercise.end();
    assert_eq!(manifest(&root), before);
}

#[test]
fn the_running_system_is_no_root() {
    let folder = folder("refused");
    for root in ["/", "/etc", "/usr/local", "/proc/self/root"] {
        let output = run(&folder, &["--actor", "planted", "--root", root]);
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("belongs to the running system") && said.lines().count() == 1, "{said}");
    }
}

#[test]
fn what_only_looks_alike_does_what_it_should() {
    let exercise = Exercise::begin("alike", &["storm", "compiler-like"], &[]).unwrap();
    let (storm, compiler) = (exercise.row("short-lived").pid, exercise.row("compiler-like"));
    let first = std::cell::RefCell::new(BTreeSet::new());
    until("its children come and go", || {
        first.borrow_mut().extend(with_stat(PARENT, storm));
        first.borrow().len() > 2
    });
    let made = exercise.temporary();
    until("a file is made", || {
        manifest_names(&made).iter().any(|path| path.extension().is_some_and(|end| end == "o"))
    });
    assert!(compiler.is("look-alike"));
    exercise.end();
}

/// Names alone: files come and go meanwhile.
fn manifest_names(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().map_while(Result::ok) {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found
}

/// Whoever could undo it is gone without a word; actors end with it, and the keeper undoes the rest.
#[test]
fn nothing_is_left_of_an_exercise_that_is_killed() {
    let actors = ["busy", "reviver", "writable", "deleted", "compiler-like", "planted"];
    let mut exercise = Exercise::begin("killed", &actors, &[]).unwrap();
    let groups: Vec<BTreeSet<u32>> = exercise.rows.iter().map(|row| with_stat(PARENT, row.pid)).collect();
    assert!(groups.iter().any(|group| !group.is_empty()), "some have children");
    exercise.child.kill().unwrap();
    exercise.child.wait().unwrap();
    exercise.nothing_is_left();
}

/// A shell that is killed takes the exercise with it that it began.
#[test]
fn an_exercise_ends_with_whoever_began_it() {
    let folder = folder("orphan");
    let temporary = folder.join("temporary");
    fs::create_dir(&temporary).unwrap();
    let truth = folder.join("truth.tsv");
    let began = "\"$0\" drill host --actor writable --seconds 600 --truth \"$1\" & wait";
    let mut shell = Command::new("sh");
    shell.args(["-c", began, env!("CARGO_BIN_EXE_minehound")]).arg(&truth).env("TMPDIR", &temporary);
    let mut shell = shell.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let table = || fs::read_to_string(&truth).unwrap_or_default();
    until("it acts", || table().lines().count() == 2);
    let row = Row::of(table().lines().nth(1).unwrap());
    assert_eq!(row.executable(), row.exe);
    shell.kill().unwrap();
    shell.wait().unwrap();
    until("it has ended", || !row.proc("").exists() && fs::read_dir(&temporary).unwrap().count() == 0);
    until("its program is gone", || !Path::new(&row.exe).parent().unwrap().exists());
}

#[test]
fn an_exercise_in_place_that_is_killed_leaves_no_mount() {
    match Exercise::begin("killed-mount", &["mounted-over"], &["--in-place"]) {
        Ok(mut exercise) => {
            exercise.child.kill().unwrap();
            exercise.child.wait().unwrap();
            let place = format!(" {} ", exercise.row("hidden-mount").path);
            until("the mount is gone", || !mounts().contains(&place));
            exercise.nothing_is_left();
        }
        Err(reason) => println!("SKIPPED: {reason}"),
    }
}

/// All of them at once, for a second: each is named, whether it can act here or not.
#[test]
fn all_that_can_act_act_and_each_is_named() {
    let folder = folder("all");
    let output = run(&folder, &["--seconds", "1", "--light", "--touch", "never"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    for actor in drill::host::ACTORS {
        assert!(said.lines().any(|line| line.split(" · ").next() == Some(actor.id)), "{}: {said}", actor.id);
    }
    assert!(said.ends_with("everything is undone.\n"), "{said}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn the_list_and_a_misspelt_name() {
    let folder = folder("list");
    // What a name does may take more lines, further to the right.
    let is_first = |line: &str| line.strip_prefix("  ").is_some_and(|rest| !rest.starts_with(' '));
    for (language, word) in [("en", "processor"), ("zh", "处理器")] {
        let output = run(&folder, &["--list", "--lang", language]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success() && said.contains(word), "{said}");
        assert_eq!(said.lines().filter(|line| is_first(line)).count(), drill::host::ACTORS.len(), "{said}");
    }
    let output = run(&folder, &["--actor", "bussy"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("did you mean busy?"));
}

/// A variable that somebody else put there makes nobody an actor.
#[test]
fn a_stray_variable_plays_nothing() {
    let folder = folder("stray");
    let output = minehound(&folder, &["--list"]).env("MINEHOUND_DRILL", "1 asleep").output().unwrap();
    assert_eq!(output.status.code(), Some(0));
}
