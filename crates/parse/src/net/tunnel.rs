//! Walks through carriers to the innermost packet: one loop, a limit on its rounds, no recursion.
//!
//! A UDP port proves nothing. A datagram is taken for a tunnel when its header is one *and* a whole and plausible
//! packet lies inside; otherwise it stays the datagram that it is.

use super::carrier::Carrier;
use super::layer::{Inside, Layer};
use super::link;
use super::packet::{
    Decoded, ICMP, ICMPV6, MOST_CARRIERS, NotOpened, Packet, TCP, UDP, Unreadable, decode_ip_payload,
    internet,
};
use super::{be16, ipv4, ipv6};

/// A layer in a frame, and what is known of it from outside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub layer: Layer,
    /// Where it begins.
    pub at: usize,
    /// Where it ends at the latest.
    pub end: usize,
    /// The sender's link-layer address.
    pub mac: Option<[u8; 6]>,
    /// VLAN ids folded together.
    pub vlan: u32,
    /// How many carriers it lies in.
    pub depth: u8,
}

/// The packet around a layer, which is told of if the layer turns out to be nothing.
#[derive(Debug, Clone, Copy)]
struct Around {
    packet: Packet,
    /// The carrier in it.
    carrier: Carrier,
    /// The carrier was recognised by its port only.
    doubtful: bool,
}

/// Whether a packet may hold another one: cheap, for it is asked of every packet.
#[inline]
pub(super) fn may_carry(packet: &Packet) -> bool {
    match packet.protocol {
        TCP | ICMP | ICMPV6 => false,
        UDP => Carrier::of_ports(packet.header.source_port, packet.header.destination_port).is_some(),
        other => Carrier::of_protocol(other).is_some(),
    }
}

/// What a packet that [may carry](may_carry) another one holds in the end. `depth`: carriers around it.
#[cold]
pub(super) fn inside(frame: &[u8], packet: Packet, depth: u8) -> Decoded {
    match enter(packet, depth) {
        Ok((place, around)) => walk(frame, place, Some(around)),
        Err(decoded) => decoded,
    }
}

/// What a layer holds in the end.
#[cold]
pub(super) fn open(frame: &[u8], place: Place) -> Decoded {
    walk(frame, place, None)
}

/// The carrier in a packet, or the packet itself if there is none.
fn enter(packet: Packet, depth: u8) -> Result<(Place, Around), Decoded> {
    let by_port = packet.protocol == UDP;
    let carrier = if by_port {
        Carrier::of_ports(packet.header.source_port, packet.header.destination_port)
    } else {
        Carrier::of_protocol(packet.protocol)
    };
    let Some(carrier) = carrier else { return Err(Decoded::Packet(packet)) };
    let place = Place {
        layer: Layer::Carrier(carrier),
        at: packet.at,
        end: packet.at.saturating_add(packet.len),
        mac: None,
        vlan: 0,
        depth,
    };
    Ok((place, Around { packet, carrier, doubtful: by_port }))
}

fn walk(frame: &[u8], mut place: Place, mut around: Option<Around>) -> Decoded {
    // Between two carriers lie at most a link layer, its control and an IP header.
    for _ in 0..4 * (usize::from(MOST_CARRIERS) + 1) {
        let Some(bytes) = frame.get(place.at..place.end) else {
            return unreadable(around, Unreadable::Short);
        };
        let decoded = match place.layer {
            Layer::Carrier(carrier) => {
                if place.depth >= MOST_CARRIERS {
                    return too_deep(around);
                }
                place.depth += 1;
                match carrier.open(bytes) {
                    Inside::Payload { protocol, at } => payload(bytes, place, protocol, at, around),
                    inside => match step(inside, &place, carrier, around) {
                        Ok(next) => {
                            place = next;
                            continue;
                        }
                        Err(decoded) => return decoded,
                    },
                }
            }
            Layer::Ethernet | Layer::LogicalLink => {
                let link = match place.layer {
                    Layer::Ethernet => link::ethernet(bytes),
                    _ => link::logical_link(bytes, 0),
                };
                let Ok(link) = link else { return unreadable(around, Unreadable::Short) };
                if place.layer == Layer::Ethernet {
                    (place.mac, place.vlan) = (link.source, link.vlans);
                }
                (place.layer, place.at) = (link.layer, place.at + link.at);
                continue;
            }
            Layer::Ip => {
                place.layer = match bytes.first().map(|byte| byte >> 4) {
                    Some(4) => Layer::Ipv4,
                    Some(6) => Layer::Ipv6,
                    _ => return unreadable(around, Unreadable::Network),
                };
                continue;
            }
            Layer::Ipv4 | Layer::Ipv6 if !plausible(bytes, place.layer, around) => {
                return unreadable(around, Unreadable::Network);
            }
            Layer::Ipv4 => internet::<4, false>(frame, &place),
            Layer::Ipv6 => internet::<6, false>(frame, &place),
            // IPv4 over Ethernet; anything else in a tunnel is no ARP.
            Layer::Arp if around.is_none() || be16(bytes, 0) == Some(1) && be16(bytes, 2) == Some(0x0800) => {
                return Decoded::Arp(place.at);
            }
            Layer::Arp => return unreadable(around, Unreadable::Network),
            Layer::TooDeep => return too_deep(around),
            Layer::Silent => return around.map_or(Decoded::Other, |around| Decoded::Packet(around.packet)),
        };
        match decoded {
            Decoded::Packet(packet) if may_carry(&packet) => match enter(packet, place.depth) {
                Ok((next, next_around)) => (place, around) = (next, Some(next_around)),
                Err(decoded) => return decoded,
            },
            Decoded::Unreadable(reason) => return unreadable(around, reason),
            decoded => return decoded,
        }
    }
    too_deep(around)
}

