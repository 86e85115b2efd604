//! IPv4 headers (RFC 791).

use super::be16;
use super::packet::{Address, Fragment};

/// An IPv4 header, taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ipv4 {
    pub source: Address,
    pub destination: Address,
    pub protocol: u8,
    /// Header bytes.
    pub header: usize,
    /// Payload bytes that the header states; may be more than was captured.
    pub stated: usize,
    pub fragment: Option<Fragment>,
}

/// Reads the header at the start of `bytes`. `None` if it is cut or contradicts itself.
#[inline]
pub(super) fn read(bytes: &[u8]) -> Option<Ipv4> {
    let head: &[u8; 20] = bytes.get(..20)?.try_into().ok()?;
    if head[0] >> 4 != 4 {
        return None;
    }
    let header = usize::from(head[0] & 0x0f) * 4;
    let total = usize::from(u16::from_be_bytes([head[2], head[3]]));
    if header < 20 {
        return None;
    }
    // Segmentation offload leaves a total length of 0: then all that was captured is the packet.
    let stated = if total == 0 { bytes.len().checked_sub(header)? } else { total.checked_sub(header)? };
    let flags = u16::from_be_bytes([head[6], head[7]]);
    let fragment = (flags & 0x3fff != 0).then(|| Fragment {
        id: u32::from(be16(bytes, 4).unwrap_or(0)),
        offset: u32::from(flags & 0x1fff) * 8,
        more: flags & 0x2000 != 0,
    });
    Some(Ipv4 {
        source: Address::v4([head[12], head[13], head[14], head[15]]),
        destination: Address::v4([head[16], head[17], head[18], head[19]]),
        protocol: head[9],
        header,
        stated,
        fragment,
    })
}
