//! Miners inside tunnels and on unusual links: the inner addresses are the hosts. And what only looks like a tunnel.

use std::net::Ipv6Addr;
use std::time::Duration;

use super::common::{changed, monero};
use super::look_alike::bystander;
use crate::miner::Plan;
use crate::scene::{Level, Packet, Role, Scene, Time};
use crate::stage::{MORNING, Stage, inside, local, outside, server};
use crate::wire::{Link, Tunnel, dns};

fn over(seed: u64, id: &str, note: &str, link: Link, tunnels: &[Tunnel]) -> Stage {
    changed(seed, id, note, 3333, monero(seed), |stage, conversation| {
        stage.wire.link = link.clone();
        conversation.wire.link = link;
        conversation.wire.tunnels = tunnels.to_vec();
    })
}

fn link(seed: u64, id: &str, note: &str, link: Link) -> Scene {
    over(seed, id, note, link, &[]).finish_noted()
}

fn tunnel(seed: u64, id: &str, note: &str, tunnels: &[Tunnel]) -> Scene {
    over(seed, id, note, Link::Ethernet(Vec::new()), tunnels).finish_noted()
}

pub(super) fn qinq(seed: u64) -> Scene {
    link(seed, "qinq", "three VLAN tags", Link::Ethernet(vec![10, 100, 20]))
}

pub(super) fn mpls(seed: u64) -> Scene {
    tunnel(seed, "mpls", "MPLS labels one way, a pseudowire the other", &[Tunnel::Mpls])
}

pub(super) fn pppoe(seed: u64) -> Scene {
    tunnel(seed, "pppoe", "a PPPoE session", &[Tunnel::Pppoe])
}

pub(super) fn ppp(seed: u64) -> Scene {
    link(seed, "ppp", "PPP with compressed fields one way", Link::Ppp)
}

pub(super) fn ppp_hdlc(seed: u64) -> Scene {
    link(seed, "ppp-hdlc", "PPP in HDLC-like framing", Link::PppHdlc)
}

pub(super) fn ppp_ether(seed: u64) -> Scene {
    link(seed, "ppp-ether", "PPPoE without Ethernet", Link::PppEther)
}

pub(super) fn wifi_data(seed: u64) -> Scene {
    link(seed, "wifi-data", "802.11 data frames", Link::Wireless)
}

pub(super) fn wifi_radiotap(seed: u64) -> Scene {
    link(seed, "wifi-radiotap", "802.11 behind radiotap", Link::Radiotap)
}

pub(super) fn gre(seed: u64) -> Scene {
    tunnel(seed, "gre", "GRE", &[Tunnel::Gre])
}

pub(super) fn gre_ethernet(seed: u64) -> Scene {
    tunnel(seed, "gre-ethernet", "Ethernet in GRE", &[Tunnel::GreEthernet])
}

pub(super) fn gre_erspan(seed: u64) -> Scene {
    tunnel(seed, "gre-erspan", "ERSPAN II one way, III the other", &[Tunnel::Erspan])
}

pub(super) fn pptp(seed: u64) -> Scene {
    tunnel(seed, "pptp", "PPP in PPTP's GRE", &[Tunnel::Pptp])
}

pub(super) fn ipip(seed: u64) -> Scene {
    tunnel(seed, "ipip", "IPv4 in IPv4", &[Tunnel::InIpv4])
}

pub(super) fn ip_in_ipv6(seed: u64) -> Scene {
    tunnel(seed, "ip-in-ipv6", "IPv4 in IPv6", &[Tunnel::InIpv6])
}

pub(super) fn ether_ip(seed: u64) -> Scene {
    tunnel(seed, "ether-ip", "Ethernet in IP", &[Tunnel::EtherIp])
}

pub(super) fn authenticated(seed: u64) -> Scene {
    tunnel(seed, "authenticated", "behind an IP authentication header", &[Tunnel::Authenticated])
}

pub(super) fn vxlan(seed: u64) -> Scene {
    tunnel(seed, "vxlan", "VXLAN", &[Tunnel::Vxlan(4789)])
}

pub(super) fn vxlan_8472(seed: u64) -> Scene {
    tunnel(seed, "vxlan-8472", "VXLAN on Linux's old port", &[Tunnel::Vxlan(8472)])
}

