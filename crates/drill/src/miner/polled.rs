//! Work that is asked for over HTTP: getwork, eth_getWork, getblocktemplate, Monero's daemon mining.
//!
//! Sources: BIP 22; JayDDee/cpuminer-opt `util.c` (headers); sammy007/open-ethereum-pool (wallet in the path);
//! xmrig `src/base/net/stratum/DaemonClient.cpp` and monero `src/rpc/core_rpc_server.h`; NebulousLabs/Sia
//! `doc/api/Miner.md` and tpruvot/ccminer `sia/sia-rpc.cpp`.

use std::time::Duration;

use super::{Account, Plan, Talk, answer_time};
use crate::rng::{Rng, hex};
use crate::wire::{gzip, http};

/// How an HTTP server packs its JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Plain,
    Chunked,
    Gzip,
}

fn packed(packing: Packing, kind: &str, extra: &[(&str, &str)], body: &str) -> Vec<u8> {
    let mut headers = vec![("Server", "nginx"), ("Content-Type", kind), ("Connection", "keep-alive")];
    headers.extend_from_slice(extra);
    match packing {
        Packing::Plain => http::response("200 OK", &headers, body.as_bytes()),
        Packing::Chunked => http::chunked("200 OK", &headers, body.as_bytes(), 100),
        Packing::Gzip => {
            headers.push(("Content-Encoding", "gzip"));
            http::response("200 OK", &headers, &gzip::stored(body.as_bytes()))
        }
    }
}

/// How many shares fall into a session of this plan, at least one.
fn shares(rng: &mut Rng, plan: &Plan) -> u64 {
    rng.poisson(plan.length.as_secs_f64() / plan.share_every.as_secs_f64()).max(1)
}

/// getwork: some work, one share each; `switch` names the Stratum server in `X-Stratum`.
pub(crate) fn getwork(
    rng: &mut Rng,
    plan: &Plan,
    account: &Account,
    host: &str,
    switch: Option<&str>,
) -> Talk {
    let mut talk = Talk { facts: account.facts("getwork"), ..Talk::default() };
    let agent = account.agent.clone().unwrap_or_default();
    let authorisation =
        format!("Basic {}", http::base64(format!("{}:{}", account.login(), account.password).as_bytes()));
    let headers = [
        ("Authorization", authorisation.as_str()),
        ("User-Agent", agent.as_str()),
        ("Content-Type", "application/json"),
        ("X-Mining-Extensions", "longpoll midstate rollntime submitold"),
        ("Accept-Encoding", "deflate, gzip"),
    ];
    let mut extra = vec![("X-Long-Polling", "/LP")];
    extra.extend(switch.map(|to| ("X-Stratum", to)));
    let rounds = if switch.is_some() { 1 } else { shares(rng, plan) };
    for round in 0..rounds {
        let ask =
            http::request("POST", "/", host, &headers, "{\"method\":\"getwork\",\"params\":[],\"id\":0}");
        // 80 header bytes and SHA-256 padding to 128, each word swapped: 00000080 … 80020000
        let padding = format!("00000080{}80020000", "0".repeat(80));
        let mut data = format!("00000020{}{}", rng.hex(72), "00000000");
        data.push_str(&padding);
        let (state, hash) = (rng.hex(32), format!("{}00000080{}00010000", "0".repeat(64), "0".repeat(48)));
        let target = format!("{}ffff0000{}", "f".repeat(48), "0".repeat(8));
        let body = format!(
            "{{\"result\":{{\"midstate\":\"{state}\",\"data\":\"{data}\",\"hash1\":\"{hash}\",\"target\":\"{target}\"}},\"error\":null,\"id\":0}}"
        );
        talk.client(if round == 0 { Duration::from_millis(2) } else { Duration::from_secs(1) }, ask);
        talk.server(answer_time(rng), packed(Packing::Plain, "application/json", &extra, &body));
        talk.facts.jobs += 1;
        if switch.is_some() {
            return talk;
        }
        let solved = format!("{}{}{}", &data[..152], rng.hex(4), &data[160..]);
        let body = format!("{{\"method\":\"getwork\",\"params\":[\"{solved}\"],\"id\":1}}");
        talk.client(rng.wait(plan.share_every), http::request("POST", "/", host, &headers, &body));
        let accepted = !rng.chance(plan.rejected);
        let reason = if accepted { vec![] } else { vec![("X-Reject-Reason", "stale-work")] };
        let body = format!("{{\"result\":{accepted},\"error\":null,\"id\":1}}");
        talk.server(answer_time(rng), packed(Packing::Plain, "application/json", &reason, &body));
        *if accepted { &mut talk.facts.shares_accepted } else { &mut talk.facts.shares_rejected } += 1;
    }
    talk
}

