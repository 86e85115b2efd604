//! Jobs of Ergo (Autolykos 2).
//!
//! Sources: MoneroOcean/nodejs-pool `lib/coins/core/factories.js`; leifjacky/erg-gominer-demo `README.md`.

use super::bitcoin::Parameters;
use super::hex;
use super::json::Value;
use super::said::{Family, Job};

/// Digits of the bound that is no other number: 2^256 has 78, and a bound of 60 would be a difficulty of 10^18.
const BOUND: std::ops::RangeInclusive<usize> = 60..=78;

/// `[job, height, message, "", "", version, bound in decimal, "", clean]`, and the first pools' `[job, message, height,
/// clean]`, which other coins may use too.
pub(super) fn notify<'a>(list: &Parameters<'a>) -> Option<Job<'a>> {
    let id = list.at(0)?.label()?;
    if list.count == 4 {
        let fits = hex::is_hash(list.at(1)) && list.at(2)?.is_number() && list.is_bool(3);
        let mut job = Job::new(Family::ErgoFirst, id);
        job.height = list.at(2)?.u64();
        return fits.then_some(job);
    }
    let empty = |index: usize| list.at(index).and_then(Value::quoted).is_some_and(<[u8]>::is_empty);
    let bound = list.at(6)?.quoted()?;
    let fits = hex::is_hash(list.at(2))
        && empty(3)
        && empty(4)
        && BOUND.contains(&bound.len())
        && bound.iter().all(u8::is_ascii_digit)
        && list.is_bool(8);
    let mut job = Job::new(Family::Other, id);
    job.height = list.at(1)?.u64();
    job.computes = Some("autolykos2");
    fits.then_some(job)
}
