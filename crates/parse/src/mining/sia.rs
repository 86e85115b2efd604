//! Sia's header mining: work and solutions are bare bytes in the bodies of `GET` and `POST /miner/header`.
//!
//! Sources: NebulousLabs/Sia `doc/api/Miner.md` (32 bytes of target, then 80 of header: parent, nonce, time, root) and
//! `types/block.go`; tpruvot/ccminer `sia/sia-rpc.cpp` (address and worker in the query, as pools take them; 204 for a
//! good share).

use super::difficulty::of_target;
use super::said::{Act, Answer, Ask, Family, Job, Said, Stated};

/// Bytes of a header.
pub const HEADER: usize = 80;

/// Bytes of work: target and header.
pub const WORK: usize = 32 + HEADER;

/// Hexadecimal digits of an address.
const ADDRESS: usize = 76;

/// Headers carry the seconds since 1970: from 2015, when the chain began, to 2100.
const TIMES: std::ops::Range<u64> = 1_420_070_400..4_102_444_800;

/// Whether a request with this target asks for work or hands it in; a path, or a whole URL at a proxy.
#[must_use]
pub fn is_place(target: &str) -> bool {
    let path = target.split('?').next().unwrap_or_default();
    let path = path.split_once("://").map_or(path, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    path == "/miner/header"
}

/// A value of the query.
fn value<'a>(target: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = target.split_once('?')?;
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|pair| pair.0 == name).map(|pair| pair.1)
}

/// Whether it names an address to be paid, which nobody else does.
fn names_address(target: &str) -> bool {
    value(target, "address").is_some_and(|address| {
        address.len() == ADDRESS && address.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn said<'a>(act: Act<'a>, anchor: bool, target: &'a str) -> Said<'a> {
    let plain = |worker: &&str| {
        (1..=64).contains(&worker.len())
            && worker.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
    };
    Said { id: None, act, anchor, worker: value(target, "worker").filter(plain).map(Into::into) }
}

/// A request for work at this target.
#[must_use]
pub fn asks(target: &str) -> Said<'_> {
    said(Act::Ask(Ask::Getwork), names_address(target), target)
}

/// A solved header handed in at this target, if the body is one.
#[must_use]
pub fn returns<'a>(target: &'a str, body: &[u8]) -> Option<Said<'a>> {
    is_header(body).then(|| said(Act::Ask(Ask::GetworkSolution), true, target))
}

/// Work, if the body is that.
#[must_use]
pub fn work(body: &[u8]) -> Option<Said<'static>> {
    let (target, header) = body.split_at_checked(WORK - HEADER)?;
    if !is_header(header) || target.first() != Some(&0) {
        return None;
    }
    let mut job = Job::new(Family::Getwork, digits(header).into());
    job.stated = of_target(digits(target).as_bytes()).map_or(Stated::Before, Stated::Hashes);
    job.computes = Some("blake2b");
    Some(said(Act::Answer(Answer::Job(Box::new(job))), true, ""))
}

/// What became of a solved header: the state of the answer, and its words.
#[must_use]
pub fn verdict(status: u16, body: &[u8]) -> Said<'static> {
    let answer = if (200..300).contains(&status) {
        Answer::True
    } else {
        let words = String::from_utf8_lossy(body.get(..200).unwrap_or(body)).trim().to_owned();
        Answer::Refused { code: Some(status.into()), text: (!words.is_empty()).then(|| words.into()) }
    };
    said(Act::Answer(answer), false, "")
}

/// Whether bytes are a header: their number, and a time that can be one.
fn is_header(bytes: &[u8]) -> bool {
    let time = bytes.get(40..48).and_then(|time| time.try_into().ok()).map(u64::from_le_bytes);
    bytes.len() == HEADER && time.is_some_and(|time| TIMES.contains(&time))
}

/// Bytes as hexadecimal digits: how they are shown.
#[must_use]
pub fn digits(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Fuzz entry: any bytes, as target and as body.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let target = String::from_utf8_lossy(data);
    let _ = (is_place(&target), asks(&target), verdict(400, data));
    assert!(returns(&target, data).is_none() || data.len() == HEADER, "a header has one length");
    assert!(work(data).is_none() || data.len() == WORK, "work has one length");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn header() -> Vec<u8> {
        [&[7; 32][..], &[0; 8], &1_514_764_800_u64.to_le_bytes(), &[9; 32]].concat()
    }

    #[test]
    fn places() {
        let address = "0".repeat(76);
        for (target, place, anchor) in [
            ("/miner/header".to_owned(), true, false),
            (format!("/miner/header?address={address}&worker=rig"), true, true),
            (format!("http://pool.example:9980/miner/header?address={address}"), true, true),
            ("/miner/header?address=1&longpoll".to_owned(), true, false),
            ("/miner/headers".to_owned(), false, false),
            ("/api/miner/header".to_owned(), false, false),
            ("http://pool.example".to_owned(), false, false),
        ] {
            assert_eq!((is_place(&target), asks(&target).anchor), (place, anchor), "{target}");
        }
        assert_eq!(asks("/miner/header?worker=rig-1").worker.as_deref(), Some("rig-1"));
        assert_eq!(asks("/miner/header?worker=<b>").worker, None);
    }

    /// The documented layout: target in the first 32 bytes, most significant first, then the header.
    #[test]
    fn work_and_what_is_none() {
        let target = [&[0, 0, 0, 0, 0xff, 0xff][..], &[0xff; 26]].concat();
        let body = [&target[..], &header()].concat();
        let Act::Answer(Answer::Job(job)) = work(&body).unwrap().act else { panic!("work") };
        // 2^256 over 2^224: 32 leading zero bits.
        assert_eq!((job.stated, job.computes), (Stated::Hashes(1 << 32), Some("blake2b")));
        assert_eq!(job.id.len(), 160);
        let mut timeless = body.clone();
        timeless[72..80].fill(0);
        let mut easy = body.clone();
        easy[0] = 0x80;
        for other in [&body[..111], &[&body[..], &[0]].concat()[..], &timeless, &easy, b""] {
            assert!(work(other).is_none());
        }
        assert!(returns("/miner/header", &header()).unwrap().anchor);
        assert!(returns("/miner/header", &header()[..79]).is_none());
    }

    #[test]
    fn verdicts() {
        assert_eq!(verdict(204, b"").act, Act::Answer(Answer::True));
        let refused = Answer::Refused { code: Some(400), text: Some("{\"message\":\"stale\"}".into()) };
        assert_eq!(verdict(400, b"{\"message\":\"stale\"}\n").act, Act::Answer(refused));
    }
}
