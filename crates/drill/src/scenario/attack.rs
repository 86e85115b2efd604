//! How a machine is broken into and how it spreads, besides mining: scans, guessed passwords, worms, floods; and what
//! has as many connections and does nobody harm.

use std::net::Ipv4Addr;
use std::time::Duration;

use super::common::monero;
use super::look_alike::bystander;
use crate::benign::{Script, chat, office};
use crate::miner::Plan;
use crate::rng::Rng;
use crate::scene::{AttackTruth, Level, Role, Scene, Time};
use crate::stage::{MORNING, Stage, inside, local, outside, pool, server};
use crate::tcp::Close;
use crate::tcp::Side;
use crate::wire::Node;
use crate::wire::transport::{self, Head, flag};

/// What comes back to a SYN.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Back {
    Nothing,
    Reset,
    HalfOpen,
}

fn after(millis: u64) -> Time {
    MORNING + Duration::from_millis(millis)
}

/// One attempt that becomes no conversation.
fn attempt(stage: &mut Stage, time: Time, from: (Node, u16), to: (Node, u16), back: Back) {
    let sequence = stage.rng.bits() as u32;
    let head =
        Head { source: from.1, target: to.1, sequence, acknowledgement: 0, flags: flag::SYN, clocks: None };
    segment(stage, time, from.0, to.0, head);
    let flags = match back {
        Back::Nothing => return,
        Back::Reset => flag::RST | flag::ACK,
        Back::HalfOpen => flag::SYN | flag::ACK,
    };
    let own = if back == Back::HalfOpen { stage.rng.bits() as u32 } else { 0 };
    let acknowledgement = sequence.wrapping_add(1);
    let head = Head { source: to.1, target: from.1, sequence: own, acknowledgement, flags, clocks: None };
    segment(stage, time + Duration::from_micros(400), to.0, from.0, head);
}

fn segment(stage: &mut Stage, time: Time, from: Node, to: Node, head: Head) {
    let ident = stage.rng.below(1 << 16) as u32;
    let bytes = transport::tcp(from.address, to.address, head, &[]);
    stage.scene.packets.extend(stage.wire.carry(time, from, to, 6, ident, &bytes));
}

fn attack(stage: &mut Stage, node: Node, kind: &'static str, got_in: bool) {
    stage.scene.truth.attacks.push(AttackTruth { address: node.address, kind, got_in });
}

/// A machine of a second local network.
fn far(number: u16) -> Node {
    let [high, low] = number.to_be_bytes();
    local(Ipv4Addr::new(10, 20, high, low), low)
}

/// A shell that is refused after so many tries, or let in.
fn shell(rng: &mut Rng, tries: u64, records: u64) -> Script {
    let mut script = chat::shell_opening(rng, "Go", 1200);
    for _ in 0..tries {
        script.client(10, rng.bytes(148));
        script.server(900, rng.bytes(52));
    }
    for _ in 0..records {
        script.client(400, rng.bytes(36));
        script.server(20, rng.bytes(1000));
    }
    script
}

/// One port at many addresses: a few answer, some refuse.
fn sweep(stage: &mut Stage, start: u64, who: Node, port: u16, count: u16) {
    for n in 0..count {
        let back = if n % 7 == 3 { Back::Reset } else { Back::Nothing };
        let source = stage.port();
        attempt(stage, after(start + 150 * u64::from(n)), (who, source), (far(n + 1), port), back);
    }
}

pub(super) fn port_sweep(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "port-sweep");
    let who = inside(41);
    sweep(&mut stage, 0, who, 22, 120);
    attack(&mut stage, who, "host-scan", false);
    bystander(&mut stage, who, None, Role::Bystander, Level::Clear);
    stage.finish("120 addresses on port 22 within 18 seconds, none answers")
}

