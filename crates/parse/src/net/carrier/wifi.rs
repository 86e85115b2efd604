//! IEEE 802.11 data frames (IEEE 802.11-2020 sections 9.2 and 9.3.2) and what they carry behind LLC/SNAP.
//!
//! Frame control: version 0, type 2 for data, subtype bits 4 "no data" and 8 "quality of service"; flags 1 to and 2
//! from the distribution system, 4 more fragments, 0x40 encrypted, 0x80 a high-throughput field. Where the sender's
//! address stands depends on the two directions. A frame check sequence may follow: the IP length leaves it out.

use super::super::be16;
use super::super::layer::Layer;
use super::{Inside, NotOpened};

const TO_SYSTEM: u8 = 0x01;
const FROM_SYSTEM: u8 = 0x02;
const MORE_FRAGMENTS: u8 = 0x04;
const ENCRYPTED: u8 = 0x40;
const ORDER: u8 = 0x80;
/// In quality-of-service control: several packets in one frame (A-MSDU).
const AGGREGATE: u8 = 0x80;

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    read(bytes, false)
}

/// Reads a frame; `padded` if its header is filled up to a multiple of 4 bytes.
pub(super) fn read(bytes: &[u8], padded: bool) -> Option<Inside> {
    let &[control, flags, ..] = bytes else { return None };
    // Version 0, data; management and control frames say nothing of mining, nor do frames without data.
    if control & 0x0f != 0x08 || control & 0x40 != 0 {
        return (control & 0x03 == 0).then_some(Inside::Silent);
    }
    if flags & ENCRYPTED != 0 {
        return Some(Inside::Sealed(NotOpened::Wifi));
    }
    let mut size = 24;
    let sender = match (flags & TO_SYSTEM != 0, flags & FROM_SYSTEM != 0) {
        (true, true) => {
            size += 6;
            24
        }
        (false, true) => 16,
        (_, false) => 10,
    };
    let fragment = bytes.get(22)? & 0x0f;
    if flags & MORE_FRAGMENTS != 0 || fragment != 0 {
        return Some(Inside::Sealed(NotOpened::WifiParts));
    }
    let mut aggregate = false;
    if control & 0x80 != 0 {
        aggregate = bytes.get(size)? & AGGREGATE != 0;
        size += 2;
        if flags & ORDER != 0 {
            size += 4;
        }
    }
    if padded {
        size = size.next_multiple_of(4);
    }
    if !aggregate {
        return Some(Inside::Layer { layer: Layer::LogicalLink, at: size, mac: mac(bytes, sender) });
    }
    // A subframe: receiver, sender, length, LLC. Frames with several are read only if the first is the only one.
    let end = size + 14 + usize::from(be16(bytes, size + 12)?);
    if end.next_multiple_of(4) + 14 <= bytes.len() {
        return Some(Inside::Sealed(NotOpened::WifiParts));
    }
    Some(Inside::Within { layer: Layer::LogicalLink, at: size + 14, end, mac: mac(bytes, size + 6) })
}

fn mac(bytes: &[u8], at: usize) -> Option<[u8; 6]> {
    bytes.get(at..at + 6)?.try_into().ok()
}
