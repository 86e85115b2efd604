//! One frame, decoded: the addresses, the transport header, and where the payload lies.

use super::layer::Layer;
use super::link::{self, NoLink};
use super::plain::plain;
use super::tunnel::{self, Place};
use super::{ipv4, ipv6, transport};
use crate::capture::LinkType;
use std::cmp::Ordering;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// IP protocol number of TCP (IANA, "Assigned Internet Protocol Numbers").
pub const TCP: u8 = 6;
/// IP protocol number of UDP.
pub const UDP: u8 = 17;
/// IP protocol number of ICMP.
pub const ICMP: u8 = 1;
/// IP protocol number of ICMPv6.
pub const ICMPV6: u8 = 58;

/// An IP address in 16 bytes; IPv4 as IPv4-mapped IPv6 (RFC 4291 section 2.5.5.2), so that keys have one size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Address(pub [u8; 16]);

/// By bytes, compared as one number.
impl Ord for Address {
    #[inline]
    fn cmp(&self, other: &Address) -> Ordering {
        u128::from_be_bytes(self.0).cmp(&u128::from_be_bytes(other.0))
    }
}

impl PartialOrd for Address {
    #[inline]
    fn partial_cmp(&self, other: &Address) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Address {
    /// From the four bytes of an IPv4 address.
    #[inline]
    #[must_use]
    pub const fn v4(b: [u8; 4]) -> Address {
        Address([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, b[0], b[1], b[2], b[3]])
    }

    /// As the standard library's type; IPv4-mapped addresses become IPv4.
    #[must_use]
    pub fn ip(self) -> IpAddr {
        match self.0 {
            [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, a, b, c, d] => IpAddr::V4(Ipv4Addr::new(a, b, c, d)),
            bytes => IpAddr::V6(Ipv6Addr::from(bytes)),
        }
    }
}

/// The flag byte of a TCP header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TcpFlags(pub u8);

impl TcpFlags {
    /// FIN: the sender has no more data.
    pub const FIN: u8 = 0x01;
    /// SYN: the sender opens.
    pub const SYN: u8 = 0x02;
    /// RST: the connection is dead.
    pub const RST: u8 = 0x04;
    /// ACK: the acknowledgement number counts.
    pub const ACK: u8 = 0x10;

    /// Whether all flags of `mask` are set.
    #[inline]
    #[must_use]
    pub const fn has(self, mask: u8) -> bool {
        self.0 & mask == mask
    }
}

/// A transport header. For UDP only the ports, for ICMP nothing but the header length is meaningful.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Header {
    /// Port of the sender.
    pub source_port: u16,
    /// Port of the receiver.
    pub destination_port: u16,
    /// TCP sequence number.
    pub sequence: u32,
    /// TCP acknowledgement number.
    pub acknowledgement: u32,
    /// TCP flags.
    pub flags: TcpFlags,
    /// Header bytes.
    pub size: usize,
}

/// A part of a fragmented IP packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fragment {
    /// Identification.
    pub id: u32,
    /// Byte offset of this part in the packet's payload.
    pub offset: u32,
    /// More parts follow.
    pub more: bool,
}

/// A whole IP packet with its transport header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packet {
    /// Sender.
    pub source: Address,
    /// Receiver.
    pub destination: Address,
    /// IP protocol number: [`TCP`], [`UDP`] ….
    pub protocol: u8,
    /// The transport header.
    pub header: Header,
    /// Where the transport's payload begins in the frame.
    pub at: usize,
    /// Captured payload bytes.
    pub len: usize,
    /// Payload bytes that the headers state; more than `len` if the frame was cut.
    pub stated: usize,
    /// The sender's link-layer address.
    pub mac: Option<[u8; 6]>,
    /// VLAN ids folded together, 0 without tags.
    pub vlan: u32,
    /// It carries another packet that could not be reached.
    pub not_opened: Option<NotOpened>,
}

/// Why what a frame or packet carries could not be reached: the carrier, or its depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotOpened {
    /// More carriers inside one another than [`MOST_CARRIERS`].
    TooDeep,
    /// An IP authentication header that contradicts itself.
    Ah,
    /// CAPWAP: a wireless controller's access points.
    Capwap,
    /// An ERSPAN mirror whose frame cannot be read.
    Erspan,
    /// ESP: encrypted by IPsec.
    Esp,
    /// EtherIP whose frame cannot be read.
    EtherIp,
    /// GENEVE whose packet cannot be read.
    Geneve,
    /// GRE whose packet cannot be read.
    Gre,
    /// GTP-U whose packet cannot be read.
    GtpU,
    /// IP compression.
    IpComp,
    /// IP in IP whose packet cannot be read.
    IpInIp,
    /// L2TP version 3, or version 2 whose frame cannot be read.
    L2tp,
    /// MPLS whose packet cannot be guessed.
    Mpls,
    /// PPP with compressed or encrypted packets.
    Ppp,
    /// Teredo whose packet cannot be read.
    Teredo,
    /// VXLAN whose frame cannot be read.
    Vxlan,
    /// An encrypted 802.11 frame.
    Wifi,
    /// A part of an 802.11 frame, or several packets in one.
    WifiParts,
    /// WireGuard.
    WireGuard,
}

