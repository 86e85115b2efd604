//! Bytes of packets, outermost to innermost: link, IP, transport, and the messages that name hosts.
//!
//! Only writers. Each returns complete bytes with correct lengths and checksums.

pub(crate) mod certificate;
pub(crate) mod deflate;
pub(crate) mod dhcp;
pub(crate) mod dns;
pub(crate) mod gzip;
pub(crate) mod http;
pub(crate) mod ip;
pub mod link;
pub(crate) mod nbns;
pub(crate) mod proxy;
pub(crate) mod tls;
pub(crate) mod transport;
pub mod tunnel;
pub(crate) mod websocket;
pub(crate) mod wireless;

use std::net::IpAddr;

use crate::scene::{Packet, Time};
pub use link::{Link, Mac};
pub use tunnel::Tunnel;

/// One machine as the local network sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its IP address.
    pub address: IpAddr,
    /// The MAC under which its packets appear: its own, or the router's.
    pub mac: Mac,
}

/// How packets are wrapped on their way to the capture.
#[derive(Clone, Debug)]
pub struct Wire {
    /// Link layer of the capturing interface.
    pub link: Link,
    /// Largest IP packet in bytes; longer ones are sent as fragments.
    pub mtu: usize,
    /// Tunnels around the packets, from the innermost out.
    pub tunnels: Vec<Tunnel>,
    /// The same limit for packets of the tunnels' ends.
    pub tunnel_mtu: usize,
    /// IPv6: hop-by-hop and destination options before the transport header.
    pub extension_headers: bool,
    /// Index into the scene's interfaces.
    pub interface: u32,
    /// Ethernet frames of this sender are filled up to 60 bytes, as received ones are.
    pub padded: Option<Mac>,
}

impl Default for Wire {
    fn default() -> Self {
        Self {
            link: Link::Ethernet(Vec::new()),
            mtu: 1500,
            tunnels: Vec::new(),
            tunnel_mtu: 9000,
            extension_headers: false,
            interface: 0,
            padded: None,
        }
    }
}

impl Wire {
    /// The packets that carry one transport message: one, or its fragments.
    pub(crate) fn carry(
        &self,
        time: Time,
        from: Node,
        to: Node,
        protocol: u8,
        ident: u32,
        body: &[u8],
    ) -> Vec<Packet> {
        let ethertype = if from.address.is_ipv4() { 0x0800 } else { 0x86DD };
        let mut layer: Vec<tunnel::Carried> =
            ip::packets(from.address, to.address, protocol, ident, body, self.mtu, self.extension_headers)
                .into_iter()
                .map(|bytes| tunnel::Carried { from: from.mac, to: to.mac, ethertype, bytes })
                .collect();
        for tunnel in &self.tunnels {
            let packets = layer.into_iter().enumerate();
            layer = packets
                .flat_map(|(at, packet)| {
                    tunnel.around(packet, ident.wrapping_mul(8).wrapping_add(at as u32), self.tunnel_mtu)
                })
                .collect();
        }
        let frame = |packet: tunnel::Carried| {
            let mut bytes = self.link.frame(packet.from, packet.to, packet.ethertype, &packet.bytes);
            if self.padded == Some(packet.from) && matches!(self.link, Link::Ethernet(_)) {
                bytes.resize(bytes.len().max(60), 0);
            }
            Packet { time, interface: self.interface, bytes }
        };
        layer.into_iter().map(frame).collect()
    }

    /// One UDP datagram.
    pub(crate) fn udp(
        &self,
        time: Time,
        from: (Node, u16),
        to: (Node, u16),
        ident: u32,
        body: &[u8],
    ) -> Vec<Packet> {
        let datagram = transport::udp(from.0.address, to.0.address, from.1, to.1, body);
        self.carry(time, from.0, to.0, 17, ident, &datagram)
    }
}

/// The Internet checksum of RFC 1071 over several parts, each but the last of even length.
pub(crate) fn checksum(parts: &[&[u8]]) -> u16 {
    let mut sum: u64 = 0;
    for part in parts {
        for pair in part.chunks(2) {
            sum += u64::from(pair[0]) << 8 | pair.get(1).map_or(0, |&low| u64::from(low));
        }
    }
    while sum > 0xFFFF {
        sum = (sum & 0xFFFF) + (sum >> 16);
    }
    !(sum as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_of_the_rfc_1071_example() {
        // RFC 1071 section 3: the sum of 00 01 f2 03 f4 f5 f6 f7 is ddf2.
        assert_eq!(checksum(&[&[0x00, 0x01, 0xf2, 0x03], &[0xf4, 0xf5, 0xf6, 0xf7]]), !0xddf2);
    }
}