pub(super) fn geneve(seed: u64) -> Scene {
    tunnel(seed, "geneve", "GENEVE, with an option one way", &[Tunnel::Geneve])
}

pub(super) fn gtp_u(seed: u64) -> Scene {
    tunnel(seed, "gtp-u", "a mobile subscriber in GTP-U", &[Tunnel::GtpU])
}

pub(super) fn l2tp(seed: u64) -> Scene {
    tunnel(seed, "l2tp", "PPP in L2TP", &[Tunnel::L2tp])
}

/// A miner with an IPv6 address at a pool with one.
fn over_ipv6(seed: u64, id: &str, note: &str, miner: Ipv6Addr, tunnel: Tunnel) -> Scene {
    let mut stage = Stage::new(seed, id);
    let talk = monero(seed)(&mut stage.rng, &Plan::short(MORNING));
    let pool = outside(Ipv6Addr::new(0x2001, 0xDB8, 0xFFFF, 0, 0, 0, 0, 9));
    let mut conversation = stage.conversation(local(miner, 23), pool, 3333);
    conversation.wire.tunnels = vec![tunnel];
    stage.mine(&conversation, MORNING, talk);
    stage.finish(note)
}

pub(super) fn six_in_four(seed: u64) -> Scene {
    let miner = Ipv6Addr::new(0x2001, 0xDB8, 0x10, 0, 0, 0, 0, 0x23);
    over_ipv6(seed, "six-in-four", "IPv6 in IPv4", miner, Tunnel::InIpv4)
}

/// The miner's Teredo address (RFC 4380 section 4) holds a server of 192.0.2.0/24 and a mapped 203.0.113.23.
pub(super) fn teredo(seed: u64) -> Scene {
    let miner = Ipv6Addr::new(0x2001, 0, 0xC000, 0x0201, 0, 0x3FFF, 0x34FF, 0x8EE8);
    over_ipv6(seed, "teredo", "IPv6 in Teredo", miner, Tunnel::Teredo)
}

pub(super) fn fragments(seed: u64) -> Scene {
    let note = "fragments of 300 bytes in GRE, whose packets come in fragments of 200 bytes inside VXLAN";
    changed(seed, "tunnel-fragments", note, 3333, monero(seed), |_, conversation| {
        conversation.wire.mtu = 300;
        conversation.wire.tunnels = vec![Tunnel::Gre, Tunnel::Vxlan(4789)];
        conversation.wire.tunnel_mtu = 200;
    })
    .finish_noted()
}

/// The finest cut that IP allows, and a host that sends beginnings of packets only.
pub(super) fn tiny_fragments(seed: u64) -> Scene {
    let note = "segments in fragments of 8 bytes, among 5,000 fragments of packets that never come";
    let mut stage = changed(seed, "tiny-fragments", note, 3333, monero(seed), |_, conversation| {
        conversation.wire.mtu = 28;
    });
    let (flooder, target) = (inside(99), server(9));
    for number in 0..5_000u32 {
        let time = MORNING + Duration::from_millis(u64::from(number));
        let mut parts = stage.wire.clone();
        parts.mtu = 28;
        let first = parts.carry(time, flooder, target, 17, number, &[0; 24]).into_iter().take(1);
        stage.scene.packets.extend(first);
    }
    stage.finish_noted()
}

/// Eight of them, as many as are opened.
const DEEP: [Tunnel; 8] = [
    Tunnel::InIpv4,
    Tunnel::Vxlan(4789),
    Tunnel::Gre,
    Tunnel::InIpv6,
    Tunnel::Geneve,
    Tunnel::EtherIp,
    Tunnel::GtpU,
    Tunnel::GreEthernet,
];

pub(super) fn nested(seed: u64) -> Scene {
    tunnel(seed, "nested", "eight tunnels inside one another", &DEEP)
}

/// Nobody looks so deep: nothing may be said, but that there is something.
pub(super) fn nested_too_deep(seed: u64) -> Scene {
    let tunnels = [&DEEP[..], &[Tunnel::Gre, Tunnel::Gre, Tunnel::InIpv4]].concat();
    let mut stage = over(seed, "nested-too-deep", "eleven tunnels", Link::Ethernet(Vec::new()), &tunnels);
    stage.scene.truth.hosts.clear();
    bystander(&mut stage, inside(23), None, Role::Bystander, Level::Noted);
    stage.finish_noted()
}

