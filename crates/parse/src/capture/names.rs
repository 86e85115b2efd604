//! Name resolution blocks of pcapng: which names the capturing program knew for an address.
//!
//! Source: draft-ietf-opsawg-pcapng, section 4.5 "Name Resolution Block".

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::order::Order;

/// Names kept of one block. Wireshark writes every name it resolved into one block; a large
/// network has some ten thousand.
const MAX_NAMES: usize = 65_536;

/// The longest name kept, in bytes: a domain name has at most 255 (RFC 1035, section 2.3.4).
const MAX_NAME: usize = 255;

const RECORD_END: u16 = 0;
const RECORD_IPV4: u16 = 1;
const RECORD_IPV6: u16 = 2;

/// Reads the records of a block's body: address and name, and how many names were left out.
/// Bytes that are not UTF-8 are replaced.
pub(super) fn read(order: Order, body: &[u8]) -> (Vec<(IpAddr, String)>, usize) {
    let mut names = Vec::new();
    let mut left_out = 0usize;
    let mut at = 0usize;
    while let (Some(kind), Some(len)) = (order.u16(body, at), order.u16(body, at + 2)) {
        let len = usize::from(len);
        if kind == RECORD_END {
            break;
        }
        let Some(value) = body.get(at + 4..at + 4 + len) else {
            left_out += 1;
            break;
        };
        at += 4 + len.next_multiple_of(4);
        let Some((address, text)) = address(kind, value) else { continue };
        for name in text.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
            if names.len() < MAX_NAMES && name.len() <= MAX_NAME {
                names.push((address, String::from_utf8_lossy(name).into_owned()));
            } else {
                left_out += 1;
            }
        }
    }
    (names, left_out)
}

/// The address of a record and the bytes after it.
fn address(kind: u16, value: &[u8]) -> Option<(IpAddr, &[u8])> {
    match kind {
        RECORD_IPV4 => {
            let (octets, rest) = value.split_first_chunk::<4>()?;
            Some((Ipv4Addr::from(*octets).into(), rest))
        }
        RECORD_IPV6 => {
            let (octets, rest) = value.split_first_chunk::<16>()?;
            Some((Ipv6Addr::from(*octets).into(), rest))
        }
        _ => None,
    }
}
