//! Scans a labelled capture at every prefix of its packets, and with packets lost or moved.
//!
//! usage: robustness LABELS.tsv [--step N] [--seeds N] [--only WORD] [--keep FOLDER]
//!
//! For each mining row: the labelled host's level never falls from one prefix to the next, no finding says a fact
//! that the whole capture does not, and with 5 % of packets lost, or each moved by at most 3 places, the level stays
//! at or above the row's in at least 95 % of the seeds. Ends with `N passed, N failed`.

#![allow(clippy::unwrap_used, reason = "a tool for developers: a broken input may end it")]

use evidence::{Evidence, Intake};
use model::{Case, Level, Subject};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The facts compared; counters and rates may grow.
const FACTS: &[&str] = &["protocol", "coin", "pool", "wallet", "agent", "login", "worker", "algorithm"];

struct Packet {
    nanos: i64,
    bytes: Vec<u8>,
}

struct Capture {
    link: u32,
    packets: Vec<Packet>,
}

fn read(path: &Path) -> Capture {
    let settings = evidence::Settings { hash: false, ..evidence::Settings::default() };
    let mut capture = Capture { link: 1, packets: Vec::new() };
    for piece in Evidence::find(&[path.to_path_buf()], &[], &settings).pieces {
        let mut reading = piece.open().unwrap();
        let mut intake = Intake::default();
        let mut more = true;
        while more {
            more = reading.step(&mut intake);
            for frame in &intake.block.frames {
                capture.link = u32::from(frame.link.0);
                let bytes = intake.block.data(frame).to_vec();
                capture.packets.push(Packet { nanos: frame.time.nanos(), bytes });
            }
        }
    }
    capture
}

/// A nanosecond pcap of the chosen packets, in the order given.
fn write<'a>(link: u32, packets: impl Iterator<Item = &'a Packet>) -> Vec<u8> {
    let mut file = Vec::new();
    for word in [0xa1b2_3c4d_u32, 0x0004_0002, 0, 0, 262_144, link] {
        file.extend(word.to_le_bytes());
    }
    for packet in packets {
        let length = packet.bytes.len() as u32;
        let (secs, nanos) = (packet.nanos.div_euclid(1_000_000_000), packet.nanos.rem_euclid(1_000_000_000));
        for word in [secs as u32, nanos as u32, length, length] {
            file.extend(word.to_le_bytes());
        }
        file.extend(&packet.bytes);
    }
    file
}

fn scan(bytes: &[u8], settings: &engine::Settings) -> Case {
    let path = std::env::temp_dir().join(format!("minehound-robustness-{}.pcap", std::process::id()));
    std::fs::write(&path, bytes).unwrap();
    let case = engine::scan(std::slice::from_ref(&path), settings, &mut |_| {});
    std::fs::remove_file(&path).unwrap();
    case
}

fn level(case: &Case, host: &str) -> Level {
    let is_it = |text: &String| text == host;
    case.hosts
        .iter()
        .filter(|verdict| verdict.addresses.iter().map(ToString::to_string).any(|address| is_it(&address)))
        .map(|verdict| verdict.level)
        .max()
        .unwrap_or(Level::Clear)
}

/// Every (miner, fact, value) that the findings say. Findings of many probes are merged, so that the connection of the
/// representative may differ; what is said of the miner may not.
fn facts(case: &Case) -> BTreeSet<(String, &'static str, String)> {
    let mut all = BTreeSet::new();
    for finding in &case.findings {
        let subject = match &finding.finding.subject {
            Subject::Connection { client, .. } => client.address.to_string(),
            other => format!("{other:?}"),
        };
        // A coin that a list offers where a probe went is right there, and merged away with the probe.
        let listed = finding.finding.facts.text_of("coin_from") == Some("pool");
        for fact in FACTS.iter().filter(|fact| **fact != "coin" || !listed) {
            if let Some(value) = finding.finding.facts.text_of(fact) {
                all.insert((subject.clone(), *fact, value.to_owned()));
            }
        }
    }
    all
}

/// Every end of a connection in the capture, as `address:port`.
fn ends(capture: &Capture) -> BTreeSet<String> {
    let link = parse::capture::LinkType(capture.link as u16);
    let mut all = BTreeSet::new();
    for packet in &capture.packets {
        if let parse::net::Decoded::Packet(packet) = parse::net::decode(link, &packet.bytes) {
            let (source, destination) = (packet.header.source_port, packet.header.destination_port);
            all.insert(model::Endpoint::new(packet.source.ip(), source).to_string());
            all.insert(model::Endpoint::new(packet.destination.ip(), destination).to_string());
        }
    }
    all
}

