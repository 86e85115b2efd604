//! The IP authentication header (RFC 4302): signed, not encrypted.
//!
//! Next header, length in 4-byte units minus 2, reserved, SPI, sequence number, check value.

use super::Inside;

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    let &[protocol, length, ..] = bytes else { return None };
    let at = (usize::from(length) + 2) * 4;
    (12..=bytes.len()).contains(&at).then_some(Inside::Payload { protocol, at })
}
