//! Where a miner's wallet stands in an HTTP request beside its body: path and query.
//!
//! Sources: sammy007/open-ethereum-pool (wallet in the path); pools that take
//! `?miner=30@0x…@rig` in the query.

/// Words of a request target in which a wallet may stand: segments of the path and values of the query, cut at `@`,
/// of at least 26 characters (the shortest address), at most eight.
#[must_use]
pub fn wallet_hints(target: &str) -> Vec<String> {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = path.rsplit_once("://").map_or(path, |(_, rest)| rest);
    path.split('/')
        .chain(query.split('&').map(|pair| pair.split_once('=').map_or(pair, |(_, value)| value)))
        .flat_map(|word| word.split(['@', ';', ',']))
        .filter(|word| (26..=256).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_graphic()))
        .take(8)
        .map(str::to_owned)
        .collect()
}

/// The worker that stands behind a wallet in a request target: the next segment of the path or the next piece of the
/// value, `/0x…/rig` or `?miner=30@0x…@rig`, or the value of that name, `?address=…&worker=rig`.
#[must_use]
pub fn worker_behind<'a>(target: &'a str, wallet: &str) -> Option<&'a str> {
    let (_, rest) = target.split_once(wallet)?;
    let named = rest.split('&').find_map(|pair| pair.strip_prefix("worker="));
    let rest = named.or_else(|| rest.strip_prefix(['/', '@', '.']))?;
    let worker = rest.split(['/', '@', '?', '&', ';', ',']).next()?;
    let plain = worker.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    (plain && (1..=64).contains(&worker.len())).then_some(worker)
}

/// Hashes per second that a query of the form `miner=30@0x…@rig` claims, in megahashes before the first `@`.
#[must_use]
pub fn claimed_hashrate(target: &str) -> Option<u64> {
    let (_, query) = target.split_once('?')?;
    let value = query.split('&').find_map(|pair| pair.strip_prefix("miner="))?;
    let (rate, _) = value.split_once('@')?;
    rate.parse::<u64>().ok()?.checked_mul(1_000_000)
}

/// Host and port of an `X-Stratum: stratum+tcp://host:port` header, or of a `client.reconnect`.
#[must_use]
pub fn stratum_address(value: &str) -> Option<String> {
    let rest = value.trim();
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
    let address = rest.split(['/', '?', ' ']).next().unwrap_or("");
    let plausible = !address.is_empty()
        && address.len() <= 261
        && address.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte));
    plausible.then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn wallets_in_targets() {
        let wallet = "0x00000000000000000000000000000000000000aa";
        assert_eq!(wallet_hints(&format!("/{wallet}/rig1")), [wallet]);
        assert_eq!(wallet_hints(&format!("/?miner=30@{wallet}@rig")), [wallet]);
        assert_eq!(worker_behind(&format!("/{wallet}/rig1?x=1"), wallet), Some("rig1"));
        assert_eq!(worker_behind(&format!("/?miner=30@{wallet}@rig"), wallet), Some("rig"));
        assert_eq!(worker_behind(&format!("/{wallet}"), wallet), None);
        assert_eq!(worker_behind(&format!("/?address={wallet}&worker=rig"), wallet), Some("rig"));
        assert_eq!(claimed_hashrate(&format!("/?miner=30@{wallet}@rig")), Some(30_000_000));
        assert!(wallet_hints("/index.html?x=1").is_empty());
        assert_eq!(stratum_address("stratum+tcp://pool.example:3333").unwrap(), "pool.example:3333");
    }
}
