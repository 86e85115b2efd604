//! What a compressed source may become: a decompressor is a bomb.

use std::fmt;
use std::io::{self, Read};

use super::raw::Raw;

/// Bounds on decompression. The defaults are for captures and logs of one machine's disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Decompressed bytes that are never suspicious. Default 64 MiB: cheap to read, and small
    /// repetitive logs compress very well.
    pub free: u64,
    /// Beyond `free`, decompressed bytes per compressed byte. Default 1,000: DEFLATE cannot
    /// exceed 1,032 (RFC 1951: a match of 258 bytes in 2 bits), and captures stay below 100.
    pub ratio: u64,
    /// Decompressed bytes at all. Default 256 GiB.
    pub output: u64,
    /// Bytes of window a decoder may ask for. Default 128 MiB: what `zstd --long` and `xz -9`
    /// need (64 MiB), twice.
    pub window: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { free: 64 << 20, ratio: 1_000, output: 256 << 30, window: 128 << 20 }
    }
}

/// The error of a stream that grew beyond its limits.
#[derive(Debug)]
struct Bomb {
    bytes: u64,
}

impl fmt::Display for Bomb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "decompressed to more than {} bytes", self.bytes)
    }
}

impl std::error::Error for Bomb {}

/// How many bytes a bomb had become, when this error is one.
pub(super) fn bomb(error: &io::Error) -> Option<u64> {
    error.get_ref()?.downcast_ref::<Bomb>().map(|bomb| bomb.bytes)
}

/// Reads a decoder's output within the limits, measured against the raw bytes read for it.
pub(super) struct Limited<R> {
    pub(super) decoder: R,
    pub(super) raw: Raw,
    pub(super) limits: Limits,
    pub(super) bytes: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let grown = self.raw.bytes_read().saturating_mul(self.limits.ratio).max(self.limits.free);
        let left = grown.min(self.limits.output).saturating_sub(self.bytes);
        let within = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        if within == 0 && !buffer.is_empty() {
            // One byte more decides between a bomb and the end of the stream.
            return match self.decoder.read(&mut [0])? {
                0 => Ok(0),
                _ => Err(io::Error::other(Bomb { bytes: self.bytes })),
            };
        }
        let got = self.decoder.read(&mut buffer[..within])?;
        self.bytes += got as u64;
        Ok(got)
    }
}
