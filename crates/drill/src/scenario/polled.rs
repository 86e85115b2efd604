//! Miners that ask for work over HTTP, at pools and at nodes of their own.

use std::time::Duration;

use super::common::{XMRIG, one};
use super::look_alike;
use crate::benign::Script;
use crate::miner::bitcoin::{self, Program};
use crate::miner::polled::{self, Packing};
use crate::miner::{Account, Plan};
use crate::scene::Scene;
use crate::stage::{Stage, inside, pool};
use crate::tcp::{Close, Side};
use crate::wallet::{Kind, address};
use crate::wire::http;

pub(super) fn getwork_http(seed: u64) -> Scene {
    one(
        seed,
        "getwork",
        "getwork over HTTP, login in Basic authorisation",
        ("pool.example", 8332),
        |rng, plan, seed| {
            let account = Account::new(Kind::Litecoin, seed, "old", "cgminer 3.7.2");
            polled::getwork(rng, plan, &account, "pool.example:8332", None)
        },
    )
}

pub(super) fn eth_getwork_http(seed: u64) -> Scene {
    one(
        seed,
        "eth-getwork-http",
        "wallet in the query, chunked, text/html, foreign ids",
        ("eth.pool.example", 80),
        |rng, plan, seed| {
            let wallet = address(Kind::EthereumLower, seed);
            let mut account = Account::user(&wallet, "");
            account.rig = Some("rig7".to_owned());
            let path = format!("/?miner=30@{wallet}@rig7");
            let mut talk = polled::ethereum(rng, plan, &account, "eth.pool.example", &path, Packing::Chunked);
            talk.facts.login = None;
            talk
        },
    )
}

pub(super) fn eth_getwork_gzip(seed: u64) -> Scene {
    one(
        seed,
        "eth-getwork-gzip",
        "wallet in the path, bodies in gzip",
        ("eth.pool.example", 8888),
        |rng, plan, seed| {
            let wallet = address(Kind::Ethereum, seed);
            let mut account = Account::user(&wallet, "");
            account.rig = Some("rig7".to_owned());
            let path = format!("/{wallet}/rig7");
            let mut talk =
                polled::ethereum(rng, plan, &account, "eth.pool.example:8888", &path, Packing::Gzip);
            talk.facts.login = None;
            talk
        },
    )
}

pub(super) fn getwork_x_stratum(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "getwork-x-stratum");
    let account = Account::new(Kind::Litecoin, seed, "old", "cgminer/3.7.2");
    let start = stage.start_with_name(inside(23), "pool.example", pool(9));
    let plan = Plan::short(start);
    let polling = Account { agent: Some("cgminer 3.7.2".to_owned()), ..account.clone() };
    let talk = polled::getwork(
        &mut stage.rng,
        &plan,
        &polling,
        "pool.example:9332",
        Some("stratum+tcp://pool.example:3333"),
    );
    let mut conversation = stage.conversation(inside(23), pool(9), 9332);
    conversation.close = Close::Finish(Side::Client);
    stage.mine(&conversation, start, talk);
    let talk = bitcoin::session(&mut stage.rng, &plan, Program::Cgminer, &account, false);
    let conversation = stage.conversation(inside(23), pool(9), 3333);
    stage.mine(&conversation, start + Duration::from_secs(2), talk);
    stage.finish("getwork answered with X-Stratum, then Stratum v1")
}

pub(super) fn getblocktemplate_solo(seed: u64) -> Scene {
    one(
        seed,
        "getblocktemplate-solo",
        "solo at a node, batch arrays, submitblock",
        ("node.example", 8332),
        |rng, plan, _| {
            let mut account = Account::user("", "bfgminer/5.5.0");
            account.suffix = "rpcuser".to_owned();
            polled::template(rng, plan, &account, "node.example:8332")
        },
    )
}

pub(super) fn monero_daemon(seed: u64) -> Scene {
    one(
        seed,
        "monero-daemon",
        "xmrig asks the height each second, X-Hash-Difficulty",
        ("", 18_081),
        |rng, plan, seed| {
            let account = Account::new(Kind::Monero, seed, "", XMRIG);
            polled::monero_daemon(rng, plan, &account, "198.51.100.9:18081")
        },
    )
}

pub(super) fn sia_header(seed: u64) -> Scene {
    one(
        seed,
        "sia-header",
        "Sia's work as bare bytes, wallet and worker in the query",
        ("sc.pool.example", 9980),
        |rng, plan, _| polled::header(rng, plan, "sc.pool.example:9980", "rig1"),
    )
}

/// The page that documents it, a file of as many bytes, and a form.
pub(super) fn sia_header_alike(seed: u64) -> Scene {
    look_alike::one(seed, "sia-header-alike", "a page and a file at the path of Sia's headers", 80, |_| {
        let mut script = Script::default();
        let get = http::request("GET", "/miner/header", "docs.example", &[("User-Agent", "Mozilla/5.0")], "");
        let binary = [("Content-Type", "application/octet-stream")];
        script.client(2, &get);
        let page = b"<html>returns a header that is ready to be worked on</html>";
        script.server(9, http::response("200 OK", &[("Content-Type", "text/html")], page));
        script.client(700, &get);
        script.server(9, http::response("200 OK", &binary, &[0; 112]));
        let form = "a".repeat(80);
        script.client(900, http::request("POST", "/miner/header", "docs.example", &[], &form));
        script.server(9, http::response("404 Not Found", &binary, b""));
        script
    })
}
