//! A program that calls itself a miner where no mining dialogue is spoken: downloads, updates, status pages.

use crate::kept::{Kept, Worth};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Cited, Endpoint, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, FlowId, Group, Message, Meta,
    Observation, Subject, Tenths, Time, UnitKind, Weight, WeightKind,
};
use std::collections::BTreeSet;

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "miner-agent",
        kind: UnitKind::Detector,
        summary: "miner-agent-summary",
        doc: include_str!("miner_agent.md"),
        doc_zh: include_str!("miner_agent.zh.md"),
        since: "0.1.0",
        messages: &["miner-agent-names-itself", "miner-agent-at"],
        parameters: &[],
    },
    reads: &[FactKind::HttpRequest, FactKind::Session],
    weights: &[&NAMES_ITSELF],
    make,
};

static NAMES_ITSELF: Weight = Weight {
    id: "miner-agent-named",
    group: Group::Wire,
    tenths: Tenths(200),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, WIRE: a program that calls itself a miner elsewhere than in a dialogue; the dated list of agents",
};

/// Programs per client: a machine runs one or two miners; a proxy's clients are told apart by their own addresses.
const AGENTS_PER_CLIENT: usize = 8;
/// Over all clients, about 1 KiB each.
const IN_ALL: usize = 4096;
/// Connections remembered per program, to leave out those that turn out to be mining dialogues.
const FLOWS_EACH: usize = 32;

struct Entry {
    agent: String,
    client: Endpoint,
    server: Endpoint,
    host: Option<String>,
    first: Time,
    last: Time,
    count: u64,
    flows: BTreeSet<FlowId>,
    /// Connections beyond those remembered.
    more: bool,
    cited: Vec<Cited>,
}

impl Worth for Entry {
    type Rank = Time;
    fn worth(&self) -> Time {
        self.last
    }
}

struct MinerAgent {
    kept: Kept<Entry>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(MinerAgent { kept: Kept::new(AGENTS_PER_CLIENT, IN_ALL) })
}

impl Detector for MinerAgent {
    fn see(&mut self, seen: &Observation, context: &Context<'_>) {
        match &seen.fact {
            Fact::HttpRequest(request) => {
                let Some(agent) = request.user_agent.as_ref().filter(|agent| context.intel.is_miner(agent))
                else {
                    return;
                };
                let entry = self.kept.entry(request.client.address.to_canonical(), agent.clone(), || Entry {
                    agent: agent.clone(),
                    client: request.client,
                    server: request.server,
                    host: request.host.clone(),
                    first: seen.time,
                    last: seen.time,
                    count: 0,
                    flows: BTreeSet::new(),
                    more: false,
                    cited: Vec::new(),
                });
                entry.count = entry.count.saturating_add(1);
                entry.first = entry.first.min(seen.time);
                entry.last = entry.last.max(seen.time);
                if entry.flows.len() < FLOWS_EACH {
                    entry.flows.insert(request.flow);
                } else {
                    entry.more |= !entry.flows.contains(&request.flow);
                }
                if entry.cited.len() < 4 {
                    let excerpt = Message::new("miner-agent-at").with("agent", agent.as_str());
                    entry.cited.push(Cited { origin: seen.origin, time: seen.time, excerpt });
                }
            }
            Fact::Session(session) => {
                for (_, entry) in self.kept.of(session.client.address.to_canonical()) {
                    entry.flows.remove(&session.flow);
                }
            }
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, detail), entry) in self.kept.iter() {
            if entry.flows.is_empty() && !entry.more {
                continue;
            }
            let mut facts = Facts::default();
            facts.text("agent", Some(entry.agent.as_str()));
            facts.text("asked", Some(entry.server.to_string()));
            facts.text("host", entry.host.as_deref());
            said.findings.push(Finding {
                key: FindingKey { detector: UNIT.meta.id, address: *address, detail: detail.clone() },
                kind: FindingKind::Mining,
                role: None,
                weight: Some(&NAMES_ITSELF),
                act: None,
                message: Message::new("miner-agent-names-itself")
                    .with("agent", entry.agent.as_str())
                    .with("server", entry.host.clone().unwrap_or_else(|| entry.server.to_string())),
                subject: Subject::Connection { client: entry.client, server: entry.server },
                facts,
                first: entry.first,
                last: entry.last,
                count: entry.count,
                cited: entry.cited.clone(),
                technique: Some("T1496.001"),
                dialogue: Vec::new(),
            });
        }
        said.forgotten += self.kept.forgotten;
    }
}
