//! Miners for graphics cards: ethminer, Claymore and PhoenixMiner, T-Rex, lolMiner, TeamRedMiner, NBMiner, GMiner,
//! SRBMiner, nanominer, excavator, EWBF.
//!
//! Sources: ethereum-mining/ethminer `libpoolprotocols/PoolManager.cpp`. The others are closed; their lines stand in
//! logs of their issues: trexminer/T-Rex 26 and 131, Lolliedieb/lolMiner-releases 1969, RainbowMiner/RainbowMiner 2738,
//! todxx/teamredminer 212 and 224, NebuTech/NBMiner 83 and 838, develsoftware/GMinerRelease 361,
//! doktor83/SRBMiner-Multi 162, nanopool/nanominer 423, MultiPoolMiner/MultiPoolMiner 1588 (excavator),
//! createthis/linux_gpu_mining 5 (EWBF), nicehash/Specifications 18 (PhoenixMiner), Snipa22/nodejs-pool 105 (Claymore).

use super::{Said, Shares, Words, host, of_all, pool, rate, version};

pub(super) fn read(words: &Words<'_>) -> Option<Said> {
    [banner, job, share, place, speed].into_iter().find_map(|grammar| grammar(words))
}

fn banner(words: &Words<'_>) -> Option<Said> {
    const NAMES: [&[&str]; 9] = [
        &["Team", "Red", "Miner", "version"],
        &["SRBMiner-MULTI"],
        &["lolMiner"],
        &["T-Rex", "NVIDIA", "GPU", "miner"],
        &["NBMiner"],
        &["GMiner"],
        &["ethminer"],
        &["nanominer"],
        &["PhoenixMiner"],
    ];
    let (name, at) = NAMES.iter().find_map(|name| Some((name, words.find(name)?)))?;
    let number = version(words.word(at + name.len()))?;
    let name = match name[0] {
        "Team" => "TeamRedMiner",
        one => one,
    };
    Some(Said { program: Some(format!("{name}/{number}")), ..Said::default() })
}

fn job(words: &Words<'_>) -> Option<Said> {
    let with = |pool: Option<String>| Some(Said { job: true, pool, ..Said::default() });
    // NBMiner `New job: host:port, ID: 57954f92, HEIGHT: …, DIFF: …`, before `New job from host, ID: 0, DIFF: 1.00`.
    if let Some(at) = words.find(&["New", "job:"])
        && words.word(at + 3) == "ID:"
    {
        return with(pool(words.word(at + 2)));
    }
    if let Some(at) = words.find(&["New", "job", "from"]) {
        let behind = words.word(at + 4);
        if behind == "ID:" {
            return with(Some(host(words.word(at + 3))?.to_owned()));
        }
        // nanominer `New job from host:port | share difficulty = …`
        if behind == "|" && words.word(at + 5) == "share" {
            return with(pool(words.word(at + 3)));
        }
    }
    // PhoenixMiner `New job #509bd034 from host:port; diff: 214MH`, Claymore `New job received from host:port`.
    if let Some(at) = words.find(&["New", "job"])
        && (words.word(at + 2).starts_with('#') || words.word(at + 2) == "received")
        && words.word(at + 3) == "from"
    {
        return with(Some(pool(words.word(at + 4))?));
    }
    // lolMiner `New job received: 1747 Epoch: 9 Difficulty: 8.66G`
    if let Some(at) = words.find(&["New", "job", "received:"])
        && words.words.iter().skip(at + 4).any(|word| ["Difficulty:", "Epoch:", "Height:"].contains(word))
    {
        return with(None);
    }
    // TeamRedMiner `Pool host received new job. (job_id: …)`
    if let Some(at) = words.find(&["Pool"])
        && words.word(at + 2) == "received"
        && words.word(at + 3) == "new"
        && words.word(at + 4).starts_with("job")
    {
        return with(Some(host(words.word(at + 1))?.to_owned()));
    }
    // ethminer `Job: #5aa9b4e5… host [192.0.2.1:5555]`, T-Rex `host:port asks job 46 for block 20841`
    if let Some(at) = words.find(&["Job:"])
        && words.word(at + 1).starts_with('#')
    {
        let bracket = words.words.iter().find_map(|word| word.strip_prefix('[')?.strip_suffix(']'));
        let port = bracket.and_then(|address| address.rsplit_once(':')).map(|(_, port)| port)?;
        let pool = host(words.word(at + 2)).map(|name| format!("{name}:{port}"));
        return with(pool);
    }
    if words.word(1) == "asks" && words.word(2) == "job" {
        return with(Some(pool(words.word(0))?));
    }
    // excavator `algo-daggerhashimoto | New job_0 '3764', diff=1.00117`, EWBF `INFO: Detected new work: be5fbc…`
    if let Some(at) = words.find(&["New", "job_0"])
        && words.word(at + 3).starts_with("diff=")
    {
        return with(None);
    }
    let at = words.find(&["Detected", "new", "work:"])?;
    (words.word(at + 3).len() >= 8).then(|| Said { job: true, ..Said::default() })
}

