//! cpuminer and its descendants (cpuminer-multi, cpuminer-opt, ccminer, VerthashMiner), and cgminer's family
//! (bfgminer, sgminer).
//!
//! Sources: pooler/cpuminer `cpu-miner.c` (`share_result`, `Starting Stratum on`), tpruvot/ccminer `ccminer.cpp`,
//! JayDDee/cpuminer-opt issues 71 (`Accepted 1/1 (100%)`) and MultiPoolMiner/MultiPoolMiner issue 137 (banner);
//! CryptoGraphics/VerthashMiner `src/main.cpp`; ckolivas/cgminer `cgminer.c` (`Accepted %s %s %d pool %d`,
//! `Switching to pool %d %s`, `Pool %d %s alive`, `JSON stratum auth failed`, `print_summary`).

use super::{Said, Shares, Words, of_all, pool, rate, version};

pub(super) fn read(words: &Words<'_>) -> Option<Said> {
    cpuminer(words).or_else(|| cgminer(words))
}

fn cpuminer(words: &Words<'_>) -> Option<Said> {
    // `** cpuminer-multi 1.3.1 by tpruvot@github **`, `********** cpuminer-opt 3.7.4 ***********`
    if !words.is_stamped && words.word(0).starts_with("**") {
        let program = words.word(1);
        let own = ["cpuminer", "ccminer"].iter().any(|name| program.starts_with(name));
        let program = version(words.word(2)).filter(|_| own).map(|number| format!("{program}/{number}"))?;
        return Some(Said { program: Some(program), ..Said::default() });
    }
    if !words.is_stamped {
        return None;
    }
    if let Some(at) = words.find(&["accepted:"]).or_else(|| words.find(&["Accepted"]))
        && let Some(shares) = of_all(words.word(at + 1))
        && words.word(at + 2).starts_with('(')
    {
        let hashrate = words
            .words
            .windows(2)
            .filter(|pair| pair[1].contains("/s"))
            .find_map(|pair| rate(pair[0], pair[1]));
        return Some(Said { shares: Some(shares), hashrate, ..Said::default() });
    }
    for begins in [&["Starting", "Stratum", "on"][..], &["Starting", "on"]] {
        if let Some(at) = words.find(begins) {
            let url = words.word(at + begins.len());
            let pool = pool(url).filter(|_| url.starts_with("stratum"))?;
            return Some(Said { pool: Some(pool), ..Said::default() });
        }
    }
    if let Some(at) = words.find(&["miner", "threads", "started,"]) {
        let algorithm = words.word(at + 4).trim_matches(['\'', ',']).to_owned();
        return Some(Said { algorithm: Some(algorithm).filter(|name| !name.is_empty()), ..Said::default() });
    }
    if words.text.starts_with("Stratum requested work restart") {
        return Some(Said { job: true, ..Said::default() });
    }
    if words.text.starts_with("Stratum difficulty set to ") {
        return Some(Said::default());
    }
    let fails = ["stratum_recv_line failed", "Stratum connection failed", "stratum_subscribe send failed"];
    let refused = words.text.starts_with("Stratum authentication failed");
    (refused || fails.iter().any(|begins| words.text.starts_with(begins))).then(|| Said {
        failed: true,
        refused,
        ..Said::default()
    })
}

