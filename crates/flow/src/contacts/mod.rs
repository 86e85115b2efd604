//! Whom each address tried to reach, counted over flows in windows of time, in bounded memory.
//!
//! It reads the summaries of flows, in the order in which they are told, and nothing per packet. What ordinary traffic
//! costs are a few look-ups per connection; tables for what failed are filled by what failed only. Windows begin with
//! the first connection that falls into them (as Zeek's `SumStats` epochs do); a summary that comes late, because its
//! flow was evicted later than another that began after it, counts into the window at hand.
//!
//! A flood from addresses that never come again must neither fill the tables nor push others out: once a target has
//! more peers in a minute than are told apart, new sources that fail there are no longer remembered, only counted at
//! the target. Nor does a sweep over many addresses make a page for each, or knocking at many ports.

mod book;
mod few;
mod host;
mod logins;
mod sweep;

use book::Book;
use few::Room;
use host::Host;
use logins::Run;
use model::{
    Closed, Contacts, Direction, Fact, Failed, FlowSummary, Gap, Message, Observation, Opened, Origin, Span,
    Time, Transport,
};
use std::net::{IpAddr, Ipv6Addr};
use sweep::{Door, Fan, Knock};

/// Addresses and ports told apart in one window: forty times what any threshold asks for.
const MOST_MEMBERS: usize = 1024;
/// Bytes of a page with its place in the index, rounded up from the largest.
const BYTES_PER_PAGE: usize = 512;
/// Bytes of a member of a set: 16, and as much again for the room that a vector grows into.
const BYTES_PER_MEMBER: usize = 32;
/// Tables.
const BOOKS: usize = 5;

/// An address as a number, IPv4 inside IPv6.
type Number = u128;

/// What became of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// A reset came back.
    Refused,
    /// Nothing came back.
    Unanswered,
    /// Something came back, and no conversation was seen.
    Answered,
    /// Payload both ways.
    Conversed,
}

/// Counts contacts.
#[derive(Debug)]
pub struct ContactBook {
    hosts: Book<Number, Host>,
    fans: Book<(Number, u16), Fan>,
    knocks: Book<(Number, Number), Knock>,
    doors: Book<(Number, u16), Door>,
    runs: Book<(Number, Number, u16), Run>,
    room: Room,
    /// Pages given up whose window was still open, and where the first was.
    forgotten: u64,
    forgotten_at: Option<Origin>,
}

impl ContactBook {
    /// Empty books that together take at most so many bytes.
    #[must_use]
    pub fn within(bytes: usize) -> ContactBook {
        let pages = (bytes / 2 / BYTES_PER_PAGE / BOOKS).max(64);
        ContactBook {
            hosts: Book::new(pages),
            fans: Book::new(pages),
            knocks: Book::new(pages),
            doors: Book::new(pages),
            runs: Book::new(pages),
            room: Room((bytes / 2 / BYTES_PER_MEMBER).max(MOST_MEMBERS)),
            forgotten: 0,
            forgotten_at: None,
        }
    }

    /// Takes a flow that is over; tells what a window that ended with it came to.
    pub fn see(&mut self, flow: &FlowSummary, tell: &mut Vec<Observation>) {
        if flow.transport != Transport::Tcp {
            return;
        }
        let Some(fate) = fate(flow) else { return };
        let failed = matches!(fate, Fate::Refused | Fate::Unanswered);
        let (source, target) = (number(flow.client.address), number(flow.server.address));
        let port = flow.server.port;
        let full = self.host(target, flow, Direction::Received, source, fate, tell);
        if full && failed && self.hosts.find(&source).is_none() {
            return;
        }
        self.host(source, flow, Direction::Opened, target, fate, tell);
        if failed {
            self.failed((source, target, port), flow, fate, tell);
        } else {
            if let Some(fan) = self.fans.find(&(source, port)) {
                let ended = fan.add(target, flow, fate, &mut self.room);
                tell.extend(ended.then(|| self.tell_fan(source, port)).flatten());
                self.restart_fan(ended, (source, port), target, flow, fate);
            }
            if fate == Fate::Conversed {
                let (door, _) = self.doors.open((target, port), Door::default);
                if let Some(door) = door {
                    door.add(source, flow.first);
                }
                self.login((source, target, port), flow, tell);
            }
        }
    }