fn share(words: &Words<'_>) -> Option<Said> {
    let with =
        |shares: Shares, pool: Option<String>| Some(Said { shares: Some(shares), pool, ..Said::default() });
    // T-Rex `[ OK ] 11/11 - 187.07 MH/s, 1ms`; the brackets are two words and a half.
    let (result, rest) = match words.text.split_once(']') {
        Some((front, rest)) if front.len() <= 40 => (front.trim().trim_start_matches('[').trim(), rest),
        _ => ("", ""),
    };
    if ["OK", "FAIL"].contains(&result)
        && let mut parts = rest.split_whitespace()
        && let Some(shares) = parts.next().and_then(of_all)
        && parts.next() == Some("-")
    {
        let hashrate = parts.next().zip(parts.next()).and_then(|(number, unit)| rate(number, unit));
        return Some(Said { shares: Some(shares), hashrate, ..Said::default() });
    }
    // TeamRedMiner `Pool host share accepted. (GPU0) (a:1 r:0) (8 ms)`
    if let Some(at) = words.find(&["Pool"])
        && words.word(at + 2) == "share"
    {
        let shares = outcome(words.word(at + 3))?;
        return with(shares, Some(host(words.word(at + 1))?.to_owned()));
    }
    // ethminer `**Accepted  43 ms. host [192.0.2.1:5555]`
    if let Some(stars) = words.words.iter().take(3).find_map(|word| word.strip_prefix("**")) {
        let shares = outcome(stars.split('(').next().unwrap_or(stars))?;
        return with(shares, None);
    }
    // GMiner and excavator `Share #71 accepted 283 ms`; SRBMiner `GPU2[t0] result accepted [ 94ms]`.
    if let Some(at) = words.find(&["Share"])
        && words.word(at + 1).strip_prefix('#').is_some_and(|number| number.parse::<u64>().is_ok())
    {
        return with(outcome(words.word(at + 2))?, None);
    }
    if let Some(at) = words.find(&["result"])
        && words.word(at + 2).starts_with('[')
    {
        return with(outcome(words.word(at + 1))?, None);
    }
    // NBMiner `#129 Share accepted, 53 ms.`; lolMiner and Claymore `Share accepted (49 ms)`; PhoenixMiner
    // `Share accepted in 23 ms`; EWBF `GPU2 Accepted share 518ms [A:10, R:1]`.
    if let Some((at, shares)) = words.find(&["Share"]).and_then(|at| Some((at, outcome(words.word(at + 1))?)))
    {
        let timed = words.words.iter().skip(at + 2).take(3).any(|word| {
            let word = word.trim_matches(['(', ')', '.', ',', '!']);
            word == "ms" || word.strip_suffix("ms").is_some_and(|digits| digits.parse::<u32>().is_ok())
        });
        return timed.then_some(shares).and_then(|shares| with(shares, None));
    }
    let at = words.find(&["share"]).filter(|at| *at > 0)?;
    let counted = words.words.iter().skip(at + 2).any(|word| word.starts_with("[A:"));
    outcome(words.word(at - 1)).filter(|_| counted).and_then(|shares| with(shares, None))
}

