//! Journal files of systemd, read without journald.
//!
//! Source: systemd/systemd, "Journal File Format" (systemd.io) and `journal-def.h` of its sd-journal. After a header, objects
//! follow each other, each at a multiple of eight; all numbers are little-endian:
//!
//! ```text
//! header  "LPKSHHRH" compatible:4 incompatible:4 … header_size:8 (at 88) …
//! object  type:1 flags:1 reserved:6 size:8 …
//! DATA    … hash:8 next_hash:8 next_field:8 entry:8 entry_array:8 n_entries:8 [compact: 4 4] FIELD=value
//! ENTRY   … seqnum:8 realtime:8 monotonic:8 boot_id:16 xor_hash:8 items; item: offset:8 hash:8 [compact: offset:4]
//! ```
//!
//! Hash tables and arrays of entries only make searching fast, and may be made to lead in circles. Here the objects are
//! read once from front to back: whatever is referred to lies before, and an entry that no array names is found too.

use std::collections::BTreeMap;
use std::io::Read;

use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

/// Bytes from which the kind of file is told.
pub const MAGIC: &[u8] = b"LPKSHHRH";

const OBJECT: usize = 16;
const DATA: u8 = 1;
const ENTRY: u8 = 3;
const TAG: u8 = 7;
const PACKED_XZ: u8 = 1;
const PACKED_LZ4: u8 = 2;
const PACKED_ZSTD: u8 = 4;
/// `HEADER_INCOMPATIBLE_COMPACT`.
const COMPACT: u32 = 16;
/// All incompatible flags up to systemd 257: XZ, LZ4, keyed hash, zstd, compact.
const KNOWN: u32 = 0b1_1111;

/// Longest message read.
const MESSAGE: usize = 8192;
/// Different values of the field by which entries are chosen: programs have few names.
const IDENTIFIERS: usize = 65_536;
/// Fields looked at of one entry; journald writes about thirty.
const FIELDS: usize = 256;
/// Values unpacked of one file: those longer than 512 bytes, which messages of logins are not.
const UNPACKED: u32 = 8192;

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When it was received.
    pub secs: i64,
    /// What the program calls itself.
    pub identifier: String,
    /// What it said.
    pub message: String,
    /// Where the entry lies in the file.
    pub at: u64,
}

/// What came of reading a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Entries in it.
    pub entries: u64,
    /// Values that were wanted and are packed in a way not read here, or badly.
    pub packed: u64,
    /// Objects that are none: nothing behind the first such is read.
    pub unreadable: u64,
}

/// Hands over the entries of the programs that `wants` names; `None` if this is no journal or one of a future kind.
pub fn entries(bytes: &[u8], wants: &dyn Fn(&str) -> bool, found: &mut dyn FnMut(Entry)) -> Option<Outcome> {
    let flags = four(bytes, 12)?;
    let header = usize::try_from(eight(bytes, 88)?).ok()?;
    if !bytes.starts_with(MAGIC) || flags & !KNOWN != 0 || header < 208 || !header.is_multiple_of(8) {
        return None;
    }
    let mut journal =
        Journal { bytes, compact: flags & COMPACT != 0, left: UNPACKED, outcome: Outcome::default() };
    let mut identifiers: BTreeMap<u64, String> = BTreeMap::new();
    let mut at = header;
    while let Some(object) = journal.object(at) {
        match object.kind {
            DATA => {
                let name = object.payload.strip_prefix(b"SYSLOG_IDENTIFIER=").filter(|_| object.packed == 0);
                if let Some(name) = name.and_then(|name| std::str::from_utf8(name).ok())
                    && wants(name)
                    && identifiers.len() < IDENTIFIERS
                {
                    identifiers.insert(at as u64, name.to_owned());
                }
            }
            ENTRY => {
                journal.outcome.entries += 1;
                if let Some(entry) = journal.entry(at, &object, &identifiers) {
                    found(entry);
                }
            }
            _ => {}
        }
        // Every object holds its own head: the walk goes on.
        at = at.saturating_add(object.size).checked_next_multiple_of(8)?;
    }
    Some(journal.outcome)
}

struct Journal<'a> {
    bytes: &'a [u8],
    compact: bool,
    /// Values that may yet be unpacked.
    left: u32,
    outcome: Outcome,
}

struct Object<'a> {
    kind: u8,
    packed: u8,
    size: usize,
    /// What follows the fixed part.
    payload: &'a [u8],
    /// The whole object.
    whole: &'a [u8],
}

