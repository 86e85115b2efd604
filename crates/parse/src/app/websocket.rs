//! WebSocket (RFC 6455): one direction of frames put together to messages, unmasked, and unpacked where
//! permessage-deflate (RFC 7692) was agreed on.

use flate2::{Decompress, FlushDecompress, Status};

use super::{Maybe, Step};

/// Longest message that is kept, before and after unpacking: the longest job seen on a stream has 18 kB.
pub const MESSAGE_LIMIT: usize = 256 * 1024;

/// Most bytes that one message is unpacked to, kept or not; beyond that the direction is given up as a bomb.
const UNPACKED_LIMIT: u64 = 8 << 20;

/// Longest frame head: two bytes, eight of length, four of mask.
const HEAD_LIMIT: usize = 14;

/// What a frame holds (section 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opcode {
    /// The next part of a message.
    Continuation,
    /// A message of text, or its first part.
    Text,
    /// A message of bytes, or its first part.
    Binary,
    /// The end of the conversation.
    Close,
    /// Are you there?
    Ping,
    /// I am.
    Pong,
}

/// The head of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameHead {
    /// The last part of its message.
    pub is_final: bool,
    /// RSV1: the message is packed (RFC 7692 section 6).
    pub is_packed: bool,
    /// What it holds.
    pub opcode: Opcode,
    /// The key of a client's frame.
    pub mask: Option<[u8; 4]>,
    /// Bytes of payload.
    pub length: u64,
}

/// Reads the head of a frame.
pub fn frame_head(bytes: &[u8]) -> Step<FrameHead> {
    let Some(&first) = bytes.first() else { return Step::NeedMore };
    let opcode = match first & 0x0f {
        0 => Opcode::Continuation,
        1 => Opcode::Text,
        2 => Opcode::Binary,
        8 => Opcode::Close,
        9 => Opcode::Ping,
        10 => Opcode::Pong,
        _ => return Step::Broken,
    };
    let (is_final, is_packed) = (first & 0x80 != 0, first & 0x40 != 0);
    let is_control = first & 0x08 != 0;
    // RSV2 and RSV3 have no meaning; a control frame is whole and not packed (sections 5.2 and 5.5).
    if first & 0x30 != 0 || (is_control && (!is_final || is_packed)) {
        return Step::Broken;
    }
    let Some(&second) = bytes.get(1) else { return Step::NeedMore };
    let short = second & 0x7f;
    if is_control && short > 125 {
        return Step::Broken;
    }
    let (length, at) = match short {
        126 => match bytes.get(2..4).and_then(|two| two.try_into().ok()) {
            Some(two) => (u64::from(u16::from_be_bytes(two)), 4),
            None => return Step::NeedMore,
        },
        127 => match bytes.get(2..10).and_then(|eight| eight.try_into().ok()) {
            Some(eight) => (u64::from_be_bytes(eight), 10),
            None => return Step::NeedMore,
        },
        short => (u64::from(short), 2),
    };
    // The highest bit must be 0.
    if length >> 63 != 0 {
        return Step::Broken;
    }
    let mut head = FrameHead { is_final, is_packed, opcode, mask: None, length };
    if second & 0x80 == 0 {
        return Step::Done(head, at);
    }
    let Some(key) = bytes.get(at..at + 4).and_then(|key| key.try_into().ok()) else { return Step::NeedMore };
    head.mask = Some(key);
    Step::Done(head, at + 4)
}

