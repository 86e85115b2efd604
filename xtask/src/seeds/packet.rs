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
}
