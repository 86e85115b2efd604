//! Capture files, pcap and pcapng, walked record by record without copying.
//!
//! A [`Walker`] looks at a buffer that the caller fills and refills; it never reads, never
//! copies and never allocates for a frame. Damage becomes a [`Damage`] with its place and
//! size, and the walk goes on at the next record that holds together.
//!
//! ```
//! use parse::capture::{Step, Walker};
//! # let file = [0xd4u8, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0];
//! let mut walker = Walker::begin(&file)?;
//! loop {
//!     match walker.step(&file, true) {
//!         Step::Frame(frame) => drop(&file[frame.at..frame.at + frame.len]),
//!         Step::NeedMore(_) | Step::End => break,
//!         Step::Names { .. } | Step::Skipped(_) | Step::Damage(_) => {}
//!     }
//! }
//! # Ok::<(), parse::capture::NotACapture>(())
//! ```

mod classic;
mod interface;
mod link_type;
mod names;
mod order;
mod pcapng;
mod resync;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

pub use link_type::LinkType;

/// The longest frame that is believed, in bytes; a longer one is damage.
///
/// Source: libpcap `pcap-int.h`, `MAXIMUM_SNAPLEN`. (USB and D-Bus captures may exceed it;
/// they hold no network traffic.)
pub const MAX_FRAME: usize = 262_144;

/// The longest pcapng block that is believed, in bytes; a longer one is damage.
///
/// Source: libpcap `sf-pcapng.c`, `INITIAL_MAX_BLOCKSIZE`. It bounds how many bytes a caller
/// of [`Walker::step`] has to keep: [`Step::NeedMore`] never asks for more.
pub const MAX_BLOCK: usize = 16 * 1024 * 1024;

/// How many bytes [`Walker::begin`] wants to see; fewer only when the input has no more.
pub const HEADER: usize = 28;

/// One frame: where its bytes are in the buffer given to [`Walker::step`], and what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame {
    /// When it was captured, in nanoseconds since 1970; `None` where the format has no time
    /// (simple packet blocks) or the time does not fit.
    pub time_nanos: Option<i64>,
    /// What its first bytes are.
    pub link: LinkType,
    /// Offset of its first byte in the buffer.
    pub at: usize,
    /// How many bytes were captured, at most [`MAX_FRAME`].
    pub len: usize,
    /// How many bytes it had on the wire, never less than `len`.
    pub original_len: u32,
}

/// A part of the capture that carries no frame and was passed over on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skipped {
    /// A decryption secrets block: keys are there, and are not used.
    Secrets,
    /// A record of another kind that Wireshark gives a packet number (systemd journal entries).
    Numbered,
    /// An interface's statistics: so many packets more than known before were lost by the
    /// capturing machine, and are not in the capture.
    Dropped(u64),
    /// Custom and unknown blocks, and statistics without losses.
    Other,
}

/// Why some bytes of a capture could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The input ends inside a record.
    CutShort,
    /// A length, or the two lengths of a block, cannot be true; everything up to the next
    /// record that holds together is lost.
    AbsurdLength,
    /// A frame longer than [`MAX_FRAME`].
    FrameTooLong,
    /// A block of a known type whose content does not fit its length.
    BadBlock,
    /// A packet of an interface that the section never described.
    UnknownInterface,
    /// A section describes more interfaces than are kept.
    TooManyInterfaces,
}

/// Bytes of a capture that could not be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage {
    /// Offset of the first lost byte from the start of the input.
    pub at: u64,
    /// How many bytes are lost.
    pub bytes: u64,
    /// Why.
    pub reason: Reason,
}

/// What one step of a [`Walker`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A frame.
    Frame(Frame),
    /// A name resolution block: addresses and the names the capturing program knew for them.
    Names {
        /// Address and name, in the order of the block.
        names: Vec<(IpAddr, String)>,
        /// How many names were left out: too long, or beyond the limit of one block.
        left_out: usize,
    },
    /// Something without a frame.
    Skipped(Skipped),
    /// Bytes that could not be used. The walk goes on.
    Damage(Damage),
    /// The buffer must hold at least this many bytes from [`Walker::position`] on; it holds
    /// fewer, and the input has not ended.
    NeedMore(usize),
    /// Nothing is left.
    End,
}

