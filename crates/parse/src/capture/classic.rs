//! The classic pcap format: a file header, then records one after the other.
//!
//! Source: draft-ietf-opsawg-pcap, libpcap `sf-pcap.c` and `savefile.h`; the modified format
//! of Alexey Kuznetzov's patched libpcap: Wireshark `wiretap/libpcap.h`.

use super::order::Order;
use super::resync::{self, Here};
use super::{Frame, LinkType, MAX_FRAME, NotACapture, Place, Reason, Skipped, Step};

/// Bytes of the file header.
pub(super) const FILE_HEADER: usize = 24;

/// Bytes of a record header; the modified format has eight more.
const RECORD_HEADER: usize = 16;

/// How many record headers in a row must hold together after damage. Each one passes by
/// chance with less than 1 in 10,000 (a length below 256 KiB is 1 in 16,384 of random words).
const CHAIN: usize = 3;

/// After damage a record's time must be this near to the last good one, in seconds: a year.
const NEAR_SECS: u32 = 366 * 86_400;

/// What the file header says, and what the walk must remember.
#[derive(Debug, Clone)]
pub(super) struct Classic {
    order: Order,
    /// Nanoseconds in one unit of a record's fraction: 1,000 or 1.
    unit_nanos: u32,
    /// Bytes of each record header.
    header: usize,
    /// Version 2.3 and older may have the two lengths in the other order.
    old: bool,
    link: LinkType,
    /// Second of the last good record.
    last_secs: Option<u32>,
}

/// One record header.
#[derive(Debug, Clone, Copy)]
struct Record {
    secs: u32,
    fraction: u32,
    captured: u32,
    original: u32,
}

impl Classic {
    /// Reads the file header.
    pub(super) fn begin(head: &[u8]) -> Result<Self, NotACapture> {
        let magic = head.get(..4).ok_or_else(|| {
            if MAGICS.iter().any(|(magic, ..)| magic.starts_with(head)) {
                NotACapture::CutShort
            } else {
                NotACapture::Unknown
            }
        })?;
        let (_, order, unit_nanos, header) =
            *MAGICS.iter().find(|(known, ..)| known == magic).ok_or(NotACapture::Unknown)?;
        let (Some(major), Some(minor), Some(link)) =
            (order.u16(head, 4), order.u16(head, 6), order.u32(head, 20))
        else {
            return Err(NotACapture::CutShort);
        };
        // The upper half holds the length of the frame check sequence (draft, section 4).
        let link = LinkType((link & 0xffff) as u16);
        Ok(Self { order, unit_nanos, header, old: (major, minor) < (2, 4), link, last_secs: None })
    }

    /// The record header at the start of `rest`.
    #[inline]
    fn record(&self, rest: &[u8]) -> Option<Record> {
        let head = rest.first_chunk::<RECORD_HEADER>()?;
        let mut record = Record {
            secs: self.order.u32(head, 0)?,
            fraction: self.order.u32(head, 4)?,
            captured: self.order.u32(head, 8)?,
            original: self.order.u32(head, 12)?,
        };
        if self.old && record.captured > record.original {
            std::mem::swap(&mut record.captured, &mut record.original);
        }
        Some(record)
    }

    /// See [`super::Walker::step`].
    #[inline]
    pub(super) fn step(&mut self, place: &mut Place, buffer: &[u8], end: bool) -> Step {
        if place.lost.is_some() {
            return resync::search(place, buffer, end, |rest| self.chain(rest, end));
        }
        let rest = place.rest(buffer);
        let Some(record) = self.record(rest) else {
            return match (end, rest.is_empty()) {
                (false, _) => Step::NeedMore(RECORD_HEADER),
                (true, true) => Step::End,
                (true, false) => place.damage(rest.len(), Reason::CutShort),
            };
        };
        if record.doubtful(self.unit_nanos) {
            match self.doubtful(rest, record, end) {
                Doubt::Record => {}
                Doubt::FileHeader(header) => {
                    *self = header;
                    place.at += FILE_HEADER;
                    return Step::Skipped(Skipped::Other);
                }
                Doubt::NeedMore(bytes) => return Step::NeedMore(bytes),
                Doubt::Damage => return self.lose(place, buffer, Reason::AbsurdLength, end),
            }
        }
        if record.captured as usize > MAX_FRAME {
            return self.lose(place, buffer, Reason::AbsurdLength, end);
        }
        let captured = record.captured as usize;
        let whole = self.header + captured;
        if rest.len() < whole {
            if end {
                return self.lose(place, buffer, Reason::CutShort, end);
            }
            return Step::NeedMore(whole);
        }
        let at = place.at + self.header;
        place.at += whole;
        self.last_secs = Some(record.secs);
        let nanos =
            i64::from(record.secs) * 1_000_000_000 + i64::from(record.fraction) * i64::from(self.unit_nanos);
        Step::Frame(Frame {
            time_nanos: Some(nanos),
            link: self.link,
            at,
            len: captured,
            original_len: record.original.max(record.captured),
        })
    }

