//! Equihash over `mining.*`.
//!
//! Source: zcash/zips ZIP 301; parameters beside 200,9 from the coins that use them.

use super::bitcoin::Parameters;
use super::hex;
use super::json::Value;
use super::said::{Family, Job};

/// Equihash (n, k), the compactSize prefix of its solution and the solution's bytes: 2^k · (n/(k+1) + 1) / 8.
const SOLUTIONS: [((u16, u8), &str, usize); 6] = [
    ((200, 9), "fd4005", 1344),
    ((144, 5), "64", 100),
    ((192, 7), "fd9001", 400),
    ((210, 9), "fd8005", 1408),
    ((125, 4), "34", 52),
    ((96, 5), "44", 68),
];

/// The parameters of the solution in a submit `[worker, job, time, nonce2, solution]`, if it is one.
pub(super) fn solution(list: &Parameters<'_>) -> Option<(u16, u8)> {
    if !hex::exactly(list.at(2), 8) || !hex::is_bytes(list.at(3), 0) {
        return None;
    }
    let raw = list.at(4)?.quoted()?;
    let found = SOLUTIONS.iter().find(|(_, prefix, bytes)| {
        raw.len() == prefix.len() + 2 * bytes
            && raw.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()))
    })?;
    hex::digits(raw).map(|_| found.0)
}

/// `[job, version, prevhash, merkle root, reserved, time, bits, clean]`, perhaps with parameters and personalisation.
pub(super) fn notify<'a>(list: &Parameters<'a>) -> Option<Job<'a>> {
    let fits = hex::exactly(list.at(1), 8)
        && (2..=4).all(|index| hex::is_hash(list.at(index)))
        && hex::exactly(list.at(5), 8)
        && hex::exactly(list.at(6), 8)
        && list.is_bool(7);
    if !fits {
        return None;
    }
    let mut job = Job::new(Family::Zcash, list.at(0)?.label().unwrap_or_default());
    job.equihash = list.at(8).and_then(Value::quoted).and_then(parameters);
    job.personalisation = list.words(9);
    // Equihash headers are little-endian on the wire, unlike Bitcoin's.
    job.nbits = list
        .at(6)?
        .quoted()
        .and_then(hex::number)
        .and_then(|bits| u32::try_from(bits).ok())
        .map(u32::swap_bytes);
    Some(job)
}

/// `144_5`.
fn parameters(raw: &[u8]) -> Option<(u16, u8)> {
    let (n, k) = std::str::from_utf8(raw).ok()?.split_once('_')?;
    let pair = (n.parse().ok()?, k.parse().ok()?);
    SOLUTIONS.iter().any(|(known, _, _)| *known == pair).then_some(pair)
}