/// Why bytes are not the start of a capture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotACapture {
    /// There are none.
    Empty,
    /// They begin like a capture and end inside its header.
    CutShort,
    /// They begin like nothing that is known here.
    Unknown,
}

impl std::fmt::Display for NotACapture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "nothing to read",
            Self::CutShort => "the capture ends inside its header",
            Self::Unknown => "not a capture",
        })
    }
}

impl std::error::Error for NotACapture {}

/// The place of a walk: where in the buffer, and where the buffer is in the input.
#[derive(Debug, Clone, Default)]
struct Place {
    /// Offset in the buffer of the next record.
    at: usize,
    /// Offset in the input of the buffer's first byte.
    base: u64,
    /// Set while looking for the next record after damage.
    lost: Option<Lost>,
}

/// Damage whose end is not yet known.
#[derive(Debug, Clone, Copy)]
struct Lost {
    /// Offset in the input of the first lost byte.
    from: u64,
    reason: Reason,
}

impl Place {
    /// The bytes from here to the end of the buffer.
    #[inline]
    fn rest<'b>(&self, buffer: &'b [u8]) -> &'b [u8] {
        buffer.get(self.at..).unwrap_or_default()
    }

    /// Offset in the input.
    fn offset(&self) -> u64 {
        self.base.saturating_add(self.at as u64)
    }

    /// Passes over `bytes` that turned out to be unusable.
    fn damage(&mut self, bytes: usize, reason: Reason) -> Step {
        let damage = Damage { at: self.offset(), bytes: bytes as u64, reason };
        self.at = self.at.saturating_add(bytes);
        Step::Damage(damage)
    }

    /// From here on a record is searched for.
    fn lose(&mut self, reason: Reason) {
        self.lost = Some(Lost { from: self.offset(), reason });
        self.at = self.at.saturating_add(1);
    }
}

/// Walks a capture, pcap or pcapng, over a buffer that the caller refills.
#[derive(Debug, Clone)]
pub struct Walker {
    place: Place,
    format: Format,
}

#[derive(Debug, Clone)]
enum Format {
    Classic(classic::Classic),
    Pcapng(pcapng::Pcapng),
}

impl Walker {
    /// Recognises the format from the first bytes of the input, of which [`HEADER`] are enough.
    ///
    /// # Errors
    /// Says why these bytes are not the start of a capture.
    pub fn begin(head: &[u8]) -> Result<Self, NotACapture> {
        if head.is_empty() {
            return Err(NotACapture::Empty);
        }
        if pcapng::Pcapng::begins(head)? {
            let format = Format::Pcapng(pcapng::Pcapng::default());
            return Ok(Self { place: Place::default(), format });
        }
        let header = classic::Classic::begin(head)?;
        let place = Place { at: classic::FILE_HEADER, ..Place::default() };
        Ok(Self { place, format: Format::Classic(header) })
    }

    /// Looks at the next record. `buffer` holds the input from the byte after the last ones
    /// that [`Walker::release`] let go, and at first from the start: the `head` that
    /// [`Walker::begin`] saw is part of it. `end_of_input` says that nothing follows it.
    ///
    /// Every call makes progress unless it answers [`Step::NeedMore`] or [`Step::End`].
    #[inline]
    pub fn step(&mut self, buffer: &[u8], end_of_input: bool) -> Step {
        match &mut self.format {
            Format::Classic(classic) => classic.step(&mut self.place, buffer, end_of_input),
            Format::Pcapng(pcapng) => pcapng.step(&mut self.place, buffer, end_of_input),
        }
    }

    /// How many bytes at the front of the buffer are done with.
    #[must_use]
    pub fn position(&self) -> usize {
        self.place.at
    }

    /// Offset in the input of the next byte to look at.
    #[must_use]
    pub fn offset(&self) -> u64 {
        self.place.offset()
    }

    /// Says how many bytes at the front of the buffer are done with, and counts from there on:
    /// the next buffer must begin with the byte after them.
    pub fn release(&mut self) -> usize {
        let used = std::mem::take(&mut self.place.at);
        self.place.base = self.place.base.saturating_add(used as u64);
        used
    }
}
