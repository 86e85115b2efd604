//! Cuts a byte stream into root JSON objects, in whatever pieces it arrives.
//!
//! An object ends when its brackets balance outside strings, not at a line feed: servers send several without one,
//! pretty-print over lines, or leave the last line open. A line feed inside a string, a bracket that does not match
//! or a value where none may stand means that something was lost: the partial object is dropped and the stream is
//! resumed at the next line feed or at `{"`. Two halves around a hole are never joined.

use super::json::{DEPTH_LIMIT, is_space};

/// Longest object that is kept, in bytes. Clients read lines of 16 kB and more (python-p2pool sends 18 kB jobs);
/// `getblocktemplate` answers come over HTTP and are not framed here.
pub const OBJECT_LIMIT: usize = 256 * 1024;

/// A partial object whose buffer grew beyond this gives its memory back when it is done.
const KEPT_CAPACITY: usize = 0;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between objects.
    Between,
    /// Inside an object whose beginning is in `partial` or in the current slice.
    Inside,
    /// In something that is not JSON: until a line feed or `{"`.
    Lost,
    /// Like `Lost`, just behind a `{`.
    LostAtBrace,
    /// In an object that is too long, or in a line that does not begin with one: until a line feed.
    Skipping,
    /// A whole object found without knowing whether it is a root is in `partial`: the next byte decides.
    Doubtful,
}

/// Finds the root objects (and arrays) of one direction of a stream.
#[derive(Debug, Clone)]
pub struct Framer {
    partial: Vec<u8>,
    kinds: u64,
    depth: u32,
    place: Place,
    last: u8,
    in_string: bool,
    escaped: bool,
    unsure: bool,
    /// Places where the text was not JSON or an object was broken.
    pub malformed: u32,
    /// Objects longer than [`OBJECT_LIMIT`].
    pub oversized: u32,
}

impl Framer {
    /// A framer for a stream seen from its first byte.
    #[must_use]
    pub const fn new() -> Framer {
        Framer {
            partial: Vec::new(),
            kinds: 0,
            depth: 0,
            place: Place::Between,
            last: 0,
            in_string: false,
            escaped: false,
            unsure: false,
            malformed: 0,
            oversized: 0,
        }
    }

    /// A framer for a stream that was joined somewhere in the middle.
    #[must_use]
    pub const fn joined() -> Framer {
        let mut framer = Framer::new();
        framer.place = Place::Lost;
        framer.unsure = true;
        framer
    }

    /// Bytes are missing here: whatever was begun is dropped.
    pub fn hole(&mut self) {
        self.drop_partial();
        self.place = Place::Lost;
        self.unsure = true;
    }

    /// Stops at this place, holding nothing. Gives whether it is one between objects.
    pub fn pause(&mut self) -> bool {
        let between = self.place == Place::Between;
        self.drop_partial();
        between
    }

    /// Goes on behind a pause: at the beginning of a line, or somewhere in the middle.
    pub fn resume(&mut self, line_begins: bool) {
        self.drop_partial();
        self.place = if line_begins { Place::Between } else { Place::Lost };
        self.unsure = !line_begins;
    }

    /// Bytes held back for an object that is not complete.
    #[must_use]
    pub fn held(&self) -> usize {
        self.partial.len()
    }

    /// Takes the next bytes and hands every completed root object or array to `found`.
    pub fn feed(&mut self, bytes: &[u8], found: &mut impl FnMut(&[u8])) {
        let mut at = 0;
        // Where in `bytes` the part of the current object begins that is not yet in `partial`.
        let mut start = 0;
        while at < bytes.len() {
            match self.place {
                Place::Inside => match self.scan(bytes, at) {
                    Scan::More => break,
                    Scan::Whole(end) => {
                        self.complete(&bytes[start..end], found);
                        at = end;
                    }
                    Scan::Broken(bad) => {
                        self.malformed = self.malformed.saturating_add(1);
                        self.drop_partial();
                        self.place = Place::Lost;
                        self.unsure = true;
                        at = bad;
                    }
                },
                Place::Between => match bytes[at] {
                    b'{' | b'[' => {
                        start = at;
                        self.begin();
                    }
                    byte if is_space(byte) || matches!(byte, 0xef | 0xbb | 0xbf | b',') => at += 1,
                    // A line of something else (`<14>Jan 1 … {…}` of a log): an object in it is no root.
                    _ => {
                        self.malformed = self.malformed.saturating_add(1);
                        self.place = Place::Skipping;
                    }
                },
                Place::Lost => match memchr::memchr2(b'\n', b'{', &bytes[at..]) {
                    None => break,
                    Some(skipped) => {
                        at += skipped + 1;
                        self.place = if bytes[at - 1] == b'\n' { Place::Between } else { Place::LostAtBrace };
                    }
                },
                Place::LostAtBrace => match bytes[at] {
                    b'\n' | b' ' | b'\t' | b'\r' => at += 1,
                    b'{' => at += 1,
                    b'"' => {
                        self.begin();
                        self.unsure = true;
                        self.depth = 1;
                        self.kinds = 1;
                        self.last = b'{';
                        self.partial.push(b'{');
                        start = at;
                    }
                    _ => self.place = Place::Lost,
                },
                Place::Skipping => match memchr::memchr(b'\n', &bytes[at..]) {
                    None => break,
                    Some(skipped) => {
                        at += skipped + 1;
                        self.place = Place::Between;
                    }
                },
                Place::Doubtful => self.settle(bytes[at], found),
            }
        }
        if self.place == Place::Inside {
            self.keep(&bytes[start..]);
        }
    }

