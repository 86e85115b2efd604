//! Link layers: where the network layer begins in a frame, and who sent it.
//!
//! Sources: IEEE 802.3 and 802.1Q; the link types and their layouts in tcpdump.org's `LINKTYPE_` list (Ethernet 1,
//! null 0, loop 108, raw 12/14/101/228/229, Linux cooked v1 113 and v2 276; those that are carriers: `carrier`).

use super::be16;
use super::carrier::Carrier;
use super::layer::Layer;
use crate::capture::LinkType;

/// The link-layer header, taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    /// What comes after it.
    pub layer: Layer,
    /// Where that begins.
    pub at: usize,
    pub source: Option<[u8; 6]>,
    /// VLAN ids folded together (outer · 4096 + inner), 0 without tags.
    pub vlans: u32,
}

/// Why there is no network layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoLink {
    Short,
    UnknownType,
}

/// VLAN tags deeper than this are not followed: 802.1ad needs two.
const MOST_TAGS: usize = 4;

/// Finds the network layer of a frame.
#[inline]
pub(super) fn walk(link: LinkType, frame: &[u8]) -> Result<Link, NoLink> {
    match link {
        LinkType::ETHERNET => ethernet(frame),
        LinkType::NULL | LinkType::LOOP => loopback(frame),
        LinkType::RAW | LinkType::RAW_DLT | LinkType::RAW_OPENBSD | LinkType::IPV4 | LinkType::IPV6 => {
            raw(frame)
        }
        LinkType::LINUX_SLL => cooked(frame, 14, 16, 6),
        LinkType::LINUX_SLL2 => cooked(frame, 0, 20, 12),
        _ => {
            let carrier = Carrier::of_link_type(link).ok_or(NoLink::UnknownType)?;
            Ok(Link { layer: Layer::Carrier(carrier), at: 0, source: None, vlans: 0 })
        }
    }
}

/// An Ethernet frame.
#[inline]
pub(super) fn ethernet(frame: &[u8]) -> Result<Link, NoLink> {
    let kind = be16(frame, 12).ok_or(NoLink::Short)?;
    let source = mac(frame, 6);
    tagged(frame, kind, 14, source)
}

/// Follows VLAN tags from the EtherType `kind`, whose payload begins at `at`.
#[inline]
fn tagged(frame: &[u8], mut kind: u16, mut at: usize, source: Option<[u8; 6]>) -> Result<Link, NoLink> {
    let mut vlans = 0u32;
    for _ in 0..MOST_TAGS {
        // 0x8100: 802.1Q; 0x88a8: 802.1ad; 0x9100: older stacked tags.
        if !matches!(kind, 0x8100 | 0x88a8 | 0x9100) {
            break;
        }
        let tag = be16(frame, at).ok_or(NoLink::Short)?;
        kind = be16(frame, at + 2).ok_or(NoLink::Short)?;
        vlans = (vlans << 12) | u32::from(tag & 0x0fff);
        at += 4;
    }
    if kind < 0x0600 {
        // 802.3 with a length.
        let link = logical_link(frame, at)?;
        return Ok(Link { source, vlans, ..link });
    }
    let layer = match kind {
        0x8100 | 0x88a8 | 0x9100 => Layer::TooDeep,
        kind => Layer::of_ethertype(kind),
    };
    Ok(Link { layer, at, source, vlans })
}

/// IEEE 802.2 at `at`: only SNAP with an EtherType inside carries IP, with the organisation 0 (RFC 1042) or that of
/// bridge tunnels (`00 00 f8`, IEEE 802.1H).
pub(super) fn logical_link(frame: &[u8], at: usize) -> Result<Link, NoLink> {
    let link = Link { layer: Layer::Silent, at, source: None, vlans: 0 };
    match frame.get(at..at + 6) {
        Some([0xaa, 0xaa, 0x03, 0, 0, 0 | 0xf8]) => {
            let kind = be16(frame, at + 6).ok_or(NoLink::Short)?;
            Ok(Link { layer: Layer::of_ethertype(kind), at: at + 8, ..link })
        }
        Some(_) => Ok(link),
        None => Err(NoLink::Short),
    }
}

/// BSD loopback: an address family in either byte order. `AF_INET` is 2 everywhere, `AF_INET6` is 10, 24, 28 or 30.
fn loopback(frame: &[u8]) -> Result<Link, NoLink> {
    let family = frame.get(..4).ok_or(NoLink::Short)?;
    let family = match family {
        [low, 0, 0, 0] | [0, 0, 0, low] => *low,
        _ => 0,
    };
    let layer = match family {
        2 => Layer::Ipv4,
        10 | 24 | 28 | 30 => Layer::Ipv6,
        _ => Layer::Silent,
    };
    Ok(Link { layer, at: 4, source: None, vlans: 0 })
}

fn raw(frame: &[u8]) -> Result<Link, NoLink> {
    let layer = match frame.first().ok_or(NoLink::Short)? >> 4 {
        4 => Layer::Ipv4,
        6 => Layer::Ipv6,
        _ => Layer::Silent,
    };
    Ok(Link { layer, at: 0, source: None, vlans: 0 })
}

/// Linux cooked capture: the protocol at `kind_at`, the payload at `at`, an 8-byte address field at `mac_at`.
fn cooked(frame: &[u8], kind_at: usize, at: usize, mac_at: usize) -> Result<Link, NoLink> {
    let kind = be16(frame, kind_at).ok_or(NoLink::Short)?;
    if frame.len() < at {
        return Err(NoLink::Short);
    }
    // The address length stands just before the address in v1 (two bytes) and v2 (one byte).
    let length = frame.get(mac_at - 1).copied().unwrap_or(0);
    let source = if length == 6 { mac(frame, mac_at) } else { None };
    tagged(frame, kind, at, source)
}

#[inline]
fn mac(frame: &[u8], at: usize) -> Option<[u8; 6]> {
    let mac: [u8; 6] = frame.get(at..at + 6)?.try_into().ok()?;
    // A group address (lowest bit of the first byte) or all zeroes sends nothing.
    (mac[0] & 1 == 0 && mac != [0; 6]).then_some(mac)
}
