//! Records of logins: wtmp, btmp and utmp.
//!
//! Source: utmp(5); glibc `sysdeps/gnu/bits/utmpx.h`. Where 32-bit programs share the files (x86-64, i386, ppc64,
//! s390x) times have 32 bits and a record 384 bytes; elsewhere (arm64, riscv64) 64 bits and 400 bytes:
//!
//! ```text
//!            type pid line id user host exit session sec usec address
//! 384 bytes  0:2  4:4 8:32 40:4 44:32 76:256 332:4 336:4 340:4 344:4 348:16
//! 400 bytes  0:2  4:4 8:32 40:4 44:32 76:256 332:4 336:8 344:8 352:8 360:16
//! ```

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// `USER_PROCESS`: somebody logged in.
pub const USER: u16 = 7;
/// `BOOT_TIME`.
pub const BOOT: u16 = 2;

/// A record that names a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its kind, `USER`, `BOOT` ….
    pub kind: u16,
    /// The process that wrote it.
    pub pid: u32,
    /// Terminal, as written.
    pub line: String,
    /// User, as given: in btmp it may be anything, a password included.
    pub user: String,
    /// Whence: a name or an address as text; for `BOOT` the kernel's release.
    pub host: String,
    /// Whence, as an address.
    pub address: Option<IpAddr>,
    /// When.
    pub secs: i64,
    /// Which record of the file, from 0.
    pub at: u64,
}

/// How the records of a file are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Layout {
    size: usize,
    wide: bool,
    secs: usize,
    address: usize,
}

const NARROW: Layout = Layout { size: 384, wide: false, secs: 340, address: 348 };
const WIDE: Layout = Layout { size: 400, wide: true, secs: 344, address: 360 };
/// Records by which the layout is told.
const PROBED: usize = 64;

/// The records of a file.
#[derive(Debug, Clone)]
pub struct Records<'a> {
    bytes: &'a [u8],
    layout: Layout,
    at: usize,
    /// Records that are none, and a last one cut short.
    pub unreadable: u64,
}

/// Begins to read a file.
#[must_use]
pub fn records(bytes: &[u8]) -> Records<'_> {
    let fits = |layout: Layout| {
        let good = |record: &&[u8]| read(record, layout, 0).is_some();
        bytes.chunks_exact(layout.size).take(PROBED).filter(good).count()
    };
    let layout = if fits(WIDE) > fits(NARROW) { WIDE } else { NARROW };
    Records { bytes, layout, at: 0, unreadable: 0 }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let begin = self.at.checked_mul(self.layout.size)?;
            let rest = self.bytes.get(begin..).filter(|rest| !rest.is_empty())?;
            let at = self.at as u64;
            self.at += 1;
            match rest.get(..self.layout.size).and_then(|record| read(record, self.layout, at)) {
                Some(record) => return Some(record),
                None => self.unreadable = self.unreadable.saturating_add(1),
            }
        }
    }
}

/// A record; `None` if it cannot be one.
fn read(bytes: &[u8], layout: Layout, at: u64) -> Option<Record> {
    let four = |at: usize| <[u8; 4]>::try_from(bytes.get(at..at + 4)?).ok();
    let eight = |at: usize| <[u8; 8]>::try_from(bytes.get(at..at + 8)?).ok();
    let kind = u16::from_le_bytes([*bytes.first()?, *bytes.get(1)?]);
    let (secs, micros) = if layout.wide {
        (i64::from_le_bytes(eight(layout.secs)?), i64::from_le_bytes(eight(layout.secs + 8)?))
    } else {
        // Unsigned until 2106: nobody logged in before 1970.
        let secs = u32::from_le_bytes(four(layout.secs)?);
        (i64::from(secs), i64::from(i32::from_le_bytes(four(layout.secs + 4)?)))
    };
    // Kinds go from 0 (EMPTY) to 9 (ACCOUNTING).
    if kind > 9 || !(0..1_000_000).contains(&micros) || !(0..1 << 33).contains(&secs) {
        return None;
    }
    let address = <[u8; 16]>::try_from(bytes.get(layout.address..layout.address + 16)?).ok()?;
    Some(Record {
        kind,
        pid: u32::from_le_bytes(four(4)?),
        line: text(bytes.get(8..40)?),
        user: text(bytes.get(44..76)?),
        host: text(bytes.get(76..332)?),
        address: address_of(address),
        secs,
        at,
    })
}

/// IPv4 fills the first word only.
fn address_of(octets: [u8; 16]) -> Option<IpAddr> {
    match octets {
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] => None,
        [a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] => Some(Ipv4Addr::new(a, b, c, d).into()),
        _ => Some(IpAddr::V6(Ipv6Addr::from(octets)).to_canonical()),
    }
}

fn text(field: &[u8]) -> String {
    let end = field.iter().position(|&byte| byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let mut records = records(data);
    let size = records.layout.size;
    let read = records.by_ref().count() as u64;
    assert_eq!(read + records.unreadable, data.len().div_ceil(size) as u64, "every record is counted");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// Written field by field after the table above.
    fn record(layout: Layout, kind: u16, user: &str, host: &str, secs: i64, address: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0; layout.size];
        let mut put = |at: usize, what: &[u8]| bytes[at..at + what.len()].copy_from_slice(what);
        put(0, &kind.to_le_bytes());
        put(4, &4711u32.to_le_bytes());
        put(8, b"pts/0");
        put(40, b"ts/0");
        put(44, user.as_bytes());
        put(76, host.as_bytes());
        if layout.wide {
            put(344, &secs.to_le_bytes());
            put(352, &5i64.to_le_bytes());
        } else {
            put(340, &(secs as u32).to_le_bytes());
            put(344, &5u32.to_le_bytes());
        }
        put(layout.address, address);
        bytes
    }

    #[test]
    fn both_layouts() {
        for layout in [NARROW, WIDE] {
            let file = [
                record(layout, BOOT, "reboot", "6.1.0-18-amd64", 1_700_000_000, &[]),
                record(layout, USER, "root", "203.0.113.7", 1_700_000_100, &[203, 0, 113, 7]),
                record(layout, 6, "alice", "srv.example", 1_700_000_200, &[0x20, 1, 0xd, 0xb8, 0, 0, 0, 1]),
            ]
            .concat();
            let found: Vec<Record> = records(&file).collect();
            assert_eq!(found.len(), 3);
            assert_eq!((found[0].kind, found[0].host.as_str()), (BOOT, "6.1.0-18-amd64"));
            let login = &found[1];
            assert_eq!((login.user.as_str(), login.line.as_str(), login.pid), ("root", "pts/0", 4711));
            assert_eq!((login.address, login.secs), (Some([203, 0, 113, 7].into()), 1_700_000_100));
            assert_eq!(found[2].address.unwrap().to_string(), "2001:db8:0:1::");
        }
    }

    #[test]
    fn what_is_no_record_is_counted() {
        let good = record(NARROW, USER, "root", "", 1_700_000_000, &[]);
        let mut bad = good.clone();
        bad[0] = 99;
        let file = [&good[..], &bad, &good, &good[..100]].concat();
        let mut records = records(&file);
        assert_eq!(records.by_ref().map(|record| record.at).collect::<Vec<_>>(), [0, 2]);
        assert_eq!(records.unreadable, 2);
    }

    #[test]
    fn user_names_of_any_bytes_and_full_length() {
        let file = record(NARROW, 6, &"x".repeat(32), &"h".repeat(256), 1, &[]);
        let found: Vec<Record> = records(&file).collect();
        assert_eq!((found[0].user.len(), found[0].host.len()), (32, 256));
    }
}