/// eth_getWork polled each second, the wallet in the request line; ids that do not match.
pub(crate) fn ethereum(
    rng: &mut Rng,
    plan: &Plan,
    account: &Account,
    host: &str,
    path: &str,
    packing: Packing,
) -> Talk {
    let mut talk = Talk { facts: account.facts("getwork"), ..Talk::default() };
    let (mut header, seed) = (rng.hex(32), rng.hex(32));
    let headers = [("Content-Type", "application/json"), ("Accept", "application/json")];
    let post = |body: &str| http::request("POST", path, host, &headers, body);
    let mut due = rng.wait(plan.share_every).as_secs().max(1);
    let seconds = plan.length.as_secs().min(90);
    for second in 0..seconds {
        if second % 15 == 0 {
            header = rng.hex(32);
            talk.facts.jobs += 1;
        }
        talk.client(
            Duration::from_millis(950),
            post("{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"eth_getWork\",\"params\":[]}"),
        );
        let body = format!(
            "{{\"id\":73,\"jsonrpc\":\"2.0\",\"result\":[\"0x{header}\",\"0x{seed}\",\"0x000000006df37f67{}\"]}}",
            "0".repeat(48)
        );
        talk.server(answer_time(rng), packed(packing, "text/html", &[], &body));
        if second == due || second + 1 == seconds {
            due = second + 1 + rng.wait(plan.share_every).as_secs();
            let accepted = !rng.chance(plan.rejected);
            let (nonce, mix) = (rng.hex(8), rng.hex(32));
            let ask = format!(
                "{{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitWork\",\"params\":[\"0x{nonce}\",\"0x{header}\",\"0x{mix}\"]}}"
            );
            talk.client(Duration::from_millis(20), post(&ask));
            let body = format!("{{\"id\":73,\"jsonrpc\":\"2.0\",\"result\":{accepted}}}");
            talk.server(answer_time(rng), packed(packing, "text/html", &[], &body));
            *if accepted { &mut talk.facts.shares_accepted } else { &mut talk.facts.shares_rejected } += 1;
        }
        if second % 10 == 9 {
            let (rate, id) = (rng.below(1 << 25), rng.hex(32));
            let ask = format!(
                "{{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitHashrate\",\"params\":[\"0x{rate:x}\",\"0x{id}\"]}}"
            );
            talk.client(Duration::from_millis(5), post(&ask));
            talk.server(
                answer_time(rng),
                packed(packing, "text/html", &[], "{\"id\":73,\"jsonrpc\":\"2.0\",\"result\":true}"),
            );
        }
    }
    talk
}

/// A wallet of nobody in Sia's form: `drill` and a hash, then six bytes of BLAKE2b (NebulousLabs/Sia
/// `types/unlockhash.go`).
const SIA_WALLET: &str = "6472696c6cf071a4a1798f25a9ff6718977dddffbd4918a0294ac1bf8d5978b771c6fd9f17a6";

/// Sia: target and header as 112 bare bytes, a solved header as 80, address and worker in the query.
pub(crate) fn header(rng: &mut Rng, plan: &Plan, host: &str, worker: &str) -> Talk {
    let mut talk = Talk { facts: Account::user(SIA_WALLET, "Sia-Agent").facts("getwork"), ..Talk::default() };
    (talk.facts.login, talk.facts.algorithm) = (None, Some("blake2b"));
    // It names the coin's programs, and no list of mining programs has it.
    talk.facts.agent = None;
    talk.facts.worker = Some(worker.to_owned());
    let path = format!("/miner/header?address={SIA_WALLET}&worker={worker}");
    let headers = [("Accept", "application/octet-stream"), ("User-Agent", "Sia-Agent")];
    let target = [vec![0; 4], vec![0xFF; 28]].concat();
    for round in 0..shares(rng, plan) {
        let parent = rng.bytes(32);
        let time = (plan.start.seconds() + 20 * round).to_le_bytes();
        let root = rng.bytes(32);
        let fresh = [&parent[..], &[0; 8], &time, &root].concat();
        talk.client(Duration::from_secs(1), http::request("GET", &path, host, &headers, ""));
        let answer = [("Content-Type", "application/octet-stream")];
        talk.server(answer_time(rng), http::response("200 OK", &answer, &[&target[..], &fresh].concat()));
        talk.facts.jobs += 1;
        let solved = [&parent[..], &rng.bytes(8), &time, &root].concat();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Sia-Agent\r\nContent-Length: 80\r\n\r\n"
        );
        talk.client(rng.wait(plan.share_every), [head.as_bytes(), &solved].concat());
        if rng.chance(plan.rejected) {
            let answer = [("Content-Type", "application/json")];
            let words = b"{\"message\":\"submitted block is stale\"}";
            talk.server(answer_time(rng), http::response("400 Bad Request", &answer, words));
            talk.facts.shares_rejected += 1;
        } else {
            talk.server(answer_time(rng), b"HTTP/1.1 204 No Content\r\n\r\n");
            talk.facts.shares_accepted += 1;
        }
    }
    talk
}

