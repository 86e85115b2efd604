//! Peers of an address minute by minute, each way.

use super::few::{Few, Room};
use super::{MOST_MEMBERS, Number, observed, span, widen};
use model::{Contacts, Direction, FlowSummary, Observation, Span, Surge, Time};
use std::net::IpAddr;

/// A minute is told from so many peers on: one a second, the rate that Williamson's throttle lets through ("Throttling
/// Viruses", ACSAC 2002). What a detector asks for may be more, never less.
const LEAST_PEERS: usize = 60;
/// … and only where it is so many times the busiest minute before.
const LEAST_FACTOR: u64 = 2;

#[derive(Debug)]
pub(super) struct Host {
    /// The minute in which the address was first seen.
    born: i64,
    ways: [Pace; 2],
}

#[derive(Debug)]
struct Pace {
    /// The minute at hand.
    minute: i64,
    span: Option<Span>,
    tried: u64,
    empty: u64,
    peers: Few<Number>,
    busiest_before: u64,
}

impl Host {
    pub(super) const fn new(first: Time) -> Host {
        let minute = first.secs().div_euclid(60);
        Host { born: minute, ways: [Pace::new(minute), Pace::new(minute)] }
    }

    /// Counts a connection. Whether there are more peers in this minute than are told apart.
    #[allow(clippy::too_many_arguments, reason = "one flow and where it counts")]
    pub(super) fn add(
        &mut self,
        whose: IpAddr,
        direction: Direction,
        peer: Number,
        flow: &FlowSummary,
        empty: bool,
        room: &mut Room,
        tell: &mut Vec<Observation>,
    ) -> bool {
        let minute = flow.first.secs().div_euclid(60);
        let Some(pace) = self.ways.get_mut(direction as usize) else { return false };
        if minute > pace.minute {
            tell.extend(pace.said(whose, direction, self.born).map(observed));
            pace.restart(minute, room);
        }
        // What comes late belongs to a minute that was judged: it is left out, not counted into another.
        if minute == pace.minute {
            pace.tried = pace.tried.saturating_add(1);
            pace.empty = pace.empty.saturating_add(u64::from(empty));
            widen(pace.span.get_or_insert(span(flow)), flow);
            pace.peers.add(peer, MOST_MEMBERS, room);
        }
        pace.peers.count().or_more
    }

    /// Tells the minutes at hand.
    pub(super) fn finish(&mut self, whose: IpAddr, room: &mut Room, tell: &mut Vec<Observation>) {
        for (pace, direction) in self.ways.iter_mut().zip([Direction::Opened, Direction::Received]) {
            tell.extend(pace.said(whose, direction, self.born).map(observed));
            pace.peers.clear(room);
        }
    }
}

impl Pace {
    const fn new(minute: i64) -> Pace {
        Pace { minute, span: None, tried: 0, empty: 0, peers: Few::new(), busiest_before: 0 }
    }

    fn restart(&mut self, minute: i64, room: &mut Room) {
        let busiest_before = self.busiest_before.max(self.peers.len() as u64);
        self.peers.clear(room);
        *self = Pace { busiest_before, ..Pace::new(minute) };
    }

    fn said(&self, address: IpAddr, direction: Direction, born: i64) -> Option<Contacts> {
        let peers = self.peers.count();
        let minutes_before = u64::try_from(self.minute.saturating_sub(born)).unwrap_or(0);
        if self.peers.len() < LEAST_PEERS
            || minutes_before == 0
            || peers.count < self.busiest_before.saturating_mul(LEAST_FACTOR)
        {
            return None;
        }
        Some(Contacts::Surge(Box::new(Surge {
            address,
            direction,
            span: self.span?,
            tried: self.tried,
            empty: self.empty,
            peers,
            busiest_before: self.busiest_before,
            minutes_before,
        })))
    }
}
