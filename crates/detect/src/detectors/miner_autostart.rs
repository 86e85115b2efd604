//! Entries that start by themselves and order mining: a pool and a login in a miner's option syntax.

use super::miner_download::wallet_facts;
use crate::autostart::{IN_ALL, PER_MACHINE, place, subject, technique};
use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Autorun, EvidenceId, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, Group, HostKey, Message,
    Meta, Observation, Orders, OrdersFrom, Role, Tenths, Time, UnitKind, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "miner-autostart",
        kind: UnitKind::Detector,
        summary: "miner-autostart-summary",
        doc: include_str!("miner_autostart.md"),
        doc_zh: include_str!("miner_autostart.zh.md"),
        since: "0.1.0",
        messages: &["miner-autostart-orders", "miner-autostart-at"],
        parameters: &[],
    },
    reads: &[FactKind::Autorun],
    weights: &[&ORDERS],
    make,
};

static ORDERS: Weight = Weight {
    id: "miner-autostart-orders",
    group: Group::Code,
    tenths: Tenths(400),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, CODE: an entry that starts by itself and orders mining; xmrig BaseTransform.h, cpuminer-opt usage",
};

struct Entry {
    entry: Box<Autorun>,
    orders: Orders,
    sightings: Sightings,
}

impl Worth for Entry {
    type Rank = Time;
    fn worth(&self) -> Self::Rank {
        self.sightings.last
    }
}

struct MinerAutostart {
    kept: Kept<Entry, EvidenceId>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(MinerAutostart { kept: Kept::new(PER_MACHINE, IN_ALL) })
}

impl Detector for MinerAutostart {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::Autorun(entry) = &seen.fact else { return };
        for orders in &entry.orders {
            // The same orders in many places are one fact.
            let login = orders.login.as_deref().unwrap_or_default();
            let detail = format!("{} {login}\t{}", orders.pool, place(entry));
            let kept = self.kept.entry(seen.origin.evidence, detail, || Entry {
                entry: entry.clone(),
                orders: orders.clone(),
                sightings: Sightings::cited_at(
                    seen,
                    seen.time,
                    Message::new("miner-autostart-at").with("place", place(entry)),
                ),
            });
            kept.sightings.add(seen.time, seen.time);
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((evidence, detail), entry) in self.kept.iter() {
            let host = HostKey::Machine(*evidence);
            said.findings
                .push(finding(FindingKey { detector: UNIT.meta.id, host, detail: detail.clone() }, entry));
        }
        said.forgotten += self.kept.forgotten;
    }
}

fn finding(key: FindingKey, kept: &Entry) -> Finding {
    let Entry { entry, orders, sightings } = kept;
    let mut facts = Facts::default();
    facts.text("pool", Some(orders.pool.as_str()));
    facts.text("login", orders.login.as_deref());
    wallet_facts(&mut facts, orders.login.as_deref());
    if let OrdersFrom::File(file) = &orders.from
        && *file != entry.path
    {
        facts.text("orders_in", Some(file.as_str()));
    }
    facts.text("user", entry.user.as_deref());
    facts.text("when", entry.when.as_deref());
    Finding {
        key,
        kind: FindingKind::Mining,
        role: Some(Role::Miner),
        weight: Some(&ORDERS),
        act: None,
        message: Message::new("miner-autostart-orders")
            .with("mechanism", entry.mechanism.0)
            .with("place", place(entry))
            .with("pool", orders.pool.as_str()),
        subject: subject(entry),
        facts,
        first: sightings.first,
        last: sightings.last,
        count: sightings.count,
        cited: sightings.cited.clone(),
        technique: technique(entry),
        dialogue: Vec::new(),
    }
}
