//! A stream inside a stream: what a proxy, a balancer or a WebSocket carries is read like any other stream.
//!
//! Each carrier is one file that takes the bytes of both sides and hands on what it carries. The inner stream has its
//! own protocol, recognised by the same recognisers, at most [`DEEPEST`] carriers deep; what it says is marked with
//! how it was carried.

mod proxy_header;
mod socks;
#[cfg(test)]
mod tests;
mod tunnel;
mod websocket;

use crate::sessions::{Stamp, Switch, Switched};
use crate::stream::{Context, Protocol};
use model::{Carriage, Fact, Observation, Side, Target, Tunnel};

/// Most carriers around one stream: a WebSocket inside TLS-less CONNECT inside SOCKS behind a balancer is four.
pub(crate) const DEEPEST: u8 = 4;

/// What a carrier's own buffers take: an inflater's window and a frame's beginning.
const CARRIER_BUFFERS: usize = 64 << 10;

/// What a carrier hands on.
#[derive(Debug)]
enum Inner<'a> {
    /// Bytes of the inner stream.
    Bytes(&'a [u8]),
    /// Part of the inner stream of this side could not be read.
    Hole,
}

/// What a carrier knows after some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It goes on.
    Open,
    /// Not this carrier after all, refused, or over.
    Over,
}

#[derive(Debug)]
enum Carrier {
    Socks(socks::Socks),
    ProxyHeader(proxy_header::ProxyHeader),
    Tunnel,
    WebSocket(Box<websocket::WebSocket>),
}

/// A carrier and the stream inside it.
pub(crate) struct Carried {
    carrier: Carrier,
    inner: Protocol,
    carriage: Carriage,
    client: Side,
    depth: u8,
    /// The target, until it is told.
    untold: Option<(&'static str, Target)>,
    granted: Option<bool>,
}

impl std::fmt::Debug for Carried {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Carried").field("carrier", &self.carrier).field("inner", &self.inner).finish()
    }
}

impl Carried {
    fn new(carrier: Carrier, client: Side, carriage: Carriage, context: Context<'_>) -> Carried {
        Carried {
            carrier,
            inner: Protocol::undecided(),
            carriage,
            client,
            depth: context.depth.saturating_add(1),
            untold: None,
            granted: None,
        }
    }

    /// A stream whose `client` begins as SOCKS clients do.
    pub(crate) fn socks(client: Side, context: Context<'_>) -> Carried {
        Carried::new(Carrier::Socks(socks::Socks::new(client)), client, Carriage::default(), context)
    }

    /// A stream that begins with a balancer's header.
    pub(crate) fn proxy_header(client: Side, context: Context<'_>) -> Carried {
        let carriage = Carriage { via: vec!["proxy-protocol".to_owned()], ..Carriage::default() };
        let carrier = Carrier::ProxyHeader(proxy_header::ProxyHeader::new(client));
        Carried::new(carrier, client, carriage, context)
    }

    /// A WebSocket whose handshake was not seen.
    pub(crate) fn joined_websocket(client: Side, context: Context<'_>) -> Carried {
        let carriage = Carriage { via: vec!["websocket".to_owned()], ..Carriage::default() };
        Carried::new(Carrier::WebSocket(Box::new(websocket::WebSocket::joined())), client, carriage, context)
    }

    /// What follows an HTTP switch, and the bytes of it that came already.
    pub(crate) fn behind(switch: Switch, context: Context<'_>) -> (Carried, Vec<(Side, Vec<u8>)>) {
        let Switch { client, to, rest } = switch;
        let carried = match to {
            Switched::Tunnel(target) => {
                let via = vec![format!("{} {}", tunnel::WORD, proxy(client, context))];
                let carriage = Carriage { via, target: target.clone(), ..Carriage::default() };
                let mut carried = Carried::new(Carrier::Tunnel, client, carriage, context);
                carried.untold = target.map(|target| (tunnel::WORD, target));
                carried.granted = Some(true);
                carried
            }
            Switched::WebSocket { page, extensions } => {
                let carriage = Carriage { via: vec!["websocket".to_owned()], page, ..Carriage::default() };
                let websocket = websocket::WebSocket::new(client, extensions.as_deref());
                Carried::new(Carrier::WebSocket(Box::new(websocket)), client, carriage, context)
            }
        };
        (carried, rest)
    }

