//! Questions to resolvers paired with their answers, over UDP or TCP.

use crate::sessions::Stamp;
use model::{Fact, LookUp, LookUpResult, Observation};
use parse::app::dns::{Data, Kind, Message, parse, tcp};
use std::net::IpAddr;

/// Questions without an answer that are kept per flow; a stub resolver has a few under way.
const MOST_OPEN: usize = 16;
/// Addresses kept of one answer.
const MOST_ADDRESSES: usize = 32;
/// Names kept of one CNAME chain; RFC 1034 expects short ones, resolvers stop at 8 to 17.
const MOST_ALIASES: usize = 16;
/// Bytes kept of an unfinished message over TCP: its length field has 16 bits.
const MOST_PARTIAL: usize = 2 + 65_535;

#[derive(Debug)]
struct Open {
    id: u16,
    name: String,
    kind: Kind,
    by: IpAddr,
    resolver: IpAddr,
    stamp: Stamp,
}

/// Questions of one flow that wait for their answers.
#[derive(Debug, Default)]
pub(crate) struct Questions {
    open: Vec<Open>,
}

impl Questions {
    /// Takes one DNS message sent from `source` to `destination`.
    pub(crate) fn message(
        &mut self,
        bytes: &[u8],
        source: IpAddr,
        destination: IpAddr,
        stamp: Stamp,
        tell: &mut Vec<Observation>,
    ) {
        let Ok(message) = parse(bytes) else { return };
        if message.opcode != 0 {
            return;
        }
        if message.is_response {
            self.answer(&message, destination, source, stamp, tell);
        } else {
            for question in message.questions.into_iter().filter(|question| asks_for_address(question.kind)) {
                let (by, resolver) = (source, destination);
                let known = |open: &Open| open.id == message.id && open.name == question.name;
                if self.open.len() < MOST_OPEN && !self.open.iter().any(known) {
                    self.open.push(Open {
                        id: message.id,
                        name: question.name,
                        kind: question.kind,
                        by,
                        resolver,
                        stamp,
                    });
                }
            }
        }
    }

    fn answer(
        &mut self,
        message: &Message,
        by: IpAddr,
        resolver: IpAddr,
        stamp: Stamp,
        tell: &mut Vec<Observation>,
    ) {
        let Some(question) = message.questions.first() else { return };
        if !asks_for_address(question.kind) {
            return;
        }
        let same =
            |open: &Open| open.id == message.id && open.name == question.name && open.kind == question.kind;
        if let Some(place) = self.open.iter().position(same) {
            self.open.remove(place);
        }
        let mut addresses = Vec::new();
        let mut aliases = Vec::new();
        let mut ttl_secs = u32::MAX;
        for record in message.answers() {
            match &record.data {
                Data::A(address) => addresses.push(IpAddr::V4(*address)),
                Data::Aaaa(address) => addresses.push(IpAddr::V6(*address)),
                Data::Cname(name) => aliases.push(name.clone()),
                Data::Service(service) => {
                    addresses.extend(service.ipv4_hints.iter().map(|&address| IpAddr::V4(address)));
                    addresses.extend(service.ipv6_hints.iter().map(|&address| IpAddr::V6(address)));
                }
                _ => continue,
            }
            ttl_secs = ttl_secs.min(record.ttl_secs);
        }
        addresses.truncate(MOST_ADDRESSES);
        aliases.truncate(MOST_ALIASES);
        let result = match message.rcode {
            0 if addresses.is_empty() => LookUpResult::Nothing,
            0 => LookUpResult::Addresses(addresses),
            3 => LookUpResult::NoSuchName,
            other => LookUpResult::Failed(other),
        };
        let ttl_secs = if ttl_secs == u32::MAX { 0 } else { ttl_secs };
        let fact = LookUp { by, resolver, name: question.name.clone(), aliases, result, ttl_secs };
        tell.push(observe(stamp, fact));
    }

    /// The flow is over: what is still open was never answered.
    pub(crate) fn close(&mut self, tell: &mut Vec<Observation>) {
        for open in self.open.drain(..) {
            let fact = LookUp {
                by: open.by,
                resolver: open.resolver,
                name: open.name,
                aliases: Vec::new(),
                result: LookUpResult::Unanswered,
                ttl_secs: 0,
            };
            tell.push(observe(open.stamp, fact));
        }
    }
}

/// Address questions are what leads to connections; the rest (PTR, TXT, …) says nothing of a pool.
fn asks_for_address(kind: Kind) -> bool {
    matches!(kind, Kind::A | Kind::AAAA | Kind::HTTPS | Kind::SVCB | Kind::ANY | Kind::CNAME)
}

fn observe(stamp: Stamp, fact: LookUp) -> Observation {
    Observation { time: stamp.time, origin: stamp.origin, fact: Fact::LookUp(Box::new(fact)) }
}

/// DNS over one TCP connection.
#[derive(Debug, Default)]
pub(crate) struct DnsStream {
    questions: Questions,
    partial: [Vec<u8>; 2],
    lost: [bool; 2],
}

impl DnsStream {
    pub(crate) fn bytes(
        &mut self,
        side: usize,
        source: IpAddr,
        destination: IpAddr,
        stamp: Stamp,
        bytes: &[u8],
        tell: &mut Vec<Observation>,
    ) {
        if self.lost[side] || self.partial[side].len() + bytes.len() > 2 * MOST_PARTIAL {
            return;
        }
        self.partial[side].extend_from_slice(bytes);
        let mut messages = tcp::messages(&self.partial[side]);
        for message in messages.by_ref() {
            self.questions.message(message, source, destination, stamp, tell);
        }
        let consumed = messages.consumed();
        self.partial[side].drain(..consumed);
    }

    /// Bytes of memory behind it.
    pub(crate) fn held(&self) -> usize {
        size_of::<DnsStream>() + self.partial.iter().map(Vec::capacity).sum::<usize>()
    }

    /// After a hole the framing of that direction is lost.
    pub(crate) fn hole(&mut self, side: usize) {
        self.lost[side] = true;
        self.partial[side] = Vec::new();
    }

    pub(crate) fn close(&mut self, tell: &mut Vec<Observation>) {
        self.questions.close(tell);
    }
}
