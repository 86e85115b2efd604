//! One direction of a TCP connection put back in order (RFC 9293 section 3.4), in bounded memory.
//!
//! Captures lose packets, deliver them out of order and twice, and join in the middle. The first copy of a byte wins,
//! whatever comes later; bytes of a later copy that differ are counted. A hole is given up when waiting cannot help
//! any more, and is passed on as a hole: the two sides of it are never joined.

use crate::sessions::Stamp;

/// A hole is given up once the other end has acknowledged what lies behind it and so many packets of the connection
/// came after. Captures put packets out of order by a few places; this leaves room for twice as many as any seen.
const PATIENCE_ACKNOWLEDGED: u16 = 8;
/// … and without any acknowledgement (one-directional captures) after so many.
const PATIENCE: u16 = 64;
/// Bytes that one direction may hold behind a hole: the largest window without scaling (RFC 9293 section 3.1).
const MOST_HELD: usize = 65_535;
/// Segments that one direction may hold behind a hole.
const MOST_SEGMENTS: usize = 64;
/// Bytes kept of what was delivered, to compare retransmissions with: some full-size segments.
const TAIL: usize = 4096;
/// A sequence number so far behind cannot be a retransmission: the connection went on unseen.
const FAR: u32 = 1 << 24;
/// A hole wider than the largest window without scaling (RFC 9293 section 3.1) may be a forged segment: when the old
/// numbers go on after it was given up, the stream goes back to them.
const WIDE: u32 = 65_535;
/// Segments beyond any window that make it believable that the stream goes on there.
const BELIEVED: usize = 3;
/// What a held segment costs besides its bytes.
const SEGMENT_OVERHEAD: usize = 96;

/// What comes out, in order.
#[derive(Debug)]
pub(crate) enum Piece<'a> {
    /// The next bytes.
    Bytes(Stamp, &'a [u8]),
    /// So many bytes are missing here.
    Hole(Stamp, u64),
}

#[derive(Debug)]
struct Pending {
    sequence: u32,
    stamp: Stamp,
    bytes: Vec<u8>,
    stated: u32,
}

/// State of one direction.
#[derive(Debug, Default)]
pub(crate) struct Direction {
    /// The next sequence number to deliver; `None` until a SYN or a first byte fixes it.
    next: Option<u32>,
    first: Option<u32>,
    /// Behind a hole, sorted by sequence number.
    pending: Vec<Pending>,
    held: usize,
    waited: u16,
    /// Where the stream stood before it jumped over a wide hole.
    before_jump: Option<u32>,
    /// The newest delivered bytes, ending at `next`; kept only for connections whose content is wanted.
    tail: Vec<u8>,
    keep_tail: bool,
    /// Bytes of retransmissions that differ from what was delivered.
    pub(crate) conflicts: u64,
    /// Bytes too far ahead of the stream to be believed, and dropped.
    pub(crate) discarded: u64,
}

/// Whether `a` comes before `b` in the circle of sequence numbers, and by how many bytes.
#[inline]
fn ahead(a: u32, b: u32) -> Option<u32> {
    let distance = b.wrapping_sub(a);
    (distance < 1 << 31).then_some(distance)
}

impl Direction {
    /// Fixes where the stream begins, from a SYN.
    pub(crate) fn start(&mut self, sequence: u32) {
        if self.next.is_none() {
            self.next = Some(sequence);
            self.first = Some(sequence);
        }
    }

    /// Whether bytes before `number` are still to come, with nothing held behind a hole (then they were lost, or are
    /// known to be late) and within a window.
    #[inline]
    pub(crate) fn lacks(&self, number: u32) -> bool {
        self.pending.is_empty()
            && self.next.is_some_and(|next| ahead(next, number).is_some_and(|n| n > 0 && n <= WIDE))
    }

    /// The sequence number at which the stream begins, or was joined.
    pub(crate) fn first(&self) -> Option<u32> {
        self.first
    }

