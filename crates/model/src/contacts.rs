//! Whom an address tried to reach: counts over many connections, for what no single connection shows.

use crate::{Endpoint, Origin, Time};
use std::net::IpAddr;

/// Counts over the connections of one window of time. TCP only: without a handshake nobody can say that a datagram
/// was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contacts {
    /// One source failed at many addresses on one port.
    Sweep(Box<Sweep>),
    /// One source failed at many ports of one address.
    Knocks(Box<Knocks>),
    /// One source had many connections with one login service.
    Logins(Box<Logins>),
    /// A minute in which an address had to do with more others than in its busiest minute before.
    Surge(Box<Surge>),
}

/// How attempts ended that never became a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failed {
    /// A reset came back.
    pub refused: u64,
    /// Nothing came back.
    pub unanswered: u64,
}

/// A count of different things that stops at a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct AtLeast {
    /// How many were told apart.
    pub count: u64,
    /// There may have been more.
    pub or_more: bool,
}

/// From when to when, and where it begins and ends in the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First packet of the first connection.
    pub first: Time,
    /// First packet of the last connection.
    pub last: Time,
    /// Where the first connection begins.
    pub begins: Origin,
    /// Where the last one begins.
    pub ends: Origin,
}

/// One source, one port, many addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sweep {
    /// Who.
    pub source: IpAddr,
    /// Which port of the others.
    pub port: u16,
    /// When.
    pub span: Span,
    /// Connections tried in the window, whatever became of them.
    pub tried: u64,
    /// Different addresses where it failed.
    pub targets: AtLeast,
    /// Different addresses that answered.
    pub answered: AtLeast,
    /// How attempts failed.
    pub failed: Failed,
    /// Some of the addresses where it failed, lowest first.
    pub some: Vec<IpAddr>,
    /// Who had a conversation with the *source* on this port, and when first; the earliest, at most 16.
    pub reached_by: Vec<(IpAddr, Time)>,
}

/// One source, one address, many ports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Knocks {
    /// Who.
    pub source: IpAddr,
    /// Whom.
    pub target: IpAddr,
    /// When.
    pub span: Span,
    /// Different ports where it failed.
    pub ports: AtLeast,
    /// How attempts failed.
    pub failed: Failed,
}

/// One connection of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Long {
    /// Its first packet.
    pub first: Time,
    /// Its last packet.
    pub last: Time,
    /// Payload each way: client's, server's.
    pub payload: [u64; 2],
    /// The client's end.
    pub client: Endpoint,
    /// Where it begins.
    pub begins: Origin,
}

/// One source at one login service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logins {
    /// Who.
    pub source: IpAddr,
    /// Where.
    pub server: Endpoint,
    /// When: the short connections.
    pub span: Span,
    /// Short connections with payload both ways: as long as a login that fails.
    pub short: u64,
    /// The most of them within ten minutes.
    pub busiest: u64,
    /// Their payload, both ways, all together; without `largest`.
    pub payload: u64,
    /// The connection that carried most, short or not.
    pub largest: Long,
    /// How many connections carried or lasted more than a login that fails.
    pub longs: u64,
}

/// Which way connections went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The address opened them.
    Opened,
    /// Others opened them.
    Received,
}

/// A minute of one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surge {
    /// Whose.
    pub address: IpAddr,
    /// Which way.
    pub direction: Direction,
    /// When: within one minute.
    pub span: Span,
    /// Connections in it.
    pub tried: u64,
    /// Those of them that failed or never carried anything.
    pub empty: u64,
    /// Different others in it.
    pub peers: AtLeast,
    /// Different others in the busiest minute before.
    pub busiest_before: u64,
    /// Whole minutes watched before, quiet ones included.
    pub minutes_before: u64,
}
