//! Packet headers: from a link-layer frame to what a flow table wants to know.
//!
//! [`decode`] walks one frame. It never copies payload: it returns offsets into the frame. Nothing is trusted: every
//! length is checked against the captured bytes, and what the headers state (for a frame cut short by the snap
//! length) is kept apart from what is there. Tunnels are opened, to a limited depth: the innermost addresses are the
//! hosts.

mod carrier;
mod ipv4;
mod ipv6;
mod layer;
mod link;
mod packet;
mod plain;
#[cfg(test)]
mod tests;
mod transport;
mod tunnel;

pub use packet::{
    Address, Decoded, Fragment, Header, ICMP, ICMPV6, MOST_CARRIERS, NotOpened, Packet, TCP, TcpFlags, UDP,
    Unreadable, decode, decode_ip_payload, decode_joined, fuzz,
};
pub use plain::plain;

/// Big-endian `u16` at `at`, if it is there.
#[inline]
pub(crate) fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    let end = at.checked_add(2)?;
    bytes.get(at..end).map(|b| u16::from_be_bytes([b[0], b[1]]))
}

/// Big-endian `u32` at `at`, if it is there.
#[inline]
pub(crate) fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let end = at.checked_add(4)?;
    bytes.get(at..end).map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}
