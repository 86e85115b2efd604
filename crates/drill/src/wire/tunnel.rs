//! Tunnels and labels around packets. Where a header has variants, one direction uses one and the other the other.
//!
//! Sources: RFC 3032 and RFC 4448 (MPLS, pseudowires), RFC 2516 and RFC 1661 (PPPoE, PPP), RFC 2784 and RFC 2890
//! (GRE), RFC 2637 (PPTP), draft-foschiano-erspan-03, RFC 2003, RFC 4213 and RFC 2473 (IP in IP), RFC 7348 (VXLAN),
//! RFC 8926 (GENEVE), 3GPP TS 29.281 (GTP-U), RFC 4380 (Teredo), RFC 4302 (AH), RFC 2661 (L2TP), RFC 3378 (EtherIP).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Link, Mac, checksum, ip, transport};

/// A packet on its way out through the layers.
pub(super) struct Carried {
    pub(super) from: Mac,
    pub(super) to: Mac,
    pub(super) ethertype: u16,
    pub(super) bytes: Vec<u8>,
}

/// One layer around packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tunnel {
    /// Two labels one way; a pseudowire with control word the other.
    Mpls,
    /// A PPPoE session.
    Pppoe,
    /// GRE, with checksum, key and sequence number one way.
    Gre,
    /// GRE with Ethernet inside.
    GreEthernet,
    /// PPTP's GRE, with an acknowledgement number one way.
    Pptp,
    /// ERSPAN type II one way, type III the other.
    Erspan,
    /// IP in IPv4: protocol 4 or 41.
    InIpv4,
    /// IP in IPv6: next header 4 or 41.
    InIpv6,
    /// VXLAN to this port.
    Vxlan(u16),
    /// GENEVE, with an option one way.
    Geneve,
    /// GTP-U, with an extension header one way.
    GtpU,
    /// An authentication header between IPv4 and its payload, around a whole IP packet.
    Authenticated,
    /// L2TP with PPP inside.
    L2tp,
    /// EtherIP.
    EtherIp,
    /// Teredo, with an origin indication one way. The packet inside is IPv6 with a Teredo address.
    Teredo,
}

/// Ends of tunnels: 192.0.2.0/24 (RFC 5737, TEST-NET-1) and 2001:db8::/32 (RFC 3849).
const ENDS: [Ipv4Addr; 2] = [Ipv4Addr::new(192, 0, 2, 1), Ipv4Addr::new(192, 0, 2, 2)];
const MACS: [Mac; 2] = [[0x02, 0x00, 0x5E, 0x20, 0x00, 0x02], [0x02, 0x00, 0x5E, 0x20, 0x00, 0x01]];

fn ends6() -> [Ipv6Addr; 2] {
    [1, 2].map(|last| Ipv6Addr::new(0x2001, 0xDB8, 0xEE, 0, 0, 0, 0, last))
}

