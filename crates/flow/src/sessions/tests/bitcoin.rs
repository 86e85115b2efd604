//! Everything over `mining.*`, eth-proxy, and their relatives.

use super::*;

const H64: &str = "1cf6f05a00000000000000000000000000000000000000000000000000000000";

fn notify(job: &str) -> String {
    let coinb1 = format!("0100000001{}ffffffff2003ea2908", "00".repeat(32));
    format!(
        r#"{{"id":null,"method":"mining.notify","params":["{job}","{H64}","{coinb1}","2f706f6f6c2e6578616d706c652fffffffff01",["{H64}"],"20000000","172f4f7b","5b6a1c2e",true]}}"#
    )
}

/// cgminer with version rolling: ids count, submit has its own key order, the pool asks for the version in between.
fn version_rolling() -> String {
    format!(
        r#"
        > {{"id": 0, "method": "mining.configure", "params": [["version-rolling"], {{"version-rolling.mask": "ffffffff"}}]}}
        > {{"id": "1", "method": "mining.subscribe", "params": ["cgminer/4.11.1"]}}
        < {{"id":0,"error":null,"result":{{"version-rolling":true,"version-rolling.mask":"18000000"}}}}
        < {{"id":"1","result":[[["mining.set_difficulty","1"],["mining.notify","2"]],"ae6812eb",4],"error":null}}
        > {{"id":"auth","method":"mining.authorize","params":["alice.rig7","x"]}}
        < {{"id":9876,"method":"client.get_version","params":[]}}
        > {{"id":9876,"result":"cgminer/4.11.1","error":null}}
        < {{"id":"auth","result":true,"error":null}}
        < {{"id":null,"method":"mining.set_difficulty","params":[4096]}}
        < {}
        < {{"id":null,"method":"mining.set_difficulty","params":["8192.0"]}}
        > {{"params": ["alice.rig7", "j1", "00000001", "5b6a1c2e", "deadbeef", "08000000"], "id": 4, "method": "mining.submit"}}
        < {}
        > {{"params": ["alice.rig7", "j2", "00000002", "5b6a1c2e", "deadbeef", "08000000"], "id": 4, "method": "mining.submit"}}
        > {{"params": ["alice.rig7", "j2", "00000003", "5b6a1c2e", "deadbeef", "08000000"], "id": 4, "method": "mining.submit"}}
        < {{"id":4,"result":true,"error":null}}
        < {{"id":4,"result":null,"error":null}}
        < {{"id":4,"result":null,"error":[21,"Job not found",null]}}
        < {{"id":null,"method":"client.reconnect","params":["other.example",3334,10]}}
"#,
        notify("j1"),
        notify("j2")
    )
}

#[test]
fn version_rolling_session() {
    let s = session(&version_rolling());
    assert_eq!(
        (protocol(&s), s.login.as_deref(), s.agent.as_deref()),
        ("stratum-bitcoin", Some("alice.rig7"), Some("cgminer/4.11.1"))
    );
    assert_eq!(shares(&s), "3/2/1", "one id for all submits: first in, first out");
    // 2^48/0xffff times (4096 + 8192): the second difficulty counts from the next job on.
    assert_eq!(s.hashes_accepted, Some(52_777_363_451_904));
    assert_eq!(s.algorithm.as_ref().unwrap().0, "sha256d", "a pool took a share with rolled version bits");
    assert_eq!((s.job.height, s.job.nbits), (Some(535_018), Some(0x172f_4f7b)));
    assert_eq!(s.job.coinbase_text.as_deref(), Some("/pool.example/"));
    assert_eq!(s.redirect.as_deref(), Some("other.example:3334"));
    assert_eq!(s.difficulty.as_ref().unwrap().stated, "8192");
    assert!(!s.proof.refused && s.refusal.is_none());
}

/// Without an algorithm a difficulty is a number and no work.
#[test]
fn unknown_algorithm_gives_no_hashes() {
    let plain = version_rolling().replace(", \"08000000\"]", "]");
    let s = session(&plain);
    assert_eq!((shares(&s).as_str(), s.hashes_accepted, s.algorithm), ("3/2/1", None, None));
    assert_eq!(s.difficulty.unwrap().hashes, None);
}