/// Whether a stream joined in the middle shows a frame whose message is JSON, and so is worth following; says
/// whether its sender is the client, which masks. Plain or as base64 text.
pub fn sniff(stream: &[u8]) -> (Maybe, bool) {
    let (head, used) = match frame_head(stream) {
        Step::Done(head, used) => (head, used),
        Step::NeedMore if stream.len() < HEAD_LIMIT => return (Maybe::NeedMore, false),
        _ => return (Maybe::No, false),
    };
    let masked = head.mask.is_some();
    let minimal = match used - if masked { 4 } else { 0 } {
        2 => true,
        4 => head.length > 125,
        _ => head.length > 0xffff,
    };
    let starts = matches!(head.opcode, Opcode::Text | Opcode::Binary);
    if !starts || head.is_packed || !minimal || !(8..=MESSAGE_LIMIT as u64).contains(&head.length) {
        return (Maybe::No, false);
    }
    let Some(payload) = stream.get(used..used + 4) else { return (Maybe::NeedMore, false) };
    let mut first = [0; 4];
    first.copy_from_slice(payload);
    unmask(&mut first, head.mask, 0);
    let json = matches!(
        first.trim_ascii_start(),
        [b'{', b'"', ..] | [b'{', b' ' | b'\n' | b'\r', ..] | [b'[', b'{' | b'"', ..]
    );
    // `{"` in base64 begins with `eyJ`.
    let packed = first.starts_with(b"eyJ");
    (if json || packed { Maybe::Yes } else { Maybe::No }, masked)
}

/// Applies a mask (section 5.3) from its position in the payload on.
fn unmask(bytes: &mut [u8], mask: Option<[u8; 4]>, position: u64) {
    let Some(mask) = mask else { return };
    let shift = (position % 4) as usize;
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte ^= mask[(at + shift) % 4];
    }
}

/// What was agreed on about packing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packing {
    /// For client and server: the window is emptied before each message.
    pub no_takeover: [bool; 2],
}

/// What a server's `Sec-WebSocket-Extensions` says (RFC 7692 section 7.1). Window sizes need no care: a decoder
/// with the largest window reads them all.
pub fn packing(extensions: &str) -> Option<Packing> {
    let agreed = extensions.split(',').find_map(|one| {
        let mut parts = one.split(';').map(str::trim);
        parts.next().is_some_and(|name| name.eq_ignore_ascii_case("permessage-deflate")).then_some(parts)
    })?;
    let words: Vec<&str> = agreed.take(16).collect();
    let has = |name: &str| words.iter().any(|word| word.eq_ignore_ascii_case(name));
    Some(Packing { no_takeover: [has("client_no_context_takeover"), has("server_no_context_takeover")] })
}

/// One direction.
#[derive(Debug)]
pub struct Reader {
    head: Vec<u8>,
    /// The frame at hand, and how much of its payload has come.
    frame: Option<(FrameHead, u64)>,
    message: Vec<u8>,
    /// Whether a message has begun, and is packed.
    open: Option<bool>,
    too_long: bool,
    unpacking: Unpacking,
    /// Where the next frame begins is not known.
    lost: bool,
    /// Messages that were too long, damaged or could not be unpacked.
    pub unread: u64,
}

#[derive(Debug)]
enum Unpacking {
    /// Nothing was agreed on, or the handshake was not seen: a window of its own for each message.
    Fresh,
    /// The window goes on.
    Kept(Box<Decompress>),
    /// Part of the window is missing, for good.
    Broken,
}

impl Reader {
    /// A direction whose window goes on from message to message, or not.
    pub fn new(keeps_window: bool) -> Reader {
        Reader {
            head: Vec::new(),
            frame: None,
            message: Vec::new(),
            open: None,
            too_long: false,
            unpacking: if keeps_window {
                Unpacking::Kept(Box::new(Decompress::new(false)))
            } else {
                Unpacking::Fresh
            },
            lost: false,
            unread: 0,
        }
    }

    /// Bytes held back for a message that is not complete.
    pub fn held(&self) -> usize {
        self.head.len() + self.message.len()
    }

    /// Bytes are missing here: the message at hand is lost, and where the next frame begins is not known.
    pub fn hole(&mut self) {
        self.give_up_message();
        self.frame = None;
        self.head.clear();
        self.lost = true;
        if matches!(self.unpacking, Unpacking::Kept(_)) {
            self.unpacking = Unpacking::Broken;
        }
    }

