//! One working day of an office: thirty hosts, two of them mine, a wallet and a monitoring system beside them.

use std::time::Duration;

use super::look_alike::bystander;
use crate::benign::{chat, crypto, office};
use crate::miner::{Account, Plan, cryptonote, ethereum};
use crate::scene::{Level, Role, Scene, Time};
use crate::stage::{MORNING, Stage, inside, pool, server};
use crate::tcp::{Close, Side};
use crate::wallet::Kind;

const XMR_MINER: u8 = 123;
const ETC_MINER: u8 = 117;
const WALLET_USER: u8 = 109;
const MONITOR: u8 = 41;
const NODE: u8 = 40;
const DATABASE: u8 = 42;

fn hours(count: f64) -> Duration {
    Duration::from_secs_f64(count * 3600.0)
}

/// The day. Its miners mine differently: one from the morning on to Monero's pool by a name that was looked up,
/// the other from the lunch break on, in plain text on port 443.
pub fn office_day(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "office-day");
    let mut ready = vec![MORNING; 256];
    for number in (101..=127).chain([NODE, MONITOR, DATABASE]) {
        let system = match number {
            NODE | MONITOR | DATABASE => office::System::Linux,
            _ if number % 7 == 3 => office::System::Mac,
            _ if number % 5 == 2 => office::System::Linux,
            _ => office::System::Windows,
        };
        let late = stage.rng.log_normal(9.0 * 60.0, 0.7).min(5400.0);
        let time = MORNING + Duration::from_secs_f64(if number < 100 { f64::from(number) } else { late });
        ready[usize::from(number)] = office::arrive(&mut stage, time, inside(number), &name(number), system);
    }
    for number in 101..=127 {
        staff(&mut stage, number, ready[usize::from(number)]);
    }
    infrastructure(&mut stage, &ready);
    wallet_user(&mut stage, ready[usize::from(WALLET_USER)]);
    monero_miner(&mut stage, seed, ready[usize::from(XMR_MINER)]);
    classic_miner(&mut stage, seed);
    for number in (101..=127).filter(|number| ![XMR_MINER, ETC_MINER].contains(number)) {
        bystander(&mut stage, inside(number), Some(&name(number)), Role::Bystander, Level::Noted);
    }
    stage.finish("thirty hosts, two mine")
}

fn name(number: u8) -> String {
    match number {
        NODE => "btc-node".to_owned(),
        MONITOR => "monitor".to_owned(),
        DATABASE => "srv-db".to_owned(),
        _ => format!("pc-{:02}", number - 100),
    }
}

/// What a person's machine does all day.
fn staff(stage: &mut Stage, number: u8, ready: Time) {
    const SITES: [(&str, u8); 9] = [
        ("www.example.com", 10),
        ("mail.example.com", 11),
        ("docs.example.org", 12),
        ("news.example.net", 13),
        ("cdn.example.net", 14),
        ("chat.example.org", 15),
        ("shop.example", 16),
        ("updates.example.com", 17),
        ("maps.example.org", 18),
    ];
    let host = inside(number);
    office::ntp(stage, ready, host, server(123));
    let visits = 1 + stage.rng.poisson(2.4);
    for _ in 0..visits {
        let time = ready + hours(8.0 * stage.rng.unit());
        let (site, address) = *stage.rng.pick(&SITES);
        let requests = 1 + stage.rng.poisson(1.2);
        let script = office::pages(&mut stage.rng, site, requests, 700);
        office::visit(stage, time, host, site, server(address), 443, &script);
    }
    let visits = stage.rng.poisson(1.0);
    for _ in 0..visits {
        let time = ready + hours(8.0 * stage.rng.unit());
        let count = 1 + stage.rng.poisson(1.0);
        let script = office::plain_pages(&mut stage.rng, "intranet.example", count);
        office::visit(stage, time, host, "intranet.example", server(20), 80, &script);
    }
    for hour in 1..8 {
        let jitter = Duration::from_secs(stage.rng.below(1800));
        office::ntp(stage, ready + hours(f64::from(hour)) + jitter, host, server(123));
        office::arp(stage, ready + hours(f64::from(hour)), host, crate::stage::RESOLVER);
    }
    if number % 9 == 4 {
        let script = chat::secure_shell(&mut stage.rng, 60);
        office::connect(stage, ready + hours(2.5), host, inside(DATABASE), 22, &script);
    }
    if number == 105 {
        // one person reads a pool's web site
        let script = office::pages(&mut stage.rng, "www.pool.example", 5, 2_000);
        office::visit(stage, ready + hours(3.1), host, "www.pool.example", server(90), 443, &script);
    }
}

