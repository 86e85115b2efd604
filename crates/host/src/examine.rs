//! The look at a machine as a whole: in which order what is asked.

use crate::autoruns::autoruns;
use crate::foreign::Foreign;
use crate::hidden::hidden;
use crate::links::Links;
use crate::machine::machine;
use crate::owner::Owners;
use crate::processes::{self, Around, Sampler, rounding};
use crate::sockets::Sockets;
use crate::users::Users;
use crate::{Gaps, Packages, View, capabilities, doors, miners};
use model::{At, EvidenceId, Fact, GapSummary, Listener, Observation, Origin, Process, Time};
use std::collections::BTreeSet;
use std::path::Path;

/// How a machine is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// For how long a running machine is watched, in milliseconds.
    pub observe_ms: u64,
    /// Whether threads of suspects are stopped for a moment to see how they round.
    pub deep: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { observe_ms: 3000, deep: false }
    }
}

/// What came of a look besides the facts.
#[derive(Debug, Default)]
pub struct Examination {
    /// Processes, entries and files looked at.
    pub records: u64,
    /// When it began.
    pub first: Option<Time>,
    /// When it ended.
    pub last: Option<Time>,
    /// What could not be looked at.
    pub gaps: Vec<GapSummary>,
}

/// Looks at a machine and hands over every fact found.
pub fn examine(
    view: &mut dyn View,
    evidence: EvidenceId,
    settings: &Settings,
    found: &mut dyn FnMut(Observation),
) -> Examination {
    let mut gaps = Gaps::default();
    let first = view.now();
    let mut packages = Packages::read(view, &mut gaps);
    let users = Users::read(view, &mut gaps);
    let mut records = 0;
    let (sampled, processes, sockets) = if view.is_running() {
        let (sampled, processes, sockets) = running(view, settings, &mut packages, &users, &mut gaps);
        (Some(sampled), processes, sockets)
    } else {
        (None, Vec::new(), Sockets::default())
    };
    let about = machine(view, sampled.as_ref(), processes.len(), &mut gaps);
    let now = view.now();
    let mut tell = |at: At, fact: Fact| {
        records += 1;
        found(Observation { time: now, origin: Origin { evidence, at }, fact });
    };
    tell(At::Whole, Fact::Machine(Box::new(about)));
    let mut holders = BTreeSet::new();
    for (address, udp, pid) in sockets.listeners() {
        holders.extend(pid);
        let holder = pid.and_then(|pid| processes.iter().find(|process| process.pid == pid));
        let listener = Listener {
            address,
            udp,
            process: holder.map(|process| (process.pid, process.name.clone())),
            started: holder.and_then(|process| process.started),
        };
        tell(pid.map_or(At::Whole, At::Process), Fact::Listener(Box::new(listener)));
    }
    for process in &processes {
        tell(At::Process(process.pid), Fact::Process(Box::new(process.clone())));
    }
    let links = Links::of(&processes);
    // After the processes, so that who reads them knows what an entry starts.
    let mut entries = Vec::new();
    autoruns(view, &mut packages, &mut gaps, &mut |entry| entries.push(entry));
    let mut foreign = Foreign::of(view, &mut packages);
    for mut entry in entries {
        links.join(&mut entry);
        foreign.mark(view, &mut entry);
        tell(At::Whole, Fact::Autorun(Box::new(entry)));
    }
    let holders: Vec<u32> = holders.into_iter().collect();
    records += miners::look(view, evidence, &mut packages, &processes, &mut gaps, found);
    records += doors::look(view, evidence, &mut gaps, &holders, &users, found);
    Examination { records, first: Some(first), last: Some(view.now()), gaps: gaps.into_summaries() }
}

/// Processes, watched for a while. What needs no second look is done meanwhile, so that it costs no time.
fn running(
    view: &mut dyn View,
    settings: &Settings,
    owners: &mut dyn Owners,
    users: &Users,
    gaps: &mut Gaps,
) -> (processes::Sampled, Vec<Process>, Sockets) {
    let pids = processes::listed(view, gaps);
    let began = view.now();
    let mut sampler = Sampler::begin(view, &pids, gaps);
    wait_until(view, began, settings.observe_ms / 3);
    sampler.look_at_threads(view);
    let hidden = hidden(view, gaps);
    wait_until(view, began, settings.observe_ms);
    let sampled = sampler.end(view, gaps);
    let pids: BTreeSet<u32> = sampled.processes.keys().copied().collect();
    let sockets = Sockets::read(view, &pids, gaps);
    let own = processes::own(view);
    let own_root = view.target(Path::new("/proc/self/root")).ok();
    let booted = Time::from_secs(sampled.system.booted);
    let sees_all = capabilities::own(view) & capabilities::PTRACE != 0;
    let mut around = Around { view, gaps, owners, users, sockets: &sockets, booted, own, sees_all, own_root };
    let mut all = processes::all(&sampled, &hidden, &mut around);
    if settings.deep {
        rounding::sample(view, &sampled, &mut all);
    }
    (sampled, all, sockets)
}

fn wait_until(view: &mut dyn View, began: Time, millis: u64) {
    let passed = u64::try_from(view.now().since(began) / 1_000_000).unwrap_or(0);
    if let Some(left) = millis.checked_sub(passed).filter(|left| *left > 0) {
        view.wait(left);
    }
}