/// Solo mining at a node: a template now and then, in a batch array every third time, one block at the end.
pub(crate) fn template(rng: &mut Rng, plan: &Plan, account: &Account, host: &str) -> Talk {
    let mut talk = Talk { facts: account.facts("getblocktemplate"), ..Talk::default() };
    (talk.facts.login, talk.facts.wallet) = (Some(account.login()), None);
    let agent = account.agent.clone().unwrap_or_default();
    let authorisation =
        format!("Basic {}", http::base64(format!("{}:{}", account.login(), account.password).as_bytes()));
    let headers = [
        ("Authorization", authorisation.as_str()),
        ("User-Agent", agent.as_str()),
        ("Content-Type", "application/json"),
        ("X-Mining-Extensions", "longpoll midstate rollntime submitold"),
    ];
    let ask = "{\"id\":0,\"method\":\"getblocktemplate\",\"params\":[{\"capabilities\":[\"coinbasetxn\",\"workid\",\"coinbase/append\",\"longpoll\"],\"rules\":[\"segwit\"],\"maxversion\":4}]}";
    let mut height = 976_000 + rng.below(500);
    let mut previous = "0".repeat(20) + &rng.hex(22);
    let rounds = (plan.length.as_secs() / 30).max(2);
    for round in 0..rounds {
        if rng.chance(0.2) {
            height += 1;
            previous = "0".repeat(20) + &rng.hex(22);
        }
        let transactions: Vec<String> = (0..rng.between(1, 3))
            .map(|_| format!("{{\"data\":\"02000000{}\",\"txid\":\"{}\",\"hash\":\"{}\",\"depends\":[],\"fee\":{},\"sigops\":4,\"weight\":880}}", rng.hex(218), rng.hex(32), rng.hex(32), rng.between(300, 20_000)))
            .collect();
        let (list, time) = (transactions.join(","), plan.start.seconds() + 30 * round);
        let result = format!(
            "{{\"result\":{{\"capabilities\":[\"proposal\"],\"version\":536870912,\"rules\":[\"csv\",\"!segwit\",\"taproot\"],\"vbavailable\":{{}},\"vbrequired\":0,\"previousblockhash\":\"{previous}\",\"transactions\":[{list}],\"coinbaseaux\":{{}},\"coinbasevalue\":{},\"longpollid\":\"{previous}{round}\",\"target\":\"0000000000000000000f1d2b{}\",\"mintime\":{},\"mutable\":[\"time\",\"transactions\",\"prevblock\"],\"noncerange\":\"00000000ffffffff\",\"sigoplimit\":80000,\"sizelimit\":4000000,\"weightlimit\":4000000,\"curtime\":{time},\"bits\":\"170f1d2b\",\"height\":{height},\"default_witness_commitment\":\"6a24aa21a9ed{}\"}},\"error\":null,\"id\":0}}",
            312_500_000 + rng.below(9_000_000),
            "0".repeat(40),
            time - 3000,
            rng.hex(32)
        );
        let (ask, result) = if round % 3 == 2 {
            (format!("[{ask}]"), format!("[{result}]"))
        } else {
            (ask.to_owned(), result)
        };
        let wait = if round == 0 { Duration::from_millis(2) } else { Duration::from_secs(30) };
        talk.client(wait, http::request("POST", "/", host, &headers, &ask));
        talk.server(answer_time(rng), packed(Packing::Plain, "application/json", &[], &result));
        talk.facts.jobs += 1;
    }
    for (accepted, answer) in [(false, "\"high-hash\""), (true, "null")] {
        let body = format!(
            "{{\"id\":0,\"method\":\"submitblock\",\"params\":[\"00000020{}01{}\",{{}}]}}",
            rng.hex(76),
            rng.hex(180)
        );
        talk.client(rng.wait(plan.share_every), http::request("POST", "/", host, &headers, &body));
        let answer = format!("{{\"result\":{answer},\"error\":null,\"id\":0}}");
        talk.server(answer_time(rng), packed(Packing::Plain, "application/json", &[], &answer));
        *if accepted { &mut talk.facts.shares_accepted } else { &mut talk.facts.shares_rejected } += 1;
    }
    talk
}