    /// Takes the next bytes and hands every whole message to `found`.
    pub fn feed(&mut self, mut bytes: &[u8], found: &mut impl FnMut(&[u8])) {
        if self.lost {
            // Frames begin where segments begin, nearly always.
            if sniff(bytes).0 != Maybe::Yes {
                return;
            }
            self.lost = false;
        }
        while !bytes.is_empty() {
            let Some((frame, seen)) = self.frame else {
                match self.next_head(&mut bytes) {
                    Some(()) => continue,
                    None => return,
                }
            };
            let left = usize::try_from(frame.length - seen).unwrap_or(usize::MAX).min(bytes.len());
            let (payload, rest) = bytes.split_at(left);
            bytes = rest;
            self.payload(frame, seen, payload);
            self.frame = Some((frame, seen + left as u64));
            self.end_frame(found);
        }
    }

    fn next_head(&mut self, bytes: &mut &[u8]) -> Option<()> {
        let before = self.head.len();
        let room = (HEAD_LIMIT - before).min(bytes.len());
        self.head.extend_from_slice(&bytes[..room]);
        match frame_head(&self.head) {
            Step::Done(head, used) => {
                *bytes = &bytes[used.saturating_sub(before)..];
                self.head.clear();
                self.begin(head);
                Some(())
            }
            Step::NeedMore => None,
            Step::Broken => {
                self.unread = self.unread.saturating_add(1);
                self.hole();
                None
            }
        }
    }

    fn begin(&mut self, head: FrameHead) {
        match head.opcode {
            Opcode::Text | Opcode::Binary => {
                self.give_up_message();
                self.open = Some(head.is_packed);
            }
            // A part of a message whose beginning was not seen.
            Opcode::Continuation if self.open.is_none() => self.too_long = true,
            Opcode::Continuation | Opcode::Close | Opcode::Ping | Opcode::Pong => {}
        }
        self.frame = Some((head, 0));
    }

    fn payload(&mut self, frame: FrameHead, seen: u64, payload: &[u8]) {
        if !matches!(frame.opcode, Opcode::Text | Opcode::Binary | Opcode::Continuation) || self.too_long {
            return;
        }
        if self.message.len() + payload.len() > MESSAGE_LIMIT {
            self.too_long = true;
            self.message = Vec::new();
            return;
        }
        let from = self.message.len();
        self.message.extend_from_slice(payload);
        unmask(&mut self.message[from..], frame.mask, seen);
    }

    /// The frame at hand may be complete, and with it the message.
    fn end_frame(&mut self, found: &mut impl FnMut(&[u8])) {
        let Some((frame, _)) = self.frame.filter(|(frame, seen)| *seen >= frame.length) else { return };
        self.frame = None;
        if !frame.is_final || !matches!(frame.opcode, Opcode::Text | Opcode::Binary | Opcode::Continuation) {
            return;
        }
        let packed = self.open.take();
        let too_long = std::mem::take(&mut self.too_long);
        let mut message = std::mem::take(&mut self.message);
        match packed {
            Some(false) if !too_long => {
                found(&message);
                message.clear();
                self.message = message;
            }
            Some(true) if !too_long => match self.unpack(&message) {
                Some(plain) => found(&plain),
                None => self.unread = self.unread.saturating_add(1),
            },
            _ => {
                self.unread = self.unread.saturating_add(1);
                // What was skipped belongs into the window.
                if packed == Some(true) && matches!(self.unpacking, Unpacking::Kept(_)) {
                    self.unpacking = Unpacking::Broken;
                }
            }
        }
    }

    fn unpack(&mut self, packed: &[u8]) -> Option<Vec<u8>> {
        match &mut self.unpacking {
            Unpacking::Fresh => inflate(&mut Decompress::new(false), packed).0,
            Unpacking::Kept(window) => {
                let (plain, whole) = inflate(window, packed);
                if !whole {
                    self.unpacking = Unpacking::Broken;
                }
                plain
            }
            Unpacking::Broken => None,
        }
    }

    fn give_up_message(&mut self) {
        if self.open.take().is_some() {
            self.unread = self.unread.saturating_add(1);
        }
        self.message = Vec::new();
        self.too_long = false;
    }
}

