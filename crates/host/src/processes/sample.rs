//! What each process and thread takes of the processors, by looking at several times.

use super::{listed, of};
use crate::{Gaps, View};
use parse::procfs::{Scheduled, Stat, System, schedstat, stat, status, system};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The longest `stat` line: a name of 15 bytes and 51 numbers.
const STAT: usize = 4096;
/// `/proc/stat` has a line for each processor and each interrupt.
const SYSTEM: usize = 1 << 20;
/// A process that takes a twentieth of a processor is worth a look at its threads, and so is one that gives way to all
/// others: on a busy machine it gets hardly anything.
const NOTABLE: u32 = 50;
/// Nice values of programs that give way.
const GIVES_WAY: i32 = 10;
/// `SCHED_IDLE` (sched(7)).
const IDLE: u32 = 5;
/// Threads looked at of one process.
const THREADS: usize = 1024;
/// A thread that runs, or is ready to run, for four fifths of the time is busy: what it waits for is a processor.
const BUSY: u64 = 800;
/// And it does run, for a thousandth of the time at least.
const RUNS: u64 = 1;

/// A process at the last look, and what it took meanwhile.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    pub(crate) stat: Stat,
    /// Thousandths of a processor; `None` for one that was seen only once.
    pub(crate) share: Option<u32>,
    /// Threads that ran or were ready to run nearly all the time.
    pub(crate) busy: Vec<u32>,
    /// How many of those may run on one processor only.
    pub(crate) pinned: u32,
}

/// All processes, and the machine beside them.
#[derive(Debug, Default)]
pub(crate) struct Sampled {
    pub(crate) processes: BTreeMap<u32, Seen>,
    /// Between the first and the last look, in milliseconds.
    pub(crate) watched_ms: u32,
    pub(crate) system: System,
    /// Ticks since the machine started, at the last look.
    pub(crate) uptime: u64,
    /// Ticks that the kernel counted for programs meanwhile, and those of processes that were seen; only where the
    /// kernel's own threads are visible, since otherwise others are invisible, too.
    pub(crate) accounted: Option<(u64, u64)>,
}

/// Looks again and again.
#[derive(Debug, Default)]
pub(crate) struct Sampler {
    first: BTreeMap<u32, Stat>,
    first_system: System,
    first_at: i64,
    /// Threads of notable processes at the look in between.
    threads: BTreeMap<u32, (u32, Scheduled)>,
    threads_at: i64,
}

impl Sampler {
    /// The first look.
    pub(crate) fn begin(view: &mut dyn View, pids: &BTreeSet<u32>, gaps: &mut Gaps) -> Sampler {
        let first_at = view.now().nanos();
        let first = pids.iter().filter_map(|pid| Some((*pid, read(view, *pid)?))).collect();
        let first_system = system_of(view, gaps);
        Sampler { first, first_system, first_at, ..Sampler::default() }
    }

    /// A look in between: which processes are notable, and what their threads have taken so far.
    pub(crate) fn look_at_threads(&mut self, view: &mut dyn View) {
        let meanwhile = view.now().nanos();
        let mut notable = Vec::new();
        for (pid, before) in &self.first {
            let Some(now) = read(view, *pid) else { continue };
            let gives_way = !now.is_kernel() && (now.nice >= GIVES_WAY || now.policy == IDLE);
            let taken = share(before.ticks(), now.ticks(), meanwhile.saturating_sub(self.first_at));
            if taken >= NOTABLE || gives_way || now.state == 'R' {
                notable.push(*pid);
            }
        }
        self.threads_at = view.now().nanos();
        for pid in notable {
            self.threads.extend(threads(view, pid));
        }
    }

