//! The flows of one shard: a slab of entries, an index by key, and eviction when it is full.
//!
//! Eviction is CLOCK (Corbató 1968): a hand goes round the slab and takes the first entry that was not used since the
//! hand last passed. It costs no pointers per flow and no cache miss per packet, and depends on nothing but the order
//! of packets.

use crate::entry::Entry;
use crate::index::Index;
use crate::key::FlowKey;

#[derive(Debug)]
pub(crate) struct Table {
    index: Index,
    entries: Vec<Entry>,
    most: usize,
    hand: usize,
}

impl Table {
    pub(crate) fn new(most: usize) -> Table {
        Table { index: Index::new(), entries: Vec::new(), most: most.max(1), hand: 0 }
    }

    #[inline]
    pub(crate) fn find(&self, hash: u64, key: &FlowKey) -> Option<usize> {
        self.index.find(hash, |at| self.is_at(at, key))
    }

    /// Where the flow of this hash may be: most often right, and then nothing waits for memory any more once
    /// [`Table::touch`] was there.
    #[inline]
    pub(crate) fn guess(&self, hash: u64) -> u32 {
        self.index.guess(hash)
    }

    /// How many places are taken.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the flow of `key` is at `at`.
    #[inline]
    pub(crate) fn is_at(&self, at: usize, key: &FlowKey) -> bool {
        self.entries.get(at).is_some_and(|entry| entry.key == *key)
    }

    /// Brings the flow at `at` on its way from memory.
    #[inline]
    pub(crate) fn touch(&self, at: u32) -> u64 {
        self.entries.get(at as usize).map_or(0, Entry::touch)
    }

    #[inline]
    pub(crate) fn entry(&mut self, at: usize) -> Option<&mut Entry> {
        self.entries.get_mut(at)
    }

    /// Puts a new entry in; returns where, and the entry that was evicted for it.
    pub(crate) fn insert(&mut self, hash: u64, entry: Entry) -> (usize, Option<Entry>) {
        if self.entries.len() < self.most {
            let at = self.entries.len();
            self.entries.push(entry);
            self.link(hash, at);
            return (at, None);
        }
        let at = self.victim();
        let Some(place) = self.entries.get_mut(at) else { return (at, None) };
        let old = std::mem::replace(place, entry);
        self.index.remove(old.hash, at);
        self.link(hash, at);
        (at, Some(old))
    }

    fn link(&mut self, hash: u64, at: usize) {
        let Ok(number) = u32::try_from(at) else { return };
        self.index.insert(hash, number);
    }

    /// The next entry that was not used since the hand last passed it.
    fn victim(&mut self) -> usize {
        // Two rounds suffice: the first takes every mark away.
        for _ in 0..2 * self.entries.len() {
            let at = self.hand;
            self.hand = (self.hand + 1) % self.entries.len();
            match self.entries.get_mut(at) {
                Some(entry) if entry.used => entry.used = false,
                _ => return at,
            }
        }
        self.hand
    }

    /// Takes all entries out, in the order in which their flows began.
    pub(crate) fn drain(&mut self) -> Vec<Entry> {
        self.index.clear();
        self.hand = 0;
        let mut entries = std::mem::take(&mut self.entries);
        entries.sort_unstable_by_key(|entry| entry.born);
        entries
    }
}
