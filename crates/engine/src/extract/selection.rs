//! Which packets a case rests on.

use super::traces::{Introduction, Talk, Traces};
use flow::Frame;
use model::{At, Case, FindingKind, IdentitySource, Level, Mac, Origin, Subject, Value};
use parse::app::dns;
use parse::net::{Packet, TCP, UDP};
use std::collections::{BTreeSet, HashSet};
use std::net::IpAddr;

/// DNS (IANA, "Service Name and Transport Protocol Port Number Registry").
const DNS: u16 = 53;
/// Addresses of one link-layer address that are told along: with more than eight it is a gateway (`verdict`).
const ADDRESSES_OF_MAC: usize = 9;

/// What is wanted of the evidence. Tables that packets are looked up in are keyed.
#[derive(Debug, Default)]
pub(super) struct Selection {
    /// Client, server, the server's port: every connection between the two.
    conversations: HashSet<(IpAddr, IpAddr, u16)>,
    hosts: HashSet<IpAddr>,
    /// Attacks are counted over connections: every TCP packet of these addresses …
    counted: HashSet<IpAddr>,
    /// … and, where they were counted on one port, every one of these addresses with that port at either end.
    counted_at: HashSet<(IpAddr, u16)>,
    /// Names that matter when one of the hosts asks for them, or is asked.
    names: HashSet<String>,
    packets: HashSet<Origin>,
    /// Names of hosts that stand in a capture file beside the packets.
    in_file: BTreeSet<(IpAddr, String)>,
}

impl Selection {
    /// What the hosts of a case rest on.
    pub(super) fn of(case: &Case, traces: &Traces) -> Selection {
        let mut selection = Selection::default();
        let telling = case
            .hosts
            .iter()
            .filter(|host| host.level > Level::Clear || !host.roles.is_empty() || !host.findings.is_empty());
        let (mut macs, mut machine_names) = (HashSet::new(), HashSet::new());
        for host in telling {
            selection.hosts.extend(host.addresses.iter().map(IpAddr::to_canonical));
            macs.extend(host.macs.iter().copied());
            machine_names.extend(host.names.iter().map(|name| name.to_lowercase()));
        }
        selection.findings(case);
        selection.talks(traces);
        selection.names.extend(traces.listed_names.iter().cloned());
        selection.introductions(traces, &macs, &machine_names);
        selection
    }

    /// What findings name and cite.
    fn findings(&mut self, case: &Case) {
        for finding in case.findings.iter().map(|one| &one.finding) {
            match &finding.subject {
                Subject::Connection { server, .. } if finding.kind == FindingKind::Attack => {
                    let address = finding.key.host.canonical().address();
                    self.counted_at.extend(address.map(|address| (address, server.port)));
                }
                Subject::Host if finding.kind == FindingKind::Attack => {
                    self.counted.extend(finding.key.host.canonical().address());
                    // Who passed it on may be no host of the case.
                    let passing = finding.facts.text_of("reached_by").and_then(|text| text.parse().ok());
                    self.counted.extend(passing.map(|address: IpAddr| address.to_canonical()));
                }
                Subject::Connection { client, server } => self.talk((client.address, *server)),
                Subject::Name(name) => {
                    self.names.insert(name.clone());
                }
                // What was found inside a machine shows in no packet.
                _ => {}
            }
            for (_, value) in finding.facts.iter().filter(|(name, _)| matches!(*name, "name" | "pool_name")) {
                if let Value::Text(name) = value {
                    self.names.insert(name.clone());
                }
            }
            self.packets.extend(finding.cited.iter().map(|cited| cited.origin));
        }
    }

    /// The conversations of the hosts, and the names by which they knew their servers.
    fn talks(&mut self, traces: &Traces) {
        let of_hosts =
            |(client, server): &Talk| self.hosts.contains(client) || self.hosts.contains(&server.address);
        let mut talks: Vec<Talk> = traces.talks.keys().filter(|talk| of_hosts(talk)).copied().collect();
        // A server that others prove to be a pool: one of them is proof enough.
        let told: HashSet<_> = talks.iter().map(|(_, server)| *server).collect();
        let mut proved: HashSet<_> = talks
            .iter()
            .filter(|talk| traces.talks.get(talk) == Some(&true))
            .map(|(_, server)| *server)
            .collect();
        for (talk, mines) in &traces.talks {
            if *mines && told.contains(&talk.1) && proved.insert(talk.1) {
                talks.push(*talk);
            }
        }
        for talk in talks {
            self.talk(talk);
            self.names.extend(traces.names.get(&talk.1.address).into_iter().flatten().cloned());
        }
    }

