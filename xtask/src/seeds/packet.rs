//! Seeds for packet headers. The target reads the link type from the first two bytes, then the frame.

use super::{Seed, hex};

/// A frame of each link layer, with and without tags, fragments and extension headers.
pub(super) fn seeds() -> Vec<Seed> {
    let tcp = hex("c822 0d05 00000001 00000002 5018 0400 0000 0000");
    let tcp_options =
        hex("c822 0d05 00000001 00000000 a002 0400 0000 0000 020405b4 0402080a 00000001 00000000 01030307");
    let udp = [hex("c822 0035 000c 0000"), b"mine".to_vec()].concat();
    let over_ipv4 = |protocol: u8, fragment: u16, payload: &[u8]| {
        let total = u16::try_from(20 + payload.len()).unwrap_or_default();
        [
            &hex("45 00")[..],
            &total.to_be_bytes(),
            &hex("0001"),
            &fragment.to_be_bytes(),
            &[64, protocol, 0, 0],
            &[10, 0, 0, 5],
            &[198, 51, 100, 9],
            payload,
        ]
        .concat()
    };
    let over_ipv6 = |next: u8, payload: &[u8]| {
        let length = u16::try_from(payload.len()).unwrap_or_default();
        let address = hex("20010db8 00000000 00000000 00000012");
        [&hex("60000000")[..], &length.to_be_bytes(), &[next, 64], &address, &address, payload].concat()
    };
    let line = b"{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}\n";
    let stratum = over_ipv4(6, 0x4000, &[&tcp[..], line].concat());
    let ethernet =
        |kind: &str, payload: &[u8]| [&hex("020000000001 02000000000c")[..], &hex(kind), payload].concat();
    let extended = [&hex("3c 00 0502 0000 0100")[..], &hex("06 00 0104 0000 0000"), &tcp].concat();
    let fragment6 = [&hex("11 00 0001 00000007")[..], &udp].concat();
    let frame = |link: u16, bytes: &[u8]| [&link.to_be_bytes()[..], bytes].concat();
    vec![
        Seed::new("packet", "ethernet-tcp", frame(1, &ethernet("0800", &stratum))),
        Seed::new("packet", "ethernet-syn", frame(1, &ethernet("0800", &over_ipv4(6, 0x4000, &tcp_options)))),
        Seed::new("packet", "ethernet-udp6", frame(1, &ethernet("86dd", &over_ipv6(17, &udp)))),
        Seed::new("packet", "ethernet-extended6", frame(1, &ethernet("86dd", &over_ipv6(0, &extended)))),
        Seed::new("packet", "ethernet-fragment6", frame(1, &ethernet("86dd", &over_ipv6(44, &fragment6)))),
        Seed::new("packet", "ethernet-vlan", frame(1, &ethernet("88a8 0064 8100 0065 0800", &stratum))),
        Seed::new("packet", "ethernet-arp", frame(1, &ethernet("0806", &hex("0001 0800 0604 0001")))),
        Seed::new("packet", "fragment-first", frame(101, &over_ipv4(17, 0x2000, &udp))),
        Seed::new("packet", "fragment-last", frame(101, &over_ipv4(17, 0x0002, b"rest"))),
        Seed::new("packet", "icmp", frame(101, &over_ipv4(1, 0, &hex("0303 0000 00000000 45000014")))),
        Seed::new(
            "packet",
            "cooked1",
            frame(113, &[&hex("0000 0001 0006 02000000000c 0000 0800")[..], &stratum].concat()),
        ),
        Seed::new(
            "packet",
            "cooked2",
            frame(276, &[&hex("0800 0000 00000002 0001 00 06 02000000000c 0000")[..], &stratum].concat()),
        ),
        Seed::new("packet", "loopback", frame(0, &[&hex("02000000")[..], &stratum].concat())),
        Seed::new("packet", "raw-cut", frame(101, &stratum[..30])),
    ]
    .into_iter()
    .chain(carriers(&stratum))
    .collect()
}

/// The packet in a carrier of each kind.
fn carriers(packet: &[u8]) -> Vec<Seed> {
    let length = |more: usize| u16::try_from(packet.len() + more).unwrap_or_default().to_be_bytes();
    let outer = |protocol: u8, head: &str, rest: &[u8]| {
        let body = [&hex(head), rest].concat();
        let total = u16::try_from(20 + body.len()).unwrap_or_default().to_be_bytes();
        let ends = hex("c0000201 c0000202");
        [&hex("00 65 45 00"), &total[..], &hex("0001 0000 40"), &[protocol, 0, 0], &ends, &body].concat()
    };
    let datagram = |port: u16, head: &str, rest: &[u8]| {
        let size = u16::try_from(8 + hex(head).len() + rest.len()).unwrap_or_default().to_be_bytes();
        let body = [&port.to_be_bytes()[..], &size, &[0, 0], &hex(head), rest].concat();
        outer(17, "c350", &body)
    };
    let ethernet = [&hex("020000000001 02000000000c 0800")[..], packet].concat();
    let snap = [&hex("aaaa03 000000 0800")[..], packet].concat();
    let link = |head: &str, rest: &[u8]| [&hex(head)[..], rest].concat();
    let addresses = "000000 020000000001 02000000000c 020000000002 1000";
    let gtp = [&hex("34 ff")[..], &length(8), &hex("00000009 000000 85 01 10 05 00"), packet].concat();
    let layer2 = [&hex("4002")[..], &length(12), &hex("0001 0002 ff03 0021"), packet].concat();
    let seed = |name: &'static str, bytes: Vec<u8>| Seed::new("packet", name, bytes);
    vec![
        seed("mpls", link("0001 020000000001 02000000000c 8847 00100040 00200140", packet)),
        seed("mpls-pseudowire", link("0001 020000000001 02000000000c 8847 00100140 00000001", &ethernet)),
        seed("pppoe", [&hex("0033 1100 0001")[..], &length(2), &hex("0021"), packet].concat()),
        seed("ppp", link("0009 ff03 21", packet)),
        seed("wireless", link(&format!("0069 0801{}", &addresses[2..]), &snap)),
        seed(
            "radiotap",
            link(&format!("007f 00000900 02000000 20 8801{} 0000 0000", &addresses[2..]), &snap),
        ),
        seed("gre", outer(47, "b000 0800 00000000 0000002a 00000001", packet)),
        seed("gre-ethernet", outer(47, "0000 6558", &ethernet)),
        seed("erspan-2", outer(47, "1000 88be 00000001 10140064 00000001", &ethernet)),
        seed(
            "erspan-3",
            outer(47, "1000 22eb 00000001 20140064 00000000 00000001 0000000000000000", &ethernet),
        ),
        seed("pptp", outer(47, "3081 880b 00000009 00000001 00000001 ff03 0021", packet)),
        seed("ip-in-ip", outer(4, "", packet)),
        seed("ether-ip", outer(97, "3000", &ethernet)),
        seed("authenticated", outer(51, "04 04 0000 00000100 00000001 000000000000000000000000", packet)),
        seed("vxlan", datagram(4789, "08000000 00002a00", &ethernet)),
        seed("geneve", datagram(6081, "0200 6558 00002a00 00010101 01020304", &ethernet)),
        seed("gtp-u", datagram(2152, "", &gtp)),
        seed("l2tp", datagram(1701, "", &layer2)),
        seed(
            "wireguard",
            datagram(51820, "04000000 00000001 00000000 00000000 00000000000000000000000000000000", &[]),
        ),
    ]
}
