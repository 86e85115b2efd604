//! A few thousand packets on their way from the dispatcher to the shards.

use crate::found::Rank;
use crate::key::{FlowKey, SHARDS};
use model::{EvidenceId, Origin, Time};
use parse::net::TcpFlags;
use std::sync::Arc;

/// One packet of a flow. Its payload lies in a block of the batch.
#[derive(Debug, Clone, Copy)]
pub struct Segment {
    /// Position in the merged order of all evidence.
    pub rank: Rank,
    /// Hash of the key in the shard's table.
    pub hash: u64,
    /// Which flow.
    pub key: FlowKey,
    /// Whether the sender is the key's lower end.
    pub forward: bool,
    /// TCP flags.
    pub flags: TcpFlags,
    /// TCP sequence number.
    pub sequence: u32,
    /// TCP acknowledgement number.
    pub acknowledgement: u32,
    /// When it was captured.
    pub time: Time,
    /// Which evidence.
    pub evidence: EvidenceId,
    /// Packet number in it, from 1.
    pub number: u64,
    /// Index into [`Batch::blocks`].
    pub block: u32,
    /// Where the payload begins in the block.
    pub at: u32,
    /// Captured payload bytes.
    pub len: u32,
    /// Payload bytes that the headers state.
    pub stated: u32,
    /// The sender's link-layer address.
    pub mac: Option<[u8; 6]>,
    /// VLAN ids.
    pub vlan: u32,
}

impl Segment {
    /// Where it can be checked.
    #[must_use]
    pub const fn origin(&self) -> Origin {
        Origin::packet(self.evidence, self.number)
    }
}

/// Packets dealt to shards, and the blocks that hold their bytes.
#[derive(Debug)]
pub struct Batch {
    /// The bytes.
    pub blocks: Vec<Arc<Vec<u8>>>,
    /// The packets of each shard, in order.
    pub shards: Vec<Vec<Segment>>,
}

impl Batch {
    /// A batch without packets.
    #[must_use]
    pub fn new() -> Batch {
        Batch { blocks: Vec::new(), shards: (0..SHARDS).map(|_| Vec::new()).collect() }
    }

    /// The payload of a segment of this batch.
    #[inline]
    #[must_use]
    pub fn payload(&self, segment: &Segment) -> &[u8] {
        let (at, len) = (segment.at as usize, segment.len as usize);
        self.blocks.get(segment.block as usize).and_then(|block| block.get(at..at + len)).unwrap_or(&[])
    }
}

impl Default for Batch {
    fn default() -> Batch {
        Batch::new()
    }
}