/// Unpacks one message: the four bytes 00 00 ff ff that its sender left out are put back (RFC 7692 section 7.2.2).
/// Gives the message if it is not too long, and whether the window can be used on.
fn inflate(window: &mut Decompress, packed: &[u8]) -> (Option<Vec<u8>>, bool) {
    let (mut plain, mut total, mut block) = (Vec::new(), 0_u64, [0; 8192]);
    for part in [packed, &[0, 0, 0xff, 0xff]] {
        let mut rest = part;
        loop {
            let (taken, made) = (window.total_in(), window.total_out());
            let Ok(status) = window.decompress(rest, &mut block, FlushDecompress::Sync) else {
                return (None, false);
            };
            let used = usize::try_from(window.total_in() - taken).unwrap_or(usize::MAX);
            let given = usize::try_from(window.total_out() - made).unwrap_or(usize::MAX);
            rest = rest.get(used..).unwrap_or_default();
            total = total.saturating_add(given as u64);
            if total > UNPACKED_LIMIT {
                return (None, false);
            }
            if plain.len() + given <= MESSAGE_LIMIT {
                plain.extend_from_slice(block.get(..given).unwrap_or_default());
            }
            // A final block ends the stream; the next message begins a new one (RFC 7692 section 7.2.3.3).
            if status == Status::StreamEnd {
                window.reset(false);
            }
            if given < block.len() && (rest.is_empty() || (used == 0 && given == 0)) {
                break;
            }
        }
    }
    ((total <= MESSAGE_LIMIT as u64).then_some(plain), true)
}

