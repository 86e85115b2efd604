//! Carriers as streams: what is refused, what only one side says, and how deep they go.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::*;
use crate::sessions::{Ends, Settings};
use model::{At, Endpoint, EvidenceId, FlowId, Origin, Time};

const LOGIN: &str = "{\"id\":1,\"method\":\"mining.authorize\",\"params\":[\"joe.rig1\",\"x\"]}\n";
const JOB: &str = "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[1024]}\n";

/// What a stream of these pieces says: tunnels, requests and sessions, one line each, the newest state of a session.
fn told(pieces: &[(Side, &[u8])]) -> (Vec<String>, bool) {
    let end = |port| Endpoint::new([192, 0, 2, 1].into(), port);
    let origin = Origin { evidence: EvidenceId(0), at: At::Packet(1) };
    let stamp = Stamp { time: Time::from_secs(1), origin };
    let ends = Ends { a: end(50_000), b: end(1080), opener: Some(Side::A), flow: FlowId(origin) };
    let context = Context { ends: &ends, settings: &Settings::default(), depth: 0, target: None };
    let (mut protocol, mut tell) = (Protocol::undecided(), Vec::new());
    for (side, bytes) in pieces {
        protocol.bytes(*side, stamp, bytes, [false; 2], &mut false, context, &mut tell);
    }
    let wants = protocol.wants();
    protocol.close(stamp, context, &mut tell);
    let mut lines: Vec<String> = Vec::new();
    for observation in tell {
        let line = match observation.fact {
            Fact::Tunnel(tunnel) => format!("{} {} {:?}", tunnel.carrier, tunnel.target, tunnel.granted),
            Fact::HttpRequest(request) => format!("{} {}", request.method, request.target),
            Fact::Session(session) => {
                lines.retain(|line| !line.starts_with("session"));
                format!("session {} via {}", session.pool(), session.carriage.via().unwrap_or_default())
            }
            other => format!("{other:?}"),
        };
        lines.push(line);
    }
    (lines, wants)
}

fn check(pieces: &[(Side, &[u8])], expected: &[&str]) {
    assert_eq!(told(pieces).0, expected);
}

use Side::{A, B};

/// RFC 1928 section 6: X'05' is "connection refused". Nothing follows.
#[test]
fn a_refused_tunnel_is_over() {
    let request = b"\x05\x01\x00\x03\x0cpool.example\x0d\x05";
    let refused =
        [(A, &b"\x05\x01\x00"[..]), (B, b"\x05\x00"), (A, request), (B, b"\x05\x05\x00\x01\0\0\0\0\0\0")];
    assert_eq!(told(&refused), (vec!["socks5 pool.example:3333 Some(false)".to_owned()], false));
    let four = [
        (A, &b"\x04\x01\x0d\x05\xc6\x33\x64\x09\0"[..]),
        (B, b"\x00\x5b\0\0\0\0\0\0"),
        (A, LOGIN.as_bytes()),
    ];
    assert_eq!(told(&four), (vec!["socks4 198.51.100.9:3333 Some(false)".to_owned()], false));
}

#[test]
fn one_side_alone_tells_what_it_says() {
    let socks =
        [&b"\x05\x02\x00\x02\x01\x01u\x01p\x05\x01\x00\x03\x0cpool.example\x0d\x05"[..], LOGIN.as_bytes()];
    let expected = ["socks5 pool.example:3333 None", "session pool.example:3333 via socks5 192.0.2.1:1080"];
    check(&[(A, &socks.concat())], &expected);
    let connect = b"CONNECT pool.example:3333 HTTP/1.1\r\n\r\n";
    let expected = [
        "CONNECT pool.example:3333",
        "http-connect pool.example:3333 Some(true)",
        "session pool.example:3333 via http-connect 192.0.2.1:1080",
    ];
    check(&[(A, connect), (A, LOGIN.as_bytes())], &expected);
    // The proxy's side: whom it was asked for is not known.
    let established = b"HTTP/1.1 200 Connection established\r\n\r\n";
    check(
        &[(B, established), (B, JOB.as_bytes())],
        &["session 192.0.2.1:1080 via http-connect 192.0.2.1:1080"],
    );
}

/// RFC 9110 section 9.3.6: any answer but 2xx leaves the connection HTTP.
#[test]
fn what_is_not_granted_stays_http() {
    let connect = b"CONNECT pool.example:3333 HTTP/1.1\r\n\r\n";
    let denied = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    check(
        &[(A, connect), (B, denied), (A, b"GET / HTTP/1.1\r\n\r\n")],
        &["CONNECT pool.example:3333", "GET /"],
    );
    // The next request is pipelined before the answer.
    let both = [&connect[..], b"GET /next HTTP/1.1\r\n\r\n"].concat();
    check(&[(A, &both), (B, denied)], &["CONNECT pool.example:3333", "GET /next"]);
    // An upgrade that the server ignores.
    let upgrade = b"GET /ws HTTP/1.1\r\nUpgrade: websocket\r\n\r\n";
    let page = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    check(&[(A, upgrade), (B, page), (A, b"GET /next HTTP/1.1\r\n\r\n")], &["GET /ws", "GET /next"]);
}

#[test]
fn carriers_go_four_deep_and_no_deeper() {
    let connect = |host: &str| format!("CONNECT {host}:1 HTTP/1.1\r\n\r\n").into_bytes();
    let granted = b"HTTP/1.1 200 OK\r\n\r\n";
    for depth in [1, 4, 5, 9] {
        let asks: Vec<Vec<u8>> = (0..depth).map(|number| connect(&format!("p{number}.example"))).collect();
        let mut pieces: Vec<(Side, &[u8])> = Vec::new();
        for ask in &asks {
            pieces.extend([(A, ask.as_slice()), (B, granted.as_slice())]);
        }
        pieces.push((A, LOGIN.as_bytes()));
        let sessions = told(&pieces).0.into_iter().filter(|line| line.starts_with("session")).count();
        assert_eq!(sessions, usize::from(depth <= 4), "{depth}");
    }
}
