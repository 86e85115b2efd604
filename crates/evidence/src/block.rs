//! What a reader hands over: bytes as they were read, and where the frames are in them.

use model::{Observation, Time};
use parse::capture::LinkType;

use crate::Gaps;

/// One captured frame: its place in a [`Block`] and what the capture says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// Packet number from 1, as Wireshark counts.
    pub number: u64,
    /// When it was captured; the running time where the capture does not say.
    pub time: Time,
    /// The latest time up to and including this frame: never falls within one piece of evidence.
    pub order: Time,
    /// Offset of its first byte in [`Block::bytes`].
    pub at: u32,
    /// Bytes captured.
    pub len: u32,
    /// Bytes on the wire, never less than `len`.
    pub original_len: u32,
    /// What its first bytes are.
    pub link: LinkType,
}

/// A piece of a capture: a buffer and the frames that lie in it.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// The bytes as they were read, record headers and all. A frame never spans two blocks.
    pub bytes: Vec<u8>,
    /// The frames, in the order of the capture.
    pub frames: Vec<Frame>,
}

impl Block {
    /// The bytes of a frame of this block; none when it is another block's.
    #[inline]
    #[must_use]
    pub fn data(&self, frame: &Frame) -> &[u8] {
        let at = frame.at as usize;
        self.bytes.get(at..at + frame.len as usize).unwrap_or_default()
    }
}

/// Filled by one step of a reader. Handing a used one back saves the allocation of its buffers.
#[derive(Debug, Default)]
pub struct Intake {
    /// Undecoded frames; empty for evidence that is not packets.
    pub block: Block,
    /// Facts that the evidence states by itself.
    pub observations: Vec<Observation>,
    /// What could not be used; [`crate::Reading`] takes them over after each step.
    pub gaps: Gaps,
    /// Records (packets, lines) met in this step.
    pub records: u64,
    /// The earliest time met in this step.
    pub first: Option<Time>,
    /// The latest time met in this step.
    pub last: Option<Time>,
}

impl Intake {
    /// Forgets what it holds and keeps the buffers; [`Block::bytes`] is left as it is, for the
    /// reader to write over.
    pub(crate) fn reuse(&mut self) {
        self.block.frames.clear();
        self.observations.clear();
        self.gaps = Gaps::default();
        (self.records, self.first, self.last) = (0, None, None);
    }
}
