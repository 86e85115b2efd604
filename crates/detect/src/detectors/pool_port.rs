//! A port that many pools use: nearly nothing by itself, and said only beside other facts.

use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Endpoint, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, Group, Message, Meta, Observation,
    Subject, Tenths, Time, Transport, UnitKind, Value, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "pool-port",
        kind: UnitKind::Detector,
        summary: "pool-port-summary",
        doc: include_str!("pool_port.md"),
        doc_zh: include_str!("pool_port.zh.md"),
        since: "0.1.0",
        messages: &["pool-port-used", "pool-port-at-connection"],
        parameters: &[],
    },
    reads: &[FactKind::Flow],
    weights: &[&USED],
    make,
};

static USED: Weight = Weight {
    id: "pool-port-used",
    group: Group::Dest,
    tenths: Tenths(10),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, DEST: a pool's usual port",
};

/// Ports per client.
const PORTS_PER_CLIENT: usize = 4;
/// Over all clients, about half a KiB each: the weakest of all facts gets little room.
const IN_ALL: usize = 4096;

struct Entry {
    client: Endpoint,
    server: Endpoint,
    sightings: Sightings,
}

impl Worth for Entry {
    type Rank = (u64, Time);
    fn worth(&self) -> Self::Rank {
        (self.sightings.count, self.sightings.last)
    }
}

struct PoolPort {
    kept: Kept<Entry>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(PoolPort { kept: Kept::new(PORTS_PER_CLIENT, IN_ALL) })
}

impl Detector for PoolPort {
    fn see(&mut self, seen: &Observation, context: &Context<'_>) {
        let Fact::Flow(flow) = &seen.fact else { return };
        let port = flow.server.port;
        // Never from a connection that was not answered: a scan of ports says nothing about mining.
        if flow.transport != Transport::Tcp || flow.payload.contains(&0) || !context.intel.is_usual_port(port)
        {
            return;
        }
        let entry = self.kept.entry(flow.client.address.to_canonical(), format!("{port:05}"), || Entry {
            client: flow.client,
            server: flow.server,
            sightings: Sightings::cited_at(
                seen,
                flow.first,
                Message::new("pool-port-at-connection").with("server", flow.server),
            ),
        });
        entry.sightings.add(flow.first, flow.last);
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, detail), entry) in self.kept.iter() {
            let mut facts = Facts::default();
            facts.text("server", Some(entry.server.to_string()));
            facts.count("connections", Some(entry.sightings.count));
            facts.set("connected", Value::Flag(true));
            said.findings.push(Finding {
                key: FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: detail.clone() },
                kind: FindingKind::Symptom,
                role: None,
                weight: Some(&USED),
                act: None,
                message: Message::new("pool-port-used")
                    .with("server", entry.server)
                    .with("connections", entry.sightings.count),
                subject: Subject::Connection { client: entry.client, server: entry.server },
                facts,
                first: entry.sightings.first,
                last: entry.sightings.last,
                count: entry.sightings.count,
                cited: entry.sightings.cited.clone(),
                technique: None,
                dialogue: Vec::new(),
            });
        }
        said.forgotten += self.kept.forgotten;
    }
}
