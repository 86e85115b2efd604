//! Processes whose memory and arithmetic are those of RandomX.

use crate::inside::{About, Findings, about, message};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Act, Fact, FactKind, FindingKind, Group, Meta, Observation, Process, Role, Rounding, Tenths, Time,
    UnitKind, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "randomx-process",
        kind: UnitKind::Detector,
        summary: "randomx-process-summary",
        doc: include_str!("randomx_process.md"),
        doc_zh: include_str!("randomx_process.zh.md"),
        since: "0.1.0",
        messages: &[
            "randomx-process-memory",
            "randomx-process-light",
            "randomx-process-rounding",
            "randomx-process-both",
            "randomx-process-seen",
        ],
        parameters: &[],
    },
    reads: &[FactKind::Process],
    weights: &[&MEMORY, &LIGHT, &ROUNDING, &BOTH],
    make,
};

static MEMORY: Weight = Weight {
    id: "randomx-process-memory",
    group: Group::Artefact,
    tenths: Tenths(60),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, ARTEFACT: the sizes of tevador/RandomX src/configuration.h; not measured on benign machines",
};

static LIGHT: Weight = Weight {
    id: "randomx-process-light",
    group: Group::Artefact,
    tenths: Tenths(50),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, ARTEFACT: the cache of tevador/RandomX alone, beside executable memory; not measured on benign machines",
};

static ROUNDING: Weight = Weight {
    id: "randomx-process-rounding",
    group: Group::Algo,
    tenths: Tenths(60),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, ALGO: tevador/RandomX doc/specs.md 5.4.1 (CFROUND); interval arithmetic changes modes, too",
};

static BOTH: Weight = Weight {
    id: "randomx-process-both",
    group: Group::Algo,
    tenths: Tenths(500),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, ALGO: RandomX's memory and all four rounding modes in one process that uses the processor; tevador/RandomX src/configuration.h, doc/specs.md",
};

/// A process that takes a fifth of a processor computes.
const COMPUTES: u32 = 200;

#[derive(Default)]
struct Processes {
    findings: Findings,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(Processes::default())
}

impl Detector for Processes {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::Process(process) = &seen.fact else { return };
        let memory = shape(process);
        let rounding = process.rounding.is_some_and(is_telling);
        let computes = process.cpu.observed.unwrap_or(0) >= COMPUTES;
        if memory == Some(&MEMORY) && rounding && computes {
            let mut about = randomx(process, &BOTH, "randomx-process-both");
            about.kind = FindingKind::Mining;
            about.role = Some(Role::Miner);
            about.act = Some(Act::Mines);
            about.facts.text("algorithm", Some("rx/0"));
            return self.findings.tell(seen, about);
        }
        if let Some(weight) = memory {
            self.findings.tell(seen, randomx(process, weight, weight.id));
        }
        if rounding {
            self.findings.tell(seen, randomx(process, &ROUNDING, ROUNDING.id));
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        self.findings.say(said);
    }
}

/// The dataset, or the cache beside executable memory: code that is made as it runs.
fn shape(process: &Process) -> Option<&'static Weight> {
    let memory = process.memory;
    if memory.dataset > 0 {
        Some(&MEMORY)
    } else if memory.cache > 0 && memory.executable > 0 && memory.scratchpads > 0 {
        Some(&LIGHT)
    } else {
        None
    }
}

/// All three modes that no compiler chooses.
const fn is_telling(rounding: Rounding) -> bool {
    rounding.modes[1] > 0 && rounding.modes[2] > 0 && rounding.modes[3] > 0
}

fn randomx(process: &Process, weight: &'static Weight, id: &'static str) -> About {
    let memory = process.memory;
    let message = message(process, id).with("size", (memory.dataset.max(memory.cache) + 512) / 1024);
    let detail = format!("{}\t{}", weight.id, process.pid);
    let mut about = about(process, UNIT.meta.id, detail, message, "randomx-process-seen");
    about.weight = Some(weight);
    about.technique = Some("T1496.001");
    let facts = &mut about.facts;
    facts.count("dataset_kib", Some(memory.dataset).filter(|size| *size > 0));
    facts.count("cache_kib", Some(memory.cache).filter(|size| *size > 0));
    facts.count("scratchpads", Some(u64::from(memory.scratchpads)).filter(|count| *count > 0));
    facts.count("executable_kib", Some(memory.executable).filter(|size| *size > 0));
    facts.count("huge_kib", Some(memory.huge).filter(|size| *size > 0));
    if let Some(rounding) = process.rounding {
        let modes: Vec<String> = rounding.modes.iter().map(ToString::to_string).collect();
        facts.text("rounding", Some(format!("{} / {}", modes.join(" "), rounding.samples)));
    }
    about
}
