//! GENEVE (RFC 8926): version 0 and option length in 4-byte units, flags, `EtherType`, 3 bytes network id, 1 reserved.

use super::super::be16;
use super::super::layer::Layer;
use super::{Inside, by_ethertype};

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    let head: &[u8; 8] = bytes.get(..8)?.try_into().ok()?;
    // Version 0; of the flags only control (0x80) and critical (0x40) are defined.
    if head[0] >> 6 != 0 || head[1] & 0x3f != 0 || head[7] != 0 {
        return None;
    }
    let at = 8 + usize::from(head[0] & 0x3f) * 4;
    match by_ethertype(be16(bytes, 2)?) {
        _ if head[1] & 0x80 != 0 => Some(Inside::Silent),
        Layer::Silent => None,
        layer => Inside::of(layer, at),
    }
}