/// The reply of another dialect answers nothing: neither OK nor a bare true is a subscription.
#[test]
fn answers_of_other_dialects_do_not_count() {
    for answer in [r#"{"status":"OK"}"#, "true"] {
        let s = session(&format!(
            "> {{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}}\n< {{\"id\":1,\"result\":{answer},\"error\":null}}\n"
        ));
        assert_eq!((s.proof.answered, s.proof.client_messages, protocol(&s)), (0, 1, "-"), "{answer}");
    }
}

/// A JSON-RPC server that knows no such method has refused nothing; a pool's own code has.
#[test]
fn refusals_are_the_dialects_own() {
    let say = |code: &str| {
        session(&format!(
            "> {{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}}\n< {{\"id\":1,\"result\":null,\"error\":{code}}}\n"
        ))
    };
    let s = say(r#"{"code":-32601,"message":"Method not found"}"#);
    assert_eq!((s.proof.answered, s.proof.refused), (0, false));
    let s = say(r#"[201,"Cannot Found Minning Coin Type",null]"#);
    assert_eq!(
        (s.proof.answered, s.proof.refused, s.refusal.as_deref()),
        (1, true, Some("Cannot Found Minning Coin Type"))
    );
}

/// A reply with a foreign id is taken where only one request is open.
#[test]
fn foreign_ids() {
    let s = session(
        "> {\"id\":828,\"method\":\"mining.authorize\",\"params\":[\"u\",\"x\"]}\n< {\"id\":1,\"result\":true,\"error\":null}\n",
    );
    assert_eq!((s.proof.answered, s.proof.login_accepted), (1, Some(true)));
}

/// Equihash: 16 000 solutions a share, ids all 4, notifications with id 0, a target that changes between jobs.
#[test]
fn zcash() {
    let solution = format!("fd4005{}", "ab".repeat(1344));
    let submit = |job: &str| {
        format!(
            "> {{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"t1x.rig\",\"{job}\",\"5b6a1c2e\",\"{}\",\"{solution}\"]}}\n< {{\"id\":4,\"result\":true,\"error\":null}}\n",
            "00".repeat(28)
        )
    };
    let job = |id: &str| {
        format!(
            "< {{\"id\":0,\"method\":\"mining.notify\",\"params\":[\"{id}\",\"04000000\",\"{H64}\",\"{H64}\",\"{H64}\",\"2e1c6a5b\",\"a1b2001d\",true]}}\n"
        )
    };
    let target = |head: &str| {
        format!("< {{\"id\":0,\"method\":\"mining.set_target\",\"params\":[\"{head:0<64}\"]}}\n")
    };
    let s = session(&[
        "> {\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"equihashminer\",null,\"pool.example\",\"3333\"]}\n> {\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"t1x.rig\",\"z\"]}\n> {\"id\":3,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}\n".to_owned(),
        "< {\"id\":1,\"result\":[null,\"a1b2c3d4\"],\"error\":null}\n< {\"id\":2,\"result\":true,\"error\":null}\n".to_owned(),
        target("0004189374bc6a7ef9db22d0e5604189"),
        job("a"),
        submit("a"),
        target("003c3c3c3c3c3c3c3c3c3c3c3c3c3c3c"),
        job("b"),
        submit("a"),
        submit("b"),
    ].concat());
    assert_eq!((protocol(&s), shares(&s).as_str()), ("stratum-zcash", "3/3/0"));
    assert_eq!(s.hashes_accepted, Some(16_000 * 2 + 1088));
    assert_eq!(s.algorithm.as_ref().unwrap().0, "equihash 200,9", "by the length of the solution");
    assert_eq!(s.job.equihash, Some((200, 9)));
    assert_eq!(s.job.nbits, Some(0x1d00_b2a1), "little-endian on this wire");
    assert_eq!(s.proof.answered, 5, "the extranonce subscription never was");
}

/// eth-proxy: work comes as an answer and as pushes with id 0; the header names the job of a share.
#[test]
fn eth_proxy() {
    let hash = |byte: &str| format!("0x{}", byte.repeat(32));
    let work = |id: u32, header: &str| {
        format!(
            "< {{\"id\":{id},\"jsonrpc\":\"2.0\",\"result\":[\"{}\",\"{}\",\"0x112e0be826d694b2e62d01511f12a6061fbaec8bc02357593e70e52ba\"]}}\n",
            hash(header),
            hash("5e")
        )
    };
    let s = session(&[
        "> {\"worker\":\"rig1\",\"jsonrpc\":\"2.0\",\"params\":[\"0x00000000000000000000000000000000000000aa\",\"x\"],\"id\":2,\"method\":\"eth_submitLogin\"}\n< {\"id\":2,\"result\":true}\n".to_owned(),
        "> {\"id\":3,\"method\":\"eth_getWork\",\"params\":[]}\n".to_owned(),
        work(3, "a1"),
        work(0, "a2"),
        format!("> {{\"id\":4,\"method\":\"eth_submitWork\",\"params\":[\"0x0000000000000001\",\"{}\",\"{}\"]}}\n< {{\"id\":4,\"result\":true}}\n", hash("a2"), hash("dd")),
        format!("> {{\"id\":9,\"method\":\"eth_submitHashrate\",\"params\":[\"0x{:064x}\",\"{}\"]}}\n< {{\"id\":9,\"result\":true}}\n", 27_700_000, hash("1d")),
    ].concat());
    assert_eq!(
        (protocol(&s), shares(&s).as_str(), s.worker.as_deref()),
        ("stratum-ethproxy", "1/1/0", Some("rig1"))
    );
    // 57 digits from 0x112e0be8…: 2^256 / target = 4·10^9 (`bc`), a pool's usual difficulty.
    assert_eq!(s.hashes_accepted.map(|hashes| hashes / 1_000_000), Some(4000));
    assert_eq!((s.claimed_hashrate, s.proof.distinct_jobs), (Some(27_700_000), 2));
}

/// EthereumStratum 1 and 2 are told by the job, not by what is announced.
#[test]
fn ethereum_stratum() {
    let one = "> {\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"ethminer\",\"EthereumStratum/1.0.0\"]}\n< {\"id\":1,\"result\":[[\"mining.notify\",\"ae6812eb4cd7735a302a8a9dd95cf71f\",\"EthereumStratum/1.0.0\"],\"080c\"],\"error\":null}\n";
    assert_eq!(protocol(&session(one)), "-", "a word is no job");
    let s = session(&format!(
        "{one}< {{\"method\":\"mining.set_difficulty\",\"params\":[0.5]}}\n< {{\"method\":\"mining.notify\",\"params\":[\"bf0488aa\",\"{H64}\",\"{H64}\",false]}}\n"
    ));
    assert_eq!((protocol(&s), s.proof.answered), ("stratum-ethereum", 1));
    assert_eq!(s.difficulty.unwrap().hashes, Some(2_147_516_417), "half of 2^48/0xffff, rounded");
    let two = session(&format!(
        "> {{\"id\":0,\"method\":\"mining.hello\",\"params\":{{\"agent\":\"ethminer-0.17\",\"host\":\"pool.example\",\"port\":\"4d2\",\"proto\":\"EthereumStratum/2.0.0\"}}}}\n< {{\"id\":0,\"result\":{{\"proto\":\"EthereumStratum/2.0.0\",\"encoding\":\"plain\",\"node\":\"x\"}}}}\n< {{\"method\":\"mining.set\",\"params\":{{\"epoch\":\"dc\",\"target\":\"0112e0be826d694b2e62d01511f12a6061fbaec8bc02357593e70e52ba\",\"algo\":\"ethash\",\"extranonce\":\"af4c\"}}}}\n< {{\"method\":\"mining.notify\",\"params\":[\"bf0488aa\",\"6526d5\",\"{H64}\",\"0\"]}}\n> {{\"id\":5,\"method\":\"mining.submit\",\"params\":[\"bf0488aa\",\"68765fccd712\",\"w-123\"]}}\n< {{\"id\":5}}\n"
    ));
    assert_eq!((protocol(&two), shares(&two).as_str()), ("stratum-ethereum", "1/1/0"));
    assert_eq!((two.algorithm.unwrap().0.as_str(), two.job.height), ("ethash", Some(0x6526d5)));
}

/// Kaspa's bridge says EthereumStratum and is not; its numbers pass 2^53.
#[test]
fn kaspa_is_not_ethereum() {
    let s = session(
        r#"
        > {"id":1,"method":"mining.subscribe","params":["lolMiner 1.76","EthereumStratum/1.0.0"]}
        < {"id":1,"result":[true,"EthereumStratum/1.0.0"],"error":null}
        > {"id":2,"method":"mining.authorize","params":["kaspa:qqexample.rig","x"]}
        < {"id":2,"result":true,"error":null}
        < {"method":"set_extranonce","params":["0029",6]}
        < {"method":"mining.set_difficulty","params":[4]}
        < {"id":7,"method":"mining.notify","params":["7",[18446744073709551615,1,2,3],1700000000000]}
        > {"id":3,"method":"mining.submit","params":["kaspa:qqexample.rig","7","0x0029000000000001"]}
        < {"id":3,"result":true,"error":null}
"#,
    );
    // Difficulty 4 is 4 times 2^32 hashes (hasher.go); which of Kaspa's forks it is, the job does not say.
    assert_eq!(
        (protocol(&s), shares(&s).as_str(), s.hashes_accepted, s.algorithm, s.job.shape),
        ("stratum-bitcoin", "1/1/0", Some(4 << 32), None, Some(model::JobShape::Kaspa))
    );
}

/// KawPow, Ergo, Conflux, Iron Fish: other lists under the same methods.
#[test]
fn other_families_are_recognised() {
    let job = |params: &str| format!("< {{\"id\":null,\"method\":\"mining.notify\",{params}}}\n");
    let kawpow = session(&job(&format!(
        r#""params":["j","{H64}","{H64}","00000000ff{:0<54}",true,2345678,"1b00f1c4"]"#,
        ""
    )));
    assert_eq!((protocol(&kawpow), kawpow.job.height), ("stratum-bitcoin", Some(2_345_678)));
    // 2^256 / (0xff · 2^216): 2^40 / 255 = 4 311 810 305 (`bc`).
    assert_eq!(kawpow.difficulty.unwrap().hashes, Some(4_311_810_305));
    let ergo = format!(
        r#""params":["j",1234567,"{H64}","","",3,"28948022309329048855892746252171976963209391069768726095651290785379",  "",true]"#
    );
    let conflux = format!(r#""xn":"a1","params":["j","98765432","0x{H64}","0x{H64}"]"#);
    let iron_fish = r#""body":{"miningRequestId":7,"header":"00ff"}"#;
    // Iron Fish computed Blake3 before 2024 and FishHash since; its job says nothing of that.
    let shapes =
        [(ergo.as_str(), Some("autolykos2")), (conflux.as_str(), Some("octopus")), (iron_fish, None)];
    for (params, algorithm) in shapes {
        let s = session(&job(params));
        let computes = s.algorithm.as_ref().map(|(name, _)| name.as_str());
        assert_eq!((protocol(&s), s.proof.job, computes), ("stratum-bitcoin", true, algorithm), "{params}");
    }
    let ckb = session("> {\"id\":1,\"method\":\"ckb_submitLogin\",\"params\":{\"login\":\"ckb1x\"}}\n");
    assert_eq!((protocol(&ckb), ckb.proof.client_messages), ("-", 1), "mining, dialect unknown");
}

/// Words of the prefix that no dialect has are those of process mining or of a quarry's software, answered or not.
#[test]
fn unknown_words_prove_nothing() {
    let said = "> {\"id\":1,\"method\":\"mining.list\",\"params\":[\"quarry\"]}\n< {\"id\":1,\"result\":[{\"site\":\"x\"}],\"error\":null}\n> {\"id\":2,\"method\":\"mining.report\",\"params\":[\"x\"]}\n< {\"id\":2,\"result\":true}\n< {\"method\":\"mining.status\",\"params\":{\"pct\":5}}\n";
    assert!(sessions(said).is_empty());
    // Beside a job they are part of the session.
    assert_eq!(session(&format!("{said}< {}\n", notify("j1"))).proof.client_messages, 2);
}

/// Several users authorised on one connection: shares go to the user they name; a sub-worker to its account.
#[test]
fn several_workers() {
    let authorize = |id: u32, user: &str| {
        format!(
            "> {{\"id\":{id},\"method\":\"mining.authorize\",\"params\":[\"{user}\",\"x\"]}}\n< {{\"id\":{id},\"result\":true,\"error\":null}}\n"
        )
    };
    let submit = |id: u32, user: &str| {
        format!(
            "> {{\"id\":{id},\"method\":\"mining.submit\",\"params\":[\"{user}\",\"j1\",\"00000001\",\"5b6a1c2e\",\"deadbeef\"]}}\n< {{\"id\":{id},\"result\":true,\"error\":null}}\n"
        )
    };
    let all = sessions(
        &[
            authorize(1, "alice"),
            authorize(2, "bob"),
            authorize(3, "alice"),
            format!("< {}\n", notify("j1")),
            submit(4, "bob"),
            submit(5, "alice.2"),
            submit(6, "alice"),
        ]
        .concat(),
    );
    let told: Vec<_> = all.iter().map(|s| (s.login.clone().unwrap(), shares(s))).collect();
    assert_eq!(told, [("alice".into(), "2/2/0".into()), ("bob".into(), "1/1/0".into())]);
}

/// Joined at the submits: the login stands in them, and their form tells the dialect.
#[test]
fn submits_alone() {
    let s = session(
        "> {\"params\": [\"alice\", \"j9\", \"00\", \"5b6a1c2e\", \"deadbeef\"], \"id\": 77, \"method\": \"mining.submit\"}\n",
    );
    assert_eq!(
        (protocol(&s), s.login.as_deref(), shares(&s).as_str()),
        ("stratum-bitcoin", Some("alice"), "1/-/-")
    );
    // It names a job that was not seen: there was one.
    assert!(s.proof.submit && !s.proof.job);
}

/// Pools push a job before they have answered the login: hashing for this login begins at the login.
#[test]
fn a_job_before_the_login() {
    let s = session(&format!(
        "> {{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[]}}\n< {}\n> {{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"alice\"]}}\n< {}\n",
        notify("j1"),
        notify("j2")
    ));
    assert_eq!((s.first_job, s.proof.distinct_jobs), (Some(Time::from_secs(3)), 2));
    let s = session(&format!("< {}\n", notify("j1")));
    assert_eq!(s.first_job, Some(Time::from_secs(1)));
}

/// A refusal that comes with a subscription of Bitcoin's kind: the login decides; without one nothing is decided.
#[test]
fn refused_after_a_subscription() {
    let subscribed = "> {\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"a/1\"]}\n< {\"id\":1,\"result\":[[[\"mining.notify\",\"x\"]],\"08\",4],\"error\":null}\n";
    assert_eq!(protocol(&session(subscribed)), "-");
    let s = session(&format!(
        "{subscribed}> {{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"alice\"]}}\n< {{\"id\":2,\"result\":null,\"error\":[24,\"Unauthorized worker\",null]}}\n"
    ));
    assert_eq!(
        (protocol(&s), s.proof.refused, s.proof.login_accepted),
        ("stratum-bitcoin", true, Some(false))
    );
    assert_eq!(s.refusal.as_deref(), Some("Unauthorized worker"));
}

/// Where both ends ask (a test tool, a proxy's leg) the one that logs in or submits is the miner.
#[test]
fn the_one_that_logs_in_is_the_client() {
    let s = session(
        "< {\"id\":1,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}\n> {\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"alice\",\"x\"]}\n< {\"id\":3,\"method\":\"mining.subscribe\",\"params\":[]}\n",
    );
    assert_eq!((s.client.port, s.ends_by), (51234, model::KnownBy::Content));
}

/// Passwords by place and by name, escaped, doubled or unknown to the grammar: none is kept in a line.
#[test]
fn no_password_is_recorded() {
    let all = sessions(
        r#"
        > {"id":2,"method":"mining.authoriz\u0065","params":["alice","hunter2"]}
        > {"id":3,"method":"eth_submitLogin","params":["0xaa","hunter2"]}
        > {"id":4,"method":"login","params":{"pass":"hunter2","login":"bob","p\u0061ss":"hunter2"},"api_key":"hunter2"}
        > {"method":"other","password":"hunter2"}
"#,
    );
    let text: String = all[0].dialogue.iter().map(|line| line.text.as_str()).collect();
    assert_eq!((text.matches("***").count(), text.contains("hunter2")), (6, false), "{text}");
    assert!(text.contains("alice"));
}

/// A pool that greets with the password, and an account with its password in one field: neither is shown.
#[test]
fn no_password_is_repeated() {
    let all = sessions(
        r#"
        > {"id":2,"method":"mining.authorize","params":["bob:s3cret.rig","hunter2"]}
        < {"id":null,"method":"client.show_message","params":["your pass is hunter2"]}
        > {"params": ["bob:s3cret.rig", "j9", "00", "5b6a1c2e", "deadbeef"], "id": 77, "method": "mining.submit"}
"#,
    );
    let text: String = all[0].dialogue.iter().map(|line| line.text.as_str()).collect();
    assert!(!text.contains("hunter2") && !text.contains("s3cret"), "{text}");
    assert!(text.contains("your pass is ***") && text.contains("bob:***"), "{text}");
    assert_eq!((all.len(), all[0].login.as_deref(), shares(&all[0]).as_str()), (1, Some("bob:***"), "1/0/0"));
}
