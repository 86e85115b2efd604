//! MPLS label stacks (RFC 3032; over IP: RFC 4023; over UDP: RFC 7510) and the pseudowires behind them (RFC 4385,
//! RFC 4448).
//!
//! A label is 20 bits, 3 of traffic class, the bottom bit S, 8 of time to live. Nothing names what follows: the first
//! four bits are guessed from, as routers do (RFC 4385 section 3 forbids 4 and 6 for anything but IP with a control
//! word). Without one an Ethernet address may begin with any bits, so each guess is checked and the next one tried.

use super::super::layer::Layer;
use super::super::{be16, ipv4, ipv6};
use super::{Inside, by_ethertype};

/// Labels deeper than this are not followed: real stacks have at most a handful.
const MOST_LABELS: usize = 16;

pub(super) fn open(bytes: &[u8]) -> Option<Inside> {
    let mut at = 0;
    for _ in 0..MOST_LABELS {
        let bottom = bytes.get(at + 2)? & 1 == 1;
        at += 4;
        if bottom {
            return guess(bytes.get(at..)?, at);
        }
    }
    None
}

fn guess(bytes: &[u8], at: usize) -> Option<Inside> {
    match bytes.first()? >> 4 {
        4 if is_ipv4(bytes) => return Inside::of(Layer::Ipv4, at),
        6 if is_ipv6(bytes) => return Inside::of(Layer::Ipv6, at),
        // RFC 5586: an associated channel carries operations and maintenance.
        1 if !is_ethernet(bytes) => return Some(Inside::Silent),
        0 if is_ethernet(bytes.get(4..)?) => return Inside::of(Layer::Ethernet, at + 4),
        _ => {}
    }
    is_ethernet(bytes).then(|| Inside::of(Layer::Ethernet, at)).flatten()
}

/// Whether IPv4 stands at the start. What could be Ethernet as well is IPv4 if its checksum is right (RFC 1071).
fn is_ipv4(bytes: &[u8]) -> bool {
    ipv4::read(bytes).is_some_and(|ip| {
        let words = bytes.get(..ip.header).unwrap_or(&[]).chunks_exact(2);
        let sum: u32 = words.map(|word| u32::from(word[0]) << 8 | u32::from(word[1])).sum();
        !is_ethernet(bytes) || (sum & 0xffff) + (sum >> 16) == 0xffff
    })
}

/// Whether IPv6 stands at the start. What could be Ethernet as well is IPv6 if its length fits.
fn is_ipv6(bytes: &[u8]) -> bool {
    ipv6::read(bytes).is_some_and(|ip| !is_ethernet(bytes) || ip.header + ip.stated <= bytes.len())
}

/// Whether an Ethernet header with a type that is followed here, or an 802.3 length and SNAP, stands at the start.
fn is_ethernet(bytes: &[u8]) -> bool {
    be16(bytes, 12).is_some_and(|kind| {
        let snap = || bytes.get(14..17) == Some(&[0xaa, 0xaa, 0x03]);
        by_ethertype(kind) != Layer::Silent
            || matches!(kind, 0x8100 | 0x88a8 | 0x9100)
            || (kind < 0x0600 && snap())
    })
}
