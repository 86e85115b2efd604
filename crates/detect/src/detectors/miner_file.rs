//! Files that order mining, or hold a miner, on a disk or named by the user.

use super::miner_download::wallet_facts;
use crate::inside::{About, Findings};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Fact, FactKind, Facts, FindingKind, Group, Message, Meta, MinerFile, Observation, Orders, Role, Subject,
    Tenths, Time, UnitKind, Weight, WeightKind,
};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "miner-file",
        kind: UnitKind::Detector,
        summary: "miner-file-summary",
        doc: include_str!("miner_file.md"),
        doc_zh: include_str!("miner_file.zh.md"),
        since: "0.1.0",
        messages: &["miner-file-orders", "miner-file-program", "miner-file-idle", "miner-file-seen"],
        parameters: &[],
    },
    reads: &[FactKind::MinerFile],
    weights: &[&ORDERS, &PROGRAM],
    make,
};

/// Pool and login in a file of a miner's grammar; nothing shows that it runs.
static ORDERS: Weight = Weight {
    id: "miner-file-orders",
    group: Group::Code,
    tenths: Tenths(250),
    kind: WeightKind::Definition,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, CODE: pool and login in a miner's option syntax on disk, not running; xmrig src/config.json, xmr-stak pools.tpl, cgminer's and nanominer's read-me",
};

/// A program that holds the option grammar of miners: it may be a detector of miners as well.
static PROGRAM: Weight = Weight {
    id: "miner-file-program",
    group: Group::Code,
    tenths: Tenths(60),
    kind: WeightKind::Assumed,
    conclusive: false,
    grows: None,
    source: "docs/verdict.md, CODE: five different options of miners in one program: assumed until measured",
};

/// Logins of one file that become findings; the rest is a count.
const SHOWN: usize = 8;

/// Pools that a program's own example names: xmrig's donation (xmrig/xmrig `src/config.json`, `src/donate.h`).
const DONATION: [&str; 2] = ["donate.v2.xmrig.com", "donate.ssl.xmrig.com"];

#[derive(Default)]
struct Files {
    findings: Findings,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(Files::default())
}

impl Detector for Files {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        let Fact::MinerFile(file) = &seen.fact else { return };
        let orders: Vec<&Orders> = file.orders.iter().filter(|orders| !orders_nothing(orders)).collect();
        for one in orders.iter().take(SHOWN) {
            self.findings.tell(seen, ordered(file, one, orders.len()));
        }
        if orders.is_empty() && file.options > 0 {
            let message = Message::new("miner-file-program")
                .with("path", file.path.as_str())
                .with("options", u64::from(file.options));
            self.findings.tell(seen, base(file, "program", FindingKind::Mining, Some(&PROGRAM), message));
        } else if orders.is_empty() {
            let message = Message::new("miner-file-idle").with("path", file.path.as_str());
            self.findings.tell(seen, base(file, "idle", FindingKind::Context, None, message));
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        self.findings.say(said);
    }
}

/// An example's wallet, the program's own donation, or a place on the same machine without a wallet: nobody earns.
fn orders_nothing(orders: &Orders) -> bool {
    let host = orders.pool.rsplit_once(':').map_or(orders.pool.as_str(), |(host, _)| host);
    let host = host.trim_matches(['[', ']']).to_ascii_lowercase();
    let login = orders.login.as_deref().unwrap_or_default();
    let has_wallet = intel::wallet::find_in_login(login).is_some();
    let local = host == "localhost" || host.starts_with("127.") || host == "::1" || host == "0.0.0.0";
    DONATION.contains(&host.as_str()) || is_placeholder(login) || (local && !has_wallet)
}

/// `YOUR_WALLET_ADDRESS`, `<wallet>`, `$WALLET`, `%WALLET%`: words in place of a login.
fn is_placeholder(login: &str) -> bool {
    let upper = login.to_ascii_uppercase();
    let words =
        ["YOUR_WALLET", "YOUR-WALLET", "YOURWALLET", "WALLET_ADDRESS", "WALLETADDRESS", "YOUR_ADDRESS"];
    login.is_empty()
        || login.starts_with(['<', '$', '%', '{'])
        || upper == "WALLET"
        || words.iter().any(|word| upper.contains(word))
}

fn base(
    file: &MinerFile,
    fact: &str,
    kind: FindingKind,
    weight: Option<&'static Weight>,
    message: Message,
) -> About {
    let mut facts = Facts::default();
    facts.text("algorithm", file.algorithm.as_deref());
    facts.count("options", Some(u64::from(file.options)).filter(|count| *count > 0));
    if !file.used_by.is_empty() {
        let pids: Vec<String> = file.used_by.iter().map(ToString::to_string).collect();
        facts.text("pid", Some(pids.join(" ")));
    }
    About {
        detector: UNIT.meta.id,
        detail: format!("{fact}\t{}", file.path),
        kind,
        role: None,
        weight,
        act: None,
        message,
        excerpt: Message::new("miner-file-seen").with("path", file.path.as_str()),
        subject: Subject::File { path: file.path.clone(), sha256: file.sha256.clone() },
        facts,
        technique: Some("T1496.001").filter(|_| kind == FindingKind::Mining),
    }
}

/// All orders on a disk are one fact: a list of pools is no better evidence than one.
fn ordered(file: &MinerFile, orders: &Orders, all: usize) -> About {
    let message =
        Message::new("miner-file-orders").with("path", file.path.as_str()).with("pool", orders.pool.as_str());
    let mut about = base(file, "orders", FindingKind::Mining, Some(&ORDERS), message);
    let login = orders.login.as_deref();
    about.detail = format!("orders\t{} {} {}", file.path, orders.pool, login.unwrap_or_default());
    about.role = Some(Role::Miner);
    about.facts.text("pool", Some(orders.pool.as_str()));
    about.facts.text("login", login);
    wallet_facts(&mut about.facts, login);
    if let Some(coin) = file.coin.as_deref().and_then(ticker) {
        about.facts.text("coin", Some(coin));
        about.facts.text("coin_from", Some("configuration"));
    }
    about.facts.count("pools", Some(all as u64).filter(|count| *count > 1));
    about
}

/// The ticker that a configuration names. XMRig takes names, too (`src/base/crypto/Coin.cpp`); other names stay unsaid.
fn ticker(coin: &str) -> Option<&str> {
    let upper = (2..=6).contains(&coin.len()) && coin.bytes().all(|byte| byte.is_ascii_uppercase());
    if coin.eq_ignore_ascii_case("monero") { Some("XMR") } else { upper.then_some(coin) }
}
