//! Several sessions that belong together: two logins, two pools, failover, a proxy, a pool, a NAT.

use std::time::Duration;

use super::common::{XMRIG, monero, xmr};
use crate::miner::bitcoin::{self, Program};
use crate::miner::polled::{self};
use crate::miner::{Account, Plan, Talk, cryptonote};
use crate::scene::{HostTruth, Level, Role, Scene};
use crate::stage::{MORNING, Stage, inside, outside, pool};
use crate::tcp::{Close, Segmentation, Side};
use crate::wallet::Kind;

pub(super) fn two_logins(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "two-logins");
    let plan = Plan::short(MORNING);
    let habits = cryptonote::Habits { session_in_job: true, ..cryptonote::Habits::xmrig() };
    let second = Account::new(Kind::Monero, seed ^ 0x5EED, "rig2", XMRIG);
    let mut talks: Vec<Talk> = Vec::new();
    let mut turns = Vec::new();
    for (at, account) in [xmr(seed), second].iter().enumerate() {
        let mut talk = Talk::default();
        let mut session = cryptonote::Session::new(&mut stage.rng, &habits);
        session.count_from(1 + 1000 * at as u64);
        session.login(&mut stage.rng, &plan, account, &mut talk);
        talk.mine(&mut stage.rng, &plan, &mut session);
        turns.extend(crate::stage::timed(&talk.turns));
        talks.push(talk);
    }
    turns.sort_by_key(|&(at, _)| at);
    let turns = crate::stage::untimed(turns);
    let conversation = stage.conversation(inside(23), pool(9), 3333);
    stage.play(&conversation, MORNING, &turns);
    for talk in talks {
        stage.note_miner(&conversation, talk);
    }
    stage.finish("two logins with their own session ids on one connection")
}

pub(super) fn two_pools(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "two-pools");
    let talk = monero(seed)(&mut stage.rng, &Plan::short(MORNING));
    let conversation = stage.conversation(inside(23), pool(9), 3333);
    stage.mine(&conversation, MORNING, talk);
    // the donation: its login is a hash of the wallet, no address
    let key = crate::wallet::donation_login(&xmr(seed).login());
    let later = MORNING + Duration::from_secs(100);
    let plan = Plan { length: Duration::from_secs(60), ..Plan::short(later) };
    let mut talk =
        cryptonote::session(&mut stage.rng, &plan, &Account::user(&key, XMRIG), &cryptonote::Habits::xmrig());
    (talk.facts.wallet, talk.facts.coin) = (None, None);
    let mut conversation = stage.conversation(inside(23), pool(10), 3333);
    conversation.close = Close::Finish(Side::Client);
    talk.facts.donation_of = Some(xmr(seed).wallet);
    stage.mine(&conversation, later, talk);
    stage.finish("main pool and a minute for the donation pool")
}

/// The same client port again with another initial sequence number; login ids begin at 1 again.
pub(super) fn failover(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "failover");
    let mut conversation = stage.conversation(inside(23), pool(9), 3333);
    for round in 0..3u64 {
        let start = MORNING + Duration::from_secs(600 * round);
        let talk = monero(seed)(&mut stage.rng, &Plan::short(start));
        conversation.server.0 = pool(if round == 1 { 10 } else { 9 });
        conversation.close = Close::Reset(Side::Server);
        stage.mine(&conversation, start, talk);
    }
    stage.finish("failover every 10 minutes and back, client port used again")
}

