//! Sia's work as bare bytes over HTTP.

use super::*;

const ADDRESS: &str = "6472696c6cf071a4a1798f25a9ff6718977dddffbd4918a0294ac1bf8d5978b771c6fd9f17a6";

/// Parent, nonce, time (1 January 2018), root: the layout of Sia's `doc/api/Miner.md`.
fn header(nonce: u8) -> Vec<u8> {
    [&[7; 32][..], &[nonce; 8], &1_514_764_800_u64.to_le_bytes(), &[9; 32]].concat()
}

fn get(query: &str) -> (Side, Vec<u8>) {
    let text = format!("GET /miner/header{query} HTTP/1.1\r\nHost: p\r\nUser-Agent: Sia-Agent\r\n\r\n");
    (Side::A, text.into_bytes())
}

fn post(query: &str, body: &[u8]) -> (Side, Vec<u8>) {
    let head = format!(
        "POST /miner/header{query} HTTP/1.1\r\nHost: p\r\nUser-Agent: Sia-Agent\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    (Side::A, [head.as_bytes(), body].concat())
}

fn answer(status: &str, body: &[u8]) -> (Side, Vec<u8>) {
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\n\r\n", body.len());
    (Side::B, [head.as_bytes(), body].concat())
}

fn work() -> (Side, Vec<u8>) {
    let target = [&[0, 0, 0, 0][..], &[0xff; 28]].concat();
    answer("200 OK", &[&target[..], &header(0)].concat())
}

/// The last snapshot, with segments of this size.
fn told(said: &[(Side, Vec<u8>)], cut: usize) -> Option<MiningSession> {
    let settings = Settings { record_dialogue: true, show_secrets: false };
    let mut dialogue = HttpDialogue::new(ends(Some(Side::A)), &settings);
    let mut tell = Vec::new();
    for (packet, (side, bytes)) in (1..).zip(said) {
        for piece in bytes.chunks(cut) {
            dialogue.bytes(*side, stamp(packet), piece, &mut tell);
        }
    }
    dialogue.close(stamp(99), &mut tell);
    tell.into_iter().rev().find_map(|fact| match fact {
        Fact::Session(session) => Some(*session),
        _ => None,
    })
}

#[test]
fn polled_at_a_pool() {
    let query = format!("?address={ADDRESS}&worker=rig1");
    let said = [
        get(&query),
        work(),
        get(&query),
        work(),
        post(&query, &header(1)),
        (Side::B, b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()),
        post(&query, &header(2)),
        answer("400 Bad Request", b"{\"message\":\"stale header\"}"),
    ];
    for cut in [1, 7, 2000] {
        let session = told(&said, cut).unwrap();
        assert_eq!(protocol(&session), "getwork");
        assert_eq!((session.work.polled, session.work.answered, session.work.returned), (2, 2, 2));
        assert_eq!(shares(&session), "2/1/1");
        assert_eq!(session.hints, [ADDRESS]);
        assert_eq!(session.worker.as_deref(), Some("rig1"));
        assert_eq!(session.agent.as_deref(), Some("Sia-Agent"));
        assert_eq!(session.algorithm.as_ref().map(|(name, _)| name.as_str()), Some("blake2b"));
        assert_eq!(session.difficulty.as_ref().and_then(|d| d.hashes), Some(1 << 32), "2^256 over 2^224");
        // Bytes are shown as digits.
        let shown: Vec<&str> = session.dialogue.iter().map(|line| line.text.as_str()).collect();
        assert!(shown.iter().all(|line| line.is_ascii()), "{shown:?}");
    }
}

/// At a node of one's own nobody is named: work proves the question, a header handed in the miner.
#[test]
fn polled_at_a_node() {
    let session =
        told(&[get(""), work(), post("", &header(1)), answer("204 No Content", b"")], 2000).unwrap();
    assert_eq!((session.work.polled, session.work.returned), (1, 1));
    assert!(told(&[post("", &header(1))], 2000).is_some(), "one side only");
}

/// Pages and files of that name, other lengths, headers without a time.
#[test]
fn what_is_no_work() {
    for said in [
        vec![get(""), answer("200 OK", b"<html>how a header is mined</html>")],
        vec![get(""), answer("200 OK", &[0; 112])],
        vec![get(""), answer("404 Not Found", &work().1)],
        vec![post("", &[1; 80]), answer("204 No Content", b"")],
        vec![post("", &header(1)[..79]), answer("204 No Content", b"")],
        vec![get("?address=1")],
    ] {
        assert_eq!(told(&said, 2000), None, "{said:?}");
    }
}
