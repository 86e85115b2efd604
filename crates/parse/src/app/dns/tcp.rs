//! DNS over TCP (RFC 1035 section 4.2.2, RFC 7766): two bytes of length before each message.

use super::message::{header_excludes_dns, looks_like_dns};
use crate::app::Maybe;

/// The complete messages at the front of `stream`, which may end anywhere.
///
/// After the iterator is through, [`Messages::consumed`] says how much the caller may drop; the rest
/// is the start of the next message. A frame holds at most 65,535 bytes, so that is what a caller must be ready to keep.
pub fn messages(stream: &[u8]) -> Messages<'_> {
    Messages { stream, consumed: 0 }
}

/// See [`messages`].
#[derive(Debug, Clone)]
pub struct Messages<'a> {
    stream: &'a [u8],
    consumed: usize,
}

impl Messages<'_> {
    /// How many bytes of the stream belong to messages already given out.
    pub fn consumed(&self) -> usize {
        self.consumed
    }
}

impl<'a> Iterator for Messages<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.stream.get(self.consumed..)?.split_first_chunk::<2>()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let message = rest.get(..length)?;
        self.consumed += 2 + length;
        Some(message)
    }
}

/// Whether a TCP stream that starts with these bytes is DNS.
pub fn sniff(stream: &[u8]) -> Maybe {
    let Some((length, message)) = stream.split_first_chunk::<2>() else { return Maybe::NeedMore };
    let length = usize::from(u16::from_be_bytes(*length));
    // Header, root name, type and class: the shortest question.
    if length < 17 {
        return Maybe::No;
    }
    // The first name and what follows it fit into 300 bytes: nothing after them is needed to decide.
    let wanted = length.min(300);
    let window = message.get(..wanted).unwrap_or(message);
    match looks_like_dns(window) {
        true => Maybe::Yes,
        false if window.len() == wanted || header_excludes_dns(window) => Maybe::No,
        false => Maybe::NeedMore,
    }
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let mut walk = messages(data);
    let total: usize = walk.by_ref().map(|message| message.len() + 2).sum();
    assert_eq!(total, walk.consumed());
    assert!(walk.consumed() <= data.len());
    if sniff(data) == Maybe::No {
        assert_eq!(sniff(&[data, &[0; 8]].concat()), Maybe::No, "more bytes never undo a no");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUERY: &[u8] =
        b"\x00\x1e\xab\xcd\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x04pool\x07example\x00\x00\x01\x00\x01";

    #[test]
    fn only_whole_messages_are_given_out() {
        let stream = [QUERY, QUERY].concat();
        for end in 0..=stream.len() {
            let mut walk = messages(&stream[..end]);
            let whole = end / QUERY.len();
            assert_eq!(walk.by_ref().count(), whole);
            assert_eq!(walk.consumed(), whole * QUERY.len());
        }
        assert_eq!(messages(QUERY).next(), Some(&QUERY[2..]));
    }

    #[test]
    fn sniffing_waits_for_the_first_question() {
        for end in 0..QUERY.len() {
            assert_eq!(sniff(&QUERY[..end]), Maybe::NeedMore, "{end}");
        }
        assert_eq!(sniff(QUERY), Maybe::Yes);
        assert_eq!(sniff(b"{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n"), Maybe::No);
        assert_eq!(sniff(&[b'{'; 400]), Maybe::No);
        assert_eq!(sniff(b"\x00\x05hello"), Maybe::No);
    }
}