    /// The last look, at these processes and at those of the first look.
    pub(crate) fn end(self, view: &mut dyn View, gaps: &mut Gaps) -> Sampled {
        let pids = listed(view, gaps);
        let mut pids: BTreeSet<u32> = pids.into_iter().chain(self.first.keys().copied()).collect();
        // A process that ended took its time all the same; it is in what its parent reaped.
        let at = view.now().nanos();
        let system = system_of(view, gaps);
        let uptime = uptime(view);
        let nanos = at.saturating_sub(self.first_at);
        let mut processes = BTreeMap::new();
        let mut taken = 0_u64;
        let mut kernel_seen = false;
        pids.retain(|pid| *pid != 0);
        for pid in pids {
            let Some(now) = read(view, pid) else { continue };
            kernel_seen |= now.is_kernel();
            let before = self.first.get(&pid).filter(|before| before.started == now.started);
            let counted = |stat: &Stat| stat.ticks().saturating_add(stat.reaped);
            // One that began meanwhile took all of its time meanwhile.
            taken = taken.saturating_add(counted(&now).saturating_sub(before.map_or(0, counted)));
            let share = before.map(|before| share(before.ticks(), now.ticks(), nanos));
            processes.insert(pid, Seen { stat: now, share, busy: Vec::new(), pinned: 0 });
        }
        self.mark_busy(view, &mut processes);
        let counted = system
            .user
            .saturating_add(system.system)
            .saturating_sub(system.guest)
            .saturating_sub(self.first_system.user.saturating_add(self.first_system.system))
            .saturating_add(self.first_system.guest);
        Sampled {
            processes,
            watched_ms: u32::try_from(nanos / 1_000_000).unwrap_or(0),
            system,
            uptime,
            accounted: (kernel_seen && nanos > 0).then_some((counted, taken)),
        }
    }

    fn mark_busy(&self, view: &mut dyn View, processes: &mut BTreeMap<u32, Seen>) {
        let at = view.now().nanos();
        let nanos = at.saturating_sub(self.threads_at);
        let Some(nanos) = u64::try_from(nanos).ok().filter(|nanos| *nanos > 0) else { return };
        let permille = |before: u64, now: u64| now.saturating_sub(before).saturating_mul(1000) / nanos;
        for (tid, (owner, before)) in &self.threads {
            let owner = *owner;
            let Some(now) = scheduled(view, owner, *tid) else { continue };
            let ran = permille(before.ran, now.ran);
            if ran >= RUNS
                && ran + permille(before.waited, now.waited) >= BUSY
                && let Some(seen) = processes.get_mut(&owner)
            {
                seen.busy.push(*tid);
                seen.pinned += u32::from(is_pinned(view, owner, *tid));
            }
        }
    }
}

/// Thousandths of a processor: a tick is a hundredth of a second.
fn share(before: u64, now: u64, nanos: i64) -> u32 {
    let ticks = now.saturating_sub(before);
    let Some(nanos) = u64::try_from(nanos).ok().filter(|nanos| *nanos > 0) else { return 0 };
    u32::try_from(u128::from(ticks) * 10_000_000_000 / u128::from(nanos)).unwrap_or(u32::MAX)
}

fn read(view: &mut dyn View, pid: u32) -> Option<Stat> {
    stat(&view.read(&of(pid, "stat"), STAT).ok()?.bytes)
}

fn scheduled(view: &mut dyn View, pid: u32, tid: u32) -> Option<Scheduled> {
    schedstat(&view.read(&of(pid, &format!("task/{tid}/schedstat")), STAT).ok()?.bytes)
}

/// Whether a thread may run on one processor only.
fn is_pinned(view: &mut dyn View, pid: u32, tid: u32) -> bool {
    let content = view.read(&of(pid, &format!("task/{tid}/status")), STAT * 4);
    content.is_ok_and(|content| status(&content.bytes).processors == 1)
}

/// The threads of a process, each with the process.
fn threads(view: &mut dyn View, pid: u32) -> BTreeMap<u32, (u32, Scheduled)> {
    let Ok(listing) = view.list(&of(pid, "task")) else { return BTreeMap::new() };
    let tids: Vec<u32> =
        listing.entries.iter().filter_map(|entry| entry.name.to_str()?.parse().ok()).collect();
    let each =
        tids.into_iter().take(THREADS).filter_map(|tid| Some((tid, (pid, scheduled(view, pid, tid)?))));
    each.collect()
}

fn system_of(view: &mut dyn View, gaps: &mut Gaps) -> System {
    let path = Path::new("/proc/stat");
    match view.read(path, SYSTEM) {
        Ok(content) => system(&content.bytes),
        Err(fault) => {
            gaps.fault(path, fault);
            System::default()
        }
    }
}

/// Ticks since the machine started.
fn uptime(view: &mut dyn View) -> u64 {
    let read = view.read(Path::new("/proc/uptime"), 128).ok();
    let text = read.map(|content| String::from_utf8_lossy(&content.bytes).into_owned()).unwrap_or_default();
    let digits: String =
        text.split(' ').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    // Two decimals: the number of hundredths.
    digits.parse().unwrap_or(0)
}
