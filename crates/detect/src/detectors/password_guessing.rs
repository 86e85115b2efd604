//! Password guessing: short connections with a login service, again and again, and one that seems to have got in.

use crate::attack::{Attack, GUESSES, cited, list, service, success};
use crate::kept::{Kept, Worth};
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Contacts, Fact, FactKind, Facts, Finding, Logins, Message, Meta, Observation, Subject, Time, UnitKind,
    Value,
};
use std::collections::BTreeMap;
use std::net::IpAddr;

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "password-guessing",
        kind: UnitKind::Detector,
        summary: "password-guessing-summary",
        doc: include_str!("password_guessing.md"),
        doc_zh: include_str!("password_guessing.zh.md"),
        since: "0.1.0",
        messages: &[
            "password-guessing-out",
            "password-guessing-in",
            "password-guessing-got-in",
            "password-guessing-was-entered",
            "password-guessing-at-attempt",
            "password-guessing-at-success",
        ],
        parameters: &[GUESSES],
    },
    reads: &[FactKind::Contacts],
    weights: &[],
    make,
};

/// Brute Force: Password Guessing.
const TECHNIQUE: Option<&str> = Some("T1110.001");
/// Services that one source is remembered with, and runs in all: half a KiB each.
const PER_SOURCE: usize = 256;
const IN_ALL: usize = 8192;

impl Worth for Logins {
    type Rank = (u64, Time);
    fn worth(&self) -> Self::Rank {
        (self.short, self.span.last)
    }
}

struct PasswordGuessing {
    runs: Kept<Logins>,
    connections: u64,
}

fn make(settings: &DetectorSettings) -> Box<dyn Detector> {
    let connections = settings.value(&UNIT.meta, GUESSES.name);
    Box::new(PasswordGuessing { runs: Kept::new(PER_SOURCE, IN_ALL), connections })
}

impl Detector for PasswordGuessing {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::Contacts(Contacts::Logins(run)) = &seen.fact else { return };
        let known = self.runs.entry(run.source, run.server.to_string(), || run.as_ref().clone());
        // A later run between the same two: the worse one is told.
        let rank = |one: &Logins| (success(one).is_some(), one.busiest, std::cmp::Reverse(one.span.first));
        if rank(run) > rank(known) {
            *known = run.as_ref().clone();
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        let (mut by_source, mut by_target) = (Groups::new(), Groups::new());
        for (_, run) in self.runs.iter() {
            by_source.entry((run.source, run.server.port)).or_default().push(run);
            by_target.entry((run.server.address, run.server.port)).or_default().push(run);
        }
        let enough = |runs: &[&Logins]| runs.iter().map(|run| run.busiest).sum::<u64>() >= self.connections;
        let guesses: Vec<(&(IpAddr, u16), &Vec<&Logins>)> =
            by_source.iter().filter(|(_, runs)| enough(runs)).collect();
        for ((source, port), runs) in &guesses {
            said.findings.push(finding(*source, *port, runs, true));
        }
        for ((target, port), runs) in &by_target {
            // Guessed at by one that guesses here or elsewhere, or by many together.
            let guessed = |run: &Logins| guesses.iter().any(|(key, _)| **key == (run.source, *port));
            if enough(runs) || runs.iter().any(|run| guessed(run)) {
                said.findings.push(finding(*target, *port, runs, false));
            }
        }
        said.forgotten += self.runs.forgotten;
    }
}

type Groups<'a> = BTreeMap<(IpAddr, u16), Vec<&'a Logins>>;

/// A finding about one end of runs that have that end in common.
fn finding(address: IpAddr, port: u16, runs: &[&Logins], is_source: bool) -> Finding {
    let other = |run: &Logins| if is_source { run.server.address } else { run.source };
    let short = runs.iter().map(|run| run.short).fold(0, u64::saturating_add);
    let most = runs.iter().copied().max_by_key(|run| (run.busiest, std::cmp::Reverse(run.span.first)));
    let got_in = runs.iter().copied().find(|run| success(run).is_some());
    // Runs are never none: a group is made by its first.
    let shown = got_in.or(most).unwrap_or(runs[0]);
    let first = runs.iter().map(|run| run.span.first).min().unwrap_or(shown.span.first);
    let last = runs.iter().map(|run| run.span.last.max(run.largest.last)).max().unwrap_or(shown.span.last);
    let mut facts = Facts::default();
    facts.text("service", Some(service(port)));
    facts.count("attempts", Some(short));
    facts.count("busiest", most.map(|run| run.busiest));
    facts.count(if is_source { "targets" } else { "sources" }, Some(runs.len() as u64));
    facts.text("others", list(runs.iter().map(|run| other(run).to_string())));
    let mut places = vec![
        cited(shown.span.begins, shown.span.first, Message::new("password-guessing-at-attempt")),
        cited(shown.span.ends, shown.span.last, Message::new("password-guessing-at-attempt")),
    ];
    let mut id = if is_source { "password-guessing-out" } else { "password-guessing-in" };
    let mut args = Message::new(id);
    if let Some((run, long)) = got_in.and_then(|run| Some((run, success(run)?))) {
        id = if is_source { "password-guessing-got-in" } else { "password-guessing-was-entered" };
        let bytes = long.payload[0].saturating_add(long.payload[1]);
        let secs = long.last.secs_since(long.first);
        facts.set("seems_to_have_succeeded", Value::Flag(true));
        facts.text("success_from", Some(run.source.to_string()));
        facts.text("success_at", Some(run.server.to_string()));
        facts.count("success_bytes", Some(bytes));
        facts.count("success_secs", Some(secs));
        places.push(cited(long.begins, long.first, Message::new("password-guessing-at-success")));
        args =
            args.with("bytes", bytes).with("secs", secs).with("time", long.first).with("there", other(run));
    }
    let message = Message { id, ..args }
        .with("attempts", short)
        .with("service", service(port))
        .with("other", other(shown))
        .with("further", runs.len().saturating_sub(1) as u64)
        .with("minutes", last.secs_since(first) / 60 + 1);
    Attack {
        detector: UNIT.meta.id,
        address,
        detail: format!("{} {port:05}", if is_source { "from" } else { "at" }),
        message,
        subject: Subject::Connection { client: shown.largest.client, server: shown.server },
        facts,
        sightings: Sightings { first, last, count: short, cited: places },
        technique: TECHNIQUE,
    }
    .finding()
}
