//! A process in the words of a finding, and whether it is a suspect.

use super::About;
use crate::Known;
use model::{Facts, FindingKind, Message, Process, ProcessRef, Subject, Trait};
use std::path::Path;

/// Characters of a command line that a finding shows.
const COMMAND: usize = 400;

/// What a detector says about a process: a symptom without a weight, until it says more. `detail` tells findings about
/// processes apart; `seen` is the message of the citation, with the command.
pub(crate) fn about(
    process: &Process,
    detector: &'static str,
    detail: String,
    message: Message,
    seen: &'static str,
) -> About {
    About {
        detector,
        detail,
        kind: FindingKind::Symptom,
        role: None,
        weight: None,
        act: None,
        message,
        excerpt: Message::new(seen).with("command", shown(process)),
        subject: Subject::Process(subject(process)),
        facts: facts(process),
        technique: None,
    }
}

/// A sentence about a process, with its name and number.
pub(crate) fn message(process: &Process, id: &'static str) -> Message {
    Message::new(id).with("process", process.name.as_str()).with("pid", number(process))
}

fn subject(process: &Process) -> ProcessRef {
    ProcessRef {
        pid: process.pid,
        started: process.started,
        name: process.name.clone(),
        exe: process.executable.as_ref().map(|executable| executable.path.clone()),
        command: command(process),
    }
}

fn facts(process: &Process) -> Facts {
    let mut facts = Facts::default();
    facts.text("program", process.executable.as_ref().map(|executable| executable.path.as_str()));
    facts.text("user", process.user_name.clone().or_else(|| process.user.map(|user| user.to_string())));
    facts.text("container", process.container.clone());
    facts.count("cpu_percent", process.cpu.observed.map(|share| u64::from((share + 5) / 10)));
    facts.count("cpu_seconds", Some(process.cpu.seconds).filter(|seconds| *seconds > 0));
    if !process.ancestors.is_empty() {
        let line: Vec<String> =
            process.ancestors.iter().map(|(pid, name)| format!("{name} ({pid})")).collect();
        facts.text("started_by", Some(line.join(" < ")));
    }
    facts
}

/// A process's number; none is listed where it was not told.
fn number(process: &Process) -> String {
    if process.pid == 0 { "?".to_owned() } else { process.pid.to_string() }
}

/// The command line, as far as it is shown.
fn command(process: &Process) -> String {
    process.command.join(" ").chars().take(COMMAND).collect()
}

/// The same; of a process without arguments its name.
fn shown(process: &Process) -> String {
    let command = command(process);
    if command.is_empty() { process.name.clone() } else { command }
}

/// Whether a process would be looked into for what starts it again: it has orders, is called as a miner, or hides.
pub(crate) fn is_suspect(process: &Process, known: &dyn Known) -> bool {
    let hides = |one: &Trait| matches!(one, Trait::Hidden(_) | Trait::FalseKernelThread | Trait::InMemory);
    !process.orders.is_empty()
        || process.traits.iter().any(hides)
        || process.memory.dataset > 0
        || names(process).any(|name| known.miner_program(name).is_some())
}

/// What a process is called: by the kernel, and by its file.
pub(crate) fn names(process: &Process) -> impl Iterator<Item = &str> {
    let file = process.executable.as_ref().and_then(|executable| Path::new(&executable.path).file_name());
    [Some(process.name.as_str()), file.and_then(|name| name.to_str())].into_iter().flatten()
}
