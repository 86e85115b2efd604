//! Who a host says it is over multicast DNS (RFC 6762) and DNS-SD (RFC 6763), port 5353.
//!
//! Trap: the addresses belong to the name; a sleep proxy may announce them for a sleeping machine,
//! so the sender of the datagram need not be the host.

use std::net::IpAddr;

use super::Mac;
use super::cursor::text;
use super::dns::{Data, Message, Record, name};

/// How many claims of one message are kept.
const MAX_CLAIMS: usize = 64;

/// A name that belongs to an address, as somebody on the link claims.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NamedAddress {
    /// The host's name without `.local`, lower-case, at most 255 characters.
    pub name: String,
    /// One of its addresses.
    pub address: IpAddr,
}

/// A service that a host offers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Offer {
    /// `_http._tcp`, `_workstation._tcp` …
    pub service: String,
    /// What its user called it ("Office printer"), at most 63 characters.
    pub instance: String,
    /// The host's name without `.local`, where the message says it.
    pub host: Option<String>,
    /// The port, where the message says it.
    pub port: Option<u16>,
}

/// What `_workstation._tcp` says: a name and the MAC it belongs to (Avahi: `pc-12 [00:11:22:33:44:55]`).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Workstation {
    /// The host's name.
    pub name: String,
    /// The MAC in brackets.
    pub mac: Mac,
}

/// Everything one mDNS message says about hosts; each list holds at most 64 entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Introduction {
    /// Names with addresses.
    pub hosts: Vec<NamedAddress>,
    /// Services offered.
    pub offers: Vec<Offer>,
    /// Names with MACs.
    pub workstations: Vec<Workstation>,
}

/// What an mDNS message says about hosts; a query says nothing, it only seeks.
pub fn introduction(message: &Message) -> Introduction {
    let mut said = Introduction::default();
    if !message.is_response || message.rcode != 0 {
        return said;
    }
    // A record with time to live 0 takes back what was said (RFC 6762 section 10.1).
    for record in message.records.iter().filter(|record| record.ttl_secs > 0) {
        match &record.data {
            Data::Srv { target, port } => {
                offer(&mut said, &record.name, local_host(target), Some(*port));
            }
            Data::Ptr(instance) if record.name.starts_with('_') => offer(&mut said, instance, None, None),
            _ => {
                if let Some(named) = named_address(record)
                    && said.hosts.len() < MAX_CLAIMS
                    && !said.hosts.contains(&named)
                {
                    said.hosts.push(named);
                }
            }
        }
    }
    said
}

/// The claim in an A or AAAA record whose owner is a bare host name or one under `.local`.
pub fn named_address(record: &Record) -> Option<NamedAddress> {
    let address = match record.data {
        Data::A(address) => IpAddr::V4(address),
        Data::Aaaa(address) => IpAddr::V6(address),
        _ => return None,
    };
    Some(NamedAddress { name: local_host(&record.name)?, address })
}

/// `pc-12` of `pc-12.local` or of a bare `pc-12`.
fn local_host(owner: &str) -> Option<String> {
    let host = owner.strip_suffix(".local").unwrap_or(owner);
    let is_bare =
        !host.is_empty() && host.len() <= name::MAX_WIRE && !host.contains('.') && !host.starts_with('_');
    is_bare.then(|| host.to_owned())
}

fn offer(said: &mut Introduction, instance_name: &str, host: Option<String>, port: Option<u16>) {
    // `<instance>._service._proto.local`: the instance is one label of free text.
    let Some((service, label)) = service_of(instance_name) else { return };
    let instance = text(&label, 63);
    if service == "_workstation._tcp"
        && let Some(workstation) = workstation(&instance)
        && said.workstations.len() < MAX_CLAIMS
        && !said.workstations.contains(&workstation)
    {
        said.workstations.push(workstation);
    }
    let has_room = said.offers.len() < MAX_CLAIMS;
    match said.offers.iter_mut().find(|offer| offer.service == service && offer.instance == instance) {
        Some(offer) => {
            offer.host = host.or(offer.host.take());
            offer.port = port.or(offer.port);
        }
        None if has_room => {
            said.offers.push(Offer { service: service.to_owned(), instance, host, port });
        }
        None => {}
    }
}

