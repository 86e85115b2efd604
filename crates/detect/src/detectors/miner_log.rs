//! A miner's own log or screen: it mined where the log was written.

use super::miner_download::wallet_facts;
use crate::inside::{About, Findings};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Act, Fact, FactKind, Facts, FindingKind, Group, Message, Meta, MinerLog, Observation, Role, Subject,
    Tenths, Time, UnitKind, Value, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "miner-log",
        kind: UnitKind::Detector,
        summary: "miner-log-summary",
        doc: include_str!("miner_log.md"),
        doc_zh: include_str!("miner_log.zh.md"),
        since: "0.1.0",
        messages: &[
            "miner-log-mines",
            "miner-log-works",
            "miner-log-tried",
            "miner-log-idle",
            "miner-log-seen",
        ],
        parameters: &[],
    },
    reads: &[FactKind::MinerLog],
    weights: &[&LOG],
    make,
};

/// Conclusive for this: that a miner ran where the log was written.
static LOG: Weight = Weight {
    id: "miner-log-own",
    group: Group::Code,
    tenths: Tenths(400),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, CODE: a miner's own log or screen, whose lines say pool, jobs and shares in the program's own form; xmrig src/net/Network.cpp, cpuminer cpu-miner.c, cgminer cgminer.c, ethminer PoolManager.cpp",
};

/// The program's own donation is a part of every log, and nobody's order.
const DONATION: &str = "donate.";

#[derive(Default)]
struct Logs {
    findings: Findings,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(Logs::default())
}

impl Detector for Logs {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::MinerLog(log) = &seen.fact else { return };
        let donation = log.pool.as_deref().is_some_and(|pool| pool.starts_with(DONATION));
        if !donation {
            let first = log.span.map_or(seen.time, |(first, _)| first);
            self.findings.tell_since(seen, first, about(log));
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        self.findings.say(said);
    }
}

fn about(log: &MinerLog) -> About {
    let works = log.jobs > 0 || log.accepted > 0;
    let act = match () {
        () if works => Some(Act::Mines),
        () if log.refusals > 0 => Some(Act::WasRefused),
        () if log.failures > 0 || log.pool.is_some() => Some(Act::Tried),
        // A measurement of speed talks to no pool.
        () => None,
    };
    let message = match (act, log.pool.as_deref()) {
        (Some(Act::Mines), Some(pool)) => {
            Message::new("miner-log-mines").with("pool", pool).with("accepted", log.accepted)
        }
        (Some(Act::Mines), None) => Message::new("miner-log-works").with("accepted", log.accepted),
        (Some(_), _) => Message::new("miner-log-tried"),
        (None, _) => Message::new("miner-log-idle"),
    };
    let mut facts = Facts::default();
    facts.text("pool", log.pool.as_deref());
    facts.text("pool_address", log.address.as_deref());
    facts.text("agent", log.program.as_deref());
    facts.text("login", log.login.as_deref());
    wallet_facts(&mut facts, log.login.as_deref());
    facts.text("algorithm", log.algorithm.as_deref());
    facts.count("jobs", Some(log.jobs).filter(|jobs| *jobs > 0));
    facts.count("shares_accepted", Some(log.accepted).filter(|_| log.accepted + log.rejected > 0));
    facts.count("shares_rejected", Some(log.rejected).filter(|rejected| *rejected > 0));
    facts.count("attempts", Some(log.failures).filter(|failures| *failures > 0));
    if let Some(rate) = log.hashrate {
        facts.set("hashrate", Value::Number(rate));
    }
    About {
        detector: UNIT.meta.id,
        detail: format!(
            "{}\t{}",
            if act.is_some() { "log" } else { "idle" },
            log.pool.as_deref().unwrap_or_default()
        ),
        kind: if act.is_some() { FindingKind::Mining } else { FindingKind::Context },
        role: act.map(|_| if log.is_proxy { Role::Proxy } else { Role::Miner }),
        weight: act.map(|_| &LOG),
        act,
        message,
        excerpt: Message::new("miner-log-seen").with("line", log.line.as_str()),
        subject: Subject::Host,
        facts,
        technique: act.map(|_| "T1496.001"),
    }
}
