//! Frames of all captures in one order: by the running maximum of time, then by the piece (first time, name).
//!
//! Merging per packet, not file after file, joins a connection whose halves lie in two files. A piece is opened when
//! its turn comes, so that a folder of a thousand rotated files needs a handful of open ones.

use evidence::{Intake, Piece, Reading};
use flow::Frame;
use model::{EvidenceId, EvidenceSummary, Observation, SourceError, Time};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, VecDeque};
use std::sync::Arc;

/// Observations that readers themselves make (name-resolution blocks, machines in bundles) and that are kept to be shown
/// at the end: a machine with as many processes as are looked at, and others beside it.
const MOST_OBSERVATIONS: usize = 1 << 18;

/// Captures that may be open at once, each with a block and perhaps a decoder. More than these overlap in time only
/// where many sensors were copied into one folder; what then waits is read late, and said.
const MOST_OPEN: usize = 64;

/// Blocks remembered until their buffers come back: more than the packets under way can hold.
const MOST_USED: usize = 64;

/// The buffer of a block that nobody reads any more, or a new one.
fn spare(used: &mut VecDeque<Arc<Vec<u8>>>) -> Vec<u8> {
    while let Some(oldest) = used.pop_front() {
        match Arc::try_unwrap(oldest) {
            Ok(buffer) if buffer.capacity() > 0 => return buffer,
            Ok(_) => {}
            Err(held) => {
                if used.len() < MOST_USED {
                    used.push_front(held);
                }
                break;
            }
        }
    }
    Vec::new()
}

/// A capture being read, with the block at hand.
struct Open {
    reading: Reading,
    intake: Intake,
    bytes: Arc<Vec<u8>>,
    next: usize,
    more: bool,
}

/// Everything that is read, and what has been read.
pub(crate) struct Merge {
    /// Pieces not yet opened, last first.
    waiting: Vec<Piece>,
    /// By evidence id.
    open: Vec<Option<Open>>,
    heap: BinaryHeap<Reverse<(Time, u32)>>,
    pub(crate) done: Vec<EvidenceSummary>,
    pub(crate) errors: Vec<SourceError>,
    pub(crate) observations: Vec<Observation>,
    bytes_done: u64,
    /// Ids of the pieces that are open.
    open_now: BTreeSet<u32>,
    /// The latest time handed on.
    passed: Option<Time>,
    /// Pieces that had to wait although their time had come: more overlap than may be open at once.
    pub(crate) late: Vec<EvidenceId>,
    /// Blocks that were handed on, oldest first.
    used: VecDeque<Arc<Vec<u8>>>,
}

impl Merge {
    pub(crate) fn new(mut pieces: Vec<Piece>) -> Merge {
        let open = pieces.iter().map(|_| None).collect();
        pieces.reverse();
        Merge {
            waiting: pieces,
            open,
            heap: BinaryHeap::new(),
            done: Vec::new(),
            errors: Vec::new(),
            observations: Vec::new(),
            bytes_done: 0,
            open_now: BTreeSet::new(),
            passed: None,
            late: Vec::new(),
            used: VecDeque::new(),
        }
    }

    /// Gives the next run of frames of one block to `take`, in merged order, until another piece has its turn; each
    /// with its length on the wire.
    /// Returns whether there may be more.
    pub(crate) fn step(&mut self, mut take: impl FnMut(&Arc<Vec<u8>>, &Frame, u32)) -> bool {
        self.open_due();
        let Some(Reverse((_, id))) = self.heap.pop() else { return false };
        // Until when this piece has its turn: another open piece, or one that waits to be opened.
        let other = self.heap.peek().map(|Reverse(head)| *head);
        let waiting = self
            .waiting
            .last()
            .filter(|_| self.open_now.len() < MOST_OPEN)
            .map(|piece| (piece.begins.unwrap_or(Time::MIN), piece.id.0));
        let limit = [other, waiting].into_iter().flatten().min();
        let Some(open) = self.open.get_mut(id as usize).and_then(Option::as_mut) else { return true };
        while let Some(frame) = open.intake.block.frames.get(open.next) {
            if limit.is_some_and(|limit| (frame.order, id) > limit) {
                self.heap.push(Reverse((frame.order, id)));
                return true;
            }
            open.next += 1;
            self.passed = self.passed.max(Some(frame.order));
            take(
                &open.bytes,
                &Frame {
                    evidence: EvidenceId(id),
                    number: frame.number,
                    time: frame.time,
                    link: frame.link,
                    at: frame.at as usize,
                    len: frame.len as usize,
                },
                frame.original_len,
            );
        }
        self.refill(id);
        true
    }

    /// Bytes read so far of all pieces.
    pub(crate) fn bytes_done(&self) -> u64 {
        let open = self.open_now.iter().filter_map(|id| self.open.get(*id as usize)?.as_ref());
        let open = open.map(|open| open.reading.bytes_read());
        self.bytes_done + open.sum::<u64>()
    }

    /// Opens every piece whose first record is not later than what is next.
    fn open_due(&mut self) {
        while let Some(piece) = self.waiting.last() {
            if self.open_now.len() >= MOST_OPEN && !self.heap.is_empty() {
                break;
            }
            let due = match (piece.begins, self.heap.peek()) {
                (Some(begins), Some(Reverse((next, _)))) => begins <= *next,
                _ => true,
            };
            if !due {
                break;
            }
            let Some(piece) = self.waiting.pop() else { break };
            let id = piece.id.0;
            let waited_too_long =
                matches!((piece.begins, self.passed), (Some(begins), Some(passed)) if begins < passed);
            if waited_too_long {
                self.late.push(piece.id);
            }
            match piece.open() {
                Ok(reading) => {
                    if let Some(place) = self.open.get_mut(id as usize) {
                        let (intake, bytes) = (Intake::default(), Arc::default());
                        *place = Some(Open { reading, intake, bytes, next: 0, more: true });
                        self.open_now.insert(id);
                    }
                    self.refill(id);
                }
                Err(error) => self.errors.push(error),
            }
        }
    }

    /// Reads the next block with frames of a piece, or closes it.
    fn refill(&mut self, id: u32) {
        let Some(place) = self.open.get_mut(id as usize) else { return };
        let Some(open) = place else { return };
        while open.more {
            // Whoever still reads the old block keeps it; its buffer comes back once nobody does.
            self.used.push_back(std::mem::take(&mut open.bytes));
            open.intake.block.bytes = spare(&mut self.used);
            open.more = open.reading.step(&mut open.intake);
            open.next = 0;
            let room = MOST_OBSERVATIONS.saturating_sub(self.observations.len());
            self.observations.extend(open.intake.observations.drain(..).take(room));
            open.bytes = Arc::new(std::mem::take(&mut open.intake.block.bytes));
            if let Some(first) = open.intake.block.frames.first() {
                self.heap.push(Reverse((first.order, id)));
                return;
            }
        }
        if let Some(open) = place.take() {
            self.open_now.remove(&id);
            let summary = open.reading.finish();
            self.bytes_done += summary.bytes;
            self.done.push(summary);
        }
    }
}
