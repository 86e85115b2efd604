//! Looking for machines and services: one port at many addresses, or many ports of one address.

use crate::attack::{Attack, SWEEP_ADDRESSES, SWEEP_FAILED, cited, is_sweep, list, minutes, or_more};
use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Contacts, Fact, FactKind, Facts, Finding, Knocks, Message, Meta, Observation, Parameter, Span, Subject,
    Sweep, Time, UnitKind,
};
use std::collections::BTreeSet;
use std::net::IpAddr;

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "host-scan",
        kind: UnitKind::Detector,
        summary: "host-scan-summary",
        doc: include_str!("host_scan.md"),
        doc_zh: include_str!("host_scan.zh.md"),
        since: "0.1.0",
        messages: &["host-scan-sweep", "host-scan-ports", "host-scan-was-scanned", "host-scan-at-attempt"],
        parameters: &[SWEEP_ADDRESSES, SWEEP_FAILED, PORTS],
    },
    reads: &[FactKind::Contacts],
    weights: &[],
    make,
};

/// Different ports of one address where connections failed within five minutes.
const PORTS: Parameter = Parameter {
    name: "ports",
    default: 15,
    unit: "ports",
    reason: "Zeek's port_scan_threshold and port_scan_interval (policy/misc/scan.zeek)",
};

/// Network Service Discovery.
const TECHNIQUE: Option<&str> = Some("T1046");
/// Sources and targets, about a KiB each.
const IN_ALL: usize = 4096;
/// Ports and addresses that one finding names or counts.
const MOST_NAMED: usize = 1024;

/// What was found about one address in one way.
struct Entry {
    worst: Worst,
    /// Ports swept, or the addresses at the other end.
    ports: BTreeSet<u16>,
    others: BTreeSet<IpAddr>,
    /// The windows.
    sightings: Sightings,
}

/// The window with most.
#[derive(Clone)]
enum Worst {
    Sweep(Box<Sweep>),
    Knocks(Box<Knocks>),
}

impl Worst {
    fn size(&self) -> u64 {
        match self {
            Worst::Sweep(one) => one.targets.count,
            Worst::Knocks(one) => one.ports.count,
        }
    }

    fn span(&self) -> &Span {
        match self {
            Worst::Sweep(one) => &one.span,
            Worst::Knocks(one) => &one.span,
        }
    }
}

impl Worth for Entry {
    type Rank = (u64, Time);
    fn worth(&self) -> Self::Rank {
        (self.worst.size(), self.sightings.last)
    }
}

struct HostScan {
    kept: Kept<Entry>,
    addresses: u64,
    failed_percent: u64,
    ports: u64,
}

fn make(settings: &DetectorSettings) -> Box<dyn Detector> {
    let value = |parameter: &Parameter| settings.value(&UNIT.meta, parameter.name);
    Box::new(HostScan {
        kept: Kept::new(3, IN_ALL),
        addresses: value(&SWEEP_ADDRESSES),
        failed_percent: value(&SWEEP_FAILED),
        ports: value(&PORTS),
    })
}

impl HostScan {
    fn keep(&mut self, address: IpAddr, way: &str, worst: Worst, port: Option<u16>, other: Option<IpAddr>) {
        let entry = self.kept.entry(address, way.to_owned(), || Entry {
            worst: worst.clone(),
            ports: BTreeSet::new(),
            others: BTreeSet::new(),
            sightings: Sightings::new(worst.span().first),
        });
        entry.sightings.add(worst.span().first, worst.span().last);
        if entry.ports.len() < MOST_NAMED {
            entry.ports.extend(port);
        }
        if entry.others.len() < MOST_NAMED {
            entry.others.extend(other);
        }
        // The earlier of two that are equal: they may come in any order.
        let rank = |one: &Worst| (one.size(), std::cmp::Reverse(one.span().first));
        if rank(&worst) > rank(&entry.worst) {
            entry.worst = worst;
        }
    }
}

impl Detector for HostScan {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::Contacts(contacts) = &seen.fact else { return };
        match contacts {
            Contacts::Sweep(sweep) if is_sweep(sweep, self.addresses, self.failed_percent) => {
                let port = Some(sweep.port);
                self.keep(sweep.source, "sweep", Worst::Sweep(sweep.clone()), port, None);
            }
            Contacts::Knocks(knocks) if knocks.ports.count >= self.ports => {
                let worst = || Worst::Knocks(knocks.clone());
                self.keep(knocks.source, "ports", worst(), None, Some(knocks.target));
                self.keep(knocks.target, "was-scanned", worst(), None, Some(knocks.source));
            }
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        for ((address, way), entry) in self.kept.iter() {
            said.findings.push(finding(*address, way, entry));
        }
        said.forgotten += self.kept.forgotten;
    }
}

fn finding(address: IpAddr, way: &str, entry: &Entry) -> Finding {
    let mut facts = Facts::default();
    let span = entry.worst.span();
    let message = match &entry.worst {
        Worst::Sweep(sweep) => {
            facts.text("port", list(entry.ports.iter().map(u16::to_string)));
            facts.count("targets", Some(sweep.targets.count));
            facts.count("answered", Some(sweep.answered.count));
            facts.count("refused", Some(sweep.failed.refused));
            facts.count("unanswered", Some(sweep.failed.unanswered));
            facts.text("some_targets", list(sweep.some.iter().map(ToString::to_string)));
            Message::new("host-scan-sweep")
                .with("port", u64::from(sweep.port).to_string())
                .with("targets", sweep.targets.count)
                .with("answered", sweep.answered.count)
                .with("minutes", minutes(span))
                .with("more_ports", entry.ports.len().saturating_sub(1) as u64)
                .with("more", or_more(sweep.targets))
        }
        Worst::Knocks(knocks) => {
            let by_source = way == "ports";
            facts.count("ports", Some(knocks.ports.count));
            facts.text("others", list(entry.others.iter().map(ToString::to_string)));
            facts.count("refused", Some(knocks.failed.refused));
            facts.count("unanswered", Some(knocks.failed.unanswered));
            let id = if by_source { "host-scan-ports" } else { "host-scan-was-scanned" };
            Message::new(id)
                .with("other", if by_source { knocks.target } else { knocks.source })
                .with("ports", knocks.ports.count)
                .with("minutes", minutes(span))
                .with("further", entry.others.len().saturating_sub(1) as u64)
                .with("more", or_more(knocks.ports))
        }
    };
    let excerpt = |origin, time| cited(origin, time, Message::new("host-scan-at-attempt"));
    let cited = vec![excerpt(span.begins, span.first), excerpt(span.ends, span.last)];
    Attack {
        detector: UNIT.meta.id,
        address,
        detail: way.to_owned(),
        message,
        subject: Subject::Host,
        facts,
        sightings: Sightings { cited, ..entry.sightings.clone() },
        technique: TECHNIQUE,
    }
    .finding()
}
