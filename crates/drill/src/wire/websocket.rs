//! WebSocket (RFC 6455): the handshake, and messages in frames of different habits.

use std::time::Duration;

use super::deflate::Deflate;
use super::http;
use crate::rng::Rng;
use crate::tcp::{Side, Turn};

/// How messages are put into frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// Each message in three fragments, a ping between them and a pong in answer.
    pub(crate) fragmented: bool,
    /// permessage-deflate with a window that goes on.
    pub(crate) packed: bool,
    /// The text as base64.
    pub(crate) base64: bool,
    /// Frames say that they hold bytes.
    pub(crate) binary: bool,
    /// Two turns of one side in a row share a message.
    pub(crate) joined: bool,
}

/// A frame; a client's is masked.
pub(crate) fn frame(rng: &mut Rng, side: Side, first: u8, payload: &[u8]) -> Vec<u8> {
    let masked = if side == Side::Client { 0x80 } else { 0 };
    let mut bytes = vec![first];
    match payload.len() {
        short @ 0..=125 => bytes.push(masked | short as u8),
        medium @ 126..=0xFFFF => {
            bytes.push(masked | 126);
            bytes.extend_from_slice(&(medium as u16).to_be_bytes());
        }
        long => {
            bytes.push(masked | 127);
            bytes.extend_from_slice(&(long as u64).to_be_bytes());
        }
    }
    if masked == 0 {
        bytes.extend_from_slice(payload);
        return bytes;
    }
    let key = rng.bytes(4);
    bytes.extend_from_slice(&key);
    bytes.extend(payload.iter().zip(key.iter().cycle()).map(|(byte, key)| byte ^ key));
    bytes
}

/// The handshake with the key and answer of RFC 6455 section 1.3.
pub(crate) fn handshake(host: &str, path: &str, origin: &str, packed: bool) -> [Turn; 2] {
    let extension = "permessage-deflate; client_max_window_bits";
    let mut ask = vec![
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Origin", origin),
        ("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0)"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    ask.push(("Sec-WebSocket-Extensions", extension));
    let accept = if packed { "Sec-WebSocket-Extensions: permessage-deflate\r\n" } else { "" };
    let answer = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n{accept}\r\n"
    );
    let turn = |wait, from, bytes| Turn { wait: Duration::from_millis(wait), from, bytes };
    [
        turn(2, Side::Client, http::request("GET", path, host, &ask, "").into_bytes()),
        turn(6, Side::Server, answer.into_bytes()),
    ]
}

/// Turns as messages.
pub(crate) fn frames(rng: &mut Rng, turns: &[Turn], style: Style) -> Vec<Turn> {
    let mut deflate = [Deflate::default(), Deflate::default()];
    let mut framed = Vec::new();
    let mut at = 0;
    while at < turns.len() {
        let Turn { wait, from, bytes } = turns[at].clone();
        let mut text = bytes;
        at += 1;
        if style.joined && turns.get(at).is_some_and(|next| next.from == from) {
            text.extend_from_slice(&turns[at].bytes);
            at += 1;
        }
        if style.base64 {
            text = http::base64(text.trim_ascii_end()).into_bytes();
        }
        let mut first = if style.binary { 0x02 } else { 0x01 };
        if style.packed {
            text = deflate[usize::from(from == Side::Server)].message(&text, true);
            first |= 0x40;
        }
        if !style.fragmented {
            let bytes = frame(rng, from, first | 0x80, &text);
            framed.push(Turn { wait, from, bytes });
            continue;
        }
        let (one, rest) = text.split_at(text.len() / 3);
        let (two, three) = rest.split_at(rest.len() / 2);
        let other = if from == Side::Client { Side::Server } else { Side::Client };
        let mut bytes = frame(rng, from, first, one);
        bytes.extend(frame(rng, from, 0x89, b"hi"));
        bytes.extend(frame(rng, from, 0, two));
        framed.push(Turn { wait, from, bytes });
        let bytes = frame(rng, other, 0x8A, b"hi");
        framed.push(Turn { wait: Duration::from_millis(1), from: other, bytes });
        let bytes = frame(rng, from, 0x80, three);
        framed.push(Turn { wait: Duration::from_millis(1), from, bytes });
    }
    framed
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6455 section 5.7: an unmasked text frame, and the lengths of larger ones.
    #[test]
    fn frames_of_the_rfc() {
        let rng = &mut Rng::new(1);
        assert_eq!(frame(rng, Side::Server, 0x81, b"Hello"), b"\x81\x05Hello");
        assert_eq!(frame(rng, Side::Server, 0x82, &[0; 256])[..4], [0x82, 0x7E, 1, 0]);
        let masked = frame(rng, Side::Client, 0x81, b"Hello");
        let back: Vec<u8> = masked[6..].iter().zip(masked[2..6].iter().cycle()).map(|(a, b)| a ^ b).collect();
        assert_eq!((masked[1], back.as_slice()), (0x85, &b"Hello"[..]));
    }
}
