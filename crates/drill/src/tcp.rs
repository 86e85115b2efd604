//! A TCP conversation: what two programs say to each other becomes packets, clean or damaged.
//!
//! The capture point is beside the client: what the server sends shows up one round trip later.
//! Source of the damage: what real captures and mirrors do (lost, repeated, reordered, cut, one-sided).

use std::time::Duration;

use crate::rng::Rng;
use crate::scene::{Packet, Time};
use crate::wire::transport::{self, Head, flag};
use crate::wire::{Node, Wire};

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one that opened the connection.
    Client,
    /// The other.
    Server,
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}

/// One thing said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Time since the turn before (the network's own delay comes on top).
    pub wait: Duration,
    /// Who says it.
    pub from: Side,
    /// What.
    pub bytes: Vec<u8>,
}

/// How what is said is cut into segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segmentation {
    /// Each turn from a new segment on, at most this many bytes in one.
    Each(usize),
    /// Each byte by itself.
    Bytewise,
    /// Turns of one side that follow each other go together.
    Merged(usize),
}

/// How the conversation begins in the capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// With SYN, SYN ACK, ACK.
    Handshake,
    /// In the middle; this many bytes of the first turn are missing.
    Middle(usize),
}

/// How it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Close {
    /// By FIN from this side first.
    Finish(Side),
    /// By RST from this side.
    Reset(Side),
    /// The capture ends first.
    Open,
}

/// Bytes of a segment that is sent again in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlap {
    /// The same bytes.
    Equal,
    /// Other bytes: the first ones are the truth.
    Differing,
}

/// What goes wrong between the programs and the capture file.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Damage {
    /// Probability that a packet is not captured at all.
    pub lost: f64,
    /// Packets move by at most this many places.
    pub moved: usize,
    /// Probability that a packet is captured twice.
    pub repeated: f64,
    /// Probability that the second half of a segment is sent again, and how.
    pub overlap: Option<(f64, Overlap)>,
    /// Only packets of this side are captured.
    pub only: Option<Side>,
    /// The client probes an idle connection this often, with one byte before its next one.
    pub probe: Option<Duration>,
}

/// Two endpoints and the manner in which they talk.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// Client and its port.
    pub client: (Node, u16),
    /// Server and its port.
    pub server: (Node, u16),
    /// Wrapping.
    pub wire: Wire,
    /// Round-trip time.
    pub round_trip: Duration,
    /// Cutting.
    pub segmentation: Segmentation,
    /// Begin.
    pub opening: Opening,
    /// End.
    pub close: Close,
    /// Damage.
    pub damage: Damage,
    /// Time stamps in every segment: how long client and server have been running, in milliseconds.
    pub uptimes: Option<[u32; 2]>,
}

impl Conversation {
    /// A clean conversation over Ethernet that ends with the capture.
    pub fn new(client: (Node, u16), server: (Node, u16)) -> Self {
        Self {
            client,
            server,
            wire: Wire::default(),
            round_trip: Duration::from_millis(24),
            segmentation: Segmentation::Each(1460),
            opening: Opening::Handshake,
            close: Close::Open,
            damage: Damage::default(),
            uptimes: None,
        }
    }

    /// The packets of a dialogue that begins at `start`.
    pub fn play(&self, rng: &mut Rng, start: Time, turns: &[Turn]) -> Vec<Packet> {
        let mut play = Play {
            how: self,
            rng,
            sent: Vec::new(),
            now: start,
            next: [0; 2],
            ident: [0; 2],
            pending: None,
            spoke: Side::Client,
            start,
            echo: [0; 2],
        };
        play.run(turns);
        let Play { sent, rng, .. } = play;
        self.captured(rng, sent)
    }

