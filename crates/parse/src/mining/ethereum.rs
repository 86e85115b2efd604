//! Ethereum over eth-proxy (TCP) and getWork (HTTP), and ethash over plain `mining.notify`.
//!
//! Sources: ethereum-mining/ethminer `libpoolprotocols/stratum/EthStratumClient.cpp`; sammy007/open-ethereum-pool
//! `proxy/handlers.go`; MoneroOcean/nodejs-pool `lib/coins/core/factories.js` (KawPow);
//! CyberChainXyz/stratum-jsonrpc2-ws `README.md` (`eth_subscribe` of `newWork`).

use super::bitcoin::Parameters;
use super::difficulty::of_target;
use super::hex;
use super::json::Value;
use super::nervos;
use super::read::Root;
use super::said::{Act, Answer, Ask, Family, Job, Stated, Tell, Text};

/// Reads `eth_*` work methods and those of other coins with the same names (`ckb_submitLogin`). Other `eth_*`
/// methods are a wallet's and say nothing.
pub(super) fn method<'a>(name: &str, root: &Root<'a>) -> Option<(Act<'a>, bool)> {
    let (prefix, verb) = name.split_once('_')?;
    let list = Parameters::of(root.params);
    if prefix != "eth" {
        let coin = (2..=6).contains(&prefix.len()) && prefix.bytes().all(|byte| byte.is_ascii_lowercase());
        let work = matches!(verb, "submitlogin" | "getwork" | "submitwork" | "submithashrate");
        if prefix == "ckb" && verb == "submitlogin" {
            return nervos::login(root).map(|login| (Act::Ask(login), true));
        }
        // `crm_getWork` is everyday office work: a prefix that is not known counts beside a proof.
        return (coin && work).then_some((Act::Ask(Ask::Other), false));
    }
    let ask = match verb {
        "submitlogin" => {
            Ask::EthLogin { login: list.words(0).unwrap_or_default(), second: list.words(1), agent: None }
        }
        // A dapp subscribes to `newHeads`, `logs`, `newPendingTransactions`; only CyberChain's miners to work.
        "subscribe" if list.at(0).is_some_and(|topic| topic.is("newWork")) && list.count >= 2 => {
            Ask::EthLogin { login: list.words(1)?, second: list.words(2), agent: list.words(3) }
        }
        "subscription" => {
            let job = pushed(&Parameters::of(root.params?.member("result")))?;
            return Some((Act::Tell(Tell::Job(Box::new(job))), true));
        }
        "getwork" => Ask::EthWork,
        "submitwork" => {
            // CyberChain's miners name the job first, then nonce and header.
            let header = hex::prefixed(list.at(1), 64).or_else(|| hex::prefixed(list.at(2), 64));
            Ask::EthSolution { header: header.map(String::from_utf8_lossy) }
        }
        "submithashrate" => {
            let rate = hex::bare(list.at(0)).map(|digits| {
                let start = digits.iter().position(|digit| *digit != b'0').unwrap_or(digits.len());
                hex::number(&digits[start..]).and_then(|rate| u64::try_from(rate).ok()).unwrap_or(0)
            });
            Ask::Hashrate(rate)
        }
        _ => return None,
    };
    Some((Act::Ask(ask), true))
}

/// `[user, job, nonce, header, mix]`, each with `0x`.
pub(super) fn is_mix(list: &Parameters<'_>) -> bool {
    hex::is_prefixed(list.at(2), 16) && hex::is_prefixed(list.at(3), 64) && hex::is_prefixed(list.at(4), 64)
}

/// Jobs with a header, a seed and a target over `mining.notify`.
pub(super) fn notify<'a>(list: &Parameters<'a>) -> Option<Job<'a>> {
    let hash = |index: usize| hex::bare(list.at(index)).filter(|digits| digits.len() == 64);
    // Some pools of eth-proxy miners push their three hashes as a notification.
    if hex::is_prefixed(list.at(0), 64) && list.count <= 4 {
        return work(list).map(|(job, _)| job);
    }
    let (header, seed) = (hash(1)?, hash(2)?);
    let target = hex::bare(list.at(3)).filter(|digits| (1..=64).contains(&digits.len()))?;
    let progpow = list.is_bool(4) && list.at(5).is_some_and(Value::is_number) && hex::exactly(list.at(6), 8);
    let ethash = list.is_bool(4) && list.count == 5;
    if !(progpow || ethash) {
        return None;
    }
    let family = if progpow { Family::ProgPow } else { Family::EthashNotify };
    let mut job = Job::new(family, list.at(0)?.label().unwrap_or_else(|| String::from_utf8_lossy(header)));
    job.seed = Some(String::from_utf8_lossy(seed));
    job.stated = of_target(target).map_or(Stated::Before, Stated::Hashes);
    job.height = if progpow { list.at(5).and_then(Value::u64) } else { None };
    Some(job)
}

/// `[header, seed, target(, block)]`: the answer to `eth_getWork`, or a push. The second value is whether it can be
/// nothing else: a list of three hashes is also what `eth_getFilterChanges` gives, but a target begins with zeros.
fn work<'a>(list: &Parameters<'a>) -> Option<(Job<'a>, bool)> {
    if !(3..=4).contains(&list.count)
        || !hex::is_prefixed(list.at(0), 64)
        || !hex::is_prefixed(list.at(1), 64)
    {
        return None;
    }
    let header: Text<'a> = String::from_utf8_lossy(hex::prefixed(list.at(0), 64)?);
    let target = hex::prefixed(list.at(2), 64)?;
    let block = hex::prefixed(list.at(3), 16).and_then(hex::number);
    if target.is_empty() || (list.count == 4 && block.is_none()) {
        return None;
    }
    let mut job = Job::new(Family::EthProxy, header);
    job.seed = hex::prefixed(list.at(1), 64).map(String::from_utf8_lossy);
    job.stated = of_target(target).map_or(Stated::Before, Stated::Hashes);
    job.height = block.and_then(|block| u64::try_from(block).ok());
    let small = target.len() <= 56 || target.iter().take(6).all(|digit| *digit == b'0');
    Some((job, small))
}

/// `[job, header, seed, target, block number, extranonce]`: what a subscription to new work brings.
fn pushed<'a>(list: &Parameters<'a>) -> Option<Job<'a>> {
    let hash = |index: usize| hex::prefixed(list.at(index), 64).filter(|digits| digits.len() == 64);
    let (header, seed, target) = (hash(1)?, hash(2)?, hash(3)?);
    let block = hex::prefixed(list.at(4), 16).and_then(hex::number)?;
    let extranonce = hex::bare(list.at(5)).is_some();
    if list.count != 6 || !extranonce {
        return None;
    }
    let mut job = Job::new(Family::EthProxy, String::from_utf8_lossy(header));
    job.seed = Some(String::from_utf8_lossy(seed));
    job.stated = of_target(target).map_or(Stated::Before, Stated::Hashes);
    job.height = u64::try_from(block).ok();
    Some(job)
}

/// Reads an array given as a result.
pub(super) fn result<'a>(result: Value<'a>) -> Option<(Answer<'a>, bool)> {
    let (job, certain) = work(&Parameters::of(Some(result)))?;
    Some((Answer::Job(Box::new(job)), certain))
}
