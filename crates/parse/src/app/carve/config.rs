//! A miner's configuration file in JSON.
//!
//! Sources: xmrig/xmrig `src/config.json` (`pools` with `url` and `user`); JayDDee/cpuminer-opt `cpuminer-conf.json`
//! (`url`, `user`, `pass` at the root); fireice-uk/xmr-stak `pools.tpl` (`pool_list` with `pool_address`).

use super::Orders;
use super::orders::{WALLET, pool_of, without_scheme};
use crate::mining::json::Value;

/// Longest configuration: xmrig's default has 3 kB, one with many threads 12.
pub(super) const MOST: usize = 32 * 1024;

/// Members of a pool's entry that only miners have (xmrig, cgminer).
const OWN: [&str; 6] = ["pass", "algo", "coin", "nicehash", "rig-id", "keepalive"];

/// Most pools of one file.
const POOLS: usize = 8;

/// Pools and logins of a configuration; none if it is something else.
pub(super) fn read(bytes: &[u8]) -> Vec<Orders> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Some(root) = Value::of(bytes).filter(|root| root.is_object() && bytes.len() <= MOST) else {
        return Vec::new();
    };
    of(root, POOLS)
}

/// Pools and logins in a configuration's root, at most `most`.
pub(super) fn of(root: Value<'_>, most: usize) -> Vec<Orders> {
    let lists = [("pools", "url", "user"), ("pool_list", "pool_address", "wallet_address")];
    for (list, pool, login) in lists {
        let Some(pools) = root.member(list).filter(|pools| pools.is_array()) else { continue };
        let each = pools.items().take(most).filter_map(|entry| {
            let url = entry.member(pool)?.words()?;
            let login = entry.member(login)?.words()?.into_owned();
            // A database's pools have address and user too.
            let own = list == "pool_list"
                || url.starts_with("stratum")
                || login.len() >= WALLET
                || OWN.iter().any(|name| entry.member(name).is_some());
            own.then_some(())?;
            Some(Orders { pool: pool_of(&url)?, login: Some(login) })
        });
        return each.collect();
    }
    // cpuminer's: the scheme tells it from any other program's URL and user.
    let stratum = root.member("url").and_then(Value::words).filter(|url| url.starts_with("stratum"));
    let user = root.member("user").and_then(Value::words);
    let (Some(url), Some(user)) = (stratum, user) else { return Vec::new() };
    let pool = without_scheme(&url).to_owned();
    vec![Orders { pool, login: Some(user.into_owned()) }]
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn configurations_and_what_is_none() {
        for (text, pools) in [
            (
                r#"{"pools":[{"url":"a.example:1","user":"W","pass":"x"},{"url":"stratum+tcp://b.example:2","user":"W"}]}"#,
                2,
            ),
            (r#"{"pools":[{"url":"db.example:5432","user":"app","password":"x"}]}"#, 0),
            (r#"{"pool_list":[{"pool_address":"a.example:1","wallet_address":"W"}]}"#, 1),
            (r#"{"url":"stratum+tcp://a.example:1","user":"W","pass":"x"}"#, 1),
            (r#"{"url":"http://a.example:80","user":"W"}"#, 0),
            (r#"{"pools":[{"name":"lap","length":25}]}"#, 0),
            (r#"{"pools":3}"#, 0),
            (r#"["pools"]"#, 0),
        ] {
            assert_eq!(read(text.as_bytes()).len(), pools, "{text}");
        }
    }
}
