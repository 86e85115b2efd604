//! Seeds for TLS openings: hellos with the extensions that are read (RFC 8446, 6066, 7301).

use super::{Seed, hex, sized16};

/// A client's hello, a server's, one in two records, and an alert.
pub(super) fn seeds() -> Vec<Seed> {
    let extension = |kind: &str, body: &[u8]| [hex(kind), sized16(body)].concat();
    let host = sized16(&[&[0][..], &sized16(b"pool.example")].concat());
    let extensions = [
        extension("1a1a", &[]),
        extension("0000", &host),
        extension("0010", &sized16(b"\x02h2\x08http/1.1")),
        extension("000d", &sized16(&hex("0403 0804 0401"))),
        extension("002b", &hex("04 0304 0303")),
        extension("000a", &sized16(&hex("001d 0017"))),
    ]
    .concat();
    let client = [
        &hex("0303")[..],
        &[7; 32],
        &[0],
        &sized16(&hex("2a2a 1301 1302 c02f 009c")),
        &[1, 0],
        &sized16(&extensions),
    ]
    .concat();
    let server =
        [&hex("0303")[..], &[9; 32], &[0], &hex("1301 00"), &sized16(&extension("002b", &hex("0304")))]
            .concat();
    let client = handshake(1, &client);
    let server = handshake(2, &server);
    let split = [record(22, &client[..40]), record(22, &client[40..])].concat();
    vec![
        Seed::new("tls", "client", record(22, &client)),
        Seed::new("tls", "server", [record(22, &server), record(20, &[1]), record(23, &[5; 24])].concat()),
        Seed::new("tls", "split", split),
        Seed::new("tls", "alert", record(21, &[2, 40])),
        Seed::new("tls", "hello-body", client[4..].to_vec()),
        Seed::new("tls", "server-body", server[4..].to_vec()),
        Seed::new("tls", "extensions", extensions),
    ]
}

fn record(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[kind, 3, 1][..], &sized16(body)].concat()
}

fn handshake(kind: u8, body: &[u8]) -> Vec<u8> {
    [&[kind, 0][..], &sized16(body)].concat()
}
