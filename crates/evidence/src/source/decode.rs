//! Decompression, recognised by content and nested at most twice.

use std::io::{self, BufReader, Chain, Cursor, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;
use model::Message;

use super::limits::{Limited, Limits};
use super::raw::Raw;
use super::zst::ZstReader;
use super::{trouble, unread};
use crate::words::UNREAD_NESTED;

/// Layers of compression that are taken off.
const NESTING: usize = 2;

/// Bytes that show the kind of compression.
const MAGIC: usize = 10;

/// Compressed bytes read at once.
const CHUNK: usize = 256 << 10;

/// Kinds of compression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gz,
    Zst,
    Xz,
    Bz2,
}

impl Kind {
    /// Recognises a compressed stream by its first bytes. Sources: RFC 1952 section 2.3.1 (with
    /// the one method there is), RFC 8878 section 3.1.1, the .xz file format section 2.1.1.1,
    /// and for bzip2 the level and the magic number of a block or of the empty stream.
    fn of(head: &[u8]) -> Option<Self> {
        let bz2_block = [&[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], &[0x17, 0x72, 0x45, 0x38, 0x50, 0x90]];
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gz),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Self::Zst),
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            [b'B', b'Z', b'h', b'1'..=b'9', block @ ..]
                if bz2_block.iter().any(|magic| block.starts_with(*magic)) =>
            {
                Some(Self::Bz2)
            }
            _ => None,
        }
    }
}

/// A stream without its layers of compression.
pub(super) struct Decoded {
    pub(super) stream: Box<dyn Read + Send>,
    pub(super) compressed: bool,
}

/// Takes the layers of compression off a raw stream.
pub(super) fn layers(raw: &Raw, limits: &Limits) -> Result<Decoded, Message> {
    let mut stream: Box<dyn Read + Send> = Box::new(raw.clone());
    for layer in 0..=NESTING {
        let (kind, whole) = peek(stream).map_err(|error| match layer {
            0 => unread(&error),
            _ => trouble(&error, raw, true),
        })?;
        let Some(kind) = kind else {
            return Ok(Decoded { stream: Box::new(whole), compressed: layer > 0 });
        };
        if layer == NESTING {
            break;
        }
        stream = layer_off(kind, whole, raw.clone(), *limits);
    }
    Err(Message::new(UNREAD_NESTED))
}

/// A stream of which the first bytes were already looked at.
type Peeked = Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>;

/// Looks at the first bytes. An error before any byte could be read is the caller's to report;
/// a later one comes again when the stream is read.
fn peek(mut stream: Box<dyn Read + Send>) -> io::Result<(Option<Kind>, Peeked)> {
    let mut head = vec![0; MAGIC];
    let mut got = 0;
    while got < MAGIC {
        match stream.read(&mut head[got..]) {
            Ok(0) => break,
            Ok(more) => got += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if got == 0 => return Err(error),
            Err(_) => break,
        }
    }
    head.truncate(got);
    Ok((Kind::of(&head), Cursor::new(head).chain(stream)))
}

/// A decoder within its limits.
fn layer_off(kind: Kind, stream: Peeked, raw: Raw, limits: Limits) -> Box<dyn Read + Send> {
    let input = BufReader::with_capacity(CHUNK, stream);
    match kind {
        Kind::Gz => limited(MultiGzDecoder::new(input), raw, limits),
        Kind::Bz2 => limited(MultiBzDecoder::new(input), raw, limits),
        Kind::Zst => limited(ZstReader::new(input, limits.window), raw, limits),
        Kind::Xz => {
            // The limit counts the decoder's own buffers too: about 100 KiB.
            let kib = u32::try_from(limits.window / 1024).unwrap_or(u32::MAX - 1).saturating_add(1024);
            limited(XzReader::new_mem_limit(input, true, kib), raw, limits)
        }
    }
}

fn limited(decoder: impl Read + Send + 'static, raw: Raw, limits: Limits) -> Box<dyn Read + Send> {
    Box::new(Limited { decoder, raw, limits, bytes: 0 })
}