pub(super) fn port_knocks(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "port-knocks");
    let (who, whom) = (outside(Ipv4Addr::new(203, 0, 113, 66)), inside(42));
    for port in 1..=200 {
        let back = if port == 22 { Back::HalfOpen } else { Back::Reset };
        attempt(&mut stage, after(20 * u64::from(port)), (who, 40_000), (whom, port), back);
    }
    attack(&mut stage, whom, "host-scan", false);
    bystander(&mut stage, whom, None, Role::Bystander, Level::Clear);
    stage.finish("an address outside tries 200 ports of a machine inside, one of which is open")
}

pub(super) fn password_guessing(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "password-guessing");
    let (who, whom) = (outside(Ipv4Addr::new(203, 0, 113, 66)), inside(42));
    for n in 0..60 {
        let tries = stage.rng.between(1, 3);
        let script = shell(&mut stage.rng, tries, 0);
        office::connect(&mut stage, after(2_500 * n), who, whom, 22, &script);
    }
    let script = shell(&mut stage.rng, 1, 200);
    office::connect(&mut stage, after(152_000), who, whom, 22, &script);
    attack(&mut stage, whom, "password-guessing", true);
    bystander(&mut stage, whom, None, Role::Bystander, Level::Clear);
    stage.finish("60 connections that fail, one that lasts")
}

pub(super) fn guessing_in_vain(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "guessing-in-vain");
    let whom = inside(42);
    for n in 0..60 {
        let who = outside(Ipv4Addr::new(203, 0, 113, 70 + (n % 6) as u8));
        let mut script = Script::default();
        script.server(20, "login: ");
        let name = *stage.rng.pick(&["root", "admin", "support", "guest"]);
        script.client(30, format!("{name}\r\n"));
        script.server(10, "Password: ");
        script.client(30, format!("{}\r\n", stage.rng.hex(4)));
        script.server(2_000, "\r\nLogin incorrect\r\n");
        office::connect(&mut stage, after(4_000 * n), who, whom, 23, &script);
    }
    attack(&mut stage, whom, "password-guessing", false);
    bystander(&mut stage, whom, None, Role::Bystander, Level::Clear);
    stage.finish("ten connections from each of six sources, no more than one that fails carries")
}

pub(super) fn worm_chain(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "worm-chain");
    let hosts = [inside(51), inside(52), inside(53)];
    for (at, host) in hosts.into_iter().enumerate() {
        let start = 400_000 * at as u64;
        sweep(&mut stage, start, host, 445, 60);
        attack(&mut stage, host, "host-scan", false);
        if at > 0 {
            attack(&mut stage, host, "spread", false);
        }
        if let Some(next) = hosts.get(at + 1) {
            let mut script = Script::default();
            for bytes in [90usize, 140, 1_300, 20_000] {
                script.client(4, stage.rng.bytes(bytes));
                script.server(4, stage.rng.bytes(130));
            }
            office::connect(&mut stage, after(start + 12_000), host, *next, 445, &script);
        }
    }
    let start = after(900_000);
    let talk = monero(seed)(&mut stage.rng, &Plan::short(start));
    let conversation = stage.conversation(inside(53), pool(9), 3333);
    stage.mine(&conversation, start, talk);
    stage.finish("each machine looks for port 445 after it was reached there; the last one mines")
}

/// Twenty minutes with a few visitors each.
fn quiet(stage: &mut Stage, minutes: u64, mut pair: impl FnMut(u64) -> (Node, Node)) {
    for minute in 0..minutes {
        for n in 0..3 {
            let (client, to) = pair(n);
            let script = office::plain_pages(&mut stage.rng, "intranet.example", 1);
            office::connect(stage, after(60_000 * minute + 9_000 * n), client, to, 80, &script);
        }
    }
}

