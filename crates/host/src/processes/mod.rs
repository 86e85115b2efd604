//! The processes of a running machine.

mod details;
mod geometry;
mod names;
mod odd;
mod orders;
pub(crate) mod rounding;
mod sample;
mod secrets;

use crate::owner::Owners;
use crate::sockets::Sockets;
use crate::users::Users;
use crate::{Gaps, View};
use model::{Hiding, Process, Time, Trait};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

pub(crate) use sample::{Sampled, Sampler};

/// Processes looked at; more are counted as a gap. The kernel's own limit is 4,194,304.
const MOST: usize = 65_536;
/// Ancestors told of a process.
const ANCESTORS: usize = 16;

/// What everything about one process is looked up with.
pub(crate) struct Around<'a> {
    pub(crate) view: &'a mut dyn View,
    pub(crate) gaps: &'a mut Gaps,
    pub(crate) owners: &'a mut dyn Owners,
    pub(crate) users: &'a Users,
    pub(crate) sockets: &'a Sockets,
    /// When the machine started.
    pub(crate) booted: Time,
    /// This program itself.
    pub(crate) own: Option<u32>,
    /// It may look into every process: what is closed to it is closed on purpose.
    pub(crate) sees_all: bool,
    /// The root of this program itself: processes with another one live in a container.
    pub(crate) own_root: Option<PathBuf>,
}

/// The number of the program that looks, as the machine that it looks at knows it: of a record, the one that made it.
pub(crate) fn own(view: &mut dyn View) -> Option<u32> {
    view.target(Path::new("/proc/self")).ok()?.to_str()?.parse().ok()
}

/// The numbers of all processes as the kernel lists them.
pub(crate) fn listed(view: &mut dyn View, gaps: &mut Gaps) -> BTreeSet<u32> {
    match view.list(Path::new("/proc")) {
        Ok(listing) => {
            let numbers = listing.entries.iter().filter_map(|entry| entry.name.to_str()?.parse().ok());
            let numbers: BTreeSet<u32> = numbers.take(MOST).collect();
            if listing.cut || numbers.len() == MOST {
                gaps.cut(Path::new("/proc"));
            }
            numbers
        }
        Err(fault) => {
            gaps.fault(Path::new("/proc"), fault);
            BTreeSet::new()
        }
    }
}

/// Everything about every process. `hidden` are in no listing, or in that of the library only.
pub(crate) fn all(
    sampled: &Sampled,
    hidden: &BTreeMap<u32, Hiding>,
    around: &mut Around<'_>,
) -> Vec<Process> {
    let mut processes = Vec::new();
    for (pid, seen) in &sampled.processes {
        let mut process = details::process(*pid, seen, sampled, around);
        if let Some(hiding) = hidden.get(pid) {
            process.traits.insert(0, Trait::Hidden(*hiding));
        }
        processes.push(process);
    }
    // A process of which not even its first line can be read is told all the same.
    for (pid, hiding) in hidden.iter().filter(|(pid, _)| !sampled.processes.contains_key(pid)) {
        let traits = vec![Trait::Hidden(*hiding)];
        processes.push(Process { pid: *pid, traits, ..Process::default() });
    }
    let names: BTreeMap<u32, (u32, String)> =
        processes.iter().map(|process| (process.pid, (process.parent, process.name.clone()))).collect();
    for process in &mut processes {
        let mut at = process.parent;
        while process.ancestors.len() < ANCESTORS
            && let Some((parent, name)) = names.get(&at)
        {
            process.ancestors.push((at, name.clone()));
            at = *parent;
        }
    }
    processes
}

/// A path of a process under `/proc`.
pub(crate) fn of(pid: u32, name: &str) -> PathBuf {
    PathBuf::from(format!("/proc/{pid}/{name}"))
}
