//! Carriers: each opens to the same inner packet, and what only looks like one stays shut.
//!
//! Headers are written out by hand from the documents named in the carriers' files; the drill's captures of the same
//! carriers, read by tshark 4.0 as the layers expected here (2026-11-24), say the same.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::packet::{Decoded, MOST_CARRIERS, NotOpened, Packet, TCP, UDP, Unreadable, decode};
use crate::capture::LinkType;
use etherparse::PacketBuilder;
use proptest::prelude::*;

const STATION: [u8; 6] = [2, 0, 0, 0, 0, 0x11];
const ROUTER: [u8; 6] = [2, 0, 0, 0, 0, 0x22];
const ACCESS_POINT: [u8; 6] = [2, 0, 0, 0, 0, 0x33];

/// A TCP packet from 10.0.0.1 to 198.51.100.9 port 3333, which says `hello`.
fn inner() -> Vec<u8> {
    let builder = PacketBuilder::ipv4([10, 0, 0, 1], [198, 51, 100, 9], 64).tcp(51234, 3333, 7, 1000);
    let mut packet = Vec::new();
    builder.write(&mut packet, b"hello").unwrap();
    packet
}

fn ethernet(kind: u16, rest: &[u8]) -> Vec<u8> {
    [&ROUTER[..], &STATION, &kind.to_be_bytes(), rest].concat()
}

fn ipv4(protocol: u8, payload: &[u8]) -> Vec<u8> {
    let total = (20 + payload.len()) as u16;
    let [high, low] = total.to_be_bytes();
    let head = [0x45, 0, high, low, 0, 1, 0, 0, 64, protocol, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2];
    [&head[..], payload].concat()
}

