//! Addresses of machines and of the ends of their connections.

use std::fmt;
use std::net::{IpAddr, SocketAddr};

/// One end of a connection. Prints as `192.0.2.1:3333` or `[2001:db8::1]:3333`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Endpoint {
    /// The address.
    pub address: IpAddr,
    /// The TCP or UDP port; 0 where the protocol has none.
    pub port: u16,
}

impl Endpoint {
    /// An end from its parts.
    #[must_use]
    pub const fn new(address: IpAddr, port: u16) -> Endpoint {
        Endpoint { address, port }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        SocketAddr::new(self.address, self.port).fmt(f)
    }
}

/// An IEEE 802 MAC address. Prints as `02:00:5e:10:00:01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mac(pub [u8; 6]);

impl Mac {
    /// Whether the address names a group (multicast or broadcast) or nobody (all zero).
    #[must_use]
    pub const fn is_group_or_zero(self) -> bool {
        self.0[0] & 1 == 1 || matches!(self.0, [0, 0, 0, 0, 0, 0])
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

/// What carries a flow above IP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Transport {
    /// Transmission Control Protocol.
    Tcp,
    /// User Datagram Protocol.
    Udp,
    /// ICMP or ICMPv6.
    Icmp,
    /// Any other IP protocol, by its number.
    Other(u8),
}

impl Transport {
    /// The IP protocol number (ICMP stands for 1 and 58).
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Transport::Icmp => 1,
            Transport::Tcp => 6,
            Transport::Udp => 17,
            Transport::Other(number) => number,
        }
    }
}
