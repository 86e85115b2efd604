//! Content codings undone as the bytes pass (RFC 9110 section 8.4), with a small window and no end to end buffer.

use flate2::{Decompress, FlushDecompress, Status};

use crate::app::http::Coding;

/// Longest gzip header that is waited for; file names and comments are short.
const HEADER: usize = 512;

/// How the bytes are unpacked.
#[derive(Debug)]
pub(super) enum Unpacker {
    /// They are not packed.
    Plain,
    /// The header is on its way: of gzip, or the two bytes that tell zlib from raw deflate.
    Header(Coding, Vec<u8>),
    /// Packed data.
    Packed(Box<Decompress>),
    /// Behind the end of the packed data.
    Over,
    /// Damaged.
    Broken,
}

impl Unpacker {
    /// `None` for a coding that is not undone here.
    pub(super) fn new(coding: Coding) -> Option<Unpacker> {
        match coding {
            Coding::Identity => Some(Unpacker::Plain),
            Coding::Gzip | Coding::Deflate => Some(Unpacker::Header(coding, Vec::new())),
            Coding::Unknown => None,
        }
    }

    pub(super) const fn is_broken(&self) -> bool {
        matches!(self, Unpacker::Broken)
    }

    pub(super) fn push(&mut self, bytes: &[u8], out: &mut dyn FnMut(&[u8])) {
        match self {
            Unpacker::Plain => out(bytes),
            Unpacker::Over | Unpacker::Broken => {}
            Unpacker::Packed(packed) => match unpack(packed, bytes, out) {
                Some(true) => {}
                Some(false) => *self = Unpacker::Over,
                None => *self = Unpacker::Broken,
            },
            Unpacker::Header(coding, held) => {
                held.extend_from_slice(bytes);
                let begins = match coding {
                    Coding::Gzip => gzip_header(held).map(|at| at.map(|at| (at, false))),
                    // RFC 1950 section 2.2: method 8, and the two bytes divisible by 31.
                    _ if held.len() < 2 => Some(None),
                    _ => Some(Some((
                        0,
                        held[0] & 0x0f == 8 && u16::from_be_bytes([held[0], held[1]]).is_multiple_of(31),
                    ))),
                };
                match begins {
                    Some(Some((at, zlib))) => {
                        let held = std::mem::take(held);
                        *self = Unpacker::Packed(Box::new(Decompress::new(zlib)));
                        self.push(held.get(at..).unwrap_or_default(), out);
                    }
                    Some(None) if held.len() < HEADER => {}
                    _ => *self = Unpacker::Broken,
                }
            }
        }
    }
}

/// Unpacks what there is; false at the end of the data, `None` if they are damaged.
fn unpack(packed: &mut Decompress, mut bytes: &[u8], out: &mut dyn FnMut(&[u8])) -> Option<bool> {
    let mut block = [0; 8192];
    loop {
        let (taken, made) = (packed.total_in(), packed.total_out());
        let status = packed.decompress(bytes, &mut block, FlushDecompress::None).ok()?;
        let used = usize::try_from(packed.total_in() - taken).ok()?;
        let given = usize::try_from(packed.total_out() - made).ok()?;
        out(block.get(..given).unwrap_or_default());
        bytes = bytes.get(used..).unwrap_or_default();
        if status == Status::StreamEnd {
            return Some(false);
        }
        if given < block.len() && (bytes.is_empty() || (used == 0 && given == 0)) {
            return Some(true);
        }
    }
}

/// Where the data begin behind a gzip header (RFC 1952 section 2.3); `Some(None)` if it goes on, `None` if it is none.
fn gzip_header(bytes: &[u8]) -> Option<Option<usize>> {
    let Some(fixed) = bytes.get(..10) else {
        let magic = [0x1f, 0x8b, 8];
        return bytes.iter().zip(magic).all(|(byte, expected)| *byte == expected).then_some(None);
    };
    if fixed[..3] != [0x1f, 0x8b, 8] {
        return None;
    }
    let (flags, mut at) = (fixed[3], 10);
    if flags & 4 != 0 {
        let Some(&[low, high]) = bytes.get(at..at + 2).and_then(|two| two.first_chunk::<2>()) else {
            return Some(None);
        };
        at += 2 + usize::from(u16::from_le_bytes([low, high]));
    }
    for flag in [8, 16] {
        if flags & flag != 0 {
            let Some(end) = bytes.get(at..).and_then(|rest| memchr::memchr(0, rest)) else {
                return Some(None);
            };
            at += end + 1;
        }
    }
    if flags & 2 != 0 {
        at += 2;
    }
    Some((at <= bytes.len()).then_some(at))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// A gzip member by hand: name, then a stored block of "hello" (RFC 1951 section 3.2.4, RFC 1952 section 2.3).
    #[test]
    fn a_member_by_hand_in_pieces_of_any_size() {
        let member =
            b"\x1f\x8b\x08\x08\0\0\0\0\0\x03name\0\x01\x05\x00\xfa\xffhello\x86\xa6\x10\x36\x05\0\0\0";
        for size in 1..=member.len() {
            let (mut unpacker, mut plain) = (Unpacker::new(Coding::Gzip).unwrap(), Vec::new());
            for piece in member.chunks(size) {
                unpacker.push(piece, &mut |bytes| plain.extend_from_slice(bytes));
            }
            assert_eq!((plain.as_slice(), unpacker.is_broken()), (&b"hello"[..], false), "{size}");
        }
        let mut unpacker = Unpacker::new(Coding::Gzip).unwrap();
        unpacker.push(b"hello world", &mut |_| {});
        assert!(unpacker.is_broken());
    }
}
