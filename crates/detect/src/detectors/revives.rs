//! What starts a suspect again.

use crate::inside::{About, Findings, is_suspect};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Autorun, EvidenceId, Fact, FactKind, Facts, FindingKind, Group, Message, Meta, Observation, Subject,
    Tenths, Time, UnitKind, Weight, WeightKind,
};
use std::collections::BTreeMap;

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "revives",
        kind: UnitKind::Detector,
        summary: "revives-summary",
        doc: include_str!("revives.md"),
        doc_zh: include_str!("revives.zh.md"),
        since: "0.1.0",
        messages: &["revives-suspect", "revives-entry"],
        parameters: &[],
    },
    reads: &[FactKind::Process, FactKind::Autorun],
    weights: &[&REVIVES],
    make,
};

static REVIVES: Weight = Weight {
    id: "revives-suspect",
    group: Group::Persist,
    tenths: Tenths(80),
    kind: WeightKind::Definition,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, PERSIST: an entry that starts the suspect's own file",
};

/// Suspects remembered; more on one machine are not told apart any more.
const SUSPECTS: usize = 4096;

#[derive(Default)]
struct Entries {
    findings: Findings,
    suspects: BTreeMap<(EvidenceId, u32), String>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(Entries::default())
}

impl Detector for Entries {
    fn see(&mut self, seen: &Observation, context: &Context<'_>) {
        match &seen.fact {
            Fact::Process(process)
                if self.suspects.len() < SUSPECTS && is_suspect(process, context.intel) =>
            {
                self.suspects.insert((seen.origin.evidence, process.pid), process.name.clone());
            }
            // Entries are told after the processes that they start.
            Fact::Autorun(entry) => {
                let suspect = entry.starts.iter().find_map(|pid| {
                    let name = self.suspects.get(&(seen.origin.evidence, *pid))?;
                    Some((*pid, name.clone()))
                });
                if let Some((pid, name)) = suspect {
                    self.findings.tell(seen, about(entry, pid, &name));
                }
            }
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        self.findings.say(said);
    }
}

fn about(entry: &Autorun, pid: u32, name: &str) -> About {
    let mut facts = Facts::default();
    facts.text("pid", Some(pid.to_string()));
    facts.text("user", entry.user.clone());
    facts.text("when", entry.when.clone());
    facts.text("program", entry.files.first().cloned());
    let message = Message::new("revives-suspect")
        .with("mechanism", entry.mechanism.0)
        .with("path", entry.path.as_str())
        .with("process", name)
        .with("pid", pid.to_string());
    About {
        detector: UNIT.meta.id,
        detail: format!("revives\t{} {} {}", entry.path, entry.line.unwrap_or(0), entry.runs),
        kind: FindingKind::Persistence,
        role: None,
        weight: Some(&REVIVES),
        act: None,
        message,
        excerpt: Message::new("revives-entry").with("runs", entry.runs.as_str()),
        subject: Subject::Persistence {
            mechanism: entry.mechanism.0,
            path: entry.path.clone(),
            line: entry.line,
            runs: entry.runs.clone(),
        },
        facts,
        technique: crate::autostart::technique(entry),
    }
}
