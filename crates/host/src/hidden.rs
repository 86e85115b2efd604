//! Processes that live and are in no listing: by asking for every number there can be.
//!
//! A process is hidden from the listing of `/proc` by the kernel (a module that filters `getdents64`), by a library
//! that filters `readdir` in every dynamic program, or by something mounted over its folder. What lives answers to its
//! number all the same. A process that began or ended while we looked is not hidden: it is asked for again.

use crate::processes::{listed, of};
use crate::{Gaps, View};
use model::Hiding;
use parse::procfs::{mounts, status};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

/// The largest limit the kernel allows (`PID_MAX_LIMIT`, proc_sys_kernel(5)).
const MOST: u32 = 4_194_304;
/// Candidates that are followed up.
const CANDIDATES: usize = 4096;
/// Threads of one process.
const THREADS: usize = 1 << 16;

/// Every hidden process, and how it is hidden.
pub(crate) fn hidden(view: &mut dyn View, gaps: &mut Gaps) -> BTreeMap<u32, Hiding> {
    let mut found = BTreeMap::new();
    if !view.is_running() {
        return found;
    }
    covered(view, &mut found);
    by_library(view, gaps, &mut found);
    by_listing(view, gaps, &mut found);
    found
}

/// Something is mounted over its folder.
fn covered(view: &mut dyn View, found: &mut BTreeMap<u32, Hiding>) {
    let Ok(content) = view.read(Path::new("/proc/self/mountinfo"), 16 << 20) else { return };
    for mount in mounts(&content.bytes) {
        let rest = mount.point.strip_prefix("/proc/").and_then(|rest| rest.split('/').next());
        if let Some(pid) = rest.and_then(|rest| rest.parse::<u32>().ok())
            && view.is_alive(pid) == Some(true)
        {
            found.insert(pid, Hiding::Mount);
        }
    }
}

/// The kernel lists it, the C library does not.
fn by_library(view: &mut dyn View, gaps: &mut Gaps, found: &mut BTreeMap<u32, Hiding>) {
    let folder = Path::new("/proc");
    // The library between two looks at the kernel: what is in both and not in between is left out on purpose.
    let before = listed(view, gaps);
    let Some(by_library) = view.list_by_library(folder) else { return };
    let by_library: BTreeSet<u32> =
        by_library.iter().filter_map(|name| name.to_str()?.parse().ok()).collect();
    let after = listed(view, gaps);
    for pid in before.intersection(&after).filter(|pid| !by_library.contains(pid)) {
        found.entry(*pid).or_insert(Hiding::Library);
    }
}

/// It answers to its number, and the kernel does not list it.
fn by_listing(view: &mut dyn View, gaps: &mut Gaps, found: &mut BTreeMap<u32, Hiding>) {
    let limit = limit(view);
    let visible = listed(view, gaps);
    let threads = threads(view, &visible);
    let mut candidates = BTreeSet::new();
    for number in 1..=limit {
        if !visible.contains(&number) && !threads.contains(&number) && view.is_alive(number) == Some(true) {
            candidates.insert(number);
            if candidates.len() == CANDIDATES {
                gaps.cut(Path::new("/proc"));
                break;
            }
        }
    }
    // Twice: what is listed by now began meanwhile, what no longer answers has ended.
    for _ in 0..2 {
        if candidates.is_empty() {
            return;
        }
        let visible = listed(view, gaps);
        candidates.retain(|number| {
            !visible.contains(number)
                && view.is_alive(*number) == Some(true)
                && !is_thread(view, *number, &visible)
        });
    }
    for pid in candidates {
        found.entry(pid).or_insert(Hiding::Listing);
    }
}

/// A thread answers to its number, too, and is listed in the folder of its process only.
fn is_thread(view: &mut dyn View, number: u32, visible: &BTreeSet<u32>) -> bool {
    let Ok(content) = view.read(&of(number, "status"), 16 * 1024) else { return false };
    let group = status(&content.bytes).group;
    group != 0 && group != number && visible.contains(&group)
}

/// The threads of processes that have several.
fn threads(view: &mut dyn View, pids: &BTreeSet<u32>) -> HashSet<u32> {
    let mut all = HashSet::new();
    for pid in pids {
        let Ok(listing) = view.list(&of(*pid, "task")) else { continue };
        let threads = listing.entries.iter().filter_map(|entry| entry.name.to_str()?.parse::<u32>().ok());
        all.extend(threads.take(THREADS));
    }
    all
}

fn limit(view: &mut dyn View) -> u32 {
    let content = view.read(Path::new("/proc/sys/kernel/pid_max"), 64).ok();
    let text = content.map(|content| String::from_utf8_lossy(&content.bytes).trim().to_owned());
    text.and_then(|text| text.parse().ok()).unwrap_or(MOST).min(MOST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Memory;
    use model::Time;

    fn machine(listed: &[u32], alive: &[u32]) -> Memory {
        let mut memory = Memory::new(Time::from_secs(1000));
        memory.file("/proc/sys/kernel/pid_max", "300\n").running(alive.iter().copied());
        for pid in listed {
            memory.file(format!("/proc/{pid}/status"), format!("Tgid:\t{pid}\n"));
            memory.file(format!("/proc/{pid}/task/{pid}/stat"), "");
        }
        memory
    }

    #[test]
    fn what_answers_and_is_not_listed_is_hidden() {
        let mut memory = machine(&[1, 7], &[1, 7, 42]);
        let found = hidden(&mut memory, &mut Gaps::default());
        assert_eq!(found, BTreeMap::from([(42, Hiding::Listing)]));
    }

    #[test]
    fn a_thread_is_not_hidden() {
        let mut memory = machine(&[1, 7], &[1, 7]);
        memory.file("/proc/7/task/10/stat", "").running([10]);
        assert!(hidden(&mut memory, &mut Gaps::default()).is_empty());
    }

    #[test]
    fn what_the_library_leaves_out_is_hidden_by_it() {
        let mut memory = machine(&[1, 7, 42], &[1, 7, 42]);
        memory.library_lists("/proc", &["1", "7", "self"]);
        let found = hidden(&mut memory, &mut Gaps::default());
        assert_eq!(found, BTreeMap::from([(42, Hiding::Library)]));
    }

    #[test]
    fn a_mount_over_a_folder_hides() {
        let mut memory = machine(&[1, 7, 42], &[1, 7, 42]);
        memory.file(
            "/proc/self/mountinfo",
            "40 20 0:5 / /proc/42 rw - tmpfs none rw\n41 20 0:5 / /proc/43 rw - tmpfs none rw\n",
        );
        let found = hidden(&mut memory, &mut Gaps::default());
        assert_eq!(found, BTreeMap::from([(42, Hiding::Mount)]));
    }

    #[test]
    fn a_machine_that_does_not_run_hides_nothing() {
        let mut memory = Memory::default();
        memory.file("/proc/1/status", "");
        assert!(hidden(&mut memory, &mut Gaps::default()).is_empty());
    }
}
