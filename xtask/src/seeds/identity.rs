//! Seeds for who a host is: ARP, neighbour discovery, DHCP, DHCPv6, NetBIOS names and datagrams.

use super::{Seed, hex, sized16};

const MAC: &[u8] = &[2, 0, 0, 0, 0, 12];

/// One message of each protocol, with the options that carry names.
pub(super) fn seeds() -> Vec<Seed> {
    let arp = [&hex("0001 0800 06 04 0002")[..], MAC, &[192, 0, 2, 12], &[0; 6], &[192, 0, 2, 1]].concat();
    let address = hex("20010db8 00000000 00000000 00000012");
    let neighbour = [&hex("88 00 0000 60000000")[..], &address, &[2, 1], MAC].concat();
    let solicitation = [&hex("87 00 0000 00000000")[..], &address, &[1, 1], MAC].concat();
    let options = [
        &[53, 1, 3][..],
        &[12, 5],
        b"pc-12",
        &[50, 4, 192, 0, 2, 12],
        &[60, 8],
        b"MSFT 5.0",
        &[55, 4, 1, 3, 6, 15],
        &[61, 7, 1],
        MAC,
        &[81, 16, 0, 0, 0],
        b"pc-12.example",
        &[255],
    ]
    .concat();
    let bootp =
        [&[1, 1, 6, 0, 9, 9, 9, 9][..], &[0; 4], &[192, 0, 2, 12], &[0; 12], MAC, &[0; 10], &[0; 192]]
            .concat();
    let dhcp = [&bootp[..], &hex("63825363"), &options].concat();
    let dhcpv6 = [
        &[1, 1, 2, 3][..],
        &[0, 1],
        &sized16(&[&[0, 3, 0, 1][..], MAC].concat()),
        &[0, 39],
        &sized16(b"\x00\x05pc-12\x07example\x00"),
        &[0, 3],
        &sized16(&[&[0; 12][..], &[0, 5, 0, 24], &address, &[0; 8]].concat()),
    ]
    .concat();
    let name = netbios("PC-12", 0x00);
    let query = [&hex("0001 0110 0001 0000 0000 0000")[..], &name, &hex("0020 0001")].concat();
    let registration = [
        &hex("0002 2910 0001 0000 0000 0001")[..],
        &name,
        &hex("0020 0001 c00c 0020 0001 00000000"),
        &sized16(&[0, 0, 192, 0, 2, 12]),
    ]
    .concat();
    let status = [
        &hex("0003 8400 0000 0001 0000 0000")[..],
        &netbios("*", 0),
        &hex("0021 0001 00000000"),
        &sized16(&[&[2][..], b"PC-12          \x00\x04\x00", b"WORKGROUP      \x00\x84\x00", MAC].concat()),
    ]
    .concat();
    let datagram = [
        &hex("11 02 0001 c000020c 008a 0044 0000")[..],
        &name,
        &netbios("WORKGROUP", 0x1e),
        b"\xffSMB\x25\x00\x00\x00\x00",
    ]
    .concat();
    vec![
        Seed::new("identity", "arp", arp),
        Seed::new("identity", "neighbour", neighbour),
        Seed::new("identity", "solicitation", solicitation),
        Seed::new("identity", "dhcp-options", options),
        Seed::new("identity", "dhcp", dhcp),
        Seed::new("identity", "dhcpv6", dhcpv6),
        Seed::new("identity", "nbns-query", query),
        Seed::new("identity", "nbns-registration", registration),
        Seed::new("identity", "nbns-status", status),
        Seed::new("identity", "nbdgm", datagram),
    ]
}

/// A NetBIOS name in its first-level encoding (RFC 1001, section 14.1): sixteen bytes as thirty-two letters.
fn netbios(name: &str, suffix: u8) -> Vec<u8> {
    let filler = if name == "*" { 0 } else { b' ' };
    let mut padded: Vec<u8> = name.bytes().chain(std::iter::repeat(filler)).take(15).collect();
    padded.push(suffix);
    let letters = padded.iter().flat_map(|byte| [b'A' + (byte >> 4), b'A' + (byte & 15)]);
    std::iter::once(32).chain(letters).chain(std::iter::once(0)).collect()
}
