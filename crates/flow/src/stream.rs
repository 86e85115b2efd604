//! One TCP connection whose content is still wanted: both directions put in order, and the protocol they speak.

use crate::announced::Announced;
use crate::carriers::{Carried, DEEPEST};
use crate::dns::DnsStream;
use crate::noise::{NoiseSession, Runs, Shape};
use crate::peers::Peers;
use crate::reassembly::{Direction, Piece};
use crate::sessions::{Dialogue, Ends, HttpDialogue, Settings, Sniff, Stamp, V2Dialogue, XatumDialogue};
use crate::tls::Hellos;
use model::{Fact, Observation, Side, Target};
use parse::app::{Maybe, dns, node, proxy_protocol, socks, tls, websocket, zmtp};
use parse::mining::{v2, xatum};
use std::fmt;

/// Bytes of one direction in which a protocol must show itself: what a browser or miner says first is far shorter;
/// mid-stream a whole job (18 kB notifications were measured) may pass before the next line begins.
const MOST_UNDECIDED: u64 = 24 << 10;
/// Bytes kept while no protocol is decided, both directions together.
const MOST_KEPT: usize = 16 << 10;
/// Pieces kept while no protocol is decided: every recogniser needs fewer bytes than that to exclude itself.
const MOST_CHUNKS: usize = 512;
/// Packets that an answer waits for its question: captures put packets out of order by a few places.
const PATIENCE_EARLY: u8 = 7;
/// Answers that may wait at once; the next ones are taken as they come.
const MOST_EARLY: usize = 8;
/// What a kept piece costs besides its bytes: its entry and its allocation.
const CHUNK_OVERHEAD: usize = 96;
/// What dialogues of the small binary and line dialects take, their buffers of a message each included.
const SMALL_DIALOGUE: usize = 2048;

/// What is known of the content.
pub(crate) enum Protocol {
    Undecided(Undecided),
    Json(Box<Dialogue>),
    Http(Box<HttpDialogue>),
    Xatum(Box<XatumDialogue>),
    V2(Box<V2Dialogue>),
    Noise(Box<NoiseSession>),
    Tls(Box<Hellos>),
    Dns(Box<DnsStream>),
    Node(Box<Peers>),
    Announced(Box<Announced>),
    /// A stream inside a stream.
    Carried(Box<Carried>),
    /// Nobody wants the rest.
    Done {
        /// Somebody knew what it was.
        recognised: bool,
    },
}

impl fmt::Debug for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Protocol::Undecided(_) => "Undecided",
            Protocol::Json(_) => "Json",
            Protocol::Http(_) => "Http",
            Protocol::Xatum(_) => "Xatum",
            Protocol::V2(_) => "V2",
            Protocol::Noise(_) => "Noise",
            Protocol::Tls(_) => "Tls",
            Protocol::Dns(_) => "Dns",
            Protocol::Node(_) => "Node",
            Protocol::Announced(_) => "Announced",
            Protocol::Carried(_) => "Carried",
            Protocol::Done { .. } => "Done",
        })
    }
}

/// The first bytes, kept until they say what they are.
#[derive(Debug, Default)]
pub(crate) struct Undecided {
    chunks: Vec<(Side, Stamp, Vec<u8>)>,
    kept: usize,
    seen: [u64; 2],
    runs: Runs,
    /// The first side and when it spoke.
    first: Option<(Side, Stamp)>,
}

/// What a stream needs to know of its flow and the settings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) ends: &'a Ends,
    pub(crate) settings: &'a Settings,
    /// How many carriers are around the stream.
    pub(crate) depth: u8,
    /// Whom the innermost proxy around it was asked for: the other end of this stream.
    pub(crate) target: Option<&'a Target>,
}

/// A segment that answers what was not yet seen.
#[derive(Debug)]
struct Early {
    side: Side,
    sequence: u32,
    acknowledged: u32,
    bytes: Vec<u8>,
    stated: u32,
    stamp: Stamp,
    waited: u8,
}

