//! Processes that hide, or pose as something else.

use crate::inside::{About, Findings, about, message};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Fact, FactKind, Group, Hiding, Meta, Observation, Process, Tenths, Time, Trait, UnitKind, Weight,
    WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "odd-process",
        kind: UnitKind::Detector,
        summary: "odd-process-summary",
        doc: include_str!("odd_process.md"),
        doc_zh: include_str!("odd_process.zh.md"),
        since: "0.1.0",
        messages: &[
            "odd-process-hidden-listing",
            "odd-process-hidden-library",
            "odd-process-hidden-mount",
            "odd-process-false-kernel-thread",
            "odd-process-in-memory",
            "odd-process-deleted",
            "odd-process-replaced",
            "odd-process-system-name",
            "odd-process-writable-folder",
            "odd-process-hidden-folder",
            "odd-process-preload",
            "odd-process-foreign-library",
            "odd-process-closed",
            "odd-process-seen",
        ],
        parameters: &[],
    },
    reads: &[FactKind::Process],
    weights: &[
        &HIDDEN,
        &FALSE_KERNEL_THREAD,
        &IN_MEMORY,
        &DELETED,
        &REPLACED,
        &SYSTEM_NAME,
        &WRITABLE,
        &HIDDEN_FOLDER,
        &PRELOAD,
        &FOREIGN,
        &CLOSED,
    ],
    make,
};

/// A weight that nothing measured: at most 6.
const fn assumed(id: &'static str, tenths: i32) -> Weight {
    Weight {
        id,
        group: Group::Stealth,
        tenths: Tenths(tenths),
        kind: WeightKind::Assumed,
        conclusive: false,
        grows: None,
        source: "docs/verdict.md, STEALTH: assumed until measured on benign machines",
    }
}

/// It answers to its number and is in no listing. Nothing but what was made to hide does so.
static HIDDEN: Weight = Weight {
    id: "odd-process-hidden",
    group: Group::Stealth,
    tenths: Tenths(200),
    kind: WeightKind::Definition,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, STEALTH: a process hidden from readdir but alive; proc(5), getdents64(2), kill(2)",
};
static FALSE_KERNEL_THREAD: Weight = assumed("odd-process-false-kernel-thread", 60);
static IN_MEMORY: Weight = assumed("odd-process-in-memory", 60);
static DELETED: Weight = assumed("odd-process-deleted", 60);
static REPLACED: Weight = assumed("odd-process-replaced", 30);
static SYSTEM_NAME: Weight = assumed("odd-process-system-name", 60);
static WRITABLE: Weight = assumed("odd-process-writable-folder", 50);
static HIDDEN_FOLDER: Weight = assumed("odd-process-hidden-folder", 30);
static PRELOAD: Weight = assumed("odd-process-preload", 40);
static FOREIGN: Weight = assumed("odd-process-foreign-library", 20);
static CLOSED: Weight = assumed("odd-process-closed", 40);

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
        for oddity in &process.traits {
            if let Some(about) = odd(process, oddity) {
                self.findings.tell(seen, about);
            }
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        self.findings.say(said);
    }
}

/// The word for an oddity, its weight, its sentence and its technique.
fn odd(process: &Process, oddity: &Trait) -> Option<About> {
    // A package that was upgraded while its program ran: the old file is gone, the new one is the package's.
    let upgraded = process.executable.as_ref().is_some_and(|executable| executable.package.is_some());
    let (word, weight, id, technique) = match oddity {
        Trait::Hidden(Hiding::Listing) => ("hidden", &HIDDEN, "odd-process-hidden-listing", "T1014"),
        Trait::Hidden(Hiding::Library) => ("hidden", &HIDDEN, "odd-process-hidden-library", "T1574.006"),
        Trait::Hidden(Hiding::Mount) => ("hidden", &HIDDEN, "odd-process-hidden-mount", "T1564.013"),
        Trait::FalseKernelThread => {
            ("false-kernel-thread", &FALSE_KERNEL_THREAD, "odd-process-false-kernel-thread", "T1036.004")
        }
        Trait::InMemory => ("in-memory", &IN_MEMORY, "odd-process-in-memory", "T1620"),
        Trait::Deleted if !upgraded => ("deleted", &DELETED, "odd-process-deleted", "T1070.004"),
        Trait::Replaced if !upgraded => ("replaced", &REPLACED, "odd-process-replaced", "T1036"),
        Trait::SystemNameElsewhere { .. } => {
            ("system-name-elsewhere", &SYSTEM_NAME, "odd-process-system-name", "T1036.005")
        }
        Trait::WritableFolder => ("writable-folder", &WRITABLE, "odd-process-writable-folder", "T1036.005"),
        Trait::HiddenFolder => ("hidden-folder", &HIDDEN_FOLDER, "odd-process-hidden-folder", "T1564.001"),
        Trait::Preload { .. } => ("preload", &PRELOAD, "odd-process-preload", "T1574.006"),
        Trait::ForeignLibrary(_) => ("foreign-library", &FOREIGN, "odd-process-foreign-library", "T1574.006"),
        Trait::Closed => ("closed", &CLOSED, "odd-process-closed", "T1562"),
        // By themselves too common to be told: names change for many reasons.
        Trait::NamesDisagree | Trait::Deleted | Trait::Replaced => return None,
    };
    let path = process.executable.as_ref().map_or("", |executable| executable.path.as_str());
    let message = message(process, id).with("path", path);
    let detail = format!("{word}\t{}", process.pid);
    let mut about = about(process, UNIT.meta.id, detail, message, "odd-process-seen");
    about.weight = Some(weight);
    about.technique = Some(technique);
    about.facts.text("oddity", Some(word));
    match oddity {
        Trait::SystemNameElsewhere { usual } => {
            about.facts.text("usual", Some(usual.as_str()));
            about.message = about.message.with("usual", usual.as_str());
        }
        Trait::Preload { variable, library } => {
            about.facts.text("library", Some(library.as_str()));
            about.message = about.message.with("variable", *variable).with("library", library.as_str());
        }
        Trait::ForeignLibrary(library) => {
            about.facts.text("library", Some(library.as_str()));
            about.message = about.message.with("library", library.as_str());
            about.detail = format!("{} {library}", about.detail);
        }
        _ => {}
    }
    Some(about)
}
