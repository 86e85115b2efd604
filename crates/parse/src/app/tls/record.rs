//! The TLS record layer (RFC 8446 section 5, RFC 5246 section 6.2) over the first bytes of a stream.

use std::borrow::Cow;

use super::Version;
use crate::app::Maybe;
use crate::app::cursor::Cursor;

/// Longest payload of a record: 2¹⁴ plus what compression and encryption may add in TLS 1.2.
pub const MAX_RECORD: usize = (1 << 14) + 2048;

/// Longest handshake message that is joined. Post-quantum hellos have about 2 KiB; the format allows 16 MiB.
pub const MAX_HELLO: usize = 64 * 1024;

/// How many records a hello may be spread over.
const MAX_RECORDS: usize = 256;

/// Handshake type of a ClientHello (RFC 8446 section 4).
pub(super) const CLIENT_HELLO: u8 = 1;
/// Handshake type of a ServerHello.
pub(super) const SERVER_HELLO: u8 = 2;

/// What a record carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Content {
    /// 20: from here on encrypted (TLS ≤ 1.2; without meaning in 1.3).
    ChangeCipherSpec,
    /// 21: an alert.
    Alert,
    /// 22: handshake messages.
    Handshake,
    /// 23: encrypted data, in TLS 1.3 most of the handshake too.
    Data,
    /// 24: heartbeat (RFC 6520).
    Heartbeat,
}

impl Content {
    fn of(byte: u8) -> Option<Content> {
        Some(match byte {
            20 => Content::ChangeCipherSpec,
            21 => Content::Alert,
            22 => Content::Handshake,
            23 => Content::Data,
            24 => Content::Heartbeat,
            _ => return None,
        })
    }
}

/// One record; `payload` is shorter than `length` when the stream ends inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// What it carries.
    pub content: Content,
    /// The version in its header: frozen at 0x0301 or 0x0303, says nothing about what is spoken.
    pub version: Version,
    /// Bytes of payload that the header announces, at most [`MAX_RECORD`].
    pub length: usize,
    /// The payload as far as it is there.
    pub payload: &'a [u8],
}

impl Record<'_> {
    /// Whether the payload is all there.
    pub fn is_whole(&self) -> bool {
        self.payload.len() == self.length
    }
}

/// The records at the front of `stream`, the last one perhaps cut; ends where a header is no record's.
pub fn records(stream: &[u8]) -> Records<'_> {
    Records { cursor: Cursor::new(stream) }
}

/// See [`records`].
#[derive(Debug, Clone)]
pub struct Records<'a> {
    cursor: Cursor<'a>,
}

impl Records<'_> {
    /// How many bytes of the stream belong to records already given out.
    pub fn consumed(&self) -> usize {
        self.cursor.at()
    }

    /// Whether the walk stopped at bytes that cannot be the header of a record.
    pub fn is_lost(&self) -> bool {
        header_fits(self.cursor.rest()) == Maybe::No
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if header_fits(self.cursor.rest()) != Maybe::Yes {
            return None;
        }
        let content = Content::of(self.cursor.u8()?)?;
        let version = Version(self.cursor.u16()?);
        let length = usize::from(self.cursor.u16()?);
        let there = self.cursor.rest().len().min(length);
        Some(Record { content, version, length, payload: self.cursor.take(there)? })
    }
}

/// Whether these bytes begin with the header of a record: content 20–24, version 3.x, a possible length.
fn header_fits(bytes: &[u8]) -> Maybe {
    let content_fits = bytes.first().is_none_or(|&byte| Content::of(byte).is_some());
    let major_fits = bytes.get(1).is_none_or(|&byte| byte == 3);
    let minor_fits = bytes.get(2).is_none_or(|&byte| byte <= 4);
    let length =
        bytes.get(3..5).map(|length| length.iter().fold(0, |sum, &byte| sum << 8 | usize::from(byte)));
    match length {
        _ if !(content_fits && major_fits && minor_fits) => Maybe::No,
        None => Maybe::NeedMore,
        Some(length) if length <= MAX_RECORD => Maybe::Yes,
        Some(_) => Maybe::No,
    }
}

