//! What a finding points at, as JSON has it.

use super::safe;
use model::{ProcessRef, Subject};
use serde::Serialize;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum SubjectOf {
    Connection { client: String, server: String },
    Name { name: String },
    Process(Process),
    File { path: String, sha256: Option<String> },
    Persistence { mechanism: &'static str, path: String, line: Option<u64>, runs: String },
    Listener { address: String, process: Option<Process> },
    Host,
}

#[derive(Serialize)]
pub(super) struct Process {
    pid: u32,
    started: Option<String>,
    name: String,
    exe: Option<String>,
    command: String,
}

impl Process {
    fn of(process: &ProcessRef) -> Process {
        Process {
            pid: process.pid,
            started: process.started.map(|started| started.to_string()),
            name: safe(&process.name),
            exe: process.exe.as_deref().map(safe),
            command: safe(&process.command),
        }
    }
}

pub(super) fn subject(subject: &Subject) -> SubjectOf {
    match subject {
        Subject::Connection { client, server } => {
            SubjectOf::Connection { client: client.to_string(), server: server.to_string() }
        }
        Subject::Name(name) => SubjectOf::Name { name: safe(name) },
        Subject::Process(process) => SubjectOf::Process(Process::of(process)),
        Subject::File { path, sha256 } => SubjectOf::File { path: safe(path), sha256: sha256.clone() },
        Subject::Persistence { mechanism, path, line, runs } => {
            SubjectOf::Persistence { mechanism, path: safe(path), line: *line, runs: safe(runs) }
        }
        Subject::Listener { address, process } => {
            SubjectOf::Listener { address: address.to_string(), process: process.as_ref().map(Process::of) }
        }
        Subject::Host => SubjectOf::Host,
    }
}
