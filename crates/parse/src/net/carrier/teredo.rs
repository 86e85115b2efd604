//! Teredo (RFC 4380 section 5.1.1): IPv6 over UDP, behind an authentication header (`00 01`) and an origin indication
//! (`00 00`), both optional and in that order.

use super::super::be16;
use super::super::layer::Layer;
use super::Inside;

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    let mut at = 0;
    if be16(bytes, at)? == 1 {
        // Lengths of client id and check value; a nonce of 8 bytes and a confirmation byte follow them.
        let (id, check) = (*bytes.get(2)?, *bytes.get(3)?);
        at += 4 + usize::from(id) + usize::from(check) + 9;
    }
    if be16(bytes, at)? == 0 {
        at += 8;
    }
    let packet = bytes.get(at..)?;
    // One end has a Teredo address (2001::/32) or, in router solicitation, a link-local one.
    let is_client = |from: usize| {
        packet
            .get(from..from + 4)
            .is_some_and(|start| start == [0x20, 0x01, 0, 0] || start[..2] == [0xfe, 0x80])
    };
    (packet.first()? >> 4 == 6 && (is_client(8) || is_client(24)))
        .then(|| Inside::of(Layer::Ipv6, at))
        .flatten()
}
