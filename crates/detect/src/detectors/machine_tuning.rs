//! Settings that mining leaves behind, and processor time that nobody accounts for.

use crate::inside::{About, Findings};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    EvidenceId, Fact, FactKind, Facts, FindingKind, Group, Machine, Message, Meta, Observation, Subject,
    Tenths, Time, UnitKind, Weight, WeightKind,
};
use std::collections::BTreeMap;

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "machine-tuning",
        kind: UnitKind::Detector,
        summary: "machine-tuning-summary",
        doc: include_str!("machine_tuning.md"),
        doc_zh: include_str!("machine_tuning.zh.md"),
        since: "0.1.0",
        messages: &[
            "machine-tuning-msr",
            "machine-tuning-huge-pages",
            "machine-tuning-unaccounted",
            "machine-tuning-seen",
        ],
        parameters: &[],
    },
    reads: &[FactKind::Machine, FactKind::Process],
    weights: &[&MSR, &HUGE_PAGES, &UNACCOUNTED],
    make,
};

const fn assumed(id: &'static str, tenths: i32, source: &'static str) -> Weight {
    Weight {
        id,
        group: Group::Artefact,
        tenths: Tenths(tenths),
        kind: WeightKind::Assumed,
        conclusive: false,
        grows: None,
        source,
    }
}

static MSR: Weight = assumed(
    "machine-tuning-msr",
    40,
    "docs/verdict.md, ARTEFACT: writes to model-specific registers allowed and made; xmrig src/hw/msr/Msr_linux.cpp; Linux arch/x86/kernel/msr.c",
);
static HUGE_PAGES: Weight = assumed(
    "machine-tuning-huge-pages",
    40,
    "docs/verdict.md, ARTEFACT: huge pages set aside that nobody uses; xmrig src/crypto/common/LinuxMemory.cpp",
);
static UNACCOUNTED: Weight = assumed(
    "machine-tuning-unaccounted",
    60,
    "docs/verdict.md, ARTEFACT: processor time beyond that of visible processes; not measured on benign machines",
);

/// Huge pages of 2 MiB that the dataset of RandomX takes (tevador/RandomX `src/configuration.h`): fewer are no miner's.
const DATASET_PAGES: u64 = 1040;
/// Thousandths of one processor that may be missing: ticks are hundredths of a second, and processes end while they are
/// looked at.
const SLACK: u32 = 500;

#[derive(Default)]
struct Machines {
    machines: BTreeMap<EvidenceId, (Observation, Machine)>,
    /// Some process of the machine has memory in huge pages.
    used: BTreeMap<EvidenceId, bool>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(Machines::default())
}

impl Detector for Machines {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let evidence = seen.origin.evidence;
        match &seen.fact {
            Fact::Machine(machine) => {
                self.machines.insert(evidence, (seen.clone(), (**machine).clone()));
            }
            Fact::Process(process) => *self.used.entry(evidence).or_default() |= process.memory.huge > 0,
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        let mut findings = Findings::default();
        for (evidence, (seen, machine)) in &self.machines {
            if machine.msr_writes_allowed && machine.msr_written {
                findings.tell(seen, about(&MSR, Message::new(MSR.id), Facts::default()));
            }
            let used = self.used.get(evidence).copied().unwrap_or(false);
            if machine.huge_pages >= DATASET_PAGES && machine.huge_pages_free == machine.huge_pages && !used {
                let mut facts = Facts::default();
                facts.count("huge_pages", Some(machine.huge_pages));
                let message = Message::new(HUGE_PAGES.id).with("count", machine.huge_pages);
                findings.tell(seen, about(&HUGE_PAGES, message, facts));
            }
            if let Some((kernel, visible)) = machine.accounted
                && let Some(missing) = kernel.checked_sub(visible).filter(|missing| *missing > SLACK)
            {
                let percent = |permille: u32| u64::from((permille + 5) / 10);
                let mut facts = Facts::default();
                facts.count("cpu_percent", Some(percent(missing)));
                let message = Message::new(UNACCOUNTED.id)
                    .with("missing", percent(missing))
                    .with("all", percent(kernel));
                findings.tell(seen, about(&UNACCOUNTED, message, facts));
            }
        }
        findings.say(said);
    }
}

fn about(weight: &'static Weight, message: Message, facts: Facts) -> About {
    About {
        detector: UNIT.meta.id,
        detail: weight.id.to_owned(),
        kind: FindingKind::Symptom,
        role: None,
        weight: Some(weight),
        act: None,
        message,
        excerpt: Message::new("machine-tuning-seen"),
        subject: Subject::Host,
        facts,
        technique: None,
    }
}
