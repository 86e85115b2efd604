//! NetBIOS name registration (RFC 1002 section 4.2.2).

use std::net::Ipv4Addr;

/// A broadcast that registers a workstation name (suffix 00) for an address.
pub(crate) fn registration(id: u16, name: &str, address: Ipv4Addr) -> Vec<u8> {
    let mut message = Vec::new();
    // opcode 5, recursion desired, broadcast; one question, one additional record
    for number in [id, 0x2910, 1, 0, 0, 1] {
        message.extend_from_slice(&number.to_be_bytes());
    }
    message.push(32);
    let padded = name.bytes().map(|c| c.to_ascii_uppercase()).chain(std::iter::repeat(b' ')).take(15);
    for byte in padded.chain([0]) {
        message.extend_from_slice(&[b'A' + (byte >> 4), b'A' + (byte & 15)]);
    }
    message.push(0);
    message.extend_from_slice(&[0, 0x20, 0, 1]); // NB, IN
    message.extend_from_slice(&[0xC0, 12, 0, 0x20, 0, 1]);
    message.extend_from_slice(&300_000u32.to_be_bytes());
    message.extend_from_slice(&[0, 6, 0, 0]); // unique name, broadcast node
    message.extend_from_slice(&address.octets());
    message
}
