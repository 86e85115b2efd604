//! A worm-like chain: a machine that was reached on a port by one that scans or guesses there, and that afterwards
//! scans or guesses on that port itself.

use crate::attack::{Attack, GUESSES, SWEEP_ADDRESSES, SWEEP_FAILED, cited, is_sweep, service};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Contacts, Fact, FactKind, Facts, Finding, Message, Meta, Observation, Origin, Subject, Time, UnitKind,
};
use std::collections::BTreeMap;
use std::net::IpAddr;

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "spread",
        kind: UnitKind::Detector,
        summary: "spread-summary",
        doc: include_str!("spread.md"),
        doc_zh: include_str!("spread.zh.md"),
        since: "0.1.0",
        messages: &["spread-passed-on", "spread-at-own"],
        parameters: &[SWEEP_ADDRESSES, SWEEP_FAILED, GUESSES],
    },
    reads: &[FactKind::Contacts],
    weights: &[],
    make,
};

/// Lateral movement by exploiting a service, or by a password that was guessed.
const EXPLOITED: Option<&str> = Some("T1210");
const LOGGED_IN: Option<&str> = Some("T1021");

/// Sources that scan or guess, by port; and who reached whom: 16 for each.
const MOST: usize = 4096;
/// Links of a chain that are named.
const LINKS: usize = 8;

/// One machine on one port.
type Place = (IpAddr, u16);

/// When a machine began to scan or guess on a port, and where that shows.
#[derive(Debug, Clone, Copy)]
struct Began {
    first: Time,
    last: Time,
    origin: Origin,
    /// It guesses passwords there.
    guesses: bool,
}

struct Spread {
    began: BTreeMap<Place, Began>,
    /// Who reached a machine on a port, and when first.
    reached: BTreeMap<Place, BTreeMap<IpAddr, Time>>,
    forgotten: u64,
    addresses: u64,
    failed_percent: u64,
    guesses: u64,
}

fn make(settings: &DetectorSettings) -> Box<dyn Detector> {
    let value = |name: &str| settings.value(&UNIT.meta, name);
    Box::new(Spread {
        began: BTreeMap::new(),
        reached: BTreeMap::new(),
        forgotten: 0,
        addresses: value(SWEEP_ADDRESSES.name),
        failed_percent: value(SWEEP_FAILED.name),
        guesses: value(GUESSES.name),
    })
}

impl Spread {
    fn begins(&mut self, place: Place, began: Began) {
        if self.began.len() >= MOST && !self.began.contains_key(&place) {
            self.forgotten += 1;
            return;
        }
        let known = self.began.entry(place).or_insert(began);
        if began.first < known.first {
            (known.first, known.origin) = (began.first, began.origin);
        }
        known.last = known.last.max(began.last);
        known.guesses |= began.guesses;
    }

    fn reaches(&mut self, place: Place, by: IpAddr, time: Time) {
        if self.reached.len() >= MOST && !self.reached.contains_key(&place) {
            self.forgotten += 1;
            return;
        }
        let sources = self.reached.entry(place).or_default();
        if sources.len() < 16 || sources.contains_key(&by) {
            let known = sources.entry(by).or_insert(time);
            *known = time.min(*known);
        }
    }

    /// Who passed it on to a machine: the first that reached it after having begun itself, and before it began.
    fn source_of(&self, place: Place) -> Option<(IpAddr, Time, Began)> {
        let own = self.began.get(&place)?;
        let sources = self.reached.get(&place)?;
        let mut passing: Vec<(Time, IpAddr, Began)> = sources
            .iter()
            .filter_map(|(by, time)| Some((*time, *by, *self.began.get(&(*by, place.1))?)))
            .filter(|(time, by, began)| *by != place.0 && began.first <= *time && *time <= own.first)
            .collect();
        passing.sort_by_key(|(time, by, _)| (*time, *by));
        passing.first().map(|(time, by, began)| (*by, *time, *began))
    }

    /// The machines before this one, the first of them first.
    fn chain(&self, place: Place) -> Vec<IpAddr> {
        let mut chain = vec![place.0];
        while chain.len() < LINKS {
            let Some(here) = chain.last() else { break };
            match self.source_of((*here, place.1)) {
                Some((by, ..)) if !chain.contains(&by) => chain.push(by),
                _ => break,
            }
        }
        chain.reverse();
        chain
    }

    fn finding(&self, place: Place, own: &Began) -> Option<Finding> {
        let (by, time, passing) = self.source_of(place)?;
        let chain = self.chain(place).iter().map(ToString::to_string).collect::<Vec<_>>().join(" → ");
        let minutes = own.first.secs_since(time) / 60;
        let mut facts = Facts::default();
        facts.text("chain_of", Some(chain.as_str()));
        facts.text("port", Some(place.1.to_string()));
        facts.text("reached_by", Some(by.to_string()));
        facts.count("minutes_between", Some(minutes));
        let message = Message::new("spread-passed-on")
            .with("by", by)
            .with("service", service(place.1))
            .with("time", time)
            .with("minutes", minutes)
            .with("chain", chain);
        let cited = vec![cited(own.origin, own.first, Message::new("spread-at-own"))];
        Some(
            Attack {
                detector: UNIT.meta.id,
                address: place.0,
                detail: format!("{:05}", place.1),
                message,
                subject: Subject::Host,
                facts,
                sightings: Sightings { first: time, last: own.last, count: 1, cited },
                technique: if passing.guesses { LOGGED_IN } else { EXPLOITED },
            }
            .finding(),
        )
    }
}

impl Detector for Spread {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::Contacts(contacts) = &seen.fact else { return };
        let began = |span: &model::Span, guesses| Began {
            first: span.first,
            last: span.last,
            origin: span.begins,
            guesses,
        };
        match contacts {
            Contacts::Sweep(sweep) if is_sweep(sweep, self.addresses, self.failed_percent) => {
                self.begins((sweep.source, sweep.port), began(&sweep.span, false));
                for (by, time) in &sweep.reached_by {
                    self.reaches((sweep.source, sweep.port), *by, *time);
                }
            }
            Contacts::Logins(run) => {
                if run.busiest >= self.guesses {
                    self.begins((run.source, run.server.port), began(&run.span, true));
                }
                self.reaches((run.server.address, run.server.port), run.source, run.span.first);
            }
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        said.findings.extend(self.began.iter().filter_map(|(place, own)| self.finding(*place, own)));
        said.forgotten += self.forgotten;
    }
}
