//! XMRig 2 to 6, its forks, and xmrig-proxy.
//!
//! Sources: xmrig/xmrig `src/net/Network.cpp` (`use %s %s:%d`, `new job from %s:%d diff %s algo %s`,
//! `accepted (%d/%d) diff`, `no active pools, stop mining`), `src/Summary.cpp` (the banner), `src/core/Miner.cpp`
//! (`speed 10s/60s/15m`); version 2 wrote the same without a part's name (xmrig/xmrig issue 804);
//! xmrig/xmrig-proxy `src/proxy/log/ShareLog.cpp` (`%04u accepted (%d/%d+%d) diff`), `src/proxy/Stats.cpp` (`speed`).

use super::{Said, Shares, Words, pair, pool, rate, version};

/// The lines of the banner.
const BANNER: [&str; 16] = [
    "ABOUT", "ALGO", "API", "ASSEMBLY", "COMMANDS", "CPU", "CUDA", "DONATE", "GPU", "HUGE", "LIBS", "MEMORY",
    "1GB", "OPENCL", "THREADS", "VERSIONS",
];

pub(super) fn read(words: &Words<'_>) -> Option<Said> {
    banner(words).or_else(|| job(words)).or_else(|| share(words)).or_else(|| other(words))
}

fn banner(words: &Words<'_>) -> Option<Said> {
    let mut said = Said::default();
    if words.is_stamped || words.word(0) != "*" {
        return None;
    }
    if words.word(1) == "POOL" && words.word(2).starts_with('#') {
        said.pool = Some(pool(words.word(3))?);
        if let Some(at) = words.find(&["algo"]) {
            said.algorithm =
                Some(words.word(at + 1).to_owned()).filter(|name| !name.is_empty() && name != "auto");
        }
        return Some(said);
    }
    if !BANNER.contains(&words.word(1)) {
        return None;
    }
    if ["ABOUT", "VERSIONS"].contains(&words.word(1)) {
        let program = words.word(2);
        let (name, number) = program.split_once('/')?;
        version(number)?;
        said.is_proxy = name.to_ascii_lowercase().contains("proxy");
        said.program = Some(program.trim_end_matches(',').to_owned());
    }
    Some(said)
}

fn job(words: &Words<'_>) -> Option<Said> {
    if let Some(at) = words.find(&["new", "job", "from"])
        && words.word(at + 4) == "diff"
    {
        let algorithm = (words.word(at + 6) == "algo").then(|| words.word(at + 7).to_owned());
        let pool = Some(pool(words.word(at + 3))?);
        return Some(Said { pool, job: true, algorithm, ..Said::default() });
    }
    let at = ["pool", "daemon", "self-select"].iter().find_map(|mode| words.find(&["use", mode]))?;
    let pool = Some(pool(words.word(at + 2))?);
    let address = words.words.last().filter(|last| last.parse::<std::net::IpAddr>().is_ok());
    Some(Said { pool, address: address.map(|last| (*last).to_owned()), ..Said::default() })
}

fn share(words: &Words<'_>) -> Option<Said> {
    let at = ["accepted", "rejected"].iter().find_map(|word| words.find(&[word]))?;
    let is_proxy = words.word(at + 1).contains('+');
    let (accepted, rejected) = pair(words.word(at + 1))
        .filter(|_| words.word(at + 1).starts_with('(') && words.word(at + 2) == "diff")?;
    Some(Said { shares: Some(Shares::SoFar { accepted, rejected }), is_proxy, ..Said::default() })
}

fn other(words: &Words<'_>) -> Option<Said> {
    if let Some(at) = words.find(&["speed"])
        && ["10s/60s/15m", "2.5s/60s/15m"].contains(&words.word(at + 1))
    {
        let hashrate = if ["n/a", ""].contains(&words.word(at + 3)) { at + 2 } else { at + 3 };
        return Some(Said { hashrate: rate(words.word(hashrate), words.word(at + 5)), ..Said::default() });
    }
    let familiar = [
        &["READY", "(CPU)"][..],
        &["READY", "threads"],
        &["init", "dataset", "algo"],
        &["dataset", "ready"],
        &["use", "profile"],
        &["dev", "donate"],
    ];
    let fails = [&["no", "active", "pools"][..], &["login", "error", "code:"]];
    if words.is_stamped && fails.iter().any(|wanted| words.find(wanted).is_some()) {
        let refused = words.find(&["login"]).is_some();
        return Some(Said { failed: true, refused, ..Said::default() });
    }
    (words.is_stamped && familiar.iter().any(|wanted| words.find(wanted).is_some())).then(Said::default)
}

#[cfg(test)]
mod tests {
    use super::super::{Said, Shares, read};

    #[test]
    fn lines_of_xmrig() {
        let pool = |name: &str| Some(name.to_owned());
        for (line, expected) in [
            (
                " * ABOUT        XMRig/6.21.0 gcc/12.2.1 (built for Linux x86-64, 64 bit)",
                Said { program: pool("XMRig/6.21.0"), ..Said::default() },
            ),
            (
                " * POOL #1      stratum+tcp://pool.example:5555 variant auto",
                Said { pool: pool("pool.example:5555"), ..Said::default() },
            ),
            (
                "[2019-01-28 09:59:31] use pool pool.example:5555  198.51.100.9",
                Said { pool: pool("pool.example:5555"), address: pool("198.51.100.9"), ..Said::default() },
            ),
            (
                "[2021-03-10 19:31:55.052]  net      new job from pool.example:14444 diff 480045 algo rx/0 height 2",
                Said {
                    pool: pool("pool.example:14444"),
                    algorithm: pool("rx/0"),
                    job: true,
                    ..Said::default()
                },
            ),
            (
                "[2021-03-10 19:31:56.052]  cpu      accepted (12/1) diff 480045 (42 ms)",
                Said { shares: Some(Shares::SoFar { accepted: 12, rejected: 1 }), ..Said::default() },
            ),
            (
                "[2021-03-10 19:31:56.052]  proxy    0003 accepted (12/1+4) diff 1000 ip 10.0.0.7 (42 ms)",
                Said {
                    shares: Some(Shares::SoFar { accepted: 12, rejected: 1 }),
                    is_proxy: true,
                    ..Said::default()
                },
            ),
            (
                "[2019-01-28 10:00:35] speed 10s/60s/15m 63.9 56.4 n/a H/s max 64.2 H/s",
                Said { hashrate: Some(56.4), ..Said::default() },
            ),
        ] {
            assert_eq!(read(line), Some(expected), "{line}");
        }
        for line in [
            "accepted (3/4) by the board",
            "use pool 3 of the hotel",
            " * POOL rules",
            "[net] new job from HR",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
