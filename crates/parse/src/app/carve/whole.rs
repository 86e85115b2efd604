//! A whole file as it lies on a disk: is it a miner's configuration, or a script that starts one?
//!
//! What is read: JSON of XMRig, xmr-stak, cpuminer, ccminer, cgminer, T-Rex and others whose pools have a URL and a
//! user; profiles of lolMiner (`POOL`, `USER`); nanominer's `.ini` (nanopool/nanominer read-me: `wallet`, `pool1`); lines
//! of options in a file (lolMiner's `lolMiner.cfg`: `pool=`, `user=`); scripts for a shell or a command prompt.

use super::Orders;
use super::config;
use super::orders::{self, WALLET, pool_of};
use super::relax::relaxed;
use crate::mining::json::Value;
use sha2::{Digest, Sha256};

/// The largest file looked at.
pub const LARGEST: usize = 64 * 1024;

/// Most orders of one file.
const MOST: usize = 512;

/// Members that stand at the root of a miner's configuration; of other programs none has three.
const ROOT: [&str; 30] = [
    "algo",
    "algorithm",
    "autosave",
    "api-port",
    "cn-lite",
    "coin",
    "cpu",
    "cpu_threads_conf",
    "cuda",
    "currency",
    "donate-level",
    "donate-over-proxy",
    "gpu-engine",
    "gpu-platform",
    "gpu-threads",
    "intensity",
    "kernel-path",
    "max-threads-hint",
    "no-pool-disable",
    "opencl",
    "pool_list",
    "pools",
    "print-time",
    "randomx",
    "retry-pause",
    "temp-cutoff",
    "threads",
    "watch",
    "worksize",
    "kernel",
];

/// What a file was recognised as.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Whole {
    /// Pools and logins, as written: those of an example, too.
    pub orders: Vec<Orders>,
    /// The algorithm, if one alone is named.
    pub algorithm: Option<String>,
    /// The coin, if one alone is named.
    pub coin: Option<String>,
    /// It is a script; else a configuration.
    pub is_script: bool,
    /// SHA-256 of the bytes, lower-case digits.
    pub sha256: String,
}

/// What a file is; `None` if it is no miner's.
#[must_use]
pub fn whole(bytes: &[u8]) -> Option<Whole> {
    if bytes.len() > LARGEST || bytes.contains(&0) {
        return None;
    }
    let all = bytes;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let found = match bytes.trim_ascii_start().first()? {
        b'{' | b'"' | b'/' => json(&relaxed(bytes)),
        _ => {
            let text = String::from_utf8_lossy(bytes);
            ini(&text).or_else(|| script(&text))
        }
    };
    found.map(|mut found| {
        found.orders.truncate(MOST);
        found.sha256 = Sha256::digest(all).iter().map(|byte| format!("{byte:02x}")).collect();
        found
    })
}

fn json(strict: &[u8]) -> Option<Whole> {
    let root = Value::of(strict).filter(|root| root.is_object())?;
    let mut found = Whole::default();
    for orders in config::of(root, MOST) {
        found.add(orders);
    }
    // lolMiner: profiles with `POOL` and `USER` (its wiki, "Config files").
    for (_, profile) in root.members().filter(|(_, value)| value.is_object()).take(64) {
        let text = |names: &[&str]| {
            names.iter().find_map(|name| profile.member(name)?.words()).map(std::borrow::Cow::into_owned)
        };
        if let (Some(pool), Some(user)) = (text(&["POOL", "pool"]), text(&["USER", "user"])) {
            let pool = match text(&["PORT", "port"]) {
                Some(port) if !pool.contains(':') => format!("{pool}:{port}"),
                _ => pool,
            };
            let known = text(&["ALGO", "algo", "COIN", "coin"]).is_some();
            if let Some(pool) = pool_of(&pool).filter(|_| known) {
                found.add(Orders { pool, login: Some(user) });
            }
        }
    }
    let words = |name: &str| root.member(name).and_then(Value::words).map(std::borrow::Cow::into_owned);
    found.algorithm = words("algo").or_else(|| words("algorithm"));
    found.coin = words("coin");
    for list in ["pools", "pool_list"] {
        let Some(pools) = root.member(list).filter(|pools| pools.is_array()) else { continue };
        let one = |name: &str| {
            let mut named = pools.items().filter_map(|pool| pool.member(name)?.words()).take(MOST);
            let first = named.next()?;
            named.all(|other| other == first).then(|| first.into_owned())
        };
        found.algorithm = found.algorithm.or_else(|| one("algo"));
        found.coin = found.coin.or_else(|| one("coin"));
    }
    let own = ROOT.iter().filter(|name| root.member(name).is_some()).count();
    (!found.orders.is_empty() || own >= 3).then_some(found)
}

