//! Our own program as a file, and copies of it without the parts that only a debugger reads.
//!
//! Source: System V gABI, chapters 4 and 5 (ELF header, program header).

use std::fs::File;
use std::io::{self, Read, Seek};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;

/// The running program, whatever has become of its name.
const ITSELF: &str = "/proc/self/exe";

/// The path of our own program; the kernel's own link to it, where another file lies at that path now.
pub(super) fn own() -> PathBuf {
    let same = |path: &PathBuf| match (std::fs::metadata(path), std::fs::metadata(ITSELF)) {
        (Ok(there), Ok(here)) => (there.dev(), there.ino()) == (here.dev(), here.ino()),
        _ => false,
    };
    std::fs::read_link(ITSELF).ok().filter(same).unwrap_or_else(|| ITSELF.into())
}

/// The bytes of our own program that the kernel and the loader need.
pub(super) fn copy() -> io::Result<Vec<u8>> {
    let mut file = File::open(ITSELF)?;
    let mut head = [0; 64];
    file.read_exact(&mut head)?;
    let Some(end) = end_of_segments(&mut file, &head)? else {
        file.rewind()?;
        let mut whole = Vec::new();
        file.read_to_end(&mut whole)?;
        return Ok(whole);
    };
    file.rewind()?;
    let mut bytes = Vec::new();
    file.take(end).read_to_end(&mut bytes)?;
    // e_shoff, e_shnum, e_shstrndx: there are no sections any more.
    for field in [0x28..0x30, 0x3c..0x40] {
        if let Some(place) = bytes.get_mut(field) {
            place.fill(0);
        }
    }
    Ok(bytes)
}

/// Where the last segment ends; `None` if this is no 64-bit little-endian ELF file.
fn end_of_segments(file: &mut File, head: &[u8; 64]) -> io::Result<Option<u64>> {
    if !head.starts_with(b"\x7fELF\x02\x01") {
        return Ok(None);
    }
    // e_phoff, e_phentsize, e_phnum.
    let (at, size, count) = (number(&head[0x20..0x28]), number(&head[0x36..0x38]), number(&head[0x38..0x3a]));
    file.seek(io::SeekFrom::Start(at))?;
    let mut table = Vec::new();
    file.take(size * count).read_to_end(&mut table)?;
    let segments = table.chunks_exact(usize::try_from(size).unwrap_or(usize::MAX).max(0x38));
    // p_offset and p_filesz.
    Ok(segments.map(|segment| number(&segment[8..0x10]).saturating_add(number(&segment[0x20..0x28]))).max())
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    /// The segments of a program are a part of its file, and begin with its header.
    #[test]
    fn a_copy_is_no_longer_than_the_program_and_begins_like_it() {
        let copy = copy().unwrap();
        let whole = std::fs::read(ITSELF).unwrap();
        assert!(copy.len() <= whole.len());
        assert_eq!(copy[..0x28], whole[..0x28]);
        assert_eq!(number(&[0x34, 0x12]), 0x1234);
    }
}
