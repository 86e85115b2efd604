//! Crypto that is not mining: wallets, explorers, monitors, tickers, dapps.
//!
//! Sources: spesmilo/electrum-protocol; bitcoin `src/rpc`; ethereum/execution-apis; monero `src/wallet` RPC and
//! MyMonero's light-wallet API.

use super::{Script, pause};
use crate::rng::Rng;
use crate::wallet::{Kind, address};
use crate::wire::http;

/// An Electrum wallet: subscriptions to many scripts, header pushes, LF-framed JSON-RPC with hex of 32 bytes.
pub(crate) fn electrum(rng: &mut Rng, subscriptions: u64, headers: u64, every: u64) -> Script {
    let mut script = Script::default();
    script.client(2, "{\"jsonrpc\":\"2.0\",\"method\":\"server.version\",\"params\":[\"electrum/4.5.5\",\"1.4\"],\"id\":0}\n");
    script.server(3, "{\"id\":0,\"jsonrpc\":\"2.0\",\"result\":[\"ElectrumX 1.16.0\",\"1.4\"]}\n");
    script.client(
        1,
        "{\"jsonrpc\":\"2.0\",\"method\":\"blockchain.headers.subscribe\",\"params\":[],\"id\":1}\n",
    );
    let mut height = 976_100;
    script.server(
        3,
        format!(
            "{{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{{\"hex\":\"{}\",\"height\":{height}}}}}\n",
            rng.hex(80)
        ),
    );
    for id in 0..subscriptions {
        let id = id + 2;
        script.client(1, format!("{{\"jsonrpc\":\"2.0\",\"method\":\"blockchain.scripthash.subscribe\",\"params\":[\"{}\"],\"id\":{id}}}\n", rng.hex(32)));
        let status = if rng.chance(0.3) { format!("\"{}\"", rng.hex(32)) } else { "null".to_owned() };
        script.server(2, format!("{{\"id\":{id},\"jsonrpc\":\"2.0\",\"result\":{status}}}\n"));
    }
    for _ in 0..headers {
        height += 1;
        script.server(pause(rng, every), format!("{{\"jsonrpc\":\"2.0\",\"method\":\"blockchain.headers.subscribe\",\"params\":[{{\"hex\":\"{}\",\"height\":{height}}}]}}\n", rng.hex(80)));
    }
    script
}

/// A monitoring script at a Bitcoin node: getmininginfo and others on a timer, one template, nothing submitted.
pub(crate) fn node_monitor(rng: &mut Rng, rounds: u64, every: u64) -> Script {
    let mut script = Script::default();
    let authorisation = format!("Basic {}", http::base64(b"monitor:drill"));
    let headers = [
        ("Authorization", authorisation.as_str()),
        ("User-Agent", "python-requests/2.32.3"),
        ("Content-Type", "application/json"),
        ("Connection", "keep-alive"),
    ];
    let mut height = 976_000 + rng.below(900);
    for round in 0..rounds {
        if rng.chance(every as f64 / 600_000.0) {
            height += 1;
        }
        let (method, result) = match round % 3 {
            0 => (
                "getmininginfo",
                format!(
                    "{{\"blocks\":{height},\"difficulty\":126271255279306.9,\"networkhashps\":8.9e20,\"pooledtx\":{},\"chain\":\"main\",\"warnings\":\"\"}}",
                    rng.below(90_000)
                ),
            ),
            1 => ("getnetworkhashps", "901234567890123456789".to_owned()),
            _ => ("getblockcount", height.to_string()),
        };
        let body =
            format!("{{\"jsonrpc\":\"1.0\",\"id\":\"monitor\",\"method\":\"{method}\",\"params\":[]}}");
        script.client(
            if round == 0 { 2 } else { every },
            http::request("POST", "/", "192.168.10.40:8332", &headers, &body),
        );
        let body = format!("{{\"result\":{result},\"error\":null,\"id\":\"monitor\"}}\n");
        script.server(2, http::response("200 OK", &[("Content-Type", "application/json")], body.as_bytes()));
    }
    script
}

/// One message of Bitcoin's peer protocol, version 1: magic, command, length, checksum, payload.
fn peer_message(command: &str, payload: &[u8]) -> Vec<u8> {
    use sha2::{Digest, Sha256};
    let mut bytes = vec![0xF9, 0xBE, 0xB4, 0xD9];
    bytes.extend(command.bytes().chain(std::iter::repeat(0)).take(12));
    bytes.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&Sha256::digest(Sha256::digest(payload))[..4]);
    bytes.extend_from_slice(payload);
    bytes
}

/// A full node and its peer: version, verack, pings, announcements of blocks and transactions.
pub(crate) fn bitcoin_peer(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    let version = |rng: &mut Rng| {
        let agent = b"/Satoshi:28.0.0/";
        let mut body = 70_016u32.to_le_bytes().to_vec();
        body.extend_from_slice(&1033u64.to_le_bytes());
        body.extend_from_slice(&1_795_420_800u64.to_le_bytes());
        body.extend_from_slice(&[0; 52]); // two addresses
        body.extend(rng.bytes(8));
        body.push(agent.len() as u8);
        body.extend_from_slice(agent);
        body.extend_from_slice(&976_100u32.to_le_bytes());
        body.push(1);
        peer_message("version", &body)
    };
    script.client(2, version(rng));
    script.server(5, version(rng));
    script.server(1, peer_message("verack", &[]));
    script.client(1, peer_message("verack", &[]));
    for _ in 0..rounds {
        let ping = rng.bytes(8);
        script.client(pause(rng, 60_000), peer_message("ping", &ping));
        script.server(2, peer_message("pong", &ping));
        let mut inventory = vec![1, 1, 0, 0, 0];
        inventory.extend(rng.bytes(32));
        script.server(pause(rng, 9_000), peer_message("inv", &inventory));
    }
    script
}

