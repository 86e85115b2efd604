//! IP fragments put together (RFC 791 section 3.2, RFC 8200 section 4.5), in bounded memory.
//!
//! Overlapping fragments are dropped as a set (RFC 5722 demands it for IPv6; for IPv4 we choose it), for what they
//! mean depends on the receiver. Unfinished sets are given up oldest first, and when their number comes again after
//! the time that a receiver would have waited. A finished set is remembered for a moment: the same packet captured
//! twice (a mirror of two ports, inside and outside a tunnel) must not begin another one.

use hashbrown::HashMap;
use model::Time;
use parse::net::{Address, Fragment};
use std::collections::VecDeque;

/// A set is given up after this many parts: 16 KiB in parts of 8 bytes, more than any packet of a real path (9,000
/// bytes) however finely cut. Real paths make under 50; the limit keeps parts in the worst order cheap.
const MOST_PARTS: usize = 2048;
/// An IP payload ends here (RFC 791: total length is 16 bits).
const MOST_BYTES: usize = 65_535;
/// What a part costs besides its bytes: its place in the list, and what an allocation of 8 bytes really takes.
const PART_OVERHEAD: usize = 80;
/// What a set costs besides its parts: key and set in a table that is half empty and doubles, a place in the order, and
/// a list that begins with room for four (measured with ten million first parts, 2026-11-24: 700 bytes a set).
const SET_OVERHEAD: usize = 640;
/// A set older than this is another packet with the same number (RFC 8200 section 4.5: 60 seconds).
const OLDEST_NANOS: u64 = 60_000_000_000;
/// How long a finished set is remembered: copies of a packet are captured within milliseconds, and a busy sender needs
/// longer to use up its 65,536 numbers.
const REMEMBERED_NANOS: u64 = 500_000_000;

/// What the parts of one packet have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SetKey {
    /// Sender.
    pub source: Address,
    /// Receiver.
    pub destination: Address,
    /// IP protocol number of the whole packet.
    pub protocol: u8,
    /// Identification.
    pub id: u32,
}

#[derive(Debug, Default)]
struct Set {
    parts: Vec<(usize, Vec<u8>)>,
    /// Length of the whole, once the last part was seen.
    total: Option<usize>,
    /// Bytes of the parts.
    have: usize,
    held: usize,
    serial: u64,
    /// When its first part came, or when it was finished.
    since: Time,
    finished: bool,
}

/// What became of a part.
#[derive(Debug, PartialEq, Eq)]
pub enum Joined {
    /// More parts are needed.
    Waiting,
    /// The whole IP payload.
    Whole(Vec<u8>),
    /// The set contradicts itself and was dropped.
    Dropped,
}

/// All unfinished sets.
#[derive(Debug)]
pub struct Fragments {
    sets: HashMap<SetKey, Set, foldhash::quality::RandomState>,
    /// Sets in the order they began; entries of finished sets are skipped.
    order: VecDeque<(u64, SetKey)>,
    held: usize,
    most: usize,
    serial: u64,
    /// Finished sets that are still remembered.
    remembered: u64,
    /// Sets given up for want of memory or because their time was over.
    pub(crate) given_up: u64,
}

impl Fragments {
    /// No sets yet; `most` bytes may be held.
    #[must_use]
    pub fn new(most: usize) -> Fragments {
        Fragments {
            sets: HashMap::default(),
            order: VecDeque::new(),
            held: 0,
            most,
            serial: 0,
            remembered: 0,
            given_up: 0,
        }
    }

    /// How many sets never became whole.
    pub(crate) fn unfinished(&self) -> u64 {
        (self.sets.len() as u64).saturating_sub(self.remembered)
    }

    /// Takes a part; `stated` is its length by its headers.
    pub fn add(&mut self, key: SetKey, part: Fragment, bytes: &[u8], stated: usize, time: Time) -> Joined {
        let offset = part.offset as usize;
        // A part cut by the snap length would leave a hole in the middle of the whole.
        if bytes.len() < stated || bytes.is_empty() || offset + bytes.len() > MOST_BYTES {
            self.drop_set(&key);
            return Joined::Dropped;
        }
        match self.sets.get(&key) {
            Some(set) if set.is_over(time) => {
                self.given_up += u64::from(!set.finished);
                self.drop_set(&key);
                self.begin(key, time);
            }
            Some(set) if set.finished => return Joined::Waiting,
            Some(_) => {}
            None => self.begin(key, time),
        }
        let Some(set) = self.sets.get_mut(&key) else { return Joined::Dropped };
        let held = set.held;
        match set.place(offset, bytes, part.more) {
            Placed::Known => return Joined::Waiting,
            Placed::Contradiction => {
                self.drop_set(&key);
                return Joined::Dropped;
            }
            Placed::New => self.held += set.held - held,
        }
        let joined = match set.whole() {
            Some(whole) => {
                self.held -= set.held - SET_OVERHEAD;
                set.finish(time);
                self.remembered += 1;
                Joined::Whole(whole)
            }
            None => Joined::Waiting,
        };
        self.make_room();
        joined
    }

