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
    vec![
        Seed::new("http", "post", post),
        Seed::new("http", "answer", answer),
        Seed::new("http", "pipelined", pipelined),
        Seed::new("http", "until-the-end", no_length),
        Seed::new("http", "upgrade", upgrade),
        Seed::new("http", "cut", &post.as_bytes()[..60]),
        Seed::new("node", "bitcoin", version),
        Seed::new("node", "monero", levin),
    ]
}
