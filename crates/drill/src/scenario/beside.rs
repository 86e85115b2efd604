//! What stands beside the usual session: templates of the miner's own, orders to a daemon, a full proxy's jobs, p2pool's
//! calls, and miners that tell how they are.
//!
//! Sources: xmrig/xmrig `src/base/net/stratum/SelfSelectClient.cpp`; monero-project/monero `src/rpc/core_rpc_server.h`;
//! MoneroOcean/nodejs-pool `lib/coins/core/factories.js`; SChernykh/p2pool `docs/MERGE_MINING.MD`; ckolivas/cgminer
//! `API-README`; bitaxeorg/ESP-Miner `main/http_server/http_server.c`.

use std::time::Duration;

use super::common::{XMRIG, one, xmr};
use crate::benign::{Script, office};
use crate::miner::{Account, Talk};
use crate::rng::Rng;
use crate::scene::{HostTruth, Level, Role, Scene};
use crate::stage::{MORNING, Stage, inside, server};
use crate::wallet::{Kind, address};
use crate::wire::http;

/// Shares of this job, each taken.
fn shares(rng: &mut Rng, talk: &mut Talk, session: &str, job: &str, count: u64) {
    for id in 0..count {
        let (nonce, hash) = (rng.hex(4), rng.hex(32));
        talk.client(
            Duration::from_secs(rng.between(4, 20)),
            format!("{{\"id\":{},\"jsonrpc\":\"2.0\",\"method\":\"submit\",\"params\":{{\"id\":\"{session}\",\"job_id\":\"{job}\",\"nonce\":\"{nonce}\",\"result\":\"{hash}\"}}}}\n", 50 + id),
        );
        talk.server(
            Duration::from_millis(40),
            format!(
                "{{\"id\":{},\"jsonrpc\":\"2.0\",\"error\":null,\"result\":{{\"status\":\"OK\"}}}}\n",
                50 + id
            ),
        );
        talk.facts.shares_accepted += 1;
    }
}

pub(super) fn self_select(seed: u64) -> Scene {
    one(seed, "monero-self-select", "block_template, and jobs without a blob", ("", 3333), |rng, _, seed| {
        let account = xmr(seed);
        let mut talk = Talk { facts: account.facts("stratum-cryptonote"), ..Talk::default() };
        talk.facts.coin = Some("XMR");
        let (session, seed_hash) = (rng.hex(8), rng.hex(32));
        talk.client(
            Duration::from_millis(3),
            format!("{{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{{\"login\":\"{}\",\"pass\":\"x\",\"agent\":\"{XMRIG}\",\"mode\":\"self-select\",\"algo\":[\"rx/0\"]}}}}\n", account.login()),
        );
        talk.server(
            Duration::from_millis(40),
            format!("{{\"id\":1,\"jsonrpc\":\"2.0\",\"error\":null,\"result\":{{\"id\":\"{session}\",\"job\":{{\"job_id\":\"a1\",\"target\":\"b88d0600\",\"algo\":\"rx/0\",\"height\":3815000,\"extra_nonce\":\"{}\",\"pool_wallet\":\"{}\",\"seed_hash\":\"{seed_hash}\"}},\"extensions\":[\"algo\"],\"status\":\"OK\"}}}}\n", rng.hex(8), address(Kind::Monero, seed ^ 0xF00)),
        );
        talk.facts.jobs = 1;
        let (blob, previous) = (rng.hex(180), rng.hex(32));
        talk.client(
            Duration::from_secs(1),
            format!("{{\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"block_template\",\"params\":{{\"id\":\"{session}\",\"job_id\":\"a1\",\"blob\":\"1010{blob}\",\"height\":3815000,\"difficulty\":512345678901,\"prev_hash\":\"{previous}\",\"seed_hash\":\"{seed_hash}\",\"next_seed_hash\":null}}}}\n"),
        );
        talk.server(
            Duration::from_millis(40),
            "{\"id\":2,\"jsonrpc\":\"2.0\",\"error\":null,\"result\":{\"status\":\"OK\"}}\n",
        );
        shares(rng, &mut talk, &session, "a1", 4);
        talk
    })
}

