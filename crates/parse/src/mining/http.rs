//! Where a miner's login stands in an HTTP request: Basic credentials, path and query.
//!
//! Sources: RFC 7617 (Basic), RFC 4648 (base 64); sammy007/open-ethereum-pool (wallet in the path); pools that take
//! `?miner=30@0x…@rig` in the query.

/// Longest credentials that are decoded, in characters.
const CREDENTIALS_LIMIT: usize = 2048;

/// User and password of an `Authorization: Basic …` header's value.
#[must_use]
pub fn basic_login(value: &[u8]) -> Option<(String, String)> {
    let value = value.trim_ascii();
    let (scheme, encoded) = value.split_at_checked(6)?;
    if !scheme.eq_ignore_ascii_case(b"basic ") || encoded.len() > CREDENTIALS_LIMIT {
        return None;
    }
    let plain = String::from_utf8_lossy(&base64(encoded.trim_ascii())?).into_owned();
    let (user, password) = plain.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

fn base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in text.iter().copied().filter(|byte| *byte != b'=') {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(six)) & 0xfff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            plain.push(u8::try_from(held >> bits & 0xff).ok()?);
        }
    }
    Some(plain)
}

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

    /// RFC 7617 section 2: `Aladdin` / `open sesame`.
    #[test]
    fn basic_credentials() {
        let (user, password) = basic_login(b"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==").unwrap();
        assert_eq!((user.as_str(), password.as_str()), ("Aladdin", "open sesame"));
        assert_eq!(basic_login(b"Bearer abc"), None);
        assert_eq!(basic_login(b"Basic ****"), None);
    }

    #[test]
    fn wallets_in_targets() {
        let wallet = "0x00000000000000000000000000000000000000aa";
        assert_eq!(wallet_hints(&format!("/{wallet}/rig1")), [wallet]);
        assert_eq!(wallet_hints(&format!("/?miner=30@{wallet}@rig")), [wallet]);
        assert_eq!(claimed_hashrate(&format!("/?miner=30@{wallet}@rig")), Some(30_000_000));
        assert!(wallet_hints("/index.html?x=1").is_empty());
        assert_eq!(stratum_address("stratum+tcp://pool.example:3333").unwrap(), "pool.example:3333");
    }
}