/// Inner miners at a proxy of the same network, and its one session with the pool.
pub(super) fn proxy_in_lan(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "proxy-in-lan");
    let proxy = inside(50);
    let count = stage.rng.between(3, 6) as u8;
    for at in 0..count {
        let start = MORNING + Duration::from_secs(u64::from(at) * 3);
        let mut account = Account::user("x", XMRIG);
        account.rig = Some(format!("desk{at}"));
        let habits = cryptonote::Habits {
            fixed_nonce: Some(at + 1),
            extensions: r#""algo","nicehash","connect","tls","keepalive""#,
            difficulty: 10_000,
            ..cryptonote::Habits::xmrig()
        };
        let mut talk = cryptonote::session(&mut stage.rng, &Plan::short(start), &account, &habits);
        talk.facts.coin = None;
        let mut conversation = stage.conversation(inside(60 + at), proxy, 3333);
        conversation.round_trip = Duration::from_micros(300);
        stage.mine(&conversation, start, talk);
    }
    let account =
        Account::new(Kind::Monero, seed, "", "xmrig-proxy/6.21.0 (Linux x86_64) libuv/1.44.2 gcc/11.2.0");
    let talk =
        cryptonote::session(&mut stage.rng, &Plan::short(MORNING), &account, &cryptonote::Habits::xmrig());
    let conversation = stage.conversation(proxy, pool(9), 3333);
    stage.play(&conversation, MORNING, &talk.turns);
    let mut facts = talk.facts;
    facts.pool = Some("198.51.100.9:3333".to_owned());
    stage.scene.truth.hosts.push(HostTruth {
        addresses: vec![proxy.address],
        name: None,
        role: Role::Proxy,
        least: Level::Probable,
        most: Level::Confirmed,
        sessions: vec![facts],
    });
    stage.finish("inner miners, xmrig-proxy and its session with the pool, fixed nonce bytes")
}

/// A pool of its own in the network: miners at it, and it asks its node for templates.
pub(super) fn pool_in_lan(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "pool-in-lan");
    let (house, node) = (inside(50), inside(40));
    for at in 0..3u8 {
        let start = MORNING + Duration::from_secs(u64::from(at) * 4);
        let account = Account::new(Kind::BitcoinBech32, seed, &format!("s19-{at}"), "cgminer/4.11.1");
        let mut talk =
            bitcoin::session(&mut stage.rng, &Plan::short(start), Program::Cgminer, &account, true);
        talk.facts.coin = Some("BTC");
        let mut conversation = stage.conversation(inside(60 + at), house, 3333);
        conversation.round_trip = Duration::from_micros(300);
        stage.mine(&conversation, start, talk);
    }
    let mut account = Account::user("", "");
    account.suffix = "rpcuser".to_owned();
    let talk = polled::template(&mut stage.rng, &Plan::short(MORNING), &account, "192.168.10.40:8332");
    let conversation = stage.conversation(house, node, 8332);
    stage.play(&conversation, MORNING, &talk.turns);
    for (host, role, most) in [(house, Role::Pool, Level::Confirmed), (node, Role::Node, Level::Noted)] {
        let (addresses, sessions) = (vec![host.address], Vec::new());
        stage.scene.truth.hosts.push(HostTruth {
            addresses,
            name: None,
            role,
            least: Level::Clear,
            most,
            sessions,
        });
    }
    stage.finish("three miners at a pool of the same network, which asks its own node for templates")
}

/// Three miners behind one address: their logins are told apart, their machines are not.
pub(super) fn behind_nat(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "behind-nat");
    let router = outside(std::net::Ipv4Addr::new(192, 168, 10, 2));
    for at in 0..3u64 {
        let start = MORNING + Duration::from_secs(at * 7);
        let account = Account::new(Kind::Monero, seed.wrapping_add(at), &format!("room{at}"), XMRIG);
        let talk =
            cryptonote::session(&mut stage.rng, &Plan::short(start), &account, &cryptonote::Habits::xmrig());
        let mut conversation = stage.conversation(router, pool(9), 3333);
        conversation.uptimes = Some([stage.rng.bits() as u32 >> 2, stage.rng.bits() as u32 >> 2]);
        conversation.segmentation = Segmentation::Each(1448);
        stage.mine(&conversation, start, talk);
    }
    stage.finish("three miners behind one address, told apart by login and TCP time stamps")
}
