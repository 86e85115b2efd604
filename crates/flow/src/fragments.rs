//! IP fragments put together (RFC 791 section 3.2, RFC 8200 section 4.5), in bounded memory.
//!
//! Overlapping fragments are dropped as a set (RFC 5722 demands it for IPv6; for IPv4 we choose it), for what they
//! mean depends on the receiver. Unfinished sets are given up oldest first.

use hashbrown::HashMap;
use parse::net::{Address, Fragment};
use std::collections::VecDeque;

/// A set is given up after this many parts: 65,535 bytes in parts of 8 would be 8,192; real paths make under 50.
const MOST_PARTS: usize = 256;
/// An IP payload ends here (RFC 791: total length is 16 bits).
const MOST_BYTES: usize = 65_535;
/// What a part costs besides its bytes.
const PART_OVERHEAD: usize = 64;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SetKey {
    pub(crate) source: Address,
    pub(crate) destination: Address,
    pub(crate) protocol: u8,
    pub(crate) id: u32,
}

#[derive(Debug, Default)]
struct Set {
    parts: Vec<(usize, Vec<u8>)>,
    /// Length of the whole, once the last part was seen.
    total: Option<usize>,
    held: usize,
    serial: u64,
}

/// What became of a part.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Joined {
    /// More parts are needed.
    Waiting,
    /// The whole IP payload.
    Whole(Vec<u8>),
    /// The set contradicts itself and was dropped.
    Dropped,
}

/// All unfinished sets.
#[derive(Debug)]
pub(crate) struct Fragments {
    sets: HashMap<SetKey, Set, foldhash::fast::RandomState>,
    /// Sets in the order they began; entries of finished sets are skipped.
    order: VecDeque<(u64, SetKey)>,
    held: usize,
    most: usize,
    serial: u64,
    /// Sets given up for want of memory.
    pub(crate) given_up: u64,
}

impl Fragments {
    pub(crate) fn new(most: usize) -> Fragments {
        Fragments { sets: HashMap::default(), order: VecDeque::new(), held: 0, most, serial: 0, given_up: 0 }
    }

    /// How many sets never became whole.
    pub(crate) fn unfinished(&self) -> u64 {
        self.sets.len() as u64
    }

    pub(crate) fn add(&mut self, key: SetKey, part: Fragment, bytes: &[u8], stated: usize) -> Joined {
        let offset = part.offset as usize;
        // A part cut by the snap length would leave a hole in the middle of the whole.
        if bytes.len() < stated || bytes.is_empty() || offset + bytes.len() > MOST_BYTES {
            self.drop_set(&key);
            return Joined::Dropped;
        }
        if !self.sets.contains_key(&key) {
            self.serial += 1;
            self.order.push_back((self.serial, key));
            self.held += PART_OVERHEAD;
            self.sets.insert(key, Set { serial: self.serial, held: PART_OVERHEAD, ..Set::default() });
        }
        let Some(set) = self.sets.get_mut(&key) else { return Joined::Dropped };
        let end = offset + bytes.len();
        let place = set.parts.partition_point(|(at, _)| *at < offset);
        let before = place.checked_sub(1).and_then(|i| set.parts.get(i));
        let after = set.parts.get(place);
        if after.is_some_and(|(at, old)| *at == offset && old == bytes) {
            return Joined::Waiting; // the same part captured twice
        }
        let overlaps = before.is_some_and(|(at, old)| at + old.len() > offset)
            || after.is_some_and(|(at, _)| *at < end)
            || set.total.is_some_and(|total| end > total)
            || (!part.more && set.total.is_some_and(|total| end != total))
            || (!part.more && set.parts.last().is_some_and(|(at, old)| at + old.len() > end));
        if overlaps || set.parts.len() >= MOST_PARTS {
            self.drop_set(&key);
            return Joined::Dropped;
        }
        if !part.more {
            set.total = Some(end);
        }
        set.parts.insert(place, (offset, bytes.to_vec()));
        set.held += bytes.len() + PART_OVERHEAD;
        self.held += bytes.len() + PART_OVERHEAD;
        let have: usize = set.parts.iter().map(|(_, bytes)| bytes.len()).sum();
        if set.total == Some(have) {
            let whole = set.parts.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect();
            self.drop_set(&key);
            return Joined::Whole(whole);
        }
        self.make_room();
        Joined::Waiting
    }

    fn drop_set(&mut self, key: &SetKey) {
        if let Some(set) = self.sets.remove(key) {
            self.held -= set.held;
        }
    }

    fn make_room(&mut self) {
        while self.held > self.most || self.order.len() > 2 * self.sets.len() + 1024 {
            let Some((serial, key)) = self.order.pop_front() else { break };
            if self.sets.get(&key).is_some_and(|set| set.serial == serial) {
                if self.held > self.most {
                    self.drop_set(&key);
                    self.given_up += 1;
                } else {
                    self.order.push_back((serial, key));
                    break;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: u32) -> SetKey {
        SetKey {
            source: Address::v4([10, 0, 0, 1]),
            destination: Address::v4([10, 0, 0, 2]),
            protocol: 6,
            id,
        }
    }

    fn part(offset: u32, more: bool) -> Fragment {
        Fragment { id: 1, offset, more }
    }

    #[test]
    fn parts_in_any_order_make_the_whole() {
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
            let mut fragments = Fragments::new(1 << 20);
            let parts = [(0, true, b"01234567"), (8, true, b"89abcdef"), (16, false, b"ghijklmn")];
            let mut last = Joined::Waiting;
            for i in order {
                let (offset, more, bytes) = parts[i];
                last = fragments.add(key(1), part(offset, more), bytes, bytes.len());
            }
            assert_eq!(last, Joined::Whole(b"0123456789abcdefghijklmn".to_vec()), "{order:?}");
            assert_eq!((fragments.held, fragments.unfinished()), (0, 0));
        }
    }

    /// RFC 5722: overlapping fragments must be discarded, the whole set.
    #[test]
    fn an_overlap_drops_the_set() {
        let mut fragments = Fragments::new(1 << 20);
        fragments.add(key(1), part(0, true), &[1; 16], 16);
        assert_eq!(fragments.add(key(1), part(8, false), &[2; 16], 16), Joined::Dropped);
        assert_eq!(fragments.unfinished(), 0);
    }

    #[test]
    fn the_same_part_twice_is_no_overlap() {
        let mut fragments = Fragments::new(1 << 20);
        fragments.add(key(1), part(0, true), &[1; 8], 8);
        assert_eq!(fragments.add(key(1), part(0, true), &[1; 8], 8), Joined::Waiting);
        assert!(matches!(fragments.add(key(1), part(8, false), &[1; 8], 8), Joined::Whole(_)));
    }

    #[test]
    fn memory_is_bounded_under_a_flood_of_parts() {
        let mut fragments = Fragments::new(100_000);
        for id in 0..50_000 {
            fragments.add(key(id), part(8, true), &[0; 8], 8);
        }
        assert!(fragments.held <= 100_000);
        assert!(fragments.order.len() < 10_000);
        assert!(fragments.given_up > 40_000);
    }
}