/// xmrig at a Monero daemon: the height each second, a template when it changed, one block found.
pub(crate) fn monero_daemon(rng: &mut Rng, plan: &Plan, account: &Account, host: &str) -> Talk {
    let mut talk = Talk { facts: account.facts("getblocktemplate"), ..Talk::default() };
    talk.facts.coin = Some("XMR");
    let agent = account.agent.clone().unwrap_or_default();
    let headers = [("User-Agent", agent.as_str()), ("Accept", "*/*")];
    let (mut height, mut hash, seed) = (3_815_000 + rng.below(900), rng.bytes(32), rng.hex(32));
    let wallet = &account.wallet;
    let template = |rng: &mut Rng, talk: &mut Talk, height: u64, hash: &[u8], id: u64| {
        let extra = rng.hex(8);
        let body = format!(
            "{{\"id\":{id},\"jsonrpc\":\"2.0\",\"method\":\"getblocktemplate\",\"params\":{{\"wallet_address\":\"{wallet}\",\"extra_nonce\":\"{extra}\"}}}}"
        );
        talk.client(Duration::from_millis(3), http::request("POST", "/json_rpc", host, &headers, &body));
        let (blob, hashing) = (rng.hex(180), super::cryptonote::blob(rng, plan.start, hash, None));
        let hash = hex(hash);
        let body = format!(
            "{{\"id\":{id},\"jsonrpc\":\"2.0\",\"result\":{{\"blockhashing_blob\":\"{hashing}\",\"blocktemplate_blob\":\"1010{blob}\",\"difficulty\":512345678901,\"difficulty_top64\":0,\"expected_reward\":600123450000,\"height\":{height},\"next_seed_hash\":\"\",\"prev_hash\":\"{hash}\",\"reserved_offset\":130,\"seed_hash\":\"{seed}\",\"seed_height\":3814400,\"status\":\"OK\",\"untrusted\":false,\"wide_difficulty\":\"0x774a0c1b35\"}}}}"
        );
        talk.server(answer_time(rng), packed(Packing::Plain, "application/json", &[], &body));
        talk.facts.jobs += 1;
    };
    let mut id = 1;
    template(rng, &mut talk, height, &hash, id);
    for second in 1..plan.length.as_secs().min(100) {
        talk.client(Duration::from_millis(970), http::request("GET", "/getheight", host, &headers, ""));
        if rng.chance(1.0 / 40.0) || second == 30 {
            height += 1;
            hash = rng.bytes(32);
            id += 1;
            let body = format!(
                "{{\"hash\":\"{}\",\"height\":{height},\"status\":\"OK\",\"untrusted\":false}}",
                hex(&hash)
            );
            talk.server(answer_time(rng), packed(Packing::Plain, "application/json", &[], &body));
            template(rng, &mut talk, height, &hash, id);
            continue;
        }
        let body = format!(
            "{{\"hash\":\"{}\",\"height\":{height},\"status\":\"OK\",\"untrusted\":false}}",
            hex(&hash)
        );
        talk.server(answer_time(rng), packed(Packing::Plain, "application/json", &[], &body));
    }
    let body = format!(
        "{{\"id\":{},\"jsonrpc\":\"2.0\",\"method\":\"submitblock\",\"params\":[\"1010{}\"]}}",
        id + 1,
        rng.hex(180)
    );
    let mut with_difficulty = headers.to_vec();
    with_difficulty.push(("X-Hash-Difficulty", "612345678901"));
    talk.client(
        Duration::from_millis(400),
        http::request("POST", "/json_rpc", host, &with_difficulty, &body),
    );
    let body = format!(
        "{{\"id\":{},\"jsonrpc\":\"2.0\",\"result\":{{\"status\":\"OK\",\"untrusted\":false}}}}",
        id + 1
    );
    talk.server(answer_time(rng), packed(Packing::Plain, "application/json", &[], &body));
    talk.facts.shares_accepted = 1;
    talk
}
