//! A stream of evidence: the only place of this crate that opens files.
//!
//! File, pipe, standard input and compressed stream take one road: large reads, no memory map
//! (a file truncated while mapped ends the process by SIGBUS), decompression by content.

mod decode;
mod digest;
mod limits;
mod raw;
#[cfg(test)]
mod tests;
mod zst;

use std::fmt;
use std::io::{self, Read};

use model::{At, Message};

use crate::words::{
    GAP_BOMB, GAP_READ_FAILED, GAP_STREAM_CUT, GAP_STREAM_DAMAGED, UNREAD_EMPTY, UNREAD_FAILED,
    UNREAD_NO_PERMISSION, UNREAD_NOT_FOUND,
};
use crate::{Gaps, Named, Place};
pub use limits::Limits;
use raw::Raw;

/// A stream of bytes, decompressed, with what is to be said of it at the end.
pub struct Source {
    name: String,
    raw: Raw,
    stream: Box<dyn Read + Send>,
    compressed: bool,
    /// The first bytes, looked at before they are handed over.
    head: Vec<u8>,
    head_used: usize,
    /// Bytes handed over.
    position: u64,
    ended: bool,
    gaps: Gaps,
}

/// The sums of a source that was read.
#[derive(Debug)]
pub struct Totals {
    /// Bytes as they lie there (compressed).
    pub bytes: u64,
    /// SHA-256 of the bytes as they lie there, in hex; absent without hashing, or when not all
    /// of them were read.
    pub sha256: Option<String>,
    /// What could not be read.
    pub gaps: Gaps,
}

impl Source {
    /// Opens a source and finds out whether and how it is compressed.
    ///
    /// # Errors
    /// Says why it cannot be read at all: an `unread-…` message.
    pub fn open(named: &Named, limits: &Limits, hash: bool) -> Result<Self, Message> {
        let raw = match &named.place {
            Place::Stdin => Raw::new(Box::new(io::stdin()), false, hash),
            Place::Path(path) => {
                let (file, regular) = raw::open(path, named.folder.is_some())?;
                Raw::new(Box::new(file), regular, hash)
            }
        };
        Self::begin(named.name.clone(), raw, limits)
    }

    /// Takes the compression off a raw stream.
    fn begin(name: String, raw: Raw, limits: &Limits) -> Result<Self, Message> {
        let decoded = decode::layers(&raw, limits)?;
        let mut source = Self {
            name,
            raw,
            stream: decoded.stream,
            compressed: decoded.compressed,
            head: Vec::new(),
            head_used: 0,
            position: 0,
            ended: false,
            gaps: Gaps::default(),
        };
        if !source.head(1).is_empty() {
            return Ok(source);
        }
        let trouble = source.gaps.into_summaries().into_iter().next();
        Err(trouble.map_or(Message::new(UNREAD_EMPTY), |gap| gap.reason))
    }

    /// The name as the user gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Bytes read so far, as they lie there.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.raw.bytes_read()
    }

    /// Bytes handed over so far, decompressed.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Whether everything that can be read was handed over.
    #[must_use]
    pub fn ended(&self) -> bool {
        self.ended && self.head_used == self.head.len()
    }

    /// The first bytes, at least `len` unless the source has fewer. Only before the first
    /// [`Source::fill`]; they are handed over again by it.
    pub fn head(&mut self, len: usize) -> &[u8] {
        let mut head = std::mem::take(&mut self.head);
        let have = head.len();
        if have < len {
            head.resize(len, 0);
            let got = self.read(&mut head[have..]);
            head.truncate(have + got);
        }
        self.head = head;
        &self.head
    }

    /// Writes the next bytes to `buffer` and says how many: fewer than it holds only at the end.
    pub fn fill(&mut self, buffer: &mut [u8]) -> usize {
        let from_head = (self.head.len() - self.head_used).min(buffer.len());
        let (first, rest) = buffer.split_at_mut(from_head);
        first.copy_from_slice(&self.head[self.head_used..self.head_used + from_head]);
        self.head_used += from_head;
        let got = from_head + self.read(rest);
        self.position += got as u64;
        got
    }

    /// Reads until `buffer` is full or nothing more can be read; trouble becomes a gap.
    fn read(&mut self, buffer: &mut [u8]) -> usize {
        let mut got = 0;
        while got < buffer.len() && !self.ended {
            match self.stream.read(&mut buffer[got..]) {
                Ok(0) => self.ended = true,
                Ok(more) => got += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ended = true;
                    let at = self.position.max(self.head.len() as u64) + got as u64;
                    self.gaps.add(At::Byte(at), trouble(&error, &self.raw, self.compressed));
                }
            }
        }
        got
    }

    /// Ends the reading: bytes, hash and gaps.
    #[must_use]
    pub fn finish(self) -> Totals {
        drop(self.stream);
        let (bytes, sha256) = self.raw.finish();
        Totals { bytes, sha256, gaps: self.gaps }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source")
            .field("name", &self.name)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}

/// What an error in the middle of reading means.
fn trouble(error: &io::Error, raw: &Raw, compressed: bool) -> Message {
    if let Some(bytes) = limits::bomb(error) {
        Message::new(GAP_BOMB).with("bytes", bytes)
    } else if raw.failed() || !compressed {
        Message::new(GAP_READ_FAILED).with("error", error.to_string())
    } else if error.kind() == io::ErrorKind::UnexpectedEof {
        Message::new(GAP_STREAM_CUT)
    } else {
        Message::new(GAP_STREAM_DAMAGED).with("error", error.to_string())
    }
}

/// Why opening or asking about a file failed.
pub(crate) fn unread(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::NotFound => Message::new(UNREAD_NOT_FOUND),
        io::ErrorKind::PermissionDenied => Message::new(UNREAD_NO_PERMISSION),
        _ => Message::new(UNREAD_FAILED).with("error", error.to_string()),
    }
}
