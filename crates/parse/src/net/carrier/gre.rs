//! Generic routing encapsulation (RFC 2784, key and sequence number: RFC 2890; PPTP's version 1: RFC 2637; in UDP:
//! RFC 8086) and its users: Ethernet (`0x6558`), ERSPAN, WCCP (`0x883e`).
//!
//! Flags and version (2 bytes), protocol (2); then, where the flag is set, 4 bytes each: checksum (C), key (K),
//! sequence number (S), in version 1 acknowledgement (A).

use super::super::be16;
use super::{Carrier, Inside, Layer, by_ethertype};

const CHECKSUM: u16 = 0x8000;
/// RFC 1701's source routes; RFC 2784 demands that such packets be discarded.
const ROUTING: u16 = 0x4000;
const KEY: u16 = 0x2000;
const SEQUENCE: u16 = 0x1000;
const ACKNOWLEDGEMENT: u16 = 0x0080;

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    let flags = be16(bytes, 0)?;
    let protocol = be16(bytes, 2)?;
    let word = |flag: u16| if flags & flag == 0 { 0 } else { 4 };
    match flags & 7 {
        0 if flags & ROUTING == 0 => {
            let at = 4 + word(CHECKSUM) + word(KEY) + word(SEQUENCE);
            version_0(bytes, protocol, at, flags & SEQUENCE != 0)
        }
        1 if protocol == 0x880b && flags & KEY != 0 => {
            if flags & SEQUENCE == 0 {
                return Some(Inside::Silent); // an acknowledgement by itself
            }
            Inside::of(Layer::Carrier(Carrier::Ppp), 4 + 4 + word(SEQUENCE) + word(ACKNOWLEDGEMENT))
        }
        _ => None,
    }
}

fn version_0(bytes: &[u8], protocol: u16, at: usize, has_sequence: bool) -> Option<Inside> {
    match protocol {
        // A keep-alive holds nothing (Cisco), or the answer to it as an IP packet.
        0 => Some(Inside::Silent),
        0x88be if has_sequence => Inside::of(Layer::Carrier(Carrier::Erspan2), at),
        0x88be => Inside::of(Layer::Carrier(Carrier::Erspan1), at),
        0x22eb => Inside::of(Layer::Carrier(Carrier::Erspan3), at),
        // WCCP version 2 puts 4 bytes in front, whose first four bits are not 4.
        0x883e if bytes.get(at)? >> 4 == 4 => Inside::of(Layer::Ipv4, at),
        0x883e => Inside::of(Layer::Ipv4, at + 4),
        _ => Inside::of(by_ethertype(protocol), at),
    }
}
