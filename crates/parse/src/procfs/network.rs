//! Addresses of a machine: `/proc/net/fib_trie`, `/proc/net/if_inet6`, `/proc/net/route`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The IPv4 addresses of the machine: leaves of the routing trie that are `host LOCAL`, each once.
#[must_use]
pub fn local_addresses(bytes: &[u8]) -> Vec<IpAddr> {
    let mut found = Vec::new();
    let mut leaf: Option<Ipv4Addr> = None;
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(line) = std::str::from_utf8(line) else { continue };
        let line = line.trim_start();
        if let Some(address) = line.strip_prefix("|-- ") {
            leaf = address.trim().parse().ok();
        } else if line.starts_with("/32 host LOCAL")
            && let Some(address) = leaf
            && !found.contains(&IpAddr::V4(address))
        {
            found.push(IpAddr::V4(address));
        }
    }
    found
}

/// The IPv6 addresses with their interfaces, from `/proc/net/if_inet6`.
#[must_use]
pub fn interface_addresses(bytes: &[u8]) -> Vec<(IpAddr, String)> {
    let text = String::from_utf8_lossy(bytes);
    let each = text.lines().filter_map(|line| {
        let mut words = line.split_ascii_whitespace();
        let digits = words.next().filter(|digits| digits.len() == 32)?;
        let address = Ipv6Addr::from(u128::from_str_radix(digits, 16).ok()?);
        Some((IpAddr::V6(address), words.nth(4)?.to_owned()))
    });
    each.collect()
}

/// A network that is reached directly, and through which interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The interface.
    pub interface: String,
    /// The network's first address.
    pub network: Ipv4Addr,
    /// Its mask.
    pub mask: Ipv4Addr,
}

impl Route {
    /// Whether an address lies in the network.
    #[must_use]
    pub fn holds(&self, address: Ipv4Addr) -> bool {
        address.to_bits() & self.mask.to_bits() == self.network.to_bits()
    }
}

/// The networks, from `/proc/net/route`, the default route left out.
#[must_use]
pub fn routes(bytes: &[u8]) -> Vec<Route> {
    let text = String::from_utf8_lossy(bytes);
    // Addresses stand in the byte order of the machine that wrote them: little-endian on all that matter here.
    let address = |word: &str| Some(Ipv4Addr::from(u32::from_str_radix(word, 16).ok()?.swap_bytes()));
    let each = text.lines().skip(1).filter_map(|line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let route = Route {
            interface: (*words.first()?).to_owned(),
            network: address(words.get(1)?)?,
            mask: address(words.get(7)?)?,
        };
        (!route.mask.is_unspecified()).then_some(route)
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn addresses_and_routes() {
        let trie = b"Main:\n  +-- 0.0.0.0/0 3 0 5\n     |-- 10.0.0.0\n        /24 link UNICAST\n     |-- 10.0.0.7\n        /32 host LOCAL\n\
                     Local:\n     |-- 10.0.0.7\n        /32 host LOCAL\n     |-- 127.0.0.1\n        /32 host LOCAL\n     |-- 10.0.0.255\n        /32 link BROADCAST\n";
        assert_eq!(
            local_addresses(trie),
            ["10.0.0.7", "127.0.0.1"].map(|one| one.parse::<IpAddr>().unwrap())
        );
        let six = b"fe800000000000000000000000000001 02 40 20 80     eth0\nshort\n";
        assert_eq!(interface_addresses(six), [("fe80::1".parse::<IpAddr>().unwrap(), "eth0".to_owned())]);
        let table = b"Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\neth0\t00000000\t0100000A\t3\t0\t0\t0\t00000000\t0\ndocker0\t000011AC\t00000000\t1\t0\t0\t0\t0000FFFF\t0\n";
        let read = routes(table);
        assert_eq!(read.len(), 1);
        assert!(read[0].holds(Ipv4Addr::new(172, 17, 3, 4)) && !read[0].holds(Ipv4Addr::new(10, 0, 0, 7)));
    }
}
