//! Connections to a listed pool's address and port, and to an address and port that a session of the same evidence
//! proved to be a pool.

use crate::kept::{Kept, Worth};
use crate::lasting::{LASTING_SECS, LASTING_TIMES};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Names, Pool, Said};
use model::{
    Endpoint, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, FlowSummary, Group, Message, Meta,
    MiningSession, Observation, Opened, Subject, Tenths, Time, UnitKind, Value, Weight, WeightKind,
};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "pool-address",
        kind: UnitKind::Detector,
        summary: "pool-address-summary",
        doc: include_str!("pool_address.md"),
        doc_zh: include_str!("pool_address.zh.md"),
        since: "0.1.0",
        messages: &["pool-address-listed", "pool-address-learned", "pool-address-at-connection"],
        parameters: &[LASTING_SECS, LASTING_TIMES],
    },
    reads: &[FactKind::Flow, FactKind::Session],
    weights: &[&REACHED, &LASTING],
    make,
};

static REACHED: Weight = Weight {
    id: "pool-address-reached",
    group: Group::Dest,
    tenths: Tenths(320),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, DEST: known pool address with its listed port connected, payload both ways; a learned pool counts as a listed one",
};

static LASTING: Weight = Weight {
    id: "pool-address-lasting",
    group: Group::Dest,
    tenths: Tenths(360),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, DEST: the same for 30 minutes or at 3 times",
};

/// Pools per client: one, its fallbacks, the author's; probes of hundreds are one host all the same.
const POOLS_PER_CLIENT: usize = 32;
/// Over all clients, about 1 KiB each.
const IN_ALL: usize = 8192;
/// Pools learned from sessions.
const LEARNED: usize = 4096;
/// Sessions of clients at servers, some 80 bytes each. Beyond, the first stay.
const OWN: usize = 65_536;

struct Entry {
    pool: Option<Pool>,
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

struct PoolAddress {
    kept: Kept<Entry>,
    /// Pools proved by a session, with the client whose session it was.
    learned: BTreeMap<Endpoint, IpAddr>,
    /// Clients with a session of their own at a server: it counts as such, and not again as a connection.
    own: BTreeSet<(IpAddr, Endpoint)>,
    /// Where pools sent their miners: name or address and port.
    redirected: BTreeSet<String>,
    lasting_secs: u64,
    lasting_times: u64,
}

fn make(settings: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(PoolAddress {
        kept: Kept::new(POOLS_PER_CLIENT, IN_ALL),
        learned: BTreeMap::new(),
        own: BTreeSet::new(),
        redirected: BTreeSet::new(),
        lasting_secs: settings.value(&UNIT.meta, LASTING_SECS.name),
        lasting_times: settings.value(&UNIT.meta, LASTING_TIMES.name),
    })
}

impl Detector for PoolAddress {
    fn see(&mut self, seen: &Observation, context: &Context<'_>) {
        match &seen.fact {
            Fact::Session(session) => self.learn(session),
            Fact::Flow(flow) => self.connected(flow, seen, context),
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, detail), entry) in self.kept.iter() {
            // What only sessions taught is no second fact about a client that has a session there itself.
            if entry.pool.is_none() && self.own.contains(&(*address, entry.server)) {
                continue;
            }
            let key = FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: detail.clone() };
            said.findings.push(self.finding(key, entry));
        }
        said.forgotten += self.kept.forgotten;
    }
}

impl PoolAddress {
    /// A session with a paired answer and a job proves that a pool listens there. Nodes that are polled do not count.
    fn learn(&mut self, session: &MiningSession) {
        let proof = &session.proof;
        if proof.anchored > 0 && proof.answered > 0 && self.own.len() < OWN {
            self.own.insert((session.client.address.to_canonical(), session.server));
        }
        // The other end of a tunnel is a proxy that serves everybody.
        if session.carriage.target.is_some() {
            return;
        }
        let polled = session.dialect.is_none_or(model::Dialect::is_polled);
        if proof.anchored > 0 && proof.answered > 0 && proof.job && !polled && self.learned.len() < LEARNED {
            self.learned.entry(session.server).or_insert(session.client.address.to_canonical());
        }
        // Where a proven server sends its miners, a pool listens too.
        if proof.anchored > 0
            && proof.answered > 0
            && self.redirected.len() < LEARNED
            && let Some(to) = &session.redirect
        {
            self.redirected.insert(to.to_ascii_lowercase());
        }
    }

    /// Whether a pool sent its miners to this server, by address or by a name this client knows it by.
    fn is_redirected(&self, flow: &FlowSummary, client: Endpoint, server: Endpoint, names: &Names) -> bool {
        if self.redirected.is_empty() {
            return false;
        }
        let port = server.port;
        self.redirected.contains(&server.to_string())
            || names
                .of(flow.flow, client.address, server.address, flow.first)
                .any(|name| self.redirected.contains(&format!("{name}:{port}")))
    }

    fn connected(&mut self, flow: &FlowSummary, seen: &Observation, context: &Context<'_>) {
        if flow.payload.contains(&0) || context.names.is_web(flow.flow) {
            return;
        }
        // Joined in the middle, the side that spoke first passes for the client: look at both.
        let ends = [(flow.client, flow.server), (flow.server, flow.client)];
        let ends = if flow.opened == Opened::Unseen { &ends[..] } else { &ends[..1] };
        for &(client, server) in ends {
            let listed = context.intel.pool_by_address(server.address, server.port);
            // The session that taught us the pool does not count again as a connection to it.
            let learned = self.learned.get(&server).is_some_and(|by| *by != client.address.to_canonical());
            let redirected = || self.is_redirected(flow, client, server, context.names);
            if listed.is_some() || learned || redirected() {
                let entry = self.kept.entry(client.address.to_canonical(), server.to_string(), || Entry {
                    pool: None,
                    client,
                    server,
                    sightings: Sightings::new(flow.first),
                });
                entry.pool = entry.pool.take().or(listed);
                entry.sightings.add(flow.first, flow.last);
                let excerpt = Message::new("pool-address-at-connection").with("server", server);
                entry.sightings.cite(seen, excerpt);
                return;
            }
        }
    }

    fn finding(&self, key: FindingKey, entry: &Entry) -> Finding {
        let Sightings { first, last, count, ref cited } = entry.sightings;
        let lasted = last.secs_since(first) >= self.lasting_secs || count >= self.lasting_times;
        let mut facts = Facts::default();
        facts.text("pool", Some(entry.server.to_string()));
        facts.text("listed_as", entry.pool.as_ref().map(|pool| pool.id.as_str()));
        let coin = entry.pool.as_ref().and_then(|pool| match pool.coins.as_slice() {
            [one] => Some(one.as_str()),
            _ => None,
        });
        facts.text("coin_offered", coin);
        facts.count("connections", Some(count));
        facts.set("connected", Value::Flag(true));
        let id = if entry.pool.is_some() { "pool-address-listed" } else { "pool-address-learned" };
        let listed = entry.pool.as_ref().map(|pool| pool.id.as_str()).unwrap_or_default();
        Finding {
            key,
            kind: FindingKind::Mining,
            role: None,
            weight: Some(if lasted { &LASTING } else { &REACHED }),
            act: None,
            message: Message::new(id)
                .with("pool", entry.server)
                .with("listed", listed)
                .with("connections", count),
            subject: Subject::Connection { client: entry.client, server: entry.server },
            facts,
            first,
            last,
            count,
            cited: cited.clone(),
            technique: Some("T1496.001"),
            dialogue: Vec::new(),
        }
    }
}
