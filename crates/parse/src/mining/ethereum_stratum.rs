//! EthereumStratum 1 (NiceHash) and 2 over `mining.*`.
//!
//! Sources: nicehash/Specifications `EthereumStratum_NiceHash_v1.0.0.txt`;
//! AndreaLanfranchi/EthereumStratum-2.0.0 `README.md`.

use super::bitcoin::Parameters;
use super::hex;
use super::json::Value;
use super::said::{Answer, Ask, Family, Job, Tell, Text};

/// `[job, seed, header, clean]` without `0x`; KawPow forks put the height before `clean`. Version 2:
/// `[job, block, header, "0" or "1"]`.
pub(super) fn notify<'a>(list: &Parameters<'a>) -> Option<Job<'a>> {
    let id = || list.at(0).and_then(Value::label);
    if hex::is_hash(list.at(1)) && hex::is_hash(list.at(2)) {
        let height = list.at(3).filter(|value| value.is_number()).and_then(Value::u64);
        let clean =
            list.is_bool(3) && list.count == 4 || height.is_some() && list.is_bool(4) && list.count == 5;
        if !clean {
            return None;
        }
        let mut job = Job::new(Family::EthereumOne, id()?);
        job.seed = list.words(1);
        job.height = height;
        return Some(job);
    }
    let block = list.at(1)?.quoted()?;
    let two = list.count == 4
        && !block.is_empty()
        && block.len() <= 16
        && hex::is_hash(list.at(2))
        && (list.at(3)?.is("0") || list.at(3)?.is("1"));
    if !two {
        return None;
    }
    let mut job = Job::new(Family::EthereumTwo, id()?);
    job.height = hex::number(block).and_then(|height| u64::try_from(height).ok());
    Some(job)
}

/// `mining.hello` with an object; Alephium sends a list.
pub(super) fn hello<'a>(params: Option<Value<'a>>) -> Ask<'a> {
    let object = params.filter(|params| params.is_object());
    let agent =
        object.and_then(|object| object.member("agent")?.words()).or_else(|| Parameters::of(params).words(0));
    let ethereum = object.is_some_and(|object| {
        object
            .member("proto")
            .and_then(Value::quoted)
            .is_some_and(|proto| proto.starts_with(b"EthereumStratum/2"))
    });
    Ask::Hello { agent, ethereum }
}

/// `mining.hashrate` `[hex, token]`.
pub(super) fn hashrate(list: &Parameters<'_>) -> Option<u64> {
    hex::bare(list.at(0)).and_then(hex::number).and_then(|rate| u64::try_from(rate).ok())
}

/// `mining.set` `{epoch, target, algo, extranonce}`.
pub(super) fn set<'a>(params: Option<Value<'a>>) -> Tell<'a> {
    let member = |name: &str| params.and_then(|params| params.member(name));
    let target = hex::bare(member("target")).filter(|digits| (1..=64).contains(&digits.len()));
    Tell::Set {
        target: target.map(String::from_utf8_lossy),
        algorithm: member("algo").and_then(Value::words),
    }
}

/// `mining.reconnect` `{host, port hex, resume}`.
pub(super) fn reconnect<'a>(params: Option<Value<'a>>) -> Tell<'a> {
    let member = |name: &str| params.and_then(|params| params.member(name));
    let port = hex::bare(member("port")).and_then(hex::number).and_then(|port| u16::try_from(port).ok());
    Tell::Reconnect { host: member("host").and_then(Value::words), port }
}

/// The answer to `mining.hello`: `{proto, encoding, resume, timeout, maxerrors, node}`.
pub(super) fn greeted<'a>(result: Value<'a>) -> Option<(Answer<'a>, bool)> {
    let proto: Text<'a> = result.member("proto")?.words()?;
    proto.starts_with("EthereumStratum/2").then_some((Answer::Hello, true))
}
