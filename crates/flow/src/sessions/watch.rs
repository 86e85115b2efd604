//! A connection on which nothing of mining was said for long: its bytes are only looked at for mining's own words.
//!
//! Objects are not framed and nothing is held, so that a log shipper's millions of lines cost a search each; and
//! sixteen objects of nothing in front of a session hide it no more. A word brings the framing back.

use memchr::memmem::Finder;
use std::sync::LazyLock;

/// Words of which each mining message that proves something holds one, in lower case: methods are compared without
/// regard to case. `mining.*` of all that is Bitcoin's; job, submit, login and keep-alive of CryptoNote's family with
/// its templates and graphs; `*_getWork`, `*_submitWork`, `*_submitLogin` and work pushed as a list of `0x` numbers;
/// getwork and templates of nodes; the frames of miners in web pages. `"login"` and the list are found in other traffic
/// too, where they only cost the framing.
const WORDS: [&[u8]; 16] = [
    b"mining.",
    b"job_id",
    b"\"blob\"",
    b"\"login\"",
    b"_submit",
    b"getwork",
    b"[\"0x",
    b"keepalived",
    b"pre_pow",
    b"getblocktemplate",
    b"block_template",
    b"submitblock",
    b"submit_block",
    b"site_key",
    b"hash_accepted",
    b"\"identifier\"",
];

/// What hides the letters of a word: an escape of a printable character (RFC 8259 section 7).
const ESCAPE: &[u8] = b"\\u00";

/// A word may begin in one piece and end in the next: the longest has 16 bytes.
const TAIL: usize = 15;

/// Bytes that are looked at together.
const WINDOW: usize = 2048;

/// The finders for [`WORDS`] and [`ESCAPE`].
static FINDERS: LazyLock<(Vec<Finder<'static>>, Finder<'static>)> =
    LazyLock::new(|| (WORDS.iter().map(|word| Finder::new(*word)).collect(), Finder::new(ESCAPE)));

/// One direction that is watched.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Watch {
    tail: [u8; TAIL],
    kept: u8,
    /// Whether the next byte begins a line.
    line_begins: bool,
    /// Bytes of the line at hand.
    line: u32,
    /// Lines longer than a framer would have kept.
    pub(super) oversized: u32,
}

impl Watch {
    /// Begins to watch; `line_begins` if no object is open.
    pub(super) fn new(line_begins: bool) -> Watch {
        Watch { line_begins, ..Watch::default() }
    }

    /// Whether the next byte begins a line.
    pub(super) const fn line_begins(&self) -> bool {
        self.line_begins
    }

    /// Bytes are missing here.
    pub(super) fn hole(&mut self) {
        *self = Watch { oversized: self.oversized, ..Watch::default() };
    }

    /// Looks at the next bytes: whether they hold, or complete, a word of mining.
    pub(super) fn sees(&mut self, bytes: &[u8]) -> bool {
        let mut window = [0_u8; WINDOW];
        let mut held = usize::from(self.kept).min(TAIL);
        window[..held].copy_from_slice(&self.tail[..held]);
        for piece in bytes.chunks(WINDOW - TAIL) {
            let end = held + piece.len();
            window[held..end].copy_from_slice(piece);
            window[held..end].make_ascii_lowercase();
            if is_mining(&window[..end]) {
                return true;
            }
            held = end.min(TAIL);
            window.copy_within(end - held..end, 0);
        }
        self.tail[..held].copy_from_slice(&window[..held]);
        self.kept = u8::try_from(held).unwrap_or(0);
        false
    }

    /// Counts lines, for those that are too long. To be called with the bytes that were looked at in vain.
    pub(super) fn pass(&mut self, bytes: &[u8], limit: usize) {
        let before = self.line;
        let length = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        self.line = match memchr::memrchr(b'\n', bytes) {
            Some(last) => length(bytes.len() - last - 1),
            None => before.saturating_add(length(bytes.len())),
        };
        let limit = length(limit);
        // Counted once, when it grows beyond.
        if before <= limit && before.saturating_add(length(bytes.len())) > limit && self.line > limit {
            self.oversized = self.oversized.saturating_add(1);
        }
        self.line_begins = bytes.last().map_or(self.line_begins, |last| *last == b'\n');
    }
}

fn is_mining(window: &[u8]) -> bool {
    let (words, escape) = &*FINDERS;
    words.iter().any(|word| word.find(window).is_some())
        || escape.find_iter(window).any(|at| {
            // A dot, an underscore or a letter need no escape: whoever escapes them hides a word. Serialisers escape
            // `<`, `>`, `&`, quotes and accented letters.
            let digits = window.get(at + ESCAPE.len()..at + ESCAPE.len() + 2).unwrap_or_default();
            matches!(digits, [b'2', b'e'] | [b'4' | b'6', _] | [b'5' | b'7', b'0'..=b'9' | b'a'])
                || *digits == *b"5f"
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each word is seen wherever it is cut, in whatever case, and not a byte too early.
    #[test]
    fn words_are_seen_across_pieces() {
        for word in WORDS {
            let text = [&b"{\"a\":\"\xc3\xa9 "[..], &word.to_ascii_uppercase(), b"\"}\n"].concat();
            for size in 1..text.len() {
                let mut watch = Watch::new(true);
                assert!(
                    text.chunks(size).any(|piece| watch.sees(piece)),
                    "{:?} by {size}",
                    word.escape_ascii()
                );
            }
            let mut watch = Watch::new(true);
            assert!(!watch.sees(&text[..text.len() - 4]), "{:?} not whole", word.escape_ascii());
        }
    }

    /// `{"method":"m\u0069ning…` hides the word; Go escapes `<` and `&`, Python writes `\u00e9`.
    #[test]
    fn escapes_that_hide_and_those_that_do_not() {
        let sees = |text: &str| Watch::new(true).sees(text.as_bytes());
        for hidden in [r"m\u0069ning", r"mining\u002enotify", r"job\u005fid", r"m\u004Dx"] {
            assert!(sees(hidden), "{hidden}");
        }
        for plain in [r"a \u003cb\u003e \u0026", r"caf\u00e9", r"\u0022 \u0027", r"\u007b \u005b"] {
            assert!(!sees(plain), "{plain}");
        }
    }

    #[test]
    fn long_lines_are_counted_once() {
        let mut watch = Watch::new(true);
        for piece in [&[b'x'; 600][..], &[b'x'; 600], &[b'x'; 600], b"x\n", &[b'y'; 600], b"\n"] {
            watch.pass(piece, 1000);
        }
        assert_eq!((watch.oversized, watch.line_begins()), (1, true));
    }
}
