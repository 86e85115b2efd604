//! Miners that are hard to see: cut, merged, damaged, one-sided, wrapped, on other ports, behind a proxy.

use std::net::{Ipv6Addr, SocketAddr};
use std::time::Duration;

use super::plain::{XMRIG, version_rolling_talks, xmr};
use crate::benign::Script;
use crate::miner::bitcoin::{self, Program};
use crate::miner::equihash::{self, Variant};
use crate::miner::{Account, Plan, Talk, cryptonote};
use crate::rng::Rng;
use crate::scene::{HostTruth, Interface, Level, Role, Scene};
use crate::stage::{MORNING, RESOLVER, Stage, inside, local, outside, pool};
use crate::tcp::{Close, Conversation, Opening, Overlap, Segmentation, Side};
use crate::wallet::Kind;
use crate::wire::{Link, dns};

fn cgminer(seed: u64) -> Account {
    Account::new(Kind::BitcoinBech32, seed, "shelf3", "cgminer/4.11.1")
}

/// One session, with the conversation changed before it is played.
fn changed(
    seed: u64,
    id: &str,
    note: &str,
    port: u16,
    talk: impl FnOnce(&mut Rng, &Plan) -> Talk,
    change: impl FnOnce(&mut Stage, &mut Conversation),
) -> Stage {
    let mut stage = Stage::new(seed, id);
    note.clone_into(&mut stage.scene.truth.note);
    let talk = talk(&mut stage.rng, &Plan::short(MORNING));
    let mut conversation = stage.conversation(inside(23), pool(9), port);
    change(&mut stage, &mut conversation);
    stage.mine(&conversation, MORNING, talk);
    stage
}

fn monero(seed: u64) -> impl FnOnce(&mut Rng, &Plan) -> Talk {
    move |rng, plan| cryptonote::session(rng, plan, &xmr(seed), &cryptonote::Habits::xmrig())
}

pub(super) fn bitcoin_byte_by_byte(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "bitcoin-byte-by-byte");
    let (mut talk, _) = version_rolling_talks(&mut stage, seed);
    talk.turns.pop(); // the reconnect, which nobody follows here
    let mut conversation = stage.conversation(inside(23), pool(9), 3333);
    conversation.segmentation = Segmentation::Bytewise;
    conversation.damage.moved = 3;
    conversation.damage.overlap = Some((0.02, Overlap::Equal));
    conversation.damage.repeated = 0.01;
    conversation.damage.probe = Some(Duration::from_secs(7));
    stage.mine(&conversation, MORNING, talk);
    stage.finish("one byte per segment, retransmissions, reordering by 3, probes of one byte")
}

pub(super) fn bitcoin_merged(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "bitcoin-merged");
    let plan = Plan::short(MORNING);
    let account = cgminer(seed);
    let mut session = bitcoin::Session::new(&mut stage.rng, Program::Cgminer, &account, false);
    let mut opened = Talk::default();
    session.open(&mut stage.rng, &plan, &account, None, &mut opened);
    // all requests first, then all answers, and no line feed between the last two of each
    let mut talk = Talk { facts: opened.facts.clone(), ..Talk::default() };
    let (mut asked, answered): (Vec<_>, Vec<_>) =
        opened.turns.into_iter().partition(|turn| turn.from == Side::Client);
    if let Some(first) = asked.first_mut() {
        first.bytes.pop();
    }
    talk.turns = asked;
    talk.client(Duration::ZERO, "{\"id\":90,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}\n");
    talk.turns.extend(answered);
    talk.server(Duration::ZERO, "{\"id\":90,\"result\":true,\"error\":null}\n");
    talk.mine(&mut stage.rng, &plan, &mut session);
    talk.facts.coin = Some("BTC");
    let mut conversation = stage.conversation(inside(23), pool(9), 3333);
    conversation.segmentation = Segmentation::Merged(60_000);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("requests and answers merged into one segment each, two messages without line feed between")
}