fn outcome(word: &str) -> Option<Shares> {
    match word.trim_matches(['.', ',', '!']).to_ascii_lowercase().as_str() {
        "accepted" => Some(Shares::Accepted),
        "rejected" => Some(Shares::Rejected),
        _ => None,
    }
}

/// Where it mines.
fn place(words: &Words<'_>) -> Option<Said> {
    let at_pool = |pool: String| Some(Said { pool: Some(pool), ..Said::default() });
    // T-Rex `Mining at host:port, diff: 5.00 Gh`
    if let Some(at) = words.find(&["Mining", "at"])
        && words.word(at + 3) == "diff:"
    {
        return at_pool(pool(words.word(at + 2))?);
    }
    // PhoenixMiner `Eth: Mining ETH on host:port for 12:25`
    if let Some(at) = words.find(&["Mining"])
        && words.word(at + 2) == "on"
        && words.word(at + 4) == "for"
    {
        return at_pool(pool(words.word(at + 3))?);
    }
    // lolMiner `Connected to host(192.0.2.1):port  (TLS disabled)`
    if let Some(at) = words.find(&["Connected", "to"])
        && words.word(at + 3) == "(TLS"
        && let Some((name, rest)) = words.word(at + 2).split_once('(')
        && let Some((address, port)) = rest.split_once("):")
    {
        let pool = Some(pool(&format!("{name}:{port}"))?);
        return Some(Said { pool, address: Some(address.to_owned()), ..Said::default() });
    }
    // Claymore `Stratum - connecting to 'host' <192.0.2.1> port 5555`
    if let Some(at) = words.find(&["Stratum", "-", "connecting", "to"])
        && words.word(at + 6) == "port"
    {
        return at_pool(format!("{}:{}", host(words.word(at + 4))?, words.word(at + 7).parse::<u16>().ok()?));
    }
    // ethminer `Selected pool host:port`, EWBF `INFO: Connection restored, pool: host:port.`
    if let Some(at) = words.find(&["Selected", "pool"]) {
        return at_pool(pool(words.word(at + 2))?);
    }
    if let Some(at) = words.find(&["restored,", "pool:"]) {
        return at_pool(pool(words.word(at + 2))?);
    }
    // lolMiner `Authorized worker: login`, excavator `Authorized as login`.
    let at = words.find(&["Authorized", "worker:"]).or_else(|| words.find(&["Authorized", "as"]))?;
    let login = words.word(at + 2).to_owned();
    Some(Said { login: Some(login).filter(|login| !login.is_empty()), ..Said::default() })
}

/// How fast it is.
fn speed(words: &Words<'_>) -> Option<Said> {
    // lolMiner `Average speed (5s): 5.60 g/s`, nanominer `Total speed: 53.720 MH/s, Total shares: 0`
    let at = words.find(&["Average", "speed"]).map(|at| at + 3).or_else(|| {
        let at = words.find(&["Total", "speed:"])?;
        words.text.contains("Total shares:").then_some(at + 2)
    });
    // ethminer `Speed 398.74 Mh/s gpu0 31.63 … [A148+4] Time: 00:28`
    let at = at.or_else(|| words.find(&["Speed"]).filter(|_| words.text.contains(" [A")).map(|at| at + 1))?;
    let hashrate = rate(words.word(at), words.word(at + 1))?;
    Some(Said { hashrate: Some(hashrate), ..Said::default() })
}

#[cfg(test)]
mod tests {
    use super::super::{Said, Shares, read};

