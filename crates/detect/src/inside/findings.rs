//! Findings about one machine, kept and bounded.

use crate::Said;
use crate::kept::{Kept, Worth};
use model::{
    Act, Cited, Facts, Finding, FindingKey, FindingKind, HostKey, Message, Observation, Role, Subject, Time,
    Weight,
};

/// Findings kept of one machine by one detector, and in all.
const PER_MACHINE: usize = 64;
const IN_ALL: usize = 4096;

/// What a detector says about a thing on a machine.
pub(crate) struct About {
    pub(crate) detector: &'static str,
    /// What tells it apart: the fact, a tab, the thing.
    pub(crate) detail: String,
    pub(crate) kind: FindingKind,
    pub(crate) role: Option<Role>,
    pub(crate) weight: Option<&'static Weight>,
    pub(crate) act: Option<Act>,
    pub(crate) message: Message,
    pub(crate) excerpt: Message,
    pub(crate) subject: Subject,
    pub(crate) facts: Facts,
    pub(crate) technique: Option<&'static str>,
}

/// All of them, the newest of each key.
pub(crate) struct Findings {
    kept: Kept<Finding, HostKey>,
}

impl Worth for Finding {
    type Rank = (i32, u64);
    fn worth(&self) -> Self::Rank {
        // Of several as heavy, what takes more of the processors says more.
        let share = self.facts.count_of("cpu_percent").unwrap_or(0);
        (self.weight.map_or(0, |weight| weight.tenths.0), share)
    }
}

impl Default for Findings {
    fn default() -> Findings {
        Findings { kept: Kept::new(PER_MACHINE, IN_ALL) }
    }
}

impl Findings {
    /// Keeps a finding about the machine that the observation is from.
    pub(crate) fn tell(&mut self, seen: &Observation, about: About) {
        self.tell_since(seen, seen.time, about);
    }

    /// The same of something that began earlier.
    pub(crate) fn tell_since(&mut self, seen: &Observation, first: Time, about: About) {
        let host = HostKey::Machine(seen.origin.evidence);
        let key = FindingKey { detector: about.detector, host, detail: about.detail.clone() };
        let cited = vec![Cited { origin: seen.origin, time: seen.time, excerpt: about.excerpt }];
        let finding = Finding {
            key,
            kind: about.kind,
            role: about.role,
            weight: about.weight,
            act: about.act,
            message: about.message,
            subject: about.subject,
            facts: about.facts,
            first,
            last: seen.time,
            count: 1,
            cited,
            technique: about.technique,
            dialogue: Vec::new(),
        };
        let newest = finding.clone();
        *self.kept.entry(host, about.detail, || finding) = newest;
    }

    pub(crate) fn say(&self, said: &mut Said) {
        said.findings.extend(self.kept.iter().map(|(_, finding)| finding.clone()));
        said.forgotten += self.kept.forgotten;
    }
}
