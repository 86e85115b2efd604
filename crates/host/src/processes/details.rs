//! Everything about one process.

use super::orders::{self, Subject, orders};
use super::sample::{Sampled, Seen};
use super::{Around, geometry, odd, of, secrets};
use crate::Fault;
use crate::containers::describe;
use model::{Cpu, Executable, Memory, Process};
use parse::procfs;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

/// The longest arguments and environments that are read. The kernel allows 6 MiB; a miner's have a kilobyte.
const WORDS: usize = 128 * 1024;
/// Arguments kept.
const MOST_WORDS: usize = 64;
/// Bytes kept of one argument.
const WORD: usize = 4096;
/// The longest table of mappings that is read: 100 bytes a line, 40,000 lines.
const MAPS: usize = 4 << 20;
/// Connections kept.
const CONNECTIONS: usize = 64;
/// Ticks in a second (`USER_HZ`, time(7)): 100 on every machine that matters here.
const HZ: u64 = 100;

/// What `/proc/PID/exe` says.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    /// Inside the process's own root, without what the kernel adds.
    pub(super) path: PathBuf,
    /// The file is gone from there.
    pub(super) deleted: bool,
    /// It lies in memory alone.
    pub(super) in_memory: bool,
}

/// What is at hand about a process when it is judged odd or not.
pub(super) struct Known<'a> {
    pub(super) pid: u32,
    pub(super) seen: &'a Seen,
    pub(super) words: &'a [String],
    pub(super) environment: &'a [(String, String)],
    pub(super) program: Option<&'a Program>,
    pub(super) package: Option<&'a str>,
    pub(super) maps: &'a [u8],
    /// It has another root than this program.
    pub(super) contained: bool,
    /// Its folder in `/proc` is closed though this program may look into all.
    pub(super) closed: bool,
}

pub(super) fn process(pid: u32, seen: &Seen, sampled: &Sampled, around: &mut Around<'_>) -> Process {
    let stat = &seen.stat;
    let mut process = Process {
        pid,
        parent: stat.parent,
        started: Some(around.booted.plus_nanos(nanos(stat.started))).filter(|_| sampled.system.booted > 0),
        name: stat.name.clone(),
        cpu: cpu(seen, sampled),
        ..Process::default()
    };
    // The look itself takes time; that is nothing about the machine.
    if Some(pid) == around.own {
        process.cpu = Cpu { threads: stat.threads, nice: stat.nice, ..Cpu::default() };
    }
    if stat.is_kernel() || stat.state == 'Z' {
        return process;
    }
    let status = around.view.read(&of(pid, "status"), WORDS).map(|content| procfs::status(&content.bytes));
    if let Ok(status) = status {
        process.user = Some(status.user);
        process.user_name = around.users.of(status.user).map(|user| user.name.clone());
        process.memory = Memory { resident: status.resident, huge: status.huge, ..Memory::default() };
    }
    let words = procfs::words(&read(pid, "cmdline", WORDS, around), MOST_WORDS);
    let environment: Vec<(String, String)> =
        procfs::variables(&read(pid, "environ", WORDS, around)).collect();
    let maps = read(pid, "maps", MAPS, around);
    process.container = around
        .view
        .read(&of(pid, "cgroup"), WORDS)
        .ok()
        .and_then(|content| procfs::container(&content.bytes));
    // Asked for by its whole number, told by the twelve digits that people know it by.
    if let Some(id) = process.container.take() {
        let short: String = id.chars().take(12).collect();
        let called = describe(around.view, &id);
        process.container = Some(called.map_or(short.clone(), |called| format!("{short} {called}")));
    }
    let other_root = has_other_root(pid, around);
    let contained = process.container.is_some() || other_root;
    let program = program(pid, around);
    // Packages of a container's own root are not read: nothing is known of them.
    let packages_known = around.owners.is_known() && !contained;
    let package = program
        .as_ref()
        .ok()
        .filter(|program| packages_known && !program.in_memory)
        .and_then(|program| around.owners.owner(&program.path));
    geometry::shape(&maps, stat.threads, &mut process.memory);
    process.orders = orders(
        &Subject {
            pid,
            words: &words,
            environment: &environment,
            executable: program.as_ref().ok().map(|program| program.path.as_path()),
            owned: package.is_some(),
            other_root,
        },
        around,
    );
    let known = Known {
        pid,
        seen,
        words: &words,
        environment: &environment,
        program: program.as_ref().ok(),
        package: package.as_deref(),
        maps: &maps,
        contained,
        closed: matches!(program, Err(Fault::Denied)),
    };
    process.traits = odd::traits(&known, around);
    process.executable = program.ok().map(|program| Executable {
        path: program.path.to_string_lossy().into_owned(),
        package,
        packages_known,
    });
    process.connections = around.sockets.connections(pid);
    process.connections.truncate(CONNECTIONS);
    process.command = secrets::masked(words, !process.orders.is_empty())
        .into_iter()
        .map(|word| word.chars().take(WORD).collect())
        .collect();
    process
}

/// A file of the process's folder; nothing, and a gap, where it cannot be read.
fn read(pid: u32, name: &str, most: usize, around: &mut Around<'_>) -> Vec<u8> {
    match around.view.read(&of(pid, name), most) {
        Ok(content) => {
            if !content.whole {
                around.gaps.cut(&of(pid, name));
            }
            content.bytes
        }
        Err(fault) => {
            around.gaps.fault(&of(pid, name), fault);
            Vec::new()
        }
    }
}

fn program(pid: u32, around: &mut Around<'_>) -> Result<Program, Fault> {
    let target = around.view.target(&of(pid, "exe"))?;
    let bytes = target.as_os_str().as_bytes();
    let (bytes, deleted) = match bytes.strip_suffix(b" (deleted)") {
        // A file may be called so; then it is there.
        Some(name) if around.view.meta(&target).is_err() => (name, true),
        _ => (bytes, false),
    };
    let in_memory = bytes.starts_with(b"/memfd:");
    Ok(Program { path: PathBuf::from(OsStr::from_bytes(bytes)), deleted: deleted && !in_memory, in_memory })
}

fn has_other_root(pid: u32, around: &mut Around<'_>) -> bool {
    let root = around.view.target(&of(pid, "root"));
    root.is_ok_and(|root| around.own_root.as_ref().is_some_and(|own| *own != root))
}

fn cpu(seen: &Seen, sampled: &Sampled) -> Cpu {
    let stat = &seen.stat;
    let age = sampled.uptime.saturating_sub(stat.started).max(1);
    Cpu {
        observed: seen.share,
        observed_ms: sampled.watched_ms,
        since_start: u32::try_from(u128::from(stat.ticks()) * 1000 / u128::from(age)).unwrap_or(u32::MAX),
        seconds: stat.ticks() / HZ,
        threads: stat.threads,
        busy_threads: u32::try_from(seen.busy.len()).unwrap_or(u32::MAX),
        pinned_threads: seen.pinned,
        nice: stat.nice,
        // SCHED_IDLE, sched(7).
        idle_policy: stat.policy == 5,
    }
}

fn nanos(ticks: u64) -> i64 {
    i64::try_from(u128::from(ticks) * 1_000_000_000 / u128::from(HZ)).unwrap_or(i64::MAX)
}

/// Whether a path lies in the root that this process sees, by name.
pub(super) fn as_seen(known: &Known<'_>, path: &Path) -> PathBuf {
    if known.contained { orders::inside(known.pid, path) } else { path.to_path_buf() }
}
