//! Programs that talk like miners about other things: JSON-RPC, job queues, agents, logs, mail.
//!
//! Sources: RFC 7047 (OVSDB), OpenWrt ubus over HTTP, Language Server Protocol 3.17, Zabbix agent protocol,
//! Beats/Logstash JSON lines, GitLab runner `/api/v4/jobs/request`, RFC 1459 (IRC), RFC 5321 (SMTP).

use super::{Script, pause};
use crate::rng::Rng;
use crate::wallet::{Kind, address};
use crate::wire::http;

/// A Stratum dialogue as text, to be quoted by others.
pub(crate) fn quoted(rng: &mut Rng, seed: u64) -> Vec<String> {
    let wallet = address(Kind::Monero, seed);
    vec![
        format!(
            "{{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{{\"login\":\"{wallet}\",\"pass\":\"x\",\"agent\":\"XMRig/6.21.0\"}}}}"
        ),
        format!(
            "{{\"jsonrpc\":\"2.0\",\"method\":\"job\",\"params\":{{\"blob\":\"1010{}\",\"job_id\":\"{}\",\"target\":\"b88d0600\"}}}}",
            rng.hex(74),
            rng.hex(6)
        ),
        format!(
            "{{\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"submit\",\"params\":{{\"id\":\"{}\",\"job_id\":\"1\",\"nonce\":\"{}\",\"result\":\"{}\"}}}}",
            rng.hex(8),
            rng.hex(4),
            rng.hex(32)
        ),
    ]
}

fn json_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// OVSDB: JSON-RPC on TCP with `"id":null` notifications and parameter arrays.
pub(crate) fn ovsdb(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    script.client(2, "{\"method\":\"list_dbs\",\"params\":[],\"id\":0}");
    script.server(2, "{\"id\":0,\"result\":[\"Open_vSwitch\",\"_Server\"],\"error\":null}");
    script.client(1, "{\"method\":\"monitor\",\"params\":[\"Open_vSwitch\",null,{\"Interface\":{\"columns\":[\"statistics\"]}}],\"id\":1}");
    script.server(2, "{\"id\":1,\"result\":{},\"error\":null}");
    for _ in 0..rounds {
        let (row, bytes) = (rng.hex(16), rng.below(1 << 40));
        script.server(pause(rng, 5_000), format!("{{\"method\":\"update\",\"params\":[null,{{\"Interface\":{{\"{row}\":{{\"new\":{{\"statistics\":[\"map\",[[\"rx_bytes\",{bytes}]]]}}}}}}}}],\"id\":null}}"));
        script.server(pause(rng, 5_000), "{\"method\":\"echo\",\"params\":[],\"id\":\"echo\"}");
        script.client(1, "{\"id\":\"echo\",\"result\":[],\"error\":null}");
    }
    script
}

