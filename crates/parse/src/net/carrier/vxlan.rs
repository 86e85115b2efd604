//! VXLAN (RFC 7348), with group policy (draft-smith-vxlan-group-policy-05) and protocol extension
//! (draft-ietf-nvo3-vxlan-gpe-13).
//!
//! Flags (I set), 3 bytes reserved or policy and next protocol, 3 bytes network id, 1 byte reserved. Whatever is
//! reserved must be 0 here: the port alone proves nothing.

use super::super::layer::Layer;
use super::Inside;

/// The network id is valid; always set.
const VALID: u8 = 0x08;
/// The third and fourth byte are a group policy.
const POLICY: u8 = 0x80;
/// The fourth byte names the next protocol.
const PROTOCOL: u8 = 0x04;

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    let head: &[u8; 8] = bytes.get(..8)?.try_into().ok()?;
    if head[7] != 0 {
        return None;
    }
    let layer = match (head[0], head[1], head[2], head[3]) {
        (VALID, 0, 0, 0) => Layer::Ethernet,
        (flags, ..) if flags == VALID | POLICY => Layer::Ethernet,
        (flags, 0, 0, 1) if flags == VALID | PROTOCOL => Layer::Ipv4,
        (flags, 0, 0, 2) if flags == VALID | PROTOCOL => Layer::Ipv6,
        (flags, 0, 0, 3) if flags == VALID | PROTOCOL => Layer::Ethernet,
        _ => return None,
    };
    Inside::of(layer, 8)
}
