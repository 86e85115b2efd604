//! Radiotap (radiotap.org, "Radiotap" and the fields TSFT and Flags): what the radio said, in front of an 802.11 frame.
//!
//! Version 0, padding, length (little-endian), then bit maps of present fields, the last without bit 31. Of the fields
//! only the flags matter: 0x20 says that the 802.11 header is padded to 4 bytes, 0x40 that the frame is damaged.

use super::super::layer::Layer;
use super::{Carrier, Inside, wifi};

/// Bit maps of present fields deeper than this are an attack.
const MOST_MAPS: usize = 16;
const PADDED: u8 = 0x20;
const DAMAGED: u8 = 0x40;

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    let &[0, _, low, high, ..] = bytes else { return None };
    let length = usize::from(u16::from_le_bytes([low, high]));
    let header = bytes.get(..length)?;
    let flags = flags(header)?;
    if flags & DAMAGED != 0 {
        return Some(Inside::Silent); // the receiver threw it away and got it again
    }
    if flags & PADDED == 0 {
        return Inside::of(Layer::Carrier(Carrier::Wifi), length);
    }
    match wifi::read(bytes.get(length..)?, true)? {
        Inside::Layer { layer, at, mac } => Some(Inside::Layer { layer, at: length + at, mac }),
        Inside::Within { layer, at, end, mac } => {
            Some(Inside::Within { layer, at: length + at, end: length + end, mac })
        }
        other => Some(other),
    }
}

/// The flags field, 0 without one.
fn flags(header: &[u8]) -> Option<u8> {
    let map = |number: usize| {
        let four = header.get(4 + 4 * number..8 + 4 * number)?;
        Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
    };
    let first = map(0)?;
    let mut maps = 1;
    while map(maps - 1)? & 0x8000_0000 != 0 {
        maps += 1;
        if maps > MOST_MAPS {
            return None;
        }
    }
    if first & 2 == 0 {
        return Some(0);
    }
    let mut at = 4 + 4 * maps;
    if first & 1 != 0 {
        at = at.next_multiple_of(8) + 8;
    }
    header.get(at).copied()
}
