//! One flow: its counters, how it began, and what of its content is still wanted.

use crate::batch::Segment;
use crate::content::Content;
use crate::key::FlowKey;
use model::{Closed, Endpoint, EvidenceId, FlowId, FlowSummary, Mac, Opened, Origin, Side, Time, Transport};
use parse::net::{ICMP, ICMPV6, TCP, TcpFlags, UDP};

/// A flow in the table. Side A sent the first packet that was seen. Pairs are indexed by [`Side::index`].
///
/// What every packet touches stands in the first two cache lines, in this order: with 200,000 flows at once the
/// waiting for memory is what counting costs.
#[derive(Debug)]
#[repr(C, align(64))]
pub(crate) struct Entry {
    pub(crate) key: FlowKey,
    /// Used since the eviction hand last passed.
    pub(crate) used: bool,
    /// Side A is the key's lower end.
    a_is_low: bool,
    pub(crate) last: Time,
    /// Saturating: the summary of a flow of four thousand million packets is none the worse for it.
    packets: [u32; 2],
    payload: [u64; 2],
    /// Where the last packet is: its evidence and number.
    last_number: u64,
    last_evidence: EvidenceId,
    pub(crate) encrypted: bool,
    /// Somebody knew what was spoken.
    pub(crate) recognised: bool,
    pub(crate) content: Content,
    // From here on: touched at the beginning and the end of a flow.
    pub(crate) hash: u64,
    /// Who sent a SYN without ACK, or was sent the SYN-ACK.
    opener: Option<Side>,
    opened: Opened,
    fin: [bool; 2],
    reset: bool,
    refused: bool,
    /// Sequence number after the SYN, of each side.
    start: [Option<u32>; 2],
    /// Rank of the first packet: identity and order.
    pub(crate) born: u64,
    origin: Origin,
    first: Time,
    pub(crate) missing: u64,
    macs: [Option<[u8; 6]>; 2],
    vlan: u32,
}

/// A SYN whose number lies this near what was already seen belongs to the same connection (retransmitted, or captured
/// out of order); farther off, it opens a new one. A quarter of the 32-bit space would be the protocol's own notion
/// (RFC 9293 section 3.4.2); initial numbers are random, so a megabyte tells them apart with 1 in 4,096 error.
const SAME_CONNECTION: u32 = 1 << 20;

impl Entry {
    pub(crate) fn new(segment: &Segment) -> Entry {
        Entry {
            key: segment.key,
            used: true,
            a_is_low: segment.forward,
            last: segment.time,
            packets: [0; 2],
            payload: [0; 2],
            last_number: segment.number,
            last_evidence: segment.evidence,
            encrypted: false,
            recognised: false,
            content: Content::new(segment),
            hash: segment.hash,
            opener: None,
            opened: Opened::Unseen,
            fin: [false; 2],
            reset: false,
            refused: false,
            start: [None; 2],
            born: segment.rank,
            origin: segment.origin(),
            first: segment.time,
            missing: 0,
            macs: [None; 2],
            vlan: segment.vlan,
        }
    }

    /// Reads what counting will read, both cache lines of it, so that it is on its way from memory; the value says
    /// nothing.
    #[inline]
    pub(crate) fn touch(&self) -> u64 {
        self.last_number ^ u64::from(self.key.protocol)
    }

    /// Where the last packet is.
    pub(crate) const fn last_origin(&self) -> Origin {
        Origin::packet(self.last_evidence, self.last_number)
    }

    /// Which side sent a segment of this flow.
    #[inline]
    pub(crate) fn side(&self, segment: &Segment) -> Side {
        if segment.forward == self.a_is_low { Side::A } else { Side::B }
    }

    /// Whether the segment opens a new connection on the ports of this one.
    #[inline]
    pub(crate) fn is_replaced_by(&self, segment: &Segment) -> bool {
        if segment.key.protocol != TCP
            || !segment.flags.has(TcpFlags::SYN)
            || segment.flags.has(TcpFlags::ACK)
        {
            return false;
        }
        let start = segment.sequence.wrapping_add(1);
        match self.start[self.side(segment).index()].or(self.content.first_sequence(self.side(segment))) {
            Some(known) => known.wrapping_sub(start).min(start.wrapping_sub(known)) > SAME_CONNECTION,
            // The other side was seen sending, this one never: a SYN that comes late is its beginning.
            None => self.fin != [false; 2] || self.reset,
        }
    }

