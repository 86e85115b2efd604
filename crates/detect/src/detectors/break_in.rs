//! Break-ins by the machine's own records: a login that succeeded after many from the same source had failed.

use super::open_door::is_outside;
use crate::attack::or_more;
use crate::sightings::Sightings;
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Cited, Entered, Fact, FactKind, Facts, Finding, FindingKey, FindingKind, HostKey, HostLogins, Message,
    Meta, Observation, Parameter, ProvedBy, Subject, Time, UnitKind, Value,
};
use std::collections::BTreeMap;

/// Failures before a success from the same source, within a day.
const FAILURES: Parameter = Parameter {
    name: "failures",
    default: 10,
    unit: "failed logins",
    reason: "one who mistypes is let go by OpenSSH's MaxAuthTries after 6 (sshd_config(5)); Wazuh's rule 5712 counts 8 \
             in two minutes as guessing",
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "break-in",
        kind: UnitKind::Detector,
        summary: "break-in-summary",
        doc: include_str!("break_in.md"),
        doc_zh: include_str!("break_in.zh.md"),
        since: "0.1.0",
        messages: &["break-in-at-source", "break-in-guessed", "break-in-root"],
        parameters: &[FAILURES],
    },
    reads: &[FactKind::HostLogins],
    weights: &[],
    make,
};

/// Brute Force: Password Guessing; Valid Accounts: Local Accounts.
const GUESSED: Option<&str> = Some("T1110.001");
const VALID: Option<&str> = Some("T1078.003");
/// Sources remembered in all: a KiB each.
const MOST: usize = 4096;

/// How sure it is that somebody broke in. The surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Confidence {
    High,
    Medium,
    Low,
}

impl Confidence {
    const fn word(self) -> &'static str {
        match self {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        }
    }
}

struct BreakIn {
    sources: BTreeMap<(HostKey, String), (HostLogins, Sightings)>,
    failures: u64,
    forgotten: u64,
}

fn make(settings: &DetectorSettings) -> Box<dyn Detector> {
    let failures = settings.value(&UNIT.meta, FAILURES.name);
    Box::new(BreakIn { sources: BTreeMap::new(), failures, forgotten: 0 })
}

impl Detector for BreakIn {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::HostLogins(logins) = &seen.fact else { return };
        if self.worst(logins).is_none() {
            return;
        }
        if self.sources.len() >= MOST {
            self.forgotten += 1;
            return;
        }
        let excerpt = Message::new("break-in-at-source").with("source", logins.source.as_str());
        let sightings = Sightings::cited_at(seen, seen.time, excerpt);
        let key = (HostKey::Machine(seen.origin.evidence), logins.source.clone());
        self.sources.insert(key, ((**logins).clone(), sightings));
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        let mut found: Vec<_> = self
            .sources
            .iter()
            .filter_map(|((host, source), (logins, sightings))| {
                let (confidence, entered) = self.worst(logins)?;
                Some((
                    *host,
                    confidence,
                    std::cmp::Reverse(entered.failed_before),
                    source,
                    logins,
                    entered,
                    sightings,
                ))
            })
            .collect();
        found.sort_by(|left, right| {
            (left.0, left.1, left.2, left.3).cmp(&(right.0, right.1, right.2, right.3))
        });
        let mut rank = (None, 0);
        for (host, confidence, _, _, logins, entered, sightings) in found {
            rank = if rank.0 == Some(host) { (rank.0, rank.1 + 1) } else { (Some(host), 1) };
            said.findings.push(finding(host, rank.1, confidence, logins, entered, &sightings.cited));
        }
        said.forgotten += self.forgotten;
    }
}

impl BreakIn {
    /// The login that speaks loudest for a break-in.
    fn worst<'a>(&self, logins: &'a HostLogins) -> Option<(Confidence, &'a Entered)> {
        let judged = logins.entered.iter().filter_map(|one| Some((self.judge(logins, one)?, one)));
        judged.min_by_key(|(confidence, one)| (*confidence, std::cmp::Reverse(one.failed_before)))
    }

    fn judge(&self, logins: &HostLogins, entered: &Entered) -> Option<Confidence> {
        // A key is not guessed.
        if entered.by == ProvedBy::Key {
            return None;
        }
        let failed = entered.failed_before.count;
        if failed >= self.failures {
            // Who tries several names, or three times as often, has not forgotten his own.
            let many = logins.names.count >= 3 || failed >= self.failures.saturating_mul(3);
            // wtmp does not say how: it may have been a key.
            let sure = many && entered.by == ProvedBy::Password;
            return Some(if sure { Confidence::High } else { Confidence::Medium });
        }
        let root = entered.user == "root" && entered.by == ProvedBy::Password;
        (root && failed > 0 && is_outside(&logins.source)).then_some(Confidence::Low)
    }
}

fn finding(
    host: HostKey,
    rank: u64,
    confidence: Confidence,
    logins: &HostLogins,
    entered: &Entered,
    cited: &[Cited],
) -> Finding {
    let mut facts = Facts::default();
    facts.count("rank", Some(rank));
    facts.text("confidence", Some(confidence.word()));
    facts.text("user", Some(entered.user.as_str()));
    facts.text("from", Some(logins.source.as_str()));
    facts.text("proved_by", Some(entered.by.word()));
    facts.count("failed_before", Some(entered.failed_before.count));
    facts.count("failed", Some(logins.failed));
    facts.count("names_tried", Some(logins.names.count));
    facts.count("logins", Some(entered.count));
    facts.text("entered", Some(entered.time.to_string()));
    facts.text("last_entered", Some(entered.last.to_string()));
    facts.text(
        "recorded_in",
        Some(entered.line.map_or(entered.path.clone(), |line| format!("{}:{line}", entered.path))),
    );
    if confidence != Confidence::Low {
        facts.set("seems_to_have_succeeded", Value::Flag(true));
    }
    let id = if confidence == Confidence::Low { "break-in-root" } else { "break-in-guessed" };
    let message = Message::new(id)
        .with("user", entered.user.as_str())
        .with("source", logins.source.as_str())
        .with("failures", entered.failed_before.count)
        .with("more", or_more(entered.failed_before))
        .with("names", logins.names.count)
        .with("time", entered.time);
    Finding {
        key: FindingKey { detector: UNIT.meta.id, host, detail: logins.source.clone() },
        kind: FindingKind::Attack,
        role: None,
        weight: None,
        act: None,
        message,
        subject: Subject::File { path: entered.path.clone(), sha256: None },
        facts,
        first: logins.failing.map_or(entered.time, |(first, _)| first.min(entered.time)),
        last: entered.last,
        count: entered.count,
        cited: cited.to_vec(),
        technique: if confidence == Confidence::Low { VALID } else { GUESSED },
        dialogue: Vec::new(),
    }
}
