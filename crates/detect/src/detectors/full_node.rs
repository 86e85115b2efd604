//! Full nodes: the innocent explanation for much that looks like an interest in a coin.

use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Endpoint, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, Message, Meta, Observation, Role,
    Subject, Time, UnitKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "full-node",
        kind: UnitKind::Detector,
        summary: "full-node-summary",
        doc: include_str!("full_node.md"),
        doc_zh: include_str!("full_node.zh.md"),
        since: "0.1.0",
        messages: &["full-node-runs", "full-node-wallet", "full-node-at"],
        parameters: &[],
    },
    reads: &[FactKind::Node],
    weights: &[],
    make,
};

/// Chains per address: a node runs one, an explorer's machine a few.
const CHAINS_PER_ADDRESS: usize = 8;
/// Over all addresses: a node has a hundred peers outside, each half a KiB, all dropped later.
const IN_ALL: usize = 8192;

struct Entry {
    client: Endpoint,
    server: Endpoint,
    protocol: &'static str,
    agent: Option<String>,
    sightings: Sightings,
}

impl Worth for Entry {
    type Rank = (u64, Time);
    fn worth(&self) -> Self::Rank {
        (self.sightings.count, self.sightings.last)
    }
}

struct FullNode {
    kept: Kept<Entry>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(FullNode { kept: Kept::new(CHAINS_PER_ADDRESS, IN_ALL) })
}

impl Detector for FullNode {
    fn see(&mut self, seen: &Observation, _context: &Context<'_>) {
        let Fact::Node(node) = &seen.fact else { return };
        // A developer's private chain is no coin's network and explains no interest in one.
        if node.chain.contains("regtest") {
            return;
        }
        for (end, agent) in [(node.client, &node.client_agent), (node.server, &node.server_agent)] {
            // Who listens to a node's announcements (an explorer, a shop) need not be one.
            if node.protocol == "zmq" && end == node.client {
                continue;
            }
            let entry = self.kept.entry(end.address.to_canonical(), node.chain.clone(), || Entry {
                client: node.client,
                server: node.server,
                protocol: node.protocol,
                agent: None,
                sightings: Sightings::cited_at(
                    seen,
                    seen.time,
                    Message::new("full-node-at").with("protocol", node.protocol),
                ),
            });
            entry.agent = entry.agent.take().or_else(|| agent.clone());
            entry.sightings.add(seen.time, seen.time);
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, chain), entry) in self.kept.iter() {
            let mut facts = Facts::default();
            facts.text("chain", Some(chain.as_str()));
            // Its nodes mine for themselves, elsewhere: the protocol is worth a name of its own.
            let p2pool = entry.protocol == model::Dialect::P2pool.word();
            facts.text("protocol", p2pool.then_some(entry.protocol));
            // A light wallet asks a server; neither end is thereby a node of the network.
            let wallet = entry.protocol == "electrum";
            facts.text("peer_protocol", Some(entry.protocol));
            facts.text("node_agent", entry.agent.as_deref());
            facts.count("peers", Some(entry.sightings.count));
            said.findings.push(Finding {
                key: FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: chain.clone() },
                kind: FindingKind::Context,
                role: (!wallet).then_some(Role::Node),
                weight: None,
                act: None,
                message: Message::new(if wallet { "full-node-wallet" } else { "full-node-runs" })
                    .with("chain", chain.as_str())
                    .with("peers", entry.sightings.count)
                    .with("agent", entry.agent.as_deref().unwrap_or_default()),
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