    /// Keeps delivered bytes from now on, to compare retransmissions with.
    pub(crate) fn keep_tail(&mut self) {
        self.keep_tail = true;
    }

    /// Bytes of memory held behind a hole.
    pub(crate) fn held(&self) -> usize {
        self.held + self.pending.len() * SEGMENT_OVERHEAD
    }

    /// Takes a segment's payload; `stated` bytes by its headers, of which `bytes` were captured.
    #[inline]
    pub(crate) fn push(
        &mut self,
        sequence: u32,
        bytes: &[u8],
        stated: u32,
        stamp: Stamp,
        sink: &mut impl FnMut(Piece<'_>),
    ) {
        let next = *self.next.get_or_insert(sequence);
        self.first.get_or_insert(sequence);
        if next == sequence && self.pending.is_empty() && self.before_jump.is_none() {
            self.deliver(bytes, stated, stamp, sink);
        } else if self.goes_on_before_jump(sequence) {
            self.before_jump = None;
            self.next = Some(sequence);
            self.tail.clear();
            sink(Piece::Hole(stamp, 0));
            self.deliver(bytes, stated, stamp, sink);
        } else if let Some(behind) = ahead(sequence, next) {
            if behind > FAR {
                self.next = Some(sequence);
                sink(Piece::Hole(stamp, 0));
                self.deliver(bytes, stated, stamp, sink);
                return;
            }
            if behind < stated {
                // The stream goes on: what is held behind a hole need not be given up yet.
                self.waited = 0;
            }
            self.deliver_rest(behind, bytes, stated, stamp, sink);
            self.drain(sink);
        } else {
            self.hold(sequence, bytes, stated, stamp);
            while self.held > MOST_HELD || self.pending.len() > MOST_SEGMENTS {
                self.make_room(sink);
            }
        }
    }

    /// Whether a segment belongs to the numbers that the stream left when it jumped.
    fn goes_on_before_jump(&self, sequence: u32) -> bool {
        self.before_jump.is_some_and(|old| ahead(old, sequence).is_some_and(|distance| distance <= WIDE))
    }

    /// Too much is held. While the stream goes on without it, what lies farthest ahead is what nobody will miss (a
    /// forged segment, most likely); once nothing else comes, the hole is given up.
    fn make_room(&mut self, sink: &mut impl FnMut(Piece<'_>)) {
        let wide = match (self.next, self.pending.last()) {
            (Some(next), Some(last)) => last.sequence.wrapping_sub(next) > WIDE,
            _ => false,
        };
        if wide && self.waited < PATIENCE_ACKNOWLEDGED {
            if let Some(farthest) = self.pending.pop() {
                self.held -= farthest.bytes.len();
                self.discarded += u64::from(farthest.stated);
            }
        } else {
            self.skip(sink);
        }
    }

    /// A packet of the connection went by; `acknowledged` is the newest acknowledgement of the other end.
    #[inline]
    pub(crate) fn wait(&mut self, acknowledged: Option<u32>, sink: &mut impl FnMut(Piece<'_>)) {
        let Some(first) = self.pending.first() else { return };
        self.waited = self.waited.saturating_add(1);
        let covered = acknowledged.is_some_and(|number| ahead(first.sequence, number).is_some_and(|n| n > 0));
        // A lone segment beyond any window is not believed until more follows it, or the other end has it.
        let wide = self.next.is_some_and(|next| first.sequence.wrapping_sub(next) > WIDE);
        if wide && !covered && self.pending.len() < BELIEVED {
            return;
        }
        if (covered && self.waited >= PATIENCE_ACKNOWLEDGED) || self.waited >= PATIENCE {
            self.skip(sink);
        }
    }

    /// Delivers what is held, holes and all: the connection is over, or memory is short.
    pub(crate) fn flush(&mut self, sink: &mut impl FnMut(Piece<'_>)) {
        while !self.pending.is_empty() {
            self.skip(sink);
        }
    }

    #[inline]
    fn deliver(&mut self, bytes: &[u8], stated: u32, stamp: Stamp, sink: &mut impl FnMut(Piece<'_>)) {
        self.next = self.next.map(|next| next.wrapping_add(stated));
        if !bytes.is_empty() {
            if self.keep_tail {
                self.remember(bytes);
            }
            sink(Piece::Bytes(stamp, bytes));
        }
        let missing = u64::from(stated).saturating_sub(bytes.len() as u64);
        if missing > 0 {
            self.tail.clear();
            sink(Piece::Hole(stamp, missing));
        }
    }

    /// Delivers what of a segment lies at or after `next`, of which `behind` bytes are already delivered.
    fn deliver_rest(
        &mut self,
        behind: u32,
        bytes: &[u8],
        stated: u32,
        stamp: Stamp,
        sink: &mut impl FnMut(Piece<'_>),
    ) {
        self.compare(behind, bytes);
        if behind < stated {
            let rest = bytes.get(behind as usize..).unwrap_or(&[]);
            self.deliver(rest, stated - behind, stamp, sink);
        }
    }

    /// Counts bytes of a retransmission that begins `behind` bytes before `next` and differs from what was delivered.
    fn compare(&mut self, behind: u32, bytes: &[u8]) {
        let behind = behind as usize;
        let (delivered, again) = if behind <= self.tail.len() {
            (&self.tail[self.tail.len() - behind..], bytes)
        } else {
            (&self.tail[..], bytes.get(behind - self.tail.len()..).unwrap_or(&[]))
        };
        self.conflicts += delivered.iter().zip(again).filter(|(old, new)| old != new).count() as u64;
    }

    fn remember(&mut self, bytes: &[u8]) {
        let bytes = &bytes[bytes.len().saturating_sub(TAIL)..];
        let excess = (self.tail.len() + bytes.len()).saturating_sub(TAIL);
        self.tail.drain(..excess);
        self.tail.extend_from_slice(bytes);
    }

    fn hold(&mut self, sequence: u32, bytes: &[u8], stated: u32, stamp: Stamp) {
        let Some(next) = self.next else { return };
        let distance = sequence.wrapping_sub(next);
        let place = self.pending.partition_point(|held| held.sequence.wrapping_sub(next) <= distance);
        let known = place.checked_sub(1).and_then(|i| self.pending.get(i));
        if let Some(known) = known.filter(|known| known.sequence == sequence && known.stated >= stated) {
            self.conflicts += known.bytes.iter().zip(bytes).filter(|(old, new)| old != new).count() as u64;
            return;
        }
        self.held += bytes.len();
        self.pending.insert(place, Pending { sequence, stamp, bytes: bytes.to_vec(), stated });
    }

    /// Gives up the hole before the first held segment.
    fn skip(&mut self, sink: &mut impl FnMut(Piece<'_>)) {
        let (Some(next), Some(first)) = (self.next, self.pending.first()) else { return };
        let distance = ahead(next, first.sequence).unwrap_or(0);
        let missing = u64::from(distance);
        let stamp = first.stamp;
        self.next = Some(first.sequence);
        if distance > WIDE {
            self.before_jump.get_or_insert(next);
        }
        self.tail.clear();
        if missing > 0 {
            sink(Piece::Hole(stamp, missing));
        }
        self.drain(sink);
    }

    /// Delivers held segments that are no longer behind a hole.
    fn drain(&mut self, sink: &mut impl FnMut(Piece<'_>)) {
        while let (Some(next), Some(first)) = (self.next, self.pending.first()) {
            let Some(behind) = ahead(first.sequence, next) else { break };
            let held = self.pending.remove(0);
            self.held -= held.bytes.len();
            self.waited = 0;
            self.deliver_rest(behind, &held.bytes, held.stated, held.stamp, sink);
        }
        if self.pending.is_empty() {
            self.pending = Vec::new();
        }
    }
}

/// Entry point of the fuzz target: segments made from the data; what comes out must be in order and bounded.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    use model::{EvidenceId, Origin, Time};
    let mut direction = Direction::default();
    direction.keep_tail();
    let mut delivered = 0u64;
    let mut pushed = 0u64;
    let mut sink = |piece: Piece<'_>| {
        if let Piece::Bytes(_, bytes) = piece {
            delivered += bytes.len() as u64;
        }
    };
    for (i, step) in data.chunks(24).enumerate() {
        let Some((&[kind, high, low, size], rest)) = step.split_first_chunk::<4>() else { break };
        let stamp =
            Stamp { time: Time::from_secs(i as i64), origin: Origin::packet(EvidenceId(0), i as u64) };
        // Some segments lie far ahead or behind, by megabytes and by gigabytes.
        let sequence = u32::from_be_bytes([if kind & 8 == 0 { 0 } else { kind }, kind >> 5, high, low]);
        match kind & 7 {
            0 => direction.wait(Some(sequence), &mut sink),
            1 => direction.flush(&mut sink),
            2 => direction.start(sequence),
            _ => {
                pushed += rest.len() as u64;
                direction.push(sequence, rest, rest.len() as u32 + u32::from(size & 3), stamp, &mut sink);
            }
        }
        assert!(direction.held <= MOST_HELD && direction.pending.len() <= MOST_SEGMENTS, "bounded");
        assert_eq!(direction.held, direction.pending.iter().map(|held| held.bytes.len()).sum::<usize>());
    }
    direction.flush(&mut sink);
    assert_eq!(direction.held, 0, "nothing is kept back");
    assert!(delivered <= pushed, "no byte is delivered twice");
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{EvidenceId, Origin, Time};
    use proptest::prelude::*;

    fn stamp(number: u64) -> Stamp {
        Stamp { time: Time::from_secs(0), origin: Origin::packet(EvidenceId(0), number) }
    }

    /// Bytes as they are, holes as `_` with their length.
    fn run(steps: &[(u32, &str)]) -> (String, u64) {
        let mut direction = Direction::default();
        direction.keep_tail();
        direction.start(100);
        let mut text = String::new();
        let mut sink = |piece: Piece<'_>| match piece {
            Piece::Bytes(_, bytes) => text.push_str(&String::from_utf8_lossy(bytes)),
            Piece::Hole(_, n) => text.push_str(&format!("_{n}_")),
        };
        for (i, (sequence, bytes)) in steps.iter().enumerate() {
            direction.push(*sequence, bytes.as_bytes(), bytes.len() as u32, stamp(i as u64), &mut sink);
        }
        direction.flush(&mut sink);
        (text, direction.conflicts)
    }

    #[test]
    fn order_loss_and_overlap() {
        assert_eq!(run(&[(100, "ab"), (102, "cd")]).0, "abcd");
        assert_eq!(run(&[(102, "cd"), (100, "ab")]).0, "abcd", "out of order");
        assert_eq!(run(&[(100, "ab"), (100, "ab"), (102, "cd")]), ("abcd".into(), 0), "retransmitted");
        assert_eq!(run(&[(100, "ab"), (101, "bcd")]).0, "abcd", "overlapping");
        assert_eq!(run(&[(100, "ab"), (104, "ef")]).0, "ab_2_ef", "lost");
        assert_eq!(run(&[(100, "ab"), (99, "x"), (102, "cd")]).0, "abcd", "keep-alive byte before the next");
    }

    /// First wins, and the difference is counted: what an attacker sends twice must not pass silently.
    #[test]
    fn differing_copies_are_counted_and_the_first_wins() {
        assert_eq!(run(&[(100, "abcd"), (100, "aXYd"), (104, "e")]), ("abcde".into(), 2));
        assert_eq!(run(&[(102, "cd"), (102, "XX"), (100, "ab")]), ("abcd".into(), 2));
    }

    #[test]
    fn a_hole_is_given_up_once_the_other_end_has_what_follows() {
        let mut direction = Direction::default();
        direction.start(0);
        let mut pieces = Vec::new();
        let mut sink = |piece: Piece<'_>| pieces.push(format!("{piece:?}").starts_with("Hole"));
        direction.push(10, b"later", 5, stamp(1), &mut sink);
        for _ in 0..PATIENCE_ACKNOWLEDGED {
            direction.wait(Some(15), &mut sink);
        }
        assert_eq!(pieces, [true, false], "one hole, then the bytes");
    }

    /// One forged byte two megabytes ahead must not hide what follows (an attacker needs to see nothing to send it).
    #[test]
    fn a_forged_segment_far_ahead_hides_nothing() {
        let lines: Vec<String> = (0..300).map(|i| format!("line {i:03};")).collect();
        let mut steps: Vec<(u32, &str)> = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            steps.push((100 + 9 * i as u32, line));
            if i == 50 {
                steps.push((2_000_000, "!"));
            }
        }
        let text = run(&steps).0;
        for line in &lines {
            assert!(text.contains(line.as_str()), "{line}");
        }
        // Also when the real stream pauses so long that the hole is given up first.
        let mut direction = Direction::default();
        direction.start(100);
        let mut text = String::new();
        let mut sink = |piece: Piece<'_>| match piece {
            Piece::Bytes(_, bytes) => text.push_str(&String::from_utf8_lossy(bytes)),
            Piece::Hole(..) => text.push('_'),
        };
        direction.push(100, b"ab", 2, stamp(1), &mut sink);
        for i in 0..3 {
            for _ in 0..PATIENCE {
                direction.wait(None, &mut sink);
            }
            direction.push(2_000_000 + i, b"!", 1, stamp(2), &mut sink);
        }
        for _ in 0..PATIENCE {
            direction.wait(None, &mut sink);
        }
        direction.push(102, b"cd", 2, stamp(3), &mut sink);
        direction.push(104, b"ef", 2, stamp(4), &mut sink);
        assert_eq!(text, "ab_!!!_cdef", "one is not believed, three are; then the stream goes back");
    }

    #[test]
    fn sequence_numbers_wrap() {
        let mut direction = Direction::default();
        direction.start(u32::MAX - 1);
        let mut all = Vec::new();
        let mut sink = |piece: Piece<'_>| {
            if let Piece::Bytes(_, bytes) = piece {
                all.extend_from_slice(bytes);
            }
        };
        direction.push(2, b"efg", 3, stamp(2), &mut sink);
        direction.push(u32::MAX - 1, b"abcd", 4, stamp(1), &mut sink);
        assert_eq!(all, b"abcdefg");
    }

    proptest! {
        /// Any cutting, any order within the window, any repetition: the same bytes come out.
        #[test]
        fn any_order_gives_the_same_stream(cuts in proptest::collection::vec(1usize..40, 1..40), swaps in proptest::collection::vec((0usize..40, 0usize..40), 0..40), base: u32) {
            let text: Vec<u8> = (0..cuts.iter().sum::<usize>()).map(|i| i as u8).collect();
            let mut at = 0;
            let mut segments = Vec::new();
            for cut in &cuts {
                segments.push((at, cut));
                at += cut;
            }
            for (i, j) in swaps {
                if i < segments.len() && j < segments.len() {
                    segments.swap(i, j);
                    segments.push(segments[i]);
                }
            }
            let mut direction = Direction::default();
            direction.start(base);
            let mut all = Vec::new();
            let mut holes = 0;
            let mut sink = |piece: Piece<'_>| match piece {
                Piece::Bytes(_, bytes) => all.extend_from_slice(bytes),
                Piece::Hole(..) => holes += 1,
            };
            for (at, len) in segments {
                direction.push(base.wrapping_add(at as u32), &text[at..at + len], *len as u32, stamp(0), &mut sink);
            }
            direction.flush(&mut sink);
            prop_assert_eq!(holes, 0);
            prop_assert_eq!(all, text);
        }

        #[test]
        fn any_segments_are_survived(data in proptest::collection::vec(any::<u8>(), 0..600)) {
            fuzz(&data);
        }
    }
}
