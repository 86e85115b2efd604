//! Frames in merged order become batches: decode, put fragments together, deal to shards.

use crate::batch::{Batch, Segment};
use crate::found::{Found, Rank};
use crate::fragments::{Fragments, Joined, SetKey};
use crate::key::{FlowKey, SHARDS, TableHash};
use crate::limits::Limits;
use crate::local;
use model::{At, EvidenceId, Gap, Message, Origin, Time};
use parse::capture::LinkType;
use parse::net::{
    Decoded, ICMPV6, MOST_CARRIERS, NotOpened, Packet, Unreadable, decode, decode_joined, plain,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Packets in a full batch: enough to amortise handing it over, few enough to stay in cache.
const BATCH_PACKETS: usize = 1024;
/// Used batches kept for their room: as many as can be under way at once.
const MOST_SPARE: usize = 4;

/// One frame of a capture, in merged order.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    /// Which evidence.
    pub evidence: EvidenceId,
    /// Packet number in it, from 1.
    pub number: u64,
    /// When it was captured.
    pub time: Time,
    /// Its link type.
    pub link: LinkType,
    /// Where it begins in its block.
    pub at: usize,
    /// Captured bytes.
    pub len: usize,
}

/// Decodes frames and fills batches.
#[derive(Debug)]
pub struct Dispatcher {
    hash: TableHash,
    fragments: Fragments,
    batch: Batch,
    /// Used batches, empty again.
    spare: Vec<Batch>,
    packets: usize,
    found: Found,
    next_rank: Rank,
    unreadable: BTreeMap<(EvidenceId, Trouble), (u64, u64)>,
    fragment_evidence: Option<EvidenceId>,
}

/// Why a packet gave nothing, as a reason for a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trouble {
    Unreadable(Unreadable),
    Fragments,
    NotOpened(NotOpened),
}

impl Dispatcher {
    /// A dispatcher for shards that were made with the same `limits`.
    #[must_use]
    pub fn new(limits: &Limits) -> Dispatcher {
        Dispatcher {
            hash: TableHash::default(),
            fragments: Fragments::new(limits.fragment_bytes),
            batch: Batch::new(),
            spare: Vec::new(),
            packets: 0,
            found: Found::default(),
            next_rank: 0,
            unreadable: BTreeMap::new(),
            fragment_evidence: None,
        }
    }

    /// Takes the next frame; returns a batch, and what the dispatcher itself found, when one is full. Batches end by
    /// what was put in, never by what a read returned.
    #[inline]
    pub fn push(&mut self, block: &Arc<Vec<u8>>, frame: &Frame) -> Option<(Batch, Found)> {
        let rank = self.next_rank;
        self.next_rank += 1;
        self.packets += 1;
        let bytes = block.get(frame.at..frame.at + frame.len).unwrap_or(&[]);
        // Here and not inside `decode`, whose answer goes through memory: that cost 3 % of the CPU on small packets.
        if let Some(packet) = plain(frame.link, bytes) {
            let index = self.block_index(block);
            self.deal(&packet, rank, frame, index, frame.at + packet.at);
            return (self.packets >= BATCH_PACKETS).then(|| self.take());
        }
        match decode(frame.link, bytes) {
            Decoded::Packet(packet) => self.packet(&packet, rank, frame, block, frame.at),
            decoded => self.other(decoded, bytes, rank, frame, block),
        }
        (self.packets >= BATCH_PACKETS).then(|| self.take())
    }

    /// The packets that do not fill a batch any more, at the end of the evidence or at a tick.
    pub fn take(&mut self) -> (Batch, Found) {
        self.packets = 0;
        let fresh = self.spare.pop().unwrap_or_default();
        (std::mem::replace(&mut self.batch, fresh), std::mem::take(&mut self.found))
    }

    /// Takes back a batch that every shard is through with, for its room.
    pub fn recycle(&mut self, mut batch: Batch) {
        batch.blocks.clear();
        batch.shards.iter_mut().for_each(Vec::clear);
        if self.spare.len() < MOST_SPARE {
            self.spare.push(batch);
        }
    }

    /// How many packets were taken: the rank after the last one.
    #[must_use]
    pub const fn packets(&self) -> Rank {
        self.next_rank
    }