    /// Gives this record up and begins to look for the next one.
    #[cold]
    fn lose(&mut self, place: &mut Place, buffer: &[u8], reason: Reason, end: bool) -> Step {
        place.lose(reason);
        resync::search(place, buffer, end, |rest| self.chain(rest, end))
    }

    /// A header that an honest writer rarely writes: a file header (captures that were simply
    /// joined), a record of an odd writer, or damage.
    #[cold]
    fn doubtful(&self, rest: &[u8], record: Record, end: bool) -> Doubt {
        let may_be_header = rest.get(..4).is_some_and(|four| MAGICS.iter().any(|(magic, ..)| magic == four));
        if may_be_header {
            match Self::begin(rest) {
                Ok(mut header) => {
                    header.last_secs = self.last_secs;
                    return Doubt::FileHeader(header);
                }
                Err(_) if !end => return Doubt::NeedMore(FILE_HEADER),
                Err(_) => {}
            }
        }
        let mut at = 0;
        let mut record = record;
        for _ in 0..CHAIN {
            let holds = record.captured as usize <= MAX_FRAME && !record.is_zero();
            if !holds {
                return Doubt::Damage;
            }
            at += self.header + record.captured as usize;
            if end && at == rest.len() {
                return Doubt::Record;
            }
            match rest.get(at..).and_then(|next| self.record(next)) {
                Some(next) => record = next,
                None if end => return Doubt::Damage,
                None => return Doubt::NeedMore(at + RECORD_HEADER),
            }
        }
        Doubt::Record
    }

    /// Whether [`CHAIN`] records in a row begin here, or fewer that end with the input.
    fn chain(&self, rest: &[u8], end: bool) -> Here {
        let mut at = 0usize;
        for seen in 0..CHAIN {
            if end && seen > 0 && at == rest.len() {
                return Here::Yes;
            }
            let Some(record) = rest.get(at..).and_then(|next| self.record(next)) else {
                return match (end, seen) {
                    (false, _) => Here::Unsure(at + RECORD_HEADER),
                    // One whole record and the head of another, then the input is cut.
                    (true, 2..) => Here::Yes,
                    (true, _) => Here::No,
                };
            };
            if !self.plausible(record) {
                return Here::No;
            }
            at += self.header + record.captured as usize;
        }
        Here::Yes
    }

    /// Whether an ordinary writer would write this header, some time around the last one.
    #[inline]
    fn plausible(&self, record: Record) -> bool {
        record.captured > 0
            && record.captured as usize <= MAX_FRAME
            && record.original as usize <= MAX_FRAME
            && !record.doubtful(self.unit_nanos)
            && self.last_secs.is_none_or(|last| last.abs_diff(record.secs) <= NEAR_SECS)
    }
}

impl Record {
    /// Not what an ordinary writer writes.
    #[inline]
    fn doubtful(self, unit_nanos: u32) -> bool {
        self.original < self.captured || self.captured == 0 || self.fraction >= 1_000_000_000 / unit_nanos
    }

    /// A hole in a file reads as zeros.
    fn is_zero(self) -> bool {
        self.secs == 0 && self.fraction == 0 && self.captured == 0 && self.original == 0
    }
}

/// What a doubtful header turned out to be.
enum Doubt {
    Record,
    FileHeader(Classic),
    NeedMore(usize),
    Damage,
}

/// Magic number as it stands in the file, byte order, nanoseconds per unit, record header.
#[rustfmt::skip]
const MAGICS: [([u8; 4], Order, u32, usize); 6] = [
    ([0xd4, 0xc3, 0xb2, 0xa1], Order::Little, 1_000, RECORD_HEADER),
    ([0xa1, 0xb2, 0xc3, 0xd4], Order::Big, 1_000, RECORD_HEADER),
    ([0x4d, 0x3c, 0xb2, 0xa1], Order::Little, 1, RECORD_HEADER),
    ([0xa1, 0xb2, 0x3c, 0x4d], Order::Big, 1, RECORD_HEADER),
    ([0x34, 0xcd, 0xb2, 0xa1], Order::Little, 1_000, RECORD_HEADER + 8),
    ([0xa1, 0xb2, 0xcd, 0x34], Order::Big, 1_000, RECORD_HEADER + 8),
];