/// OpenWrt's ubus over HTTP: `login` with user name and password, calls with a session of 32 hex digits.
pub(crate) fn ubus(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    let headers = [("Content-Type", "application/json")];
    let none = "0".repeat(32);
    let session = rng.hex(16);
    let ask = format!(
        "{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"call\",\"params\":[\"{none}\",\"session\",\"login\",{{\"username\":\"root\",\"password\":\"x\"}}]}}"
    );
    script.client(2, http::request("POST", "/ubus", "192.168.10.1", &headers, &ask));
    let body = format!(
        "{{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[0,{{\"ubus_rpc_session\":\"{session}\",\"timeout\":300}}]}}"
    );
    script.server(5, http::response("200 OK", &headers, body.as_bytes()));
    for id in 2..2 + rounds {
        let ask = format!(
            "{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"call\",\"params\":[\"{session}\",\"system\",\"info\",{{}}]}}"
        );
        script.client(pause(rng, 4_000), http::request("POST", "/ubus", "192.168.10.1", &headers, &ask));
        let body = format!(
            "{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":[0,{{\"uptime\":{},\"load\":[2000,3000,2500]}}]}}",
            rng.below(1 << 22)
        );
        script.server(3, http::response("200 OK", &headers, body.as_bytes()));
    }
    script
}

/// A language server over TCP: JSON-RPC 2.0 with counting ids behind a Content-Length.
pub(crate) fn language_server(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    let framed = |body: String| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    script.client(2, framed("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"processId\":4711,\"capabilities\":{}}}".to_owned()));
    script.server(
        40,
        framed(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"capabilities\":{\"hoverProvider\":true}}}"
                .to_owned(),
        ),
    );
    for id in 2..2 + rounds {
        let line = rng.below(900);
        script.client(pause(rng, 6_000), framed(format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"textDocument/hover\",\"params\":{{\"textDocument\":{{\"uri\":\"file:///src/job.rs\"}},\"position\":{{\"line\":{line},\"character\":4}}}}}}")));
        script.server(20, framed(format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{{\"contents\":\"fn submit(job: &Job) -> Share\"}}}}")));
    }
    script
}

/// Log lines shipped as JSON that quote a Stratum dialogue of another machine.
pub(crate) fn log_shipper(rng: &mut Rng, rounds: u64, seed: u64) -> Script {
    let mut script = Script::default();
    for _ in 0..rounds {
        for line in quoted(rng, seed) {
            let second = rng.below(60);
            script.client(pause(rng, 1_500), format!("{{\"@timestamp\":\"2026-11-23T08:00:{second:02}Z\",\"host\":{{\"name\":\"ids-1\"}},\"log\":{{\"level\":\"notice\"}},\"message\":\"{}\"}}\n", json_text(&line)));
        }
    }
    script
}

/// A build runner that asks for jobs and submits results.
pub(crate) fn build_runner(rng: &mut Rng, rounds: u64, every: u64) -> Script {
    let mut script = Script::default();
    let headers = [("User-Agent", "gitlab-runner 17.5.0"), ("Content-Type", "application/json")];
    for round in 0..rounds {
        let body = "{\"info\":{\"name\":\"gitlab-runner\",\"executor\":\"docker\"},\"token\":\"glrt-drill\"}";
        script.client(
            if round == 0 { 2 } else { every },
            http::request("POST", "/api/v4/jobs/request", "git.example", &headers, body),
        );
        if round % 5 != 3 {
            script.server(20, http::response("204 No Content", &[("Server", "nginx")], b""));
            continue;
        }
        let (job, hash) = (rng.below(1_000_000), rng.hex(32));
        let body = format!(
            "{{\"id\":{job},\"token\":\"{hash}\",\"job_info\":{{\"name\":\"test\",\"stage\":\"build\"}},\"git_info\":{{\"sha\":\"{}\"}}}}",
            rng.hex(20)
        );
        script.server(
            30,
            http::response("201 Created", &[("Content-Type", "application/json")], body.as_bytes()),
        );
        let body =
            format!("{{\"token\":\"{hash}\",\"state\":\"success\",\"checksum\":\"crc32:{}\"}}", rng.hex(4));
        script.client(
            pause(rng, 9_000),
            http::request("PUT", &format!("/api/v4/jobs/{job}"), "git.example", &headers, &body),
        );
        script.server(20, http::response("200 OK", &[("Server", "nginx")], b"{}"));
    }
    script
}

/// Zabbix's active agent: header `ZBXD`, flags, length, JSON.
pub(crate) fn zabbix(rng: &mut Rng, active_checks: bool) -> Script {
    let framed = |body: String| {
        let mut bytes = b"ZBXD\x01".to_vec();
        bytes.extend_from_slice(&(body.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(body.as_bytes());
        bytes
    };
    let mut script = Script::default();
    if active_checks {
        script.client(1, framed("{\"request\":\"active checks\",\"host\":\"srv-db\"}".to_owned()));
        script.server(2, framed("{\"response\":\"success\",\"data\":[{\"key\":\"system.cpu.load\",\"itemid\":1001,\"delay\":\"60s\"}]}".to_owned()));
    } else {
        let load = rng.unit() * 3.0;
        script.client(1, framed(format!("{{\"request\":\"agent data\",\"session\":\"{}\",\"data\":[{{\"host\":\"srv-db\",\"key\":\"system.cpu.load\",\"value\":\"{load:.2}\",\"id\":1}}]}}", rng.hex(16))));
        script.server(2, framed("{\"response\":\"success\",\"info\":\"processed: 1; failed: 0; total: 1; seconds spent: 0.000052\"}".to_owned()));
    }
    script
}

/// A game server: JSON lines with login, job, submit, worker and pool, and nothing of mining.
pub(crate) fn game(rng: &mut Rng, rounds: u64) -> Script {
    let mut script = Script::default();
    let session = rng.hex(16);
    script.client(2, "{\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"dwarf77\",\"pass\":\"x\",\"client\":\"CaveQuest/2.4\"}}\n");
    script.server(8, format!("{{\"id\":1,\"result\":{{\"id\":\"{session}\",\"status\":\"OK\",\"worker\":\"dwarf77\",\"pool\":\"eu-2\"}},\"error\":null}}\n"));
    for id in 2..2 + rounds {
        let job = rng.below(9_000);
        script.server(pause(rng, 8_000), format!("{{\"method\":\"job\",\"params\":{{\"job_id\":\"{job}\",\"kind\":\"dig\",\"target\":\"vein-{}\"}}}}\n", rng.below(40)));
        script.client(pause(rng, 5_000), format!("{{\"id\":{id},\"method\":\"submit\",\"params\":{{\"id\":\"{session}\",\"job_id\":\"{job}\",\"result\":\"gold\"}}}}\n"));
        script.server(8, format!("{{\"id\":{id},\"result\":{{\"status\":\"OK\"}},\"error\":null}}\n"));
    }
    script
}

/// A chat channel in which somebody pastes what a miner says.
pub(crate) fn irc(rng: &mut Rng, seed: u64) -> Script {
    let mut script = Script::default();
    script.client(2, "NICK helper\r\nUSER helper 0 * :helper\r\n");
    script.server(10, ":irc.example 001 helper :Welcome\r\n");
    script.client(3, "JOIN #netops\r\n");
    script.server(10, ":helper!h@192.168.10.31 JOIN #netops\r\n");
    script.server(pause(rng, 9_000), ":ann!a@irc.example PRIVMSG #netops :look what the IDS caught:\r\n");
    for line in quoted(rng, seed) {
        script.server(pause(rng, 3_000), format!(":ann!a@irc.example PRIVMSG #netops :{line}\r\n"));
    }
    script.client(pause(rng, 9_000), "PRIVMSG #netops :xmrig, isolate it\r\n");
    script
}

/// A mail that quotes the same dialogue, each line by itself.
pub(crate) fn mail(rng: &mut Rng, seed: u64) -> Script {
    let mut script = Script::default();
    script.server(5, "220 mail.example ESMTP\r\n");
    for (ask, answer) in [
        ("EHLO pc-07.example\r\n", "250-mail.example\r\n250 8BITMIME\r\n"),
        ("MAIL FROM:<ann@example.com>\r\n", "250 2.1.0 Ok\r\n"),
        ("RCPT TO:<soc@example.com>\r\n", "250 2.1.5 Ok\r\n"),
        ("DATA\r\n", "354 End data with <CR><LF>.<CR><LF>\r\n"),
    ] {
        script.client(4, ask);
        script.server(4, answer);
    }
    let lines = quoted(rng, seed).join("\r\n");
    script.client(3, format!("From: ann@example.com\r\nTo: soc@example.com\r\nSubject: what is this?\r\n\r\nI found this in the capture:\r\n\r\n{lines}\r\n\r\nAnn\r\n.\r\n"));
    script.server(6, "250 2.0.0 Ok: queued\r\n");
    script.client(2, "QUIT\r\n");
    script.server(2, "221 2.0.0 Bye\r\n");
    script
}

/// Banners and key exchange of a secure shell: what the client calls itself, and how long its first packet is.
pub(crate) fn shell_opening(rng: &mut Rng, program: &str, first: usize) -> Script {
    let mut script = Script::default();
    script.client(2, format!("SSH-2.0-{program}\r\n"));
    script.server(4, "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");
    for (client, server) in [(first, 1050usize), (48, 452), (64, 44)] {
        script.client(3, rng.bytes(client));
        script.server(5, rng.bytes(server));
    }
    script
}

/// Records of a secure shell after its banners: packets of random bytes, keystrokes and screens.
pub(crate) fn secure_shell(rng: &mut Rng, keystrokes: u64) -> Script {
    let mut script = shell_opening(rng, "OpenSSH_9.6", 1500);
    for _ in 0..keystrokes {
        script.client(pause(rng, 700), rng.bytes(36));
        let size = if rng.chance(0.1) { rng.between(100, 600) as usize / 4 * 4 } else { 36 };
        script.server(2, rng.bytes(size));
    }
    script
}
