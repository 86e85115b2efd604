//! The flows of one shard: a slab of entries, an index by key, and eviction when it is full.

use crate::clock::Clock;
use crate::entry::Entry;
use crate::index::Index;
use crate::key::FlowKey;

#[derive(Debug)]
pub(crate) struct Table {
    index: Index,
    entries: Vec<Entry>,
    most: usize,
    clock: Clock,
}

impl Table {
    pub(crate) fn new(most: usize) -> Table {
        Table { index: Index::new(), entries: Vec::new(), most: most.max(1), clock: Clock::default() }
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
        let Table { entries, clock, .. } = self;
        let at = clock.next(entries.len(), |at| {
            entries.get_mut(at).is_some_and(|entry| std::mem::take(&mut entry.used))
        });
        let Some(place) = entries.get_mut(at) else { return (at, None) };
        let old = std::mem::replace(place, entry);
        self.index.remove(old.hash, at);
        self.link(hash, at);
        (at, Some(old))
    }

    fn link(&mut self, hash: u64, at: usize) {
        let Ok(number) = u32::try_from(at) else { return };
        self.index.insert(hash, number);
    }

    /// Takes all entries out, in the order in which their flows began.
    pub(crate) fn drain(&mut self) -> Vec<Entry> {
        self.index.clear();
        self.clock = Clock::default();
        let mut entries = std::mem::take(&mut self.entries);
        entries.sort_unstable_by_key(|entry| entry.born);
        entries
    }
}