/// A hypervisor mirrors what it also sends into the overlay: each packet comes twice, and is one.
pub(super) fn vxlan_and_plain(seed: u64) -> Scene {
    let note = "the same session inside VXLAN and plain";
    let mut stage = Stage::new(seed, "vxlan-and-plain");
    let talk = monero(seed)(&mut stage.rng, &Plan::short(MORNING));
    let plain = stage.conversation(inside(23), crate::stage::pool(9), 3333);
    let mut carried = plain.clone();
    carried.wire.tunnels = vec![Tunnel::Vxlan(4789)];
    let mut again = stage.rng.clone();
    stage.mine(&plain, MORNING, talk.clone());
    let later = |packet: Packet| Packet { time: packet.time + Duration::from_micros(11), ..packet };
    stage.scene.packets.extend(carried.play(&mut again, MORNING, &talk.turns).into_iter().map(later));
    stage.finish(note)
}

/// A resolver that asks from VXLAN's port, and a game that chose the other one: their bytes begin like tunnels.
pub(super) fn ports(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "tunnel-ports");
    let (host, upstream, player) = (inside(31), server(53), server(84));
    for number in 0..6u64 {
        let time = MORNING + Duration::from_secs(number * 7);
        let name = format!("www{number}.example.com");
        let address = server(number as u8).address;
        let records = [dns::Record { owner: name.clone(), lives: 300, data: dns::Data::Address(address) }];
        // the first byte of the answer is that of a VXLAN header
        let id = 0x0800 | number as u16;
        stage.udp(time, (host, 4789), (upstream, 53), &dns::query(id, &name, dns::A));
        let answer = dns::answer(id, &name, dns::A, &records);
        stage.udp(time + Duration::from_millis(9), (upstream, 53), (host, 4789), &answer);
    }
    for number in 0..40u64 {
        let time = MORNING + Duration::from_millis(number * 50);
        // a message type, a map, then positions: eight bytes that are a VXLAN header, and no frame behind them
        let mut message = vec![8, 0, 0, 0, 0, 0, number as u8, 0];
        let positions = stage.rng.bytes(40);
        message.extend_from_slice(&positions);
        stage.udp(time, (host, 50_000), (player, 8472), &message);
        stage.udp(time + Duration::from_millis(20), (player, 8472), (host, 50_000), &message);
    }
    bystander(&mut stage, host, None, Role::Bystander, Level::Noted);
    stage.finish("look-ups from port 4789 and a game on port 8472")
}

/// Tunnels that are seen and stay shut.
pub(super) fn not_opened(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "tunnels-not-opened");
    let (host, gateway) = (inside(31), server(5));
    let send = |stage: &mut Stage, at: u64, protocol: Option<u8>, port: u16, body: &[u8]| {
        let time: Time = MORNING + Duration::from_millis(at * 10);
        match protocol {
            Some(protocol) => {
                let packets = stage.wire.carry(time, host, gateway, protocol, at as u32, body);
                stage.scene.packets.extend(packets);
            }
            None => stage.udp(time, (host, port), (gateway, port), body),
        }
    };
    for number in 0..20u64 {
        let sealed = stage.rng.bytes(112);
        let sequence = [0, 0, 0, number as u8];
        send(&mut stage, number * 4, Some(50), 0, &[&[0xC0, 0, 0, 1], &sequence[..], &sealed].concat());
        send(&mut stage, number * 4 + 1, None, 4500, &[&[0xC0, 0, 0, 2], &sequence[..], &sealed].concat());
        let wireguard =
            [&[4, 0, 0, 0, 1, 2, 3, 4], &[number as u8, 0, 0, 0, 0, 0, 0, 0][..], &sealed].concat();
        send(&mut stage, number * 4 + 2, None, 51820, &wireguard);
        let record = [&[1, 0, 0, 0, 0x17, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0], &sequence[2..], &[0, 112], &sealed];
        send(&mut stage, number * 4 + 3, None, 5247, &record.concat());
    }
    bystander(&mut stage, host, None, Role::Bystander, Level::Noted);
    stage.finish("ESP, ESP in UDP, WireGuard, CAPWAP over DTLS")
}
