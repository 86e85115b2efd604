//! Miners on ports of others, inside TLS, and under every link layer and fragmentation.

use std::net::Ipv6Addr;
use std::time::Duration;

use super::common::{cgminer, changed, monero};
use crate::benign::Script;
use crate::miner::bitcoin::{self, Program};
use crate::miner::equihash::{self, Variant};
use crate::miner::{Account, Plan, Talk};
use crate::rng::Rng;
use crate::scene::{Interface, Level, Scene};
use crate::stage::{MORNING, RESOLVER, Stage, inside, local, outside, pool};
use crate::tcp::{Close, Segmentation, Side};
use crate::wallet::Kind;
use crate::wire::{Link, dns};

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

/// xmrig over TLS: what can be said depends on names and certificate alone.
fn tls(seed: u64, id: &str, note: &str, name: Option<&str>, certificate: Option<&str>) -> Scene {
    let mut stage = Stage::new(seed, id);
    let start = stage.start_with_name(inside(23), name.unwrap_or(""), pool(9));
    let plain = monero(seed)(&mut stage.rng, &Plan::short(start));
    let turns = stage.over_tls(&plain.turns, name, certificate);
    let conversation = stage.conversation(inside(23), pool(9), 3333);
    // nothing of the session can be read, so nothing is said about it
    let facts = crate::scene::Facts::default();
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
        None,
    )
}

pub(super) fn tls_3333(seed: u64) -> Scene {
    tls(seed, "tls-3333", "xmrig over TLS without server name", None, None)
}

pub(super) fn tls_self_signed(seed: u64) -> Scene {
    tls(
        seed,
        "tls-self-signed",
        "xmrig over TLS 1.2, self-signed certificate of the pool",
        None,
        Some("pool.example"),
    )
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
        *facts = crate::scene::Facts::default();
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
