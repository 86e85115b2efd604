//! Gaps found after reading: summed by evidence and reason, so that shards and runs agree.

use model::{At, EvidenceId, EvidenceSummary, Gap, GapSummary, Message};
use std::collections::BTreeMap;

/// Gaps by evidence and reason: the first place and how many.
#[derive(Debug, Default)]
pub(crate) struct Sum(BTreeMap<(EvidenceId, Message), (At, u64)>);

impl Sum {
    pub(crate) fn add(&mut self, gap: Gap) {
        let entry = self.0.entry((gap.evidence, gap.reason)).or_insert((gap.at, 0));
        entry.0 = entry.0.min(gap.at);
        entry.1 = entry.1.saturating_add(gap.count);
    }

    /// Adds them to the summaries of their evidence.
    pub(crate) fn into_evidence(self, evidence: &mut [EvidenceSummary]) {
        for ((id, reason), (at, count)) in self.0 {
            if let Some(summary) = evidence.iter_mut().find(|summary| summary.id == id) {
                summary.gaps.push(GapSummary { at, reason, count });
            }
        }
    }
}
