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
    // Readers' own facts (name-resolution blocks, machines in bundles) last, in an order that does not depend on how
    // bytes arrived; those of one piece as its reader told them.
    merge.observations.sort_by_key(|observation| (observation.time, observation.origin.evidence));
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use host::Memory;
    use std::path::Path;

    /// The wallet of a published report (Unit 42, 2021), whose check sum is right.
    const WALLET: &str =
        "428uyvSqdpVZL7HHgpj2T5SpasCcoHZNTTzE3Lz2H5ZkiMzqayy19sYDcBGDCjoWbTfLBnc3tc9rG4Y8gXQ8fJiP5tqeBda";

    fn stat(name: &str, ticks: u32) -> String {
        format!(
            "700 ({name}) S 1 700 700 0 -1 0 99 0 0 0 {ticks} 0 0 0 20 0 1 0 50 1000 25 1 1 1 1 1 1 0 0 0 0 0 0 0 17 1 0 0\n"
        )
    }

    /// A process that takes a whole processor, has orders, a name of the kernel's, and is in no listing of the library;
    /// another that lives and is in no listing at all.
    fn machine() -> Memory {
        let mut memory = Memory::new(Time::from_secs(1_795_511_520));
        memory
            .file("/proc/sys/kernel/pid_max", "2000\n")
            .file("/proc/sys/kernel/hostname", "pc-12\n")
            .file("/proc/stat", "cpu  10 5 7 100 3 1 2 0 4 0\ncpu0 5 0 0 0\nbtime 1795500000\n")
            .file("/proc/uptime", "11520.00 100.00\n")
            .file("/proc/self/status", "Tgid:\t9\nCapEff:\t000001ffffffffff\n")
            .link("/proc/self/root", "/")
            .file("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n")
            .running([42, 700])
            .library_lists("/proc", &["self"])
            .file("/proc/700/stat", stat("kworker/0:1", 10))
            .becomes(0, "/proc/700/stat", stat("kworker/0:1", 110))
            .becomes(1, "/proc/700/stat", stat("kworker/0:1", 310))
            .file("/proc/700/status", "Tgid:\t700\nUid:\t0\t0\t0\t0\n")
            .file(
                "/proc/700/cmdline",
                format!("[kworker/0:1]\0-o\0stratum+tcp://pool.example:3333\0-u\0{WALLET}\0"),
            )
            .file("/proc/700/environ", "PATH=/bin\0")
            .file("/proc/700/maps", "")
            .file("/proc/700/task/700/stat", stat("kworker/0:1", 10))
            .link("/proc/700/exe", "/tmp/.x/kw (deleted)")
            .link("/proc/700/root", "/")
            .link("/proc/700/ns/net", "net:[4026531840]")
            .link("/proc/700/fd/3", "socket:[31337]")
            .file(
                "/proc/700/net/tcp",
                "  sl\n   0: 0700000A:C822 05C6A8C0:0D05 01 0:0 0:0 0  0        0 31337 1\n",
            );
        memory
    }

    #[test]
    fn a_machine_and_its_bundle_give_the_same_case() {
        let how = host::Settings::default();
        let settings = Settings {
            machine: Some(how),
            threads: 1,
            memory: 64 << 20,
            evidence: evidence::Settings::default(),
            own: Vec::new(),
            since: None,
            until: None,
            record_dialogue: false,
            show_secrets: false,
            intel: std::sync::Arc::new(intel::Intel::builtin()),
            detectors: detect::DetectorSettings::default(),
            verdict: verdict::Settings::default(),
        };
        let mut evidence = Evidence::default();
        evidence.add_machine("this machine", Box::new(machine()));
        let live = run(evidence, &settings, &mut None, &mut |_| ());

        let file = std::env::temp_dir().join(format!("minehound-engine-bundle-{}", std::process::id()));
        let mut bytes = Vec::new();
        let collected =
            host::bundle::collect(&mut machine(), &how, "0.1.0", &mut bytes, &mut |_| ()).unwrap();
        std::fs::write(&file, &bytes).unwrap();
        let settings = Settings { machine: None, ..settings };
        let named: &Path = &file;
        let elsewhere = scan(&[named.to_path_buf()], &settings, &mut |_| ());
        std::fs::remove_file(&file).unwrap();

        assert_eq!(live.findings, elsewhere.findings);
        assert_eq!(live.hosts, elsewhere.hosts);
        let detectors: Vec<_> = live.findings.iter().map(|one| one.finding.key.detector).collect();
        assert!(detectors.contains(&"miner-process") && detectors.contains(&"odd-process"), "{detectors:?}");
        let (one, other) = (&live.evidence[0], &elsewhere.evidence[0]);
        assert_eq!((one.reader, other.reader), ("live", "bundle"));
        assert_eq!(
            (one.records, one.first, one.last, &one.gaps),
            (other.records, other.first, other.last, &other.gaps)
        );
        assert_eq!(other.source, file.display().to_string());
        assert_eq!(other.sha256.as_deref(), Some(collected.sha256.as_str()));
    }
}
