//! From what the user named to a case.

use crate::extract::Traces;
use crate::hunt::Hunt;
use crate::merge::Merge;
use crate::progress::Progress;
use crate::settings::Settings;
use crate::workers::Workers;
use evidence::Evidence;
use flow::{Dispatcher, Found, Limits, sessions};
use model::{At, Case, EvidenceSummary, Gap, Message, Time};
use std::path::PathBuf;

/// Investigates files, folders and `-`. Whatever cannot be read is in the case, as a gap or an error.
#[must_use]
pub fn scan(named: &[PathBuf], settings: &Settings, progress: &mut dyn FnMut(Progress)) -> Case {
    let mut found = Evidence::find(named, &settings.own, &settings.evidence);
    if settings.machine.is_some() {
        found.add_this_machine();
    }
    run(found, settings, &mut None, progress)
}

/// Investigates what was found; the traces, if wanted, remember what an extract needs.
pub(crate) fn run(
    found: Evidence,
    settings: &Settings,
    traces: &mut Option<Traces>,
    progress: &mut dyn FnMut(Progress),
) -> Case {
    let bytes_total = found.pieces.iter().map(|piece| piece.size).sum::<Option<u64>>();
    let limits = Limits::within(settings.memory);
    let session_settings =
        sessions::Settings { record_dialogue: settings.record_dialogue, show_secrets: settings.show_secrets };
    let mut hunt = Hunt::new(settings, &limits, traces.take());
    let mut merge = Merge::new(found.pieces);
    std::thread::scope(|scope| {
        let mut workers = Workers::new(scope, settings.threads, limits, session_settings);
        let mut dispatcher = Dispatcher::new(&limits);
        let mut more = true;
        while more {
            more = merge.step(|block, frame, _| {
                if !is_asked_for(settings, frame.time) {
                    return;
                }
                if let Some((batch, own)) = dispatcher.push(block, frame)
                    && let Some(done) = workers.take(batch, own, &mut |found: Found| hunt.found(found))
                {
                    dispatcher.recycle(done);
                }
            });
            progress(Progress { bytes_done: merge.bytes_done(), bytes_total, packets: dispatcher.packets() });
        }
        let (batch, own) = dispatcher.take();
        workers.take(batch, own, &mut |found: Found| hunt.found(found));
        workers.finish(&mut |found: Found| hunt.found(found));
        dispatcher.gaps().into_iter().for_each(|gap| hunt.gaps.add(gap));
        for evidence in merge.late.drain(..) {
            let reason = Message::new("gap-read-late");
            hunt.gaps.add(Gap { evidence, at: At::Whole, reason, count: 1 });
        }
    });
    // Readers' own facts (name-resolution blocks) last, in an order that does not depend on how bytes arrived.
    merge.observations.sort_by_key(|observation| (observation.time, observation.origin));
    merge.observations.iter().for_each(|observation| hunt.see(observation));
    let how = settings.machine.unwrap_or_default();
    let machines: Vec<EvidenceSummary> = found
        .machines
        .into_iter()
        .map(|machine| machine.examine(&how, &mut |observation| hunt.see(&observation)))
        .collect();
    let mut case = hunt.judge();
    *traces = hunt.traces.take();
    case.evidence = merge.done;
    case.evidence.extend(found.folders);
    case.evidence.extend(machines);
    case.evidence.sort_by_key(|summary| summary.id);
    hunt.gaps.into_evidence(&mut case.evidence);
    case.errors = found.errors;
    case.errors.extend(merge.errors);
    case.errors.sort_by(|one, other| one.source.cmp(&other.source));
    case
}

/// Whether a packet of this time is within `--since` and `--until`.
#[inline]
pub(crate) fn is_asked_for(settings: &Settings, time: Time) -> bool {
    settings.since.is_none_or(|since| time >= since) && settings.until.is_none_or(|until| time <= until)
}