/// Both directions and their protocol.
#[derive(Debug)]
pub(crate) struct Stream {
    directions: [Direction; 2],
    acknowledged: [Option<u32>; 2],
    /// Segments that acknowledge bytes of the other side which the capture holds a few packets later: an answer must
    /// not come before its question. In order of arrival.
    early: Vec<Early>,
    content: Pieces,
}

/// What comes out of the two directions, and the protocol that takes it.
#[derive(Debug)]
struct Pieces {
    protocol: Protocol,
    encrypted: bool,
    missing: u64,
    /// The beginning of a direction was not seen.
    joined: [bool; 2],
}

impl Pieces {
    /// Hands one piece of a direction to the protocol.
    #[inline]
    fn take(&mut self, from: Side, piece: Piece<'_>, context: Context<'_>, tell: &mut Vec<Observation>) {
        match piece {
            Piece::Bytes(stamp, bytes) => {
                self.protocol.bytes(from, stamp, bytes, self.joined, &mut self.encrypted, context, tell);
            }
            Piece::Hole(stamp, lost) => {
                self.missing += lost;
                self.protocol.hole(from, stamp, lost);
            }
        }
    }
}

impl Stream {
    pub(crate) fn new() -> Stream {
        Stream {
            directions: [Direction::default(), Direction::default()],
            acknowledged: [None; 2],
            early: Vec::new(),
            content: Pieces {
                protocol: Protocol::undecided(),
                encrypted: false,
                missing: 0,
                joined: [true; 2],
            },
        }
    }

    /// A SYN of `side` fixed where its bytes begin.
    pub(crate) fn start(&mut self, side: Side, sequence: u32) {
        self.directions[side.index()].start(sequence);
        self.content.joined[side.index()] = false;
    }

    pub(crate) fn first_sequence(&self, side: Side) -> Option<u32> {
        self.directions[side.index()].first()
    }

    /// Bytes of memory that the stream takes.
    pub(crate) fn held(&self) -> usize {
        let early = self.early.iter().map(|early| early.bytes.len() + size_of::<Early>()).sum::<usize>();
        let held = self.directions[0].held() + self.directions[1].held() + self.content.protocol.held();
        size_of::<Stream>() + early + held
    }