/// The session without its first `skip` turns, beginning inside a message.
fn joined(seed: u64, id: &str, note: &str, keep: Side) -> Scene {
    let mut stage = Stage::new(seed, id);
    let plan = Plan { length: Duration::from_secs(400), ..Plan::short(MORNING) };
    let mut talk = cryptonote::session(&mut stage.rng, &plan, &xmr(seed), &cryptonote::Habits::xmrig());
    talk.turns.drain(..2);
    let facts = &mut talk.facts;
    (facts.login, facts.wallet, facts.worker, facts.agent, facts.coin) = (None, None, None, None, None);
    facts.jobs -= 1;
    let mut conversation = stage.conversation(inside(23), pool(9), 3333);
    conversation.opening = Opening::Middle(41);
    conversation.damage.only = Some(keep);
    only_one_side(&mut talk, keep);
    stage.mine(&conversation, MORNING, talk);
    stage.finish(note)
}

/// What stays true when one side alone is in the packets.
fn only_one_side(talk: &mut Talk, keep: Side) {
    let facts = &mut talk.facts;
    if keep == Side::Client {
        facts.shares_unanswered = facts.shares_accepted + facts.shares_rejected;
        (facts.shares_accepted, facts.shares_rejected, facts.jobs) = (0, 0, 0);
        facts.algorithm = None;
    } else {
        (facts.login, facts.wallet, facts.worker, facts.agent, facts.coin) = (None, None, None, None, None);
    }
}

pub(super) fn joined_jobs(seed: u64) -> Scene {
    joined(seed, "joined-jobs", "no SYN, begins inside a string, only the server's packets", Side::Server)
}

pub(super) fn joined_submits(seed: u64) -> Scene {
    joined(seed, "joined-submits", "no SYN, begins inside a string, only the client's packets", Side::Client)
}

pub(super) fn one_way_client(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "one-way-client");
    let mut talk = monero(seed)(&mut stage.rng, &Plan::short(MORNING));
    only_one_side(&mut talk, Side::Client);
    let mut conversation = stage.conversation(inside(23), pool(9), 3333);
    conversation.damage.only = Some(Side::Client);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("only the client's packets of an xmrig session")
}

pub(super) fn one_way_server(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "one-way-server");
    let account = Account::new(Kind::Zcash, seed, "asic1", "GMiner/3.44");
    let plan = Plan::short(MORNING);
    let mut talk =
        equihash::session(&mut stage.rng, &plan, Variant::Zcash, &account, "zec.pool.example", 6666);
    only_one_side(&mut talk, Side::Server);
    let mut conversation = stage.conversation(inside(23), pool(9), 6666);
    conversation.damage.only = Some(Side::Server);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("only the server's packets of a Zcash session")
}

pub(super) fn lossy(seed: u64) -> Scene {
    let mut stage = changed(
        seed,
        "lossy",
        "5 % of the packets lost, moved by up to 3 places",
        3333,
        monero(seed),
        |_, c| {
            c.damage.lost = 0.05;
            c.damage.moved = 3;
        },
    );
    for facts in stage.scene.truth.hosts.iter_mut().flat_map(|host| &mut host.sessions) {
        // the login may be lost, and with it all that it says
        (facts.coin, facts.wallet, facts.agent) = (None, None, None);
    }
    stage.finish_noted()
}

pub(super) fn overlap_differing(seed: u64) -> Scene {
    let note = "half of each third segment sent again with other bytes: the first ones are true";
    changed(seed, "overlap-differing", note, 3333, monero(seed), |_, c| {
        c.damage.overlap = Some((0.33, Overlap::Differing));
    })
    .finish_noted()
}

pub(super) fn port_443_plain(seed: u64) -> Scene {
    changed(seed, "port-443-plain", "plain CryptoNote on port 443", 443, monero(seed), |_, _| {})
        .finish_noted()
}

pub(super) fn port_53_tcp(seed: u64) -> Scene {
    changed(seed, "port-53-tcp", "plain CryptoNote on TCP port 53", 53, monero(seed), |_, _| {})
        .finish_noted()
}

