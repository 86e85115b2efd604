//! Layers of a frame: what may come next, and what opening a carrier gives.

use super::carrier::Carrier;
use super::packet::NotOpened;

/// What begins at some offset of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    Ipv4,
    Ipv6,
    /// IP of the version that its first four bits say.
    Ip,
    Arp,
    /// An Ethernet frame.
    Ethernet,
    /// IEEE 802.2 logical link control.
    LogicalLink,
    /// Something that wraps another frame or packet.
    Carrier(Carrier),
    /// More VLAN tags than anybody needs.
    TooDeep,
    /// A protocol that says nothing of mining (spanning tree, LLDP, …).
    Silent,
}

impl Layer {
    /// The layer behind an `EtherType` (IANA, "IEEE 802 Numbers").
    #[inline]
    pub(super) fn of_ethertype(kind: u16) -> Layer {
        match kind {
            0x0800 => Layer::Ipv4,
            0x86dd => Layer::Ipv6,
            0x0806 => Layer::Arp,
            other => Carrier::of_ethertype(other).map_or(Layer::Silent, Layer::Carrier),
        }
    }
}

/// What a carrier holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// A layer that begins `at` bytes into the carrier; the sender's link-layer address where the carrier names it.
    Layer { layer: Layer, at: usize, mac: Option<[u8; 6]> },
    /// The same, ending before `end`: what follows is padding or a check sequence.
    Within { layer: Layer, at: usize, end: usize, mac: Option<[u8; 6]> },
    /// The rest of the IP packet that holds the carrier: IP protocol `protocol` from `at` on.
    Payload { protocol: u8, at: usize },
    /// The carrier's own business (discovery, keep-alives, control), or nothing.
    Silent,
    /// A carrier that cannot be opened, for the reason given.
    Sealed(NotOpened),
    /// Too short, contradicting itself, or not that carrier at all.
    Unreadable,
}

impl Inside {
    /// A layer that fills the rest of the carrier.
    pub(super) const fn of(layer: Layer, at: usize) -> Option<Inside> {
        Some(Inside::Layer { layer, at, mac: None })
    }
}