/// Where a carrier's content lies, or what to say of a carrier without.
fn step(inside: Inside, place: &Place, carrier: Carrier, around: Option<Around>) -> Result<Place, Decoded> {
    let (layer, at, end, mac) = match inside {
        Inside::Layer { layer, at, mac } => (layer, at, place.end, mac),
        Inside::Within { layer, at, end, mac } => {
            (layer, at, place.at.saturating_add(end).min(place.end), mac)
        }
        Inside::Sealed(reason) => return Err(sealed(around, reason)),
        Inside::Silent => return Err(around.map_or(Decoded::Other, |around| Decoded::Packet(around.packet))),
        Inside::Payload { .. } | Inside::Unreadable => {
            return Err(match around {
                Some(_) => unreadable(around, Unreadable::Network),
                None => Decoded::NotOpened(carrier.not_opened()),
            });
        }
    };
    Ok(Place { layer, at: place.at.saturating_add(at), end, mac: mac.or(place.mac), ..*place })
}

/// The rest of the IP packet around a carrier, as a packet of the same ends.
fn payload(bytes: &[u8], place: Place, protocol: u8, at: usize, around: Option<Around>) -> Decoded {
    let (Some(Around { packet: outer, .. }), Some(rest)) = (around, bytes.get(at..)) else {
        return Decoded::Unreadable(Unreadable::Transport);
    };
    match decode_ip_payload(outer.source, outer.destination, protocol, rest, outer.stated.saturating_sub(at))
    {
        Some(mut packet) => {
            packet.at += place.at + at;
            (packet.mac, packet.vlan) = (outer.mac, outer.vlan);
            Decoded::Packet(packet)
        }
        None => Decoded::Unreadable(Unreadable::Transport),
    }
}

/// Whether an IP packet found behind a port may be one: whole as far as the datagram is, and of a protocol in use.
fn plausible(bytes: &[u8], layer: Layer, around: Option<Around>) -> bool {
    let Some(around) = around.filter(|around| around.doubtful) else { return true };
    let (header, stated, protocol) = match layer {
        Layer::Ipv4 => match ipv4::read(bytes) {
            Some(ip) => (ip.header, ip.stated, ip.protocol),
            None => return false,
        },
        _ => match ipv6::read(bytes) {
            Some(ip) => (ip.header, ip.stated, ip.protocol),
            None => return false,
        },
    };
    let cut = around.packet.len < around.packet.stated;
    // ICMP, IGMP, TCP, UDP, ICMPv6, OSPF, PIM, VRRP, SCTP, and the carriers.
    let known = matches!(protocol, 1 | 2 | 6 | 17 | 58 | 89 | 103 | 112 | 132)
        || Carrier::of_protocol(protocol).is_some();
    known && (cut || header.saturating_add(stated) <= bytes.len())
}

fn sealed(around: Option<Around>, reason: NotOpened) -> Decoded {
    match around {
        Some(Around { packet, .. }) => Decoded::Packet(Packet { not_opened: Some(reason), ..packet }),
        None => Decoded::NotOpened(reason),
    }
}

fn too_deep(around: Option<Around>) -> Decoded {
    sealed(around, NotOpened::TooDeep)
}

/// Nothing can be read here: the packet around it is told of, as an unopened tunnel if it surely is one.
fn unreadable(around: Option<Around>, reason: Unreadable) -> Decoded {
    match around {
        Some(Around { packet, doubtful: true, .. }) => Decoded::Packet(packet),
        Some(Around { carrier, .. }) => sealed(around, carrier.not_opened()),
        None => Decoded::Unreadable(reason),
    }
}
