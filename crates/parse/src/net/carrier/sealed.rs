//! Tunnels that are known and cannot be opened: recognised by a header that fits, so that they can be counted.

use super::super::{be16, be32};
use super::{Inside, NotOpened};

/// ESP in UDP on port 4500 (RFC 3948 section 2): a security parameter index that is not 0, which marks IKE, then a
/// sequence number and at least one block. A single `ff` keeps a NAT awake.
pub(super) fn esp_in_udp(bytes: &[u8]) -> Option<Inside> {
    if bytes == [0xff] || be32(bytes, 0)? == 0 {
        return Some(Inside::Silent);
    }
    (bytes.len() >= 24).then_some(Inside::Sealed(NotOpened::Esp))
}

/// `WireGuard` (Donenfeld, "WireGuard: Next Generation Kernel Network Tunnel", section 5.4): types 1 to 3 have fixed
/// lengths, data (type 4) is padded to 16 bytes behind a header of 16 and before a tag of 16.
pub(super) fn wireguard(bytes: &[u8]) -> Option<Inside> {
    let &[kind, 0, 0, 0, ..] = bytes else { return None };
    let fits = match kind {
        1 => bytes.len() == 148,
        2 => bytes.len() == 92,
        3 => bytes.len() == 64,
        4 => bytes.len() >= 32 && bytes.len().is_multiple_of(16),
        _ => false,
    };
    fits.then_some(Inside::Sealed(NotOpened::WireGuard))
}

/// CAPWAP data on port 5247 (RFC 5415 section 4.3): preamble 0 (plain) or 1 (DTLS), then a header whose length in
/// 4-byte units stands in the upper five bits of the second byte.
pub(super) fn capwap(bytes: &[u8]) -> Option<Inside> {
    let fits = match bytes.first()? {
        // DTLS behind 4 bytes: version 1.0 or 1.2 in the record's second and third byte.
        1 => matches!(be16(bytes, 5)?, 0xfeff | 0xfefd),
        0 => (2..=16).contains(&(bytes.get(1)? >> 3)) && bytes.len() > 8,
        _ => false,
    };
    fits.then_some(Inside::Sealed(NotOpened::Capwap))
}