    /// Whether the content is encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.content.encrypted
    }

    /// Bytes that the capture does not hold.
    pub(crate) fn missing(&self) -> u64 {
        self.content.missing
    }

    /// Whether somebody knows what is spoken.
    pub(crate) fn is_recognised(&self) -> bool {
        self.content.protocol.is_recognised()
    }

    /// Whether mining is spoken, as far as is known: such a stream is not given up for want of memory.
    pub(crate) fn is_mining(&self) -> bool {
        self.content.protocol.is_mining()
    }

    /// Gives up what is kept of unfinished messages on both sides, after [`Stream::flush`].
    pub(crate) fn relieve(&mut self, stamp: Stamp, context: Context<'_>, tell: &mut Vec<Observation>) {
        self.flush(context, tell);
        for side in [Side::A, Side::B] {
            self.content.protocol.hole(side, stamp, 0);
        }
    }

    /// Bytes of retransmissions that differ from what was taken first.
    pub(crate) fn conflicts(&self) -> u64 {
        self.directions[0].conflicts + self.directions[1].conflicts
    }

    /// Bytes too far ahead of their stream to be believed.
    pub(crate) fn discarded(&self) -> u64 {
        self.directions[0].discarded + self.directions[1].discarded
    }

    /// Whether anybody wants more of this connection.
    pub(crate) fn wants(&self) -> bool {
        self.content.protocol.wants()
    }

    /// Takes a segment of `side`.
    #[inline]
    #[expect(clippy::too_many_arguments, reason = "the parts of one TCP segment, taken from two places")]
    pub(crate) fn segment(
        &mut self,
        side: Side,
        sequence: u32,
        acknowledgement: Option<u32>,
        payload: &[u8],
        stated: u32,
        stamp: Stamp,
        context: Context<'_>,
        tell: &mut Vec<Observation>,
    ) {
        if acknowledgement.is_some() {
            self.acknowledged[side.index()] = acknowledgement;
        }
        self.early.iter_mut().for_each(|early| early.waited = early.waited.saturating_add(1));
        if stated > 0 {
            match acknowledgement.filter(|number| self.is_early(side, *number)) {
                Some(acknowledged) if self.early.len() < MOST_EARLY => {
                    let bytes = payload.to_vec();
                    self.early.push(Early { side, sequence, acknowledged, bytes, stated, stamp, waited: 0 });
                }
                _ => self.push(side, sequence, payload, stated, stamp, context, tell),
            }
        }
        while let Some(first) = self.early.first()
            && (first.waited >= PATIENCE_EARLY || !self.is_ahead_of(first.side.other(), first.acknowledged))
        {
            let early = self.early.remove(0);
            self.push(early.side, early.sequence, &early.bytes, early.stated, early.stamp, context, tell);
        }
        let Stream { directions, acknowledged, content, .. } = self;
        for from in [Side::A, Side::B] {
            let acknowledged = acknowledged[from.other().index()];
            directions[from.index()].wait(acknowledged, &mut |piece| {
                content.take(from, piece, context, tell);
            });
        }
        let keeps = matches!(
            content.protocol,
            Protocol::Json(_) | Protocol::Http(_) | Protocol::Xatum(_) | Protocol::Carried(_)
        );
        if keeps {
            directions.iter_mut().for_each(Direction::keep_tail);
        }
    }

    /// Whether a segment of `side` that acknowledges `number` must wait: for bytes of the other side that are on
    /// their way, or behind segments that wait already.
    #[inline]
    fn is_early(&self, side: Side, number: u32) -> bool {
        self.early.iter().any(|early| early.side == side) || self.is_ahead_of(side.other(), number)
    }

    /// Whether `number` acknowledges bytes of `side` that have not been delivered and are not behind a hole.
    #[inline]
    fn is_ahead_of(&self, side: Side, number: u32) -> bool {
        self.directions[side.index()].lacks(number)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one TCP segment, taken from two places")]
    #[inline]
    fn push(
        &mut self,
        side: Side,
        sequence: u32,
        payload: &[u8],
        stated: u32,
        stamp: Stamp,
        context: Context<'_>,
        tell: &mut Vec<Observation>,
    ) {
        let Stream { directions, content, .. } = self;
        directions[side.index()].push(sequence, payload, stated, stamp, &mut |piece| {
            content.take(side, piece, context, tell);
        });
    }

    /// Gives up every hole: what is held behind them comes out.
    pub(crate) fn flush(&mut self, context: Context<'_>, tell: &mut Vec<Observation>) {
        for early in std::mem::take(&mut self.early) {
            self.push(early.side, early.sequence, &early.bytes, early.stated, early.stamp, context, tell);
        }
        let Stream { directions, content, .. } = self;
        for from in [Side::A, Side::B] {
            directions[from.index()].flush(&mut |piece| {
                content.take(from, piece, context, tell);
            });
        }
    }

    /// The connection is over: says what is known.
    pub(crate) fn close(&mut self, stamp: Stamp, context: Context<'_>, tell: &mut Vec<Observation>) {
        self.flush(context, tell);
        self.content.protocol.close(stamp, context, tell);
    }
}

impl Protocol {
    /// A stream of which nothing is known yet.
    pub(crate) fn undecided() -> Protocol {
        Protocol::Undecided(Undecided::default())
    }

    /// Whether anybody wants more.
    pub(crate) fn wants(&self) -> bool {
        !matches!(self, Protocol::Done { .. })
    }

