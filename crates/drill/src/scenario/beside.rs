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

/// Programs that listen to a node's announcements (ZeroMQ): p2pool asks for what blocks are made of; an explorer and a
/// payment server ask for blocks and transactions; a service of alarms has topics of its own.
pub(super) fn announcements(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "node-announcements");
    let greeting = || {
        let mut bytes = vec![0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1];
        bytes.extend(b"NULL");
        bytes.resize(64, 0);
        bytes
    };
    let ready = |socket: &str| {
        let mut body = b"\x05READY\x0bSocket-Type\0\0\0".to_vec();
        body.push(socket.len() as u8);
        body.extend(socket.as_bytes());
        body.extend(b"\x08Identity\0\0\0\0");
        [&[4, body.len() as u8][..], &body].concat()
    };
    // A frame of up to 255 bytes, and longer ones.
    let frame = |body: &[u8]| match u8::try_from(body.len()) {
        Ok(length) => [&[0, length][..], body].concat(),
        Err(_) => [&[2][..], &(body.len() as u64).to_be_bytes(), body].concat(),
    };
    let inner = inside(40);
    for (number, publisher, port, topics, least, most) in [
        (
            31,
            server(70),
            18_083,
            &["json-full-chain_main", "json-full-miner_data", "json-minimal-txpool_add"][..],
            Level::Noted,
            Level::Noted,
        ),
        (
            32,
            server(71),
            18_083,
            &["json-full-chain_main", "json-minimal-txpool_add"],
            Level::Clear,
            Level::Clear,
        ),
        (33, inner, 28_332, &["rawblock", "rawtx"], Level::Clear, Level::Clear),
        (34, server(72), 5556, &["alarm", "miner_data"], Level::Clear, Level::Clear),
    ] {
        // libzmq's greeting comes in two parts, the second when the other side has begun.
        let (greeting, mut script) = (greeting(), Script::default());
        script.client(2, &greeting[..10]);
        script.server(3, &greeting[..10]);
        script.client(1, &greeting[10..]);
        script.server(1, &greeting[10..]);
        script.client(1, ready("SUB"));
        script.server(1, ready("XPUB"));
        for topic in topics {
            script.client(1, frame(&[&[1], topic.as_bytes()].concat()));
        }
        for topic in topics {
            let body = format!("{topic}:{{\"height\":3815000,\"prev_id\":\"{}\"}}", stage.rng.hex(400));
            script.server(30_000, frame(body.as_bytes()));
        }
        let start = MORNING + Duration::from_secs(u64::from(number));
        office::connect(&mut stage, start, inside(number), publisher, port, &script);
        stage.scene.truth.hosts.push(HostTruth {
            addresses: vec![inside(number).address],
            name: None,
            role: Role::Bystander,
            least,
            most,
            sessions: Vec::new(),
        });
    }
    stage.scene.truth.hosts.push(HostTruth {
        addresses: vec![inner.address],
        name: None,
        role: Role::Node,
        least: Level::Clear,
        most: Level::Clear,
        sessions: Vec::new(),
    });
    stage.finish("p2pool, an explorer and a payment server listen to nodes; alarms have topics too")
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

/// Hive OS's agent of two rigs: one says hello and reports a miner at work, one stands still. A build service's worker
/// says the same words at the same path.
pub(super) fn rig_reports(seed: u64) -> Scene {
    let mut stage = Stage::new(seed, "rig-reports");
    let call = |method: &str, rig: &str, params: &str| {
        let path = format!("/worker/api?id_rig={rig}&method={method}");
        let body = format!("{{\"method\":\"{method}\",\"jsonrpc\":\"2.0\",\"id\":0,\"params\":{params}}}");
        http::request("POST", &path, "hive.example", &[("Accept-Encoding", "gzip")], &body)
    };
    let ok = http::response(
        "200 OK",
        &[("Content-Type", "application/json")],
        b"{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{\"command\":\"OK\"}}",
    );
    let password = stage.rng.hex(6);
    let hello = |rig: &str| {
        let hardware = "\"uid\":\"0a1b2c\",\"ip\":[\"192.168.10.31\"],\"gpu\":[],\"gpu_count_amd\":\"0\",\"gpu_count_nvidia\":\"6\",\"kernel\":\"5.15.0-hiveos\"";
        call("hello", rig, &format!("{{\"rig_id\":\"{rig}\",\"passwd\":\"{password}\",{hardware}}}"))
    };
    let stats = |rig: &str, miner: &str, told: &str, khs: u64| {
        let told = format!("\"miner\":\"{miner}\",\"miner_stats\":{told},\"total_khs\":{khs}");
        call("stats", rig, &format!("{{\"v\":1,\"rig_id\":\"{rig}\",\"passwd\":\"{password}\",{told}}}"))
    };
    let at_work =
        "{\"hs\":[31000,31000],\"hs_units\":\"khs\",\"temp\":[55,57],\"algo\":\"kawpow\",\"ar\":[214,1]}";
    let worker = http::request(
        "POST",
        "/worker/api?method=stats",
        "builds.example",
        &[],
        "{\"method\":\"stats\",\"params\":{\"worker\":\"7\",\"queue\":3}}",
    );
    for (number, calls, least, most) in [
        (
            31,
            vec![
                hello("812"),
                stats("812", "t-rex", at_work, 62_000),
                stats("812", "t-rex", at_work, 61_900),
            ],
            Level::Noted,
            Level::Noted,
        ),
        (32, vec![hello("813"), stats("813", "", "null", 0)], Level::Clear, Level::Clear),
        (33, vec![worker], Level::Clear, Level::Clear),
    ] {
        // A connection for each call, as curl makes them.
        for (at, ask) in calls.iter().enumerate() {
            let mut script = Script::default();
            script.client(2, ask);
            script.server(9, &ok);
            let start = MORNING + Duration::from_secs(10 * at as u64 + u64::from(number));
            office::connect(&mut stage, start, inside(number), server(80), 80, &script);
        }
        stage.scene.truth.hosts.push(HostTruth {
            addresses: vec![inside(number).address],
            name: None,
            role: Role::Bystander,
            least,
            most,
            sessions: Vec::new(),
        });
    }
    stage.finish("agents of mining rigs report to the service that manages them, a build worker to its own")
}
