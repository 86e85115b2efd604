//! Carriers: what wraps a frame or a packet in another one. One file each, one line each in the tables below.
//!
//! A carrier only says what lies inside and where; [`super::tunnel`] does the walking, in one loop with a limit.
//!
//! Numbers: IANA "IEEE 802 Numbers" (EtherTypes), "Assigned Internet Protocol Numbers" and "Service Name and Transport
//! Protocol Port Number Registry"; Linux's VXLAN default port 8472 and `WireGuard`'s customary 51820 are not registered.

mod ah;
mod erspan;
mod ether_ip;
mod geneve;
mod gre;
mod gtp;
mod ip_in_ip;
mod l2tp;
mod mpls;
mod ppp;
mod pppoe;
mod radiotap;
mod sealed;
mod teredo;
mod vxlan;
mod wifi;

use super::layer::{Inside, Layer};
use super::packet::NotOpened;
use crate::capture::LinkType;

/// Cisco's HDLC (RFC 1547 section 4.3.1; link type 104), which PPP link types may hold too.
const C_HDLC: LinkType = LinkType(104);

/// Every way of wrapping that is known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Carrier {
    Ah,
    Capwap,
    Erspan1,
    Erspan2,
    Erspan3,
    Esp,
    EspInUdp,
    EtherIp,
    Geneve,
    Gre,
    GtpU,
    IpComp,
    IpInIp,
    Ipv6InIp,
    L2tp,
    L2tpV3,
    Mpls,
    Ppp,
    Pppoe,
    Radiotap,
    Teredo,
    Vxlan,
    Wifi,
    WireGuard,
}

impl Carrier {
    /// The carrier that frames of a link type are, if they are one.
    pub(super) fn of_link_type(link: LinkType) -> Option<Carrier> {
        Some(match link {
            LinkType::PPP | LinkType::PPP_HDLC | C_HDLC => Carrier::Ppp,
            LinkType::PPP_ETHER => Carrier::Pppoe,
            LinkType::IEEE802_11 => Carrier::Wifi,
            LinkType::IEEE802_11_RADIOTAP => Carrier::Radiotap,
            _ => return None,
        })
    }

    /// The carrier behind an `EtherType`.
    pub(super) fn of_ethertype(kind: u16) -> Option<Carrier> {
        Some(match kind {
            0x8847 | 0x8848 => Carrier::Mpls,
            0x8864 => Carrier::Pppoe,
            _ => return None,
        })
    }

    /// The carrier behind an IP protocol number.
    pub(super) fn of_protocol(protocol: u8) -> Option<Carrier> {
        Some(match protocol {
            4 | 94 => Carrier::IpInIp,
            41 => Carrier::Ipv6InIp,
            47 => Carrier::Gre,
            50 => Carrier::Esp,
            51 => Carrier::Ah,
            97 => Carrier::EtherIp,
            108 => Carrier::IpComp,
            115 => Carrier::L2tpV3,
            137 => Carrier::Mpls,
            _ => return None,
        })
    }

    /// The carrier that a datagram may be, by its ports. Carriers with a client and a server answer from the port;
    /// the others send to it both ways, so that whoever merely happened to get the port is left alone.
    pub(super) fn of_ports(source: u16, destination: u16) -> Option<Carrier> {
        Some(match destination {
            1701 => Carrier::L2tp,
            2152 => Carrier::GtpU,
            3544 => Carrier::Teredo,
            4500 => Carrier::EspInUdp,
            4754 => Carrier::Gre,
            4789 | 8472 => Carrier::Vxlan,
            5247 => Carrier::Capwap,
            6081 => Carrier::Geneve,
            6635 => Carrier::Mpls,
            51820 => Carrier::WireGuard,
            _ => match source {
                1701 => Carrier::L2tp,
                3544 => Carrier::Teredo,
                4500 => Carrier::EspInUdp,
                5247 => Carrier::Capwap,
                51820 => Carrier::WireGuard,
                _ => return None,
            },
        })
    }

    /// What is inside.
    pub(super) fn open(self, bytes: &[u8]) -> Inside {
        let inside = match self {
            Carrier::Ah => ah::open(bytes),
            Carrier::Capwap => sealed::capwap(bytes),
            Carrier::Erspan1 => erspan::first(bytes),
            Carrier::Erspan2 => erspan::second(bytes),
            Carrier::Erspan3 => erspan::third(bytes),
            Carrier::Esp => Some(Inside::Sealed(NotOpened::Esp)),
            Carrier::EspInUdp => sealed::esp_in_udp(bytes),
            Carrier::EtherIp => ether_ip::open(bytes),
            Carrier::Geneve => geneve::open(bytes),
            Carrier::Gre => gre::open(bytes),
            Carrier::GtpU => gtp::open(bytes),
            Carrier::IpComp => Some(Inside::Sealed(NotOpened::IpComp)),
            Carrier::IpInIp => ip_in_ip::ipv4(bytes),
            Carrier::Ipv6InIp => ip_in_ip::ipv6(bytes),
            Carrier::L2tp => l2tp::open(bytes),
            Carrier::L2tpV3 => Some(Inside::Sealed(NotOpened::L2tp)),
            Carrier::Mpls => mpls::open(bytes),
            Carrier::Ppp => ppp::open(bytes),
            Carrier::Pppoe => pppoe::open(bytes),
            Carrier::Radiotap => radiotap::open(bytes),
            Carrier::Teredo => teredo::open(bytes),
            Carrier::Vxlan => vxlan::open(bytes),
            Carrier::Wifi => wifi::open(bytes),
            Carrier::WireGuard => sealed::wireguard(bytes),
        };
        inside.unwrap_or(Inside::Unreadable)
    }

    /// What to say of a packet of it whose inside cannot be read.
    pub(super) fn not_opened(self) -> NotOpened {
        match self {
            Carrier::Ah => NotOpened::Ah,
            Carrier::Capwap => NotOpened::Capwap,
            Carrier::Erspan1 | Carrier::Erspan2 | Carrier::Erspan3 => NotOpened::Erspan,
            Carrier::Esp | Carrier::EspInUdp => NotOpened::Esp,
            Carrier::EtherIp => NotOpened::EtherIp,
            Carrier::Geneve => NotOpened::Geneve,
            Carrier::Gre => NotOpened::Gre,
            Carrier::GtpU => NotOpened::GtpU,
            Carrier::IpComp => NotOpened::IpComp,
            Carrier::IpInIp | Carrier::Ipv6InIp => NotOpened::IpInIp,
            Carrier::L2tp | Carrier::L2tpV3 => NotOpened::L2tp,
            Carrier::Mpls => NotOpened::Mpls,
            Carrier::Ppp | Carrier::Pppoe => NotOpened::Ppp,
            Carrier::Radiotap | Carrier::Wifi => NotOpened::Wifi,
            Carrier::Teredo => NotOpened::Teredo,
            Carrier::Vxlan => NotOpened::Vxlan,
            Carrier::WireGuard => NotOpened::WireGuard,
        }
    }
}

/// The layer behind an `EtherType`, as several carriers name what they hold.
pub(super) fn by_ethertype(kind: u16) -> Layer {
    match kind {
        0x6558 => Layer::Ethernet,
        0x880b => Layer::Carrier(Carrier::Ppp),
        _ => Layer::of_ethertype(kind),
    }
}
