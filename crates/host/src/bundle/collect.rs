//! Collecting: one look at a machine, written down.

use super::ABOUT;
use super::answers::{FORM, Line};
use super::pack::Pack;
use super::recorder::Recorder;
use crate::{Settings, View, examine};
use model::{EvidenceId, Fact, GapSummary};
use std::io::{self, Write};
use std::path::Path;

/// What a bundle came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// What the machine calls itself.
    pub host: Option<String>,
    /// Processes looked at.
    pub processes: u64,
    /// Files and other contents kept, each once.
    pub contents: u64,
    /// Questions that were asked.
    pub questions: u64,
    /// Bytes of the bundle.
    pub bytes: u64,
    /// SHA-256 of the bundle, in hex.
    pub sha256: String,
    /// What could not be looked at.
    pub gaps: Vec<GapSummary>,
    /// What was out of reach as a whole, and the capability that would give it ([`model::Machine::out_of_reach`]).
    pub out_of_reach: Vec<(&'static str, &'static str)>,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Collecting {
    /// Questions answered.
    pub questions: u64,
    /// Bytes written.
    pub bytes: u64,
}

/// Looks at a machine and writes everything that was answered to `out`. `version` is that of this program.
///
/// # Errors
/// The bundle cannot be written. The machine itself never fails: what it does not tell is written down as that.
pub fn collect(
    view: &mut dyn View,
    settings: &Settings,
    version: &str,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(Collecting),
) -> io::Result<Collected> {
    let now = view.now();
    let host = name(view);
    let mut tell = |questions, bytes| progress(Collecting { questions, bytes });
    let mut pack = Pack::new(out, u64::try_from(now.secs()).unwrap_or(0), &mut tell);
    let called = host.as_deref().unwrap_or_default();
    let about = format!(
        "{{\"schema\": \"{}{FORM}\",\n \"tool\": {{\"name\": \"minehound\", \"version\": {}}},\n \"host\": {},\n \
         \"collected\": \"{now}\",\n \"observed_ms\": {}, \"deep\": {},\n \
         \"holds\": \"arguments and environment of all processes, shell histories, settings and logs as they \
         are, secrets among them\"}}\n",
        super::SCHEMA,
        quoted(version),
        quoted(called),
        settings.observe_ms,
        settings.deep,
    );
    pack.member(ABOUT, about.as_bytes());
    pack.line(&Line::Bundle {
        form: FORM,
        observed_ms: settings.observe_ms,
        deep: settings.deep,
        runs: view.is_running(),
    });
    let mut recorder = Recorder::new(view, pack);
    let (mut processes, mut out_of_reach) = (0, Vec::new());
    let done = examine(&mut recorder, EvidenceId(0), settings, &mut |observation| match observation.fact {
        Fact::Process(_) => processes += 1,
        Fact::Machine(machine) => out_of_reach = machine.out_of_reach,
        _ => {}
    });
    let packed = recorder.finish().finish()?;
    Ok(Collected {
        host,
        processes,
        contents: packed.contents,
        questions: packed.questions,
        bytes: packed.bytes,
        sha256: packed.sha256,
        gaps: done.gaps,
        out_of_reach,
    })
}

fn name(view: &mut dyn View) -> Option<String> {
    let places = ["/proc/sys/kernel/hostname", "/etc/hostname"];
    let read = |place: &&str| view.read(Path::new(place), 256).ok();
    let content = places.iter().find_map(read)?;
    let name = String::from_utf8_lossy(&content.bytes).trim().to_owned();
    (!name.is_empty()).then_some(name)
}

/// A string of JSON (RFC 8259, section 7), in ASCII.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for unit in text.encode_utf16() {
        match u8::try_from(unit) {
            Ok(plain @ (b' '..=b'~')) if plain != b'"' && plain != b'\\' => quoted.push(char::from(plain)),
            _ => quoted += &format!("\\u{unit:04x}"),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_name_cannot_end_its_string() {
        assert_eq!(quoted("pc-12"), "\"pc-12\"");
        assert_eq!(quoted("a\"b\\\n\u{e9}\u{1f600}"), "\"a\\u0022b\\u005c\\u000a\\u00e9\\ud83d\\ude00\"");
    }
}