    /// The evidence has ended: tells every window that is still open.
    pub fn finish(&mut self, tell: &mut Vec<Observation>) {
        for (number, mut host) in self.hosts.drain() {
            host.finish(address(number), &mut self.room, tell);
        }
        for ((source, port), fan) in self.fans.drain() {
            let door = self.doors.find(&(source, port));
            tell.extend(fan.said(address(source), port, door.as_deref()).map(observed));
        }
        for ((source, target), knock) in self.knocks.drain() {
            tell.extend(knock.said(address(source), address(target)).map(observed));
        }
        for ((source, target, port), run) in self.runs.drain() {
            tell.extend(run.said(address(source), address(target), port).map(observed));
        }
        self.doors.drain();
    }

    /// What was forgotten before it was counted to its end.
    #[must_use]
    pub fn gap(&self) -> Option<Gap> {
        let origin = self.forgotten_at?;
        let reason = Message::new("gap-contacts-forgotten");
        Some(Gap { evidence: origin.evidence, at: origin.at, reason, count: self.forgotten })
    }

    /// Counts at one end. Whether it has more peers in this minute than are told apart.
    fn host(
        &mut self,
        whose: Number,
        flow: &FlowSummary,
        direction: Direction,
        peer: Number,
        fate: Fate,
        tell: &mut Vec<Observation>,
    ) -> bool {
        let (host, old) = self.hosts.open(whose, || Host::new(flow.first));
        let empty = fate != Fate::Conversed;
        let full = host
            .is_some_and(|host| host.add(address(whose), direction, peer, flow, empty, &mut self.room, tell));
        if let Some((number, mut host)) = old {
            host.finish(address(number), &mut self.room, tell);
        }
        full
    }

    fn failed(
        &mut self,
        (source, target, port): (Number, Number, u16),
        flow: &FlowSummary,
        fate: Fate,
        tell: &mut Vec<Observation>,
    ) {
        let knocks = self.knocks.find(&(source, target)).map_or(0, |knock| knock.ports(flow.first));
        let swept = self.fans.find(&(source, port)).map_or(0, |fan| fan.targets(flow.first));
        // What already is a sweep makes no page for each address, and knocking none for each port.
        if swept > 0 || knocks < sweep::MANY_PORTS {
            let (fan, old) = self.fans.open((source, port), || Fan::new(flow));
            let ended = fan.is_some_and(|fan| fan.add(target, flow, fate, &mut self.room));
            if let Some(((source, port), mut fan)) = old {
                let door = self.doors.find(&(source, port));
                tell.extend(fan.said(address(source), port, door.as_deref()).map(observed));
                self.forget(fan.open_at(flow.first));
                fan.clear(&mut self.room);
            }
            tell.extend(ended.then(|| self.tell_fan(source, port)).flatten());
            self.restart_fan(ended, (source, port), target, flow, fate);
        }
        if knocks > 0 || swept < sweep::MANY_TARGETS {
            let (knock, old) = self.knocks.open((source, target), || Knock::new(flow));
            if let Some(knock) = knock
                && knock.add(port, flow, fate, &mut self.room)
            {
                tell.extend(knock.said(address(source), address(target)).map(observed));
                knock.restart(port, flow, fate, &mut self.room);
            }
            if let Some(((source, target), mut knock)) = old {
                tell.extend(knock.said(address(source), address(target)).map(observed));
                self.forget(knock.open_at(flow.first));
                knock.clear(&mut self.room);
            }
        }
    }

    fn tell_fan(&mut self, source: Number, port: u16) -> Option<Observation> {
        let door = self.doors.find(&(source, port));
        let fan = self.fans.find(&(source, port))?;
        fan.said(address(source), port, door.as_deref()).map(observed)
    }

