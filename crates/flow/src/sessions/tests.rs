//! Transcripts through a dialogue: `>` the side that opened, `<` the other; each with the reason for what is expected.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod bitcoin;
mod cryptonote;
mod header_work;
mod look_alikes;
mod rigs;
mod streams;

use super::*;
use model::{At, EvidenceId, Fact, MiningSession, Side};

/// How a transcript reaches the dialogue.
#[derive(Debug, Clone, Copy)]
struct Way {
    opener: Option<Side>,
    /// Bytes per segment; 0: one segment per line.
    cut: usize,
    /// Which sides are seen.
    sides: [bool; 2],
}

const WHOLE: Way = Way { opener: Some(Side::A), cut: 0, sides: [true, true] };

fn ends(opener: Option<Side>) -> Ends {
    let end = |host, port| Endpoint::new(std::net::Ipv4Addr::new(192, 0, 2, host).into(), port);
    Ends { a: end(7, 51234), b: end(99, 3333), opener, flow: FlowId(origin(1)) }
}

fn origin(packet: u64) -> Origin {
    Origin { evidence: EvidenceId(0), at: At::Packet(packet) }
}

fn stamp(packet: u64) -> Stamp {
    Stamp { time: Time::from_secs(i64::try_from(packet).unwrap()), origin: origin(packet) }
}

/// Lines of a transcript with their side; `\n` at the end of each, a line `> …` continued by indented lines.
fn lines(transcript: &str) -> Vec<(Side, String)> {
    let mut all: Vec<(Side, String)> = Vec::new();
    for line in transcript.lines() {
        if let Some(rest) = line.trim_start().strip_prefix("> ") {
            all.push((Side::A, format!("{rest}\n")));
        } else if let Some(rest) = line.trim_start().strip_prefix("< ") {
            all.push((Side::B, format!("{rest}\n")));
        } else if let (Some((_, text)), false) = (all.last_mut(), line.trim().is_empty()) {
            text.push_str(line);
            text.push('\n');
        }
    }
    all
}

/// Every snapshot, in order, and whether the dialogue is only watched at the end.
fn all_of(transcript: &str, way: Way) -> (Vec<MiningSession>, bool) {
    let settings = Settings { record_dialogue: true, show_secrets: false };
    let mut dialogue = Dialogue::new(ends(way.opener), &settings);
    let mut tell = Vec::new();
    let mut packet = 1;
    for (side, text) in lines(transcript).into_iter().filter(|(side, _)| way.sides[side.index()]) {
        let size = if way.cut == 0 { text.len() } else { way.cut };
        for piece in text.as_bytes().chunks(size) {
            dialogue.bytes(side, stamp(packet), piece, &mut tell);
        }
        packet += 1;
    }
    let watching = dialogue.is_watching();
    dialogue.close(stamp(packet), &mut tell);
    let sessions = tell.into_iter().filter_map(|fact| match fact {
        Fact::Session(session) => Some(*session),
        // A wallet is named, and is no session.
        Fact::Node(_) => None,
        other => panic!("{other:?}"),
    });
    (sessions.collect(), watching)
}

/// The last snapshot of each login.
fn through(transcript: &str, way: Way) -> Vec<MiningSession> {
    let mut last: Vec<MiningSession> = Vec::new();
    for session in all_of(transcript, way).0 {
        match last.iter_mut().find(|known| known.number == session.number) {
            Some(known) => *known = session,
            None => last.push(session),
        }
    }
    last
}

fn sessions(transcript: &str) -> Vec<MiningSession> {
    through(transcript, WHOLE)
}

/// The only session of a transcript.
fn session(transcript: &str) -> MiningSession {
    let mut all = sessions(transcript);
    assert_eq!(all.len(), 1, "{all:#?}");
    all.remove(0)
}

/// Shares as text: sent/accepted/rejected, `-` where not seen.
fn shares(session: &MiningSession) -> String {
    let show = |count: Option<u64>| count.map_or("-".to_owned(), |count| count.to_string());
    let shares = &session.shares;
    format!("{}/{}/{}", show(shares.sent), show(shares.accepted), show(shares.rejected))
}

fn protocol(session: &MiningSession) -> &'static str {
    session.dialect.map_or("-", model::Dialect::word)
}
/// 200 000 connections may be open at once: one that said nothing of mining costs little.
#[test]
fn a_silent_connection_is_small() {
    assert!(size_of::<Dialogue>() <= 320, "{}", size_of::<Dialogue>());
    assert!(size_of::<HttpDialogue>() <= 384, "{}", size_of::<HttpDialogue>());
}
