//! Frames that hold parts of packets, until the packet is whole and shows whether it is wanted.

use super::selection::Selection;
use flow::{Fragments, Frame, Joined, Limits, SetKey};
use model::Time;
use parse::capture::LinkType;
use parse::net::{Decoded, MOST_CARRIERS, decode_joined};
use std::collections::{HashMap, HashSet, VecDeque};

/// A frame kept with its bytes.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) link: LinkType,
    pub(super) time: Time,
    pub(super) bytes: Vec<u8>,
    pub(super) original_len: u32,
    /// Wanted whatever it holds.
    named: bool,
}

impl Held {
    pub(super) fn new(frame: &Frame, bytes: &[u8], original_len: u32, named: bool) -> Held {
        Held { link: frame.link, time: frame.time, bytes: bytes.to_vec(), original_len, named }
    }
}

/// Packets in parts, and the frames of their parts.
#[derive(Debug)]
pub(super) struct Parts {
    fragments: Fragments,
    waiting: HashMap<SetKey, Vec<Held>>,
    /// Sets in the order in which they began to wait; those that wait no more are skipped.
    order: VecDeque<SetKey>,
    bytes: usize,
    most: usize,
    gave_up: bool,
}

/// What a frame costs besides its bytes.
const FRAME_OVERHEAD: usize = 128;

impl Parts {
    /// As much memory for frames as the scan has for fragments.
    pub(super) fn new(limits: &Limits) -> Parts {
        Parts {
            fragments: Fragments::new(limits.fragment_bytes),
            waiting: HashMap::new(),
            order: VecDeque::new(),
            bytes: 0,
            most: limits.fragment_bytes,
            gave_up: false,
        }
    }

    /// Whether frames were given up for want of memory.
    pub(super) const fn gave_up(&self) -> bool {
        self.gave_up
    }

    /// Takes a part and the frame that it came in; gives back all frames of a packet that is whole and wanted.
    pub(super) fn take(&mut self, part: Decoded, frame: Held, selection: &Selection) -> Vec<Held> {
        let time = frame.time;
        let mut whole: Option<Vec<u8>> = None;
        let mut frames = vec![frame];
        let mut decoded = part;
        // A carrier in fragments may hold a fragment: no more often than carriers are opened.
        for _ in 0..=MOST_CARRIERS {
            let Decoded::Part { source, destination, protocol, fragment, at, len, stated, mac, vlan, depth } =
                decoded
            else {
                break;
            };
            let set = SetKey { source, destination, protocol, id: fragment.id };
            let bytes = whole.as_deref().or(frames.last().map(|frame| frame.bytes.as_slice()));
            let bytes = bytes.and_then(|bytes| bytes.get(at..at + len)).unwrap_or_default();
            match self.fragments.add(set, fragment, bytes, stated, time) {
                Joined::Waiting => {
                    self.hold(set, frames);
                    return Vec::new();
                }
                Joined::Dropped => {
                    self.release(set);
                    return Vec::new();
                }
                Joined::Whole(joined) => {
                    let mut earlier = self.release(set);
                    earlier.append(&mut frames);
                    frames = earlier;
                    decoded = decode_joined(source, destination, protocol, &joined, (mac, vlan), depth);
                    whole = Some(joined);
                }
            }
        }
        let wanted = match (&decoded, &whole) {
            (Decoded::Packet(packet), Some(whole)) => selection.wants(packet, whole),
            _ => false,
        };
        if wanted || frames.iter().any(|frame| frame.named) { frames } else { Vec::new() }
    }

    fn hold(&mut self, set: SetKey, frames: Vec<Held>) {
        self.bytes += frames.iter().map(cost).sum::<usize>();
        let waiting = self.waiting.entry(set).or_default();
        if waiting.is_empty() {
            self.order.push_back(set);
        }
        waiting.extend(frames);
        if self.order.len() > 2 * self.waiting.len() + 1024 {
            let (waiting, mut once) = (&self.waiting, HashSet::new());
            self.order.retain(|set| waiting.contains_key(set) && once.insert(*set));
        }
        while self.bytes > self.most {
            let Some(oldest) = self.order.pop_front() else { break };
            let freed = self.release(oldest);
            self.gave_up |= !freed.is_empty();
        }
    }

    fn release(&mut self, set: SetKey) -> Vec<Held> {
        let frames = self.waiting.remove(&set).unwrap_or_default();
        self.bytes = self.bytes.saturating_sub(frames.iter().map(cost).sum());
        frames
    }
}

fn cost(frame: &Held) -> usize {
    frame.bytes.len() + FRAME_OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Traces;
    use model::{Case, EvidenceId};
    use parse::net::{Address, Fragment};

    /// First parts of packets that never come whole, and one frame each.
    #[test]
    fn memory_is_bounded_under_a_flood_of_parts() {
        let limits = Limits { fragment_bytes: 100_000, ..Limits::default() };
        let selection = Selection::of(&Case::default(), &Traces::with_nothing());
        let mut parts = Parts::new(&limits);
        let (evidence, time, link) = (EvidenceId(0), Time::from_secs(1), LinkType::RAW);
        for id in 0..20_000 {
            let frame = Frame { evidence, number: u64::from(id), time, link, at: 0, len: 8 };
            let part = Decoded::Part {
                source: Address::v4([10, 0, 0, 1]),
                destination: Address::v4([10, 0, 0, 2]),
                protocol: 17,
                fragment: Fragment { id, offset: 0, more: true },
                at: 0,
                len: 8,
                stated: 8,
                mac: None,
                vlan: 0,
                depth: 0,
            };
            assert!(parts.take(part, Held::new(&frame, &[0; 8], 8, true), &selection).is_empty());
            assert!(parts.bytes <= limits.fragment_bytes);
        }
        assert!(parts.gave_up() && parts.waiting.len() < 1000 && parts.order.len() < 4000);
    }
}
