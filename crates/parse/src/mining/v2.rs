//! Stratum V2: binary frames, here in clear as in local networks and tests; usually inside Noise.
//!
//! Source: stratum-mining/sv2-spec 03 (framing, SetupConnection), 05 (mining protocol), 08 (message types).

use super::difficulty::of_target_little;
use crate::app::Maybe;

/// Extension type 2, message type 1, length 3, little-endian.
pub const HEADER: usize = 6;

/// Longest message that is looked into; those of interest have under 1,400 bytes. Longer ones are stepped over.
pub const MESSAGE_LIMIT: usize = 4096;

/// Lengths of a SetupConnection: 14 bytes and up to five texts of 255.
const SETUP: std::ops::RangeInclusive<usize> = 14..=14 + 5 * 255;

/// A frame's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Message type.
    pub kind: u8,
    /// Bytes that follow.
    pub length: usize,
}

/// What a message says, as far as it matters here.
#[derive(Debug, Clone, PartialEq)]
pub enum Message<'a> {
    /// The client introduces itself: the server it means, and what it is.
    Setup {
        /// Host and port that the client connects to.
        endpoint: (&'a str, u16),
        /// Vendor, hardware, firmware.
        device: [&'a str; 3],
    },
    /// The server takes the connection.
    SetupTaken,
    /// The server refuses the connection or a channel, with its reason.
    Refused(&'a str),
    /// The client opens a channel.
    Open {
        /// Who mines.
        user: &'a str,
        /// Hashes per second that it claims.
        hashrate: f32,
    },
    /// The server opens it; the hashes that a share is expected to cost.
    Opened(Option<u128>),
    /// Another target: the hashes that a share is expected to cost.
    Target(Option<u128>),
    /// Work, with its number.
    Job(u32),
    /// A new block to build on.
    Previous,
    /// A share.
    Submit,
    /// So many shares more were accepted.
    Accepted(u32),
    /// One share was refused.
    Rejected,
    /// The client is sent elsewhere.
    Reconnect(&'a str, u16),
}

/// The header at the beginning of `bytes`; `None` while there are too few, or if none begins so.
#[must_use]
pub fn header(bytes: &[u8]) -> Option<Header> {
    let head: &[u8; HEADER] = bytes.first_chunk()?;
    let extension = u16::from_le_bytes([head[0], head[1]]) & 0x7fff;
    let length = usize::from(head[3]) | usize::from(head[4]) << 8 | usize::from(head[5]) << 16;
    // No extension but the core is known here; the specification ends at 0x76.
    (extension == 0 && head[2] <= 0x76).then_some(Header { kind: head[2], length })
}

/// Whether a stream that begins so opens with a SetupConnection for the mining, job or template protocol, version 2.
#[must_use]
pub fn sniff(bytes: &[u8]) -> Maybe {
    let zeros = bytes.iter().take(3).all(|byte| *byte == 0);
    let length = header(bytes).map(|header| SETUP.contains(&header.length));
    let protocol = bytes.get(6).is_none_or(|protocol| *protocol <= 2);
    let versions =
        [2, 0, 2, 0].iter().zip(bytes.get(7..).unwrap_or_default()).all(|(want, have)| want == have);
    match (zeros && length != Some(false) && protocol && versions, bytes.len()) {
        (false, _) => Maybe::No,
        (true, 11..) => Maybe::Yes,
        (true, _) => Maybe::NeedMore,
    }
}

/// Reads a message of this type.
#[must_use]
pub fn message(kind: u8, payload: &[u8]) -> Option<Message<'_>> {
    let mut fields = Fields(payload);
    Some(match kind {
        0x00 => {
            fields.skip(9)?;
            let endpoint = (fields.text()?, fields.u16()?);
            let device = [fields.text()?, fields.text()?, fields.text()?];
            fields.text()?;
            Message::Setup { endpoint, device }
        }
        0x01 if payload.len() == 6 => Message::SetupTaken,
        0x02 | 0x12 => {
            fields.skip(4)?;
            Message::Refused(fields.text()?)
        }
        0x04 | 0x25 if payload.len() <= 258 => Message::Reconnect(fields.text()?, fields.u16()?),
        0x10 | 0x13 => {
            fields.skip(4)?;
            let user = fields.text()?;
            let hashrate = f32::from_bits(u32::from_le_bytes(*fields.take::<4>()?));
            fields.skip(32)?;
            Message::Open { user, hashrate }
        }
        0x11 | 0x14 => {
            fields.skip(8)?;
            Message::Opened(fields.target())
        }
        0x15 | 0x1f => {
            fields.skip(4)?;
            Message::Job(u32::from_le_bytes(*fields.take::<4>()?))
        }
        0x1a if payload.len() == 24 => Message::Submit,
        0x1b if (25..=57).contains(&payload.len()) => Message::Submit,
        0x1c if payload.len() == 20 => {
            fields.skip(8)?;
            Message::Accepted(u32::from_le_bytes(*fields.take::<4>()?))
        }
        0x1d => Message::Rejected,
        0x20 => Message::Previous,
        0x21 => {
            fields.skip(4)?;
            Message::Target(fields.target())
        }
        _ => return None,
    })
}

/// Little-endian fields, one after the other.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn skip(&mut self, count: usize) -> Option<()> {
        self.0 = self.0.get(count..)?;
        Some(())
    }

    fn take<const N: usize>(&mut self) -> Option<&'a [u8; N]> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(head)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(|bytes| u16::from_le_bytes(*bytes))
    }

    /// STR0_255: one byte of length, then so many of text.
    fn text(&mut self) -> Option<&'a str> {
        let [length] = *self.take::<1>()?;
        let (text, rest) = self.0.split_at_checked(usize::from(length))?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    /// U256 of a target, as the hashes that meet it once.
    fn target(&mut self) -> Option<u128> {
        use std::fmt::Write as _;
        let bytes = self.take::<32>()?;
        let mut digits = String::with_capacity(64);
        bytes.iter().for_each(|byte| {
            let _ = write!(digits, "{byte:02x}");
        });
        of_target_little(digits.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// SetupConnection by the table of 03, "Common Protocol Messages".
    fn setup() -> Vec<u8> {
        let mut payload = vec![0, 2, 0, 2, 0, 1, 0, 0, 0];
        let text = "pool.example";
        payload.push(text.len() as u8);
        payload.extend(text.bytes());
        payload.extend(34_254_u16.to_le_bytes());
        for text in ["Bitaxe", "BM1370", "v2.9.0", ""] {
            payload.push(text.len() as u8);
            payload.extend(text.bytes());
        }
        [&[0, 0, 0, payload.len() as u8, 0, 0][..], &payload].concat()
    }

    #[test]
    fn a_connection_is_set_up() {
        let frame = setup();
        assert_eq!(sniff(&frame), Maybe::Yes);
        for end in 0..11 {
            assert_eq!(sniff(&frame[..end]), Maybe::NeedMore, "{end}");
        }
        let head = header(&frame).unwrap();
        assert_eq!((head.kind, head.length), (0, frame.len() - HEADER));
        let said = message(0, &frame[HEADER..]);
        let device = ["Bitaxe", "BM1370", "v2.9.0"];
        assert_eq!(said, Some(Message::Setup { endpoint: ("pool.example", 34_254), device }));
        for cut in HEADER..frame.len() {
            assert_eq!(message(0, &frame[HEADER..cut]), None, "cut at {cut}");
        }
    }

    /// Length-prefixed protocols begin with zeros too (SMB over NetBIOS, DNS over TCP, Kafka).
    #[test]
    fn near_misses() {
        for (at, value) in [(0, 1), (2, 1), (3, 5), (6, 3), (7, 1), (9, 3)] {
            let mut frame = setup();
            frame[at] = value;
            assert_eq!(sniff(&frame), Maybe::No, "byte {at}");
        }
        assert_eq!(message(0x1a, &[0; 23]), None);
        assert_eq!(message(0x77, &[0; 23]), None);
    }

    /// A target of 2^224 - 1 is met once in 2^32 hashes; the number stands little-endian.
    #[test]
    fn targets_are_little_endian() {
        let mut payload = vec![0; 8];
        payload.extend([0xff; 28]);
        payload.extend([0; 4]);
        assert_eq!(message(0x11, &payload), Some(Message::Opened(Some(1 << 32))));
    }
}
