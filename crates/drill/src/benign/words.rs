//! Programs whose words or framing are those of mining and whose business is another, one short dialogue each.
//!
//! Sources: Debug Adapter Protocol; Model Context Protocol; Kodi JSON-RPC; Lyrion CLI; Jupyter messaging; SignalR hub
//! protocol; socket.io protocol 4; QEMU QMP; mpv JSON IPC; Docker events API; Faktory, Gearman and beanstalkd protocol
//! texts; OASIS MQTT 3.1.1; RFC 6120 (XMPP); cgminer `API-README`; Fluentd in_forward over JSON.

use super::{Script, pause};
use crate::rng::Rng;

/// One family: its name, its port, what is said once, and what is said again and again. `>` begins a line of the
/// client, `<` one of the server; `#` stands for a number that counts, `@` for 64 hexadecimal digits.
pub(crate) struct Family {
    pub(crate) name: &'static str,
    pub(crate) port: u16,
    once: &'static [&'static str],
    again: &'static [&'static str],
    /// What ends a message.
    end: &'static str,
}

/// All of them.
#[rustfmt::skip] // one line each
pub(crate) const FAMILIES: &[Family] = &[
    Family { name: "dap", port: 4711, end: "", once: &[">Content-Length: 65\r\n\r\n{\"seq\":1,\"type\":\"request\",\"command\":\"initialize\",\"arguments\":{}}"], again: &["<Content-Length: 60\r\n\r\n{\"seq\":#,\"type\":\"event\",\"event\":\"output\",\"body\":{\"job\":\"#\"}}"] },
    Family { name: "mcp", port: 7000, end: "\n", once: &[">{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\",\"clientInfo\":{\"name\":\"agent\",\"version\":\"1\"}}}", "<{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"protocolVersion\":\"2025-06-18\",\"serverInfo\":{\"name\":\"jobs\"}}}"], again: &[">{\"jsonrpc\":\"2.0\",\"id\":#,\"method\":\"tools/call\",\"params\":{\"name\":\"submit\",\"arguments\":{\"job_id\":\"#\",\"result\":\"@\"}}}", "<{\"jsonrpc\":\"2.0\",\"id\":#,\"result\":{\"status\":\"OK\"}}"] },
    Family { name: "kodi", port: 9090, end: "", once: &[], again: &[">{\"jsonrpc\":\"2.0\",\"method\":\"Player.GetActivePlayers\",\"id\":#}", "<{\"id\":#,\"jsonrpc\":\"2.0\",\"result\":[]}", "<{\"jsonrpc\":\"2.0\",\"method\":\"System.OnWake\",\"params\":{\"data\":null,\"sender\":\"xbmc\"}}"] },
    Family { name: "lms", port: 9000, end: "\n", once: &[], again: &[">{\"id\":#,\"method\":\"slim.request\",\"params\":[\"00:04:20:12:34:56\",[\"status\",\"-\",1]]}", "<{\"id\":#,\"method\":\"slim.request\",\"params\":[\"00:04:20:12:34:56\",[\"status\",\"-\",1]],\"result\":{\"power\":1}}"] },
    Family { name: "jupyter", port: 8888, end: "\n", once: &[], again: &[">{\"header\":{\"msg_id\":\"@\",\"msg_type\":\"execute_request\"},\"content\":{\"code\":\"login()\"},\"method\":\"submit\"}", "<{\"header\":{\"msg_type\":\"status\"},\"content\":{\"execution_state\":\"busy\"},\"job\":\"#\"}"] },
    Family { name: "signalr", port: 5001, end: "\u{1e}", once: &[">{\"protocol\":\"json\",\"version\":1}", "<{}"], again: &[">{\"type\":1,\"target\":\"submit\",\"arguments\":[\"@\"]}", "<{\"type\":1,\"target\":\"job\",\"arguments\":[{\"id\":\"#\",\"target\":\"@\"}]}", "<{\"type\":6}"] },
    Family { name: "socket.io", port: 3000, end: "\n", once: &["<0{\"sid\":\"abc\",\"upgrades\":[],\"pingInterval\":25000}", ">40{\"token\":\"x\",\"type\":\"auth\"}"], again: &["<42[\"job\",{\"job_id\":\"#\",\"target\":\"@\"}]", ">42[\"submit\",{\"job_id\":\"#\",\"result\":\"done\"}]"] },
    Family { name: "home-assistant", port: 8123, end: "\n", once: &["<{\"type\":\"auth_required\",\"ha_version\":\"2026.11\"}", ">{\"type\":\"auth\",\"access_token\":\"x\"}", "<{\"type\":\"auth_ok\"}"], again: &[">{\"id\":#,\"type\":\"subscribe_events\",\"event_type\":\"job\"}", "<{\"id\":#,\"type\":\"result\",\"success\":true,\"result\":null}"] },
    Family { name: "qmp", port: 4444, end: "\r\n", once: &["<{\"QMP\":{\"version\":{\"qemu\":{\"major\":9}},\"capabilities\":[]}}", ">{\"execute\":\"qmp_capabilities\",\"id\":1}"], again: &[">{\"execute\":\"query-jobs\",\"id\":#}", "<{\"return\":[{\"id\":\"job#\",\"status\":\"running\"}],\"id\":#}"] },
    Family { name: "mpv", port: 6001, end: "\n", once: &[], again: &[">{\"command\":[\"get_property\",\"time-pos\"],\"request_id\":#}", "<{\"data\":#,\"request_id\":#,\"error\":\"success\"}"] },
    Family { name: "docker-events", port: 2375, end: "\n", once: &[">GET /events HTTP/1.1\r\nHost: docker\r\n\r\n", "<HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"], again: &["<{\"status\":\"start\",\"id\":\"@\",\"Type\":\"container\",\"Action\":\"start\",\"kind\":\"Job\",\"type\":\"ADDED\"}"] },
    Family { name: "faktory", port: 7419, end: "\r\n", once: &["<+HI {\"v\":2,\"s\":\"123456\",\"i\":1735}", ">HELLO {\"v\":2,\"wid\":\"worker-1\",\"pwdhash\":\"@\"}", "<+OK"], again: &[">FETCH default", "<${\"jid\":\"@\",\"jobtype\":\"submit\",\"args\":[#]}", ">ACK {\"jid\":\"@\"}", "<+OK"] },
    Family { name: "gearman", port: 4730, end: "\0", once: &[">\0REQ\0\0\0\x01\0\0\0\x04work"], again: &[">\0REQ\0\0\0\x09\0\0\0\0", "<\0RES\0\0\0\x0b\0\0\0\x10H:job:#\0submit"] },
    Family { name: "beanstalkd", port: 11_300, end: "\r\n", once: &[">watch jobs", "<WATCHING 2"], again: &[">reserve", "<RESERVED # 70\r\n{\"job_id\":\"#\",\"result\":\"@\"}", ">delete #", "<DELETED"] },
    Family { name: "mqtt", port: 1883, end: "", once: &[">\x10\x10\0\x04MQTT\x04\x02\0\x3c\0\x04desk", "<\x20\x02\0\0"], again: &["<\x30\x1b\0\x05price{\"btc\":#,\"pool\":\"eu\"}"] },
    Family { name: "xmpp", port: 5222, end: "\n", once: &["><stream:stream to='chat.example' version='1.0'>", "<<stream:features/>"], again: &["<<message><body>{\"method\":\"mining.notify\",\"params\":[\"#\",\"@\"]}</body></message>"] },
    Family { name: "cgminer-api", port: 4028, end: "\0", once: &[], again: &[">{\"command\":\"summary\"}", "<{\"STATUS\":[{\"STATUS\":\"S\",\"Msg\":\"Summary\",\"Description\":\"cgminer 4.11.1\"}],\"SUMMARY\":[{\"Elapsed\":#,\"Accepted\":#}],\"id\":1}"] },
    Family { name: "fluentd", port: 24_224, end: "\n", once: &[], again: &[">[\"pool.log\",1795420800,{\"message\":\"> {\\\"id\\\":#,\\\"method\\\":\\\"mining.submit\\\",\\\"params\\\":[\\\"alice\\\",\\\"#\\\"]}\"}]", ">{\"@timestamp\":\"2026-11-24T08:00:00Z\",\"log\":\"{\\\"method\\\":\\\"job\\\",\\\"params\\\":{\\\"blob\\\":\\\"@\\\",\\\"job_id\\\":\\\"#\\\"}}\"}"] },
    Family { name: "chrome-devtools", port: 9222, end: "\n", once: &[], again: &[">{\"id\":#,\"method\":\"Runtime.evaluate\",\"params\":{\"expression\":\"submit()\"}}", "<{\"id\":#,\"result\":{\"result\":{\"type\":\"undefined\"}}}"] },
    Family { name: "cardano-ogmios", port: 1337, end: "\n", once: &[], again: &[">{\"jsonrpc\":\"2.0\",\"method\":\"queryLedgerState/tip\",\"id\":#}", "<{\"jsonrpc\":\"2.0\",\"method\":\"queryLedgerState/tip\",\"result\":{\"slot\":#,\"id\":\"@\"},\"id\":#}"] },
    Family { name: "rust-rcon", port: 28_016, end: "\n", once: &[], again: &[">{\"Identifier\":#,\"Message\":\"status\",\"Name\":\"WebRcon\"}", "<{\"Message\":\"players 3\",\"Identifier\":#,\"Type\":\"Generic\"}"] },
];

/// A dialogue of this family.
pub(crate) fn play(rng: &mut Rng, family: &Family, rounds: u64) -> Script {
    let mut script = Script::default();
    let mut say = |rng: &mut Rng, line: &str, number: u64| {
        let (side, text) = line.split_at(1);
        let text = text.replace('#', &number.to_string()).replace('@', &rng.hex(32));
        let text = format!("{text}{}", family.end);
        let wait = pause(rng, 700);
        if side == ">" { script.client(wait, text) } else { script.server(wait, text) }
    };
    family.once.iter().for_each(|line| say(rng, line, 1));
    for number in 2..2 + rounds {
        family.again.iter().for_each(|line| say(rng, line, number));
    }
    script
}