/// A dapp's RPC over HTTP: eth_ methods with 32-byte hex, none of a miner's.
pub(crate) fn dapp(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    let headers = [
        ("Content-Type", "application/json"),
        ("Origin", "https://swap.example"),
        ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64)"),
    ];
    let mut block = 0x157_0000;
    for id in 1..=rounds {
        let wallet = address(Kind::Ethereum, id);
        let (method, params, result) = match id % 4 {
            0 => ("eth_getBalance", format!("\"{wallet}\",\"latest\""), "\"0x2386f26fc10000\"".to_owned()),
            1 => ("eth_blockNumber", String::new(), format!("\"0x{block:x}\"")),
            2 => (
                "eth_getBlockByNumber",
                "\"latest\",false".to_owned(),
                format!(
                    "{{\"hash\":\"0x{}\",\"parentHash\":\"0x{}\",\"difficulty\":\"0x0\",\"nonce\":\"0x0000000000000000\",\"mixHash\":\"0x{}\"}}",
                    rng.hex(32),
                    rng.hex(32),
                    rng.hex(32)
                ),
            ),
            _ => ("eth_getTransactionReceipt", format!("\"0x{}\"", rng.hex(32)), "null".to_owned()),
        };
        block += u64::from(id % 4 == 0);
        let body =
            format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"{method}\",\"params\":[{params}]}}");
        script.client(pause(rng, 3_000), http::request("POST", "/rpc", "rpc.example", &headers, &body));
        let body = format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{result}}}");
        script.server(4, http::response("200 OK", &[("Content-Type", "application/json")], body.as_bytes()));
    }
    script
}

/// MyMonero's light wallet: `login` with a valid Monero address and a view key, over plain HTTP.
pub(crate) fn light_wallet(rng: &mut Rng, rounds: u64, seed: u64) -> Script {
    let mut script = Script::default();
    let (wallet, key) = (address(Kind::Monero, seed), rng.hex(32));
    let headers =
        [("Content-Type", "application/json"), ("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64)")];
    let answer = [("Content-Type", "application/json")];
    let body = format!(
        "{{\"address\":\"{wallet}\",\"view_key\":\"{key}\",\"create_account\":true,\"generated_locally\":false}}"
    );
    script.client(2, http::request("POST", "/login", "api.wallet.example", &headers, &body));
    script.server(
        9,
        http::response(
            "200 OK",
            &answer,
            b"{\"new_address\":false,\"generated_locally\":false,\"start_height\":3810000}",
        ),
    );
    for _ in 0..rounds {
        let body = format!("{{\"address\":\"{wallet}\",\"view_key\":\"{key}\"}}");
        script.client(
            pause(rng, 10_000),
            http::request("POST", "/get_address_info", "api.wallet.example", &headers, &body),
        );
        let body = format!(
            "{{\"locked_funds\":\"0\",\"total_received\":\"{}\",\"scanned_block_height\":3815000,\"blockchain_height\":3815001,\"spent_outputs\":[]}}",
            rng.below(1 << 40)
        );
        script.server(9, http::response("200 OK", &answer, body.as_bytes()));
    }
    script
}

/// A desktop Monero wallet at a remote node: get_info, blocks, fee estimate.
pub(crate) fn monero_wallet(rng: &mut Rng, rounds: u64, every: u64) -> Script {
    let mut script = Script::default();
    let headers = [("User-Agent", "epee"), ("Content-Type", "application/json")];
    let mut height = 3_815_000 + rng.below(500);
    for round in 0..rounds {
        height += u64::from(rng.chance(every as f64 / 120_000.0));
        let method = if round % 4 == 3 { "get_fee_estimate" } else { "get_info" };
        let body = format!("{{\"jsonrpc\":\"2.0\",\"id\":\"0\",\"method\":\"{method}\",\"params\":{{}}}}");
        script.client(
            pause(rng, every),
            http::request("POST", "/json_rpc", "node.example:18089", &headers, &body),
        );
        let result = if round % 4 == 3 {
            "{\"fee\":20000,\"fees\":[20000,80000,320000,4000000],\"quantization_mask\":10000,\"status\":\"OK\"}".to_owned()
        } else {
            format!(
                "{{\"difficulty\":512345678901,\"height\":{height},\"top_block_hash\":\"{}\",\"target\":120,\"nettype\":\"mainnet\",\"synchronized\":true,\"status\":\"OK\"}}",
                rng.hex(32)
            )
        };
        let body = format!("{{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"result\":{result}}}");
        script.server(6, http::response("200 OK", &[("Content-Type", "application/json")], body.as_bytes()));
    }
    script
}

/// Prices as JSON lines over TCP.
pub(crate) fn ticker(rng: &mut Rng, ticks: u64) -> Script {
    let mut script = Script::default();
    script
        .client(2, "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"xmrusdt@trade\"],\"id\":1}\n");
    script.server(3, "{\"result\":null,\"id\":1}\n");
    for id in 0..ticks {
        let (name, price) = if rng.chance(0.5) { ("BTCUSDT", 91_000.0) } else { ("XMRUSDT", 190.0) };
        let price = price * (1.0 + 0.01 * rng.normal());
        script.server(
            pause(rng, 1500),
            format!(
                "{{\"e\":\"trade\",\"s\":\"{name}\",\"t\":{id},\"p\":\"{price:.2}\",\"q\":\"{:.4}\"}}\n",
                rng.exponential(0.2)
            ),
        );
    }
    script
}