impl Tunnel {
    /// The packets that carry one packet; several when it does not fit into `mtu` bytes.
    pub(super) fn around(self, packet: Carried, ident: u32, mtu: usize) -> Vec<Carried> {
        // A client has the higher hardware address here, and so has the near end of a tunnel.
        let out = packet.from > packet.to;
        let inner = &packet.bytes;
        let is_v4 = packet.ethertype == 0x0800;
        let type_ = packet.ethertype.to_be_bytes();
        let frame = || Link::Ethernet(Vec::new()).frame(packet.from, packet.to, packet.ethertype, inner);
        let label = |ethertype: u16, bytes: Vec<u8>| {
            vec![Carried { from: packet.from, to: packet.to, ethertype, bytes }]
        };
        let over = |protocol: u8, parts: &[&[u8]]| between(out, protocol, &parts.concat(), ident, mtu);
        let datagram = |port: u16, parts: &[&[u8]]| {
            let (from, to) = if out { (ENDS[0], ENDS[1]) } else { (ENDS[1], ENDS[0]) };
            let source = 50_000 + (ident % 64) as u16;
            between(
                out,
                17,
                &transport::udp(from.into(), to.into(), source, port, &parts.concat()),
                ident,
                mtu,
            )
        };
        match self {
            Self::Mpls if out => {
                label(0x8847, [&[0x00, 0x10, 0x00, 63, 0x00, 0x20, 0x01, 63], &inner[..]].concat())
            }
            Self::Mpls => label(0x8847, [&[0x00, 0x30, 0x01, 63, 0, 0, 0, 0][..], &frame()].concat()),
            Self::Pppoe => label(0x8864, pppoe(packet.ethertype, inner)),
            Self::Gre if out => over(47, &[&checked_gre(&type_, ident, inner), inner]),
            Self::Gre => over(47, &[&[0, 0], &type_, inner]),
            Self::GreEthernet => over(47, &[&[0x20, 0, 0x65, 0x58, 0, 0, 0, 7], &frame()]),
            Self::Pptp => {
                let ppp = [ppp_header(packet.ethertype, !out, out), inner.clone()].concat();
                let mut head = vec![0x30, if out { 0x81 } else { 0x01 }, 0x88, 0x0B];
                head.extend_from_slice(&(ppp.len() as u16).to_be_bytes());
                head.extend_from_slice(&[0, 9]);
                head.extend_from_slice(&ident.to_be_bytes());
                if out {
                    head.extend_from_slice(&[0, 0, 0, 1]);
                }
                over(47, &[&head, &ppp])
            }
            Self::Erspan if out => {
                let head = [0x10, 0, 0x88, 0xBE, 0, 0, 0, 5, 0x10, 0x14, 0, 0x64, 0, 0, 0, 1];
                over(47, &[&head, &frame()])
            }
            Self::Erspan => {
                let head =
                    [0x10, 0, 0x22, 0xEB, 0, 0, 0, 5, 0x20, 0x14, 0, 0x64, 0, 1, 2, 3, 0, 0, 0x00, 0x01];
                over(47, &[&head, &[0; 8], &frame()]) // with a platform header
            }
            Self::InIpv4 => over(if is_v4 { 4 } else { 41 }, &[inner]),
            Self::InIpv6 => {
                let [near, far] = ends6().map(IpAddr::from);
                let (from, to) = if out { (near, far) } else { (far, near) };
                let protocol = if is_v4 { 4 } else { 41 };
                outer(out, 0x86DD, ip::packets(from, to, protocol, ident, inner, mtu, false))
            }
            Self::Vxlan(port) => datagram(port, &[&[8, 0, 0, 0, 0, 0, 42, 0], &frame()]),
            Self::Geneve if out => {
                datagram(6081, &[&[0x02, 0, 0x65, 0x58, 0, 0, 42, 0], &[0, 1, 1, 1, 1, 2, 3, 4], &frame()])
            }
            Self::Geneve => datagram(6081, &[&[0, 0], &type_, &[0, 0, 42, 0], inner]),
            Self::GtpU => {
                // a PDU session container (type 0x85) of 4 bytes, or a sequence number
                let options: &[u8] = if out { &[0, 0, 0, 0x85, 1, 0x10, 5, 0] } else { &[0, 7, 0, 0] };
                let length = ((inner.len() + options.len()) as u16).to_be_bytes();
                let flags = if out { 0x34 } else { 0x32 };
                datagram(2152, &[&[flags, 0xFF], &length, &[0, 0, 0, 9], options, inner])
            }
            Self::Authenticated => {
                let head = [if is_v4 { 4 } else { 41 }, 4, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
                over(51, &[&head, &[0xA5; 12], inner])
            }
            Self::L2tp => {
                let ppp = [ppp_header(packet.ethertype, true, false), inner.clone()].concat();
                let length = ((ppp.len() + 8) as u16).to_be_bytes();
                datagram(1701, &[&[0x40, 2], &length, &[0, 1, 0, 2], &ppp])
            }
            Self::EtherIp => over(97, &[&[0x30, 0], &frame()]),
            Self::Teredo if out => datagram(3544, &[inner]),
            Self::Teredo => datagram(3544, &[&[0, 0, 0xEF, 0xFE, 0x3F, 0xFF, 0xFD, 0xFD], inner]),
        }
    }
}

/// A GRE header with everything.
fn checked_gre(ethertype: &[u8], ident: u32, inner: &[u8]) -> Vec<u8> {
    let mut head = vec![0xB0, 0];
    head.extend_from_slice(ethertype);
    head.extend_from_slice(&[0, 0, 0, 0, 0, 0, 0, 42]);
    head.extend_from_slice(&ident.to_be_bytes());
    let sum = checksum(&[&head, inner]).to_be_bytes();
    head[4..6].copy_from_slice(&sum);
    head
}

fn between(out: bool, protocol: u8, body: &[u8], ident: u32, mtu: usize) -> Vec<Carried> {
    let (from, to) = if out { (ENDS[0], ENDS[1]) } else { (ENDS[1], ENDS[0]) };
    outer(out, 0x0800, ip::packets(from.into(), to.into(), protocol, ident, body, mtu, false))
}

fn outer(out: bool, ethertype: u16, packets: Vec<Vec<u8>>) -> Vec<Carried> {
    let (from, to) = if out { (MACS[0], MACS[1]) } else { (MACS[1], MACS[0]) };
    packets.into_iter().map(|bytes| Carried { from, to, ethertype, bytes }).collect()
}

/// What stands before a packet in PPP: address and control or not, the protocol in two bytes or one.
pub(super) fn ppp_header(ethertype: u16, framed: bool, compressed: bool) -> Vec<u8> {
    let mut header = if framed { vec![0xFF, 0x03] } else { Vec::new() };
    if !compressed {
        header.push(0);
    }
    header.push(if ethertype == 0x86DD { 0x57 } else { 0x21 });
    header
}

/// A PPPoE session packet.
pub(super) fn pppoe(ethertype: u16, packet: &[u8]) -> Vec<u8> {
    let ppp = [&ppp_header(ethertype, false, false), packet].concat();
    [&[0x11, 0, 0, 17][..], &(ppp.len() as u16).to_be_bytes(), &ppp].concat()
}