fn ipv6(next: u8, payload: &[u8]) -> Vec<u8> {
    let [high, low] = (payload.len() as u16).to_be_bytes();
    let address = [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    [&[0x60, 0, 0, 0, high, low, next, 64][..], &address, &address, payload].concat()
}

fn udp_between(source: u16, destination: u16, payload: &[u8]) -> Vec<u8> {
    let length = (8 + payload.len()) as u16;
    let ports = [source.to_be_bytes(), destination.to_be_bytes(), length.to_be_bytes(), [0, 0]].concat();
    ipv4(17, &[&ports[..], payload].concat())
}

fn udp(port: u16, payload: &[u8]) -> Vec<u8> {
    udp_between(50_000, port, payload)
}

fn is_inner(frame: &[u8], decoded: Decoded) -> Packet {
    let Decoded::Packet(packet) = decoded else { panic!("no packet: {decoded:?} in {frame:02x?}") };
    assert_eq!(packet.source.ip().to_string(), "10.0.0.1", "{packet:?}");
    assert_eq!((packet.protocol, packet.header.destination_port), (TCP, 3333));
    assert_eq!(&frame[packet.at..packet.at + packet.len], b"hello");
    assert_eq!((packet.stated, packet.not_opened), (5, None));
    packet
}

fn opens(link: u16, frame: &[u8]) -> Packet {
    is_inner(frame, decode(LinkType(link), frame))
}

/// The outer packet is what there is: a datagram to this port, or protocol 47 and the like.
fn stays(frame: &[u8], not_opened: Option<NotOpened>) -> Packet {
    match decode(LinkType::RAW, frame) {
        Decoded::Packet(packet) => {
            assert_eq!(packet.source.ip().to_string(), "192.0.2.1", "the outer packet: {packet:?}");
            assert_eq!(packet.not_opened, not_opened);
            packet
        }
        other => panic!("{other:?}"),
    }
}

const RAW: u16 = 101;

#[test]
fn mpls_is_guessed_from_its_content() {
    let labels = [0, 0x10, 0, 64, 0, 0x20, 1, 64];
    let packet = opens(1, &ethernet(0x8847, &[&labels[..], &inner()].concat()));
    assert_eq!(packet.mac, Some(STATION), "the sender on the link");
    let frame = ethernet(0x0800, &inner());
    let plain = [&labels[..], &frame].concat();
    opens(1, &ethernet(0x8848, &plain));
    let controlled = [&labels[..], &[0, 0, 0, 9], &frame].concat();
    opens(1, &ethernet(0x8847, &controlled));
    opens(RAW, &ipv4(137, &controlled));
    opens(RAW, &udp(6635, &[&labels[..], &inner()].concat()));
    // An Ethernet address may begin with the bits of an IP version.
    let mut like_ip = frame;
    like_ip[0] = 0x46;
    opens(1, &ethernet(0x8847, &[&labels[..], &like_ip].concat()));
    let endless = ethernet(0x8847, &[0, 0, 0, 64].repeat(40));
    assert_eq!(decode(LinkType::ETHERNET, &endless), Decoded::NotOpened(NotOpened::Mpls));
}

/// PPP fields may be compressed each by itself; PPPoE's length leaves the padding of short frames out.
#[test]
fn ppp_with_and_without_its_fields() {
    for head in [&[0xff, 3, 0, 0x21][..], &[0xff, 3, 0x21], &[0, 0x21], &[0x21]] {
        let frame = [head, &inner()].concat();
        opens(9, &frame);
        opens(50, &frame);
    }
    opens(50, &[&[0x0f, 0, 8, 0][..], &inner()].concat());
    opens(104, &[&[0x8f, 0, 8, 0][..], &inner()].concat());
    let length = (inner().len() + 2) as u8;
    let session = [&[0x11, 0, 0, 1, 0, length, 0, 0x21][..], &inner(), &[0; 9]].concat();
    opens(51, &session);
    opens(1, &ethernet(0x8864, &session));
    // Two bytes fewer by PPPoE's word than by IP's: they are not there, whatever lies behind.
    let short = [&[0x11, 0, 0, 1, 0, length - 2, 0, 0x21][..], &inner(), &[0; 9]].concat();
    let Decoded::Packet(packet) = decode(LinkType::PPP_ETHER, &short) else { panic!("a packet") };
    assert_eq!((packet.len, packet.stated), (3, 5));
    let discovery = ethernet(0x8863, &[0x11, 9, 0, 0, 0, 0]);
    assert_eq!(decode(LinkType::ETHERNET, &discovery), Decoded::Other);
    let control = [0xff, 3, 0xc0, 0x21, 1, 1, 0, 4];
    assert_eq!(decode(LinkType::PPP, &control), Decoded::Other);
    let encrypted = [0xff, 3, 0, 0xfd, 0x90, 0, 1, 2, 3];
    assert_eq!(decode(LinkType::PPP, &encrypted), Decoded::NotOpened(NotOpened::Ppp));
}

/// An 802.11 header, its optional fields and LLC/SNAP.
fn wireless(control: [u8; 2], addresses: [[u8; 6]; 3], rest: &[u8]) -> Vec<u8> {
    [&control[..], &[0, 0], &addresses.concat(), &[0x10, 0], rest].concat()
}

const SNAP: [u8; 8] = [0xaa, 0xaa, 3, 0, 0, 0, 8, 0];

/// IEEE 802.11-2020 table 9-30: which address is the sender's, by the two directions.
#[test]
fn wireless_directions_choose_the_sender() {
    let body = [&SNAP[..], &inner()].concat();
    let to = wireless([8, 1], [ACCESS_POINT, STATION, ROUTER], &body);
    let from = wireless([8, 2], [ROUTER, ACCESS_POINT, STATION], &body);
    let among = wireless([8, 0], [ROUTER, STATION, ACCESS_POINT], &body);
    let bridge = wireless([8, 3], [ACCESS_POINT, ACCESS_POINT, ROUTER], &[&STATION[..], &body].concat());
    for frame in [to, from, among, bridge] {
        assert_eq!(opens(105, &frame).mac, Some(STATION), "{frame:02x?}");
    }
}

#[test]
fn wireless_options_are_passed_over() {
    let body = [&SNAP[..], &inner()].concat();
    let addresses = [ACCESS_POINT, STATION, ROUTER];
    let quality = wireless([0x88, 1], addresses, &[&[0, 0][..], &body].concat());
    opens(105, &quality);
    opens(105, &wireless([0x88, 0x81], addresses, &[&[0, 0, 1, 2, 3, 4][..], &body].concat()));
    let subframe = [&ROUTER[..], &STATION, &(body.len() as u16).to_be_bytes(), &body].concat();
    let aggregate = wireless([0x88, 1], addresses, &[&[0x80, 0][..], &subframe].concat());
    opens(105, &aggregate);
    let two = wireless([0x88, 1], addresses, &[&[0x80, 0][..], &subframe, &[0; 3], &subframe].concat());
    assert_eq!(decode(LinkType::IEEE802_11, &two), Decoded::NotOpened(NotOpened::WifiParts));
    let encrypted = wireless([8, 0x41], addresses, &body);
    assert_eq!(decode(LinkType::IEEE802_11, &encrypted), Decoded::NotOpened(NotOpened::Wifi));
    for silent in [[0x80, 0], [0xb4, 0], [0x48, 1], [0xc8, 1]] {
        assert_eq!(decode(LinkType::IEEE802_11, &wireless(silent, addresses, &body)), Decoded::Other);
    }
}

/// radiotap.org: fields are aligned to their size, so that TSFT moves by 4 behind an odd number of bit maps.
#[test]
fn radiotap_flags_are_found_behind_the_clock() {
    let body = [&SNAP[..], &inner()].concat();
    let frame = wireless([0x88, 1], [ACCESS_POINT, STATION, ROUTER], &[&[0, 0][..], &body].concat());
    let padded = wireless([0x88, 1], [ACCESS_POINT, STATION, ROUTER], &[&[0, 0, 0, 0][..], &body].concat());
    opens(127, &[&[0, 0, 8, 0, 0, 0, 0, 0][..], &frame].concat());
    let flags_only = |flags| [0, 0, 9, 0, 2, 0, 0, 0, flags];
    opens(127, &[&flags_only(0)[..], &frame, &[1, 2, 3, 4]].concat());
    opens(127, &[&flags_only(0x20)[..], &padded].concat());
    let damaged = [&flags_only(0x40)[..], &frame].concat();
    assert_eq!(decode(LinkType::IEEE802_11_RADIOTAP, &damaged), Decoded::Other);
    let clock = |flags: u8| {
        // two bit maps: 12 bytes, then 4 to reach the clock's alignment
        let maps = [0, 0, 25, 0, 3, 0, 0, 0x80, 0, 0, 0, 0];
        [&maps[..], &[0xff; 4], &[0x40; 8], &[flags]].concat()
    };
    opens(127, &[&clock(0x20)[..], &padded].concat());
}

#[test]
fn generic_routing_with_all_its_options() {
    for (flags, words) in [(0x00, 0), (0x80, 1), (0x20, 1), (0x10, 1), (0xb0, 3)] {
        let body = [&[flags, 0, 8, 0][..], &vec![0xee; 4 * words], &inner()].concat();
        opens(RAW, &ipv4(47, &body));
        opens(RAW, &udp(4754, &body));
    }
    let frame = ethernet(0x0800, &inner());
    let gre = |head: &[u8], rest: &[u8]| ipv4(47, &[head, rest].concat());
    assert_eq!(opens(RAW, &gre(&[0, 0, 0x65, 0x58], &frame)).mac, Some(STATION));
    let routed = ethernet(0x0800, &gre(&[0, 0, 8, 0], &inner()));
    assert_eq!(opens(1, &routed).mac, None, "a gateway's address is not the host's");
    let pptp = [0x30, 0x81, 0x88, 0x0b, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 1, 0xff, 3, 0, 0x21];
    opens(RAW, &gre(&pptp, &inner()));
    opens(RAW, &gre(&[0, 0, 0x88, 0x3e], &inner()));
    opens(RAW, &gre(&[0, 0, 0x88, 0x3e, 0, 0, 0, 0], &inner()));
    // ERSPAN I, II, III with and without a platform header.
    opens(RAW, &gre(&[0, 0, 0x88, 0xbe], &frame));
    opens(RAW, &gre(&[0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 5, 0, 1, 0, 0, 0, 0], &frame));
    let third = [0x10, 0, 0x22, 0xeb, 0, 0, 0, 1, 0x20, 5, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
    opens(RAW, &gre(&third, &frame));
    let mut platform = third;
    platform[19] = 1;
    opens(RAW, &gre(&platform, &[&[7; 8][..], &frame].concat()));
    // A source route is refused by RFC 2784, a keep-alive holds nothing.
    stays(&gre(&[0x40, 0, 8, 0, 0, 0, 0, 0], &inner()), Some(NotOpened::Gre));
    stays(&gre(&[0, 0, 0, 0], &[]), None);
    stays(&gre(&[0, 0, 8, 0], b"no packet"), Some(NotOpened::Gre));
}

#[test]
fn ip_in_ip_and_signed() {
    opens(RAW, &ipv4(4, &inner()));
    opens(RAW, &ipv6(4, &inner()));
    opens(RAW, &ipv4(41, &ipv6(4, &inner())));
    opens(RAW, &ipv4(97, &[&[0x30, 0][..], &ethernet(0x0800, &inner())].concat()));
    let signed = |protocol: u8, rest: &[u8]| {
        ipv4(51, &[&[protocol, 4, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1][..], &[0xa5; 12], rest].concat())
    };
    opens(RAW, &signed(4, &inner()));
    let transport = stays(&signed(6, &inner()[20..]), None);
    assert_eq!((transport.protocol, transport.header.destination_port, transport.len), (TCP, 3333, 5));
    stays(&ipv4(4, &ipv6(6, &inner()[20..])), Some(NotOpened::IpInIp));
    stays(&ipv4(50, &[7; 40]), Some(NotOpened::Esp));
    stays(&ipv4(115, &[7; 40]), Some(NotOpened::L2tp));
}

#[test]
fn overlays_in_datagrams() {
    let frame = ethernet(0x0800, &inner());
    let tagged = [&frame[..12], &[0x81, 0, 0, 77], &frame[12..]].concat();
    for port in [4789, 8472] {
        let vxlan = |head: [u8; 8], rest: &[u8]| udp(port, &[&head[..], rest].concat());
        opens(RAW, &vxlan([8, 0, 0, 0, 0, 0, 42, 0], &frame));
        assert_eq!(opens(RAW, &vxlan([8, 0, 0, 0, 0, 0, 42, 0], &tagged)).vlan, 77);
        opens(RAW, &vxlan([0x88, 0x48, 0, 9, 0, 0, 42, 0], &frame));
        opens(RAW, &vxlan([0x0c, 0, 0, 1, 0, 0, 42, 0], &inner()));
        opens(RAW, &vxlan([0x0c, 0, 0, 3, 0, 0, 42, 0], &frame));
    }
    opens(RAW, &udp(6081, &[&[0, 0, 0x65, 0x58, 0, 0, 1, 0][..], &frame].concat()));
    opens(RAW, &udp(6081, &[&[2, 0x40, 8, 0, 0, 0, 1, 0][..], &[7; 8], &inner()].concat()));
    let length = |more: usize| ((inner().len() + more) as u16).to_be_bytes();
    let gtp = |flags: u8, options: &[u8]| {
        udp(2152, &[&[flags, 255][..], &length(options.len()), &[0, 0, 0, 1], options, &inner()].concat())
    };
    opens(RAW, &gtp(0x30, &[]));
    opens(RAW, &gtp(0x32, &[0, 1, 0, 0]));
    opens(RAW, &gtp(0x34, &[0, 0, 0, 0x85, 1, 0, 0, 0xc0, 2, 0, 0, 0, 0, 0, 0, 0]));
    let layer2 = |head: &[u8]| udp(1701, &[head, &[0xff, 3, 0, 0x21], &inner(), &[0; 4]].concat());
    opens(RAW, &layer2(&[0, 2, 0, 1, 0, 1]));
    opens(RAW, &layer2(&[0x4a, 2, 0, inner().len() as u8 + 18, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]));
    // L2TP's own length ends two bytes before the packet would (8 + 4 + 43): no tunnel, then.
    stays(&layer2(&[0x40, 2, 0, 55, 0, 1, 0, 1]), None);
}

/// RFC 4380: bare, behind an origin indication, behind an authentication header with both lengths 0; and an address
/// that is no client's.
#[test]
fn teredo_with_its_two_headers() {
    let packet = |first: [u8; 4]| {
        let mut packet = ipv6(6, &inner()[20..]);
        packet[8..12].copy_from_slice(&first);
        packet
    };
    let client = [0x20, 1, 0, 0];
    let origin = [0, 0, 0xef, 0xfe, 0x3f, 0xff, 0xfd, 0xfd];
    let authentication = [0, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0];
    for head in [vec![], origin.to_vec(), authentication.to_vec(), [&authentication[..], &origin].concat()] {
        let frame = udp(3544, &[&head[..], &packet(client)].concat());
        let Decoded::Packet(packet) = decode(LinkType::RAW, &frame) else { panic!("a packet") };
        assert_eq!((packet.protocol, packet.header.destination_port, packet.len), (TCP, 3333, 5));
    }
    stays(&udp(3544, &packet([0x20, 1, 0x0d, 0xb8])), None);
}

/// A cut frame still shows the inner packet's ports, and what it states.
#[test]
fn a_cut_frame_in_a_tunnel() {
    let whole = udp(4789, &[&[8, 0, 0, 0, 0, 0, 1, 0][..], &ethernet(0x0800, &inner())].concat());
    let Decoded::Packet(packet) = decode(LinkType::RAW, &whole[..whole.len() - 3]) else {
        panic!("a packet")
    };
    assert_eq!((packet.header.destination_port, packet.len, packet.stated), (3333, 2, 5));
}

/// A port alone makes no tunnel: each of these has the port and lacks one thing.
#[test]
fn what_only_looks_like_a_tunnel() {
    let frame = ethernet(0x0800, &inner());
    let vxlan = |head: [u8; 8], rest: &[u8]| udp(4789, &[&head[..], rest].concat());
    let good = [8, 0, 0, 0, 0, 0, 42, 0];
    let reserved = vxlan([8, 0, 0, 1, 0, 0, 42, 0], &frame);
    let last = vxlan([8, 0, 0, 0, 0, 0, 42, 1], &frame);
    let no_frame = vxlan(good, &[8; 60]);
    let long = {
        let mut frame = frame.clone();
        frame[17] += 40;
        vxlan(good, &frame)
    };
    let strange_protocol = {
        let mut frame = frame.clone();
        frame[14 + 9] = 201;
        vxlan(good, &frame)
    };
    let spanning_tree = vxlan(good, &[&frame[..12], &[0, 38, 0x42, 0x42, 3], &[0; 35]].concat());
    let source_port = udp_between(4789, 53, &[&good[..], &frame].concat());
    let geneve_type = udp(6081, &[&[0, 0, 0x12, 0x34, 0, 0, 1, 0][..], &inner()].concat());
    let gtp_control = udp(2152, &[0x30, 1, 0, 0, 0, 0, 0, 0]);
    let quic = udp(4500, &[0xff]);
    let cases = [
        reserved,
        last,
        no_frame,
        long,
        strange_protocol,
        spanning_tree,
        source_port,
        geneve_type,
        gtp_control,
        quic,
    ];
    for packet in cases {
        assert_eq!(stays(&packet, None).protocol, UDP, "{packet:02x?}");
    }
}

#[test]
fn sealed_tunnels_are_named() {
    stays(&udp(51820, &[&[4, 0, 0, 0][..], &[9; 60]].concat()), Some(NotOpened::WireGuard));
    stays(&udp(51820, &[&[1, 0, 0, 0][..], &[9; 144]].concat()), Some(NotOpened::WireGuard));
    stays(&udp(51820, &[&[1, 0, 0, 0][..], &[9; 140]].concat()), None);
    stays(&udp(4500, &[9; 60]), Some(NotOpened::Esp));
    stays(&udp(4500, &[&[0; 4][..], &[9; 60]].concat()), None);
    stays(&udp(1701, &[0, 3, 0, 0, 1, 2, 3, 4, 5]), Some(NotOpened::L2tp));
    stays(&udp(5247, &[1, 0, 0, 0, 23, 0xfe, 0xfd, 0, 0]), Some(NotOpened::Capwap));
    stays(&udp(5247, &[7; 40]), None);
}

/// A fragment inside a tunnel is a part of the inner packet.
#[test]
fn a_part_in_a_tunnel() {
    let mut part = inner();
    part[6] = 0x20;
    let outer = ipv4(47, &[&[0, 0, 8, 0][..], &part].concat());
    let Decoded::Part { source, depth, len, .. } = decode(LinkType::RAW, &outer) else { panic!("a part") };
    assert_eq!((source.ip().to_string().as_str(), depth, len), ("10.0.0.1", 1, 25));
}

/// Puts a packet into a carrier of each kind, by number.
fn wrap(kind: usize, packet: &[u8]) -> Vec<u8> {
    let is_v4 = packet[0] >> 4 == 4;
    let kind_of = if is_v4 { [8, 0] } else { [0x86, 0xdd] };
    let frame = [&ROUTER[..], &STATION, &kind_of, packet].concat();
    match kind {
        0 => ipv4(if is_v4 { 4 } else { 41 }, packet),
        1 => ipv6(if is_v4 { 4 } else { 41 }, packet),
        2 => ipv4(47, &[&[0x20, 0][..], &kind_of, &[0; 4], packet].concat()),
        3 => udp(4789, &[&[8, 0, 0, 0, 0, 0, 1, 0][..], &frame].concat()),
        4 => udp(6081, &[&[0, 0][..], &kind_of, &[0, 0, 1, 0], packet].concat()),
        5 => ipv4(97, &[&[0x30, 0][..], &frame].concat()),
        _ => {
            let length = (packet.len() as u16).to_be_bytes();
            udp(2152, &[&[0x30, 255][..], &length, &[0, 0, 0, 1], packet].concat())
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Any carriers inside one another, up to the limit, show the inner packet; one more, and it is said so.
    #[test]
    fn as_deep_as_allowed_and_no_deeper(kinds in proptest::collection::vec(0usize..7, 1..12)) {
        let packet = kinds.iter().fold(inner(), |packet, &kind| wrap(kind, &packet));
        let decoded = decode(LinkType::RAW, &packet);
        if kinds.len() <= usize::from(MOST_CARRIERS) {
            is_inner(&packet, decoded);
        } else {
            let Decoded::Packet(packet) = decoded else { panic!("{decoded:?}") };
            prop_assert_eq!(packet.not_opened, Some(NotOpened::TooDeep));
        }
    }

    /// A tunnel damaged anywhere gives the inner packet, the outer one, or a reason; never bytes from elsewhere.
    #[test]
    fn damage_is_survived(
        kinds in proptest::collection::vec(0usize..7, 1..8),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
        link in prop::sample::select(vec![1u16, 9, 50, 51, 101, 105, 127]),
    ) {
        let mut packet = kinds.iter().fold(inner(), |packet, &kind| wrap(kind, &packet));
        for (at, byte) in damage {
            let at = at.index(packet.len());
            packet[at] = byte;
        }
        packet.truncate(cut.index(packet.len() + 1));
        super::packet::fuzz(&[&link.to_be_bytes()[..], &packet].concat());
    }
}

#[test]
fn more_tags_than_anybody_needs() {
    let frame = [&ROUTER[..], &STATION, &[0x81, 0, 0, 1].repeat(5), &[8, 0], &inner()].concat();
    assert_eq!(decode(LinkType::ETHERNET, &frame), Decoded::NotOpened(NotOpened::TooDeep));
    assert_eq!(decode(LinkType(9999), &frame), Decoded::Unreadable(Unreadable::LinkType(LinkType(9999))));
}