    fn begin(&mut self, key: SetKey, time: Time) {
        self.serial += 1;
        self.order.push_back((self.serial, key));
        self.held += SET_OVERHEAD;
        self.sets.insert(key, Set { serial: self.serial, held: SET_OVERHEAD, since: time, ..Set::default() });
    }

    fn drop_set(&mut self, key: &SetKey) {
        if let Some(set) = self.sets.remove(key) {
            self.held -= set.held;
            self.remembered -= u64::from(set.finished);
        }
    }

    fn make_room(&mut self) {
        while let Some(&(serial, key)) = self.order.front() {
            let set = self.sets.get(&key).filter(|set| set.serial == serial);
            match set {
                Some(_) if self.held <= self.most && self.order.len() <= 2 * self.sets.len() + 1024 => break,
                Some(set) if self.held > self.most => {
                    self.given_up += u64::from(!set.finished);
                    self.drop_set(&key);
                }
                // Entries of sets that are gone lie behind a long-lived one.
                Some(_) => {
                    let sets = &self.sets;
                    self.order.retain(|(serial, key)| sets.get(key).is_some_and(|set| set.serial == *serial));
                    break;
                }
                None => {}
            }
            self.order.pop_front();
        }
    }
}

/// How a part fits into its set.
enum Placed {
    New,
    /// The same part captured twice.
    Known,
    Contradiction,
}

impl Set {
    /// Whether a part that comes now belongs to another packet of the same number.
    fn is_over(&self, now: Time) -> bool {
        let most = if self.finished { REMEMBERED_NANOS } else { OLDEST_NANOS };
        now.nanos().abs_diff(self.since.nanos()) > most
    }

    fn place(&mut self, offset: usize, bytes: &[u8], more: bool) -> Placed {
        let end = offset + bytes.len();
        let place = self.parts.partition_point(|(at, _)| *at < offset);
        let before = place.checked_sub(1).and_then(|i| self.parts.get(i));
        let after = self.parts.get(place);
        if after.is_some_and(|(at, old)| *at == offset && old == bytes) {
            return Placed::Known;
        }
        let overlaps = before.is_some_and(|(at, old)| at + old.len() > offset)
            || after.is_some_and(|(at, _)| *at < end)
            || self.total.is_some_and(|total| end > total)
            || (!more && self.total.is_some_and(|total| end != total))
            || (!more && self.parts.last().is_some_and(|(at, old)| at + old.len() > end));
        if overlaps || self.parts.len() >= MOST_PARTS {
            return Placed::Contradiction;
        }
        if !more {
            self.total = Some(end);
        }
        self.parts.insert(place, (offset, bytes.to_vec()));
        self.have += bytes.len();
        self.held += bytes.len() + PART_OVERHEAD;
        Placed::New
    }

    /// The whole payload, if every byte of it is there.
    fn whole(&self) -> Option<Vec<u8>> {
        (self.total == Some(self.have))
            .then(|| self.parts.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect())
    }

