//! PPP over Ethernet (RFC 2516): version and type 1, code, session id, payload length.
//!
//! Only sessions (code 0) carry packets; discovery says nothing of mining. The length matters: short frames are padded.

use super::super::be16;
use super::{Carrier, Inside, Layer};

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    let head: &[u8; 6] = bytes.get(..6)?.try_into().ok()?;
    if head[0] != 0x11 {
        return None;
    }
    if head[1] != 0 {
        return Some(Inside::Silent);
    }
    let end = 6 + usize::from(be16(bytes, 4)?);
    Some(Inside::Within { layer: Layer::Carrier(Carrier::Ppp), at: 6, end, mac: None })
}