    /// Takes bytes of a side; returns whether more are wanted.
    pub(crate) fn bytes(
        &mut self,
        side: Side,
        stamp: Stamp,
        bytes: &[u8],
        encrypted: &mut bool,
        context: Context<'_>,
        tell: &mut Vec<Observation>,
    ) -> bool {
        let Carried { carrier, inner, carriage, depth, .. } = self;
        let mut said = Vec::new();
        let deeper =
            Context { depth: *depth, target: carriage.target.as_ref().or(context.target), ..context };
        let mut hand = |piece: Inner<'_>| match piece {
            Inner::Bytes([]) => {}
            Inner::Bytes(bytes) => {
                inner.bytes(side, stamp, bytes, [false; 2], encrypted, deeper, &mut said);
            }
            Inner::Hole => inner.hole(side, stamp, 1),
        };
        let state = match carrier {
            Carrier::Socks(socks) => socks.bytes(side, bytes, &mut hand),
            Carrier::ProxyHeader(header) => header.bytes(side, bytes, &mut hand),
            Carrier::Tunnel => {
                hand(Inner::Bytes(bytes));
                State::Open
            }
            Carrier::WebSocket(websocket) => websocket.bytes(side, bytes, &mut hand),
        };
        self.learn(context);
        self.tell_target(stamp, context, tell, !said.is_empty());
        self.pass_on(said, tell);
        state == State::Open && self.inner.wants()
    }

    /// Bytes of a side are missing here.
    pub(crate) fn hole(&mut self, side: Side, stamp: Stamp, lost: u64) {
        if let Carrier::WebSocket(websocket) = &mut self.carrier {
            websocket.hole(side);
        }
        self.inner.hole(side, stamp, lost);
    }

    /// Whether mining is spoken inside, as far as is known.
    pub(crate) fn is_mining(&self) -> bool {
        self.inner.is_mining()
    }

    /// Bytes of memory behind it.
    pub(crate) fn held(&self) -> usize {
        size_of::<Carried>() + CARRIER_BUFFERS + self.inner.held()
    }

    /// The stream is over: says what is known.
    pub(crate) fn close(&mut self, stamp: Stamp, context: Context<'_>, tell: &mut Vec<Observation>) {
        self.learn(context);
        self.tell_target(stamp, context, tell, true);
        let mut said = Vec::new();
        let target = self.carriage.target.as_ref().or(context.target);
        self.inner.close(stamp, Context { depth: self.depth, target, ..context }, &mut said);
        self.pass_on(said, tell);
    }

    /// What the carrier's own words say.
    fn learn(&mut self, context: Context<'_>) {
        match &self.carrier {
            Carrier::Socks(socks) => {
                self.granted = socks.granted();
                if let (None, Some((word, target))) = (&self.carriage.target, socks.target()) {
                    self.carriage.via = vec![format!("{word} {}", proxy(self.client, context))];
                    self.carriage.target = Some(target.clone());
                    self.untold = Some((word, target.clone()));
                }
            }
            Carrier::ProxyHeader(header) => self.carriage.client = header.client(),
            Carrier::Tunnel | Carrier::WebSocket(_) => {}
        }
    }

    /// Tells the target once: when the proxy has answered, or when it must be told now.
    fn tell_target(&mut self, stamp: Stamp, context: Context<'_>, tell: &mut Vec<Observation>, now: bool) {
        if self.granted.is_none() && !now {
            return;
        }
        let Some((carrier, target)) = self.untold.take() else { return };
        let fact = Fact::Tunnel(Box::new(Tunnel {
            flow: context.ends.flow,
            client: context.ends.of(self.client),
            server: context.ends.of(self.client.other()),
            carrier,
            target,
            granted: self.granted,
        }));
        tell.push(Observation { time: stamp.time, origin: stamp.origin, fact });
    }

    /// Marks what the inner stream said with how it was carried.
    fn pass_on(&self, said: Vec<Observation>, tell: &mut Vec<Observation>) {
        tell.extend(said.into_iter().map(|mut observation| {
            if let Fact::Session(session) = &mut observation.fact {
                session.carriage.put_inside(&self.carriage);
            }
            observation
        }));
    }
}

/// The proxy a client speaks to: the target of the carrier around it, else the other end.
fn proxy(client: Side, context: Context<'_>) -> String {
    context.target.map_or_else(|| context.ends.of(client.other()).to_string(), ToString::to_string)
}

/// Fuzz entry: arbitrary bytes of both sides as one stream, carriers and all. The first byte of each piece says whose it
/// is, how long, and whether bytes are missing before it.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    use crate::sessions::{Ends, Settings};
    use model::{At, Endpoint, EvidenceId, FlowId, Origin, Time};
    let end = |port| Endpoint::new(std::net::Ipv4Addr::LOCALHOST.into(), port);
    let origin = Origin { evidence: EvidenceId(0), at: At::Packet(1) };
    let stamp = Stamp { time: Time::from_secs(1), origin };
    let (first, data) = data.split_first().map_or((0, data), |(first, rest)| (*first, rest));
    let opener = (first & 1 == 1).then_some(Side::A);
    let ends = Ends { a: end(1), b: end(2), opener, flow: FlowId(origin) };
    let context = Context { ends: &ends, settings: &Settings::default(), depth: 0, target: None };
    let (mut protocol, mut tell, mut encrypted) = (Protocol::undecided(), Vec::new(), false);
    let mut rest = data;
    while let Some((head, after)) = rest.split_first() {
        let (piece, next) = after.split_at(after.len().min(usize::from(head >> 2) * 8 + 1));
        let side = if head & 1 == 0 { Side::A } else { Side::B };
        if head & 2 == 2 {
            protocol.hole(side, stamp, 1);
        }
        protocol.bytes(side, stamp, piece, [opener.is_none(); 2], &mut encrypted, context, &mut tell);
        rest = next;
        for told in tell.drain(..) {
            if let Fact::Session(session) = told.fact {
                assert!(session.carriage.via.len() <= usize::from(DEEPEST), "carriers are bounded");
            }
        }
    }
    protocol.close(stamp, context, &mut tell);
}
