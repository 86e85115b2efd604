//! A table of findings in the making, bounded per host and in all.

use std::collections::BTreeMap;
use std::net::IpAddr;

/// Keeps values by host (an address, or whatever tells hosts apart) and a key of the detector's own. When a bound is
/// reached, the least of the host (or,
/// for the bound over all, the least eighth of the table) is forgotten and counted. "Least" is decided by the value
/// given with each entry, then by the key, never by a hash.
#[derive(Debug)]
pub(crate) struct Kept<T, H = IpAddr> {
    entries: BTreeMap<(H, String), T>,
    per_address: usize,
    in_all: usize,
    pub(crate) forgotten: u64,
}

/// How much an entry is worth keeping.
pub(crate) trait Worth {
    type Rank: Ord;
    fn worth(&self) -> Self::Rank;
}

impl<T: Worth, H: Copy + Ord> Kept<T, H> {
    pub(crate) const fn new(per_address: usize, in_all: usize) -> Kept<T, H> {
        Kept { entries: BTreeMap::new(), per_address, in_all, forgotten: 0 }
    }

    /// The entry under a key, made by `make` if it is new.
    pub(crate) fn entry(&mut self, address: H, key: String, make: impl FnOnce() -> T) -> &mut T {
        let key = (address, key);
        if !self.entries.contains_key(&key) {
            self.make_room(address);
        }
        self.entries.entry(key).or_insert_with(make)
    }

    pub(crate) fn of(&mut self, address: H) -> impl Iterator<Item = (&(H, String), &mut T)> {
        self.entries
            .range_mut((address, String::new())..)
            .take_while(move |((holder, _), _)| *holder == address)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&(H, String), &T)> {
        self.entries.iter()
    }

    fn make_room(&mut self, address: H) {
        let of_address = self.of(address).count();
        if of_address >= self.per_address {
            let least =
                self.of(address).map(|(key, value)| (value.worth(), key.clone())).min().map(|(_, key)| key);
            if let Some(least) = least {
                self.entries.remove(&least);
                self.forgotten += 1;
            }
        }
        if self.entries.len() >= self.in_all {
            let mut all: Vec<_> =
                self.entries.iter().map(|(key, value)| (value.worth(), key.clone())).collect();
            all.sort_unstable();
            all.truncate((self.in_all / 8).max(1));
            for (_, key) in all {
                self.entries.remove(&key);
                self.forgotten += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Worth for u32 {
        type Rank = u32;
        fn worth(&self) -> u32 {
            *self
        }
    }

    #[test]
    fn forgets_the_least_first() {
        let (one, other): (IpAddr, IpAddr) = ([192, 0, 2, 1].into(), [192, 0, 2, 2].into());
        let mut kept: Kept<u32> = Kept::new(2, 3);
        kept.entry(one, "a".into(), || 5);
        kept.entry(one, "b".into(), || 1);
        kept.entry(one, "c".into(), || 3);
        let keys: Vec<&str> = kept.iter().map(|((_, key), _)| key.as_str()).collect();
        assert_eq!(keys, ["a", "c"], "b was worth least");
        kept.entry(other, "d".into(), || 4);
        kept.entry(other, "e".into(), || 4);
        let keys: Vec<&str> = kept.iter().map(|((_, key), _)| key.as_str()).collect();
        assert_eq!(keys, ["a", "d", "e"], "c was worth least of all");
        assert_eq!(kept.forgotten, 2);
    }
}