    /// Counts a segment.
    #[inline]
    pub(crate) fn count(&mut self, segment: &Segment) {
        let side = self.side(segment);
        let i = side.index();
        self.used = true;
        if self.packets[i] == 0 {
            self.macs[i] = segment.mac;
        }
        self.packets[i] = self.packets[i].saturating_add(1);
        self.payload[i] += u64::from(segment.stated);
        if segment.time < self.last {
            self.first = self.first.min(segment.time);
        } else {
            self.last = segment.time;
        }
        (self.last_evidence, self.last_number) = (segment.evidence, segment.number);
        if segment.key.protocol == TCP {
            self.count_flags(segment, side);
        }
    }

    #[inline]
    fn count_flags(&mut self, segment: &Segment, side: Side) {
        let flags = segment.flags;
        if flags.0 & (TcpFlags::SYN | TcpFlags::FIN | TcpFlags::RST) == 0 {
            return;
        }
        if flags.has(TcpFlags::SYN) {
            self.start[side.index()] = Some(segment.sequence.wrapping_add(1));
            if flags.has(TcpFlags::ACK) {
                if self.opened == Opened::Unseen {
                    self.opened = Opened::SynAck;
                    self.opener = Some(side.other());
                }
            } else {
                self.opened = Opened::Syn;
                self.opener = Some(side);
            }
        }
        if flags.has(TcpFlags::FIN) {
            self.fin[side.index()] = true;
        }
        if flags.has(TcpFlags::RST) {
            self.reset = true;
            self.refused |= self.payload == [0, 0] && self.start[side.index()].is_none();
        }
    }

    /// Keeps what its stream knows beyond itself, before it is let go.
    pub(crate) fn learn(&mut self) {
        if let Content::Stream(wanted) = &self.content {
            let stream = &wanted.stream;
            self.encrypted |= stream.is_encrypted();
            self.recognised |= stream.is_recognised();
            self.missing += stream.missing();
        }
    }

    /// Sequence number after the SYN of a side, if its SYN was seen.
    pub(crate) fn start(&self, side: Side) -> Option<u32> {
        self.start[side.index()]
    }

    /// How it began.
    pub(crate) fn opened(&self) -> Opened {
        self.opened
    }

    /// Who opened it, or the first sender where that was not seen.
    pub(crate) fn client(&self) -> Side {
        self.opener.unwrap_or(Side::A)
    }

    /// An end.
    pub(crate) fn end(&self, side: Side) -> Endpoint {
        let low = (side == Side::A) == self.a_is_low;
        let (address, port) = if low { self.key.low } else { self.key.high };
        Endpoint::new(address.ip(), port)
    }

    /// Its identity.
    pub(crate) fn id(&self) -> FlowId {
        FlowId(self.origin)
    }

    /// The summary, once it is over for the reason given; a connection that ended by itself says so.
    pub(crate) fn summary(&self, closed: Closed) -> FlowSummary {
        let client = self.client();
        let pair = |values: [u64; 2]| [values[client.index()], values[client.other().index()]];
        let macs = [self.macs[client.index()], self.macs[client.other().index()]];
        FlowSummary {
            flow: self.id(),
            transport: match self.key.protocol {
                TCP => Transport::Tcp,
                UDP => Transport::Udp,
                ICMP | ICMPV6 => Transport::Icmp,
                other => Transport::Other(other),
            },
            client: self.end(client),
            server: self.end(client.other()),
            opened: self.opened,
            closed: if self.reset {
                Closed::Reset
            } else if self.fin != [false; 2] {
                Closed::Fin
            } else {
                closed
            },
            first: self.first,
            last: self.last,
            packets: pair(self.packets.map(u64::from)),
            payload: pair(self.payload),
            macs: macs.map(|mac| mac.map(Mac)),
            encrypted: self.encrypted,
            refused: self.refused,
            opaque: matches!(self.key.protocol, TCP | UDP)
                && self.payload != [0, 0]
                && !self.encrypted
                && !self.recognised,
            missing: self.missing,
            segment: self.vlan,
        }
    }
}
