//! Seeds for HTTP/1 and for the first messages of full nodes.

use super::{Seed, hex};

/// Requests and answers that carry mining or look like it, chunked and cut ones, and greetings of nodes.
pub(super) fn seeds() -> Vec<Seed> {
    let post = "POST / HTTP/1.1\r\nHost: node.example:8332\r\nUser-Agent: cgminer/4.10\r\nContent-Type: application/json\r\n\
                Content-Length: 42\r\n\r\n{\"method\":\"getwork\",\"params\":[],\"id\":1}   ";
    let answer = "HTTP/1.1 200 OK\r\nX-Long-Polling: /lp\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\n\
                  {\"result\":null,\"id\":1}     \r\n0\r\n\r\n";
    let pipelined = "GET /a HTTP/1.1\r\nHost: a.example\r\n\r\nGET /b HTTP/1.0\r\n\r\n";
    let no_length = "HTTP/1.0 200 OK\r\n\r\nuntil the end";
    let upgrade =
        "GET /proxy HTTP/1.1\r\nHost: web.example\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    let version = [&hex("f9beb4d9")[..], b"version\0\0\0\0\0", &hex("04000000 00000000 7f110100")].concat();
    let levin =
        [&hex("01 21 01 01 01 01 01 01")[..], &[8, 0, 0, 0, 0, 0, 0, 0, 1, 233, 3, 0, 0], &[0; 12]].concat();
    let mut zmtp = hex("ff 00 00 00 00 00 00 00 01 7f 03 01");
    zmtp.extend(b"NULL");
    zmtp.resize(64, 0);
    zmtp.extend(b"\x04\x19\x05READY\x0bSocket-Type\0\0\0\x03SUB\0\x15\x01json-full-miner_data");
    vec![
        Seed::new("http", "post", post),
        Seed::new("http", "answer", answer),
        Seed::new("http", "pipelined", pipelined),
        Seed::new("http", "until-the-end", no_length),
        Seed::new("http", "upgrade", upgrade),
        Seed::new(
            "http",
            "extensions-get",
            "/service/update2/crx?os=win&x=id%3Daaaabbbbccccddddeeeeffffgggghhhh%26v%3D1.2%26uc",
        ),
        Seed::new(
            "http",
            "extensions-json",
            "{\"request\":{\"protocol\":\"3.1\",\"app\":[{\"appid\":\"aaaabbbbccccddddeeeeffffgggghhhh\",\"version\":\"1.2\"}]}}",
        ),
        Seed::new(
            "http",
            "extensions-xml",
            "<?xml version=\"1.0\"?><request protocol=\"3.0\"><app appid=\"aaaabbbbccccddddeeeeffffgggghhhh\"/></request>",
        ),
        Seed::new("http", "cut", &post.as_bytes()[..60]),
        Seed::new("node", "bitcoin", version),
        Seed::new("node", "monero", levin),
        Seed::new("node", "zmtp", zmtp),
    ]
}