    /// Takes the next bytes of a side, in order.
    #[expect(clippy::too_many_arguments, reason = "the parts of one piece of stream and where it belongs")]
    pub(crate) fn bytes(
        &mut self,
        side: Side,
        stamp: Stamp,
        bytes: &[u8],
        joined: [bool; 2],
        encrypted: &mut bool,
        context: Context<'_>,
        tell: &mut Vec<Observation>,
    ) {
        let ends = context.ends;
        let wants = match self {
            Protocol::Done { .. } => return,
            Protocol::Undecided(undecided) => {
                let Some(mut decided) = undecided.decide(side, stamp, bytes, joined, context) else { return };
                *encrypted |= matches!(decided, Protocol::Tls(_) | Protocol::Noise(_));
                for (side, stamp, bytes) in std::mem::take(&mut undecided.chunks) {
                    decided.bytes(side, stamp, &bytes, joined, encrypted, context, tell);
                }
                *self = decided;
                return;
            }
            Protocol::Json(dialogue) => {
                say(stamp, tell, |facts| dialogue.bytes(side, stamp, bytes, facts));
                dialogue.wants()
            }
            Protocol::Http(dialogue) => {
                say(stamp, tell, |facts| dialogue.bytes(side, stamp, bytes, facts));
                let wants = dialogue.wants();
                let switch = dialogue.take_switch();
                if let Some(switch) = switch {
                    self.close(stamp, context, tell);
                    if context.depth >= DEEPEST {
                        return;
                    }
                    let (carried, rest) = Carried::behind(switch, context);
                    *self = Protocol::Carried(Box::new(carried));
                    for (side, bytes) in rest {
                        self.bytes(side, stamp, &bytes, [false; 2], encrypted, context, tell);
                    }
                    return;
                }
                wants
            }
            Protocol::Carried(carried) => carried.bytes(side, stamp, bytes, encrypted, context, tell),
            Protocol::Xatum(dialogue) => {
                say(stamp, tell, |facts| dialogue.bytes(side, stamp, bytes, facts));
                dialogue.wants()
            }
            Protocol::V2(dialogue) => {
                say(stamp, tell, |facts| dialogue.bytes(side, stamp, bytes, facts));
                dialogue.wants()
            }
            Protocol::Noise(session) => {
                session.bytes(side, stamp, bytes);
                true
            }
            Protocol::Tls(hellos) => hellos.bytes(side, stamp, bytes, ends, tell),
            Protocol::Dns(stream) => {
                let (source, destination) = (ends.of(side).address, ends.of(side.other()).address);
                stream.bytes(side.index(), source, destination, stamp, bytes, tell);
                true
            }
            Protocol::Node(peers) => peers.bytes(side, bytes, ends, tell),
            Protocol::Announced(announced) => announced.bytes(side, stamp, bytes, ends, tell),
        };
        if !wants {
            self.close(stamp, context, tell);
        }
    }

    /// Bytes of a side are missing here.
    pub(crate) fn hole(&mut self, side: Side, stamp: Stamp, lost: u64) {
        match self {
            Protocol::Json(dialogue) => dialogue.hole(side, stamp, lost),
            Protocol::Http(dialogue) => dialogue.hole(side, stamp, lost),
            Protocol::Xatum(dialogue) => dialogue.hole(side, stamp, lost),
            Protocol::V2(dialogue) => dialogue.hole(side, stamp, lost),
            Protocol::Tls(hellos) => hellos.hole(side),
            Protocol::Dns(stream) => stream.hole(side.index()),
            Protocol::Carried(carried) => carried.hole(side, stamp, lost),
            Protocol::Undecided(undecided) => undecided.hole(side),
            Protocol::Node(peers) => peers.hole(side),
            Protocol::Announced(announced) => announced.hole(side),
            Protocol::Noise(_) | Protocol::Done { .. } => {}
        }
    }

