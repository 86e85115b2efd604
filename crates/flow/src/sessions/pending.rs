//! Requests that wait for their answer, paired by id, order and shape.
//!
//! An id is not unique (some miners send every submit under one id), it need not be echoed (pools have been seen to
//! answer request 828 with id 1), and an answer of another dialect may come. So: the oldest request with that id whose
//! prescribed answer this is; else the oldest with that id; else the oldest that this shape can answer, if the shape is
//! a specific one or only one request is open.

use parse::mining::said::{Answer, AskKind};
use std::collections::VecDeque;

/// Most requests that wait on one connection; the oldest is forgotten beyond that, and then what was accepted is not
/// known. Miners have few open at a time. Submits without waiting are one entry where their ids count up or repeat.
const LIMIT: usize = 64;

/// A request that waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pending {
    /// Hash of the id's bytes; 0 for none.
    pub(super) id: u64,
    /// What was asked.
    pub(super) kind: AskKind,
    /// The session it belongs to.
    pub(super) session: usize,
    /// What the job of a submitted share asked for.
    pub(super) price: super::jobs::Price,
    /// For submits: whether version bits were rolled. For a subscription: whether a dialect was announced. For the server's questions: whether the algorithm was asked for.
    pub(super) flag: bool,
    /// The recorded line.
    pub(super) line: Option<u32>,
    /// The HTTP exchange it came with; 0 on a plain stream.
    pub(super) exchange: u64,
}

/// Requests that differ in nothing but their ids: one, or many solutions handed in without waiting for answers.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    pending: Pending,
    /// The id of the first, where it is a number.
    number: Option<u64>,
    /// How many more there are.
    more: u64,
    /// Whether the ids of those count up; else all are the same (some miners send every submit under one id).
    counts: bool,
}

impl Waiting {
    /// Joins a request if it only continues these.
    fn join(&mut self, next: &Pending, number: Option<u64>) -> bool {
        let mut same = *next;
        (same.id, same.line) = (self.pending.id, self.pending.line);
        if !next.kind.is_solution() || same != self.pending {
            return false;
        }
        let follows = self.number.is_some_and(|first| {
            first.checked_add(self.more.saturating_add(1)) == number && number.is_some()
        });
        let counts = if next.id == self.pending.id { false } else { follows };
        let fits = next.id == self.pending.id || follows;
        if !fits || (self.more > 0 && self.counts != counts) {
            return false;
        }
        self.counts = counts;
        self.more = self.more.saturating_add(1);
        true
    }

    /// Which of these has that id, counted from the first.
    fn place(&self, id: u64, number: Option<u64>) -> Option<u64> {
        match (self.counts, self.number, number) {
            (true, Some(first), Some(number)) => {
                number.checked_sub(first).filter(|place| *place <= self.more)
            }
            _ => (self.pending.id == id).then_some(0),
        }
    }
}

/// The requests of one side.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Waiting>,
    /// A solution was forgotten before it was answered: how many were accepted is not known any more.
    pub(super) forgot: bool,
}

impl Queue {
    pub(super) fn push(&mut self, pending: Pending, id: Option<&[u8]>) {
        let number = number_in(id);
        // While few wait each keeps its line.
        if self.waiting.len() >= LIMIT / 4
            && self.waiting.back_mut().is_some_and(|last| last.join(&pending, number))
        {
            return;
        }
        self.waiting.push_back(Waiting { pending, number, more: 0, counts: false });
        self.keep_bound();
    }

    fn keep_bound(&mut self) {
        while self.waiting.len() > LIMIT {
            let oldest = self.waiting.pop_front();
            self.forgot |= oldest.is_some_and(|oldest| oldest.pending.kind.is_solution());
        }
    }

    /// Takes the request this answers.
    pub(super) fn take(&mut self, id: Option<&[u8]>, answer: &Answer<'_>, exchange: u64) -> Option<Pending> {
        let (hash, number) = (id_number(id), number_in(id));
        let here = |waiting: &&Waiting| waiting.pending.exchange == exchange;
        let has_id = |waiting: &Waiting| waiting.place(hash, number);
        let find = |test: &dyn Fn(&Waiting) -> bool| {
            self.waiting.iter().position(|waiting| waiting.pending.exchange == exchange && test(waiting))
        };
        let found = find(&|waiting| has_id(waiting).is_some() && answer.suits(waiting.pending.kind))
            .or_else(|| find(&|waiting| has_id(waiting).is_some() && hash != 0))
            .or_else(|| {
                let open = self
                    .waiting
                    .iter()
                    .filter(here)
                    .fold(0_u64, |open, waiting| open.saturating_add(waiting.more).saturating_add(1));
                // In one HTTP exchange the answer is to what was asked there, whatever its id.
                let sure = answer.is_servers() || open == 1 || hash == 0 || exchange != 0;
                if sure { find(&|waiting| answer.suits(waiting.pending.kind)) } else { None }
            })?;
        let place = has_id(self.waiting.get(found)?).unwrap_or(0);
        self.remove(found, place)
    }

