//! Seeds for names that are looked up: DNS over UDP and TCP, mDNS, LLMNR (RFC 1035, 6762, 4795).

use super::{Seed, sized16};

const A: u16 = 1;
const CNAME: u16 = 5;
const PTR: u16 = 12;
const TXT: u16 = 16;
const AAAA: u16 = 28;
const SRV: u16 = 33;
const HTTPS: u16 = 65;

/// Queries and answers of each record type that is read, pointers, a loop, and a message cut short.
pub(super) fn seeds() -> Vec<Seed> {
    let query = message(0x0100, &[question("pool.example", A)], &[]);
    let answer = message(
        0x8180,
        &[question("pool.example", A)],
        &[
            pointed(CNAME, &name("xmr.pool.example")),
            pointed(A, &[198, 51, 100, 9]),
            pointed(AAAA, &[0x20; 16]),
        ],
    );
    let refused = message(0x8183, &[question("pool.example", AAAA)], &[]);
    let service = [&[0, 0, 0, 5, 0x0d, 0x05][..], &name("node1.pool.example")].concat();
    let other = message(
        0x8180,
        &[question("_stratum._tcp.pool.example", SRV)],
        &[
            pointed(SRV, &service),
            pointed(TXT, b"\x07v=spf1 \x02ok"),
            pointed(HTTPS, b"\x00\x01\x00\x00\x01\x00\x03\x02h2"),
        ],
    );
    let looped = [&message(0x8180, &[], &[])[..10], &[0, 1, 0xc0, 12, 0, 1, 0, 1]].concat();
    let mdns = message(
        0x8400,
        &[],
        &[[name("_workstation._tcp.local"), record(PTR, &name("pc-12.local"))].concat()],
    );
    let llmnr = message(0x8000, &[question("pc-12", A)], &[pointed(A, &[192, 0, 2, 12])]);
    let stream = [sized16(&query), sized16(&answer), vec![0, 40, 1]].concat();
    vec![
        Seed::new("dns", "query", query),
        Seed::new("dns", "cut", answer[..40].to_vec()),
        Seed::new("dns", "answer", answer),
        Seed::new("dns", "refused", refused),
        Seed::new("dns", "service", other),
        Seed::new("dns", "loop", looped),
        Seed::new("dns", "mdns", mdns),
        Seed::new("dns", "llmnr", llmnr),
        Seed::new("dns", "stream", stream),
        Seed::new("dns", "name", b"\x01\x04pool\x07example\x00\xc0\x01".to_vec()),
    ]
}

fn name(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for label in text.split('.') {
        bytes.push(u8::try_from(label.len()).unwrap_or_default());
        bytes.extend_from_slice(label.as_bytes());
    }
    bytes.push(0);
    bytes
}

fn question(text: &str, kind: u16) -> Vec<u8> {
    [&name(text)[..], &kind.to_be_bytes(), &[0, 1]].concat()
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_be_bytes()[..], &[0, 1, 0, 0, 0, 60], &sized16(data)].concat()
}

/// A record whose name points at the first question.
fn pointed(kind: u16, data: &[u8]) -> Vec<u8> {
    [&[0xc0, 12][..], &record(kind, data)].concat()
}

fn message(flags: u16, questions: &[Vec<u8>], answers: &[Vec<u8>]) -> Vec<u8> {
    let count = |list: &[Vec<u8>]| u16::try_from(list.len()).unwrap_or_default().to_be_bytes();
    let head = [[0x12, 0x34], flags.to_be_bytes(), count(questions), count(answers), [0, 0], [0, 0]].concat();
    [head, questions.concat(), answers.concat()].concat()
}
