//! The name of the first file in an archive: ZIP's local header (APPNOTE 4.3.7), or the first header of a tar
//! (POSIX.1-2017 `pax`, ustar) inside gzip.

use super::unpack::Unpacker;
use crate::app::cursor::text;
use crate::app::http::Coding;

/// Bytes kept of an archive's beginning.
pub(super) const MOST: usize = 1024;

/// Longest name in a tar header.
const TAR_NAME: usize = 100;

/// The name, if the beginning tells.
pub(super) fn first_member(begins: &[u8]) -> Option<String> {
    if begins.starts_with(b"PK\x03\x04") {
        let length =
            begins.get(26..28)?.first_chunk::<2>().map(|two| usize::from(u16::from_le_bytes(*two)))?;
        return name(begins.get(30..30 + length)?);
    }
    if begins.starts_with(b"\x1f\x8b") {
        let mut plain = Vec::new();
        Unpacker::new(Coding::Gzip)?.push(begins, &mut |bytes| {
            let room = 512_usize.saturating_sub(plain.len());
            plain.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        });
        // `ustar` stands at 257 of a tar's header.
        plain.get(257..262).filter(|magic| *magic == b"ustar")?;
        let end = memchr::memchr(0, plain.get(..TAR_NAME)?).unwrap_or(TAR_NAME);
        return name(plain.get(..end)?);
    }
    None
}

fn name(bytes: &[u8]) -> Option<String> {
    Some(text(bytes, 255)).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_by_hand() {
        let mut zip = b"PK\x03\x04".to_vec();
        zip.resize(26, 0);
        zip.extend_from_slice(&[9, 0, 0, 0]);
        zip.extend_from_slice(b"m/miner.xdata");
        assert_eq!(first_member(&zip).as_deref(), Some("m/miner.x"));
        // A tar header in a stored block.
        let mut tar = vec![0; 512];
        tar[..7].copy_from_slice(b"m-6.21/");
        tar[257..262].copy_from_slice(b"ustar");
        let packed = [&b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x00\x00\x02\xff\xfd"[..], &tar].concat();
        assert_eq!(first_member(&packed).as_deref(), Some("m-6.21/"));
        assert_eq!(first_member(b"PK\x03\x04short"), None);
        assert_eq!(first_member(b"\x1f\x8b\x08garbage"), None);
    }
}
