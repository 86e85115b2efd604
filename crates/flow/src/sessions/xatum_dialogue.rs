//! A TCP connection that speaks Xatum in clear: lines instead of objects, the conversation is the usual one.

use super::conversation::Place;
use super::talk::Talk;
use super::{Ends, Settings, Stamp};
use model::{Carrier, Dialect, Fact, Side};
use parse::mining::xatum;

/// Longest line that is kept; jobs have some 300 bytes.
const LINE_LIMIT: usize = 16 << 10;

/// Lines without a word of mining after which a connection is left alone.
const LINES_WITHOUT_ANCHOR: u32 = 16;

/// One connection.
#[derive(Debug)]
pub struct XatumDialogue {
    partial: [Vec<u8>; 2],
    /// What is left of a line that is lost or too long.
    skipping: [bool; 2],
    lines: u32,
    talk: Talk,
}

impl XatumDialogue {
    /// A connection between these ends.
    #[must_use]
    pub fn new(ends: Ends, settings: &Settings) -> XatumDialogue {
        XatumDialogue {
            partial: [Vec::new(), Vec::new()],
            skipping: [false; 2],
            lines: 0,
            talk: Talk::new(ends, Carrier::Tcp, settings),
        }
    }

    /// The next payload bytes of one side, in order; what is new is put into `tell`.
    pub fn bytes(&mut self, side: Side, stamp: Stamp, bytes: &[u8], tell: &mut Vec<Fact>) {
        self.talk.hear(side, stamp);
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let ends = piece.ends_with(b"\n");
            let partial = &mut self.partial[side.index()];
            let skipping = &mut self.skipping[side.index()];
            if partial.len().saturating_add(piece.len()) > LINE_LIMIT {
                partial.clear();
                *skipping = true;
            }
            if !*skipping {
                partial.extend_from_slice(piece);
            }
            if ends {
                let line = std::mem::take(partial);
                *skipping = false;
                self.line(side, stamp, &line);
            }
        }
        self.talk.tell_news(tell);
    }

    fn line(&mut self, side: Side, stamp: Stamp, line: &[u8]) {
        self.lines = self.lines.saturating_add(1);
        let line = line.trim_ascii();
        let Some(said) = xatum::line(line) else { return };
        if said.anchor {
            self.talk.open().decide(Dialect::Xatum);
        }
        self.talk.take(&said, line, Place { side, stamp, exchange: 0 });
    }

    /// Bytes of one side are missing here.
    pub fn hole(&mut self, side: Side, stamp: Stamp, missing: u64) {
        self.talk.miss(side, stamp, missing);
        self.partial[side.index()] = Vec::new();
        self.skipping[side.index()] = true;
    }

    /// The connection is over; `stamp` is that of its last packet. Emits the final sessions.
    pub fn close(&mut self, stamp: Stamp, tell: &mut Vec<Fact>) {
        self.talk.touch(stamp);
        for side in [Side::A, Side::B] {
            let rest = std::mem::take(&mut self.partial[side.index()]);
            if !rest.is_empty() {
                self.line(side, stamp, &rest);
            }
        }
        self.talk.tell_all(tell);
    }

    /// Whether more bytes are wanted.
    #[must_use]
    pub fn wants(&self) -> bool {
        self.talk.is_mining() || self.lines < LINES_WITHOUT_ANCHOR
    }
}
