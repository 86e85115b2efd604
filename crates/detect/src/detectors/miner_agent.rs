//! A program that calls itself a miner where no mining dialogue is spoken: downloads, updates, status pages.

use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Endpoint, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, Group, HttpRequest, Message, Meta,
    Observation, Subject, Tenths, Time, UnitKind, Weight, WeightKind,
};

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
    reads: &[FactKind::HttpRequest],
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
/// Where miners ask a node whether there is a new block (xmrig/xmrig
/// src/base/net/stratum/DaemonClient.cpp): part of a dialogue.
const DIALOGUE: [&str; 5] = ["/json_rpc", "/getheight", "/get_height", "/getinfo", "/get_info"];

struct Entry {
    agent: String,
    client: Endpoint,
    server: Endpoint,
    host: Option<String>,
    sightings: Sightings,
}

impl Worth for Entry {
    type Rank = Time;
    fn worth(&self) -> Time {
        self.sightings.last
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
        let Fact::HttpRequest(request) = &seen.fact else { return };
        let Some(agent) = request.user_agent.as_ref().filter(|agent| context.intel.is_miner_itself(agent))
        else {
            return;
        };
        if is_dialogue(request) {
            return;
        }
        // However many programs it names, that one of them mines is one fact.
        let key = format!("named\t{agent}");
        let entry = self.kept.entry(request.client.address.to_canonical(), key, || Entry {
            agent: agent.clone(),
            client: request.client,
            server: request.server,
            host: request.host.clone(),
            sightings: Sightings::new(seen.time),
        });
        entry.sightings.note(seen, Message::new("miner-agent-at").with("agent", agent.as_str()));
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, detail), entry) in self.kept.iter() {
            let mut facts = Facts::default();
            facts.text("agent", Some(entry.agent.as_str()));
            facts.text("asked", Some(entry.server.to_string()));
            facts.text("host", entry.host.as_deref());
            said.findings.push(Finding {
                key: FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: detail.clone() },
                kind: FindingKind::Mining,
                role: None,
                weight: Some(&NAMES_ITSELF),
                act: None,
                message: Message::new("miner-agent-names-itself")
                    .with("agent", entry.agent.as_str())
                    .with("server", entry.host.clone().unwrap_or_else(|| entry.server.to_string())),
                subject: Subject::Connection { client: entry.client, server: entry.server },
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

/// Whether a miner's request belongs to a dialogue about work, by itself: whether its connection turns out to be one
/// is known too late, and a finding once said should not be taken back.
fn is_dialogue(request: &HttpRequest) -> bool {
    let path = request.target.split('?').next().unwrap_or_default();
    request.method.eq_ignore_ascii_case("POST") || DIALOGUE.contains(&path)
}