/// SplitMix64 (Steele et al., OOPSLA 2014).
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| {
        arguments.iter().position(|argument| argument == name).and_then(|at| arguments.get(at + 1)).cloned()
    };
    let labels = PathBuf::from(arguments.first().expect("usage: robustness LABELS.tsv"));
    let step: usize = option("--step").map_or(1, |text| text.parse().unwrap());
    let seeds: u64 = option("--seeds").map_or(200, |text| text.parse().unwrap());
    let only = option("--only").unwrap_or_default();
    let keep = option("--keep");
    let settings = engine::Settings {
        machine: None,
        threads: 1,
        memory: 1 << 30,
        evidence: evidence::Settings { hash: false, ..evidence::Settings::default() },
        own: Vec::new(),
        since: None,
        until: None,
        record_dialogue: false,
        show_secrets: false,
        intel: Arc::new(intel::Intel::builtin()),
        detectors: detect::DetectorSettings::default(),
        verdict: verdict::Settings::default(),
    };
    let text = std::fs::read_to_string(&labels).unwrap();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
    let (mut passed, mut failed) = (0, 0);
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |name: &str| {
            header
                .iter()
                .position(|column| *column == name)
                .and_then(|at| cells.get(at))
                .copied()
                .unwrap_or("")
        };
        if cell("truth") != "mining" || !cell("path").contains(&only) {
            continue;
        }
        let least = Level::ALL.into_iter().find(|l| l.word() == cell("least")).unwrap_or(Level::Probable);
        let host = cell("host").split(',').next().unwrap_or("").trim();
        let capture = read(&labels.parent().unwrap().join(cell("path")));
        let whole = scan(&write(capture.link, capture.packets.iter()), &settings);
        let known = facts(&whole);
        let ends = ends(&capture);
        let mut wrong = Vec::new();
        let mut before = Level::Clear;
        let mut reached = None;
        for end in (1..=capture.packets.len()).step_by(step) {
            let case = scan(&write(capture.link, capture.packets[..end].iter()), &settings);
            let now = level(&case, host);
            if now < before && wrong.len() < 5 {
                wrong.push(format!("falls from {} to {} at {end}", before.word(), now.word()));
            }
            before = now;
            if now >= least {
                reached.get_or_insert(end);
            }
            for (miner, fact, value) in facts(&case).difference(&known) {
                // Merged findings keep the most telling values: what the whole capture does not say of this miner at
                // all cannot be judged by it, and a pool is right when there is such an end.
                let other = known.iter().any(|(who, name, _)| who == miner && name == fact);
                let right = *fact == "pool" && ends.contains(value);
                if other && !right && wrong.len() < 5 {
                    wrong.push(format!("at {end} says {fact} {value}"));
                }
            }
        }
        let mut share = |name: &str, order: &dyn Fn(u64) -> Vec<usize>| {
            let good = (0..seeds)
                .filter(|seed| {
                    let chosen = order(*seed);
                    let bytes = write(capture.link, chosen.iter().map(|i| &capture.packets[*i]));
                    let good = level(&scan(&bytes, &settings), host) >= least;
                    if let (false, Some(folder)) = (good, &keep) {
                        std::fs::write(Path::new(folder).join(format!("{name}-{seed}.pcap")), &bytes)
                            .unwrap();
                    }
                    good
                })
                .count() as u64;
            if good * 100 < seeds * 95 {
                wrong.push(format!("{name}: {good} of {seeds}"));
            }
            good
        };
        let lost = share("5 % lost", &|seed| {
            let mut state = seed;
            (0..capture.packets.len()).filter(|_| random(&mut state) % 100 >= 5).collect()
        });
        let moved = share("moved", &|seed| {
            let mut state = seed;
            let mut order: Vec<(u64, usize)> =
                (0..capture.packets.len()).map(|i| (i as u64 + random(&mut state) % 4, i)).collect();
            order.sort_by_key(|(place, _)| *place);
            order.into_iter().map(|(_, i)| i).collect()
        });
        let verdict = if wrong.is_empty() { "ok" } else { "FAILED" };
        println!(
            "{verdict:6} {}: {} packets, {} at packet {}, lost {lost}/{seeds}, moved {moved}/{seeds} {}",
            cell("path"),
            capture.packets.len(),
            least.word(),
            reached.map_or("-".to_owned(), |end: usize| end.to_string()),
            wrong.join("; ")
        );
        if wrong.is_empty() { passed += 1 } else { failed += 1 }
    }
    println!("{passed} passed, {failed} failed");
    if failed > 0 {
        std::process::exit(1);
    }
}
