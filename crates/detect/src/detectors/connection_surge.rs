//! Suddenly many others at once: a minute with ten times the peers of the busiest minute before.

use crate::attack::{Attack, cited, or_more};
use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Contacts, Direction, Fact, FactKind, Facts, Finding, Message, Meta, Observation, Parameter, Subject,
    Surge, Time, UnitKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "connection-surge",
        kind: UnitKind::Detector,
        summary: "connection-surge-summary",
        doc: include_str!("connection_surge.md"),
        doc_zh: include_str!("connection_surge.zh.md"),
        since: "0.1.0",
        messages: &["connection-surge-opened", "connection-surge-received", "connection-surge-at-first"],
        parameters: &[PEERS, FACTOR, MINUTES],
    },
    reads: &[FactKind::Contacts],
    weights: &[],
    make,
};

const PEERS: Parameter = Parameter {
    name: "peers",
    default: 120,
    unit: "addresses in a minute",
    reason: "twice the one new machine a second that a machine without a worm seldom exceeds (Williamson, Throttling \
             Viruses, ACSAC 2002), for a whole minute",
};
const FACTOR: Parameter = Parameter {
    name: "factor",
    default: 10,
    unit: "times the busiest minute before",
    reason: "with tails as heavy as 1/x the greatest of ten minutes is passed tenfold by one minute in a hundred",
};
const MINUTES: Parameter = Parameter {
    name: "minutes",
    default: 10,
    unit: "minutes watched before",
    reason: "what is sudden needs a before: ten minutes for the derivation of the factor",
};

/// Addresses, half a KiB each.
const IN_ALL: usize = 4096;

struct Entry {
    worst: Surge,
    /// The minutes.
    sightings: Sightings,
}

impl Worth for Entry {
    type Rank = (u64, Time);
    fn worth(&self) -> Self::Rank {
        (self.worst.peers.count, self.sightings.last)
    }
}

struct ConnectionSurge {
    kept: Kept<Entry>,
    peers: u64,
    factor: u64,
    minutes: u64,
}

fn make(settings: &DetectorSettings) -> Box<dyn Detector> {
    let value = |parameter: &Parameter| settings.value(&UNIT.meta, parameter.name);
    Box::new(ConnectionSurge {
        kept: Kept::new(2, IN_ALL),
        peers: value(&PEERS),
        factor: value(&FACTOR),
        minutes: value(&MINUTES),
    })
}

impl Detector for ConnectionSurge {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::Contacts(Contacts::Surge(surge)) = &seen.fact else { return };
        if surge.peers.count < self.peers
            || surge.minutes_before < self.minutes
            || surge.peers.count < surge.busiest_before.saturating_mul(self.factor)
        {
            return;
        }
        let way = match surge.direction {
            Direction::Opened => "opened",
            Direction::Received => "received",
        };
        let entry = self.kept.entry(surge.address, way.to_owned(), || Entry {
            worst: surge.as_ref().clone(),
            sightings: Sightings::new(surge.span.first),
        });
        entry.sightings.add(surge.span.first, surge.span.last);
        let rank = |one: &Surge| (one.peers.count, std::cmp::Reverse(one.span.first));
        if rank(surge) > rank(&entry.worst) {
            entry.worst = surge.as_ref().clone();
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((_, way), entry) in self.kept.iter() {
            said.findings.push(finding(way, entry));
        }
        said.forgotten += self.kept.forgotten;
    }
}

fn finding(way: &str, entry: &Entry) -> Finding {
    let surge = &entry.worst;
    let mut facts = Facts::default();
    facts.count("peers", Some(surge.peers.count));
    facts.count("connections", Some(surge.tried));
    facts.count("empty", Some(surge.empty));
    facts.count("busiest_before", Some(surge.busiest_before));
    facts.count("minutes_before", Some(surge.minutes_before));
    let (id, technique) = match surge.direction {
        Direction::Opened => ("connection-surge-opened", None),
        // Connections that carry nothing, from many: Endpoint Denial of Service, OS Exhaustion Flood.
        Direction::Received => {
            let flood = surge.empty.saturating_mul(10) >= surge.tried.saturating_mul(8);
            ("connection-surge-received", flood.then_some("T1499.001"))
        }
    };
    let message = Message::new(id)
        .with("peers", surge.peers.count)
        .with("more", or_more(surge.peers))
        .with("empty", surge.empty)
        .with("connections", surge.tried)
        .with("before", surge.busiest_before)
        .with("minutes", surge.minutes_before);
    let excerpt = Message::new("connection-surge-at-first");
    let cited = vec![cited(surge.span.begins, surge.span.first, excerpt)];
    Attack {
        detector: UNIT.meta.id,
        address: surge.address,
        detail: way.to_owned(),
        message,
        subject: Subject::Host,
        facts,
        sightings: Sightings { cited, ..entry.sightings.clone() },
        technique,
    }
    .finding()
}
