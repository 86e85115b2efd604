//! A table with a bound: a slab, an index with a keyed hash, and eviction by CLOCK, so that what is forgotten depends on
//! the order of flows and never on a hash.

use crate::clock::Clock;
use crate::index::Index;
use foldhash::quality::RandomState;
use std::hash::{BuildHasher, Hash};

#[derive(Debug)]
pub(super) struct Book<K, V> {
    index: Index,
    pages: Vec<Page<K, V>>,
    most: usize,
    clock: Clock,
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
        let (index, clock, hash) = (Index::new(), Clock::default(), RandomState::default());
        Book { index, pages: Vec::new(), most, clock, hash }
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
            let Book { pages, clock, .. } = self;
            let at = clock
                .next(pages.len(), |at| pages.get_mut(at).is_some_and(|page| std::mem::take(&mut page.used)));
            if let Some(place) = pages.get_mut(at) {
                let gone = std::mem::replace(place, page);
                self.index.remove(gone.hash, at);
                old = Some((gone.key, gone.value));
            }
            at
        };
        if let Ok(number) = u32::try_from(at) {
            self.index.insert(hash, number);
        }
        (self.pages.get_mut(at).map(|page| &mut page.value), old)
    }

    fn at(&self, hash: u64, key: &K) -> Option<usize> {
        self.index.find(hash, |at| self.pages.get(at).is_some_and(|page| page.key == *key))
    }

    /// All pages, in the order of their keys.
    pub(super) fn drain(&mut self) -> Vec<(K, V)> {
        self.index.clear();
        self.clock = Clock::default();
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
