//! GTP-U version 1 (3GPP TS 29.281 section 5): what mobile networks wrap each subscriber's packets in.
//!
//! Flags (version 1, protocol type 1, E, S, PN), message type (255: a packet), length after the first 8 bytes, tunnel
//! id. With any of E, S, PN set 4 more bytes, whose last one names an extension header; each begins with its length in
//! 4-byte units and ends with the name of the next.

use super::super::be16;
use super::super::layer::Layer;
use super::Inside;

/// More extension headers than this are an attack; TS 29.281 defines a handful.
const MOST_EXTENSIONS: usize = 8;
/// Message type of a packet (G-PDU).
const PACKET: u8 = 255;

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    let head: &[u8; 8] = bytes.get(..8)?.try_into().ok()?;
    if head[0] & 0xf0 != 0x30 || head[0] & 0x08 != 0 {
        return None;
    }
    if head[1] != PACKET {
        return Some(Inside::Silent);
    }
    let end = 8 + usize::from(be16(bytes, 2)?);
    let mut at = 8;
    if head[0] & 0x07 != 0 {
        at += 4;
        let mut next = if head[0] & 0x04 == 0 { 0 } else { *bytes.get(11)? };
        for _ in 0..MOST_EXTENSIONS {
            if next == 0 {
                break;
            }
            let length = usize::from(*bytes.get(at)?) * 4;
            at += length;
            if length == 0 {
                return None;
            }
            next = *bytes.get(at - 1)?;
        }
        if next != 0 {
            return None;
        }
    }
    (at < end).then_some(Inside::Within { layer: Layer::Ip, at, end, mac: None })
}
