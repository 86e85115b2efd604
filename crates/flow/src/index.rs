//! Where in a table the flow, or whatever it keeps, of a hash is: open addressing with linear probing, half empty at least.
//!
//! A library's table would do, but for one thing: here the first half of a look-up, which only fetches from memory, can
//! be done for a whole batch before the second half, which compares. With 200,000 flows at once waiting for memory is
//! most of what counting costs. Hashes are keyed, so that nobody can prepare long runs of occupied slots. Removal
//! shifts back what follows (Knuth, The Art of Computer Programming, volume 3, section 6.4, algorithm R).

/// No place.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// A place, and the hash of the flow there.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    at: u32,
}

const EMPTY: Slot = Slot { hash: 0, at: NOWHERE };

/// Slots of the smallest index.
const FEWEST: usize = 16;

/// Places by the low 32 bits of a hash.
#[derive(Debug)]
pub(crate) struct Index {
    /// A power of two of them.
    slots: Vec<Slot>,
    len: usize,
}

impl Index {
    pub(crate) fn new() -> Index {
        Index { slots: vec![EMPTY; FEWEST], len: 0 }
    }

    fn mask(&self) -> usize {
        self.slots.len() - 1
    }

    #[inline]
    fn slot(&self, number: usize) -> Slot {
        self.slots.get(number & self.mask()).copied().unwrap_or(EMPTY)
    }

    /// A place where the flow of this hash may be, without looking there: [`NOWHERE`], or wrong, at times.
    #[inline]
    pub(crate) fn guess(&self, hash: u64) -> u32 {
        let hash = hash as u32;
        let home = hash as usize;
        let (first, second) = (self.slot(home), self.slot(home + 1));
        if first.hash == hash || second.hash != hash { first.at } else { second.at }
    }

    /// The place of this hash that `is_there` accepts.
    #[inline]
    pub(crate) fn find(&self, hash: u64, mut is_there: impl FnMut(usize) -> bool) -> Option<usize> {
        let hash = hash as u32;
        for step in 0..self.slots.len() {
            let slot = self.slot(hash as usize + step);
            if slot.at == NOWHERE {
                return None;
            }
            if slot.hash == hash && is_there(slot.at as usize) {
                return Some(slot.at as usize);
            }
        }
        None
    }

    /// Notes a place that is not in the index yet.
    pub(crate) fn insert(&mut self, hash: u64, at: u32) {
        if 2 * (self.len + 1) > self.slots.len() {
            let twice = vec![EMPTY; 2 * self.slots.len()];
            let old = std::mem::replace(&mut self.slots, twice);
            old.into_iter().filter(|slot| slot.at != NOWHERE).for_each(|slot| self.put(slot));
        }
        self.put(Slot { hash: hash as u32, at });
        self.len += 1;
    }

    fn put(&mut self, slot: Slot) {
        let mask = self.mask();
        let mut number = slot.hash as usize & mask;
        while let Some(place) = self.slots.get_mut(number) {
            if place.at == NOWHERE {
                *place = slot;
                return;
            }
            number = (number + 1) & mask;
        }
    }

    /// Takes a place out.
    pub(crate) fn remove(&mut self, hash: u64, at: usize) {
        let mask = self.mask();
        let home = hash as u32 as usize;
        let found = (0..self.slots.len())
            .map(|step| (home + step) & mask)
            .take_while(|number| self.slot(*number).at != NOWHERE)
            .find(|number| self.slot(*number).at as usize == at);
        let Some(mut hole) = found else { return };
        self.len -= 1;
        let mut number = hole;
        loop {
            number = (number + 1) & mask;
            let slot = self.slot(number);
            if slot.at == NOWHERE {
                break;
            }
            // A slot may move back into the hole unless that lies before its home.
            let from_home = number.wrapping_sub(slot.hash as usize) & mask;
            if from_home >= number.wrapping_sub(hole) & mask {
                self.slots[hole] = slot;
                hole = number;
            }
        }
        self.slots[hole] = EMPTY;
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        *self = Index::new();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        /// Against the standard library's table, with hashes so few that they collide, wrap round the end and leave
        /// holes in the middle of runs.
        #[test]
        fn is_a_table(steps in proptest::collection::vec((any::<bool>(), 0u64..40), 0..400)) {
            let mut index = Index::new();
            let mut known: HashMap<u32, u64> = HashMap::new();
            for (next, (add, number)) in (0u32..).zip(steps) {
                // Eight hashes at the end of the smallest index, the others spread.
                let hash = if number < 8 { 15 - number % 3 } else { number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20 };
                if add {
                    index.insert(hash, next);
                    known.insert(next, hash);
                } else if let Some(&at) = known.keys().min() {
                    let hash = known.remove(&at).unwrap_or_default();
                    index.remove(hash, at as usize);
                    prop_assert_eq!(index.find(hash, |found| found == at as usize), None);
                }
                for (&at, &hash) in &known {
                    prop_assert_eq!(index.find(hash, |found| found == at as usize), Some(at as usize));
                }
            }
            prop_assert_eq!(index.len, known.len());
        }
    }

    #[test]
    fn a_guess_is_where_the_only_flow_is() {
        let mut index = Index::new();
        assert_eq!(index.guess(7), NOWHERE);
        index.insert(7, 3);
        assert_eq!(index.guess(7), 3);
    }
}
