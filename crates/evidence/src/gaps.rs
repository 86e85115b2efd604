//! Gaps of one piece of evidence, merged as they come, so that their number is bounded.

use model::{At, GapSummary, Message};

/// Gaps merged by the id of their reason: the first place, the first reason's arguments, and
/// how many. There are as many entries as there are reasons in the code, whatever the input.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gaps {
    entries: Vec<(&'static str, GapSummary)>,
}

impl Gaps {
    /// Adds one gap.
    pub fn add(&mut self, at: At, reason: Message) {
        self.add_many(at, reason, 1);
    }

    /// Adds `count` gaps of one reason of which the first is at `at`.
    pub fn add_many(&mut self, at: At, reason: Message, count: u64) {
        self.merge(reason.id, GapSummary { at, reason, count });
    }

    /// Adds a gap merged under another key than its reason's id.
    pub(crate) fn merge(&mut self, key: &'static str, gap: GapSummary) {
        if gap.count == 0 {
            return;
        }
        match self.entries.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => known.count = known.count.saturating_add(gap.count),
            None => self.entries.push((key, gap)),
        }
    }

    /// Takes over all gaps of `other`, which is empty afterwards.
    pub fn absorb(&mut self, other: &mut Self) {
        for (key, gap) in other.entries.drain(..) {
            self.merge(key, gap);
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The gaps, in the order in which each reason was first met.
    #[must_use]
    pub fn into_summaries(self) -> Vec<GapSummary> {
        self.entries.into_iter().map(|(_, gap)| gap).collect()
    }
}
