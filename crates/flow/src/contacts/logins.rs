//! Runs of short connections with one login service.

use super::{Span, is_over, span, widen};
use model::{Contacts, Endpoint, FlowSummary, Logins, Long, Origin, Time};
use std::net::IpAddr;

/// Services at which a person or an attacker logs in and a program seldom comes again and again: FTP, SSH, Telnet, SMB,
/// RDP, VNC, and the second port that SSH and Telnet often have (IANA's registry; 2222 and 2323 by custom). Mail and
/// databases are not among them: programs open short connections there all day long, and whether a password was wrong
/// stands in the content only.
const SERVICES: [u16; 9] = [21, 22, 23, 445, 2222, 2323, 3389, 5900, 5901];
/// A login that fails carries at most so much each way. Zeek's rule of old took 4,000 bytes from the server as a login
/// that succeeded (`authentication_data_size`, base/protocols/ssh of Bro 2); a key exchange with ML-KEM-768 adds 1,184
/// and 1,088 bytes (FIPS 203), rounded up.
const SHORT_BYTES: u64 = 6_000;
/// … and lasts at most so long: OpenSSH's `LoginGraceTime` (`sshd_config`).
const SHORT_SECS: i64 = 120;
/// A run ends when nothing came for so long: Zeek's `guessing_timeout` (ssh/detect-bruteforcing.zeek).
const PAUSE_SECS: i64 = 1_800;
/// The window in which the busiest stretch is counted: fail2ban's `findtime`.
const STRETCH_SECS: i64 = 600;
/// From so many short connections on a run is told: what OpenSSH's client asks before it gives up
/// (`NumberOfPasswordPrompts`). What a detector asks for may be more, never less.
const LEAST: u64 = 3;

#[derive(Debug)]
pub(super) struct Run {
    span: Span,
    short: u64,
    payload: u64,
    largest: Long,
    longs: u64,
    stretch: Time,
    in_stretch: u64,
    busiest: u64,
}

pub(super) fn is_service(port: u16) -> bool {
    SERVICES.contains(&port)
}

/// As long as a login that fails.
pub(super) fn is_short(flow: &FlowSummary) -> bool {
    flow.payload.iter().all(|bytes| *bytes <= SHORT_BYTES) && !is_over(flow.first, flow.last, SHORT_SECS)
}

fn as_long(flow: &FlowSummary) -> Long {
    Long {
        first: flow.first,
        last: flow.last,
        payload: flow.payload,
        client: flow.client,
        begins: flow.flow.0,
    }
}

fn carried(payload: [u64; 2]) -> u64 {
    payload[0].saturating_add(payload[1])
}

impl Run {
    /// A run that begins with nothing but a place: the connection is still to be counted.
    pub(super) fn new(flow: &FlowSummary) -> Run {
        Run {
            span: span(flow),
            short: 0,
            payload: 0,
            largest: Long { payload: [0; 2], last: flow.first, ..as_long(flow) },
            longs: 0,
            stretch: flow.first,
            in_stretch: 0,
            busiest: 0,
        }
    }

    pub(super) fn is_over(&self, now: Time) -> bool {
        is_over(self.span.last.max(self.largest.last), now, PAUSE_SECS)
    }

    pub(super) const fn begins(&self) -> Origin {
        self.span.begins
    }

    /// Counts a short connection.
    pub(super) fn short(&mut self, flow: &FlowSummary) {
        widen(&mut self.span, flow);
        self.short = self.short.saturating_add(1);
        if is_over(self.stretch, flow.first, STRETCH_SECS) {
            (self.stretch, self.in_stretch) = (flow.first, 0);
        }
        self.in_stretch = self.in_stretch.saturating_add(1);
        self.busiest = self.busiest.max(self.in_stretch);
        self.weigh(flow);
    }

    /// Counts a connection that carried or lasted more.
    pub(super) fn long(&mut self, flow: &FlowSummary) {
        self.longs = self.longs.saturating_add(1);
        self.weigh(flow);
    }

    /// Keeps the largest apart from the rest.
    fn weigh(&mut self, flow: &FlowSummary) {
        let rest = if carried(flow.payload) > carried(self.largest.payload) {
            std::mem::replace(&mut self.largest, as_long(flow)).payload
        } else {
            flow.payload
        };
        // Of connections that were not short only the largest counts: the rest is the measure of a login that fails.
        if rest.iter().all(|bytes| *bytes <= SHORT_BYTES) {
            self.payload = self.payload.saturating_add(carried(rest));
        }
    }

    pub(super) fn said(&self, source: IpAddr, target: IpAddr, port: u16) -> Option<Contacts> {
        (self.short >= LEAST).then(|| {
            Contacts::Logins(Box::new(Logins {
                source,
                server: Endpoint::new(target, port),
                span: self.span,
                short: self.short,
                busiest: self.busiest,
                payload: self.payload,
                largest: self.largest,
                longs: self.longs,
            }))
        })
    }
}