impl NotOpened {
    /// The carrier as the field calls it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            NotOpened::TooDeep => "",
            NotOpened::Ah => "AH",
            NotOpened::Capwap => "CAPWAP",
            NotOpened::Erspan => "ERSPAN",
            NotOpened::Esp => "ESP",
            NotOpened::EtherIp => "EtherIP",
            NotOpened::Geneve => "GENEVE",
            NotOpened::Gre => "GRE",
            NotOpened::GtpU => "GTP-U",
            NotOpened::IpComp => "IPComp",
            NotOpened::IpInIp => "IPIP",
            NotOpened::L2tp => "L2TP",
            NotOpened::Mpls => "MPLS",
            NotOpened::Ppp => "PPP",
            NotOpened::Teredo => "Teredo",
            NotOpened::Vxlan => "VXLAN",
            NotOpened::Wifi | NotOpened::WifiParts => "802.11",
            NotOpened::WireGuard => "WireGuard",
        }
    }
}

/// Carriers inside one another that are opened. Real paths have at most four or five (a mobile core's GTP-U in IPsec
/// in MPLS, mirrored through ERSPAN); every one more is work that a sender can ask of us.
pub const MOST_CARRIERS: u8 = 8;

/// Why nothing of a frame could be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unreadable {
    /// Nobody here knows the link type.
    LinkType(LinkType),
    /// The frame ends inside the link-layer or network header.
    Short,
    /// The network header contradicts itself.
    Network,
    /// The transport header is cut or contradicts itself.
    Transport,
}

/// What a frame holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoded {
    /// A packet of a flow.
    Packet(Packet),
    /// A part of a packet; `at..at+len` is its IP payload, `protocol` what the whole carries.
    Part {
        /// Sender.
        source: Address,
        /// Receiver.
        destination: Address,
        /// IP protocol number of the whole packet.
        protocol: u8,
        /// Which part.
        fragment: Fragment,
        /// Where the part's bytes begin in the frame.
        at: usize,
        /// How many of them were captured.
        len: usize,
        /// How many there are.
        stated: usize,
        /// The sender's link-layer address.
        mac: Option<[u8; 6]>,
        /// VLAN ids folded together.
        vlan: u32,
        /// How many carriers the part lies in.
        depth: u8,
    },
    /// An ARP message, its bytes beginning at the offset.
    Arp(usize),
    /// A protocol that says nothing of mining.
    Other,
    /// A carrier that could not be opened, outside of any IP packet.
    NotOpened(NotOpened),
    /// Nothing could be used.
    Unreadable(Unreadable),
}

/// Decodes one frame. Carriers are opened: what comes back is the innermost packet that can be read.
#[inline]
#[must_use]
pub fn decode(link_type: LinkType, frame: &[u8]) -> Decoded {
    let link = match link::walk(link_type, frame) {
        Ok(link) => link,
        Err(NoLink::Short) => return Decoded::Unreadable(Unreadable::Short),
        Err(NoLink::UnknownType) => return Decoded::Unreadable(Unreadable::LinkType(link_type)),
    };
    let place = Place {
        layer: link.layer,
        at: link.at,
        end: frame.len(),
        mac: link.source,
        vlan: link.vlans,
        depth: 0,
    };
    match link.layer {
        Layer::Ipv4 => internet::<4, true>(frame, &place),
        Layer::Ipv6 => internet::<6, true>(frame, &place),
        Layer::Arp => Decoded::Arp(link.at),
        Layer::Silent => Decoded::Other,
        _ => tunnel::open(frame, place),
    }
}

/// Decodes an IP payload that was put together from parts that lay in `depth` carriers. Offsets are relative to it.
#[must_use]
pub fn decode_joined(
    source: Address,
    destination: Address,
    protocol: u8,
    whole: &[u8],
    (mac, vlan): (Option<[u8; 6]>, u32),
    depth: u8,
) -> Decoded {
    match decode_ip_payload(source, destination, protocol, whole, whole.len()) {
        Some(mut packet) => {
            (packet.mac, packet.vlan) = (mac, vlan);
            if tunnel::may_carry(&packet) {
                tunnel::inside(whole, packet, depth)
            } else {
                Decoded::Packet(packet)
            }
        }
        None => Decoded::Unreadable(Unreadable::Transport),
    }
}

