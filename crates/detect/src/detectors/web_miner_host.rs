//! Hosts that are listed as serving miners to web pages: looked up, and connected to.

use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Fact, FactKind, Facts, Finding, FindingKey, FindingKind, FlowSummary, Group, Message, Meta, Observation,
    Subject, Tenths, Time, UnitKind, Value, Weight, WeightKind,
};
use std::net::IpAddr;

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "web-miner-host",
        kind: UnitKind::Detector,
        summary: "web-miner-host-summary",
        doc: include_str!("web_miner_host.md"),
        doc_zh: include_str!("web_miner_host.zh.md"),
        since: "0.1.0",
        messages: &[
            "web-miner-host-asked",
            "web-miner-host-connected",
            "web-miner-host-at-name",
            "web-miner-host-at-connection",
        ],
        parameters: &[],
    },
    reads: &[FactKind::LookUp, FactKind::TlsHello, FactKind::HttpRequest, FactKind::Tunnel, FactKind::Flow],
    weights: &[&ASKED, &CONNECTED],
    make,
};

static ASKED: Weight = Weight {
    id: "web-miner-host-asked",
    group: Group::Dest,
    tenths: Tenths(200),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, DEST: known web-miner name looked up",
};

static CONNECTED: Weight = Weight {
    id: "web-miner-host-connected",
    group: Group::Dest,
    tenths: Tenths(320),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, DEST: known web-miner host connected, payload both ways",
};

/// Names per client, and over all, about 1 KiB each.
const NAMES_PER_CLIENT: usize = 32;
const IN_ALL: usize = 4096;

struct Entry {
    connected: Option<Subject>,
    connections: u64,
    sightings: Sightings,
}

impl Worth for Entry {
    type Rank = (bool, Time);
    fn worth(&self) -> Self::Rank {
        (self.connected.is_some(), self.sightings.last)
    }
}

struct WebMinerHost {
    kept: Kept<Entry>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(WebMinerHost { kept: Kept::new(NAMES_PER_CLIENT, IN_ALL) })
}

impl Detector for WebMinerHost {
    fn see(&mut self, seen: &Observation, context: &Context<'_>) {
        match &seen.fact {
            Fact::LookUp(look_up) => self.asked(look_up.by, Some(&look_up.name), seen, context),
            Fact::TlsHello(hello) => self.asked(hello.client.address, hello.sni.as_deref(), seen, context),
            Fact::HttpRequest(request) => {
                self.asked(request.client.address, request.host.as_deref(), seen, context);
            }
            Fact::Tunnel(tunnel) => {
                self.asked(tunnel.client.address, Some(&tunnel.target.host), seen, context)
            }
            Fact::Flow(flow) => self.connected(flow, seen, context),
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, name), entry) in self.kept.iter() {
            let mut facts = Facts::default();
            facts.text("name", Some(name.as_str()));
            facts.count("connections", Some(entry.connections).filter(|count| *count > 0));
            if entry.connected.is_some() {
                facts.set("connected", Value::Flag(true));
            }
            let (weight, id) = match entry.connected {
                Some(_) => (&CONNECTED, "web-miner-host-connected"),
                None => (&ASKED, "web-miner-host-asked"),
            };
            said.findings.push(Finding {
                key: FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: name.clone() },
                kind: FindingKind::Symptom,
                role: None,
                weight: Some(weight),
                act: None,
                message: Message::new(id).with("name", name.as_str()),
                subject: entry.connected.clone().unwrap_or_else(|| Subject::Name(name.clone())),
                facts,
                first: entry.sightings.first,
                last: entry.sightings.last,
                count: entry.sightings.count,
                cited: entry.sightings.cited.clone(),
                technique: Some("T1496.001"),
                dialogue: Vec::new(),
            });
        }
        said.forgotten += self.kept.forgotten;
    }
}

impl WebMinerHost {
    fn asked(&mut self, client: IpAddr, name: Option<&str>, seen: &Observation, context: &Context<'_>) {
        let Some(name) = name.map(str::to_lowercase).filter(|name| context.intel.is_web_miner(name)) else {
            return;
        };
        let excerpt = Message::new("web-miner-host-at-name").with("name", name.as_str());
        self.note(client, name, seen, excerpt);
    }

    fn connected(&mut self, flow: &FlowSummary, seen: &Observation, context: &Context<'_>) {
        if flow.payload.contains(&0) {
            return;
        }
        // Only a name asked on the connection itself: listed hosts sit behind content networks with many others.
        let target = context.names.target(flow.flow).map(|target| target.host.as_str());
        let asked = target.or_else(|| context.names.asked_on(flow.flow));
        let Some(name) = asked.filter(|name| context.intel.is_web_miner(name)) else { return };
        let excerpt = Message::new("web-miner-host-at-connection").with("server", flow.server);
        let entry = self.note(flow.client.address, name.to_owned(), seen, excerpt);
        entry.connections = entry.connections.saturating_add(1);
        entry.connected = Some(Subject::Connection { client: flow.client, server: flow.server });
        entry.sightings.touch(flow.first);
    }

    fn note(&mut self, client: IpAddr, name: String, seen: &Observation, excerpt: Message) -> &mut Entry {
        let entry = self.kept.entry(client.to_canonical(), name, || Entry {
            connected: None,
            connections: 0,
            sightings: Sightings::new(seen.time),
        });
        entry.sightings.note(seen, excerpt);
        entry
    }
}