    /// What of the packets sent reaches the capture file, in which order.
    fn captured(&self, rng: &mut Rng, mut sent: Vec<(Time, Side, Vec<Packet>)>) -> Vec<Packet> {
        sent.sort_by_key(|&(time, _, _)| time);
        let damage = &self.damage;
        let mut seen: Vec<Packet> = Vec::new();
        for (_, side, packets) in sent {
            if damage.only.is_some_and(|only| only != side) {
                continue;
            }
            for packet in packets {
                if damage.lost > 0.0 && rng.chance(damage.lost) {
                    continue;
                }
                if damage.repeated > 0.0 && rng.chance(damage.repeated) {
                    seen.push(packet.clone());
                }
                seen.push(packet);
            }
        }
        if damage.moved > 0 {
            let times: Vec<Time> = seen.iter().map(|packet| packet.time).collect();
            // Packets overtake each other on the way, not over a pause.
            let close = |at: usize, by: usize| {
                times.get(at + by).is_some_and(|&late| late <= times[at] + Duration::from_millis(200))
            };
            let mut ranked: Vec<(usize, Packet)> = Vec::with_capacity(seen.len());
            for (at, packet) in seen.into_iter().enumerate() {
                let room = (1..=damage.moved).take_while(|&by| close(at, by)).count();
                ranked.push((at + rng.below(room as u64 + 1) as usize, packet));
            }
            ranked.sort_by_key(|&(rank, _)| rank);
            seen = ranked.into_iter().map(|(_, packet)| packet).collect();
            for (packet, time) in seen.iter_mut().zip(times) {
                packet.time = time;
            }
        }
        seen
    }
}

/// A conversation while it is being played.
struct Play<'a> {
    how: &'a Conversation,
    rng: &'a mut Rng,
    sent: Vec<(Time, Side, Vec<Packet>)>,
    now: Time,
    /// Next sequence number of client and server.
    next: [u32; 2],
    ident: [u16; 2],
    /// An acknowledgement that the other side still owes, and when it sends it by itself.
    pending: Option<(Time, Side)>,
    spoke: Side,
    start: Time,
    /// The last time stamp each side has seen of the other.
    echo: [u32; 2],
}