/// `wallet = …` and `pool1 = host:port` in sections that are called as algorithms; or `pool=` and `user=`.
fn ini(text: &str) -> Option<Whole> {
    let mut found = Whole::default();
    let (mut login, mut pools): (Option<String>, Vec<String>) = (None, Vec::new());
    let (mut settings, mut other) = (0_u32, 0_u32);
    let end = |login: &mut Option<String>, pools: &mut Vec<String>, found: &mut Whole| {
        for pool in pools.drain(..) {
            if let Some(login) = &*login {
                found.add(Orders { pool, login: Some(login.clone()) });
            }
        }
        *login = None;
    };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with([';', '#'])) {
        if line.starts_with('[') && line.ends_with(']') {
            end(&mut login, &mut pools, &mut found);
            settings += 1;
            continue;
        }
        let Some((name, value)) = line.split_once('=') else {
            other += 1;
            continue;
        };
        settings += 1;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().trim_matches(['"', '\'']));
        let number =
            name.strip_prefix("pool").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        match name.as_str() {
            _ if number => pools.extend(pool_of(value)),
            "wallet" | "user" => login = Some(value.to_owned()).filter(|login| !login.is_empty()),
            "coin" => found.coin = Some(value.to_owned()),
            "algo" | "algorithm" => found.algorithm = Some(value.to_owned()),
            _ => {}
        }
    }
    end(&mut login, &mut pools, &mut found);
    let of_wallets = found.orders.iter().any(|orders| {
        orders.login.as_ref().is_some_and(|login| login.len() >= WALLET) || orders.pool.contains("stratum")
    });
    (other == 0 && settings > 0 && (of_wallets || (!found.orders.is_empty() && text.contains("stratum"))))
        .then_some(found)
}

/// A script, and nothing but a script: a page that quotes its line has other words beside it.
fn script(text: &str) -> Option<Whole> {
    let mut found = Whole { is_script: true, ..Whole::default() };
    let called = text.starts_with("#!");
    let (mut commands, mut other) = (0_u32, 0_u32);
    // A command goes on in the next line behind `\` or `^`.
    let joined = text.replace("\\\r\n", " ").replace("\\\n", " ").replace("^\r\n", " ").replace("^\n", " ");
    for line in joined.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match orders::read(line) {
            Some(orders) => {
                commands += 1;
                // The program stands first; a sentence that quotes it begins otherwise.
                let first = line.split_whitespace().next().unwrap_or_default();
                other += u32::from(!called && !is_command(first) && !is_program(first));
                found.algorithm = found.algorithm.or_else(|| option(line, &["-a", "--algo", "--algorithm"]));
                found.coin = found.coin.or_else(|| option(line, &["--coin"]));
                found.add(orders);
            }
            None if is_comment(line) => {}
            None if called || is_command(line.split_whitespace().next().unwrap_or_default()) => commands += 1,
            None => other += 1,
        }
    }
    (!found.orders.is_empty() && other == 0 && commands > 0).then_some(found)
}

fn option(line: &str, names: &[&str]) -> Option<String> {
    let mut words = line.split_whitespace();
    while let Some(word) = words.next() {
        if names.contains(&word) {
            return words.next().map(|value| value.trim_matches(['"', '\'']).to_owned());
        }
        if let Some((name, value)) = word.split_once('=')
            && names.contains(&name)
        {
            return Some(value.trim_matches(['"', '\'']).to_owned());
        }
    }
    None
}

fn is_comment(line: &str) -> bool {
    let lower = line.get(..4).unwrap_or(line).to_ascii_lowercase();
    line.starts_with('#') || line.starts_with("::") || lower == "rem " || line.eq_ignore_ascii_case("rem")
}

/// A word that begins a line of a shell's or a command prompt's script.
fn is_command(word: &str) -> bool {
    const COMMANDS: [&str; 42] = [
        "cd", "chmod", "cls", "done", "do", "echo", "else", "end", "exec", "exit", "export", "fi", "for",
        "goto", "if", "kill", "killall", "local", "mkdir", "nice", "nohup", "pause", "ping", "pkill", "popd",
        "pushd", "reboot", "return", "screen", "set", "setlocal", "setx", "sleep", "start", "sudo", "sysctl",
        "taskkill", "then", "timeout", "title", "trap", "while",
    ];
    // `@` before a command silences it for a command prompt; `@reboot` is a time of cron.
    let lower = word.trim_start_matches('@').to_ascii_lowercase();
    if word.eq_ignore_ascii_case("@reboot") {
        return false;
    }
    COMMANDS.contains(&lower.as_str()) || word.starts_with(':') || word == "}" || word == ")"
}

