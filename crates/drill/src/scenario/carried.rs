//! Miners inside something else: SOCKS, CONNECT, a balancer's header, and web pages that mine over WebSocket.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use super::common::{XMRIG, cgminer, monero, xmr};
use crate::benign::Script;
use crate::miner::bitcoin::{self, Program};
use crate::miner::{Account, Plan, Talk, cryptonote, web};
use crate::scene::Scene;
use crate::stage::{MORNING, Stage, inside, pool, timed, untimed};
use crate::tcp::{Opening, Turn};
use crate::wallet::{Kind, address};
use crate::wire::Node;
use crate::wire::proxy;
use crate::wire::websocket::{self, Style};

/// Looks like the name of an onion service (56 letters of base 32).
const ONION: &str = "exampleexampleexampleexampleexampleexampleexampleexample.onion";

fn both(stage: &mut Stage, seed: u64) -> [Talk; 2] {
    let rng = &mut stage.rng;
    let plan = Plan::short(MORNING);
    let first = monero(seed)(rng, &plan);
    [first, bitcoin::session(rng, &plan, Program::Cgminer, &cgminer(seed), false)]
}

/// The same dialogue behind what a client and its proxy say first.
fn behind(script: Script, talk: &mut Talk) {
    let inner = std::mem::replace(&mut talk.turns, script.turns);
    talk.turns.extend(inner);
}

/// Two dialects, each on its own connection to the proxy.
fn proxied(
    seed: u64,
    id: &str,
    note: &str,
    (word, port): (&str, u16),
    target: (&str, u16),
    say: fn(&str, u16) -> Script,
) -> Scene {
    let mut stage = Stage::new(seed, id);
    for (number, mut talk) in both(&mut stage, seed).into_iter().enumerate() {
        behind(say(target.0, target.1), &mut talk);
        let server = pool(200);
        talk.facts.pool = Some(format!("{}:{}", target.0, target.1));
        talk.facts.via = Some(format!("{word} {}:{port}", server.address));
        let conversation = stage.conversation(inside(23 + number as u8), server, port);
        stage.mine(&conversation, MORNING, talk);
    }
    stage.finish(note)
}

pub(super) fn socks5_onion(seed: u64) -> Scene {
    let note = "SOCKS 5 with user name and password to an onion service, two dialects";
    proxied(seed, "socks5-onion", note, ("socks5", 1080), (ONION, 3333), proxy::socks5)
}

pub(super) fn socks4a(seed: u64) -> Scene {
    let note = "SOCKS 4a, two dialects";
    proxied(seed, "socks4a", note, ("socks4", 9050), ("xmr.pool.example", 3333), proxy::socks4a)
}

pub(super) fn connect_after_407(seed: u64) -> Scene {
    let note = "CONNECT, refused for want of a password, then granted; two dialects";
    let target = ("xmr.pool.example", 443);
    proxied(seed, "connect-after-407", note, ("http-connect", 3128), target, proxy::connect_after_407)
}

/// Greeting, request and login in one segment, all answers in another.
pub(super) fn socks5_pipelined(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "socks5-pipelined");
    let mut talk = monero(seed)(&mut stage.rng, &Plan::short(MORNING));
    let greeting = [&b"\x05\x01\x00"[..], &proxy::socks5_request("xmr.pool.example", 3333)].concat();
    prepend(&mut talk.turns[0], &greeting);
    prepend(&mut talk.turns[1], b"\x05\x00\x05\x00\x00\x01\xc6\x33\x64\x09\x0d\x05");
    let server = pool(200);
    talk.facts.pool = Some("xmr.pool.example:3333".to_owned());
    talk.facts.via = Some(format!("socks5 {}:1080", server.address));
    let conversation = stage.conversation(inside(23), server, 1080);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("SOCKS 5: greeting, request and login in one segment")
}

