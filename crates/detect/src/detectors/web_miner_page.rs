//! Pages, scripts and modules that start a miner in the browser, seen as they were fetched in the clear.

use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Fact, FactKind, Finding, FindingKey, FindingKind, Group, Message, Meta, Observation, Recognised, Subject,
    Tenths, Time, Transfer, UnitKind, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "web-miner-page",
        kind: UnitKind::Detector,
        summary: "web-miner-page-summary",
        doc: include_str!("web_miner_page.md"),
        doc_zh: include_str!("web_miner_page.zh.md"),
        since: "0.1.0",
        messages: &["web-miner-page-starts", "web-miner-page-module", "web-miner-page-at"],
        parameters: &[],
    },
    reads: &[FactKind::Transfer],
    weights: &[&STARTS, &SCRATCHPAD, &BITS],
    make,
};

static STARTS: Weight = Weight {
    id: "web-miner-page-starts",
    group: Group::Web,
    tenths: Tenths(200),
    kind: WeightKind::Definition,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, WEB: page or script that starts a known miner; API of Coinhive and its clones, webminerpool's SDK",
};

static SCRATCHPAD: Weight = Weight {
    id: "web-miner-page-scratchpad",
    group: Group::Web,
    tenths: Tenths(100),
    kind: WeightKind::Measured { hits: 0, hosts: 31 },
    conclusive: false,
    grows: None,
    source: "CryptoNight's scratchpad (CNS008): the mask of 2 MiB stands in 33 of 34 miner modules of MineSweeper's data set, in none of 31 others",
};

static BITS: Weight = Weight {
    id: "web-miner-page-bits",
    group: Group::Web,
    tenths: Tenths(60),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "share of bit operators in 34 miner modules of MineSweeper's data set and 31 others, thresholds chosen after seeing them",
};

/// Files per client, and over all, about 1 KiB each.
const FILES_PER_CLIENT: usize = 32;
const IN_ALL: usize = 4096;

struct Entry {
    weight: &'static Weight,
    transfer: Box<Transfer>,
    starts: Option<(String, String)>,
    sightings: Sightings,
}

impl Worth for Entry {
    type Rank = (i32, Time);
    fn worth(&self) -> Self::Rank {
        (self.weight.tenths.0, self.sightings.last)
    }
}

struct WebMinerPage {
    kept: Kept<Entry>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(WebMinerPage { kept: Kept::new(FILES_PER_CLIENT, IN_ALL) })
}

impl Detector for WebMinerPage {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::Transfer(transfer) = &seen.fact else { return };
        let weighed = transfer.recognised.iter().filter_map(weigh).max_by_key(|(weight, _)| weight.tenths);
        let Some((weight, starts)) = weighed else { return };
        let key = format!("{} {}", transfer.host.as_deref().unwrap_or_default(), transfer.sha256);
        let client = transfer.client.address.to_canonical();
        let entry = self.kept.entry(client, key, || Entry {
            weight,
            transfer: transfer.clone(),
            starts,
            sightings: Sightings::new(seen.time),
        });
        let excerpt = Message::new("web-miner-page-at").with("target", transfer.target.as_str());
        entry.sightings.note(seen, excerpt);
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, detail), entry) in self.kept.iter() {
            let transfer = &entry.transfer;
            let mut facts = super::miner_download::file_facts(transfer);
            facts.text("page", transfer.page.as_deref());
            if let Some((starts, key)) = &entry.starts {
                facts.text("starts", Some(starts.as_str()));
                facts.text("login", Some(key.as_str()).filter(|key| !key.is_empty()));
                super::miner_download::wallet_facts(&mut facts, Some(key));
            }
            let id = if entry.starts.is_some() { "web-miner-page-starts" } else { "web-miner-page-module" };
            said.findings.push(Finding {
                key: FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: detail.clone() },
                kind: FindingKind::Symptom,
                role: None,
                weight: Some(entry.weight),
                act: None,
                message: Message::new(id).with("url", super::miner_download::url(transfer)),
                subject: Subject::Connection { client: transfer.client, server: transfer.server },
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

/// What is recognised, what it weighs, and what it starts with which key.
fn weigh(recognised: &Recognised) -> Option<(&'static Weight, Option<(String, String)>)> {
    match recognised {
        Recognised::WebMiner { starts, key } => Some((&STARTS, Some((starts.clone(), key.clone())))),
        Recognised::Wasm { scratchpad: true, .. } => Some((&SCRATCHPAD, None)),
        Recognised::Wasm { scratchpad: false, .. } => Some((&BITS, None)),
        _ => None,
    }
}