/// A path, or a name that ends as a program's.
fn is_program(word: &str) -> bool {
    let word = word.trim_matches(['"', '\'']);
    let lower = word.to_ascii_lowercase();
    word.starts_with(['/', '.', '~', '%', '$']) || lower.ends_with(".exe") || lower.ends_with(".sh")
}

impl Whole {
    fn add(&mut self, orders: Orders) {
        if self.orders.len() < MOST && !self.orders.contains(&orders) {
            self.orders.push(orders);
        }
    }
}

/// Exercises this file and the one that makes JSON strict with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    if let Some(found) = whole(data) {
        assert!(found.orders.len() <= MOST, "orders are bounded");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pools(text: &str) -> Option<Vec<String>> {
        whole(text.as_bytes()).map(|found| found.orders.into_iter().map(|orders| orders.pool).collect())
    }

    const WALLET: &str = "0x00000000219ab540356cBB839Cbe05303d7705Fa";

    #[test]
    fn configurations_of_each_kind() {
        let expected = Some(vec!["p.example:3333".to_owned()]);
        for text in [
            "// mine\n{\"autosave\":true,\"pools\":[{\"url\":\"p.example:3333\",\"user\":\"W\",\"pass\":\"x\",},],}".to_owned(),
            "\"pool_list\" :\n[\n {\"pool_address\" : \"p.example:3333\", \"wallet_address\" : \"W\", },\n],\n\"currency\" : \"monero\",\n".to_owned(),
            "{\"url\":\"stratum+tcp://p.example:3333\",\"user\":\"W\",\"algo\":\"x11\"}".to_owned(),
            "{\"DEFAULTS\":{\"APIPORT\":0},\"ETC\":{\"ALGO\":\"ETCHASH\",\"POOL\":\"p.example:3333\",\"USER\":\"W\"}}".to_owned(),
            format!("; rig\n[Ethash]\nwallet = {WALLET}\npool1 = p.example:3333\nrigName = r\n"),
            format!("algo=ETCHASH\npool=p.example:3333\nuser={WALLET}.rig\n"),
            format!("@echo off\r\nsetx GPU_MAX_HEAP_SIZE 100\r\n:again\r\nlolMiner.exe --algo ETCHASH --pool p.example:3333 --user {WALLET}\r\ngoto again\r\n"),
            format!("#!/bin/bash\nwget -q x\n./t-rex -a ethash \\\n -o stratum+tcp://p.example:3333 -u {WALLET}\n"),
            format!("./xmrig -o p.example:3333 -u {WALLET}\n"),
        ] {
            assert_eq!(pools(&text), expected, "{text}");
        }
        let named = whole(b"./x -a kawpow -o stratum+tcp://p.example:3333 -u W\n");
        assert_eq!(named.and_then(|found| found.algorithm).as_deref(), Some("kawpow"));
    }

    #[test]
    fn a_configuration_without_orders_is_still_one() {
        let text = "{\"autosave\":true,\"donate-level\":1,\"cpu\":{},\"pools\":[]}";
        assert_eq!(pools(text), Some(Vec::new()));
    }

    #[test]
    fn near_misses() {
        for text in [
            "{\"pools\":[{\"url\":\"db.example:5432\",\"user\":\"app\"}],\"cpu\":4}",
            "{\"a\":1}",
            "Run this:\n\n./xmrig -o stratum+tcp://p.example:3333 -u W\n",
            "run ./xmrig -o stratum+tcp://p.example:3333 -u W\n",
            "@reboot /tmp/x -o stratum+tcp://p.example:3333 -u W\n",
            "[mail]\npool=p.example:3333\nuser=me\n",
            "[db]\nurl=p.example:3333\nwallet=none\n",
            "#!/bin/sh\n# ./x -o stratum+tcp://p.example:3333 -u W\necho\n",
            "grep -r \"-o stratum+tcp://p.example:3333 -u W\" /etc\n",
            "",
        ] {
            assert_eq!(pools(text), None, "{text}");
        }
    }
}
