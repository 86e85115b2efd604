//! Miners that tell how they are: over their management interface, or by the agent of a rig that reports.

use super::miner_download::wallet_facts;
use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Fact, FactKind, Facts, Finding, FindingKey, FindingKind, Group, Message, Meta, MinerInterface,
    Observation, Role, Subject, Tenths, Time, ToldBy, UnitKind, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "miner-interface",
        kind: UnitKind::Detector,
        summary: "miner-interface-summary",
        doc: include_str!("miner_interface.md"),
        doc_zh: include_str!("miner_interface.zh.md"),
        since: "0.1.0",
        messages: &[
            "miner-interface-tells",
            "miner-interface-tells-pool",
            "miner-interface-reports",
            "miner-interface-registers",
            "miner-interface-at",
        ],
        parameters: &[],
    },
    reads: &[FactKind::Interface],
    weights: &[&TELLS, &REGISTERS],
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

/// A rig makes itself known to the service that manages it, and says of no program that it mines.
static REGISTERS: Weight = Weight {
    id: "miner-interface-registers",
    group: Group::Wire,
    tenths: Tenths(60),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "the agent of a system that only mines; minershive/hiveos-linux hive/bin/hello",
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
        let (miner, detail) = match told.by {
            // Others took over the form of the answer.
            ToldBy::Answer if !told.works => return,
            ToldBy::Answer => (told.server, told.server.port.to_string()),
            ToldBy::Report => (told.client, format!("reports to {}", told.server.address.to_canonical())),
        };
        let entry = self.kept.entry(miner.address.to_canonical(), detail, || Entry {
            told: (**told).clone(),
            sightings: Sightings::cited_at(
                seen,
                seen.time,
                Message::new("miner-interface-at").with("product", told.product.as_str()),
            ),
        });
        entry.told.pool = entry.told.pool.take().or_else(|| told.pool.clone());
        entry.told.login = entry.told.login.take().or_else(|| told.login.clone());
        entry.told.program = entry.told.program.take().or_else(|| told.program.clone());
        entry.told.algorithm = entry.told.algorithm.take().or_else(|| told.algorithm.clone());
        entry.told.works |= told.works;
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
    let MinerInterface { client, server, product, program, algorithm, pool, login, works, .. } = &entry.told;
    let mut facts = Facts::default();
    facts.text("product", Some(product.as_str()));
    let pool = pool.as_deref().and_then(without_scheme);
    facts.text("pool", pool);
    facts.text("login", login.as_deref());
    facts.text("interface", Some(server.to_string()));
    facts.text("agent", program.as_deref());
    facts.text("algorithm", algorithm.as_deref());
    wallet_facts(&mut facts, login.as_deref());
    Finding {
        key,
        kind: FindingKind::Symptom,
        role: works.then_some(Role::Miner),
        weight: Some(if *works { &TELLS } else { &REGISTERS }),
        act: None,
        message: message(&entry.told, pool),
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

fn message(told: &MinerInterface, pool: Option<&str>) -> Message {
    let id = match (told.by, pool) {
        (ToldBy::Answer, Some(_)) => "miner-interface-tells-pool",
        (ToldBy::Answer, None) => "miner-interface-tells",
        (ToldBy::Report, _) if told.works => "miner-interface-reports",
        (ToldBy::Report, _) => "miner-interface-registers",
    };
    let message = Message::new(id).with("product", told.product.as_str()).with("interface", told.server);
    match (pool, &told.program) {
        (Some(pool), _) => message.with("pool", pool),
        (None, Some(program)) => message.with("program", program.as_str()),
        (None, None) => message,
    }
}

/// `stratum+tcp://pool.example:3333/` is `pool.example:3333`.
fn without_scheme(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '#', '?']).next().filter(|rest| !rest.is_empty())
}
