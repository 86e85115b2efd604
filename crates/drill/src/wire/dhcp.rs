//! DHCP messages (RFC 2131, options of RFC 2132).

use std::net::Ipv4Addr;

use super::Mac;

/// Kinds of message (option 53).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Discover = 1,
    Offer = 2,
    Request = 3,
    Ack = 5,
}

/// Who asks for an address, and which one it gets.
pub(crate) struct Lease<'a> {
    pub(crate) transaction: u32,
    pub(crate) mac: Mac,
    pub(crate) address: Ipv4Addr,
    pub(crate) server: Ipv4Addr,
    pub(crate) name: &'a str,
    /// Option 60, `MSFT 5.0` or `dhcpcd-…`.
    pub(crate) vendor: &'a str,
}

/// One message of an exchange.
pub(crate) fn message(kind: Kind, lease: &Lease<'_>) -> Vec<u8> {
    let from_server = matches!(kind, Kind::Offer | Kind::Ack);
    let mut bytes = vec![if from_server { 2 } else { 1 }, 1, 6, 0];
    bytes.extend_from_slice(&lease.transaction.to_be_bytes());
    bytes.extend_from_slice(&[0; 8]); // seconds, flags, client address
    let nobody = Ipv4Addr::UNSPECIFIED;
    for address in if from_server { [lease.address, lease.server] } else { [nobody, nobody] } {
        bytes.extend_from_slice(&address.octets());
    }
    bytes.extend_from_slice(&[0; 4]); // relay
    bytes.extend_from_slice(&lease.mac);
    bytes.resize(236, 0);
    bytes.extend_from_slice(&[0x63, 0x82, 0x53, 0x63, 53, 1, kind as u8]);
    let mut option = |code: u8, value: &[u8]| {
        bytes.extend_from_slice(&[code, value.len().min(255) as u8]);
        bytes.extend(value.iter().take(255));
    };
    if from_server {
        option(54, &lease.server.octets());
        option(51, &86_400u32.to_be_bytes());
        option(1, &[255, 255, 255, 0]);
        option(3, &lease.server.octets());
        option(6, &lease.server.octets());
    } else {
        option(61, &[&[1], lease.mac.as_slice()].concat());
        if kind == Kind::Request {
            option(50, &lease.address.octets());
            option(54, &lease.server.octets());
        }
        option(12, lease.name.as_bytes());
        option(60, lease.vendor.as_bytes());
        option(55, &[1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119, 121, 249, 252]);
    }
    bytes.push(255);
    bytes.resize(bytes.len().max(300), 0);
    bytes
}
