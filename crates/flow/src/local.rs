//! What neighbours say of themselves below IP: ARP and IPv6 neighbour discovery.

use crate::dispatch::{Frame, origin};
use crate::found::{Found, Rank};
use model::{Fact, IdentityFact, IdentitySource, Mac, Observation};
use parse::app::{arp as arp_message, ndp};
use parse::net::Packet;
use std::net::IpAddr;

/// An ARP message: the sender's address belongs to the sender's link-layer address.
pub(crate) fn arp(message: &[u8], rank: Rank, frame: &Frame, found: &mut Found) {
    if let Some((address, mac)) = arp_message::parse(message).and_then(|arp| arp.binding()) {
        say(IdentitySource::Arp, IpAddr::V4(address), Mac(mac), rank, frame, found);
    }
}

/// A neighbour discovery message (ICMPv6 types 133 to 137), its ICMPv6 header included.
pub(crate) fn discovery(message: &[u8], packet: &Packet, rank: Rank, frame: &Frame, found: &mut Found) {
    if !message.first().is_some_and(|kind| (133..=137).contains(kind)) {
        return;
    }
    let IpAddr::V6(source) = packet.source.ip() else { return };
    if let Some((address, mac)) = ndp::parse(message).and_then(|discovery| discovery.binding(source)) {
        say(IdentitySource::Ndp, IpAddr::V6(address), Mac(mac), rank, frame, found);
    }
}

fn say(source: IdentitySource, address: IpAddr, mac: Mac, rank: Rank, frame: &Frame, found: &mut Found) {
    let fact = IdentityFact { source, address: Some(address), mac: Some(mac), name: None };
    let observation =
        Observation { time: frame.time, origin: origin(frame), fact: Fact::Identity(Box::new(fact)) };
    found.observations.push((rank, observation));
}
