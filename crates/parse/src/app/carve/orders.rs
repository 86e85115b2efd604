//! Lines of a script that start a miner: its option grammar with pool and login.
//!
//! Sources: xmrig/xmrig `src/base/kernel/config/BaseTransform.h` and `doc/CPU.md`; JayDDee/cpuminer-opt
//! `cpu-miner.c` (usage); ethereum-mining/ethminer (its examples of pools); Lolliedieb/lolMiner-releases read-me.

use super::Orders;

/// Longest line read.
const LINE: usize = 4096;
/// Most lines found in one file.
const MOST: usize = 8;
/// Letters of the shortest payout address (Bitcoin's has 26 to 35).
pub(super) const WALLET: usize = 26;
/// Most words of a line.
const WORDS: usize = 256;

const POOL: [&str; 9] = ["-o", "--url", "--pool", "-pool", "--server", "-epool", "-zpool", "-P", "--stratum"];
const LOGIN: [&str; 9] = ["-u", "--user", "--wallet", "-wal", "--wal", "-ewal", "-zwal", "-user", "--login"];

/// The lines of a script as they pass.
#[derive(Debug, Default)]
pub(super) struct Lines {
    line: Vec<u8>,
    found: Vec<Orders>,
}

impl Lines {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            let room = LINE.saturating_sub(self.line.len());
            self.line.extend_from_slice(part.get(..room).unwrap_or(part));
            if part.ends_with(b"\n") {
                self.end();
            }
        }
    }

    pub(super) fn finish(mut self) -> Vec<Orders> {
        self.end();
        self.found
    }

    fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        if self.found.len() < MOST
            && let Some(orders) = read(&String::from_utf8_lossy(&line))
            && !self.found.contains(&orders)
        {
            self.found.push(orders);
        }
    }
}

/// The orders of one line; none of a comment.
pub(super) fn read(line: &str) -> Option<Orders> {
    let line = line.trim();
    let lower = line.get(..4).unwrap_or(line).to_ascii_lowercase();
    if line.starts_with(['#', ';', '<'])
        || line.starts_with("//")
        || lower == "rem "
        || line.starts_with("::")
    {
        return None;
    }
    let mut words = line
        .split_whitespace()
        .map(|word| word.trim_matches(['"', '\'', ',', '(', ')', '[', ']', '`', '\\']))
        .filter(|word| !word.is_empty())
        .take(WORDS)
        .peekable();
    let (mut pool, mut login) = (None, None);
    while let Some(word) = words.next() {
        let (option, value) = match word.split_once('=') {
            Some((option, value)) if option.starts_with('-') => (option, Some(value)),
            _ => (word, None),
        };
        let mut value =
            || value.or_else(|| words.peek().copied()).map(|value| value.trim_matches(['"', '\'']));
        if POOL.contains(&option) {
            pool = pool.or_else(|| value().and_then(pool_of));
        } else if LOGIN.contains(&option) {
            login = login.or_else(|| value().filter(|value| !value.starts_with('-')).map(str::to_owned));
        }
    }
    // Both, in a miner's syntax; server and user alone may be any program's: the scheme or a wallet's length tells.
    let (pool, login) = (pool?, login?);
    let wallet = login.len() >= WALLET && login.bytes().filter(u8::is_ascii_alphanumeric).count() >= WALLET;
    (wallet || line.contains("stratum")).then_some(Orders { pool, login: Some(login) })
}

/// `host:port` of a pool's address, if it is one; variables and paths are none.
pub(crate) fn pool_of(value: &str) -> Option<String> {
    let scheme = value.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    let miners =
        ["stratum", "stratum1", "stratum2", "stratum+tcp", "stratum+ssl", "stratum+tls", "ssl", "tcp", "tls"];
    if scheme.as_ref().is_some_and(|scheme| !miners.iter().any(|known| scheme.starts_with(known))) {
        return None;
    }
    let rest = without_scheme(value);
    let (host, port) = rest.rsplit_once(':')?;
    port.parse::<u16>().ok().filter(|port| *port != 0)?;
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_[]:".contains(&byte));
    (plain && host.contains(['.', ':']) && host.len() <= 255).then(|| rest.to_owned())
}

/// What stands behind `stratum+tcp://`, up to the path, without user and password.
pub(super) fn without_scheme(value: &str) -> &str {
    let rest = value.split_once("://").map_or(value, |(_, rest)| rest);
    let rest = rest.split(['/', '?']).next().unwrap_or(rest);
    rest.rsplit_once('@').map_or(rest, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_order_mining_and_others() {
        for (line, expected) in [
            ("./x -o stratum+tcp://p.example:3333 -u W -p x", Some(("p.example:3333", "W"))),
            (
                "x.exe --url=\"p.example:443\" --user='1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2' --tls",
                Some(("p.example:443", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2")),
            ),
            (
                "lolMiner --algo ETCHASH --pool stratum+ssl://etc.example:1010 --user 0xW",
                Some(("etc.example:1010", "0xW")),
            ),
            (
                "nohup sh -c 'exec ./k -o 192.0.2.1:80 -u 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2' &",
                Some(("192.0.2.1:80", "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2")),
            ),
            ("broker --server mq.example:1883 --user sensor", None),
            ("  # ./x -o p.example:3333 -u W", None),
            ("REM x -o p.example:3333 -u W", None),
            ("curl -o out.txt -u user:pass https://a.example:8080/", None),
            ("mysql -u root -P 3306", None),
            ("./x -o $POOL -u $WALLET", None),
            ("ssh -o Port=22 -u W host", None),
            ("./x -o p.example:3333", None),
            ("git clone --url http://a.example:80 --user W", None),
        ] {
            let found = read(line);
            let found =
                found.as_ref().map(|found| (found.pool.as_str(), found.login.as_deref().unwrap_or("")));
            assert_eq!(found, expected, "{line}");
        }
    }
}