/// Decodes the IP packet of this version at a place. At the `OUTER`most one, the carrier in it is opened too: here, so
/// that the usual packet is not moved about for the sake of the rare one.
#[inline]
pub(super) fn internet<const VERSION: u8, const OUTER: bool>(frame: &[u8], place: &Place) -> Decoded {
    let Some(bytes) = frame.get(place.at..place.end) else { return Decoded::Unreadable(Unreadable::Short) };
    let (source, destination, protocol, header, stated, fragment) = if VERSION == 4 {
        match ipv4::read(bytes) {
            Some(ip) => (ip.source, ip.destination, ip.protocol, ip.header, ip.stated, ip.fragment),
            None => return Decoded::Unreadable(cut_or(bytes.len() < 20, Unreadable::Network)),
        }
    } else {
        match ipv6::read(bytes) {
            Some(ip) => (ip.source, ip.destination, ip.protocol, ip.header, ip.stated, ip.fragment),
            None => return Decoded::Unreadable(cut_or(bytes.len() < 40, Unreadable::Network)),
        }
    };
    let at = place.at + header;
    // Trailing padding is not payload: the IP length decides, unless less was captured.
    let len = place.end.saturating_sub(at).min(stated);
    if let Some(fragment) = fragment {
        return Decoded::Part {
            source,
            destination,
            protocol,
            fragment,
            at,
            len,
            stated,
            mac: place.mac,
            vlan: place.vlan,
            depth: place.depth,
        };
    }
    let Some(payload) = frame.get(at..at + len) else { return Decoded::Unreadable(Unreadable::Short) };
    match decode_ip_payload(source, destination, protocol, payload, stated) {
        Some(mut packet) => {
            packet.at += at;
            packet.mac = place.mac;
            packet.vlan = place.vlan;
            if OUTER && tunnel::may_carry(&packet) {
                return tunnel::inside(frame, packet, place.depth);
            }
            Decoded::Packet(packet)
        }
        None => Decoded::Unreadable(Unreadable::Transport),
    }
}

fn cut_or(cut: bool, otherwise: Unreadable) -> Unreadable {
    if cut { Unreadable::Short } else { otherwise }
}

/// Decodes the transport header of a whole IP payload (also one put together from fragments). `stated` is how long
/// the payload is by its headers. [`Packet::at`] is relative to `payload`.
#[inline]
#[must_use]
pub fn decode_ip_payload(
    source: Address,
    destination: Address,
    protocol: u8,
    payload: &[u8],
    stated: usize,
) -> Option<Packet> {
    let header = match protocol {
        TCP => transport::tcp(payload, stated)?,
        UDP => transport::udp(payload)?,
        ICMP | ICMPV6 => transport::icmp(payload)?,
        _ => Header::default(),
    };
    Some(Packet {
        source,
        destination,
        protocol,
        header,
        at: header.size.min(payload.len()),
        len: payload.len().saturating_sub(header.size),
        stated: stated.saturating_sub(header.size),
        mac: None,
        vlan: 0,
        not_opened: None,
    })
}

/// Entry point of the fuzz target: any bytes under any link type, and as what remains of each kind of IP packet;
/// offsets must stay inside the frame, however deep the packet lies.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let Some((&[high, low], frame)) = data.split_first_chunk::<2>() else { return };
    let links = [
        LinkType(u16::from_be_bytes([high, low])),
        LinkType::ETHERNET,
        LinkType::LINUX_SLL2,
        LinkType::PPP,
        LinkType::PPP_ETHER,
        LinkType::IEEE802_11,
        LinkType::IEEE802_11_RADIOTAP,
    ];
    for link in links {
        let decoded = decode(link, frame);
        check(frame, &decoded);
        if let Some(packet) = plain(link, frame) {
            assert_eq!(decoded, Decoded::Packet(packet), "the usual frame is no other");
        }
    }
    let (here, there) = (Address::v4([192, 0, 2, 1]), Address::v4([192, 0, 2, 2]));
    for protocol in [low, UDP, 4, 41, 47, 51, 137] {
        check(frame, &decode_joined(here, there, protocol, frame, (None, 0), high % (MOST_CARRIERS + 1)));
    }
}