/// The login right behind CONNECT, the pool's answer in the segment of the 200.
pub(super) fn connect_pipelined(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "connect-pipelined");
    let mut talk = monero(seed)(&mut stage.rng, &Plan::short(MORNING));
    prepend(&mut talk.turns[0], b"CONNECT 198.51.100.9:3333 HTTP/1.1\r\nHost: 198.51.100.9:3333\r\n\r\n");
    prepend(&mut talk.turns[1], b"HTTP/1.0 200 OK\r\n\r\n");
    let server = pool(200);
    talk.facts.pool = Some("198.51.100.9:3333".to_owned());
    talk.facts.via = Some(format!("http-connect {}:8080", server.address));
    let conversation = stage.conversation(inside(23), server, 8080);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("CONNECT with the login behind it; the pool's answer in the segment of the 200")
}

fn prepend(turn: &mut Turn, bytes: &[u8]) {
    turn.bytes.splice(0..0, bytes.iter().copied());
}

/// Two logins inside one tunnel.
pub(super) fn two_logins_in_tunnel(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "two-logins-in-tunnel");
    let plan = Plan::short(MORNING);
    let habits = cryptonote::Habits { session_in_job: true, ..cryptonote::Habits::xmrig() };
    let second = Account::new(Kind::Monero, seed ^ 0x5EED, "rig2", XMRIG);
    let (mut talks, mut turns) = (Vec::new(), Vec::new());
    for (at, account) in [xmr(seed), second].iter().enumerate() {
        let mut talk = Talk::default();
        let mut session = cryptonote::Session::new(&mut stage.rng, &habits);
        session.count_from(1 + 1000 * at as u64);
        session.login(&mut stage.rng, &plan, account, &mut talk);
        talk.mine(&mut stage.rng, &plan, &mut session);
        turns.extend(timed(&talk.turns));
        talks.push(talk);
    }
    turns.sort_by_key(|&(at, _)| at);
    let mut all = proxy::socks5("xmr.pool.example", 3333).turns;
    all.extend(untimed(turns));
    let conversation = stage.conversation(inside(23), pool(200), 1080);
    stage.play(&conversation, MORNING, &all);
    for mut talk in talks {
        talk.facts.pool = Some("xmr.pool.example:3333".to_owned());
        talk.facts.via = Some(format!("socks5 {}:1080", pool(200).address));
        stage.note_miner(&conversation, talk);
    }
    stage.finish("two logins inside one SOCKS tunnel")
}

/// Tunnel in tunnel: CONNECT to a SOCKS proxy, and through it to the pool.
pub(super) fn tunnel_in_tunnel(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "tunnel-in-tunnel");
    let mut talk = monero(seed)(&mut stage.rng, &Plan::short(MORNING));
    behind(proxy::socks5("xmr.pool.example", 3333), &mut talk);
    behind(proxy::connect_after_407("proxy.example", 1080), &mut talk);
    let server = pool(200);
    talk.facts.pool = Some("xmr.pool.example:3333".to_owned());
    let (address, port) = (server.address, 3128);
    talk.facts.via = Some(format!("http-connect {address}:{port}, socks5 proxy.example:1080"));
    let conversation = stage.conversation(inside(23), server, port);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("SOCKS inside CONNECT")
}

fn balanced(seed: u64, id: &str, note: &str, header: fn(proxy::End, proxy::End) -> Vec<u8>) -> Scene {
    let mut stage = Stage::new(seed, id);
    let mut talk = monero(seed)(&mut stage.rng, &Plan::short(MORNING));
    let v4 = |node: Node| match node.address {
        IpAddr::V4(address) => address,
        IpAddr::V6(_) => Ipv4Addr::UNSPECIFIED,
    };
    prepend(&mut talk.turns[0], &header((v4(inside(77)), 51_234), (v4(pool(9)), 3333)));
    talk.facts.via = Some("proxy-protocol".to_owned());
    talk.facts.client_address = Some(format!("{}:51234", inside(77).address));
    let conversation = stage.conversation(inside(5), pool(9), 3333);
    stage.mine(&conversation, MORNING, talk);
    stage.finish(note)
}

pub(super) fn proxy_header_1(seed: u64) -> Scene {
    balanced(seed, "proxy-header-1", "a balancer's line before the login", proxy::header_one)
}

pub(super) fn proxy_header_2(seed: u64) -> Scene {
    balanced(seed, "proxy-header-2", "a balancer's binary header before the login", proxy::header_two)
}

