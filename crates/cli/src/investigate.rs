//! The one place where the engine is called: settings in, a case out.

use crate::failure::Failure;
use crate::options::ScanOptions;
use crate::output::Sink;
use crate::progress::Step;
use crate::terminal::Terminal;
use detect::DetectorSettings;
use engine::Extracted;
use intel::{Intel, UserList};
use model::{Case, Message};
use report::narrow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Scans the evidence and narrows the case to what is asked for; then writes the extract, if one is wanted. That it
/// could not be written is no reason to keep the case back.
pub(crate) fn investigate(
    options: &ScanOptions,
    terminal: &Terminal,
    extract: Option<Sink>,
    step: &mut dyn FnMut(Step),
) -> Result<(Case, Result<Option<Extracted>, Failure>), Failure> {
    let named: Vec<PathBuf> = options.evidence.iter().map(PathBuf::from).collect();
    let settings = settings(options, terminal)?;
    let mut progress = |now: engine::Progress| {
        step(Step { bytes_done: now.bytes_done, bytes_total: now.bytes_total, records: now.packets });
    };
    let Some(sink) = extract else {
        let case = engine::scan(&named, &settings, &mut progress);
        return Ok((narrow(case, &options.keep), Ok(None)));
    };
    let (case, extract) = engine::scan_to_extract(&named, &settings, &mut progress)?;
    let case = narrow(case, &options.keep);
    let written = sink.fill(|out| extract.write(&case, &settings, out, &mut progress));
    Ok((case, written.map(Some)))
}

fn settings(options: &ScanOptions, terminal: &Terminal) -> Result<engine::Settings, Failure> {
    let mut detectors = DetectorSettings::default();
    for (detector, parameter, value) in &options.parameters {
        detectors
            .set(detector, parameter, *value)
            .map_err(|key| Message::new("cli-config-unknown-parameter").with("key", key))?;
    }
    Ok(engine::Settings {
        threads: options.threads,
        memory: options.memory,
        machine: options.machine,
        evidence: evidence::Settings { hash: options.hash, ..evidence::Settings::default() },
        own: [Some(&options.output), options.extract.as_ref()]
            .into_iter()
            .flatten()
            .filter_map(|output| output.path().map(Path::to_path_buf))
            .collect(),
        since: options.since,
        until: options.until,
        record_dialogue: options.show.is_some(),
        show_secrets: options.show_secrets,
        intel: Arc::new(known(options.intel.as_deref(), terminal)),
        detectors,
        verdict: verdict::Settings {
            inside: options.inside.clone(),
            // A machine asked for by name is shown whatever is said of it.
            all_hosts: options.keep.all_hosts || options.keep.host.is_some(),
            ..verdict::Settings::default()
        },
    })
}

/// What is built in, and the user's own list beside it. Lines that are not understood are said, and left out.
fn known(list: Option<&str>, terminal: &Terminal) -> Intel {
    let builtin = Intel::builtin();
    let Some(text) = list else { return builtin };
    let (list, wrong) = UserList::parse(text);
    if let Some(first) = wrong.first() {
        let line = Message::new("cli-list-lines")
            .with("count", wrong.len() as u64)
            .with("line", first.line.to_string())
            .with("entries", list.len() as u64);
        terminal.warn(&terminal.words.say(&line));
    }
    builtin.with_user(list)
}