    /// Lets the parts go and remembers that they made a whole.
    fn finish(&mut self, now: Time) {
        *self = Set { serial: self.serial, held: SET_OVERHEAD, since: now, finished: true, ..Set::default() };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time::from_secs(0);

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
                last = fragments.add(key(1), part(offset, more), bytes, bytes.len(), NOW);
            }
            assert_eq!(last, Joined::Whole(b"0123456789abcdefghijklmn".to_vec()), "{order:?}");
            assert_eq!((fragments.held, fragments.unfinished()), (SET_OVERHEAD, 0), "only the memory of it");
        }
    }

    /// RFC 5722: overlapping fragments must be discarded, the whole set.
    #[test]
    fn an_overlap_drops_the_set() {
        let mut fragments = Fragments::new(1 << 20);
        fragments.add(key(1), part(0, true), &[1; 16], 16, NOW);
        assert_eq!(fragments.add(key(1), part(8, false), &[2; 16], 16, NOW), Joined::Dropped);
        assert_eq!(fragments.unfinished(), 0);
    }

    #[test]
    fn the_same_part_twice_is_no_overlap() {
        let mut fragments = Fragments::new(1 << 20);
        fragments.add(key(1), part(0, true), &[1; 8], 8, NOW);
        assert_eq!(fragments.add(key(1), part(0, true), &[1; 8], 8, NOW), Joined::Waiting);
        assert!(matches!(fragments.add(key(1), part(8, false), &[1; 8], 8, NOW), Joined::Whole(_)));
    }

    #[test]
    fn memory_is_bounded_under_a_flood_of_parts() {
        let mut fragments = Fragments::new(100_000);
        for id in 0..50_000 {
            fragments.add(key(id), part(8, true), &[0; 8], 8, NOW);
        }
        assert!(fragments.held <= 100_000);
        assert!(fragments.order.len() < 10_000);
        assert!(fragments.given_up > 40_000);
        assert_eq!(fragments.given_up + fragments.unfinished(), 50_000);
    }

    /// Packets that come whole, behind one set that never does: neither table nor order may grow, and the old set is
    /// not counted twice.
    #[test]
    fn finished_sets_do_not_pile_up() {
        let mut fragments = Fragments::new(1 << 20);
        fragments.add(key(0), part(8, true), &[0; 8], 8, NOW);
        for id in 1..50_000 {
            let time = Time::from_nanos(i64::from(id) * 1_000_000);
            fragments.add(key(id), part(0, true), &[0; 8], 8, time);
            assert!(matches!(fragments.add(key(id), part(8, false), &[0; 8], 8, time), Joined::Whole(_)));
        }
        assert!(fragments.held <= 1 << 20);
        assert!(fragments.order.len() < 10_000);
        assert_eq!(fragments.given_up + fragments.unfinished(), 1);
    }

    /// The finest cut there is: a 9,000-byte packet in parts of 8 bytes, in any order.
    #[test]
    fn a_packet_in_the_tiniest_parts_is_put_together() {
        let whole: Vec<u8> = (0..9_000u32).map(|n| n as u8).collect();
        for backwards in [false, true] {
            let mut fragments = Fragments::new(1 << 20);
            let mut parts: Vec<(usize, &[u8])> = whole.chunks(8).enumerate().collect();
            if backwards {
                parts.reverse();
            }
            let mut last = Joined::Waiting;
            for (n, bytes) in parts {
                let more = (n + 1) * 8 < whole.len();
                last = fragments.add(key(1), part(n as u32 * 8, more), bytes, bytes.len(), NOW);
            }
            assert_eq!(last, Joined::Whole(whole.clone()));
        }
    }

    /// A mirror of two ports shows each part twice, and the second copies come after the whole.
    #[test]
    fn copies_of_a_finished_packet_begin_no_new_one() {
        let mut fragments = Fragments::new(1 << 20);
        fragments.add(key(1), part(0, true), &[1; 8], 8, NOW);
        assert!(matches!(fragments.add(key(1), part(8, false), &[2; 8], 8, NOW), Joined::Whole(_)));
        let soon = Time::from_nanos(1_000_000);
        assert_eq!(fragments.add(key(1), part(0, true), &[1; 8], 8, soon), Joined::Waiting);
        assert_eq!(fragments.add(key(1), part(8, false), &[2; 8], 8, soon), Joined::Waiting);
        assert_eq!(fragments.unfinished(), 0);
        let later = Time::from_secs(5);
        fragments.add(key(1), part(0, true), &[3; 8], 8, later);
        let whole = fragments.add(key(1), part(8, false), &[4; 8], 8, later);
        assert_eq!(whole, Joined::Whole([[3; 8], [4; 8]].concat()), "the number has come round");
    }

    /// A number comes again long after its first packet lost a part: the old part is no part of the new packet.
    #[test]
    fn an_old_part_does_not_spoil_a_new_packet() {
        let mut fragments = Fragments::new(1 << 20);
        fragments.add(key(1), part(0, true), &[1; 16], 16, NOW);
        let later = Time::from_secs(61);
        fragments.add(key(1), part(0, true), &[2; 8], 8, later);
        let whole = fragments.add(key(1), part(8, false), &[2; 8], 8, later);
        assert_eq!(whole, Joined::Whole(vec![2; 16]));
        assert_eq!(fragments.given_up, 1);
    }
}
