//! L2TP version 2 over UDP (RFC 2661 section 3.1): PPP frames between a provider's machines.
//!
//! Flags and version (2 bytes: T control, L length, S sequence, O offset); length if L; tunnel and session id; two
//! sequence numbers if S; offset size and padding if O. Version 3 (RFC 3931) does not say what it carries.

use super::super::be16;
use super::{Carrier, Inside, Layer, NotOpened};

const CONTROL: u16 = 0x8000;
const LENGTH: u16 = 0x4000;
const SEQUENCE: u16 = 0x0800;
const OFFSET: u16 = 0x0200;
/// Reserved bits, which must be 0.
const RESERVED: u16 = 0x34f0;

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    let flags = be16(bytes, 0)?;
    match flags & 0x0f {
        2 if flags & RESERVED == 0 => {}
        3 if flags & RESERVED == 0 && be16(bytes, 2)? == 0 => return Some(Inside::Sealed(NotOpened::L2tp)),
        _ => return None,
    }
    if flags & CONTROL != 0 {
        return Some(Inside::Silent);
    }
    let mut at = 2;
    let mut end = bytes.len();
    if flags & LENGTH != 0 {
        end = usize::from(be16(bytes, at)?);
        at += 2;
    }
    at += 4;
    if flags & SEQUENCE != 0 {
        at += 4;
    }
    if flags & OFFSET != 0 {
        at += 2 + usize::from(be16(bytes, at)?);
    }
    Some(Inside::Within { layer: Layer::Carrier(Carrier::Ppp), at, end, mac: None })
}
