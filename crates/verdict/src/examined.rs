//! Machines that were looked at from inside: what they say they are, and how far the look went.

use crate::coverage::Record;
use model::{EvidenceId, Fact, Machine, Observation};
use std::collections::BTreeMap;

/// One such machine.
#[derive(Debug, Clone)]
pub(crate) struct Inside {
    /// What it is; `None` until it was said.
    pub(crate) machine: Option<Machine>,
    /// What was seen of it.
    pub(crate) record: Record,
}

/// All of them, by the evidence that each was taken from.
#[derive(Debug, Default)]
pub(crate) struct Examined(BTreeMap<EvidenceId, Inside>);

impl Examined {
    /// Takes note of a fact from inside a machine.
    pub(crate) fn see(&mut self, seen: &Observation) {
        let inside = self
            .0
            .entry(seen.origin.evidence)
            .or_insert_with(|| Inside { machine: None, record: Record::new(seen.time) });
        inside.record.see(seen.fact.kind(), seen.time, seen.time);
        if let Fact::Machine(machine) = &seen.fact {
            inside.record.looked(machine.reach);
            inside.machine = Some((**machine).clone());
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (EvidenceId, &Inside)> {
        self.0.iter().map(|(evidence, inside)| (*evidence, inside))
    }

    /// How many machines, and how many processes on them.
    pub(crate) fn count(&self) -> (u64, u64) {
        let processes =
            self.0.values().filter_map(|inside| inside.machine.as_ref()).map(|one| u64::from(one.processes));
        (self.0.len() as u64, processes.sum())
    }

    pub(crate) fn get(&self, evidence: EvidenceId) -> Option<&Inside> {
        self.0.get(&evidence)
    }
}
