//! UDP datagrams in which names are looked up or hosts introduce themselves, recognised by their ports: 53 DNS,
//! 67 and 68 DHCP, 137 and 138 NetBIOS, 546 and 547 DHCPv6, 5353 mDNS, 5355 LLMNR (IANA, "Service Name and Transport
//! Protocol Port Number Registry").

use crate::batch::Segment;
use crate::dns::Questions;
use crate::sessions::Stamp;
use model::{Fact, IdentityFact, IdentitySource, Mac, Observation};
use parse::app::{dhcp, dhcpv6, dns, llmnr, mdns, nbdgm, nbns};
use std::net::IpAddr;

/// Whether anybody wants the payload of this flow's datagrams.
pub(crate) fn is_wanted(segment: &Segment) -> bool {
    [segment.key.low.1, segment.key.high.1]
        .iter()
        .any(|port| matches!(port, 53 | 67 | 68 | 137 | 138 | 546 | 547 | 5353 | 5355))
}

/// Reads one datagram.
pub(crate) fn read(
    questions: &mut Questions,
    segment: &Segment,
    payload: &[u8],
    stamp: Stamp,
    tell: &mut Vec<Observation>,
) {
    let (from, to) = if segment.forward {
        (segment.key.low, segment.key.high)
    } else {
        (segment.key.high, segment.key.low)
    };
    let (source, destination) = (from.0.ip(), to.0.ip());
    let mut say = |source: IdentitySource,
                   address: Option<IpAddr>,
                   mac: Option<[u8; 6]>,
                   name: Option<String>| {
        let fact =
            IdentityFact { source, address, mac: mac.map(Mac), name: name.filter(|name| !name.is_empty()) };
        tell.push(Observation {
            time: stamp.time,
            origin: stamp.origin,
            fact: Fact::Identity(Box::new(fact)),
        });
    };
    let has = |port: u16| from.1 == port || to.1 == port;
    if has(53) {
        questions.message(payload, source, destination, stamp, tell);
    } else if has(67) || has(68) {
        let Some(message) = dhcp::parse(payload) else { return };
        let mac = message.client_mac.or(message.client_id_mac());
        let name = message.full_name.clone().or(message.host_name.clone());
        if let Some(address) = message.confirmed() {
            say(IdentitySource::DhcpAck, Some(IpAddr::V4(address)), mac, name);
        } else if message.is_request {
            say(IdentitySource::DhcpRequest, message.client_address.map(IpAddr::V4), mac, name);
        }
    } else if has(546) || has(547) {
        let Some(message) = dhcpv6::parse(payload) else { return };
        for address in message.confirmed() {
            let (mac, name) = (message.client_mac(), message.full_name.clone());
            say(IdentitySource::DhcpAck, Some(IpAddr::V6(*address)), mac, name);
        }
    } else if has(137) {
        let Some(packet) = nbns::parse(payload) else { return };
        for claim in packet.claims.iter().filter(|claim| !claim.is_group && claim.name.is_machine()) {
            let address = Some(IpAddr::V4(claim.address));
            say(IdentitySource::Nbns, address, None, Some(claim.name.name.clone()));
        }
        for own in packet.own_names.iter().filter(|own| !own.is_group && own.name.is_machine()) {
            say(IdentitySource::Nbns, Some(source), packet.mac, Some(own.name.name.clone()));
        }
    } else if has(138) {
        let Some(datagram) = nbdgm::parse(payload).filter(|datagram| datagram.source.is_machine()) else {
            return;
        };
        say(IdentitySource::Nbns, Some(source), None, Some(datagram.source.name));
    } else if has(5353) {
        let Ok(message) = dns::parse(payload) else { return };
        let said = mdns::introduction(&message);
        for host in said.hosts {
            say(IdentitySource::Mdns, Some(host.address), None, Some(host.name));
        }
        for station in said.workstations {
            say(IdentitySource::Mdns, None, Some(station.mac), Some(station.name));
        }
    } else if has(5355) {
        let Ok(message) = dns::parse(payload) else { return };
        for claim in llmnr::claims(&message) {
            say(IdentitySource::Llmnr, Some(claim.address), None, Some(claim.name));
        }
    }
}