/// Whether a client's stream that starts with these bytes is TLS; decided after six bytes.
pub fn sniff(stream: &[u8]) -> Maybe {
    starts_handshake(stream, CLIENT_HELLO)
}

/// Whether a server's stream that starts with these bytes is TLS: a ServerHello, or an alert that refuses.
pub fn sniff_server(stream: &[u8]) -> Maybe {
    match stream.first() {
        // An alert has two bytes: level 1 or 2 and a description.
        Some(21) => match (header_fits(stream), stream.get(3..6)) {
            (Maybe::No, _) => Maybe::No,
            (_, Some([0, 2, 1 | 2])) => Maybe::Yes,
            (_, Some(_)) => Maybe::No,
            (_, None) => Maybe::NeedMore,
        },
        _ => starts_handshake(stream, SERVER_HELLO),
    }
}

fn starts_handshake(stream: &[u8], kind: u8) -> Maybe {
    if stream.first().is_some_and(|&byte| byte != 22) {
        return Maybe::No;
    }
    match (header_fits(stream), stream.get(3..5), stream.get(5)) {
        (Maybe::No, _, _) | (_, Some([0, 0]), _) => Maybe::No,
        (Maybe::NeedMore, _, _) | (_, _, None) => Maybe::NeedMore,
        (Maybe::Yes, _, Some(&byte)) if byte == kind => Maybe::Yes,
        _ => Maybe::No,
    }
}

/// Why there is no hello.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoHello {
    /// It goes on after the end of these bytes.
    NeedMore,
    /// The stream does not begin with that hello.
    NotTls,
    /// It begins with one whose records or fields are impossible, or that is longer than [`MAX_HELLO`].
    Damaged,
}

/// The body of the first handshake message, joined over records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Joined<'a> {
    /// The body, without type and length, as far as it is there.
    pub(super) body: Cow<'a, [u8]>,
    /// Whether that is all of it.
    pub(super) is_whole: bool,
}

/// Joins the handshake message of type `kind` that `stream` begins with.
pub(super) fn first_handshake(stream: &[u8], kind: u8) -> Result<Joined<'_>, NoHello> {
    match starts_handshake(stream, kind) {
        Maybe::Yes => {}
        Maybe::NeedMore => return Err(NoHello::NeedMore),
        Maybe::No => return Err(NoHello::NotTls),
    }
    let mut message = Cow::Borrowed(&[][..]);
    let mut walk = records(stream);
    for record in walk.by_ref().take(MAX_RECORDS) {
        // A hello is not interrupted by other records (RFC 8446 section 5.1).
        if record.content != Content::Handshake {
            return Err(NoHello::Damaged);
        }
        match message.is_empty() {
            true => message = Cow::Borrowed(record.payload),
            false => message.to_mut().extend_from_slice(record.payload),
        }
        let Some(length) = Cursor::new(message.get(1..).unwrap_or_default()).u24() else { continue };
        if length > MAX_HELLO {
            return Err(NoHello::Damaged);
        }
        if message.len() >= 4 + length {
            return Ok(Joined { body: part(message, 4, 4 + length), is_whole: true });
        }
    }
    let is_cut = !walk.is_lost();
    let end = message.len();
    match is_cut {
        true => Ok(Joined { body: part(message, 4.min(end), end), is_whole: false }),
        false => Err(NoHello::Damaged),
    }
}

