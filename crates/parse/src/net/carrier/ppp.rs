//! PPP (RFC 1661), in HDLC-like framing (RFC 1662) or without, and Cisco's HDLC (RFC 1547 section 4.3.1).
//!
//! Address and control `ff 03` may be missing (compressed, or left out as over Ethernet and L2TP). The protocol field
//! may be one byte: its lowest bit is set in the last byte. Numbers: IANA, "PPP DLL Protocol Numbers".

use super::super::be16;
use super::{Carrier, Inside, Layer, NotOpened, by_ethertype};

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    let at = match bytes {
        [0xff, 0x03, ..] => 2,
        // Cisco: unicast or multicast, a byte of 0, then an EtherType.
        [0x0f | 0x8f, 0, ..] => return Inside::of(by_ethertype(be16(bytes, 2)?), 4),
        _ => 0,
    };
    let first = *bytes.get(at)?;
    let (protocol, at) = if first & 1 == 1 { (u16::from(first), at + 1) } else { (be16(bytes, at)?, at + 2) };
    match protocol {
        0x0021 => Inside::of(Layer::Ipv4, at),
        0x0057 => Inside::of(Layer::Ipv6, at),
        0x0281 | 0x0283 => Inside::of(Layer::Carrier(Carrier::Mpls), at),
        // Van Jacobson's and ROHC's compressed headers, multilink, encryption, compression: packets we cannot see.
        0x002d | 0x002f | 0x0003 | 0x0005 | 0x003d | 0x0053 | 0x0055 | 0x00fb | 0x00fd => {
            Some(Inside::Sealed(NotOpened::Ppp))
        }
        _ => Some(Inside::Silent),
    }
}