pub(super) fn start_mining(seed: u64) -> Scene {
    one(seed, "monero-start-mining", "wallet and intent in one request", ("", 18_081), |_, _, seed| {
        let wallet = address(Kind::Monero, seed);
        let mut talk =
            Talk { facts: Account::user(&wallet, "").facts("getblocktemplate"), ..Talk::default() };
        talk.facts.login = None;
        let body = format!(
            "{{\"do_background_mining\":false,\"ignore_battery\":false,\"miner_address\":\"{wallet}\",\"threads_count\":4}}"
        );
        let headers = [("Content-Type", "application/json")];
        let ask = http::request("POST", "/start_mining", "198.51.100.9:18081", &headers, &body);
        talk.client(Duration::from_millis(3), ask);
        let answer = "{\"status\":\"OK\",\"untrusted\":false}";
        talk.server(Duration::from_millis(20), http::response("200 OK", &headers, answer.as_bytes()));
        talk
    })
}

pub(super) fn full_proxy(seed: u64) -> Scene {
    let mut scene = one(
        seed,
        "full-proxy",
        "templates with reserved bytes: many machines stand behind it",
        ("", 3333),
        |rng, _, seed| {
            let account = Account::new(Kind::Monero, seed, "", "xmr-node-proxy/0.0.3");
            let mut talk = Talk { facts: account.facts("stratum-cryptonote"), ..Talk::default() };
            // No list of mining programs knows it.
            talk.facts.agent = None;
            let (session, seed_hash) = (rng.hex(8), rng.hex(32));
            let job = |rng: &mut Rng, number: u64| {
                format!(
                    "{{\"blocktemplate_blob\":\"1010{}\",\"blob_type\":0,\"difficulty\":512345678901,\"height\":{},\"reserved_offset\":131,\"client_nonce_offset\":139,\"client_pool_offset\":143,\"target_diff\":100000,\"job_id\":\"{number}\",\"id\":\"{session}\",\"seed_hash\":\"{seed_hash}\"}}",
                    rng.hex(200),
                    3_815_000 + number
                )
            };
            talk.client(
                Duration::from_millis(3),
                format!("{{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{{\"login\":\"{}\",\"pass\":\"proxy\",\"agent\":\"xmr-node-proxy/0.0.3\"}}}}\n", account.login()),
            );
            let first = job(rng, 1);
            talk.server(
                Duration::from_millis(40),
                format!("{{\"id\":1,\"jsonrpc\":\"2.0\",\"error\":null,\"result\":{{\"id\":\"{session}\",\"job\":{first},\"status\":\"OK\"}}}}\n"),
            );
            let second = job(rng, 2);
            let push = format!("{{\"jsonrpc\":\"2.0\",\"method\":\"job\",\"params\":{second}}}\n");
            talk.server(Duration::from_secs(20), push);
            talk.facts.jobs = 2;
            shares(rng, &mut talk, &session, "2", 3);
            talk
        },
    );
    for host in &mut scene.truth.hosts {
        host.role = Role::Proxy;
    }
    scene
}

fn noted(stage: &mut Stage, node: crate::wire::Node, least: Level) {
    stage.scene.truth.hosts.push(HostTruth {
        addresses: vec![node.address],
        name: None,
        role: Role::Bystander,
        least,
        most: Level::Noted,
        sessions: Vec::new(),
    });
}

