//! How somebody may come into a machine, or came in: settings, logins, histories. Listening sockets are told before.

mod glob;
mod histories;
mod logins;
mod running;
mod settings;

use crate::users::Users;
use crate::{Gaps, View};
use model::{At, EvidenceId, Fact, Observation, Origin};

/// A look at the doors of a machine, under way.
pub(crate) struct Look<'a> {
    pub(crate) view: &'a mut dyn View,
    pub(crate) evidence: EvidenceId,
    pub(crate) gaps: &'a mut Gaps,
    pub(crate) found: &'a mut dyn FnMut(Observation),
    /// Files and sockets looked at.
    pub(crate) records: u64,
}

impl Look<'_> {
    fn tell(&mut self, at: At, fact: Fact) {
        let (time, origin) = (self.view.now(), Origin { evidence: self.evidence, at });
        (self.found)(Observation { time, origin, fact });
    }

    /// The text of a file, if it is there: bytes that are no UTF-8 replaced.
    fn text(&mut self, path: &std::path::Path, most: usize) -> Option<String> {
        Some(String::from_utf8_lossy(&self.bytes(path, most)?).into_owned())
    }

    /// The bytes of a file, if it is there; what cannot be read is a gap.
    fn bytes(&mut self, path: &std::path::Path, most: usize) -> Option<Vec<u8>> {
        match self.view.read(path, most) {
            Ok(content) => {
                self.records += 1;
                if !content.whole {
                    self.gaps.cut(path);
                }
                Some(content.bytes)
            }
            Err(fault) => {
                self.gaps.fault(path, fault);
                None
            }
        }
    }
}

/// Looks at the doors and hands over what is found. `holders` are the processes that listen. Returns how many records
/// were looked at.
pub(crate) fn look(
    view: &mut dyn View,
    evidence: EvidenceId,
    gaps: &mut Gaps,
    holders: &[u32],
    users: &Users,
    found: &mut dyn FnMut(Observation),
) -> u64 {
    let mut look = Look { view, evidence, gaps, found, records: 0 };
    let running = running::look(&mut look, holders);
    settings::look(&mut look, &running);
    logins::look(&mut look);
    histories::look(&mut look, users);
    look.records
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::Memory;

    /// What is found in a machine, and the gaps.
    pub(crate) fn facts(memory: &mut Memory) -> (Vec<Observation>, Vec<model::GapSummary>) {
        let (mut gaps, mut facts) = (Gaps::default(), Vec::new());
        let pids = crate::processes::listed(memory, &mut Gaps::default());
        let sockets = crate::sockets::Sockets::read(memory, &pids, &mut Gaps::default());
        let holders: Vec<u32> = sockets.listeners().into_iter().filter_map(|(_, _, pid)| pid).collect();
        let users = Users::read(memory, &mut gaps);
        look(memory, EvidenceId(0), &mut gaps, &holders, &users, &mut |seen| facts.push(seen));
        (facts, gaps.into_summaries())
    }

    #[test]
    fn an_empty_machine_has_nothing_to_tell() {
        let (facts, gaps) = facts(&mut Memory::default());
        assert!(facts.is_empty() && gaps.is_empty());
    }
}
