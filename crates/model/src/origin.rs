//! Where a fact came from, so that every finding can be checked by hand.

use std::fmt;

/// One piece of evidence: a position in the case's list, counted from 0. Prints as `e1`, `e2` ….
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EvidenceId(pub u32);

impl fmt::Display for EvidenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "e{}", u64::from(self.0) + 1)
    }
}

/// A place inside a piece of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// A packet of a capture, counted from 1 as Wireshark does.
    Packet(u64),
    /// A byte offset, after decompression.
    Byte(u64),
    /// A line of a text, counted from 1.
    Line(u64),
    /// A process of a machine, by its number.
    Process(u32),
    /// The evidence as a whole.
    Whole,
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Packet(number) => write!(f, "packet {number}"),
            At::Byte(offset) => write!(f, "byte {offset}"),
            At::Line(number) => write!(f, "line {number}"),
            At::Process(pid) => write!(f, "pid {pid}"),
            At::Whole => f.write_str("whole"),
        }
    }
}

/// Which evidence, and where in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The piece of evidence.
    pub evidence: EvidenceId,
    /// The place in it.
    pub at: At,
}

impl Origin {
    /// The packet `number` (from 1) of a capture.
    #[must_use]
    pub const fn packet(evidence: EvidenceId, number: u64) -> Origin {
        Origin { evidence, at: At::Packet(number) }
    }
}

/// The identity of a flow: where its first packet was seen. Client and server may be learned later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowId(pub Origin);
