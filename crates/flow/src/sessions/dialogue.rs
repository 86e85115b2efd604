//! A TCP connection that carries JSON objects.

use super::conversation::Place;
use super::electrum;
use super::talk::Talk;
use super::watch::Watch;
use super::{Ends, Settings, Sniff, Stamp, interface, sniff};
use model::{Carrier, Fact, Side};
use parse::app::miner_state;
use parse::mining::each;
use parse::mining::objects::{Framer, OBJECT_LIMIT};

/// Objects without a word of mining after which a connection is only watched. A miner's first or second message is
/// unmistakable; sixteen leave room for a pool that greets first and a stream joined in the middle.
const OBJECTS_WITHOUT_ANCHOR: u32 = 16;

/// Bytes of both sides without a word of mining after which a connection is only watched: the longest job seen is 18 kB.
const BYTES_WITHOUT_ANCHOR: u64 = 48 * 1024;

/// Places that are not JSON after which a connection without a word of mining is only watched.
const MALFORMED_WITHOUT_ANCHOR: u32 = 8;

/// What the first bytes of a side are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// Nothing but space came yet.
    Unheard,
    /// JSON; or its beginning was not seen.
    Json,
    /// Something else: a paste, a log, another protocol that carries lines.
    Foreign,
}

/// One connection.
#[derive(Debug)]
pub struct Dialogue {
    framers: [Framer; 2],
    talk: Talk,
    bytes: u64,
    objects: u32,
    /// Objects seen in all.
    all_objects: u32,
    /// Places that were not JSON when framing began last.
    malformed_before: u32,
    starts: [Start; 2],
    /// Both sides, while they are only watched.
    watches: Option<Box<[Watch; 2]>>,
    /// Lines too long that passed while watching.
    oversized: u32,
    /// Whether a wallet's word was told.
    wallet: bool,
    /// Whether a miner's state was told, and whether it counted shares.
    interface: Option<bool>,
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
        let joined = ends.opener.is_none();
        let framer = || if joined { Framer::joined() } else { Framer::new() };
        let start = if joined { Start::Json } else { Start::Unheard };
        Dialogue {
            framers: [framer(), framer()],
            talk: Talk::new(ends, Carrier::Tcp, settings),
            bytes: 0,
            objects: 0,
            all_objects: 0,
            malformed_before: 0,
            starts: [start; 2],
            watches: None,
            oversized: 0,
            wallet: false,
            interface: None,
        }
    }

    /// The next payload bytes of one side, in order; what is new is put into `tell`.
    pub fn bytes(&mut self, side: Side, stamp: Stamp, bytes: &[u8], tell: &mut Vec<Fact>) {
        if bytes.is_empty() {
            return;
        }
        self.talk.hear(side, stamp);
        if self.starts[side.index()] == Start::Unheard {
            self.starts[side.index()] = start(bytes);
        }
        if self.watches(side, bytes) {
            return;
        }
        self.bytes = self.bytes.saturating_add(bytes.len() as u64);
        let (talk, objects) = (&mut self.talk, &mut self.objects);
        let before = *objects;
        let (mut asked, mut state) = (false, None);
        self.framers[side.index()].feed(bytes, &mut |object| {
            read(talk, objects, side, stamp, object);
            asked |= electrum::asks(object);
            if state.is_none() && miner_state::may_be_cgminer(object) {
                state = miner_state::read(object);
            }
        });
        // Once, and once more when it is certain.
        if let Some(state) = state
            && self.interface.is_none_or(|works| state.works && !works)
        {
            self.interface = Some(state.works);
            tell.push(interface::fact(&self.talk.ends, side, state));
        }
        self.all_objects = self.all_objects.saturating_add(objects.saturating_sub(before));
        if asked && !std::mem::replace(&mut self.wallet, true) {
            tell.push(electrum::traffic(&self.talk.ends, side));
        }
        self.doubt();
        self.talk.tell_news(tell);
        self.begin_to_watch();
    }

    /// Whether nobody but the watch needs these bytes. A word of mining in them ends it.
    fn watches(&mut self, side: Side, bytes: &[u8]) -> bool {
        let Some(watches) = &mut self.watches else { return false };
        let watch = &mut watches[side.index()];
        if !watch.sees(bytes) {
            watch.pass(bytes, OBJECT_LIMIT);
            return true;
        }
        let both = **watches;
        self.watches = None;
        for (framer, watch) in self.framers.iter_mut().zip(both) {
            framer.resume(watch.line_begins());
            self.oversized = self.oversized.saturating_add(watch.oversized);
        }
        (self.objects, self.bytes, self.malformed_before) = (0, 0, self.malformed());
        false
    }

    /// Stops framing where nothing of mining was said for long.
    fn begin_to_watch(&mut self) {
        let malformed = self.malformed().saturating_sub(self.malformed_before);
        let long = self.objects >= OBJECTS_WITHOUT_ANCHOR
            || self.bytes >= BYTES_WITHOUT_ANCHOR
            || malformed >= MALFORMED_WITHOUT_ANCHOR;
        if long && !self.talk.is_mining() {
            self.watches = Some(Box::new([0, 1].map(|side: usize| Watch::new(self.framers[side].pause()))));
        }
    }

    /// A stream that does not begin with JSON, or has more lines of something else, is rather one that quotes messages:
    /// it must be a dialogue of two sides to be one of mining.
    fn doubt(&mut self) {
        let foreign = self.starts.contains(&Start::Foreign);
        self.talk.doubt(foreign || self.malformed() > self.all_objects);
    }

    fn malformed(&self) -> u32 {
        self.framers[0].malformed.saturating_add(self.framers[1].malformed)
    }

    /// Bytes of one side are missing here.
    pub fn hole(&mut self, side: Side, stamp: Stamp, missing: u64) {
        self.talk.miss(side, stamp, missing);
        self.framers[side.index()].hole();
        if self.starts[side.index()] == Start::Unheard {
            self.starts[side.index()] = Start::Json;
        }
        if let Some(watches) = &mut self.watches {
            watches[side.index()].hole();
        }
    }

    /// The connection is over; `stamp` is that of its last packet. Emits the final sessions.
    pub fn close(&mut self, stamp: Stamp, tell: &mut Vec<Fact>) {
        self.talk.touch(stamp);
        for side in [Side::A, Side::B] {
            let (talk, objects) = (&mut self.talk, &mut self.objects);
            self.framers[side.index()].finish(&mut |object| read(talk, objects, side, stamp, object));
        }
        let malformed = self.malformed();
        let [a, b] = &self.framers;
        let oversized = a.oversized.saturating_add(b.oversized).saturating_add(self.oversized);
        if let Some(conversation) = self.talk.begun() {
            conversation.trouble_is("session-not-json", malformed.into());
            conversation.trouble_is("session-message-too-long", oversized.into());
        }
        self.talk.tell_all(tell);
    }

    /// Whether more bytes are wanted. Always: once nothing of mining was said for long they are only looked at for its
    /// words, since padding in front of a session must not hide it.
    #[must_use]
    pub const fn wants(&self) -> bool {
        true
    }

    /// Whether the connection is only watched.
    #[must_use]
    pub const fn is_watching(&self) -> bool {
        self.watches.is_some()
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

/// What the first bytes of a stream are, which was seen from its beginning.
fn start(bytes: &[u8]) -> Start {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = bytes.iter().position(|byte| !parse::mining::json::is_space(*byte)).map(|at| &bytes[at..]);
    match text {
        None => Start::Unheard,
        Some([b'{' | b'[', ..]) => Start::Json,
        // A balancer's header, where no carrier took it off.
        Some(text) if text.starts_with(b"PROXY ") => Start::Json,
        Some(_) => Start::Foreign,
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
