//! Processes that keep processors busy: how a miner computes, and how much else does.

use crate::inside::{About, Findings, about, message};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{Fact, FactKind, Group, Meta, Observation, Process, Tenths, Time, UnitKind, Weight, WeightKind};
use std::collections::BTreeMap;

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "busy-process",
        kind: UnitKind::Detector,
        summary: "busy-process-summary",
        doc: include_str!("busy_process.md"),
        doc_zh: include_str!("busy_process.zh.md"),
        since: "0.1.0",
        messages: &["busy-process-busy", "busy-process-threads", "busy-process-seen"],
        parameters: &[],
    },
    reads: &[FactKind::Process, FactKind::Machine],
    weights: &[&BUSY, &THREADS],
    make,
};

static BUSY: Weight = Weight {
    id: "busy-process-busy",
    group: Group::Compute,
    tenths: Tenths(30),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, COMPUTE: sustained load; updates, compilers and encoders do the same (elastic/detection-rules impact_newly_observed_process_with_high_cpu.toml)",
};

static THREADS: Weight = Weight {
    id: "busy-process-threads",
    group: Group::Compute,
    tenths: Tenths(40),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, COMPUTE: a busy thread for each processor, bound to it or of the lowest priority; xmrig src/backend/cpu/platform/HwlocCpuInfo.cpp, doc/CPU.md",
};

/// A whole processor, less what a busy machine takes away from a process that wants it.
const WHOLE: u32 = 900;
/// Nice values of programs that give way to all others; miners are told to (xmrig `cpu.priority`, `Nice=` of units).
const GIVES_WAY: i32 = 10;

#[derive(Default)]
struct Processes {
    findings: Findings,
    /// Processors of each machine.
    processors: BTreeMap<model::EvidenceId, u32>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(Processes::default())
}

impl Detector for Processes {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        match &seen.fact {
            Fact::Machine(machine) => {
                self.processors.insert(seen.origin.evidence, machine.processors);
            }
            Fact::Process(process) => {
                let processors = self.processors.get(&seen.origin.evidence).copied().unwrap_or(1).max(1);
                if let Some(about) = busy(process, processors) {
                    self.findings.tell(seen, about);
                }
            }
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        self.findings.say(said);
    }
}

fn busy(process: &Process, processors: u32) -> Option<About> {
    let cpu = process.cpu;
    // A thread that always runs or waits to run is busy, however little a busy machine gives it.
    let observed = cpu.observed.filter(|share| *share >= WHOLE || cpu.busy_threads > 0)?;
    let bound = cpu.busy_threads > 0 && cpu.pinned_threads == cpu.busy_threads;
    let gives_way = (cpu.nice >= GIVES_WAY || cpu.idle_policy) && cpu.busy_threads >= processors.max(2);
    let (weight, id) =
        if bound || gives_way { (&THREADS, "busy-process-threads") } else { (&BUSY, "busy-process-busy") };
    let message = message(process, id)
        .with("share", u64::from((observed + 5) / 10))
        .with("threads", u64::from(cpu.busy_threads))
        .with("processors", u64::from(processors));
    let mut about =
        about(process, UNIT.meta.id, format!("busy\t{}", process.pid), message, "busy-process-seen");
    about.weight = Some(weight);
    about.facts.count("threads_busy", Some(u64::from(cpu.busy_threads)));
    about.facts.count("threads_bound", Some(u64::from(cpu.pinned_threads)).filter(|count| *count > 0));
    Some(about)
}