impl<'a> Journal<'a> {
    /// The object at a place; `None` at the end, or where none is.
    fn object(&mut self, at: usize) -> Option<Object<'a>> {
        let head = self.bytes.get(at..at.checked_add(OBJECT)?)?;
        let (kind, size) = (head[0], eight(head, 8)?);
        // Room set aside for what comes next.
        if kind == 0 && size == 0 {
            return None;
        }
        let object = read(self.bytes, at, self.compact);
        if object.is_none() {
            self.outcome.unreadable += 1;
        }
        object
    }

    /// An entry of a program that is asked for.
    fn entry(
        &mut self,
        at: usize,
        object: &Object<'_>,
        identifiers: &BTreeMap<u64, String>,
    ) -> Option<Entry> {
        let offsets = || {
            let items = object.payload.chunks_exact(if self.compact { 4 } else { 16 }).take(FIELDS);
            let compact = self.compact;
            items.filter_map(move |item| if compact { four(item, 0).map(u64::from) } else { eight(item, 0) })
        };
        let identifier = offsets().find_map(|offset| identifiers.get(&offset))?;
        let micros = eight(object.whole, 24)?;
        let offsets: Vec<u64> = offsets().filter(|offset| *offset < at as u64).collect();
        let message = offsets.into_iter().find_map(|offset| self.message(offset))?;
        Some(Entry {
            secs: i64::try_from(micros / 1_000_000).ok()?,
            identifier: identifier.clone(),
            message,
            at: at as u64,
        })
    }

    /// The value of a field, if it is the message.
    fn message(&mut self, offset: u64) -> Option<String> {
        let object = read(self.bytes, usize::try_from(offset).ok()?, self.compact)?;
        if object.kind != DATA {
            return None;
        }
        let text = |payload: &[u8]| {
            let message = payload.strip_prefix(b"MESSAGE=")?;
            Some(String::from_utf8_lossy(message.get(..MESSAGE).unwrap_or(message)).into_owned())
        };
        if object.packed == 0 {
            return text(object.payload);
        }
        self.left = self.left.checked_sub(1)?;
        match unpacked(object.packed, object.payload) {
            Some(plain) => text(&plain),
            None => {
                self.outcome.packed += 1;
                None
            }
        }
    }
}

/// The object at a place.
fn read(bytes: &[u8], at: usize, compact: bool) -> Option<Object<'_>> {
    let head = bytes.get(at..at.checked_add(OBJECT)?)?;
    let (kind, packed) = (head[0], head[1] & (PACKED_XZ | PACKED_LZ4 | PACKED_ZSTD));
    let size = usize::try_from(eight(head, 8)?).ok()?;
    let whole = bytes.get(at..at.checked_add(size)?)?;
    let fixed = match kind {
        DATA if compact => 72,
        DATA | ENTRY => 64,
        1..=TAG => OBJECT,
        _ => return None,
    };
    Some(Object { kind, packed, size, payload: whole.get(fixed..)?, whole })
}

/// A packed value, its beginning if it is long.
fn unpacked(packed: u8, bytes: &[u8]) -> Option<Vec<u8>> {
    match packed {
        PACKED_ZSTD => {
            let mut decoder = FrameDecoder::new();
            // journald packs a value in one piece, and none of those read here is longer.
            decoder.set_max_window_size(1 << 20);
            let reader = StreamingDecoder::new_with_decoder(bytes, decoder).ok()?;
            let mut plain = Vec::new();
            reader.take(MESSAGE as u64 + 8).read_to_end(&mut plain).ok()?;
            Some(plain)
        }
        PACKED_LZ4 => lz4(bytes.get(8..)?, usize::try_from(eight(bytes, 0)?).ok()?.min(MESSAGE + 8)),
        _ => None,
    }
}

/// A block of LZ4 up to `most` bytes. Source: lz4/lz4, "LZ4 Block Format Description".
fn lz4(mut block: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut plain = Vec::new();
    while plain.len() < most {
        let (&token, rest) = block.split_first()?;
        block = rest;
        let literals = length(&mut block, token >> 4)?;
        let copied = block.get(..literals)?;
        plain.extend_from_slice(copied.get(..most.saturating_sub(plain.len())).unwrap_or(copied));
        block = &block[literals..];
        if block.is_empty() {
            break;
        }
        let (low, high) = (*block.first()?, *block.get(1)?);
        block = &block[2..];
        let back = usize::from(u16::from_le_bytes([low, high]));
        let matched = length(&mut block, token & 15)?.saturating_add(4);
        let begin = plain.len().checked_sub(back).filter(|_| back > 0)?;
        for at in 0..matched.min(most.saturating_sub(plain.len())) {
            plain.push(*plain.get(begin + at)?);
        }
    }
    Some(plain)
}

/// A length of LZ4: four bits, then bytes as long as they are full.
fn length(block: &mut &[u8], nibble: u8) -> Option<usize> {
    let mut sum = usize::from(nibble);
    if nibble == 15 {
        loop {
            let (&byte, rest) = block.split_first()?;
            *block = rest;
            sum = sum.checked_add(usize::from(byte))?;
            if byte != 255 {
                break;
            }
        }
    }
    Some(sum)
}