    fn talk(&mut self, (client, server): Talk) {
        let (client, address) = (client.to_canonical(), server.address.to_canonical());
        self.conversations.insert((client, address, server.port));
    }

    /// Where the hosts introduced themselves, and enough of what shares their link-layer addresses to tell that one
    /// is a gateway's.
    fn introductions(&mut self, traces: &Traces, macs: &HashSet<Mac>, names: &HashSet<String>) {
        let own_address =
            |one: &Introduction| one.fact.address.is_some_and(|at| self.hosts.contains(&at.to_canonical()));
        let own = |one: &&Introduction| {
            own_address(one)
                || one.fact.mac.is_some_and(|mac| macs.contains(&mac))
                || (one.fact.address.is_none()
                    && one.fact.name.as_ref().is_some_and(|name| names.contains(&name.to_lowercase())))
        };
        let mut wanted: Vec<&Introduction> = traces.introductions().filter(own).collect();
        let shared: BTreeSet<Mac> = wanted.iter().filter_map(|one| one.fact.mac).collect();
        for mac in shared {
            let others = traces.introductions().filter(|one| one.fact.mac == Some(mac) && !own(one));
            wanted.extend(others.take(ADDRESSES_OF_MAC));
        }
        let (mut packets, mut in_file) = (Vec::new(), Vec::new());
        for one in wanted {
            packets.extend(
                [one.first, one.last].into_iter().filter(|origin| matches!(origin.at, At::Packet(_))),
            );
            if let (IdentitySource::CaptureFile, Some(address), Some(name)) =
                (one.fact.source, one.fact.address, &one.fact.name)
            {
                in_file.push((address, name.clone()));
            }
        }
        self.packets.extend(packets);
        self.in_file.extend(in_file);
    }

    /// Whether the frame itself is cited, or introduces a host.
    pub(super) fn names_frame(&self, frame: &Frame) -> bool {
        self.packets.contains(&Origin::packet(frame.evidence, frame.number))
    }

    /// Whether the case rests on this packet; its offsets count in `bytes`.
    pub(super) fn wants(&self, packet: &Packet, bytes: &[u8]) -> bool {
        let (source, destination) = (packet.source.ip(), packet.destination.ip());
        let (from, to) = (packet.header.source_port, packet.header.destination_port);
        if self.conversations.contains(&(source, destination, to))
            || self.conversations.contains(&(destination, source, from))
        {
            return true;
        }
        if packet.protocol == TCP && self.is_counted([source, destination], [from, to]) {
            return true;
        }
        if from != DNS && to != DNS {
            return false;
        }
        if !self.hosts.contains(&source) && !self.hosts.contains(&destination) {
            return false;
        }
        match packet.protocol {
            UDP => {
                let payload = bytes.get(packet.at..packet.at + packet.len).unwrap_or_default();
                dns::parse(payload).is_ok_and(|message| {
                    message.questions.iter().any(|question| self.names.contains(&question.name))
                })
            }
            // Which messages lie in a segment only its stream tells; look-ups over TCP are few.
            TCP => true,
            _ => false,
        }
    }

    /// Whether an attack was counted over connections of one of these ends.
    fn is_counted(&self, ends: [IpAddr; 2], ports: [u16; 2]) -> bool {
        ends.iter().any(|end| {
            self.counted.contains(end) || ports.iter().any(|port| self.counted_at.contains(&(*end, *port)))
        })
    }

    /// Names of the hosts from capture files.
    pub(super) fn names_in_file(&self) -> impl Iterator<Item = (IpAddr, &str)> {
        self.in_file.iter().map(|(address, name)| (*address, name.as_str()))
    }
}
