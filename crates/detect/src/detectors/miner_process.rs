//! Processes that were told to mine, or whose name is a miner's, or that are connected to a pool.

use super::miner_download::wallet_facts;
use crate::inside::{About, Findings, about, message, names};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Act, Endpoint, Fact, FactKind, FindingKind, Group, Message, Meta, Observation, Orders, OrdersFrom,
    Process, Role, Tenths, Time, UnitKind, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "miner-process",
        kind: UnitKind::Detector,
        summary: "miner-process-summary",
        doc: include_str!("miner_process.md"),
        doc_zh: include_str!("miner_process.zh.md"),
        since: "0.1.0",
        messages: &[
            "miner-process-ordered",
            "miner-process-named",
            "miner-process-malware",
            "miner-process-at-pool",
            "miner-process-seen",
        ],
        parameters: &[],
    },
    reads: &[FactKind::Process],
    weights: &[&ORDERED, &NAMED, &AT_POOL],
    make,
};

/// Pool and login in a miner's option syntax, in arguments, environment or configuration of what runs.
static ORDERED: Weight = Weight {
    id: "miner-process-ordered",
    group: Group::Code,
    tenths: Tenths(450),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "docs/verdict.md, CODE: a running process whose own arguments, environment or configuration order mining; xmrig src/base/kernel/config/BaseTransform.h, cpuminer-opt cpu-miner.c",
};

/// A name that no other program has.
static NAMED: Weight = Weight {
    id: "miner-process-named",
    group: Group::Code,
    tenths: Tenths(320),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, CODE: a running process whose program name is unmistakably a miner's; crates/intel/data/programs.tsv",
};

/// An established connection to a listed pool's address and port.
static AT_POOL: Weight = Weight {
    id: "miner-process-at-pool",
    group: Group::Dest,
    tenths: Tenths(320),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, DEST: a known pool's address with its listed port, an established state where the source shows no bytes; crates/intel/data",
};

/// A process that takes a fifth of a processor works; one that takes less waits, or was kept from working.
const WORKS: u32 = 200;

/// Connections of a process called as a miner that are told.
const SHOWN: usize = 4;

#[derive(Default)]
struct Processes {
    findings: Findings,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(Processes::default())
}

impl Detector for Processes {
    fn see(&mut self, seen: &Observation, context: &Context<'_>) {
        let Fact::Process(process) = &seen.fact else { return };
        for orders in &process.orders {
            self.findings.tell(seen, ordered(process, orders));
        }
        if let Some((family, malware)) = names(process).find_map(|name| context.intel.miner_program(name)) {
            // What a miner is connected to is its pool, listed or not.
            let pools = pools(process);
            if pools.is_empty() {
                self.findings.tell(seen, named(process, &family, malware, None));
            }
            for pool in pools.into_iter().take(SHOWN) {
                self.findings.tell(seen, named(process, &family, malware, Some(pool)));
            }
        }
        for (_, pool) in &process.connections {
            if let Some(listed) = context.intel.pool_by_address(pool.address, pool.port) {
                let message = message(process, "miner-process-at-pool").with("pool", *pool);
                let mut about = mining(process, format!("pool {pool}\t{}", process.pid), &AT_POOL, message);
                about.facts.text("pool", Some(pool.to_string()));
                let coins = Some(listed.coins.join(" ")).filter(|coins| !coins.is_empty());
                about.facts.text("coin_offered", coins);
                self.findings.tell(seen, about);
            }
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        self.findings.say(said);
    }
}

/// The other ends of a miner's connections to other machines; web servers and resolvers only where nothing else is
/// there, for miners ask those for names and updates.
fn pools(process: &Process) -> Vec<Endpoint> {
    let all = || process.connections.iter().map(|(_, peer)| *peer).filter(|peer| !peer.address.is_loopback());
    let pools: Vec<Endpoint> = all().filter(|peer| ![53, 80, 443, 853].contains(&peer.port)).collect();
    if pools.is_empty() { all().collect() } else { pools }
}

fn mining(process: &Process, detail: String, weight: &'static Weight, message: Message) -> About {
    About {
        kind: FindingKind::Mining,
        role: Some(Role::Miner),
        weight: Some(weight),
        technique: Some("T1496.001"),
        ..about(process, UNIT.meta.id, detail, message, "miner-process-seen")
    }
}

fn ordered(process: &Process, orders: &Orders) -> About {
    let message = message(process, "miner-process-ordered").with("pool", orders.pool.as_str());
    let detail = format!("orders {} {}\t{}", orders.pool, orders.login.as_deref().unwrap_or(""), process.pid);
    let mut about = mining(process, detail, &ORDERED, message);
    about.facts.text("pool", Some(orders.pool.as_str()));
    about.facts.text("login", orders.login.as_deref());
    wallet_facts(&mut about.facts, orders.login.as_deref());
    about.facts.text(
        "orders_in",
        Some(match &orders.from {
            OrdersFrom::Command => "arguments",
            OrdersFrom::Environment => "environment",
            OrdersFrom::File(path) => path.as_str(),
        }),
    );
    let share = process.cpu.observed.unwrap_or(process.cpu.since_start).max(process.cpu.since_start);
    about.act = Some(if share >= WORKS { Act::Mines } else { Act::Tried });
    about
}

fn named(process: &Process, family: &str, malware: bool, pool: Option<Endpoint>) -> About {
    let id = if malware { "miner-process-malware" } else { "miner-process-named" };
    let message = message(process, id).with("family", family);
    let at = pool.map(|pool| format!(" {pool}")).unwrap_or_default();
    let mut about = mining(process, format!("program {family}\t{}{at}", process.pid), &NAMED, message);
    about.facts.text("pool", pool.map(|pool| pool.to_string()));
    about.facts.text("family", Some(family));
    about
}