fn four(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn eight(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let mut last = 0;
    let outcome = entries(data, &|_| true, &mut |entry| {
        assert!(entry.at > last && entry.at < data.len() as u64, "entries come in order");
        assert!(entry.message.len() <= 3 * MESSAGE && entry.secs >= 0, "messages are bounded");
        last = entry.at;
    });
    assert!(
        outcome.is_none_or(|outcome| outcome.unreadable <= 1),
        "the walk ends at the first object that is none"
    );
    let _ = lz4(data, MESSAGE);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// Written by systemd-journald 252 on a made-up machine, once as it does now and once with `SYSTEMD_JOURNAL_COMPACT=0`.
    const COMPACT_FILE: &[u8] = include_bytes!("samples/compact-zstd.journal.gz");
    const REGULAR_FILE: &[u8] = include_bytes!("samples/regular-zstd.journal.gz");

    fn journal(packed: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(packed).read_to_end(&mut plain).unwrap();
        plain
    }

    fn ssh(bytes: &[u8]) -> (Vec<Entry>, Outcome) {
        let mut found = Vec::new();
        let outcome = entries(bytes, &|name| name == "sshd", &mut |entry| found.push(entry)).unwrap();
        (found, outcome)
    }

    /// What `journalctl --file` shows of the same files: six failures, a login by password, one by a key whose message
    /// has more than 3,000 letters and is packed; twelve entries with those of journald and another program.
    #[test]
    fn journals_that_journald_wrote() {
        for file in [COMPACT_FILE, REGULAR_FILE] {
            let (found, outcome) = ssh(&journal(file));
            assert_eq!(outcome, Outcome { entries: 12, packed: 0, unreadable: 0 });
            assert_eq!(found.len(), 8);
            let failed = "Failed password for invalid user admin from 203.0.113.7 port 40000 ssh2";
            assert_eq!((found[0].message.as_str(), found[0].identifier.as_str()), (failed, "sshd"));
            assert_eq!(found[6].message, "Accepted password for root from 203.0.113.7 port 41000 ssh2");
            assert!(
                found[7].message.starts_with("Accepted publickey for alice from 2001:db8::5 port 41001 ssh2")
            );
            assert!(
                found[7].message.ends_with("SHA256:abcdefghijabcdefghij") && found[7].message.len() > 3000
            );
        }
        // journalctl: Tue 2026-11-24 21:09:28 UTC.
        assert_eq!(ssh(&journal(COMPACT_FILE)).0[7].secs, 1_795_554_568);
    }

    /// A value that says it is packed with xz is counted.
    #[test]
    fn what_cannot_be_unpacked_is_counted() {
        let mut file = journal(REGULAR_FILE);
        let magic = file.windows(4).position(|four| four == [0x28, 0xb5, 0x2f, 0xfd]).unwrap();
        assert_eq!(file[magic - 63], PACKED_ZSTD);
        file[magic - 63] = PACKED_XZ;
        let (found, outcome) = ssh(&file);
        assert_eq!((found.len(), outcome.packed), (7, 1));
    }

    #[test]
    fn a_journal_cut_short_gives_what_is_there() {
        let whole = journal(COMPACT_FILE);
        let (all, _) = ssh(&whole);
        let (some, outcome) = ssh(&whole[..usize::try_from(all[4].at).unwrap() + 70]);
        assert_eq!((some.len(), outcome.unreadable), (4, 1));
        assert_eq!(some[..], all[..4]);
    }

    #[test]
    fn other_files_and_future_kinds_are_no_journals() {
        let mut whole = journal(COMPACT_FILE);
        whole[12] |= 128;
        assert_eq!(entries(&whole, &|_| true, &mut |_| {}), None);
        assert_eq!(entries(b"LPKSHHRH", &|_| true, &mut |_| {}), None);
    }

    /// Written by hand after the format: one letter, the same 19 times more (15 + 0 + 4), two letters.
    #[test]
    fn lz4_copies_what_it_has_just_written() {
        let plain = [&[b'a'; 21][..], b"b"].concat();
        assert_eq!(lz4(b"\x1fa\x01\x00\x00\x20ab", 64), Some(plain.clone()));
        assert_eq!(lz4(b"\x1fa\x01\x00\x00\x20ab", 9).as_deref(), Some(&plain[..9]));
        assert_eq!(lz4(b"\x1fa\x01\x00\x00\x30ab", 64), None, "a length beyond the end");
        assert_eq!(lz4(b"\x10a\x00\x00", 64), None, "nothing lies 0 bytes back");
        assert_eq!(lz4(b"\x10a\x02\x00", 64), None, "nothing lies before the beginning");
    }
}