    fn restart_fan(
        &mut self,
        ended: bool,
        key: (Number, u16),
        target: Number,
        flow: &FlowSummary,
        fate: Fate,
    ) {
        if let Some(fan) = self.fans.find(&key).filter(|_| ended) {
            fan.restart(target, flow, fate, &mut self.room);
        }
    }

    fn login(&mut self, key: (Number, Number, u16), flow: &FlowSummary, tell: &mut Vec<Observation>) {
        let (source, target, port) = key;
        if !logins::is_service(port) {
            return;
        }
        if logins::is_short(flow) {
            let (run, old) = self.runs.open(key, || Run::new(flow));
            if let Some(run) = run {
                if run.is_over(flow.first) {
                    tell.extend(run.said(address(source), address(target), port).map(observed));
                    *run = Run::new(flow);
                }
                run.short(flow);
            }
            if let Some(((source, target, port), run)) = old {
                tell.extend(run.said(address(source), address(target), port).map(observed));
                self.forget((!run.is_over(flow.first)).then_some(run.begins()));
            }
        } else if let Some(run) = self.runs.find(&key)
            && !run.is_over(flow.first)
        {
            run.long(flow);
        }
    }

    fn forget(&mut self, begins: Option<Origin>) {
        if let Some(begins) = begins {
            self.forgotten = self.forgotten.saturating_add(1);
            self.forgotten_at.get_or_insert(begins);
        }
    }
}

/// What became of a connection; `None` where the evidence cannot say: joined in the middle, or one side only.
fn fate(flow: &FlowSummary) -> Option<Fate> {
    if flow.opened == Opened::Unseen {
        return None;
    }
    let [client, server] = flow.payload;
    let ended = matches!(flow.closed, Closed::Fin | Closed::Reset);
    match (flow.opened, flow.packets[1]) {
        _ if client > 0 && server > 0 => Some(Fate::Conversed),
        (Opened::Syn, _) if flow.refused => Some(Fate::Refused),
        // Who goes on after a SYN that nobody answered was answered where we do not see it.
        (Opened::Syn, 0) if client == 0 && !ended => Some(Fate::Unanswered),
        (_, 0) => None,
        _ if flow.packets[0] == 0 => None,
        _ => Some(Fate::Answered),
    }
}

fn number(address: IpAddr) -> Number {
    match address {
        IpAddr::V4(four) => four.to_ipv6_mapped().to_bits(),
        IpAddr::V6(six) => six.to_bits(),
    }
}

fn address(number: Number) -> IpAddr {
    IpAddr::V6(Ipv6Addr::from_bits(number)).to_canonical()
}

fn observed(contacts: Contacts) -> Observation {
    let span = match &contacts {
        Contacts::Sweep(one) => one.span,
        Contacts::Knocks(one) => one.span,
        Contacts::Logins(one) => one.span,
        Contacts::Surge(one) => one.span,
    };
    Observation { time: span.last, origin: span.begins, fact: Fact::Contacts(contacts) }
}

/// The span of one flow, by where it begins.
fn span(flow: &FlowSummary) -> Span {
    Span { first: flow.first, last: flow.first, begins: flow.flow.0, ends: flow.flow.0 }
}

/// Widens a span by a flow.
fn widen(span: &mut Span, flow: &FlowSummary) {
    if flow.first < span.first {
        (span.first, span.begins) = (flow.first, flow.flow.0);
    }
    if flow.first >= span.last {
        (span.last, span.ends) = (flow.first, flow.flow.0);
    }
}

fn count(failed: &mut Failed, fate: Fate) {
    match fate {
        Fate::Refused => failed.refused = failed.refused.saturating_add(1),
        Fate::Unanswered => failed.unanswered = failed.unanswered.saturating_add(1),
        Fate::Answered | Fate::Conversed => {}
    }
}

/// Whether a window that began at `begins` is over at `now`.
fn is_over(begins: Time, now: Time, secs: i64) -> bool {
    now.since(begins) >= secs * 1_000_000_000
}

#[cfg(test)]
mod tests;
