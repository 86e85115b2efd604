//! What failed: one source at many addresses on one port, and at many ports of one address.

use super::few::{Few, Room};
use super::{Fate, MOST_MEMBERS, Number, address, count, is_over, span, widen};
use model::{Contacts, Failed, FlowSummary, Knocks, Origin, Span, Sweep, Time};
use std::net::IpAddr;

/// Seconds of a window: Zeek's `addr_scan_interval` and `port_scan_interval`, 5 minutes (policy/misc/scan.zeek).
const WINDOW_SECS: i64 = 300;
/// Zeek's `addr_scan_threshold`: from here on it is a sweep.
pub(super) const MANY_TARGETS: usize = 25;
/// Zeek's `port_scan_threshold`: from here on it is knocking.
pub(super) const MANY_PORTS: usize = 15;
/// From here on a window is told. What a detector asks for may be more, never less.
const LEAST: usize = 5;
/// Addresses that are named.
const NAMED: usize = 16;

/// One source and one port.
#[derive(Debug)]
pub(super) struct Fan {
    span: Span,
    tried: u64,
    failed: Failed,
    targets: Few<Number>,
    answered: Few<Number>,
}

impl Fan {
    pub(super) fn new(flow: &FlowSummary) -> Fan {
        Fan {
            span: span(flow),
            tried: 0,
            failed: Failed::default(),
            targets: Few::new(),
            answered: Few::new(),
        }
    }

    /// Counts a connection, unless the window is over: then nothing is counted and the answer is yes.
    pub(super) fn add(&mut self, target: Number, flow: &FlowSummary, fate: Fate, room: &mut Room) -> bool {
        if is_over(self.span.first, flow.first, WINDOW_SECS) {
            return true;
        }
        widen(&mut self.span, flow);
        self.tried = self.tried.saturating_add(1);
        count(&mut self.failed, fate);
        match fate {
            Fate::Refused | Fate::Unanswered => self.targets.add(target, MOST_MEMBERS, room),
            Fate::Answered | Fate::Conversed => self.answered.add(target, MOST_MEMBERS, room),
        }
        false
    }

    /// Begins the next window with a connection.
    pub(super) fn restart(&mut self, target: Number, flow: &FlowSummary, fate: Fate, room: &mut Room) {
        self.clear(room);
        *self = Fan::new(flow);
        self.add(target, flow, fate, room);
    }

    pub(super) fn clear(&mut self, room: &mut Room) {
        self.targets.clear(room);
        self.answered.clear(room);
    }

    /// Addresses where it failed in the window that holds `now`.
    pub(super) fn targets(&self, now: Time) -> usize {
        if is_over(self.span.first, now, WINDOW_SECS) { 0 } else { self.targets.len() }
    }

    /// Where it begins, if its window is still open and may yet come to something.
    pub(super) fn open_at(&self, now: Time) -> Option<Origin> {
        (self.targets(now) > 1).then_some(self.span.begins)
    }

    pub(super) fn said(&self, source: IpAddr, port: u16, door: Option<&Door>) -> Option<Contacts> {
        if self.targets.len() < LEAST {
            return None;
        }
        let sources = door.map_or(&[][..], |door| &door.sources);
        Some(Contacts::Sweep(Box::new(Sweep {
            source,
            port,
            span: self.span,
            tried: self.tried,
            targets: self.targets.count(),
            answered: self.answered.count(),
            failed: self.failed,
            some: self.targets.first(NAMED).map(address).collect(),
            reached_by: sources.iter().map(|(one, at)| (address(*one), *at)).collect(),
        })))
    }
}

/// One source and one target.
#[derive(Debug)]
pub(super) struct Knock {
    span: Span,
    failed: Failed,
    ports: Few<u16>,
}

impl Knock {
    pub(super) fn new(flow: &FlowSummary) -> Knock {
        Knock { span: span(flow), failed: Failed::default(), ports: Few::new() }
    }

    /// Counts a connection, unless the window is over: then nothing is counted and the answer is yes.
    pub(super) fn add(&mut self, port: u16, flow: &FlowSummary, fate: Fate, room: &mut Room) -> bool {
        if is_over(self.span.first, flow.first, WINDOW_SECS) {
            return true;
        }
        widen(&mut self.span, flow);
        count(&mut self.failed, fate);
        self.ports.add(port, MOST_MEMBERS, room);
        false
    }

    /// Begins the next window with a connection.
    pub(super) fn restart(&mut self, port: u16, flow: &FlowSummary, fate: Fate, room: &mut Room) {
        self.clear(room);
        *self = Knock::new(flow);
        self.add(port, flow, fate, room);
    }

    pub(super) fn clear(&mut self, room: &mut Room) {
        self.ports.clear(room);
    }

    /// Ports where it failed in the window that holds `now`.
    pub(super) fn ports(&self, now: Time) -> usize {
        if is_over(self.span.first, now, WINDOW_SECS) { 0 } else { self.ports.len() }
    }

    /// Where it begins, if its window is still open and may yet come to something.
    pub(super) fn open_at(&self, now: Time) -> Option<Origin> {
        (self.ports(now) > 1).then_some(self.span.begins)
    }

    pub(super) fn said(&self, source: IpAddr, target: IpAddr) -> Option<Contacts> {
        (self.ports.len() >= LEAST).then(|| {
            let ports = self.ports.count();
            Contacts::Knocks(Box::new(Knocks { source, target, span: self.span, ports, failed: self.failed }))
        })
    }
}

/// Who had conversations with an address on one port: the earliest.
#[derive(Debug, Default)]
pub(super) struct Door {
    sources: Vec<(Number, Time)>,
}

impl Door {
    pub(super) fn add(&mut self, source: Number, first: Time) {
        if let Some((_, at)) = self.sources.iter_mut().find(|(known, _)| *known == source) {
            *at = first.min(*at);
        } else if self.sources.len() < NAMED {
            self.sources.push((source, first));
        }
    }
}
