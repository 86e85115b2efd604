//! A process in the words of a finding, and whether it is a suspect.

use crate::Known;
use model::{Facts, Message, Process, ProcessRef, Trait};
use std::path::Path;

/// Characters of a command line that a finding shows.
const COMMAND: usize = 400;

/// Subject and facts of a finding about a process.
pub(crate) fn of_process(process: &Process) -> (ProcessRef, Facts) {
    let command: String = process.command.join(" ").chars().take(COMMAND).collect();
    let subject = ProcessRef {
        pid: process.pid,
        started: process.started,
        name: process.name.clone(),
        exe: process.executable.as_ref().map(|executable| executable.path.clone()),
        command,
    };
    let mut facts = Facts::default();
    facts.text("program", subject.exe.clone());
    facts.text("user", process.user_name.clone().or_else(|| process.user.map(|user| user.to_string())));
    facts.text("container", process.container.clone());
    facts.count("cpu_percent", process.cpu.observed.map(|share| u64::from((share + 5) / 10)));
    facts.count("cpu_seconds", Some(process.cpu.seconds).filter(|seconds| *seconds > 0));
    if !process.ancestors.is_empty() {
        let line: Vec<String> =
            process.ancestors.iter().map(|(pid, name)| format!("{name} ({pid})")).collect();
        facts.text("started_by", Some(line.join(" < ")));
    }
    (subject, facts)
}

/// A process's number; none is listed where it was not told.
pub(crate) fn number(process: &Process) -> String {
    if process.pid == 0 { "?".to_owned() } else { process.pid.to_string() }
}

/// What the citation of a process shows.
pub(crate) fn seen_at(process: &Process, id: &'static str) -> Message {
    let shown: String = process.command.join(" ").chars().take(COMMAND).collect();
    let shown = if shown.is_empty() { process.name.clone() } else { shown };
    Message::new(id).with("command", shown)
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
