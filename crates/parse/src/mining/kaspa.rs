//! Jobs of Kaspa and the chains that were forked from it.
//!
//! Source: onemorebsmith/kaspa-stratum-bridge `src/kaspastratum/{hasher,client_handler}.go` (`GenerateJobHeader` for
//! most miners, `GenerateLargeJobParams` for BzMiner and ASICs).

use super::bitcoin::Parameters;
use super::hex;
use super::json::Value;
use super::said::{Family, Job};

/// `[job, [four 64-bit numbers], time]`, some forks with a height behind, or `[job, 80 digits]`: the hash of the header
/// and the time, little-endian.
pub(super) fn notify<'a>(list: &Parameters<'a>) -> Option<Job<'a>> {
    let second = list.at(1)?;
    let fits = if second.is_array() {
        let mut words = 0;
        let all = second.items().take(5).all(|word| {
            words += 1;
            word.is_number() && word.u64().is_some()
        });
        all && words == 4 && matches!(list.count, 3 | 4) && list.at(2).and_then(Value::u64).is_some()
    } else {
        list.count == 2 && hex::exactly(Some(second), 80)
    };
    if !fits {
        return None;
    }
    Some(Job::new(Family::Kaspa, list.at(0)?.label()?))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    fn is_kaspa(params: &str) -> bool {
        notify(&Parameters::of(Value::of(params.as_bytes()))).is_some_and(|job| job.family == Family::Kaspa)
    }

    /// The header of the bridge's own test (`hasher_test.go`), with a time in milliseconds: 1,662,696,346,000 is
    /// 0x183206cd190, so 90d16c20_83010000 in little-endian order.
    #[test]
    fn both_forms_of_the_bridge() {
        let header = "853a0bb20ce86f2666da260099e3ab24bb4df7c83a9630e3f519f29a41142ed2";
        assert!(is_kaspa(
            "[\"7\",[2769687437080476293,2642455852654975590,16370749824715673019,15145064868898544117],1662696346000]"
        ));
        assert!(is_kaspa(&format!("[\"7\",\"{header}90d16c2083010000\"]")));
    }

    #[test]
    fn near_misses() {
        let header = "853a0bb20ce86f2666da260099e3ab24bb4df7c83a9630e3f519f29a41142ed2";
        assert!(!is_kaspa(&format!("[\"7\",\"{header}\"]")), "no time");
        assert!(!is_kaspa(&format!("[\"7\",\"{header}00000000000000zz\"]")), "no digits");
        assert!(!is_kaspa("[\"7\",[1,2,3],1662696346000]"), "three words");
        assert!(!is_kaspa("[\"7\",[1,2,3,18446744073709551616],1662696346000]"), "beyond 64 bits");
        assert!(!is_kaspa("[\"7\",[1,2,3,4,5],1662696346000]"), "five words");
        assert!(!is_kaspa("[\"7\",[1,2,3,4]]"), "no time");
    }
}