fn cgminer(words: &Words<'_>) -> Option<Said> {
    if !words.is_stamped {
        return None;
    }
    let own = ["cgminer", "bfgminer", "sgminer"];
    if words.word(0) == "Started" && own.contains(&words.word(1)) {
        let program = version(words.word(2)).map(|number| format!("{}/{number}", words.word(1)))?;
        return Some(Said { program: Some(program), ..Said::default() });
    }
    let number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if words.text.starts_with("Switching to pool ") && number(words.word(3)) {
        return Some(Said {
            pool: Some(pool(words.word(4).trim_start_matches("http://"))?),
            ..Said::default()
        });
    }
    if words.word(0).eq_ignore_ascii_case("pool") && number(words.word(1)) {
        let rest: Vec<&str> = words.words.iter().skip(2).copied().collect();
        let begins = |with: &[&str]| rest.starts_with(with);
        if begins(&["difficulty", "changed", "to"]) {
            return Some(Said::default());
        }
        let refused = begins(&["JSON", "stratum", "auth", "failed:"]);
        if refused || begins(&["slow/down", "or", "URL", "or", "credentials", "invalid"]) {
            return Some(Said { failed: true, refused, ..Said::default() });
        }
        return (rest.get(1).is_some_and(|word| word.starts_with("alive"))).then(Said::default);
    }
    if words.text.starts_with("Stratum from pool ") && number(words.word(3)) {
        return Some(Said { job: true, ..Said::default() });
    }
    // `Accepted 44040000 Diff 0/0 GPU 4 pool 1`: the share's hash, then the device.
    let share = match words.word(0) {
        "Accepted" => Shares::Accepted,
        "Rejected" => Shares::Rejected,
        _ => return None,
    };
    let hash = words.word(1);
    let is_hash = hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'.');
    (is_hash && words.words.len() >= 4).then(|| Said { shares: Some(share), ..Said::default() })
}

#[cfg(test)]
mod tests {
    use super::super::{Said, Shares, read};

    #[test]
    fn lines_of_cpuminer_and_cgminer() {
        let text = |name: &str| Some(name.to_owned());
        let so_far = |accepted, rejected| Some(Shares::SoFar { accepted, rejected });
        for (line, expected) in [
            (
                "** cpuminer-multi 1.3.1 by tpruvot@github **",
                Said { program: text("cpuminer-multi/1.3.1"), ..Said::default() },
            ),
            (
                "[2017-06-03 18:43:59] Starting Stratum on stratum+tcp://pool.example:20533",
                Said { pool: text("pool.example:20533"), ..Said::default() },
            ),
            (
                "[2018-02-23 06:30:01] accepted: 11/12 (91.67%), 5718 khash/s (yay!!!)",
                Said { shares: so_far(11, 1), hashrate: Some(5_718_000.0), ..Said::default() },
            ),
            (
                "[2018-01-23 03:19:37] Accepted 1/1 (100%), 56 H, 23.68 H/s, 0C",
                Said { shares: so_far(1, 0), hashrate: Some(23.68), ..Said::default() },
            ),
            (
                "[2021-02-25 10:00:00] INFO  accepted: 3/3 (100.00%), total hashrate: 271.12 kH/s",
                Said { shares: so_far(3, 0), hashrate: Some(271_120.0), ..Said::default() },
            ),
            (
                "[2018-02-23 06:30:00] 8 miner threads started, using 'sha256d' algorithm.",
                Said { algorithm: text("sha256d"), ..Said::default() },
            ),
            (
                " [2018-05-19 08:18:32] Started cgminer 3.7.2",
                Said { program: text("cgminer/3.7.2"), ..Said::default() },
            ),
            (
                " [2018-05-19 08:20:58] Switching to pool 227 stratum+tcp://192.0.2.11:25 - first alive pool",
                Said { pool: text("192.0.2.11:25"), ..Said::default() },
            ),
            (
                "[15:20:57] Accepted 44040000 Diff 0/0 GPU 4",
                Said { shares: Some(Shares::Accepted), ..Said::default() },
            ),
            (
                " [2018-05-19 08:18:32] pool 148 JSON stratum auth failed: (null)",
                Said { failed: true, refused: true, ..Said::default() },
            ),
        ] {
            assert_eq!(read(line), Some(expected), "{line}");
        }
        for line in [
            "[2018-05-19 08:18:32] Accepted connection from 192.0.2.7",
            "[2018-05-19 08:18:32] accepted: 3/4 votes",
            "[2018-05-19 08:18:32] Pool 3 of connections alive",
            "[2018-05-19 08:18:32] Starting on port 80",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