    /// The stream is over: says what is known.
    pub(crate) fn close(&mut self, stamp: Stamp, context: Context<'_>, tell: &mut Vec<Observation>) {
        match self {
            Protocol::Json(dialogue) => say(stamp, tell, |facts| dialogue.close(stamp, facts)),
            Protocol::Http(dialogue) => {
                let switch = dialogue.take_unanswered_switch();
                say(stamp, tell, |facts| dialogue.close(stamp, facts));
                if let Some(switch) = switch.filter(|_| context.depth < DEEPEST) {
                    let (mut carried, rest) = Carried::behind(switch, context);
                    for (side, bytes) in rest {
                        carried.bytes(side, stamp, &bytes, &mut false, context, tell);
                    }
                    carried.close(stamp, context, tell);
                }
            }
            Protocol::Xatum(dialogue) => say(stamp, tell, |facts| dialogue.close(stamp, facts)),
            Protocol::V2(dialogue) => say(stamp, tell, |facts| dialogue.close(stamp, facts)),
            Protocol::Noise(session) => session.close(stamp, tell),
            Protocol::Tls(hellos) => hellos.close(context.ends, tell),
            Protocol::Dns(stream) => stream.close(tell),
            Protocol::Node(peers) => peers.close(context.ends, tell),
            Protocol::Carried(carried) => carried.close(stamp, context, tell),
            Protocol::Announced(_) | Protocol::Undecided(_) | Protocol::Done { .. } => {}
        }
        *self = Protocol::Done { recognised: self.is_recognised() };
    }
}

impl Protocol {
    /// Whether somebody knows what is spoken.
    fn is_recognised(&self) -> bool {
        match self {
            Protocol::Undecided(_) => false,
            Protocol::Done { recognised } => *recognised,
            _ => true,
        }
    }

    /// Whether mining is spoken, as far as is known.
    pub(crate) fn is_mining(&self) -> bool {
        match self {
            Protocol::Json(dialogue) => dialogue.is_mining(),
            Protocol::Http(dialogue) => dialogue.is_mining(),
            Protocol::Xatum(_) | Protocol::V2(_) => true,
            Protocol::Carried(carried) => carried.is_mining(),
            _ => false,
        }
    }

    /// Bytes of memory behind it.
    pub(crate) fn held(&self) -> usize {
        match self {
            Protocol::Undecided(undecided) => undecided.kept + undecided.chunks.len() * CHUNK_OVERHEAD,
            Protocol::Json(dialogue) => size_of::<Dialogue>() + dialogue.held(),
            Protocol::Http(dialogue) => size_of::<HttpDialogue>() + dialogue.held(),
            Protocol::Tls(hellos) => hellos.held(),
            Protocol::Dns(stream) => stream.held(),
            Protocol::Node(peers) => peers.held(),
            Protocol::Announced(announced) => announced.held(),
            Protocol::Carried(carried) => carried.held(),
            Protocol::Xatum(_) | Protocol::V2(_) | Protocol::Noise(_) => SMALL_DIALOGUE,
            Protocol::Done { .. } => 0,
        }
    }
}

/// Passes on the facts that a dialogue tells.
fn say(stamp: Stamp, tell: &mut Vec<Observation>, dialogue: impl FnOnce(&mut Vec<Fact>)) {
    let mut facts = Vec::new();
    dialogue(&mut facts);
    tell.extend(facts.into_iter().map(|fact| Observation { time: stamp.time, origin: stamp.origin, fact }));
}