    fn job(pool: Option<&str>) -> Said {
        Said { job: true, pool: pool.map(str::to_owned), ..Said::default() }
    }

    fn share(shares: Shares) -> Said {
        Said { shares: Some(shares), ..Said::default() }
    }

    #[test]
    fn lines_of_miners_for_cards() {
        let pool = |name: &str| Said { pool: Some(name.to_owned()), ..Said::default() };
        for (line, expected) in [
            (
                "          Team Red Miner version 0.8.1",
                Said { program: Some("TeamRedMiner/0.8.1".to_owned()), ..Said::default() },
            ),
            (
                "[09:39:21] INFO - ethash - New job: p.example:5555, ID: 57, HEIGHT: 1, DIFF: 4.295G",
                job(Some("p.example:5555")),
            ),
            (
                "[2019-02-15 14:29:42,265] INFO - cuckaroo - New job from p.example, ID: 0, DIFF: 1.00",
                job(Some("p.example")),
            ),
            (
                "2024-Mar-30 20:22:09: New job from p.example:3333 | share difficulty = 14 GH",
                job(Some("p.example:3333")),
            ),
            (
                "2021.05.19:12:23:04.206: eths Eth: New job #509bd034 from p.example:3353; diff: 214MH",
                job(Some("p.example:3353")),
            ),
            ("New job received: 1747 Epoch: 9 Difficulty: 8.66G", job(None)),
            ("[2021-02-25 08:59:05] Pool p.example received new job. (job_id: 1)", job(Some("p.example"))),
            (" i 10:00:44 stratum  Job: #5aa9b4e5 p.example [192.0.2.1:5555]", job(Some("p.example:5555"))),
            ("[15:01:50][0x00000608][info] algo-daggerhashimoto | New job_0 '3764', diff=1.00117", job(None)),
            (
                "[ OK ] 11/12 - 187.07 MH/s, 1ms",
                Said {
                    shares: Some(Shares::SoFar { accepted: 11, rejected: 1 }),
                    hashrate: Some(187.07e6),
                    ..Said::default()
                },
            ),
            (
                "[2021-02-10 21:49:59] Pool p.example share accepted. (GPU0) (a:1 r:0) (8 ms)",
                Said { pool: Some("p.example".to_owned()), ..share(Shares::Accepted) },
            ),
            (" i 10:00:44 stratum  **Accepted  43 ms. p.example [192.0.2.1:5555]", share(Shares::Accepted)),
            (
                "[09:39:27] INFO - ethash - #129 Share accepted, 53 ms. [DEVICE 2, #20]",
                share(Shares::Accepted),
            ),
            ("10:49:17 GPU0: Share #71 accepted 283 ms", share(Shares::Accepted)),
            ("2021.05.19:12:23:02.548: eths Eth: Share accepted in 23 ms", share(Shares::Accepted)),
            (
                "[2023-02-07 04:42:41] GPU2[t0] result accepted [   94ms] [autolykos2][0]",
                share(Shares::Accepted),
            ),
            ("INFO 18:24:58: GPU6 Rejected share 477651ms [A:9, R:1]", share(Shares::Rejected)),
            ("Mining at p.example:24443, diff: 5.00 Gh", pool("p.example:24443")),
            (
                "Connected to p.example(192.0.2.1):5005  (TLS disabled)",
                Said { address: Some("192.0.2.1".to_owned()), ..pool("p.example:5005") },
            ),
            ("Average speed (5s): 5.60 g/s", Said { hashrate: Some(5.6), ..Said::default() }),
        ] {
            assert_eq!(read(line), Some(expected), "{line}");
        }
        for line in [
            "10:00:00 Share accepted",
            "10:00:00 smb: Share #public accepted",
            "10:00:00 new job received: print 3 pages",
            "[OK] 3/3 tests",
            "10:00:00 Speed 100 Mb/s",
            "Mining at night",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