fn part(message: Cow<'_, [u8]>, from: usize, to: usize) -> Cow<'_, [u8]> {
    match message {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(from..to).unwrap_or_default()),
        Cow::Owned(mut bytes) => {
            bytes.truncate(to);
            bytes.drain(..from.min(bytes.len()));
            Cow::Owned(bytes)
        }
    }
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let mut walk = records(data);
    let total: usize = walk.by_ref().map(|record| record.payload.len() + 5).sum();
    assert_eq!(total, walk.consumed());
    assert!(total <= data.len());
    for kind in [CLIENT_HELLO, SERVER_HELLO] {
        if let Ok(joined) = first_handshake(data, kind) {
            assert!(joined.body.len() <= data.len() && (joined.body.len() <= MAX_HELLO || !joined.is_whole));
        }
    }
    let half = data.get(..data.len() / 2).unwrap_or_default();
    for sniff in [sniff, sniff_server] {
        assert!(!sniff(half).is_decided() || sniff(half) == sniff(data), "a decision stands");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn record(payload: &[u8]) -> Vec<u8> {
        let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
        [&[22, 3, 1][..], &length, payload].concat()
    }

    #[test]
    fn a_message_is_joined_over_records_of_any_size() {
        let body: Vec<u8> = (0..=255).collect();
        let message = [&[CLIENT_HELLO, 0, 1, 0][..], &body].concat();
        for size in [1, 3, 5, 100, 260] {
            let stream: Vec<u8> = message.chunks(size).flat_map(record).collect();
            let joined = first_handshake(&stream, CLIENT_HELLO);
            match message.len().div_ceil(size) {
                0..=MAX_RECORDS => {
                    assert_eq!(joined, Ok(Joined { body: (&body[..]).into(), is_whole: true }), "{size}");
                }
                _ => assert!(!joined.unwrap().is_whole, "more records than anybody sends"),
            }
        }
    }

    #[test]
    fn a_cut_message_gives_what_is_there() {
        let stream = record(&[CLIENT_HELLO, 0, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        for end in 9..stream.len() {
            let joined = first_handshake(&stream[..end], CLIENT_HELLO).unwrap();
            assert_eq!((&joined.body[..], joined.is_whole), (&stream[9..end], false));
        }
        assert_eq!(first_handshake(&stream[..5], CLIENT_HELLO), Err(NoHello::NeedMore));
        assert_eq!(first_handshake(&stream, SERVER_HELLO), Err(NoHello::NotTls));
    }

    #[test]
    fn bytes_that_are_no_record_inside_a_hello_are_damage() {
        let stream = [record(&[CLIENT_HELLO, 0, 0, 9, 1, 2]), b"GET / HTTP/1.1".to_vec()].concat();
        assert_eq!(first_handshake(&stream, CLIENT_HELLO), Err(NoHello::Damaged));
        let huge = record(&[CLIENT_HELLO, 2, 0, 0, 3, 3]);
        assert_eq!(first_handshake(&huge, CLIENT_HELLO), Err(NoHello::Damaged), "128 KiB announced");
    }

    #[test]
    fn sniffing_decides_after_six_bytes() {
        let hello = record(&[CLIENT_HELLO, 0, 0, 9]);
        for end in 0..6 {
            assert_eq!(sniff(&hello[..end]), Maybe::NeedMore);
        }
        assert_eq!(sniff(&hello), Maybe::Yes);
        assert_eq!(sniff_server(&hello), Maybe::No);
        assert_eq!(sniff_server(&[21, 3, 3, 0, 2, 2, 40]), Maybe::Yes);
        for other in [
            &b"{\"id\":1}"[..],
            b"GET / HTTP/1.1",
            b"\x16\x03\x01\xff\xff\x01",
            b"\x16\x01",
            b"\x16\x03\x01\x00\x00\x01",
        ] {
            assert_eq!(sniff(other), Maybe::No, "{other:02x?}");
        }
    }

    #[test]
    fn records_are_counted_with_their_lengths() {
        let stream = [&[22, 3, 3, 0, 1, 9][..], &[20, 3, 3, 0, 1, 1], &[23, 3, 3, 0, 9, 7, 7]].concat();
        let mut walk = records(&stream);
        let seen: Vec<_> =
            walk.by_ref().map(|record| (record.content, record.length, record.is_whole())).collect();
        let expected =
            [(Content::Handshake, 1, true), (Content::ChangeCipherSpec, 1, true), (Content::Data, 9, false)];
        assert_eq!(seen, expected);
        assert_eq!((walk.consumed(), walk.is_lost()), (stream.len(), false));
    }
}