pub(super) fn port_80_plain(seed: u64) -> Scene {
    let talk =
        |rng: &mut Rng, plan: &Plan| bitcoin::session(rng, plan, Program::Cgminer, &cgminer(seed), false);
    changed(seed, "port-80-plain", "Bitcoin Stratum on port 80", 80, talk, |_, _| {}).finish_noted()
}

pub(super) fn port_25_plain(seed: u64) -> Scene {
    let talk =
        |rng: &mut Rng, plan: &Plan| bitcoin::session(rng, plan, Program::Cgminer, &cgminer(seed), false);
    changed(seed, "port-25-plain", "Bitcoin Stratum on port 25", 25, talk, |_, _| {}).finish_noted()
}

/// xmrig over TLS: what can be said depends on the name alone.
fn tls(seed: u64, id: &str, note: &str, name: Option<&str>) -> Scene {
    let mut stage = Stage::new(seed, id);
    let start = stage.start_with_name(inside(23), name.unwrap_or(""), pool(9));
    let plain = monero(seed)(&mut stage.rng, &Plan::short(start));
    let turns = stage.over_tls(&plain.turns, name);
    let conversation = stage.conversation(inside(23), pool(9), 3333);
    let pool = SocketAddr::new(conversation.server.0.address, 3333).to_string();
    let facts = crate::scene::Facts { pool: Some(pool), ..Default::default() };
    stage.mine(&conversation, start, Talk { turns, facts });
    stage.levels(Level::Clear, Level::Probable);
    stage.finish(note)
}

pub(super) fn tls_3333_sni(seed: u64) -> Scene {
    tls(
        seed,
        "tls-3333-sni",
        "xmrig over TLS with a server name that was looked up",
        Some("xmr.pool.example"),
    )
}

pub(super) fn tls_3333(seed: u64) -> Scene {
    tls(seed, "tls-3333", "xmrig over TLS without server name", None)
}

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
    let key = crate::rng::hex(&Rng::named(seed, "donation").bytes(32));
    let later = MORNING + Duration::from_secs(100);
    let plan = Plan { length: Duration::from_secs(60), ..Plan::short(later) };
    let mut talk =
        cryptonote::session(&mut stage.rng, &plan, &Account::user(&key, XMRIG), &cryptonote::Habits::xmrig());
    (talk.facts.wallet, talk.facts.coin) = (None, None);
    let mut conversation = stage.conversation(inside(23), pool(10), 3333);
    conversation.close = Close::Finish(Side::Client);
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

/// A session whose jobs are over 3 kB, over IPv6 with a small path.
pub(super) fn ipv6_fragments(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "ipv6-fragments");
    stage.wire.extension_headers = true;
    stage.wire.mtu = 1280;
    let miner = local(Ipv6Addr::new(0x2001, 0xDB8, 0x10, 0, 0, 0, 0, 0x23), 23);
    let server = outside(Ipv6Addr::new(0x2001, 0xDB8, 0xFFFF, 0, 0, 0, 0, 9));
    let account = Account::new(Kind::Zcash, seed, "asic1", "GMiner/3.44");
    let plan = Plan::short(MORNING);
    let talk = equihash::session(&mut stage.rng, &plan, Variant::Zcash, &account, "zec.pool.example", 6666);
    let mut conversation = stage.conversation(miner, server, 6666);
    conversation.segmentation = Segmentation::Each(4000);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("IPv6 with extension headers, shares of 2.8 kB in fragments")
}

fn over_link(seed: u64, id: &str, note: &str, link: Link) -> Scene {
    changed(seed, id, note, 3333, monero(seed), |stage, conversation| {
        stage.wire.link = link.clone();
        conversation.wire.link = link;
    })
    .finish_noted()
}

pub(super) fn vlan(seed: u64) -> Scene {
    over_link(seed, "vlan", "two VLAN tags", Link::Ethernet(vec![100, 20]))
}

pub(super) fn cooked_1(seed: u64) -> Scene {
    over_link(seed, "cooked-1", "Linux cooked capture v1", Link::Cooked1)
}