/// Calls that p2pool alone makes: worth a line, since it works for miners, and no proof that this machine hashes.
pub(super) fn p2pool_calls(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "p2pool-calls");
    let headers = [("Content-Type", "application/json")];
    let call = |method: &str, params: &str| {
        let body =
            format!("{{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"method\":\"{method}\",\"params\":{params}}}");
        http::request("POST", "/json_rpc", "node.example", &headers, &body)
    };
    let answer = |result: &str| {
        let body = format!("{{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"result\":{result}}}");
        http::response("200 OK", &headers, body.as_bytes())
    };
    let (mut own, mut aux) = (Script::default(), Script::default());
    let rng = &mut stage.rng;
    own.client(3, call("get_miner_data", "{}"));
    own.server(9, answer(&format!("{{\"major_version\":16,\"height\":3815000,\"prev_id\":\"{}\",\"seed_hash\":\"{}\",\"difficulty\":\"0x774a0c1b35\",\"median_weight\":300000,\"tx_backlog\":[],\"status\":\"OK\",\"untrusted\":false}}", rng.hex(32), rng.hex(32))));
    aux.client(3, call("merge_mining_get_chain_id", "{}"));
    aux.server(9, answer(&format!("{{\"chain_id\":\"{}\"}}", rng.hex(32))));
    for _ in 0..5 {
        let ask = format!(
            "{{\"address\":\"a\",\"aux_hash\":\"{}\",\"height\":3815000,\"prev_id\":\"{}\"}}",
            rng.hex(32),
            rng.hex(32)
        );
        aux.client(500, call("merge_mining_get_aux_block", &ask));
        aux.server(
            9,
            answer(&format!(
                "{{\"aux_blob\":\"{}\",\"aux_diff\":1000,\"aux_hash\":\"{}\"}}",
                rng.hex(80),
                rng.hex(32)
            )),
        );
    }
    office::connect(&mut stage, MORNING, inside(31), server(70), 18_081, &own);
    office::connect(&mut stage, MORNING, inside(32), server(71), 8084, &aux);
    noted(&mut stage, inside(31), Level::Noted);
    noted(&mut stage, inside(32), Level::Noted);
    stage.finish("get_miner_data at a node, merge mining beside another chain")
}

/// cgminer's interface, xmrig's and Bitaxe's: the machines that answer mine, the one that asks does not.
pub(super) fn interfaces(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "miner-interfaces");
    let headers = [("Content-Type", "application/json")];
    let mut command = Script::default();
    command.client(2, "{\"command\":\"summary\"}");
    command.server(9, "{\"STATUS\":[{\"STATUS\":\"S\",\"When\":1795420800,\"Code\":11,\"Msg\":\"Summary\",\"Description\":\"bmminer 1.0.0\"}],\"SUMMARY\":[{\"Elapsed\":900,\"GHS av\":94000.2,\"Accepted\":90,\"Rejected\":1}],\"id\":1}\0");
    let page = |path: &str, body: String| {
        let mut script = Script::default();
        script.client(2, http::request("GET", path, "miner.example", &[("User-Agent", "Mozilla/5.0")], ""));
        script.server(9, http::response("200 OK", &headers, body.as_bytes()));
        script
    };
    let xmrig = page("/2/summary", "{\"id\":\"a0\",\"kind\":\"miner\",\"ua\":\"XMRig/6.21.0\",\"algo\":\"rx/0\",\"hashrate\":{\"total\":[5000.1,4999.0,null]},\"results\":{\"shares_good\":3,\"shares_total\":3},\"connection\":{\"pool\":\"xmr.pool.example:3333\",\"uptime\":9}}".to_owned());
    let login = address(Kind::BitcoinBech32, seed);
    let bitaxe = page(
        "/api/system/info",
        format!(
            "{{\"hashRate\":1200.5,\"ASICModel\":\"BM1370\",\"stratumURL\":\"btc.pool.example\",\"stratumPort\":3333,\"stratumUser\":\"{login}.axe\",\"sharesAccepted\":214}}"
        ),
    );
    for (at, (port, script)) in [(4028, command), (8080, xmrig), (80, bitaxe)].into_iter().enumerate() {
        let start = MORNING + Duration::from_secs(at as u64);
        let device = inside(41 + at as u8);
        office::connect(&mut stage, start, inside(31), device, port, &script);
        noted(&mut stage, device, Level::Noted);
    }
    noted(&mut stage, inside(31), Level::Clear);
    stage.finish("cgminer's interface, xmrig's and Bitaxe's, asked by a browser")
}
