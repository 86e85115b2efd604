//! Requests that wait for their answer, paired by id, order and shape.
//!
//! An id is not unique (some miners send every submit under one id), it need not be echoed (pools have been seen to
//! answer request 828 with id 1), and an answer of another dialect may come. So: the oldest request with that id whose
//! prescribed answer this is; else the oldest with that id; else the oldest that this shape can answer, if the shape is
//! a specific one or only one request is open.

use parse::mining::said::{Answer, AskKind};
use std::collections::VecDeque;

/// Most requests that wait on one connection; the oldest is forgotten beyond that. Miners have few open at a time.
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

/// The requests of one side.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: VecDeque<Pending>,
}

impl Queue {
    pub(super) fn push(&mut self, pending: Pending) {
        if self.waiting.len() >= LIMIT {
            self.waiting.pop_front();
        }
        self.waiting.push_back(pending);
    }

    /// Takes the request this answers.
    pub(super) fn take(&mut self, id: u64, answer: &Answer<'_>, exchange: u64) -> Option<Pending> {
        let here = |pending: &&Pending| pending.exchange == exchange;
        let find = |test: &dyn Fn(&Pending) -> bool| {
            self.waiting.iter().position(|pending| pending.exchange == exchange && test(pending))
        };
        let found = find(&|pending| pending.id == id && answer.suits(pending.kind))
            .or_else(|| find(&|pending| pending.id == id && id != 0))
            .or_else(|| {
                let open = self.waiting.iter().filter(here).count();
                // In one HTTP exchange the answer is to what was asked there, whatever its id.
                let sure = answer.is_servers() || open == 1 || id == 0 || exchange != 0;
                if sure { find(&|pending| answer.suits(pending.kind)) } else { None }
            })?;
        self.waiting.remove(found)
    }

    /// Forgets what was asked in exchanges up to this one: their answer is over.
    pub(super) fn forget_until(&mut self, exchange: u64) {
        self.waiting.retain(|pending| pending.exchange > exchange);
    }
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
