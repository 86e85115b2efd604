//! Capture files: classic pcap and pcapng.

pub(crate) mod pcap;
pub(crate) mod pcapng;

/// Byte order of a file's own numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

impl ByteOrder {
    fn two(self, number: u16) -> [u8; 2] {
        match self {
            Self::Little => number.to_le_bytes(),
            Self::Big => number.to_be_bytes(),
        }
    }

    fn four(self, number: u32) -> [u8; 4] {
        match self {
            Self::Little => number.to_le_bytes(),
            Self::Big => number.to_be_bytes(),
        }
    }
}

/// Unit of the time stamps of a classic capture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Microseconds, magic a1b2c3d4.
    Micro,
    /// Nanoseconds, magic a1b23c4d.
    Nano,
}

/// How many bytes of a frame are kept.
fn kept(length: usize, snap_length: u32) -> usize {
    if snap_length == 0 { length } else { length.min(snap_length as usize) }
}
