//! The CryptoNote dialect.

use super::*;

/// 95 characters of base 58: the length of a Monero address; its checksum does not matter here.
const WALLET: &str =
    "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A";

/// A blob of 76 bytes: versions 16, a time of five bytes, a zero nonce at byte 39.
fn blob(byte: &str) -> String {
    format!("1010{}{}00000000{}", "8080808006", byte.repeat(32), "11".repeat(33))
}

fn job(id: &str, target: &str) -> String {
    format!(
        r#"{{"blob":"{}","job_id":"{id}","target":"{target}","algo":"rx/0","height":3000001,"seed_hash":"{}"}}"#,
        blob("ab"),
        "cd".repeat(32)
    )
}

/// As xmrig speaks to a pool: login with algorithms, three jobs at two difficulties, four submits of which one is
/// refused, a keep-alive.
pub(super) fn xmrig() -> String {
    let h64 = "ef".repeat(32);
    let submit = |id: u32, job: &str| {
        format!(
            r#"{{"id":{id},"jsonrpc":"2.0","method":"submit","params":{{"id":"5e55","job_id":"{job}","nonce":"a1b2c3d4","result":"{h64}","algo":"rx/0"}}}}"#
        )
    };
    let ok = |id: u32| format!(r#"{{"id":{id},"jsonrpc":"2.0","error":null,"result":{{"status":"OK"}}}}"#);
    let push = |job: &str| format!(r#"{{"jsonrpc":"2.0","method":"job","params":{job}}}"#);
    format!(
        r#"
        > {{"id":1,"jsonrpc":"2.0","method":"login","params":{{"login":"{WALLET}","pass":"hunter2","agent":"XMRig/6.21.0","rigid":"rig1","algo":["rx/0","cn/r"]}}}}
        < {{"id":1,"jsonrpc":"2.0","error":null,"result":{{"id":"5e55","job":{},"extensions":["algo","keepalive"],"status":"OK"}}}}
        > {}
        < {}
        > {}
        < {}
        < {{"id":3,"jsonrpc":"2.0","error":{{"code":-1,"message":"Low difficulty share"}}}}
        > {{"id":4,"jsonrpc":"2.0","method":"keepalived","params":{{"id":"5e55"}}}}
        < {{"id":4,"jsonrpc":"2.0","error":null,"result":{{"status":"KEEPALIVED"}}}}
        < {}
        > {}
        > {}
        < {}
        < {}
"#,
        job("j1", "b88d0600"),
        submit(2, "j1"),
        ok(2),
        submit(3, "j1"),
        push(&job("j2", "711b0d00")),
        push(&job("j3", "711b0d00")),
        submit(5, "j1"),
        submit(6, "j3"),
        ok(6),
        ok(5),
    )
}

#[test]
fn a_whole_session() {
    let s = session(&xmrig());
    assert_eq!(
        (protocol(&s), s.login.as_deref(), s.worker.as_deref()),
        ("stratum-cryptonote", Some(WALLET), Some("rig1"))
    );
    assert_eq!(s.agent.as_deref(), Some("XMRig/6.21.0"));
    assert_eq!(shares(&s), "4/3/1");
    // Two shares of job j1 at 10 000 and one of j3 at 5000: the price of the share's own job, not of the newest.
    assert_eq!(s.hashes_accepted, Some(25_000));
    assert_eq!(s.hashes_accepted_squared, Some(2.0 * 1e8 + 2.5e7));
    assert_eq!(s.difficulty.as_ref().unwrap().stated, "5000", "of the newest job");
    assert_eq!(s.algorithm.as_ref().unwrap().0, "rx/0");
    assert_eq!((s.job.height, s.job.blob_major, s.job.nonce_split), (Some(3_000_001), Some(16), false));
    assert_eq!((s.proof.login_accepted, s.proof.job, s.proof.distinct_jobs), (Some(true), true, 3));
    assert!(!s.proof.refused, "a bad share is no refusal");
    assert_eq!((s.client.port, s.ends_by), (51234, model::KnownBy::Content));
    assert_eq!(s.proof.answered, 6, "login, keep-alive and four submits");
}

#[test]
fn passwords_are_masked_and_answers_linked() {
    let s = session(&xmrig());
    let text: String = s.dialogue.iter().map(|line| line.text.as_str()).collect();
    assert!(!text.contains("hunter2") && text.contains(r#""pass":"***""#));
    assert_eq!(s.dialogue[1].answers, Some(0));
    assert_eq!(s.dialogue[12].answers, Some(11), "answers out of order go by id");
    assert_eq!(s.password.as_ref().unwrap().reveal(), "hunter2", "kept for matching a wallet");
}

/// Snapshots are for what is new in kind: a thousand more shares change only the last one.
#[test]
fn no_snapshot_per_share() {
    let h64 = "ef".repeat(32);
    let mut long = xmrig();
    let few = all_of(&long, WHOLE).0.len();
    for id in 100..1100 {
        long.push_str(&format!("> {{\"id\":{id},\"method\":\"submit\",\"params\":{{\"id\":\"5e55\",\"job_id\":\"j3\",\"nonce\":\"00000000\",\"result\":\"{h64}\"}}}}\n"));
        long.push_str(&format!("< {{\"id\":{id},\"error\":null,\"result\":{{\"status\":\"OK\"}}}}\n"));
    }
    let many = all_of(&long, WHOLE).0;
    assert_eq!(many.len(), few);
    assert_eq!(shares(many.last().unwrap()), "1004/1003/1");
}

/// Key order, spacing, escapes, ids as strings, unknown and doubled keys, a BOM, lines over lines: all the same.
#[test]
fn odd_json_says_the_same() {
    let odd = format!(
        "> \u{feff}{{ \"params\" : {{ \"pass\":\"x\" , \"\\u006cogin\":\"\\u0034{}\" }},\"zz\":[{{}}],\n   \"m\\u0065thod\":\"l\\u006fgin\",\n\t\"id\":\"1\" }}\n< {{\"result\":{{\"status\":\"OK\",\"job\":{},\"id\":\"1\"}},\"id\":1}}\n",
        &WALLET[1..],
        job("j1", "b88d0600"),
    );
    let s = session(&odd);
    assert_eq!((protocol(&s), s.login.as_deref(), s.proof.answered), ("stratum-cryptonote", Some(WALLET), 1));
}

/// A login that could be anything's (an account name) is mining once the answer brings a job, and is told at once.
#[test]
fn an_account_login_is_proved_by_the_job() {
    let text = format!(
        "> {{\"id\":1,\"method\":\"login\",\"params\":{{\"login\":\"bob+5000\",\"pass\":\"x\",\"agent\":\"a/1\"}}}}\n< {{\"id\":1,\"result\":{{\"id\":\"1\",\"job\":{},\"status\":\"OK\"}}}}\n",
        job("1", "b88d0600")
    );
    let first_line = text.lines().next().unwrap();
    assert!(sessions(first_line).is_empty());
    let s = session(&text);
    assert_eq!((s.login.as_deref(), s.proof.answered, s.proof.client_messages), (Some("bob+5000"), 1, 1));
}

/// Two logins on one connection: submits and jobs go by the session id.
#[test]
fn two_logins_on_one_connection() {
    let login = |id: u32, user: &str| {
        format!("> {{\"id\":{id},\"method\":\"login\",\"params\":{{\"login\":\"{user}\",\"pass\":\"x\"}}}}\n")
    };
    let logged = |id: u32, session: &str, target: &str| {
        format!(
            "< {{\"id\":{id},\"result\":{{\"id\":\"{session}\",\"job\":{},\"status\":\"OK\"}},\"error\":null}}\n",
            job(session, target)
        )
    };
    let submit = |id: u32, session: &str| {
        format!(
            "> {{\"id\":{id},\"method\":\"submit\",\"params\":{{\"id\":\"{session}\",\"job_id\":\"{session}\",\"nonce\":\"00000000\",\"result\":\"{}\"}}}}\n< {{\"id\":{id},\"result\":{{\"status\":\"OK\"}}}}\n",
            "ab".repeat(32)
        )
    };
    let all = sessions(
        &[
            login(1, WALLET),
            login(2, "donations"),
            logged(2, "s2", "711b0d00"),
            logged(1, "s1", "b88d0600"),
            submit(3, "s1"),
            submit(3, "s2"),
            submit(3, "s1"),
        ]
        .concat(),
    );
    assert_eq!(all.len(), 2);
    assert_eq!(
        (all[0].login.as_deref(), shares(&all[0]), all[0].hashes_accepted),
        (Some(WALLET), "2/2/0".into(), Some(20_000))
    );
    assert_eq!(
        (all[1].login.as_deref(), shares(&all[1]), all[1].hashes_accepted),
        (Some("donations"), "1/1/0".into(), Some(5000))
    );
}

/// One id for login and submits (deepMiner): an OK under the login's id is a share when a share is open.
#[test]
fn one_id_for_all() {
    let text = format!(
        "> {{\"id\":\"x\",\"method\":\"login\",\"params\":{{\"login\":\"{WALLET}\",\"pass\":\"\"}}}}\n< {{\"id\":\"x\",\"result\":{{\"id\":\"s\",\"job\":{},\"status\":\"OK\"}}}}\n> {{\"id\":\"x\",\"method\":\"submit\",\"params\":{{\"id\":\"s\",\"job_id\":\"1\",\"nonce\":\"00000000\",\"result\":\"{}\"}}}}\n< {{\"id\":\"x\",\"result\":{{\"status\":\"OK\"}}}}\n",
        job("1", "b88d0600"),
        "ab".repeat(32)
    );
    assert_eq!(shares(&session(&text)), "1/1/0");
}

#[test]
fn a_refused_login_is_intent() {
    let s = session(&format!(
        "> {{\"id\":1,\"method\":\"login\",\"params\":{{\"login\":\"{WALLET}\",\"pass\":\"x\"}}}}\n< {{\"id\":1,\"error\":{{\"code\":-1,\"message\":\"Banned\"}}}}\n"
    ));
    assert_eq!(
        (s.proof.refused, s.proof.login_accepted, s.refusal.as_deref(), s.proof.job),
        (true, Some(false), Some("Banned"), false)
    );
    assert_eq!((protocol(&s), s.proof.answered), ("stratum-cryptonote", 1));
}

/// Only the server's side: jobs prove dialect and role, counters that cannot be known stay away.
#[test]
fn one_direction_only() {
    let s = &through(&xmrig(), Way { sides: [false, true], ..WHOLE })[0];
    assert_eq!(
        (protocol(s), s.client.port, shares(s), s.login.as_deref()),
        ("stratum-cryptonote", 51234, "-/-/-".into(), None)
    );
    assert_eq!((s.proof.distinct_jobs, s.hashes_accepted), (3, None));
    let s = &through(&xmrig(), Way { sides: [true, false], ..WHOLE })[0];
    assert_eq!(
        (protocol(s), shares(s), s.login.as_deref()),
        ("stratum-cryptonote", "4/-/-".into(), Some(WALLET))
    );
}

/// The last nonce byte is set (NiceHash mode), and a job that only a proxy is given.
#[test]
fn proxies_show_in_the_job() {
    let split = blob("ab").replacen("00000000", "000000a5", 1);
    let s = session(&format!(
        "< {{\"method\":\"job\",\"params\":{{\"blob\":\"{split}\",\"job_id\":7,\"target\":\"b88d0600\"}}}}\n"
    ));
    assert!(s.job.nonce_split);
    assert_eq!(s.client.port, 51234, "whoever hears the job is the miner");
    let s = session(&format!(
        "< {{\"method\":\"job\",\"params\":{{\"blocktemplate_blob\":\"{}\",\"reserved_offset\":130,\"job_id\":\"7\",\"target_diff\":1000}}}}\n",
        blob("cd")
    ));
    assert!(s.job.for_proxy);
}
