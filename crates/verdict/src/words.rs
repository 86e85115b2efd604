//! What is said about a host besides its findings: the first line's parts, what to do, what would change the verdict.

use crate::coverage::Record;
use crate::inside::Inside;
use crate::judge::Looked;
use model::{
    Act, Arg, CaseFinding, Coverage, FactKind, FindingKind, Headline, Level, Message, NextFact, ProcessRef,
    Role, Subject,
};
use std::collections::BTreeSet;
use std::net::IpAddr;

/// The parts of the first line, from findings in the order of the case. A pool that polls its own node is not said to
/// mine: then there is no deed.
pub(crate) fn headline(findings: &[&CaseFinding], roles: &[Role]) -> Headline {
    let serves_only = roles.contains(&Role::Pool) && !roles.contains(&Role::Miner);
    let says = |one: &&&CaseFinding| one.explained.is_none() && one.finding.kind == FindingKind::Mining;
    let rank = |one: &&CaseFinding| {
        let upstream = one.finding.role != Some(Role::Pool);
        let shares = one.finding.facts.count_of("shares_accepted").unwrap_or(0);
        (one.finding.act, upstream, one.points, shares)
    };
    let mut best: Option<&&CaseFinding> = None;
    for one in findings.iter().filter(says) {
        if best.is_none_or(|held| rank(one) > rank(held)) {
            best = Some(one);
        }
    }
    let Some(best) = best else {
        return Headline {
            act: None,
            coin: None,
            pool: None,
            pool_end: None,
            since: None,
            shares_accepted: None,
            shares_sent: None,
            further: 0,
            process: None,
        };
    };
    let facts = &best.finding.facts;
    let end = match &best.finding.subject {
        Subject::Connection { server, .. } => Some(*server),
        _ => None,
    };
    let serves = best.finding.role == Some(Role::Pool);
    // The port of the pool: through a proxy it is not that of the connection.
    let port = facts.text_of("pool").and_then(|pool| pool.rsplit_once(':')).map(|(_, port)| port.to_owned());
    let port = port.or_else(|| end.map(|end| end.port.to_string()));
    let named = facts.text_of("pool_name").map(|name| match port {
        Some(port) => format!("{name}:{port}"),
        None => name.to_owned(),
    });
    let acting = |one: &&&CaseFinding| says(one) && one.finding.act.is_some() && upstream(one);
    let others: BTreeSet<&str> = findings
        .iter()
        .filter(acting)
        .filter_map(|one| one.finding.facts.text_of("pool"))
        .filter(|pool| facts.text_of("pool") != Some(pool))
        .collect();
    let unlisted: u64 = findings.iter().filter(acting).map(|one| unlisted(one)).sum();
    Headline {
        act: best.finding.act.filter(|_| !serves_only),
        coin: facts.text_of("coin").map(str::to_owned),
        pool: named.or_else(|| facts.text_of("pool").map(str::to_owned)).filter(|_| !serves),
        pool_end: end.filter(|_| !serves),
        since: Some(best.finding.first).filter(|first| first.is_known()),
        shares_accepted: facts.count_of("shares_accepted"),
        shares_sent: facts.count_of("shares_sent"),
        further: unlisted.saturating_add(others.len() as u64),
        process: process_of(findings, best),
    }
}

/// The process behind the finding: its own subject, else the heaviest finding about a process that mines.
fn process_of(findings: &[&CaseFinding], best: &CaseFinding) -> Option<ProcessRef> {
    let subject = |one: &CaseFinding| match &one.finding.subject {
        Subject::Process(process) if one.explained.is_none() => Some(process.clone()),
        _ => None,
    };
    let mining = |one: &&&CaseFinding| one.finding.kind == FindingKind::Mining;
    subject(best).or_else(|| findings.iter().filter(mining).find_map(|one| subject(one)))
}

/// How many addresses of pools a block would have to cover; `None` where the findings do not list all of them.
pub(crate) fn pool_addresses(findings: &[&CaseFinding]) -> Option<usize> {
    let acting = findings.iter().filter(|one| {
        one.explained.is_none() && one.finding.act.is_some() && one.finding.kind == FindingKind::Mining
    });
    let mut addresses = BTreeSet::new();
    for one in acting.filter(|one| upstream(one)) {
        if unlisted(one) > 0 {
            return None;
        }
        if let Subject::Connection { server, .. } = &one.finding.subject {
            addresses.insert(server.address.to_canonical());
        }
    }
    Some(addresses.len())
}

/// Pools that a finding about many of them does not name.
fn unlisted(one: &CaseFinding) -> u64 {
    one.finding.facts.count_of("pools").unwrap_or(1).saturating_sub(1)
}

fn upstream(one: &CaseFinding) -> bool {
    one.finding.role != Some(Role::Pool)
}

