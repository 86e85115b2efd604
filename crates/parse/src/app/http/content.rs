//! Content codings of HTTP (RFC 9110 section 8.4): gzip and deflate undone within a limit.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// How a body is packed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Coding {
    /// Not at all.
    #[default]
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 1950; some servers send RFC 1951 under this name.
    Deflate,
    /// In a way that is not undone here (`br`, `zstd`, several at once).
    Unknown,
}

impl Coding {
    /// The coding that a value of `Content-Encoding` names.
    pub fn of(value: &[u8]) -> Coding {
        let value = value.trim_ascii();
        let is = |names: &[&[u8]]| names.iter().any(|name| value.eq_ignore_ascii_case(name));
        match () {
            () if is(&[b"gzip", b"x-gzip"]) => Coding::Gzip,
            () if is(&[b"deflate"]) => Coding::Deflate,
            () if is(&[b"identity", b""]) => Coding::Identity,
            () => Coding::Unknown,
        }
    }
}

/// How the unpacking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// At the end of the data, checksum right where there is one.
    Complete,
    /// The data are cut or damaged; what came before is there.
    Damaged,
    /// At the limit: there is more.
    Limit,
    /// The coding is not known here; nothing was unpacked.
    Unknown,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The content, at most as long as the limit.
    pub bytes: Vec<u8>,
    /// How it ended.
    pub ending: Ending,
}

/// Unpacks a whole body, at most `limit` bytes of it.
pub fn decode(coding: Coding, body: &[u8], limit: usize) -> Decoded {
    match coding {
        Coding::Identity => read_up_to(body, limit),
        Coding::Gzip => read_up_to(MultiGzDecoder::new(body), limit),
        Coding::Deflate if has_zlib_header(body) => read_up_to(ZlibDecoder::new(body), limit),
        Coding::Deflate => read_up_to(DeflateDecoder::new(body), limit),
        Coding::Unknown => Decoded { bytes: Vec::new(), ending: Ending::Unknown },
    }
}

/// RFC 1950 section 2.2: method 8, and the two bytes divisible by 31.
fn has_zlib_header(body: &[u8]) -> bool {
    let Some(&[method, flags]) = body.first_chunk::<2>() else { return false };
    method & 0x0f == 8 && u16::from_be_bytes([method, flags]).is_multiple_of(31)
}

fn read_up_to(mut source: impl Read, limit: usize) -> Decoded {
    let mut bytes = Vec::new();
    let mut block = [0; 4096];
    loop {
        let ending = match source.read(&mut block) {
            Ok(0) => Ending::Complete,
            Ok(count) => {
                let room = limit - bytes.len();
                bytes.extend_from_slice(block.get(..count.min(room)).unwrap_or_default());
                if count <= room {
                    continue;
                }
                Ending::Limit
            }
            Err(_) => Ending::Damaged,
        };
        return Decoded { bytes, ending };
    }
}

/// Exercises this file with any bytes; the first one chooses the coding.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let Some((&first, body)) = data.split_first() else { return };
    let coding = [Coding::Identity, Coding::Gzip, Coding::Deflate, Coding::Unknown][usize::from(first % 4)];
    let small = decode(coding, body, 100);
    let large = decode(coding, body, 1 << 20);
    assert!(small.bytes.len() <= 100 && large.bytes.len() <= 1 << 20);
    assert!(large.bytes.starts_with(&small.bytes), "a limit only cuts");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    const TEXT: &[u8] = b"{\"method\":\"getblocktemplate\",\"params\":[{\"capabilities\":[]}]}";

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn every_form_of_deflate_is_undone() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        zlib.write_all(TEXT).unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
        raw.write_all(TEXT).unwrap();
        let expected = Decoded { bytes: TEXT.to_vec(), ending: Ending::Complete };
        assert_eq!(decode(Coding::Gzip, &gzip(TEXT), 1000), expected);
        assert_eq!(decode(Coding::Deflate, &zlib.finish().unwrap(), 1000), expected);
        assert_eq!(decode(Coding::Deflate, &raw.finish().unwrap(), 1000), expected);
        assert_eq!(decode(Coding::Identity, TEXT, TEXT.len()), expected);
    }

    /// RFC 1951 section 3.2.4: a stored block; written by hand, not by the library under test.
    #[test]
    fn a_stored_block_by_hand() {
        let stored = decode(Coding::Deflate, b"\x01\x05\x00\xfa\xffhello", 100);
        assert_eq!(stored, Decoded { bytes: b"hello".to_vec(), ending: Ending::Complete });
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let bomb = gzip(&vec![0; 10 << 20]);
        let decoded = decode(Coding::Gzip, &bomb, 10_000);
        assert_eq!((decoded.bytes.len(), decoded.ending), (10_000, Ending::Limit));
    }

    #[test]
    fn a_cut_body_keeps_what_came_before() {
        let packed = gzip(TEXT);
        let decoded = decode(Coding::Gzip, &packed[..packed.len() - 8], 1000);
        assert_eq!(
            (decoded.bytes, decoded.ending),
            (TEXT.to_vec(), Ending::Damaged),
            "only the checksum is missing"
        );
        assert_eq!(decode(Coding::Gzip, b"not gzip at all", 1000).ending, Ending::Damaged);
    }

    #[test]
    fn codings_are_named_in_any_case() {
        assert_eq!(Coding::of(b" X-GZip "), Coding::Gzip);
        assert_eq!(Coding::of(b"deflate"), Coding::Deflate);
        assert_eq!(Coding::of(b"gzip, br"), Coding::Unknown);
        assert_eq!(Coding::of(b"identity"), Coding::Identity);
    }
}