pub(super) fn cooked_2(seed: u64) -> Scene {
    over_link(seed, "cooked-2", "Linux cooked capture v2", Link::Cooked2)
}

pub(super) fn raw_ip(seed: u64) -> Scene {
    over_link(seed, "raw-ip", "bare IP packets", Link::Raw)
}

pub(super) fn bsd_null(seed: u64) -> Scene {
    over_link(seed, "bsd-null", "BSD loopback header", Link::Null)
}

pub(super) fn bsd_loop(seed: u64) -> Scene {
    over_link(seed, "bsd-loop", "OpenBSD loopback header", Link::Loop)
}

pub(super) fn ipv4_fragments(seed: u64) -> Scene {
    changed(seed, "ipv4-fragments", "segments in fragments of 256 bytes", 3333, monero(seed), |_, c| {
        c.wire.mtu = 276
    })
    .finish_noted()
}

/// Headers and a few bytes of each packet: nothing of the dialogue is complete.
pub(super) fn snapped_96(seed: u64) -> Scene {
    let mut stage =
        changed(seed, "snapped-96", "only 96 bytes of each frame were kept", 3333, monero(seed), |_, _| {});
    stage.scene.interfaces = vec![Interface { name: "eth0", link_type: 1, snap_length: 96 }];
    for facts in stage.scene.truth.hosts.iter_mut().flat_map(|host| &mut host.sessions) {
        *facts = crate::scene::Facts { pool: facts.pool.clone(), ..Default::default() };
    }
    stage.levels(Level::Clear, Level::Confirmed);
    stage.finish_noted()
}

/// Two interfaces with different link types: the miner's own view and the mirror port's of another miner.
pub(super) fn two_interfaces(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "two-interfaces");
    stage.scene.interfaces = vec![
        Interface { name: "eth0", link_type: 1, snap_length: 0 },
        Interface { name: "any", link_type: 276, snap_length: 0 },
    ];
    let talk = monero(seed)(&mut stage.rng, &Plan::short(MORNING));
    let conversation = stage.conversation(inside(23), pool(9), 3333);
    stage.mine(&conversation, MORNING, talk);
    (stage.wire.link, stage.wire.interface) = (Link::Cooked2, 1);
    let talk =
        bitcoin::session(&mut stage.rng, &Plan::short(MORNING), Program::Cgminer, &cgminer(seed), false);
    let conversation = stage.conversation(inside(24), pool(10), 3333);
    stage.mine(&conversation, MORNING, talk);
    stage.scene.names = vec![(pool(9).address, "xmr.pool.example".to_owned())];
    stage.finish("two interfaces of different link types, names in the file")
}

/// The pool's name is an alias, looked up over TCP.
pub(super) fn name_over_tcp(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "name-over-tcp");
    let (name, target) = ("xmr.pool.example", "eu1.pool.example");
    let records = [
        dns::Record { owner: name.to_owned(), lives: 60, data: dns::Data::Alias(target.to_owned()) },
        dns::Record { owner: target.to_owned(), lives: 60, data: dns::Data::Address(pool(9).address) },
    ];
    let mut script = Script::default();
    let id = stage.rng.bits() as u16;
    script.client(1, dns::over_tcp(&dns::query(id, name, dns::A)));
    script.server(4, dns::over_tcp(&dns::answer(id, name, dns::A, &records)));
    let mut conversation = stage.conversation(inside(23), RESOLVER, 53);
    conversation.close = Close::Finish(Side::Client);
    stage.play(&conversation, MORNING, &script.turns);
    let start = MORNING + Duration::from_millis(400);
    let mut talk = monero(seed)(&mut stage.rng, &Plan::short(start));
    talk.facts.pool_name = Some(format!("{name}:3333"));
    let conversation = stage.conversation(inside(23), pool(9), 3333);
    stage.mine(&conversation, start, talk);
    stage.finish("the pool's name looked up over TCP, behind an alias")
}
