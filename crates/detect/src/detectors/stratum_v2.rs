//! Stratum V2 inside Noise: the shape of its handshake, and records of the lengths of shares and new blocks.

use crate::kept::{Kept, Worth};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Cited, Dialect, Endpoint, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, Group, Message, Meta,
    Observation, Subject, Tenths, Time, UnitKind, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "stratum-v2",
        kind: UnitKind::Detector,
        summary: "stratum-v2-summary",
        doc: include_str!("stratum_v2.md"),
        doc_zh: include_str!("stratum_v2.zh.md"),
        since: "0.1.0",
        messages: &["stratum-v2-handshake", "stratum-v2-works", "stratum-v2-at-handshake"],
        parameters: &[],
    },
    reads: &[FactKind::Session],
    weights: &[&HANDSHAKE, &WORKS],
    make,
};

/// Benign hosts in public captures of office, home and server traffic on which the shape was looked for by hand in
/// 2026-11: none had it.
const BENIGN: WeightKind = WeightKind::Measured { hits: 0, hosts: 165 };

static HANDSHAKE: Weight = Weight {
    id: "stratum-v2-handshake",
    group: Group::Wire,
    tenths: Tenths(100),
    kind: BENIGN,
    conclusive: false,
    grows: None,
    source: "stratum-mining/sv2-spec 04, lengths of the Noise handshake; 0 of 165 hosts of public benign captures, 2026-11",
};

static WORKS: Weight = Weight {
    id: "stratum-v2-works",
    group: Group::Wire,
    tenths: Tenths(170),
    kind: BENIGN,
    conclusive: false,
    grows: None,
    source: "stratum-mining/sv2-spec 05, lengths of shares and of new blocks after the handshake; 0 of 165 hosts of public benign captures, 2026-11",
};

/// Servers per client: a machine has one and its fallbacks.
const SERVERS_PER_CLIENT: usize = 8;
/// Over all clients, about half a KiB each.
const IN_ALL: usize = 4096;
/// Records of the length of a share, and of a new block, from which on they are no accident of one length.
const RECORDS: u64 = 3;

struct Entry {
    client: Endpoint,
    server: Endpoint,
    first: Time,
    last: Time,
    /// Records of the lengths of shares and of new blocks, in the connection that had most.
    records: [u64; 2],
    cited: Vec<Cited>,
}

impl Worth for Entry {
    type Rank = (u64, Time);
    fn worth(&self) -> Self::Rank {
        (self.records[0].min(self.records[1]), self.last)
    }
}

struct StratumV2 {
    kept: Kept<Entry>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(StratumV2 { kept: Kept::new(SERVERS_PER_CLIENT, IN_ALL) })
}

impl Detector for StratumV2 {
    fn see(&mut self, seen: &Observation, _context: &Context<'_>) {
        let Fact::Session(session) = &seen.fact else { return };
        // What could be read is a session like others, and judged as such.
        if session.dialect != Some(Dialect::StratumV2) || session.proof.anchored > 0 {
            return;
        }
        let excerpt = || Message::new("stratum-v2-at-handshake").with("server", session.server);
        let cite = |&(_, origin, time): &(_, _, _)| Cited { origin, time, excerpt: excerpt() };
        let client = session.client.address.to_canonical();
        let entry = self.kept.entry(client, session.server.to_string(), || Entry {
            client: session.client,
            server: session.server,
            first: session.first,
            last: session.last,
            records: [0; 2],
            cited: session.marks.iter().map(cite).collect(),
        });
        let records = [session.proof.client_messages, session.proof.server_messages];
        entry.records = entry.records.max(records);
        entry.first = entry.first.min(session.first);
        entry.last = entry.last.max(session.last);
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, detail), entry) in self.kept.iter() {
            let works = entry.records.iter().all(|count| *count >= RECORDS);
            let mut facts = Facts::default();
            facts.text("protocol", Some(Dialect::StratumV2.word()));
            facts.text("pool", Some(entry.server.to_string()));
            facts.count("share_lengths", Some(entry.records[0]));
            facts.count("block_lengths", Some(entry.records[1]));
            let id = if works { "stratum-v2-works" } else { "stratum-v2-handshake" };
            said.findings.push(Finding {
                key: FindingKey { detector: UNIT.meta.id, host: (*address).into(), detail: detail.clone() },
                kind: FindingKind::Mining,
                role: None,
                weight: Some(if works { &WORKS } else { &HANDSHAKE }),
                act: None,
                message: Message::new(id).with("server", entry.server).with("records", entry.records[0]),
                subject: Subject::Connection { client: entry.client, server: entry.server },
                facts,
                first: entry.first,
                last: entry.last,
                count: 1,
                cited: entry.cited.clone(),
                technique: Some("T1496.001"),
                dialogue: Vec::new(),
            });
        }
        said.forgotten += self.kept.forgotten;
    }
}
