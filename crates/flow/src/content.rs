//! What of a flow's content is still wanted.

use crate::batch::Segment;
use crate::dns::Questions;
use crate::sessions::Ends;
use crate::stream::Stream;
use model::Side;
use parse::net::{TCP, UDP};

/// The content of a flow, as far as anybody wants it. Most flows end as `Unwanted` after a few packets.
#[derive(Debug)]
pub(crate) enum Content {
    /// TCP without payload so far.
    Fresh,
    /// TCP whose bytes are put in order for a protocol that wants them.
    Stream(Box<Wanted>),
    /// UDP on a port where names are looked up or hosts introduce themselves.
    Datagrams(Box<Questions>),
    /// UDP whose first datagram with payload may be a node's discovery.
    FirstDatagram,
    /// Counters only.
    Unwanted,
}

/// A stream, and what it would cost to find out again for every segment.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) stream: Stream,
    /// Its ends, as far as SYNs told.
    pub(crate) ends: Ends,
    /// Bytes that it was last known to take.
    pub(crate) held: usize,
}

impl Content {
    /// What a flow begins with.
    pub(crate) fn new(segment: &Segment) -> Content {
        match segment.key.protocol {
            TCP => Content::Fresh,
            UDP if crate::datagram::is_wanted(segment) => Content::Datagrams(Box::default()),
            UDP => Content::FirstDatagram,
            _ => Content::Unwanted,
        }
    }

    /// The sequence number at which a side's stream began, if one is kept.
    pub(crate) fn first_sequence(&self, side: Side) -> Option<u32> {
        match self {
            Content::Stream(wanted) => wanted.stream.first_sequence(side),
            _ => None,
        }
    }
}
