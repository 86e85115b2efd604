//! A table with a bound: a slab, an index with a keyed hash, and eviction by a hand that goes round (CLOCK), so that
//! what is forgotten depends on the order of flows and never on a hash.

use foldhash::quality::RandomState;
use hashbrown::HashTable;
use std::hash::{BuildHasher, Hash};

#[derive(Debug)]
pub(super) struct Book<K, V> {
    index: HashTable<u32>,
    pages: Vec<Page<K, V>>,
    most: usize,
    hand: usize,
    hash: RandomState,
}

#[derive(Debug)]
struct Page<K, V> {
    hash: u64,
    /// Read since the hand last passed.
    used: bool,
    key: K,
    value: V,
}

impl<K: Copy + Eq + Ord + Hash, V> Book<K, V> {
    pub(super) fn new(most: usize) -> Book<K, V> {
        let most = most.clamp(1, u32::MAX as usize);
        Book { index: HashTable::new(), pages: Vec::new(), most, hand: 0, hash: RandomState::default() }
    }

    /// The value of a key that has a page.
    pub(super) fn find(&mut self, key: &K) -> Option<&mut V> {
        let hash = self.hash.hash_one(key);
        let at = self.at(hash, key)?;
        let page = self.pages.get_mut(at)?;
        page.used = true;
        Some(&mut page.value)
    }

    /// The value of a key; a new page where it has none, and whose page was taken for it.
    pub(super) fn open(&mut self, key: K, make: impl FnOnce() -> V) -> (Option<&mut V>, Option<(K, V)>) {
        let hash = self.hash.hash_one(key);
        if let Some(at) = self.at(hash, &key) {
            let page = self.pages.get_mut(at);
            return (page.map(|page| (page.used = true, &mut page.value).1), None);
        }
        // Not marked as used: what came once is the first to go.
        let page = Page { hash, used: false, key, value: make() };
        let mut old = None;
        let at = if self.pages.len() < self.most {
            self.pages.push(page);
            self.pages.len() - 1
        } else {
            let at = self.victim();
            if let Some(place) = self.pages.get_mut(at) {
                let gone = std::mem::replace(place, page);
                if let Ok(found) = self.index.find_entry(gone.hash, |&other| other as usize == at) {
                    found.remove();
                }
                old = Some((gone.key, gone.value));
            }
            at
        };
        let pages = &self.pages;
        if let Ok(number) = u32::try_from(at) {
            let hash_of = |&other: &u32| pages.get(other as usize).map_or(0, |page| page.hash);
            self.index.insert_unique(hash, number, hash_of);
        }
        (self.pages.get_mut(at).map(|page| &mut page.value), old)
    }

    fn at(&self, hash: u64, key: &K) -> Option<usize> {
        let same = |&at: &u32| self.pages.get(at as usize).is_some_and(|page| page.key == *key);
        self.index.find(hash, same).map(|&at| at as usize)
    }

    fn victim(&mut self) -> usize {
        for _ in 0..2 * self.pages.len() {
            let at = self.hand;
            self.hand = (self.hand + 1) % self.pages.len();
            match self.pages.get_mut(at) {
                Some(page) if page.used => page.used = false,
                _ => return at,
            }
        }
        self.hand
    }

    /// All pages, in the order of their keys.
    pub(super) fn drain(&mut self) -> Vec<(K, V)> {
        self.index.clear();
        self.hand = 0;
        let mut all: Vec<(K, V)> = self.pages.drain(..).map(|page| (page.key, page.value)).collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_once_goes_first() {
        let mut book: Book<u32, u32> = Book::new(3);
        for key in 0..3 {
            book.open(key, || key * 10);
        }
        assert_eq!(book.find(&0), Some(&mut 0));
        assert_eq!(book.open(3, || 30).1, Some((1, 10)), "0 was asked for again");
        assert_eq!(book.find(&1), None);
        for key in 4..1000 {
            assert!(book.open(key, || key).1.is_some());
        }
        assert_eq!(book.drain().len(), 3);
    }
}
