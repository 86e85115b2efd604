//! TCP (RFC 9293), UDP (RFC 768) and ICMP headers.

use super::packet::{Header, TcpFlags};
use super::{be16, be32};

/// Reads a TCP header. `None` if it is cut or its data offset is impossible.
#[inline]
pub(super) fn tcp(bytes: &[u8], stated: usize) -> Option<Header> {
    let head: &[u8; 20] = bytes.get(..20)?.try_into().ok()?;
    let size = usize::from(head[12] >> 4) * 4;
    if size < 20 || size > stated {
        return None;
    }
    Some(Header {
        source_port: u16::from_be_bytes([head[0], head[1]]),
        destination_port: u16::from_be_bytes([head[2], head[3]]),
        sequence: u32::from_be_bytes([head[4], head[5], head[6], head[7]]),
        acknowledgement: u32::from_be_bytes([head[8], head[9], head[10], head[11]]),
        flags: TcpFlags(head[13]),
        size,
    })
}

/// Reads a UDP header; TCP's fields stay 0.
#[inline]
pub(super) fn udp(bytes: &[u8]) -> Option<Header> {
    Some(Header {
        source_port: be16(bytes, 0)?,
        destination_port: be16(bytes, 2)?,
        size: 8,
        ..Header::default()
    })
    .filter(|_| bytes.len() >= 8)
}

/// Reads an ICMP header: type and code stand in for the destination port, so that kinds of message are kept apart.
#[inline]
pub(super) fn icmp(bytes: &[u8]) -> Option<Header> {
    let _ = be32(bytes, 0)?;
    Some(Header { size: 4, ..Header::default() })
}
