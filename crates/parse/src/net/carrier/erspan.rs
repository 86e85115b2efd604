//! ERSPAN: mirrored frames inside GRE (draft-foschiano-erspan-03, sections 4.1 to 4.3).
//!
//! Type I has no header. Type II: 8 bytes, version 1 in the first four bits. Type III: 12 bytes, version 2; the frame
//! type in bits 1 to 5 of byte 10 (0 Ethernet, 2 IP), and 8 more bytes if the lowest bit of byte 11 is set.

use super::super::be16;
use super::super::layer::Layer;
use super::Inside;

pub(super) fn first(_bytes: &[u8]) -> Option<Inside> {
    Inside::of(Layer::Ethernet, 0)
}

pub(super) fn second(bytes: &[u8]) -> Option<Inside> {
    (bytes.first()? >> 4 == 1).then(|| Inside::of(Layer::Ethernet, 8)).flatten()
}

pub(super) fn third(bytes: &[u8]) -> Option<Inside> {
    if bytes.first()? >> 4 != 2 {
        return None;
    }
    let flags = be16(bytes, 10)?;
    let at = if flags & 1 == 1 { 20 } else { 12 };
    match (flags >> 10) & 0x1f {
        0 => Inside::of(Layer::Ethernet, at),
        2 => Inside::of(Layer::Ip, at),
        _ => Some(Inside::Silent),
    }
}
