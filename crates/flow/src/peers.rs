//! A full node's connection: what both sides call themselves in their version messages.

use crate::sessions::{Ends, Stamp};
use model::{Fact, NodeTraffic, Observation, Side};

/// Bytes of each side that are looked at: a version message with the longest user agent (256 bytes, BIP 14).
#[derive(Debug)]
pub(crate) struct Peers {
    fact: NodeTraffic,
    stamp: Stamp,
    said: bool,
}

impl Peers {
    /// Whether a side's first bytes are those of a node.
    pub(crate) fn recognise(_head: &[u8], _side: Side, _stamp: Stamp, _ends: &Ends) -> Option<Peers> {
        None
    }

    /// Takes bytes of a side; returns whether more are wanted.
    pub(crate) fn bytes(&mut self, _side: Side, _bytes: &[u8]) -> bool {
        false
    }

    /// Says what is known.
    pub(crate) fn close(&mut self, tell: &mut Vec<Observation>) {
        if !self.said {
            self.said = true;
            let fact = Fact::Node(Box::new(self.fact.clone()));
            tell.push(Observation { time: self.stamp.time, origin: self.stamp.origin, fact });
        }
    }
}