/// A site key as Coinhive gave them: 32 letters.
const SITE_KEY: &str = "DKoBUNLeHVbGPnGsMWnBvHwmRAPTgXaB";
const PAGE: &str = "http://page.example";

fn web_page(seed: u64, id: &str, note: &str, family: web::Family, style: Style) -> Stage {
    let mut stage = Stage::new(seed, id);
    note.clone_into(&mut stage.scene.truth.note);
    let start = stage.start_with_name(inside(23), "ws.page.example", pool(9));
    let wallet = address(Kind::Monero, seed);
    let key = if family == web::Family::Coinhive { SITE_KEY } else { &wallet };
    let mut talk = web::session(&mut stage.rng, &Plan::short(start), family, key);
    let mut turns = websocket::handshake("ws.page.example", "/proxy", PAGE, style.packed).to_vec();
    turns.extend(websocket::frames(&mut stage.rng, &talk.turns, style));
    talk.turns = turns;
    talk.facts.via = Some("websocket".to_owned());
    talk.facts.page = Some(PAGE.to_owned());
    let conversation = stage.conversation(inside(23), pool(9), 80);
    stage.mine(&conversation, start, talk);
    stage
}

pub(super) fn coinhive(seed: u64) -> Scene {
    let style = Style { fragmented: true, ..Style::default() };
    let note = "Coinhive type over WebSocket: masked, in fragments with a ping between them";
    web_page(seed, "coinhive", note, web::Family::Coinhive, style).finish_noted()
}

pub(super) fn coinhive_packed(seed: u64) -> Scene {
    let style = Style { packed: true, joined: true, ..Style::default() };
    let note = "Coinhive type with permessage-deflate and a window that goes on, two messages in one frame";
    web_page(seed, "coinhive-packed", note, web::Family::Coinhive, style).finish_noted()
}

pub(super) fn coinhive_base64(seed: u64) -> Scene {
    let style = Style { base64: true, ..Style::default() };
    web_page(seed, "coinhive-base64", "Coinhive type as base64 text", web::Family::Coinhive, style)
        .finish_noted()
}

pub(super) fn webminerpool(seed: u64) -> Scene {
    let style = Style { packed: true, fragmented: true, ..Style::default() };
    let note = "webminerpool, packed and in fragments";
    web_page(seed, "webminerpool", note, web::Family::Webminerpool, style).finish_noted()
}

pub(super) fn webminerpool_binary(seed: u64) -> Scene {
    let style = Style { binary: true, ..Style::default() };
    let note = "webminerpool in frames that say they hold bytes";
    web_page(seed, "webminerpool-binary", note, web::Family::Webminerpool, style).finish_noted()
}

/// Joined behind the handshake: frames only.
pub(super) fn websocket_joined(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "websocket-joined");
    let plan = Plan { length: Duration::from_secs(600), ..Plan::short(MORNING) };
    let mut talk = web::session(&mut stage.rng, &plan, web::Family::Coinhive, SITE_KEY);
    talk.turns.drain(..3);
    talk.facts.login = None;
    talk.turns = websocket::frames(&mut stage.rng, &talk.turns, Style::default());
    talk.facts.via = Some("websocket".to_owned());
    let mut conversation = stage.conversation(inside(23), pool(9), 80);
    conversation.opening = Opening::Middle(0);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("a page's WebSocket joined behind its handshake and login")
}

/// Stratum itself inside a WebSocket.
pub(super) fn stratum_in_websocket(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "stratum-in-websocket");
    let mut talk = monero(seed)(&mut stage.rng, &Plan::short(MORNING));
    let mut turns = websocket::handshake("ws.page.example", "/", PAGE, false).to_vec();
    turns.extend(websocket::frames(&mut stage.rng, &talk.turns, Style::default()));
    talk.turns = turns;
    talk.facts.via = Some("websocket".to_owned());
    talk.facts.page = Some(PAGE.to_owned());
    let conversation = stage.conversation(inside(23), pool(9), 80);
    stage.mine(&conversation, MORNING, talk);
    stage.finish("CryptoNote lines inside a WebSocket")
}