    /// What could not be used, once all evidence was read.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = self
            .unreadable
            .iter()
            .map(|((evidence, trouble), (number, count))| Gap {
                evidence: *evidence,
                at: At::Packet(*number),
                reason: reason(*trouble),
                count: *count,
            })
            .collect();
        let lost = self.fragments.given_up + self.fragments.unfinished();
        if let (Some(evidence), true) = (self.fragment_evidence, lost > 0) {
            gaps.push(Gap {
                evidence,
                at: At::Whole,
                reason: Message::new("gap-fragments-missing"),
                count: lost,
            });
        }
        gaps
    }

    /// A packet whose payload lies in `block`; its offsets count from `base`.
    #[inline]
    fn packet(&mut self, packet: &Packet, rank: Rank, frame: &Frame, block: &Arc<Vec<u8>>, base: usize) {
        let at = base + packet.at;
        if packet.protocol == ICMPV6
            && let Some(message) = block.get(at.saturating_sub(packet.header.size)..at + packet.len)
        {
            local::discovery(message, packet, rank, frame, &mut self.found);
        }
        let index = self.block_index(block);
        self.deal(packet, rank, frame, index, at);
    }

    /// What is no whole packet: put together what can be, count what cannot.
    #[cold]
    fn other(&mut self, decoded: Decoded, bytes: &[u8], rank: Rank, frame: &Frame, block: &Arc<Vec<u8>>) {
        // Where the offsets of `decoded` count from, once it lies in something put together.
        let mut joined: Option<Arc<Vec<u8>>> = None;
        let mut decoded = decoded;
        // A carrier in fragments may hold a fragment: no more often than carriers are opened.
        for _ in 0..=MOST_CARRIERS {
            let bytes = joined.as_ref().map_or(bytes, |whole| whole.as_slice());
            match decoded {
                Decoded::Packet(packet) => {
                    let (block, base) = joined.as_ref().map_or((block, frame.at), |whole| (whole, 0));
                    return self.packet(&packet, rank, frame, block, base);
                }
                Decoded::Part {
                    source,
                    destination,
                    protocol,
                    fragment,
                    at,
                    len,
                    stated,
                    mac,
                    vlan,
                    depth,
                } => {
                    self.fragment_evidence = Some(frame.evidence);
                    let set = SetKey { source, destination, protocol, id: fragment.id };
                    let part = bytes.get(at..at + len).unwrap_or(&[]);
                    match self.fragments.add(set, fragment, part, stated, frame.time) {
                        Joined::Waiting => return,
                        Joined::Dropped => return self.trouble(frame, Trouble::Fragments),
                        Joined::Whole(whole) => {
                            decoded =
                                decode_joined(source, destination, protocol, &whole, (mac, vlan), depth);
                            joined = Some(Arc::new(whole));
                        }
                    }
                }
                Decoded::Arp(at) => {
                    return local::arp(bytes.get(at..).unwrap_or(&[]), rank, frame, &mut self.found);
                }
                Decoded::Other => return,
                Decoded::NotOpened(reason) => return self.trouble(frame, Trouble::NotOpened(reason)),
                Decoded::Unreadable(reason) => return self.trouble(frame, Trouble::Unreadable(reason)),
            }
        }
        self.trouble(frame, Trouble::NotOpened(NotOpened::TooDeep));
    }

    #[inline(always)]
    fn deal(&mut self, packet: &Packet, rank: Rank, frame: &Frame, block: u32, at: usize) {
        if let Some(reason) = packet.not_opened {
            self.trouble(frame, Trouble::NotOpened(reason));
        }
        let (key, forward) = FlowKey::of(packet);
        let saturate = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let segment = Segment {
            rank,
            hash: self.hash.of(&key),
            key,
            forward,
            flags: packet.header.flags,
            sequence: packet.header.sequence,
            acknowledgement: packet.header.acknowledgement,
            time: frame.time,
            evidence: frame.evidence,
            number: frame.number,
            block,
            at: saturate(at),
            len: saturate(packet.len),
            stated: saturate(packet.stated),
            mac: packet.mac,
            vlan: packet.vlan,
        };
        if let Some(shard) = self.batch.shards.get_mut(key.shard() % SHARDS) {
            shard.push(segment);
        }
    }

    /// The index of a block in the batch; the newest few are looked at, since several files may take turns.
    #[inline]
    fn block_index(&mut self, block: &Arc<Vec<u8>>) -> u32 {
        let blocks = &mut self.batch.blocks;
        let known = blocks.iter().rev().take(16).position(|old| Arc::ptr_eq(old, block));
        let index = match known {
            Some(back) => blocks.len() - 1 - back,
            None => {
                blocks.push(Arc::clone(block));
                blocks.len() - 1
            }
        };
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    fn trouble(&mut self, frame: &Frame, trouble: Trouble) {
        self.unreadable.entry((frame.evidence, trouble)).or_insert((frame.number, 0)).1 += 1;
    }
}

fn reason(trouble: Trouble) -> Message {
    match trouble {
        Trouble::Unreadable(Unreadable::LinkType(link)) => {
            Message::new("gap-link-type").with("number", u64::from(link.0))
        }
        Trouble::Unreadable(Unreadable::Short) => Message::new("gap-packet-short"),
        Trouble::Unreadable(Unreadable::Network) => Message::new("gap-network-header"),
        Trouble::Unreadable(Unreadable::Transport) => Message::new("gap-transport-header"),
        Trouble::Fragments => Message::new("gap-fragments-overlap"),
        Trouble::NotOpened(NotOpened::TooDeep) => Message::new("gap-tunnel"),
        Trouble::NotOpened(NotOpened::Wifi) => Message::new("gap-wireless-encrypted"),
        Trouble::NotOpened(NotOpened::WifiParts) => Message::new("gap-wireless-parts"),
        Trouble::NotOpened(other) => Message::new("gap-tunnel-not-opened").with("kind", other.name()),
    }
}

/// The origin of a frame.
pub(crate) const fn origin(frame: &Frame) -> Origin {
    Origin::packet(frame.evidence, frame.number)
}
