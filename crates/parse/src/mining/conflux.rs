//! Jobs of Conflux (Octopus).
//!
//! Source: nicehash/Specifications `Conflux_stratum.md`; Conflux-Chain/conflux-rust `blockgen/src/miner/stratum.rs`.

use super::bitcoin::Parameters;
use super::difficulty::of_target;
use super::hex;
use super::said::{Family, Job, Stated};

/// `[job, height in decimal digits, 0x header, 0x boundary]`.
pub(super) fn notify<'a>(list: &Parameters<'a>) -> Option<Job<'a>> {
    let height = std::str::from_utf8(list.at(1)?.quoted()?).ok()?.parse::<u64>().ok()?;
    let boundary = hex::prefixed(list.at(3), 64).filter(|digits| !digits.is_empty())?;
    if list.count != 4 || !hex::is_prefixed(list.at(2), 64) {
        return None;
    }
    let mut job = Job::new(Family::Other, list.at(0)?.label()?);
    job.height = Some(height);
    job.computes = Some("octopus");
    job.stated = of_target(boundary).map_or(Stated::Before, Stated::Hashes);
    Some(job)
}