impl Play<'_> {
    fn run(&mut self, turns: &[Turn]) {
        self.next = [self.rng.bits() as u32, self.rng.bits() as u32];
        self.ident = [self.rng.bits() as u16, self.rng.bits() as u16];
        let skipped = match self.how.opening {
            Opening::Handshake => {
                self.handshake();
                0
            }
            Opening::Middle(skipped) => skipped,
        };
        let mut at = 0;
        while let Some(turn) = turns.get(at) {
            let mut bytes = turn.bytes.clone();
            if at == 0 {
                bytes.drain(..skipped.min(bytes.len()));
            }
            at += 1;
            if matches!(self.how.segmentation, Segmentation::Merged(_)) {
                while let Some(more) = turns.get(at).filter(|more| more.from == turn.from) {
                    bytes.extend_from_slice(&more.bytes);
                    at += 1;
                }
            }
            self.say(turn.wait, turn.from, &bytes);
        }
        self.now = self.now + Duration::from_millis(200);
        self.acknowledge_before(self.now);
        self.close();
    }

    fn handshake(&mut self) {
        let start = self.now;
        self.segment(start, Side::Client, self.next[0], flag::SYN, &[]);
        self.next[0] = self.next[0].wrapping_add(1);
        self.segment(start + self.how.round_trip, Side::Server, self.next[1], flag::SYN | flag::ACK, &[]);
        self.next[1] = self.next[1].wrapping_add(1);
        self.now = start + self.how.round_trip + Duration::from_micros(70);
        self.segment(self.now, Side::Client, self.next[0], flag::ACK, &[]);
    }

    fn say(&mut self, wait: Duration, from: Side, bytes: &[u8]) {
        let network = if from == Side::Server && self.spoke == Side::Client {
            self.how.round_trip
        } else {
            Duration::ZERO
        };
        let time = self.now + wait + network + Duration::from_micros(20);
        self.probe_until(time);
        self.acknowledge_before(time);
        self.spoke = from;
        let most = match self.how.segmentation {
            Segmentation::Each(most) | Segmentation::Merged(most) => most.max(1),
            Segmentation::Bytewise => 1,
        };
        let mut clock = time;
        let count = bytes.chunks(most).count();
        for (at, piece) in bytes.chunks(most).enumerate() {
            let push = if at + 1 == count { flag::PSH } else { 0 };
            let sequence = self.next[from as usize];
            self.segment(clock, from, sequence, flag::ACK | push, piece);
            self.next[from as usize] = sequence.wrapping_add(piece.len() as u32);
            if at % 2 == 1 && at + 1 < count {
                self.segment(
                    clock + self.receipt(from),
                    from.other(),
                    self.next[from.other() as usize],
                    flag::ACK,
                    &[],
                );
            }
            self.overlap(clock, from, sequence, piece);
            clock = clock + Duration::from_micros(12);
        }
        self.now = clock;
        let delay = self.receipt(from) + Duration::from_millis(40); // delayed acknowledgement, as Linux has it
        self.pending = Some((clock + delay, from.other()));
    }

    /// How long until an acknowledgement of what `from` sent passes the capture point.
    fn receipt(&self, from: Side) -> Duration {
        match from {
            Side::Client => self.how.round_trip,
            Side::Server => Duration::from_micros(6),
        }
    }

    fn overlap(&mut self, time: Time, from: Side, sequence: u32, piece: &[u8]) {
        let Some((probability, kind)) = self.how.damage.overlap else { return };
        if !self.rng.chance(probability) {
            return;
        }
        let half = piece.len() / 2;
        let mut again = piece[half..].to_vec();
        if kind == Overlap::Differing {
            again.iter_mut().for_each(|byte| *byte ^= 0x15);
        }
        self.segment(
            time + Duration::from_micros(5),
            from,
            sequence.wrapping_add(half as u32),
            flag::ACK,
            &again,
        );
    }

    fn acknowledge_before(&mut self, time: Time) {
        if let Some((due, side)) = self.pending
            && due < time
        {
            self.segment(due, side, self.next[side as usize], flag::ACK, &[]);
            self.pending = None;
        }
    }

    fn probe_until(&mut self, time: Time) {
        let Some(every) = self.how.damage.probe.filter(|every| !every.is_zero()) else { return };
        let mut due = self.now + every;
        while due + self.how.round_trip < time {
            self.acknowledge_before(due);
            self.segment(due, Side::Client, self.next[0].wrapping_sub(1), flag::ACK, &[0]);
            self.segment(due + self.how.round_trip, Side::Server, self.next[1], flag::ACK, &[]);
            due = due + every;
        }
    }

    fn close(&mut self) {
        match self.how.close {
            Close::Open => {}
            Close::Reset(side) => {
                self.segment(self.now, side, self.next[side as usize], flag::RST | flag::ACK, &[])
            }
            Close::Finish(first) => {
                for side in [first, first.other()] {
                    self.segment(self.now, side, self.next[side as usize], flag::FIN | flag::ACK, &[]);
                    self.next[side as usize] = self.next[side as usize].wrapping_add(1);
                    self.now = self.now + self.how.round_trip;
                }
                self.segment(self.now, first, self.next[first as usize], flag::ACK, &[]);
            }
        }
    }

    fn segment(&mut self, time: Time, from: Side, sequence: u32, flags: u8, body: &[u8]) {
        let (source, target) = match from {
            Side::Client => (self.how.client, self.how.server),
            Side::Server => (self.how.server, self.how.client),
        };
        let acknowledgement = if flags & flag::ACK == 0 { 0 } else { self.next[from.other() as usize] };
        let clocks = self.how.uptimes.map(|uptimes| {
            let passed = time.0.saturating_sub(self.start.0) / 1_000_000;
            let own = uptimes[from as usize].wrapping_add(passed as u32);
            self.echo[from.other() as usize] = own;
            (own, self.echo[from as usize])
        });
        let head = Head { source: source.1, target: target.1, sequence, acknowledgement, flags, clocks };
        let segment = transport::tcp(source.0.address, target.0.address, head, body);
        self.ident[from as usize] = self.ident[from as usize].wrapping_add(1);
        let ident = u32::from(self.ident[from as usize]);
        let packets = self.how.wire.carry(time, source.0, target.0, 6, ident, &segment);
        self.sent.push((time, from, packets));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use std::collections::BTreeMap;
    use std::net::Ipv4Addr;

    use proptest::prelude::*;

    use super::*;
    use crate::rng::Rng;

    fn conversation() -> Conversation {
        let node = |last| Node { address: Ipv4Addr::new(192, 0, 2, last).into(), mac: [2, 0, 0, 0, 0, last] };
        Conversation::new((node(1), 50_000), (node(2), 3333))
    }

    /// What one side sent, by sequence number, first byte wins.
    fn stream(packets: &[Packet], port: u16) -> Vec<u8> {
        let (mut bytes, mut first) = (BTreeMap::new(), None);
        for packet in packets {
            let tcp = &packet.bytes[34..];
            if u16::from_be_bytes([tcp[0], tcp[1]]) != port {
                continue;
            }
            let sequence = u32::from_be_bytes(tcp[4..8].try_into().unwrap());
            if tcp[13] & flag::SYN != 0 {
                first = Some(sequence.wrapping_add(1));
                continue;
            }
            let place = sequence.wrapping_sub(first.unwrap());
            for (at, &byte) in tcp[20..].iter().enumerate().filter(|_| place < 1 << 30) {
                bytes.entry(place + at as u32).or_insert(byte);
            }
        }
        bytes.into_values().collect()
    }

    fn said(turns: &[Turn], side: Side) -> Vec<u8> {
        turns.iter().filter(|turn| turn.from == side).flat_map(|turn| turn.bytes.clone()).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        /// However it is cut, probed and sent again: the joined bytes are what was said.
        #[test]
        fn what_was_said_arrives(
            seed in any::<u64>(),
            talk in prop::collection::vec((any::<bool>(), prop::collection::vec(any::<u8>(), 1..3000)), 1..8),
            cut in 0usize..4,
        ) {
            let turns: Vec<Turn> = talk
                .into_iter()
                .map(|(client, bytes)| Turn {
                    wait: Duration::from_millis(seed % 9000),
                    from: if client { Side::Client } else { Side::Server },
                    bytes,
                })
                .collect();
            let mut conversation = conversation();
            conversation.segmentation = [
                Segmentation::Each(1460),
                Segmentation::Each(536),
                Segmentation::Bytewise,
                Segmentation::Merged(1460),
            ][cut];
            conversation.damage.overlap = Some((0.3, Overlap::Differing));
            conversation.damage.probe = Some(Duration::from_secs(3));
            conversation.damage.repeated = 0.1;
            let packets = conversation.play(&mut Rng::new(seed), Time(0), &turns);
            prop_assert_eq!(stream(&packets, 50_000), said(&turns, Side::Client));
            prop_assert_eq!(stream(&packets, 3333), said(&turns, Side::Server));
        }

        #[test]
        fn packets_move_by_no_more_places_than_allowed(seed in any::<u64>(), most in 1usize..5) {
            let turns: Vec<Turn> = (0..30u8)
                .map(|n| Turn { wait: Duration::from_millis(90), from: Side::Client, bytes: vec![n; 9] })
                .collect();
            let mut conversation = conversation();
            let straight = conversation.play(&mut Rng::new(seed), Time(0), &turns);
            conversation.damage.moved = most;
            let moved = conversation.play(&mut Rng::new(seed), Time(0), &turns);
            prop_assert_eq!(straight.len(), moved.len());
            for (at, packet) in straight.iter().enumerate() {
                let now = moved.iter().position(|other| other.bytes == packet.bytes).unwrap();
                prop_assert!(now.abs_diff(at) <= most, "{} to {}", at, now);
            }
        }
    }

    #[test]
    fn one_side_only_and_from_the_middle() {
        let turns = [
            Turn { wait: Duration::ZERO, from: Side::Client, bytes: b"abcdef".to_vec() },
            Turn { wait: Duration::ZERO, from: Side::Server, bytes: b"ok".to_vec() },
        ];
        let mut conversation = conversation();
        conversation.opening = Opening::Middle(4);
        conversation.damage.only = Some(Side::Client);
        let packets = conversation.play(&mut Rng::new(1), Time(0), &turns);
        assert!(packets.iter().all(|packet| packet.bytes[34..36] == 50_000u16.to_be_bytes()));
        assert!(packets.iter().all(|packet| packet.bytes[47] & flag::SYN == 0));
        assert_eq!(&packets[0].bytes[54..], b"ef");
    }
}
