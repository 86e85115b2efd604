//! Browser extensions that mine, named by the browser that asks for their updates.

use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Endpoint, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, Group, Message, Meta, Observation,
    Subject, Tenths, Time, UnitKind, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "mining-extension",
        kind: UnitKind::Detector,
        summary: "mining-extension-summary",
        doc: include_str!("mining_extension.md"),
        doc_zh: include_str!("mining_extension.zh.md"),
        since: "0.1.0",
        messages: &["mining-extension-installed", "mining-extension-at"],
        parameters: &[],
    },
    reads: &[FactKind::ExtensionCheck],
    weights: &[&INSTALLED],
    make,
};

/// As a page that starts a miner: what would mine is there, and whether it does is not seen.
static INSTALLED: Weight = Weight {
    id: "mining-extension-installed",
    group: Group::Web,
    tenths: Tenths(200),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, WEB: a listed extension that mines, named in a request for updates",
};

/// Extensions per client, and over all, about half a KiB each.
const PER_CLIENT: usize = 16;
const IN_ALL: usize = 4096;

struct Entry {
    client: Endpoint,
    server: Endpoint,
    name: &'static str,
    sightings: Sightings,
}

impl Worth for Entry {
    type Rank = (u64, Time);
    fn worth(&self) -> Self::Rank {
        (self.sightings.count, self.sightings.last)
    }
}

struct MiningExtension {
    kept: Kept<Entry>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(MiningExtension { kept: Kept::new(PER_CLIENT, IN_ALL) })
}

impl Detector for MiningExtension {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::ExtensionCheck(check) = &seen.fact else { return };
        for id in &check.ids {
            let Some(listed) = intel::mining_extension(id) else { continue };
            let entry = self.kept.entry(check.client.address.to_canonical(), id.clone(), || Entry {
                client: check.client,
                server: check.server,
                name: listed.name,
                sightings: Sightings::new(seen.time),
            });
            entry.sightings.note(seen, Message::new("mining-extension-at").with("extension", listed.name));
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, id), entry) in self.kept.iter() {
            let mut facts = Facts::default();
            facts.text("extension", Some(entry.name));
            facts.text("extension_id", Some(id.as_str()));
            said.findings.push(Finding {
                key: FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: id.clone() },
                kind: FindingKind::Symptom,
                role: None,
                weight: Some(&INSTALLED),
                act: None,
                message: Message::new("mining-extension-installed")
                    .with("extension", entry.name)
                    .with("id", id.as_str()),
                subject: Subject::Connection { client: entry.client, server: entry.server },
                facts,
                first: entry.sightings.first,
                last: entry.sightings.last,
                count: entry.sightings.count,
                cited: entry.sightings.cited.clone(),
                technique: Some("T1176"),
                dialogue: Vec::new(),
            });
        }
        said.forgotten += self.kept.forgotten;
    }
}