/// `_http._tcp` and the bytes of the instance label.
fn service_of(instance_name: &str) -> Option<(&str, Vec<u8>)> {
    let name = instance_name.strip_suffix(".local")?;
    let protocol_at = name.len().checked_sub("._tcp".len())?;
    if !matches!(name.get(protocol_at..), Some("._tcp" | "._udp")) {
        return None;
    }
    let service_at = name.get(..protocol_at)?.rfind("._")? + 1;
    let service = name.get(service_at..).filter(|service| service.len() <= 64)?;
    let instance = name.get(..service_at - 1).filter(|instance| !instance.is_empty())?;
    Some((service, name::first_label(instance)))
}

fn workstation(instance: &str) -> Option<Workstation> {
    let (name, mac) = instance.strip_suffix(']')?.rsplit_once(" [")?;
    let mut bytes = [0; 6];
    let mut parts = mac.split(':');
    for byte in &mut bytes {
        *byte = u8::from_str_radix(parts.next().filter(|part| part.len() == 2)?, 16).ok()?;
    }
    (parts.next().is_none() && !name.is_empty()).then(|| Workstation { name: name.to_owned(), mac: bytes })
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let Ok(message) = super::dns::parse(data) else { return };
    let said = introduction(&message);
    assert!(said.hosts.len().max(said.offers.len()).max(said.workstations.len()) <= MAX_CLAIMS);
    assert!(said.offers.iter().all(|offer| offer.instance.chars().count() <= 63));
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use simple_dns::rdata::{A, PTR, RData, SRV};
    use simple_dns::{CLASS, Label, Name, Packet, ResourceRecord};

    use super::*;

    fn said(packet: &Packet<'_>) -> Introduction {
        let bytes = packet.build_bytes_vec_compressed().unwrap();
        introduction(&super::super::dns::parse(&bytes).unwrap())
    }

    #[test]
    fn a_workstation_introduces_itself_as_avahi_does() {
        let instance = Name::new_with_labels(&[
            Label::new(b"pc-12 [00:11:22:33:44:55]").unwrap(),
            Label::new(b"_workstation").unwrap(),
            Label::new(b"_tcp").unwrap(),
            Label::new(b"local").unwrap(),
        ]);
        let host = Name::new("PC-12.local").unwrap();
        let service = Name::new("_workstation._tcp.local").unwrap();
        let mut packet = Packet::new_reply(0);
        let srv = SRV { priority: 0, weight: 0, port: 9, target: host.clone() };
        for (name, ttl, data) in [
            (service, 4500, RData::PTR(PTR(instance.clone()))),
            (instance, 120, RData::SRV(srv)),
            (host.clone(), 120, RData::A(A { address: u32::from_be_bytes([192, 0, 2, 12]) })),
            (host, 0, RData::A(A { address: u32::from_be_bytes([192, 0, 2, 99]) })),
        ] {
            packet.answers.push(ResourceRecord::new(name, CLASS::IN, ttl, data));
        }
        let said = said(&packet);
        assert_eq!(said.hosts, [NamedAddress { name: "pc-12".into(), address: [192, 0, 2, 12].into() }]);
        let mac = [0x00, 0x11, 0x22, 0x33, 0x44, 0x55];
        assert_eq!(said.workstations, [Workstation { name: "pc-12".into(), mac }]);
        let [offer] = &said.offers[..] else { panic!("{:?}", said.offers) };
        assert_eq!(
            (offer.service.as_str(), offer.host.as_deref(), offer.port),
            ("_workstation._tcp", Some("pc-12"), Some(9))
        );
    }

    #[test]
    fn names_that_are_not_hosts_of_the_link_are_left_out() {
        let mut packet = Packet::new_reply(0);
        for owner in ["pool.example", "_x.local", "a.b.local"] {
            let data = RData::A(A { address: u32::from_be_bytes([192, 0, 2, 1]) });
            packet.answers.push(ResourceRecord::new(Name::new(owner).unwrap(), CLASS::IN, 120, data));
        }
        assert_eq!(said(&packet), Introduction::default());
        assert_eq!(workstation("pc [00:11:22:33:44]"), None);
        assert_eq!(workstation("pc [00:11:22:33:44:55:66]"), None);
    }
}