/// What holds for whatever was decoded of a frame.
fn check(frame: &[u8], decoded: &Decoded) {
    match *decoded {
        Decoded::Packet(packet) => {
            assert!(packet.at + packet.len <= frame.len(), "payload lies inside the frame");
            assert!(packet.header.size <= packet.at || packet.len == 0, "the header lies before the payload");
            assert!(packet.len <= packet.stated || packet.stated == 0, "no padding is taken for payload");
        }
        Decoded::Part { at, len, depth, .. } => {
            assert!(at + len <= frame.len().max(at), "part lies inside the frame");
            assert!(depth <= MOST_CARRIERS, "no deeper than allowed");
        }
        Decoded::Arp(at) => assert!(at <= frame.len(), "ARP lies inside the frame"),
        Decoded::Other | Decoded::NotOpened(_) | Decoded::Unreadable(_) => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]

    use super::*;
    use etherparse::{LaxSlicedPacket, PacketBuilder, TransportSlice};
    use proptest::prelude::*;

    fn packet(link: LinkType, frame: &[u8]) -> Packet {
        match decode(link, frame) {
            Decoded::Packet(packet) => packet,
            other => panic!("not a packet: {other:?}"),
        }
    }

    fn tcp_frame(payload: &[u8]) -> Vec<u8> {
        let builder = PacketBuilder::ethernet2([2, 0, 0, 0, 0, 1], [2, 0, 0, 0, 0, 2])
            .ipv4([10, 0, 0, 1], [198, 51, 100, 9], 64)
            .tcp(51234, 3333, 7, 1000);
        let mut frame = Vec::new();
        builder.write(&mut frame, payload).unwrap();
        frame
    }

    /// 802.3 pads short frames to 60 bytes: the padding must not become stream data.
    #[test]
    fn padding_is_not_payload() {
        let mut frame = tcp_frame(b"x");
        frame.resize(60, 0);
        let packet = packet(LinkType::ETHERNET, &frame);
        assert_eq!((packet.len, packet.stated), (1, 1));
        assert_eq!(&frame[packet.at..packet.at + packet.len], b"x");
    }

    /// A frame cut by the snap length keeps what the headers state.
    #[test]
    fn a_cut_frame_states_its_length() {
        let frame = tcp_frame(&[b'a'; 100]);
        let packet = packet(LinkType::ETHERNET, &frame[..64]);
        assert_eq!((packet.len, packet.stated), (10, 100));
    }

    /// The same IP packet under every link type that issue and specification name decodes alike.
    #[test]
    fn every_link_type_finds_the_same_packet() {
        let ethernet = tcp_frame(b"hello");
        let ip = &ethernet[14..];
        let under = |head: &[u8]| [head, ip].concat();
        let sll = [0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0];
        let sll2 = [8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0];
        let vlan = [&ethernet[..12], &[0x81, 0, 0, 5, 0x81, 0, 0, 7, 8, 0], ip].concat();
        let cases = [
            (LinkType::RAW, under(&[])),
            (LinkType::RAW_DLT, under(&[])),
            (LinkType::IPV4, under(&[])),
            (LinkType::NULL, under(&[2, 0, 0, 0])),
            (LinkType::NULL, under(&[0, 0, 0, 2])),
            (LinkType::LOOP, under(&[0, 0, 0, 2])),
            (LinkType::LINUX_SLL, under(&sll)),
            (LinkType::LINUX_SLL2, under(&sll2)),
            (LinkType::ETHERNET, vlan),
        ];
        for (link, frame) in cases {
            let packet = packet(link, &frame);
            assert_eq!(packet.source.ip().to_string(), "10.0.0.1", "{link:?}");
            assert_eq!(packet.header.destination_port, 3333, "{link:?}");
            assert_eq!(&frame[packet.at..packet.at + packet.len], b"hello", "{link:?}");
            if link == LinkType::LINUX_SLL || link == LinkType::LINUX_SLL2 {
                assert_eq!(packet.mac, Some([2, 0, 0, 0, 0, 1]));
            }
            if link == LinkType::ETHERNET {
                assert_eq!(packet.vlan, 5 * 4096 + 7);
            }
        }
    }

    /// RFC 8200: hop-by-hop, destination options and an atomic fragment (RFC 6946) before TCP.
    #[test]
    fn ipv6_extension_headers_are_walked() {
        let builder = PacketBuilder::ipv6([1; 16], [2; 16], 64).tcp(1, 2, 3, 4);
        let mut plain = Vec::new();
        builder.write(&mut plain, b"data").unwrap();
        let mut frame = plain[..40].to_vec();
        frame[6] = 0;
        frame.extend([60, 0, 1, 4, 0, 0, 0, 0]);
        frame.extend([44, 0, 1, 4, 0, 0, 0, 0]);
        frame.extend([6, 0, 0, 0, 0, 0, 0, 9]);
        frame.extend(&plain[40..]);
        let length = (frame.len() - 40) as u16;
        frame[4..6].copy_from_slice(&length.to_be_bytes());
        let packet = packet(LinkType::RAW, &frame);
        assert_eq!((packet.header.source_port, packet.len), (1, 4));
    }

    #[test]
    fn endless_extension_headers_are_refused() {
        let mut frame = vec![0x60, 0, 0, 0, 1, 0, 0, 64];
        frame.extend([0; 32]);
        frame.extend([0u8; 256]);
        assert_eq!(decode(LinkType::RAW, &frame), Decoded::Unreadable(Unreadable::Network));
    }

    #[test]
    fn fragments_are_told_apart_from_packets() {
        let mut frame = tcp_frame(b"0123456789abcdef");
        frame[20] = 0x20;
        let Decoded::Part { fragment, len, .. } = decode(LinkType::ETHERNET, &frame) else {
            panic!("a part")
        };
        assert_eq!((fragment.offset, fragment.more, len), (0, true, 36));
    }

    proptest! {
        /// `etherparse` is the oracle: where it finds TCP ports in an Ethernet frame, so do we, and the same ones.
        #[test]
        fn agrees_with_etherparse(mut frame in proptest::collection::vec(any::<u8>(), 0..90), kind in 0usize..3) {
            if frame.len() > 34 {
                let (type_, version, protocol_at) = [([8, 0], 0x45, 23), ([0x86, 0xdd], 0x60, 20), ([8, 0], 0x46, 23)][kind];
                frame[12..14].copy_from_slice(&type_);
                frame[14] = version;
                frame[protocol_at] = 6;
            }
            if let Ok(theirs) = LaxSlicedPacket::from_ethernet(&frame)
                && let Some(TransportSlice::Tcp(tcp)) = theirs.transport
                && let Decoded::Packet(ours) = decode(LinkType::ETHERNET, &frame)
                && ours.protocol == TCP
            {
                prop_assert_eq!(tcp.source_port(), ours.header.source_port);
                prop_assert_eq!(tcp.sequence_number(), ours.header.sequence);
                prop_assert_eq!(tcp.payload().len().min(ours.stated), ours.len);
            }
        }

        /// The same through up to three VLAN tags and an authentication header, of which `etherparse` knows.
        #[test]
        fn agrees_with_etherparse_behind_tags_and_authentication(
            tags in proptest::collection::vec((0usize..3, any::<u16>()), 0..4),
            check_words in 0u8..6,
            version_6 in any::<bool>(),
            mut tcp in proptest::collection::vec(any::<u8>(), 20..60),
            padding in 0usize..8,
        ) {
            let mut frame = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];
            for (kind, tag) in tags {
                frame.extend([[0x81, 0], [0x88, 0xa8], [0x91, 0]][kind]);
                frame.extend(tag.to_be_bytes());
            }
            tcp[12] = 0x50;
            let mut payload = vec![6, 1 + check_words, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1];
            // Over IPv6 the header fills whole units of 8 bytes.
            let words = if version_6 { check_words | 1 } else { check_words };
            payload[1] = 1 + words;
            payload.extend(vec![0xa5; 4 * usize::from(words)]);
            payload.extend(&tcp);
            if version_6 {
                frame.extend([0x86, 0xdd, 0x60, 0, 0, 0, 0, payload.len() as u8, 51, 64]);
                frame.extend([[0x20; 16], [0x30; 16]].concat());
            } else {
                frame.extend([8, 0, 0x45, 0, 0, 20 + payload.len() as u8, 0, 0, 0, 0, 64, 51, 0, 0]);
                frame.extend([10, 0, 0, 1, 10, 0, 0, 2]);
            }
            frame.extend(&payload);
            frame.extend(vec![0; padding]);
            let theirs = LaxSlicedPacket::from_ethernet(&frame).unwrap();
            let Some(TransportSlice::Tcp(tcp)) = theirs.transport else { panic!("{theirs:?}") };
            let ours = packet(LinkType::ETHERNET, &frame);
            prop_assert_eq!((ours.protocol, ours.header.source_port), (TCP, tcp.source_port()));
            prop_assert_eq!(ours.header.sequence, tcp.sequence_number());
            prop_assert_eq!(&frame[ours.at..ours.at + ours.len], tcp.payload());
        }

        #[test]
        fn any_bytes_are_survived(data in proptest::collection::vec(any::<u8>(), 0..200)) {
            fuzz(&data);
        }
    }
}
