//! Stratum V2: frames in clear, and random bytes of the lengths that Noise would give them.
//!
//! Source: stratum-mining/sv2-spec 03 to 05 and 08.

use std::time::Duration;

use super::{Happening, Plan, Talk, answer_time, happenings};
use crate::rng::Rng;
use crate::scene::Facts;

fn text(words: &str) -> Vec<u8> {
    let mut bytes = vec![words.len() as u8];
    bytes.extend_from_slice(words.as_bytes());
    bytes
}

fn number(value: u64, bytes: usize) -> Vec<u8> {
    value.to_le_bytes()[..bytes].to_vec()
}

/// A frame; messages about a channel have the top bit of the extension set.
fn frame(kind: u8, fields: &[Vec<u8>]) -> Vec<u8> {
    let payload = fields.concat();
    let extension = if (0x15..0x40).contains(&kind) { 0x80 } else { 0 };
    [vec![0, extension, kind], number(payload.len() as u64, 3), payload].concat()
}

/// The messages of a session in the order of the specification: who says it, after which wait, and what.
struct Frames {
    talk: Talk,
    sealed: bool,
}

impl Frames {
    fn bytes(&self, rng: &mut Rng, frames: &[Vec<u8>]) -> Vec<u8> {
        if !self.sealed {
            return frames.concat();
        }
        // 22 bytes of header, then the payload and 16.
        let length = frames.iter().map(|frame| 22 + frame.len() - 6 + 16).sum();
        rng.bytes(length)
    }

    fn client(&mut self, rng: &mut Rng, wait: Duration, frames: &[Vec<u8>]) {
        let bytes = self.bytes(rng, frames);
        self.talk.client(wait, bytes);
    }

    fn server(&mut self, rng: &mut Rng, wait: Duration, frames: &[Vec<u8>]) {
        let bytes = self.bytes(rng, frames);
        self.talk.server(wait, bytes);
    }
}

/// A Bitaxe at a pool that speaks V2; `sealed` inside Noise.
pub(crate) fn session(rng: &mut Rng, plan: &Plan, login: &str, sealed: bool) -> Talk {
    let mut facts = Facts { protocol: Some("stratum-v2"), ..Facts::default() };
    if !sealed {
        facts.login = Some(login.to_owned());
    }
    let mut all = Frames { talk: Talk { facts, ..Talk::default() }, sealed };
    let soon = Duration::from_millis(2);
    if sealed {
        let (ours, theirs) = (rng.bytes(64), rng.bytes(234));
        all.talk.client(soon, ours);
        let wait = answer_time(rng);
        all.talk.server(wait, theirs);
    }
    let setup = [
        vec![0, 2, 0, 2, 0],
        number(1, 4),
        text("v2.pool.example"),
        number(34_254, 2),
        text("Bitaxe"),
        text("BM1370"),
        text("v2.9.0"),
        text(""),
    ];
    all.client(rng, soon, &[frame(0x00, &setup)]);
    let wait = answer_time(rng);
    all.server(rng, wait, &[frame(0x01, &[vec![2, 0], number(1, 4)])]);
    let open = [number(1, 4), text(login), 1.2e12_f32.to_le_bytes().to_vec(), vec![0xff; 32]];
    all.client(rng, soon, &[frame(0x10, &open)]);
    let target = [vec![0xff; 26], vec![0; 6]].concat();
    let opened = [number(1, 4), number(7, 4), target, text("abcd"), number(0, 4)];
    let job = |rng: &mut Rng, id: u64, time: u64| {
        frame(
            0x15,
            &[number(7, 4), number(id, 4), vec![1], number(time, 4), number(0x2000_0000, 4), rng.bytes(32)],
        )
    };
    let previous = |rng: &mut Rng, id: u64, time: u64| {
        frame(0x20, &[number(7, 4), number(id, 4), rng.bytes(32), number(time, 4), number(0x1702_4aef, 4)])
    };
    let first = [frame(0x11, &opened), job(rng, 1, 0), previous(rng, 1, 0)];
    let wait = answer_time(rng);
    all.server(rng, wait, &first);
    all.talk.facts.jobs = 1;
    let (mut sequence, mut jobs) = (0, 1);
    for (wait, time, what) in happenings(rng, plan) {
        match what {
            Happening::Job => {
                jobs += 1;
                let new = [previous(rng, jobs, time.seconds()), job(rng, jobs, time.seconds())];
                all.server(rng, wait, &new);
                all.talk.facts.jobs += 1;
            }
            Happening::Share { accepted } => {
                sequence += 1;
                let share = [
                    number(7, 4),
                    number(sequence, 4),
                    number(jobs, 4),
                    rng.bytes(4),
                    number(time.seconds(), 4),
                    number(0x2000_0000, 4),
                ];
                all.client(rng, wait, &[frame(0x1a, &share)]);
                let answer = if accepted {
                    frame(0x1c, &[number(7, 4), number(sequence, 4), number(1, 4), number(4096, 8)])
                } else {
                    frame(0x1d, &[number(7, 4), number(sequence, 4), text("stale-share")])
                };
                let wait = answer_time(rng);
                all.server(rng, wait, &[answer]);
                let facts = &mut all.talk.facts;
                *if accepted { &mut facts.shares_accepted } else { &mut facts.shares_rejected } += 1;
            }
            Happening::Quiet => {}
        }
    }
    all.talk
}