    /// No more bytes will come: hands over an object that only waited for the byte behind it.
    pub fn finish(&mut self, found: &mut impl FnMut(&[u8])) {
        if self.place == Place::Doubtful {
            self.settle(b'\n', found);
        }
        self.drop_partial();
    }

    fn begin(&mut self) {
        self.place = Place::Inside;
        self.depth = 0;
        self.kinds = 0;
        self.last = b',';
        self.in_string = false;
        self.escaped = false;
    }

    fn drop_partial(&mut self) {
        self.partial.clear();
        self.partial.shrink_to(KEPT_CAPACITY);
    }

    fn keep(&mut self, bytes: &[u8]) {
        if self.partial.len().saturating_add(bytes.len()) > OBJECT_LIMIT {
            self.oversized = self.oversized.saturating_add(1);
            self.drop_partial();
            self.place = Place::Skipping;
            self.unsure = true;
            // These bytes are all inside the object: a line feed among them ends nothing.
            return;
        }
        self.partial.extend_from_slice(bytes);
    }

    fn complete(&mut self, rest: &[u8], found: &mut impl FnMut(&[u8])) {
        if self.partial.len().saturating_add(rest.len()) > OBJECT_LIMIT {
            self.oversized = self.oversized.saturating_add(1);
            self.drop_partial();
            self.place = Place::Between;
            return;
        }
        if self.unsure {
            self.partial.extend_from_slice(rest);
            self.place = Place::Doubtful;
            return;
        }
        self.place = Place::Between;
        if self.partial.is_empty() {
            found(rest);
        } else {
            self.partial.extend_from_slice(rest);
            found(&self.partial);
            self.drop_partial();
        }
    }

    /// Behind a root object comes space, another object or nothing; behind a nested one a comma or a bracket.
    fn settle(&mut self, next: u8, found: &mut impl FnMut(&[u8])) {
        if is_space(next) || next == b'{' {
            found(&self.partial);
            self.unsure = false;
            self.place = Place::Between;
        } else {
            self.place = Place::Lost;
        }
        self.drop_partial();
    }

    fn scan(&mut self, bytes: &[u8], mut at: usize) -> Scan {
        while at < bytes.len() {
            if self.escaped {
                self.escaped = false;
                at += 1;
                continue;
            }
            if self.in_string {
                let Some(skipped) = memchr::memchr3(b'"', b'\\', b'\n', &bytes[at..]) else {
                    return Scan::More;
                };
                at += skipped;
                match bytes[at] {
                    b'"' => {
                        self.in_string = false;
                        self.last = b'"';
                    }
                    b'\\' => self.escaped = true,
                    _ => return Scan::Broken(at),
                }
                at += 1;
                continue;
            }
            let byte = bytes[at];
            match byte {
                b'"' => {
                    if !matches!(self.last, b',' | b':' | b'{' | b'[') {
                        return Scan::Broken(at);
                    }
                    self.in_string = true;
                }
                b'{' | b'[' => {
                    // A new object where no value may stand: the one before was cut.
                    if !matches!(self.last, b',' | b':' | b'[') || self.depth >= DEPTH_LIMIT {
                        return Scan::Broken(at);
                    }
                    self.kinds = self.kinds << 1 | u64::from(byte == b'{');
                    self.depth += 1;
                    self.last = byte;
                }
                b'}' | b']' => {
                    if (self.kinds & 1 == 1) != (byte == b'}') {
                        return Scan::Broken(at);
                    }
                    self.kinds >>= 1;
                    self.depth = self.depth.saturating_sub(1);
                    self.last = byte;
                    if self.depth == 0 {
                        return Scan::Whole(at + 1);
                    }
                }
                _ if is_space(byte) => {}
                _ => self.last = byte,
            }
            at += 1;
        }
        Scan::More
    }
}

impl Default for Framer {
    fn default() -> Framer {
        Framer::new()
    }
}

enum Scan {
    More,
    Whole(usize),
    Broken(usize),
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use proptest::prelude::*;

