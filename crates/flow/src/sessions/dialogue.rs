//! A TCP connection that carries JSON objects.

use super::conversation::Place;
use super::electrum;
use super::talk::Talk;
use super::{Ends, Settings, Sniff, Stamp, sniff};
use model::{Carrier, Fact, Side};
use parse::mining::each;
use parse::mining::objects::Framer;

/// Objects without a word of mining after which a connection is left alone. A miner's first or second message is
/// unmistakable; sixteen leave room for a pool that greets first and a stream joined in the middle.
const OBJECTS_WITHOUT_ANCHOR: u32 = 16;

/// Bytes of both sides without a word of mining after which a connection is left alone: the longest job seen is 18 kB.
const BYTES_WITHOUT_ANCHOR: u64 = 48 * 1024;

/// Places that are not JSON after which a connection without a word of mining is left alone.
const MALFORMED_WITHOUT_ANCHOR: u32 = 8;

/// One connection.
#[derive(Debug)]
pub struct Dialogue {
    framers: [Framer; 2],
    talk: Talk,
    bytes: u64,
    objects: u32,
    /// Whether a wallet's word was told.
    wallet: bool,
}

impl Dialogue {
    /// Whether these first payload bytes of one direction may belong to a mining dialogue in JSON.
    #[must_use]
    pub fn sniff(first_bytes: &[u8]) -> Sniff {
        sniff::first_bytes(first_bytes)
    }

    /// A connection between these ends.
    #[must_use]
    pub fn new(ends: Ends, settings: &Settings) -> Dialogue {
        let framer = || if ends.opener.is_none() { Framer::joined() } else { Framer::new() };
        let talk = Talk::new(ends, Carrier::Tcp, settings);
        Dialogue { framers: [framer(), framer()], talk, bytes: 0, objects: 0, wallet: false }
    }

    /// The next payload bytes of one side, in order; what is new is put into `tell`.
    pub fn bytes(&mut self, side: Side, stamp: Stamp, bytes: &[u8], tell: &mut Vec<Fact>) {
        if bytes.is_empty() {
            return;
        }
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        self.talk.hear(side, stamp);
        let (talk, objects) = (&mut self.talk, &mut self.objects);
        let mut asked = false;
        self.framers[side.index()].feed(bytes, &mut |object| {
            read(talk, objects, side, stamp, object);
            asked |= electrum::asks(object);
        });
        if asked && !std::mem::replace(&mut self.wallet, true) {
            tell.push(electrum::traffic(&self.talk.ends, side));
        }
        self.talk.tell_news(tell);
    }

    /// Bytes of one side are missing here.
    pub fn hole(&mut self, side: Side, stamp: Stamp, missing: u64) {
        self.talk.miss(side, stamp, missing);
        self.framers[side.index()].hole();
    }

    /// Emits every session as it stands.
    pub fn tick(&mut self, tell: &mut Vec<Fact>) {
        self.talk.tell_all(tell);
    }

    /// The connection is over; `stamp` is that of its last packet. Emits the final sessions.
    pub fn close(&mut self, stamp: Stamp, tell: &mut Vec<Fact>) {
        self.talk.touch(stamp);
        for side in [Side::A, Side::B] {
            let (talk, objects) = (&mut self.talk, &mut self.objects);
            self.framers[side.index()].finish(&mut |object| read(talk, objects, side, stamp, object));
        }
        if let Some(conversation) = self.talk.begun() {
            let [a, b] = &self.framers;
            conversation.trouble_is("session-not-json", u64::from(a.malformed.saturating_add(b.malformed)));
            let oversized = u64::from(a.oversized.saturating_add(b.oversized));
            conversation.trouble_is("session-message-too-long", oversized);
        }
        self.talk.tell_all(tell);
    }

    /// Whether more bytes are wanted. Always, once a word of mining was seen; else not for long.
    #[must_use]
    pub fn wants(&self) -> bool {
        self.talk.is_mining()
            || (self.objects < OBJECTS_WITHOUT_ANCHOR
                && self.bytes < BYTES_WITHOUT_ANCHOR
                && self.framers[0].malformed.saturating_add(self.framers[1].malformed)
                    < MALFORMED_WITHOUT_ANCHOR)
    }

    /// Bytes held back for messages that are not complete.
    #[must_use]
    pub fn held(&self) -> usize {
        self.framers[0].held().saturating_add(self.framers[1].held())
    }

    /// Whether this has proved to be mining.
    #[must_use]
    pub fn is_mining(&self) -> bool {
        self.talk.is_mining()
    }
}

fn read(talk: &mut Talk, objects: &mut u32, side: Side, stamp: Stamp, object: &[u8]) {
    each(object, |said, raw| {
        *objects = objects.saturating_add(1);
        talk.take(&said, raw, Place { side, stamp, exchange: 0 });
    });
}

/// See [`super::fuzz`]. The first byte of each piece says whose it is, how long, and whether bytes are missing before it.
pub(super) fn fuzz(data: &[u8]) {
    use model::{At, Endpoint, EvidenceId, FlowId, Origin, Time};
    let end = |port| Endpoint::new(std::net::Ipv4Addr::LOCALHOST.into(), port);
    let origin = |at| Origin { evidence: EvidenceId(0), at: At::Packet(at) };
    let ends = Ends { a: end(1), b: end(2), opener: None, flow: FlowId(origin(1)) };
    let mut dialogue = Dialogue::new(ends, &Settings { record_dialogue: true, show_secrets: false });
    let mut tell = Vec::new();
    let (mut rest, mut packet) = (data, 1_u64);
    let stamp = |packet: u64| Stamp {
        time: Time::from_secs(i64::try_from(packet).unwrap_or(0)),
        origin: origin(packet),
    };
    while let Some((head, after)) = rest.split_first() {
        let (piece, next) = after.split_at(after.len().min(usize::from(head >> 2) * 8 + 1));
        let side = if head & 1 == 0 { Side::A } else { Side::B };
        if head & 2 == 2 {
            dialogue.hole(side, stamp(packet), 1);
        }
        dialogue.bytes(side, stamp(packet), piece, &mut tell);
        (rest, packet) = (next, packet + 1);
        tell.clear();
    }
    dialogue.close(stamp(packet), &mut tell);
}
