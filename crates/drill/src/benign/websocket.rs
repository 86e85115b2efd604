//! Programs that talk JSON over WebSocket about other things, with the words of miners.
//!
//! Sources: Binance and Kraken WebSocket documentation (subscriptions), Ethereum execution-apis (`eth_subscribe`),
//! socket.io protocol 5, Home Assistant WebSocket documentation, Jupyter messaging, SignalR's JSON hub protocol.

use super::{Script, pause};
use crate::rng::Rng;

/// An exchange's price ticker.
pub(crate) fn ticker(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    script.client(5, r#"{"method":"SUBSCRIBE","params":["btcusdt@trade","xmrusdt@trade"],"id":1}"#);
    script.server(5, r#"{"result":null,"id":1}"#);
    for _ in 0..rounds {
        let (price, time) = (rng.between(150, 170), rng.below(1 << 40));
        script.server(
            pause(rng, 900),
            format!(
                r#"{{"e":"trade","E":{time},"s":"XMRUSDT","t":{time},"p":"{price}.10","q":"0.5","m":true}}"#
            ),
        );
    }
    script
}

/// A dapp that follows new blocks: hashes of 64 digits, `difficulty`, `miner`, `nonce`.
pub(crate) fn dapp(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    script.client(5, r#"{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}"#);
    script.server(5, r#"{"jsonrpc":"2.0","id":1,"result":"0x1"}"#);
    script.client(5, r#"{"jsonrpc":"2.0","id":2,"method":"eth_subscribe","params":["newHeads"]}"#);
    script.server(5, r#"{"jsonrpc":"2.0","id":2,"result":"0x9cef478923ff08bf67fde6c64013158d"}"#);
    for _ in 0..rounds {
        let (hash, parent, nonce) = (rng.hex(32), rng.hex(32), rng.hex(8));
        script.server(
            pause(rng, 12_000),
            format!(
                r#"{{"jsonrpc":"2.0","method":"eth_subscription","params":{{"subscription":"0x9cef478923ff08bf67fde6c64013158d","result":{{"difficulty":"0x0","hash":"0x{hash}","parentHash":"0x{parent}","miner":"0x{}","nonce":"0x{nonce}","number":"0x14a3b5c"}}}}}}"#,
                rng.hex(20)
            ),
        );
    }
    script
}

/// socket.io events named after jobs.
pub(crate) fn socket_io(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    script.server(
        3,
        r#"0{"sid":"lv_VI97HAXpY6yYWAAAC","upgrades":[],"pingInterval":25000,"pingTimeout":20000}"#,
    );
    script.client(2, r#"40{"type":"auth","site_key":"none"}"#);
    script.server(3, r#"40{"sid":"wZX3oN0bSVIhsaknAAAI"}"#);
    for number in 0..rounds {
        script.server(
            pause(rng, 8_000),
            format!(r#"42["job",{{"job_id":"{number}","target":"report","hash":"{}"}}]"#, rng.hex(32)),
        );
        script.client(40, format!(r#"42["submit",{{"job_id":"{number}","result":"{}"}}]"#, rng.hex(32)));
        script.server(pause(rng, 9_000), "2");
        script.client(1, "3");
    }
    script
}

/// Home Assistant: `auth`, then events.
pub(crate) fn home_assistant(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    script.server(3, r#"{"type":"auth_required","ha_version":"2026.11.1"}"#);
    script.client(3, format!(r#"{{"type":"auth","access_token":"{}"}}"#, rng.hex(40)));
    script.server(3, r#"{"type":"auth_ok","ha_version":"2026.11.1"}"#);
    script.client(3, r#"{"id":1,"type":"subscribe_events","event_type":"state_changed"}"#);
    script.server(3, r#"{"id":1,"type":"result","success":true,"result":null}"#);
    for _ in 0..rounds {
        let state = rng.between(18, 25);
        script.server(pause(rng, 4_000), format!(r#"{{"id":1,"type":"event","event":{{"event_type":"state_changed","data":{{"entity_id":"sensor.hall","new_state":{{"state":"{state}"}}}}}}}}"#));
    }
    script
}

/// Jupyter: messages of a kernel, with `execute_result` and a session.
pub(crate) fn jupyter(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    let session = rng.hex(16);
    for number in 1..=rounds {
        let id = rng.hex(16);
        script.client(pause(rng, 9_000), format!(r#"{{"header":{{"msg_id":"{id}","msg_type":"execute_request","session":"{session}","username":"worker","version":"5.3"}},"parent_header":{{}},"metadata":{{}},"content":{{"code":"pool.submit(job)","silent":false}},"channel":"shell"}}"#));
        script.server(30, format!(r#"{{"header":{{"msg_id":"{}","msg_type":"execute_result","session":"{session}"}},"parent_header":{{"msg_id":"{id}"}},"content":{{"execution_count":{number},"data":{{"text/plain":"'{}'"}}}},"channel":"iopub"}}"#, rng.hex(16), rng.hex(32)));
    }
    script
}

/// SignalR: JSON behind a record separator, `type` 1 calls and `type` 6 pings.
pub(crate) fn signalr(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    script.client(3, "{\"protocol\":\"json\",\"version\":1}\u{1e}");
    script.server(3, "{}\u{1e}");
    for _ in 0..rounds {
        script.server(pause(rng, 7_000), format!("{{\"type\":1,\"target\":\"job\",\"arguments\":[{{\"id\":\"{}\",\"state\":\"done\"}}]}}\u{1e}", rng.hex(16)));
        script.client(pause(rng, 7_000), "{\"type\":6}\u{1e}");
    }
    script
}