/// What to do about a host.
pub(crate) fn advice(
    level: Level,
    roles: &[Role],
    headline: &Headline,
    pools: Option<usize>,
    host: Option<Arg>,
    inside: &Inside,
) -> Vec<Message> {
    let mut advice = Vec::new();
    let Some(host) = host.filter(|_| level >= Level::Suspicious) else { return advice };
    if roles.iter().any(|role| matches!(role, Role::Pool | Role::Proxy)) {
        advice.push(Message::new("verdict-advice-clients").with_arg("host", host.clone()));
    }
    if level >= Level::Probable {
        advice.push(match (headline.pool_end, pools) {
            // A block of one of several pools stops nothing.
            (Some(_), Some(count @ 2..)) => {
                Message::new("verdict-advice-isolate-or-block-all").with("count", count as u64)
            }
            (Some(end), Some(_)) if !inside.holds(end.address) => {
                Message::new("verdict-advice-isolate-or-block").with("address", end.address)
            }
            _ => Message::new("verdict-advice-isolate").with_arg("host", host.clone()),
        });
    }
    if let Some(process) = &headline.process {
        advice.push(Message::new("verdict-advice-pause").with("pid", process.pid.to_string()));
    } else if level < Level::Confirmed {
        advice.push(Message::new("verdict-advice-scan").with_arg("host", host));
    }
    advice
}

/// What a person calls the machine: its name, else its first address.
pub(crate) fn called(names: &[String], addresses: &[IpAddr]) -> Option<Arg> {
    let name = names.first().map(|name| Arg::Text(name.clone()));
    name.or_else(|| addresses.first().copied().map(Arg::Address))
}

/// What was looked for on a host and not found: detectors whose facts the evidence holds for it and that found nothing.
pub(crate) fn not_found(seen: &Record, found: &[&CaseFinding], looked: &[Looked]) -> Vec<Message> {
    looked
        .iter()
        .filter(|unit| unit.reads.iter().any(|kind| seen.saw(*kind)))
        // What is looked for in processes was not looked for where none were seen.
        .filter(|unit| !unit.reads.contains(&FactKind::Process) || seen.saw(FactKind::Process))
        .filter(|unit| !found.iter().any(|one| one.finding.key.detector == unit.detector))
        .map(|unit| Message::new(unit.summary))
        .collect()
}

/// The cheapest fact that would change the verdict, and what it would change.
pub(crate) fn next_fact(
    level: Level,
    headline: &Headline,
    seen: &Record,
    host: Option<Arg>,
    looked: &[Looked],
    found: &[&CaseFinding],
) -> Option<NextFact> {
    let coverage = seen.coverage();
    let change = |id: &'static str, to: Level| {
        Message::new(id).with("from", Message::new(level_id(level))).with("to", Message::new(level_id(to)))
    };
    let revived = found.iter().find(|one| one.finding.kind == FindingKind::Persistence);
    let message = match level {
        // A listing shows what the machine's own commands said, and nothing of what starts a process.
        _ if seen.saw(FactKind::Process) && seen.is_told() => match level {
            Level::Confirmed => Message::new("verdict-next-scan").with_arg("host", host?),
            Level::Probable => change("verdict-next-host", Level::Confirmed),
            Level::Suspicious | Level::Noted => change("verdict-next-host", Level::Probable),
            Level::Clear => return None,
        },
        // Looked at from inside: what is left is what starts it, and what only a longer look can tell.
        _ if seen.saw(FactKind::Process) => match (level, revived) {
            (Level::Confirmed | Level::Probable, Some(_)) => Message::new("verdict-next-remove"),
            (Level::Confirmed | Level::Probable, None) => Message::new("verdict-next-starter"),
            (Level::Suspicious | Level::Noted, _) => change("verdict-next-traffic", Level::Probable),
            (Level::Clear, _) => return None,
        },
        Level::Confirmed => Message::new("verdict-next-scan").with_arg("host", host?),
        Level::Probable if headline.act.is_some_and(|act| act < Act::Mines) => {
            change("verdict-next-job", Level::Confirmed)
        }
        Level::Probable => change("verdict-next-host", Level::Confirmed),
        Level::Suspicious | Level::Noted if seen.encrypted() > 0 => {
            change("verdict-next-host", Level::Probable)
        }
        Level::Suspicious | Level::Noted => change("verdict-next-session", Level::Probable),
        Level::Clear if coverage == Coverage::Insufficient || seen.encrypted() > 0 => {
            Message::new("verdict-next-content")
        }
        Level::Clear => {
            let unread = |kind: &FactKind| !seen.saw(*kind) && *kind == FactKind::LookUp;
            if looked.iter().flat_map(|unit| unit.reads).any(unread) {
                Message::new("verdict-next-look-ups")
            } else {
                return None;
            }
        }
    };
    Some(NextFact { message })
}

const fn level_id(level: Level) -> &'static str {
    match level {
        Level::Clear => "report-level-clear",
        Level::Noted => "report-level-noted",
        Level::Suspicious => "report-level-suspicious",
        Level::Probable => "report-level-probable",
        Level::Confirmed => "report-level-confirmed",
    }
}

trait WithArg {
    fn with_arg(self, name: &'static str, value: Arg) -> Self;
}

impl WithArg for Message {
    fn with_arg(mut self, name: &'static str, value: Arg) -> Message {
        self.args.push((name, value));
        self
    }
}
