//! A WebSocket: the messages of both sides as two streams. Text that is base64 of JSON is handed on as the JSON.

use super::{Inner, State};
use model::Side;
use parse::app::websocket::{Reader, packing};

/// Both directions.
#[derive(Debug)]
pub(super) struct WebSocket {
    readers: [Reader; 2],
}

impl WebSocket {
    /// After a handshake in which the server agreed on `extensions`.
    pub(super) fn new(client: Side, extensions: Option<&str>) -> WebSocket {
        let agreed = extensions.and_then(packing);
        // Client first, as in the agreement.
        let keeps = agreed.map_or([false; 2], |packing| packing.no_takeover.map(|none| !none));
        let mut readers = keeps.map(Reader::new);
        if client == Side::B {
            readers.swap(0, 1);
        }
        WebSocket { readers }
    }

    /// Joined in the middle: what was agreed on is not known, and of a window that goes on the beginning is missing.
    pub(super) fn joined() -> WebSocket {
        WebSocket { readers: [Reader::new(false), Reader::new(false)] }
    }

    pub(super) fn bytes(&mut self, side: Side, bytes: &[u8], hand: &mut impl FnMut(Inner<'_>)) -> State {
        let reader = &mut self.readers[side.index()];
        let unread = reader.unread;
        reader.feed(bytes, &mut |message| {
            let plain = base64_json(message);
            let message = plain.as_deref().unwrap_or(message);
            hand(Inner::Bytes(message));
            // In a stream joined in the middle what follows an object tells that it was whole; here the message does.
            if let [b'{' | b'[', .., b'}' | b']'] = message {
                hand(Inner::Bytes(b"\n"));
            }
        });
        if reader.unread > unread {
            hand(Inner::Hole);
        }
        State::Open
    }

    pub(super) fn hole(&mut self, side: Side) {
        self.readers[side.index()].hole();
    }
}

/// The JSON that a message is the base64 of (RFC 4648 section 4, with or without padding). Miners in pages hide so.
fn base64_json(message: &[u8]) -> Option<Vec<u8>> {
    let message = message.trim_ascii();
    let letters = message.strip_suffix(b"==").or_else(|| message.strip_suffix(b"=")).unwrap_or(message);
    // `{"`, `[{` and `["` in base64.
    if !["eyJ", "W3s", "WyJ"].iter().any(|begins| letters.starts_with(begins.as_bytes())) {
        return None;
    }
    let mut plain = Vec::with_capacity(letters.len() / 4 * 3 + 2);
    for group in letters.chunks(4) {
        let mut bits = 0_u32;
        for letter in group {
            let value = match letter {
                b'A'..=b'Z' => letter - b'A',
                b'a'..=b'z' => letter - b'a' + 26,
                b'0'..=b'9' => letter - b'0' + 52,
                b'+' | b'-' => 62,
                b'/' | b'_' => 63,
                _ => return None,
            };
            bits = bits << 6 | u32::from(value);
        }
        let count = match group.len() {
            4 => 3,
            3 => 2,
            2 => 1,
            _ => return None,
        };
        bits <<= 6 * (4 - group.len());
        plain.extend_from_slice(bits.to_be_bytes().get(1..=count).unwrap_or_default());
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::base64_json;

    /// Encoded with `base64` of coreutils.
    #[test]
    fn json_in_base64() {
        for (text, expected) in [
            ("eyJhIjoxfQ==", Some("{\"a\":1}")),
            ("eyJhIjoxfQ", Some("{\"a\":1}")),
            ("W3siYSI6MX1d", Some("[{\"a\":1}]")),
            ("eyJhIjoxMn0=\n", Some("{\"a\":12}")),
            ("aGVsbG8gd29ybGQ=", None),
            ("eyJhIjoxfQ==trailing", None),
            ("{\"a\":1}", None),
        ] {
            assert_eq!(base64_json(text.as_bytes()).as_deref(), expected.map(str::as_bytes), "{text}");
        }
    }
}