pub(super) fn sudden_flood(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "sudden-flood");
    let whom = inside(80);
    quiet(&mut stage, 20, |n| (inside(30 + n as u8), whom));
    for n in 0..5_000 {
        let number = 0xAC10_0000 | (stage.rng.bits() as u32 & 0x000F_FFFF);
        let from = (outside(Ipv4Addr::from(number)), 1024 + stage.rng.below(60_000) as u16);
        attempt(&mut stage, after(1_200_000 + 10 * n), from, (whom, 80), Back::HalfOpen);
    }
    attack(&mut stage, whom, "connection-surge", false);
    bystander(&mut stage, whom, None, Role::Bystander, Level::Clear);
    stage.finish("5,000 half-open connections within 50 seconds, no address twice but by chance")
}

pub(super) fn sudden_peers(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "sudden-peers");
    let who = inside(43);
    quiet(&mut stage, 20, |n| (who, server(10 + n as u8)));
    for n in 0..300u16 {
        let script = office::plain_pages(&mut stage.rng, "node.example", 1);
        office::connect(&mut stage, after(1_200_000 + 150 * u64::from(n)), who, far(n + 1), 8080, &script);
    }
    attack(&mut stage, who, "connection-surge", false);
    bystander(&mut stage, who, None, Role::Bystander, Level::Clear);
    stage.finish("three peers a minute for twenty minutes, then 300 within one")
}

pub(super) fn look_alikes(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "attack-look-alikes");
    let (cron, store, poller, balancer) = (inside(61), inside(62), inside(63), inside(64));
    let (reader, post, peer) = (inside(65), inside(66), inside(67));
    // A job every minute, and ten copies of a megabyte.
    for n in 0..40 {
        let script = shell(&mut stage.rng, 1, 1);
        office::connect(&mut stage, after(60_000 * n), cron, store, 22, &script);
    }
    for n in 0..40 {
        let mut script = chat::secure_shell(&mut stage.rng, 1);
        for _ in 0..20 {
            script.client(1, stage.rng.bytes(1_400));
        }
        office::connect(&mut stage, after(3_000 * n), reader, store, 22, &script);
    }
    // A poller that logs in to each of 60 machines once; a balancer that connects each second and says nothing.
    for n in 0..60u16 {
        let script = shell(&mut stage.rng, 1, 1);
        office::connect(&mut stage, after(2_000 * u64::from(n)), poller, far(n + 1), 22, &script);
    }
    for n in 0..120 {
        let mut conversation = stage.conversation(balancer, store, 22);
        conversation.close = Close::Finish(Side::Client);
        stage.play(&conversation, after(1_000 * n), &[]);
    }
    // A browser: 90 servers, ten of them dead. A mail server: 50 others, 20 of them dead.
    for n in 0..90u16 {
        let at = after(400 * u64::from(n));
        if n % 9 == 0 {
            let source = stage.port();
            attempt(&mut stage, at, (reader, source), (server(n as u8), 443), Back::Nothing);
        } else {
            let script = office::pages(&mut stage.rng, "www.example.com", 1, 3_000);
            office::connect(&mut stage, at, reader, server(n as u8), 443, &script);
        }
    }
    for n in 0..50u16 {
        let at = after(4_000 * u64::from(n));
        let to = outside(Ipv4Addr::new(198, 51, 100, 100 + n as u8));
        if n % 5 < 2 {
            let source = stage.port();
            attempt(&mut stage, at, (post, source), (to, 25), Back::Reset);
        } else {
            let script = chat::mail(&mut stage.rng, seed);
            office::connect(&mut stage, at, post, to, 25, &script);
        }
    }
    // A peer whose list is old: 200 strangers, each on a port of its own, most of them gone.
    for n in 0..200u16 {
        let to = (outside(Ipv4Addr::new(203, 0, 113, (n % 250) as u8 + 1)), 20_000 + n * 37);
        let source = stage.port();
        attempt(&mut stage, after(600 * u64::from(n)), (peer, source), to, Back::Nothing);
    }
    for host in [cron, store, poller, balancer, reader, post, peer] {
        bystander(&mut stage, host, None, Role::Bystander, Level::Noted);
    }
    stage.finish("poller, balancer, backup, cron, browser, mail server and peer-to-peer: nobody attacks")
}
