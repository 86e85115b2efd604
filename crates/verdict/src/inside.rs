//! Which addresses belong to the network that is examined.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A range of addresses: `192.0.2.0/24`, `2001:db8::/32`, or one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cidr {
    address: IpAddr,
    bits: u8,
}

/// Why a text is no [`Cidr`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadCidr(String);

impl fmt::Display for BadCidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no range of addresses such as 192.0.2.0/24", self.0)
    }
}

impl std::error::Error for BadCidr {}

impl FromStr for Cidr {
    type Err = BadCidr;

    fn from_str(text: &str) -> Result<Cidr, BadCidr> {
        let bad = || BadCidr(text.to_owned());
        let (address, bits) =
            text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address: IpAddr = address.parse().map_err(|_| bad())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.parse().map_err(|_| bad()))?;
        if bits > most { Err(bad()) } else { Ok(Cidr { address, bits }) }
    }
}

impl Cidr {
    const fn v4(a: u8, b: u8, bits: u8) -> Cidr {
        Cidr { address: IpAddr::V4(Ipv4Addr::new(a, b, 0, 0)), bits }
    }

    const fn v6(first: u16, last: u16, bits: u8) -> Cidr {
        Cidr { address: IpAddr::V6(Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, last)), bits }
    }

    /// Whether the range holds an address. An IPv4 address inside IPv6 (`::ffff:192.0.2.1`) counts as IPv4.
    #[must_use]
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(range), IpAddr::V4(one)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                range.to_bits() & mask == one.to_bits() & mask
            }
            (IpAddr::V6(range), IpAddr::V6(one)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits)).unwrap_or(0);
                range.to_bits() & mask == one.to_bits() & mask
            }
            _ => false,
        }
    }
}

/// Always inside: private use (RFC 1918), link-local (RFC 3927, RFC 4291), shared carrier space (RFC 6598),
/// loopback (RFC 1122, RFC 4291) and unique local addresses (RFC 4193).
const ALWAYS: [Cidr; 9] = [
    Cidr::v4(10, 0, 8),
    Cidr::v4(172, 16, 12),
    Cidr::v4(192, 168, 16),
    Cidr::v4(169, 254, 16),
    Cidr::v4(100, 64, 10),
    Cidr::v4(127, 0, 8),
    Cidr::v6(0, 1, 128),
    Cidr::v6(0xfe80, 0, 10),
    Cidr::v6(0xfc00, 0, 7),
];

/// The network that is examined: what is always inside, and what the user added.
#[derive(Debug, Clone, Default)]
pub struct Inside {
    added: Vec<Cidr>,
}

impl Inside {
    /// What is always inside, and `added`.
    #[must_use]
    pub const fn new(added: Vec<Cidr>) -> Inside {
        Inside { added }
    }

    /// Whether an address belongs to the network.
    #[must_use]
    pub fn holds(&self, address: IpAddr) -> bool {
        ALWAYS.iter().chain(&self.added).any(|range| range.holds(address))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn the_edges_of_every_range() {
        let inside =
            Inside::new(vec!["198.51.100.0/25".parse().unwrap(), "2001:db8:7::/48".parse().unwrap()]);
        for (address, expected) in [
            ("10.255.255.255", true),
            ("11.0.0.0", false),
            ("172.15.255.255", false),
            ("172.16.0.0", true),
            ("172.31.255.255", true),
            ("172.32.0.0", false),
            ("192.168.0.1", true),
            ("192.169.0.1", false),
            ("100.63.255.255", false),
            ("100.64.0.0", true),
            ("100.127.255.255", true),
            ("100.128.0.0", false),
            ("169.254.1.1", true),
            ("127.0.0.1", true),
            ("::1", true),
            ("::2", false),
            ("fe80::1", true),
            ("fd00::1", true),
            ("fec0::1", false),
            ("::ffff:10.0.0.1", true),
            ("198.51.100.127", true),
            ("198.51.100.128", false),
            ("2001:db8:7::9", true),
            ("2001:db8:8::9", false),
        ] {
            assert_eq!(inside.holds(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn ranges_that_are_none() {
        for text in ["", "/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "::/129", "example.com"] {
            assert!(text.parse::<Cidr>().is_err(), "{text}");
        }
        assert!("0.0.0.0/0".parse::<Cidr>().unwrap().holds("203.0.113.1".parse().unwrap()));
        assert!("::/0".parse::<Cidr>().unwrap().holds("2001:db8::1".parse().unwrap()));
    }
}
