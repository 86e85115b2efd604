//! When and how often something was seen, and where that can be checked.

use model::{Cited, Message, Observation, Time};

/// Places kept: enough to check a finding by hand.
const MOST_CITED: usize = 4;

/// Times, count and places of one thing.
#[derive(Debug, Clone)]
pub(crate) struct Sightings {
    pub(crate) first: Time,
    pub(crate) last: Time,
    pub(crate) count: u64,
    /// The first few places.
    pub(crate) cited: Vec<Cited>,
}

impl Sightings {
    /// Not counted yet; times begin here.
    pub(crate) const fn new(time: Time) -> Sightings {
        Sightings { first: time, last: time, count: 0, cited: Vec::new() }
    }

    /// The same with the one place to check it, for what is not cited again.
    pub(crate) fn cited_at(seen: &Observation, time: Time, excerpt: Message) -> Sightings {
        let mut sightings = Sightings::new(time);
        sightings.cite(seen, excerpt);
        sightings
    }

    /// Takes in a time without counting.
    pub(crate) fn touch(&mut self, time: Time) {
        self.first = self.first.min(time);
        self.last = self.last.max(time);
    }

    /// Counts one more, from when to when it was.
    pub(crate) fn add(&mut self, first: Time, last: Time) {
        self.count = self.count.saturating_add(1);
        self.first = self.first.min(first);
        self.last = self.last.max(last);
    }

    /// Keeps a place, if there is room.
    pub(crate) fn cite(&mut self, seen: &Observation, excerpt: Message) {
        if self.cited.len() < MOST_CITED {
            self.cited.push(Cited { origin: seen.origin, time: seen.time, excerpt });
        }
    }

    /// Counts what was seen at its time, and keeps the place.
    pub(crate) fn note(&mut self, seen: &Observation, excerpt: Message) {
        self.add(seen.time, seen.time);
        self.cite(seen, excerpt);
    }
}
