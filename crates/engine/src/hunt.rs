//! What is done with what was found: detectors and the judge see it, gaps are summed.

use crate::extract::Traces;
use crate::gaps::Sum;
use crate::settings::Settings;
use detect::{DETECTORS, Panel};
use flow::{ContactBook, Found, Limits};
use model::{At, Case, EvidenceId, Fact, Gap, Message, Observation, Time};
use std::sync::Arc;
use verdict::{Judge, Looked};

/// Detectors, the judge and the gaps of one scan.
pub(crate) struct Hunt {
    panel: Panel,
    judge: Judge,
    contacts: ContactBook,
    pub(crate) gaps: Sum,
    /// What an extract needs, if one is wanted.
    pub(crate) traces: Option<Traces>,
    now: Time,
}

impl Hunt {
    pub(crate) fn new(settings: &Settings, limits: &Limits, traces: Option<Traces>) -> Hunt {
        Hunt {
            panel: Panel::new(Arc::<intel::Intel>::clone(&settings.intel), &settings.detectors),
            judge: Judge::new(settings.verdict.clone()),
            contacts: ContactBook::within(limits.contact_bytes),
            gaps: Sum::default(),
            traces,
            now: Time::MIN,
        }
    }

    pub(crate) fn found(&mut self, found: Found) {
        for (_, observation) in &found.observations {
            self.see(observation);
        }
        found.gaps.into_iter().for_each(|gap| self.gaps.add(gap));
    }

    pub(crate) fn see(&mut self, observation: &Observation) {
        self.now = self.now.max(observation.time);
        self.panel.see(observation);
        self.judge.see(observation);
        if let Some(traces) = &mut self.traces {
            traces.see(observation);
        }
        if let Fact::Flow(flow) = &observation.fact {
            let mut told = Vec::new();
            self.contacts.see(flow, &mut told);
            told.iter().for_each(|observation| self.see(observation));
        }
    }

    /// The verdict on all that was seen; evidence and errors are still to be filled in.
    pub(crate) fn judge(&mut self) -> Case {
        let mut told = Vec::new();
        self.contacts.finish(&mut told);
        told.iter().for_each(|observation| self.see(observation));
        self.contacts.gap().into_iter().for_each(|gap| self.gaps.add(gap));
        let findings = self.panel.findings(self.now);
        let mut gap = |reason: Message, count: u64| {
            self.gaps.add(Gap { evidence: EvidenceId(0), at: At::Whole, reason, count });
        };
        for failure in self.panel.failures() {
            gap(Message::new("gap-detector-failed").with("detector", failure.detector), 1);
        }
        if self.panel.forgotten() > 0 {
            gap(Message::new("gap-findings-forgotten"), self.panel.forgotten());
        }
        let looked: Vec<Looked> = DETECTORS
            .iter()
            .map(|unit| Looked { detector: unit.meta.id, summary: unit.meta.summary, reads: unit.reads })
            .collect();
        self.judge.judge(findings, &looked)
    }
}
