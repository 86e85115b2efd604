//! IPv4 and IPv6 packets, whole or in fragments (RFC 791, RFC 8200).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::checksum;

/// The packets that carry `body`; more than one when it does not fit into `mtu` bytes.
pub(crate) fn packets(
    from: IpAddr,
    to: IpAddr,
    protocol: u8,
    ident: u32,
    body: &[u8],
    mtu: usize,
    extension_headers: bool,
) -> Vec<Vec<u8>> {
    match (from, to) {
        (IpAddr::V4(from), IpAddr::V4(to)) => ipv4(from, to, protocol, ident as u16, body, mtu),
        (from, to) => ipv6(as_v6(from), as_v6(to), protocol, ident, body, mtu, extension_headers),
    }
}

fn as_v6(address: IpAddr) -> Ipv6Addr {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    }
}

/// Hops: RFC 6762 section 11 wants 255 for multicast DNS.
fn lives(multicast: bool) -> u8 {
    if multicast { 255 } else { 64 }
}

/// Cut into pieces of a multiple of 8 bytes: (offset, piece, more follow).
fn pieces(body: &[u8], room: usize) -> Vec<(usize, &[u8], bool)> {
    let room = (room & !7).max(8);
    let last = body.len().saturating_sub(1) / room;
    (0..=last).map(|n| (n * room, &body[n * room..body.len().min((n + 1) * room)], n < last)).collect()
}

fn ipv4(from: Ipv4Addr, to: Ipv4Addr, protocol: u8, ident: u16, body: &[u8], mtu: usize) -> Vec<Vec<u8>> {
    let whole = body.len() + 20 <= mtu;
    let parts = if whole { vec![(0, body, false)] } else { pieces(body, mtu.saturating_sub(20)) };
    let one = |(offset, piece, more): (usize, &[u8], bool)| {
        let mut packet = vec![0x45, 0];
        packet.extend_from_slice(&((piece.len() + 20) as u16).to_be_bytes());
        packet.extend_from_slice(&ident.to_be_bytes());
        let flags: u16 = if whole { 0x4000 } else { 0 } | if more { 0x2000 } else { 0 };
        packet.extend_from_slice(&(flags | (offset / 8) as u16).to_be_bytes());
        packet.extend_from_slice(&[lives(to.is_multicast()), protocol, 0, 0]);
        packet.extend_from_slice(&from.octets());
        packet.extend_from_slice(&to.octets());
        let sum = checksum(&[&packet]).to_be_bytes();
        packet[10..12].copy_from_slice(&sum);
        packet.extend_from_slice(piece);
        packet
    };
    parts.into_iter().map(one).collect()
}

/// Hop-by-hop (router alert) and destination options (padding) in front of `next`.
fn options(next: u8) -> Vec<u8> {
    vec![60, 0, 5, 2, 0, 0, 1, 0, next, 0, 1, 4, 0, 0, 0, 0]
}

fn ipv6(
    from: Ipv6Addr,
    to: Ipv6Addr,
    protocol: u8,
    ident: u32,
    body: &[u8],
    mtu: usize,
    extension_headers: bool,
) -> Vec<Vec<u8>> {
    let header = |next: u8, length: usize| {
        let mut packet = vec![0x60, 0, 0, 0];
        packet.extend_from_slice(&(length as u16).to_be_bytes());
        packet.extend_from_slice(&[next, lives(to.is_multicast())]);
        packet.extend_from_slice(&from.octets());
        packet.extend_from_slice(&to.octets());
        packet
    };
    let whole = body.len() + 40 + if extension_headers { 16 } else { 0 } <= mtu;
    let first = if extension_headers { 0 } else { 44 };
    if whole {
        let extra = if extension_headers { options(protocol) } else { Vec::new() };
        let mut packet = header(if extension_headers { 0 } else { protocol }, body.len() + extra.len());
        packet.extend_from_slice(&extra);
        packet.extend_from_slice(body);
        return vec![packet];
    }
    let extra = if extension_headers { options(44) } else { Vec::new() };
    let room = mtu.saturating_sub(48 + extra.len());
    let one = |(offset, piece, more): (usize, &[u8], bool)| {
        let mut packet = header(first, piece.len() + 8 + extra.len());
        packet.extend_from_slice(&extra);
        packet.extend_from_slice(&[protocol, 0]);
        packet.extend_from_slice(&(offset as u16 | u16::from(more)).to_be_bytes());
        packet.extend_from_slice(&ident.to_be_bytes());
        packet.extend_from_slice(piece);
        packet
    };
    pieces(body, room).into_iter().map(one).collect()
}
