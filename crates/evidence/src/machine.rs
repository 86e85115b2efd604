//! A machine as a piece of evidence: the one that this runs on, or one whose root lies in a folder.

use host::{View, examine};
use model::{EvidenceId, EvidenceSummary, Observation};
use std::fmt;

/// A machine to look at.
pub struct Machine {
    /// Its id in the case.
    pub id: EvidenceId,
    /// As the user named it.
    pub name: String,
    reader: &'static str,
    view: Box<dyn View + Send>,
}

impl fmt::Debug for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Machine").field("id", &self.id).field("name", &self.name).finish_non_exhaustive()
    }
}

impl Machine {
    pub(crate) fn new(
        id: EvidenceId,
        name: String,
        reader: &'static str,
        view: Box<dyn View + Send>,
    ) -> Machine {
        Machine { id, name, reader, view }
    }

    /// Looks at it, hands over what was found, and sums up.
    pub fn examine(
        mut self,
        settings: &host::Settings,
        found: &mut dyn FnMut(Observation),
    ) -> EvidenceSummary {
        let done = examine(self.view.as_mut(), self.id, settings, found);
        EvidenceSummary {
            id: self.id,
            source: self.name,
            reader: self.reader,
            sha256: None,
            bytes: 0,
            records: done.records,
            first: done.first,
            last: done.last,
            gaps: done.gaps,
        }
    }
}
