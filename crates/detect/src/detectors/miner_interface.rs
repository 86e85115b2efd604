//! Miners that tell how they are over their management interface: a mining device or program in the network.

use super::miner_download::wallet_facts;
use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Endpoint, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, Group, Message, Meta, MinerInterface,
    Observation, Role, Subject, Tenths, Time, UnitKind, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "miner-interface",
        kind: UnitKind::Detector,
        summary: "miner-interface-summary",
        doc: include_str!("miner_interface.md"),
        doc_zh: include_str!("miner_interface.zh.md"),
        since: "0.1.0",
        messages: &["miner-interface-tells", "miner-interface-tells-pool", "miner-interface-at"],
        parameters: &[],
    },
    reads: &[FactKind::Interface],
    weights: &[&TELLS],
    make,
};

/// It names a miner and its counters, but no work was seen: worth a line, and more only beside other groups.
static TELLS: Weight = Weight {
    id: "miner-interface-tells",
    group: Group::Wire,
    tenths: Tenths(200),
    kind: WeightKind::Definition,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, WIRE: a single well-formed message of a miner's own grammar; cgminer API-README, xmrig src/base/api/Api.cpp, ESP-Miner http_server.c",
};

/// Interfaces per address, and over all, about half a KiB each.
const PER_ADDRESS: usize = 8;
const IN_ALL: usize = 4096;

struct Entry {
    told: MinerInterface,
    sightings: Sightings,
}

impl Worth for Entry {
    type Rank = (u64, Time);
    fn worth(&self) -> Self::Rank {
        (self.sightings.count, self.sightings.last)
    }
}

struct Interfaces {
    kept: Kept<Entry>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(Interfaces { kept: Kept::new(PER_ADDRESS, IN_ALL) })
}

impl Detector for Interfaces {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::Interface(told) = &seen.fact else { return };
        // Others took over the form of the answer.
        if !told.works {
            return;
        }
        let detail = told.server.port.to_string();
        let entry = self.kept.entry(told.server.address.to_canonical(), detail, || Entry {
            told: (**told).clone(),
            sightings: Sightings::cited_at(
                seen,
                seen.time,
                Message::new("miner-interface-at").with("product", told.product.as_str()),
            ),
        });
        entry.told.pool = entry.told.pool.take().or_else(|| told.pool.clone());
        entry.told.login = entry.told.login.take().or_else(|| told.login.clone());
        entry.sightings.add(seen.time, seen.time);
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, detail), entry) in self.kept.iter() {
            let key = FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: detail.clone() };
            said.findings.push(finding(key, entry));
        }
        said.forgotten += self.kept.forgotten;
    }
}

fn finding(key: FindingKey, entry: &Entry) -> Finding {
    let MinerInterface { client, server, product, pool, login, .. } = &entry.told;
    let mut facts = Facts::default();
    facts.text("product", Some(product.as_str()));
    let pool = pool.as_deref().and_then(without_scheme);
    facts.text("pool", pool);
    facts.text("login", login.as_deref());
    facts.text("interface", Some(server.to_string()));
    wallet_facts(&mut facts, login.as_deref());
    Finding {
        key,
        kind: FindingKind::Symptom,
        role: Some(Role::Miner),
        weight: Some(&TELLS),
        act: None,
        message: message(product, pool, *server),
        subject: Subject::Connection { client: *client, server: *server },
        facts,
        first: entry.sightings.first,
        last: entry.sightings.last,
        count: entry.sightings.count,
        cited: entry.sightings.cited.clone(),
        technique: None,
        dialogue: Vec::new(),
    }
}

fn message(product: &str, pool: Option<&str>, server: Endpoint) -> Message {
    let id = if pool.is_some() { "miner-interface-tells-pool" } else { "miner-interface-tells" };
    let message = Message::new(id).with("product", product).with("interface", server);
    match pool {
        Some(pool) => message.with("pool", pool),
        None => message,
    }
}

/// `stratum+tcp://pool.example:3333/` is `pool.example:3333`.
fn without_scheme(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '#', '?']).next().filter(|rest| !rest.is_empty())
}
