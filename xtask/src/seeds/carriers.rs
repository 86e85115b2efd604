//! Seeds for carriers and for files in transit.

use super::{Seed, hex};

/// SOCKS messages, PROXY headers, WebSocket frames; a page, a script, a configuration, a program and a module.
pub(super) fn seeds() -> Vec<Seed> {
    let named = [&hex("05 01 00 03 0c")[..], b"pool.example", &hex("0d05")].concat();
    let four = [&hex("04 01 0d05 00000001")[..], b"user\0pool.example\0"].concat();
    let header =
        [&hex("0d0a0d0a000d0a515549540a 21 11 000c")[..], &hex("c0000207 c6336409 c822 0d05")].concat();
    // The first byte chooses the window and the size of pieces.
    let fragments = [&hex("02 01 03")[..], b"{\"a", &hex("89 02"), b"hi", &hex("80 03"), b"\":1}"].concat();
    let packed = hex("fe c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00");
    let masked = hex("00 81 85 37 fa 21 3d 7f 9f 4d 51 58");
    // The first byte chooses coding, name and size of pieces.
    let page = b"\xcc<script>new CoinHive.Anonymous('DKoBUNLeHVbGPnGsMWnBvHwmRAPTgXaB')</script>";
    let script = b"\x06#!/bin/sh\n./x -o stratum+tcp://pool.example:3333 -u W -p x\n";
    let config = b"\x09{\"pools\":[{\"url\":\"pool.example:3333\",\"user\":\"W\"}]}     ";
    let program = b"\x00\x7fELF donate-level rig-id nicehash cryptonight stratum+tcp://pool.example:3333";
    let module = hex("00 0061736d 01000000 0a 0d 01 0b 00 20 00 41 f0 ff ff 00 71 0b");
    let gzip =
        [&hex("01 1f8b08 00 00000000 00 03 01 0500 faff")[..], b"hello", &hex("86a61036 05000000")].concat();
    vec![
        Seed::new("carriers", "socks5-greeting", hex("05 02 00 02")),
        Seed::new("carriers", "socks5-request", named),
        Seed::new("carriers", "socks5-reply", hex("05 00 00 01 00000000 0000")),
        Seed::new("carriers", "socks4a", four),
        Seed::new("carriers", "header-1", "PROXY TCP4 192.0.2.7 198.51.100.9 51234 3333\r\n{}"),
        Seed::new("carriers", "header-2", header),
        Seed::new("carriers", "frames", fragments),
        Seed::new("carriers", "frames-packed", packed),
        Seed::new("carriers", "frames-masked", masked),
        Seed::new("carriers", "connect", connect()),
        Seed::new("carriers", "websocket", upgrade()),
        Seed::new("carve", "page", page.as_slice()),
        Seed::new("carve", "script", script.as_slice()),
        Seed::new("carve", "config", config.as_slice()),
        Seed::new(
            "carve",
            "rig-report",
            "{\"method\":\"stats\",\"params\":{\"rig_id\":\"8\",\"passwd\":\"p\",\"miner\":\"t-rex\",\"miner_stats\":{\"algo\":\"kawpow\"},\"total_khs\":5}}",
        ),
        Seed::new("carve", "program", program.as_slice()),
        Seed::new("carve", "module", module),
        Seed::new("carve", "gzip", gzip),
        Seed::new(
            "mining",
            "web-page",
            "{\"type\":\"auth\",\"params\":{\"site_key\":\"K\"}}{\"identifier\":\"hashsolved\"}",
        ),
    ]
}

/// A dialogue as the stream's entry takes it: whose piece, how long (a multiple of eight and one), the piece.
fn said(pieces: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![1];
    for (side, piece) in pieces {
        for part in piece.chunks(9) {
            let length = if part.len() == 9 { 1 } else { 0 };
            for part in part.chunks(length * 8 + 1) {
                bytes.push((length as u8) << 2 | side);
                bytes.extend_from_slice(part);
            }
        }
    }
    bytes
}

fn connect() -> Vec<u8> {
    let ask = b"CONNECT pool.example:3333 HTTP/1.1\r\nHost: pool.example:3333\r\n\r\n";
    let login = b"{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"cgminer/4.10\"]}\n";
    said(&[
        (0, ask),
        (1, b"HTTP/1.1 200 OK\r\n\r\n"),
        (0, login),
        (1, b"{\"id\":1,\"result\":true,\"error\":null}\n"),
    ])
}

fn upgrade() -> Vec<u8> {
    let ask = b"GET /proxy HTTP/1.1\r\nHost: a.example\r\nUpgrade: websocket\r\nOrigin: http://page.example\r\n\r\n";
    let answer =
        b"HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
    let job = b"\x81\x29{\"type\":\"authed\",\"params\":{\"hashes\":0}}";
    said(&[(0, ask), (1, answer), (0, b"\x81\x82\0\0\0\0{}"), (1, job)])
}
