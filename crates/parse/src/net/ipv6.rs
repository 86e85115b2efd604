//! IPv6 headers and the extension headers before the transport (RFC 8200; AH: RFC 4302; Mobility: RFC 6275).

use super::be32;
use super::packet::{Address, Fragment};

/// An IPv6 header and its extension headers, taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ipv6 {
    pub source: Address,
    pub destination: Address,
    pub protocol: u8,
    /// Bytes of all headers.
    pub header: usize,
    /// Payload bytes that the header states; may be more than was captured.
    pub stated: usize,
    pub fragment: Option<Fragment>,
}

/// More extension headers than this are an attack: RFC 8200 names six kinds, most at most once.
const MOST_EXTENSIONS: usize = 10;

/// Reads the headers at the start of `bytes`. `None` if they are cut, contradict themselves or never end.
#[inline]
pub(super) fn read(bytes: &[u8]) -> Option<Ipv6> {
    let head: &[u8; 40] = bytes.get(..40)?.try_into().ok()?;
    if head[0] >> 4 != 6 {
        return None;
    }
    let length = usize::from(u16::from_be_bytes([head[4], head[5]]));
    let total = if length == 0 { bytes.len() } else { 40 + length };
    let address = |at: usize| {
        let mut address = [0; 16];
        address.copy_from_slice(&head[at..at + 16]);
        Address(address)
    };
    let whole = |protocol: u8, header: usize, fragment: Option<Fragment>| {
        let stated = total.checked_sub(header)?;
        Some(Ipv6 { source: address(8), destination: address(24), protocol, header, stated, fragment })
    };
    let mut protocol = head[6];
    let mut at = 40;
    let mut fragment = None;
    for _ in 0..MOST_EXTENSIONS {
        let size = match protocol {
            0 | 43 | 60 | 135 => (usize::from(*bytes.get(at + 1)?) + 1) * 8,
            51 => (usize::from(*bytes.get(at + 1)?) + 2) * 4,
            44 => {
                let word = be32(bytes, at)?;
                fragment =
                    Some(Fragment { id: be32(bytes, at + 4)?, offset: word & 0xfff8, more: word & 1 == 1 });
                8
            }
            _ => {
                // An atomic fragment (RFC 6946) is a whole packet.
                let fragment = fragment.filter(|part: &Fragment| part.offset != 0 || part.more);
                return whole(protocol, at, fragment);
            }
        };
        protocol = *bytes.get(at)?;
        at += size;
        // Behind a later fragment's header there is no further header to read.
        if fragment.is_some_and(|part| part.offset != 0) {
            return whole(protocol, at, fragment);
        }
    }
    None
}
