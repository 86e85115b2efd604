//! UDP datagrams and TCP segments with their checksums (RFC 768, RFC 9293).

use std::net::IpAddr;

use super::checksum;

/// The part of the IP header that a transport checksum covers.
fn pseudo_header(from: IpAddr, to: IpAddr, protocol: u8, length: usize) -> Vec<u8> {
    let mut header = Vec::with_capacity(40);
    match (from, to) {
        (IpAddr::V4(from), IpAddr::V4(to)) => {
            header.extend_from_slice(&from.octets());
            header.extend_from_slice(&to.octets());
        }
        (from, to) => {
            for address in [from, to] {
                let address = match address {
                    IpAddr::V4(address) => address.to_ipv6_mapped(),
                    IpAddr::V6(address) => address,
                };
                header.extend_from_slice(&address.octets());
            }
        }
    }
    header.extend_from_slice(&(length as u32).to_be_bytes());
    header.extend_from_slice(&[0, 0, 0, protocol]);
    header
}

/// One UDP datagram.
pub(crate) fn udp(from: IpAddr, to: IpAddr, source: u16, target: u16, body: &[u8]) -> Vec<u8> {
    let mut datagram = Vec::with_capacity(body.len() + 8);
    datagram.extend_from_slice(&source.to_be_bytes());
    datagram.extend_from_slice(&target.to_be_bytes());
    datagram.extend_from_slice(&((body.len() + 8) as u16).to_be_bytes());
    datagram.extend_from_slice(&[0, 0]);
    datagram.extend_from_slice(body);
    let sum = match checksum(&[&pseudo_header(from, to, 17, datagram.len()), &datagram]) {
        0 => 0xFFFF,
        sum => sum,
    };
    datagram[6..8].copy_from_slice(&sum.to_be_bytes());
    datagram
}

/// TCP flags as in the header.
pub(crate) mod flag {
    pub(crate) const FIN: u8 = 1;
    pub(crate) const SYN: u8 = 2;
    pub(crate) const RST: u8 = 4;
    pub(crate) const PSH: u8 = 8;
    pub(crate) const ACK: u8 = 16;
}

/// The header fields of one segment that change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub(crate) source: u16,
    pub(crate) target: u16,
    pub(crate) sequence: u32,
    pub(crate) acknowledgement: u32,
    pub(crate) flags: u8,
    /// Own clock and the last one seen of the other side (RFC 7323), in milliseconds.
    pub(crate) clocks: Option<(u32, u32)>,
}

/// One TCP segment; a SYN carries maximum segment size, SACK permitted and window scale.
pub(crate) fn tcp(from: IpAddr, to: IpAddr, head: Head, body: &[u8]) -> Vec<u8> {
    let mut options: Vec<u8> = match (head.flags & flag::SYN != 0, from.is_ipv4()) {
        (false, _) => Vec::new(),
        (true, true) => vec![2, 4, 0x05, 0xB4, 4, 2, 1, 3, 3, 7, 1, 1],
        (true, false) => vec![2, 4, 0x05, 0xA0, 4, 2, 1, 3, 3, 7, 1, 1],
    };
    if let Some((own, other)) = head.clocks {
        options.extend_from_slice(&[1, 1, 8, 10]);
        options.extend_from_slice(&own.to_be_bytes());
        options.extend_from_slice(&other.to_be_bytes());
    }
    let mut segment = Vec::with_capacity(body.len() + 20 + options.len());
    segment.extend_from_slice(&head.source.to_be_bytes());
    segment.extend_from_slice(&head.target.to_be_bytes());
    segment.extend_from_slice(&head.sequence.to_be_bytes());
    segment.extend_from_slice(&head.acknowledgement.to_be_bytes());
    let window: u16 = if head.flags & flag::SYN != 0 { 64240 } else { 502 };
    segment.extend_from_slice(&[(((20 + options.len()) / 4) << 4) as u8, head.flags]);
    segment.extend_from_slice(&window.to_be_bytes());
    segment.extend_from_slice(&[0, 0, 0, 0]);
    segment.extend_from_slice(&options);
    segment.extend_from_slice(body);
    let sum = checksum(&[&pseudo_header(from, to, 6, segment.len()), &segment]);
    segment[16..18].copy_from_slice(&sum.to_be_bytes());
    segment
}