impl Undecided {
    /// Takes more bytes; returns the protocol once it is known, [`Protocol::Done`] once nobody can want it. The bytes
    /// are then in `chunks`.
    fn decide(
        &mut self,
        side: Side,
        stamp: Stamp,
        bytes: &[u8],
        joined: [bool; 2],
        context: Context<'_>,
    ) -> Option<Protocol> {
        self.seen[side.index()] += bytes.len() as u64;
        let (client, first) = *self.first.get_or_insert((side, stamp));
        let shape = if joined == [false; 2] { self.runs.add(side, bytes.len()) } else { Shape::No };
        if shape == Shape::Yes {
            self.chunks.clear();
            return Some(Protocol::Noise(Box::new(NoiseSession::new(context.ends, client, first, stamp))));
        }
        // What this side said so far, without what belongs to the other. Only short beginnings are ever kept.
        let mut head: Vec<u8>;
        let so_far: &[u8] = if self.chunks.iter().any(|(from, ..)| *from == side) {
            head = Vec::with_capacity(self.kept + bytes.len());
            for (from, _, chunk) in &self.chunks {
                if *from == side {
                    head.extend_from_slice(chunk);
                }
            }
            head.extend_from_slice(bytes);
            &head
        } else {
            bytes
        };
        let mut undecided = false;
        let mut answer = |maybe: Maybe| {
            undecided |= maybe == Maybe::NeedMore;
            maybe == Maybe::Yes
        };
        let ends = context.ends;
        let is_dns = ends.a.port == 53 || ends.b.port == 53;
        let may_carry = context.depth < DEEPEST;
        let decided = if answer(tls::sniff(so_far)) {
            Some(Protocol::Tls(Box::new(Hellos::new(side))))
        } else if answer(tls::sniff_server(so_far)) {
            Some(Protocol::Tls(Box::new(Hellos::new(side.other()))))
        } else if is_dns && answer(dns::tcp::sniff(so_far)) {
            Some(Protocol::Dns(Box::default()))
        } else if may_carry && answer(socks::sniff(so_far)) {
            Some(Protocol::Carried(Box::new(Carried::socks(side, context))))
        } else if may_carry && answer(proxy_protocol::sniff(so_far)) {
            Some(Protocol::Carried(Box::new(Carried::proxy_header(side, context))))
        } else if may_carry && joined[side.index()] && answer(websocket::sniff(so_far).0) {
            let client = if websocket::sniff(so_far).1 { side } else { side.other() };
            Some(Protocol::Carried(Box::new(Carried::joined_websocket(client, context))))
        } else if answer(maybe(HttpDialogue::sniff(so_far))) {
            Some(Protocol::Http(Box::new(HttpDialogue::new(*ends, context.settings))))
        } else if answer(maybe(Dialogue::sniff(so_far))) {
            Some(Protocol::Json(Box::new(Dialogue::new(*ends, context.settings))))
        } else if answer(xatum::sniff(so_far)) {
            Some(Protocol::Xatum(Box::new(XatumDialogue::new(*ends, context.settings))))
        } else if answer(v2::sniff(so_far)) {
            Some(Protocol::V2(Box::new(V2Dialogue::new(*ends, side, context.settings))))
        } else if answer(node::sniff(so_far)) {
            Some(Protocol::Node(Box::new(Peers::new(side, stamp))))
        } else if answer(zmtp::sniff(so_far)) {
            Some(Protocol::Announced(Box::default()))
        } else {
            None
        };
        if decided.is_some() {
            self.chunks.push((side, stamp, bytes.to_vec()));
            return decided;
        }
        if undecided && self.kept + bytes.len() <= MOST_KEPT && self.chunks.len() < MOST_CHUNKS {
            self.kept += bytes.len();
            self.chunks.push((side, stamp, bytes.to_vec()));
            return None;
        }
        // This side's beginning is nothing we know. Mid-stream the next line may be; else the other side may still
        // answer in a protocol we know (a plain Stratum port answers anything), once.
        self.forget(side);
        let [a, b] = self.seen;
        let spoken = a > 0 && b > 0;
        let patient = joined[0] || joined[1] || !spoken || shape == Shape::Maybe;
        let over = a > MOST_UNDECIDED || b > MOST_UNDECIDED || !patient;
        over.then_some(Protocol::Done { recognised: false })
    }

    fn forget(&mut self, side: Side) {
        self.chunks.retain(|(from, ..)| *from != side);
        self.kept = self.chunks.iter().map(|(.., bytes)| bytes.len()).sum();
        if self.chunks.is_empty() {
            self.chunks = Vec::new();
        }
    }

    fn hole(&mut self, side: Side) {
        self.runs.spoil();
        self.forget(side);
    }
}

fn maybe(sniff: Sniff) -> Maybe {
    match sniff {
        Sniff::Yes => Maybe::Yes,
        Sniff::No => Maybe::No,
        Sniff::NeedMore => Maybe::NeedMore,
    }
}