    fn cut(mut framer: Framer, pieces: &[&[u8]]) -> Vec<String> {
        let mut all = Vec::new();
        let mut found = |object: &[u8]| all.push(String::from_utf8_lossy(object).into_owned());
        for piece in pieces {
            framer.feed(piece, &mut found);
        }
        framer.finish(&mut found);
        all
    }

    #[test]
    fn objects_end_when_brackets_balance() {
        let text = b"\xef\xbb\xbf {\"a\":\"}{\\\"\"}{\"b\":[1,\n {}]}\n\0[{\"c\":1},{\"d\":2}]";
        assert_eq!(
            cut(Framer::new(), &[text]),
            ["{\"a\":\"}{\\\"\"}", "{\"b\":[1,\n {}]}", "[{\"c\":1},{\"d\":2}]"]
        );
    }

    #[test]
    fn a_hole_never_joins_two_halves() {
        let mut framer = Framer::new();
        let mut all = Vec::new();
        let mut found = |object: &[u8]| all.push(String::from_utf8_lossy(object).into_owned());
        framer.feed(br#"{"id":1,"method":"log"#, &mut found);
        framer.hole();
        framer.feed(b"in\",\"params\":{\"login\":\"x\"},\"z\":1}\n{\"id\":2}\n", &mut found);
        assert_eq!(all, [r#"{"id":2}"#], "neither a joined object nor the nested params object");
    }

    #[test]
    fn a_cut_line_costs_itself_only() {
        let text = b"{\"id\":1,\"method\":\"x\n{\"id\":2}\n{\"id\":3,\"p\":[1,2\n{\"id\":4}\nGET / HTTP/1.1\n{\"id\":5}\n";
        assert_eq!(cut(Framer::new(), &[text]), [r#"{"id":2}"#, r#"{"id":4}"#, r#"{"id":5}"#]);
    }

    #[test]
    fn joined_inside_a_string_the_next_object_is_found() {
        assert_eq!(
            cut(Framer::joined(), &[b"abc\"],\"id\":1}{\"id\":2}{\"id\":3}"]),
            [r#"{"id":2}"#, r#"{"id":3}"#]
        );
        // An escaped quotation is text of a document, not an object of this stream.
        assert!(
            cut(Framer::joined(), &[br#"msg {\"id\":1,\"method\":\"mining.notify\"}", "x":1}"#]).is_empty()
        );
    }

    /// A syslog line quotes an object behind its header: that is no root, nor is what a prompt stands before.
    #[test]
    fn an_object_behind_a_prefix_is_no_root() {
        let text = b"<14>Jan 1 pool stratum: {\"id\":1}\n{\"id\":2}\n> {\"id\":3}\n{\"id\":4} x {\"id\":5}\n{\"id\":6}\n";
        assert_eq!(cut(Framer::new(), &[text]), [r#"{"id":2}"#, r#"{"id":4}"#, r#"{"id":6}"#]);
    }

    #[test]
    fn a_pause_holds_nothing() {
        let mut framer = Framer::new();
        let mut all = Vec::new();
        let mut found = |object: &[u8]| all.push(String::from_utf8_lossy(object).into_owned());
        framer.feed(b"{\"id\":1}\n{\"id\":", &mut found);
        assert!(!framer.pause() && framer.held() == 0);
        framer.resume(false);
        framer.feed(b"2,\"x\":{\"y\":1}}\n{\"id\":3}\n", &mut found);
        assert!(framer.pause());
        framer.resume(true);
        framer.feed(b"{\"id\":4}\n", &mut found);
        assert_eq!(all, [r#"{"id":1}"#, r#"{"id":3}"#, r#"{"id":4}"#]);
    }

    #[test]
    fn too_long_an_object_is_skipped_to_the_line_feed() {
        let mut framer = Framer::new();
        let mut all = Vec::new();
        let mut found = |object: &[u8]| all.push(object.len());
        framer.feed(b"{\"a\":\"", &mut found);
        for _ in 0..300 {
            framer.feed(&[b'x'; 1024], &mut found);
            assert!(framer.held() <= OBJECT_LIMIT);
        }
        framer.feed(b"\"}\n{\"id\":1}\n", &mut found);
        assert_eq!((all, framer.oversized), (vec![8], 1));
    }

    proptest! {
        /// How a stream is cut into segments carries no meaning.
        #[test]
        fn segmentation_changes_nothing(
            text in r#"([{}\[\]",:\\ \n1a]|\{"id":1\}|\{"a":\["x"\]\}\n){0,60}"#,
            size in 1_usize..5, joined: bool,
        ) {
            let framer = || if joined { Framer::joined() } else { Framer::new() };
            let pieces: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
            prop_assert_eq!(cut(framer(), &pieces), cut(framer(), &[text.as_bytes()]));
        }
    }
}