    /// Removes one of the requests at `at`.
    fn remove(&mut self, at: usize, place: u64) -> Option<Pending> {
        let waiting = self.waiting.get_mut(at)?;
        let taken = waiting.pending;
        let Some(rest) = waiting.more.checked_sub(1) else {
            return self.waiting.remove(at).map(|waiting| waiting.pending);
        };
        let behind = waiting.more.saturating_sub(place);
        if !waiting.counts || behind == 0 {
            waiting.more = rest;
            return Some(taken);
        }
        let next = waiting.number.map(|first| first.saturating_add(place).saturating_add(1));
        let tail = Waiting { number: next, more: behind - 1, ..*waiting };
        if place == 0 {
            *waiting = tail;
        } else {
            waiting.more = place - 1;
            self.waiting.insert(at + 1, tail);
            self.keep_bound();
        }
        Some(taken)
    }

    /// Forgets what was asked in exchanges up to this one: their answer is over.
    pub(super) fn forget_until(&mut self, exchange: u64) {
        self.waiting.retain(|waiting| waiting.pending.exchange > exchange);
    }
}

/// The number that an id spells.
fn number_in(id: Option<&[u8]>) -> Option<u64> {
    std::str::from_utf8(id?).ok()?.parse().ok()
}

/// A number for an id: FNV-1a, never 0. Collisions could only confuse the dialogue that makes them.
pub(super) fn id_number(id: Option<&[u8]>) -> u64 {
    id.map_or(0, |bytes| number_of(bytes) | 1)
}

/// FNV-1a of 64 bits (Fowler, Noll, Vo).
pub(super) fn number_of(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn submit(queue: &mut Queue, id: u64) {
        let id = id.to_string();
        let pending = Pending {
            id: id_number(Some(id.as_bytes())),
            kind: AskKind::Solution,
            session: 0,
            price: super::super::jobs::Price::Unknown,
            flag: false,
            line: None,
            exchange: 0,
        };
        queue.push(pending, Some(id.as_bytes()));
    }

    fn answered(queue: &mut Queue, ids: impl Iterator<Item = u64>) -> usize {
        ids.filter(|id| queue.take(Some(id.to_string().as_bytes()), &Answer::Ok, 0).is_some()).count()
    }

    /// Many in flight: every answer finds its request, in order or backwards, and none twice.
    #[test]
    fn many_without_waiting() {
        for backwards in [false, true] {
            let mut queue = Queue::default();
            (0..100_000).for_each(|id| submit(&mut queue, id));
            assert!(queue.waiting.len() <= LIMIT);
            let ids: Box<dyn Iterator<Item = u64>> =
                if backwards { Box::new((0..100_000).rev()) } else { Box::new(0..100_000) };
            assert_eq!((answered(&mut queue, ids), queue.waiting.len(), queue.forgot), (100_000, 0, false));
            assert_eq!(answered(&mut queue, 5..6), 0, "nothing is open any more");
        }
    }

    /// All under one id, as cpuminer sends them.
    #[test]
    fn many_under_one_id() {
        let mut queue = Queue::default();
        (0..1000).for_each(|_| submit(&mut queue, 4));
        assert_eq!((answered(&mut queue, (0..1500).map(|_| 4)), queue.forgot), (1000, false));
    }

    /// Ids without order are beyond the bound: that is said.
    #[test]
    fn beyond_the_bound_nothing_is_claimed() {
        let mut queue = Queue::default();
        (0..100).for_each(|id| submit(&mut queue, id * 7919 % 1000));
        assert!(queue.forgot && queue.waiting.len() == LIMIT);
        // Answers from the middle split a range.
        let mut queue = Queue::default();
        (0..2000).for_each(|id| submit(&mut queue, id));
        answered(&mut queue, (0..2000).step_by(2));
        assert!(queue.forgot && queue.waiting.len() <= LIMIT);
    }
}