/// The monitoring system, the full node it watches, and the database server's agent.
fn infrastructure(stage: &mut Stage, ready: &[Time]) {
    let start = ready[usize::from(MONITOR)];
    let script = crypto::node_monitor(&mut stage.rng, 150, 190_000);
    office::connect(stage, start, inside(MONITOR), inside(NODE), 8332, &script);
    let script = crypto::bitcoin_peer(&mut stage.rng, 110);
    office::connect(stage, start + Duration::from_secs(3), inside(NODE), server(83), 8333, &script);
    for round in 0..48 {
        let script = chat::zabbix(&mut stage.rng, round % 8 == 0);
        let time = start + Duration::from_secs(600 * round);
        office::connect(stage, time, inside(DATABASE), inside(MONITOR), 10_051, &script);
    }
    bystander(stage, inside(MONITOR), Some("monitor"), Role::Bystander, Level::Noted);
    bystander(stage, inside(DATABASE), Some("srv-db"), Role::Bystander, Level::Noted);
    bystander(stage, inside(NODE), Some("btc-node"), Role::Node, Level::Noted);
}

/// Electrum in the morning, a Monero wallet at a remote node after lunch.
fn wallet_user(stage: &mut Stage, ready: Time) {
    let host = inside(WALLET_USER);
    let script = crypto::electrum(&mut stage.rng, 60, 20, 600_000);
    office::visit(stage, ready + hours(0.4), host, "electrum.example", server(51), 50_001, &script);
    let script = crypto::monero_wallet(&mut stage.rng, 40, 30_000);
    office::visit(stage, ready + hours(5.0), host, "node.example", server(52), 18_089, &script);
}

/// A renamed xmrig: it reaches its pool by name, reconnects once after a maintenance drop.
fn monero_miner(stage: &mut Stage, seed: u64, ready: Time) {
    const AGENT: &str = "XMRig/6.21.0 (Windows NT 10.0; Win64; x64) libuv/1.44.2 msvc/2019";
    let host = inside(XMR_MINER);
    let mut time = ready + Duration::from_secs(95);
    for (round, length) in [hours(3.2), hours(4.3)].into_iter().enumerate() {
        let start =
            stage.look_up(time, host, "xmr.example.net", pool(9).address) + Duration::from_micros(700);
        let plan = Plan {
            start,
            length,
            job_every: Duration::from_secs(120),
            share_every: Duration::from_secs(110),
            rejected: 0.012,
        };
        let mut account = Account::new(Kind::Monero, seed, "pc-23", AGENT);
        account.password = "x".to_owned();
        let habits = cryptonote::Habits { difficulty: 150_000, ..cryptonote::Habits::xmrig() };
        let mut talk = cryptonote::session(&mut stage.rng, &plan, &account, &habits);
        talk.facts.pool_name = Some("xmr.example.net:3333".to_owned());
        let mut conversation = stage.conversation(host, pool(9), 3333);
        conversation.close = if round == 0 { Close::Reset(Side::Server) } else { Close::Open };
        stage.mine(&conversation, start, talk);
        time = start + length + Duration::from_secs(45);
    }
    stage.name_host(host, &name(XMR_MINER));
}

/// Ethereum Classic on a graphics card in the afternoon, in plain text on port 443, address only.
fn classic_miner(stage: &mut Stage, seed: u64) {
    let host = inside(ETC_MINER);
    let start = MORNING + hours(4.2);
    let plan = Plan {
        start,
        length: hours(3.4),
        job_every: Duration::from_secs(70),
        share_every: Duration::from_secs(85),
        rejected: 0.02,
    };
    let account = Account::new(Kind::Ethereum, seed, "gaming", "lolMiner/1.88");
    let talk = ethereum::first(&mut stage.rng, &plan, &account);
    let mut conversation = stage.conversation(host, pool(77), 443);
    conversation.close = Close::Finish(Side::Client);
    stage.mine(&conversation, start, talk);
    stage.name_host(host, &name(ETC_MINER));
}