/// Exercises this file with any bytes: the first one chooses the window and the size of pieces.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let Some((&first, data)) = data.split_first() else { return };
    let _ = (sniff(data), packing(&String::from_utf8_lossy(data)));
    let mut reader = Reader::new(first & 1 == 1);
    for piece in data.chunks(usize::from(first >> 1).max(1)) {
        reader.feed(piece, &mut |message| assert!(message.len() <= MESSAGE_LIMIT, "messages are bounded"));
        assert!(reader.held() <= MESSAGE_LIMIT + HEAD_LIMIT, "what is held is bounded");
        if piece.first() == Some(&0xfe) {
            reader.hole();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn messages(reader: &mut Reader, bytes: &[u8], size: usize) -> Vec<String> {
        let mut found = Vec::new();
        for piece in bytes.chunks(size) {
            reader.feed(piece, &mut |message| found.push(String::from_utf8_lossy(message).into_owned()));
        }
        found
    }

    fn all_ways(keeps: bool, bytes: &[u8], expected: &[&str]) {
        for size in [1, 2, 3, 7, bytes.len()] {
            assert_eq!(messages(&mut Reader::new(keeps), bytes, size), expected, "in pieces of {size}");
        }
    }

    /// RFC 6455 section 5.7: the examples.
    #[test]
    fn examples_of_the_rfc() {
        all_ways(false, b"\x81\x05Hello", &["Hello"]);
        all_ways(false, b"\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", &["Hello"]);
        all_ways(false, b"\x01\x03Hel\x80\x02lo", &["Hello"]);
        let long = [&b"\x82\x7e\x01\x00"[..], &[b'x'; 256]].concat();
        all_ways(false, &long, &["x".repeat(256).as_str()]);
        let longer = [&b"\x82\x7f\0\0\0\0\0\x01\0\0"[..], &vec![b'x'; 65_536]].concat();
        all_ways(false, &longer, &["x".repeat(65_536).as_str()]);
    }

    /// Section 5.4: control frames may stand between the parts of a message.
    #[test]
    fn a_ping_between_fragments() {
        all_ways(false, b"\x01\x03Hel\x89\x02hi\x80\x02lo\x81\x01!", &["Hello", "!"]);
    }

    /// RFC 7692 section 7.2.3: its examples, with and without a window that goes on, and a stored block.
    #[test]
    fn packed_examples_of_the_rfc() {
        let first = b"\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00";
        all_ways(true, first, &["Hello"]);
        // Two fragments.
        all_ways(true, b"\x41\x03\xf2\x48\xcd\x80\x04\xc9\xc9\x07\x00", &["Hello"]);
        // The second message refers to the first.
        let second = [&first[..], b"\xc1\x05\xf2\x00\x11\x00\x00"].concat();
        all_ways(true, &second, &["Hello", "Hello"]);
        // Without a window of its own each message stands alone.
        let alone = first.repeat(2);
        all_ways(false, &alone, &["Hello", "Hello"]);
        // Stored.
        all_ways(true, b"\xc1\x0b\x00\x05\x00\xfa\xff\x48\x65\x6c\x6c\x6f\x00", &["Hello"]);
        // A final block, then another message.
        let last = [&b"\xc1\x08\xf3\x48\xcd\xc9\xc9\x07\x00\x00"[..], first].concat();
        all_ways(true, &last, &["Hello", "Hello"]);
    }

    #[test]
    fn a_lost_segment_ends_a_window_but_not_the_direction() {
        let mut reader = Reader::new(true);
        assert_eq!(messages(&mut reader, b"\xc1\x07\xf2\x48\xcd\xc9\xc9\x07\x00", 99), ["Hello"]);
        reader.hole();
        // Not at a frame: nothing. Then a frame that shows JSON, and after it a packed one that cannot be read.
        assert!(messages(&mut reader, b"lo and behold", 99).is_empty());
        let plain = b"\x81\x08{\"id\":1}\xc1\x05\xf2\x00\x11\x00\x00";
        assert_eq!(messages(&mut reader, plain, 99), ["{\"id\":1}"]);
        assert_eq!(reader.unread, 1);
    }

    #[test]
    fn a_bomb_is_bounded() {
        use std::io::Write;
        let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![b'x'; 16 << 20]).unwrap();
        let packed = encoder.finish().unwrap();
        let head = [0xc1, 0x7e, (packed.len() >> 8) as u8, packed.len() as u8];
        let mut reader = Reader::new(true);
        let bomb = [&head[..], &packed, b"\x81\x02ok"].concat();
        assert_eq!(messages(&mut reader, &bomb, 1000), ["ok"], "only the bomb is lost");
        assert_eq!(reader.unread, 1);
        // A frame that says it holds more than anything.
        let mut reader = Reader::new(false);
        reader.feed(
            &[b"\x81\x7f\x00\x00\x10\x00\x00\x00\x00\x00".as_slice(), &vec![b'x'; 1 << 20]].concat(),
            &mut |_| {},
        );
        assert_eq!(reader.held(), 0);
    }

    #[test]
    fn what_was_agreed_on() {
        assert_eq!(packing(""), None);
        assert_eq!(packing("x-webkit-deflate-frame"), None);
        assert_eq!(packing("permessage-deflate"), Some(Packing { no_takeover: [false, false] }));
        assert_eq!(
            packing("foo, permessage-deflate; server_no_context_takeover; client_max_window_bits=15"),
            Some(Packing { no_takeover: [false, true] })
        );
    }

    #[test]
    fn frames_in_the_middle_of_a_stream() {
        for (stream, expected) in [
            (&b"\x81\x13{\"type\":\"job\",\"p\":1}"[..], (Maybe::Yes, false)),
            (b"\x81\x93\x01\x02\x03\x04\x7a\x20\x77\x7d", (Maybe::Yes, true)),
            (b"\x81\x20eyJ0eXBl", (Maybe::Yes, false)),
            (b"\x81\x20", (Maybe::NeedMore, false)),
            (b"\x81\x7e\x00\x20{\"id\"", (Maybe::No, false)), // not the shortest form of its length
            (b"\x81\x20hello", (Maybe::No, false)),
            (b"\x85\x20{\"id\"", (Maybe::No, false)),
            (b"GET / HTTP/1.1", (Maybe::No, false)),
        ] {
            assert_eq!(sniff(stream), expected, "{stream:?}");
        }
    }
}
