//! CryptoNote: login, job, submit, keepalived; as xmrig writes it, and as odd programs do.
//!
//! Sources: xmrig `src/base/net/stratum/Client.cpp` (order of keys, ids, extensions), xmrig-proxy
//! `src/proxy/Miner.cpp` (server's order), MoneroOcean nodejs-pool `lib/pool/protocol.js`.

use std::time::Duration;

use super::{Happening, Plan, Talk, answer_time, happenings};
use crate::rng::{Rng, hex};
use crate::scene::Time;

/// Who mines, for whom, and how it is written.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    /// Wallet, and what stands behind it in the login (`.rig1`, `+50000`).
    pub(crate) wallet: String,
    pub(crate) suffix: String,
    /// Password field; xmrig's default is `x`.
    pub(crate) password: String,
    /// `rigid`, the worker's own name.
    pub(crate) rig: Option<String>,
    pub(crate) agent: Option<String>,
}

/// Habits of the client program and of the pool.
#[derive(Clone, Debug)]
pub(crate) struct Habits {
    /// xmrig's list of algorithms in the login, and `algo` in submits.
    pub(crate) algorithms: bool,
    /// Extensions the pool names.
    pub(crate) extensions: &'static str,
    /// The pool fixes the last nonce byte (NiceHash mode, xmrig-proxy).
    pub(crate) fixed_nonce: Option<u8>,
    /// The pool puts the session id into each job.
    pub(crate) session_in_job: bool,
    /// Share difficulty.
    pub(crate) difficulty: u64,
    /// How the text of client and server is disguised.
    pub(crate) dress: fn(&mut Rng, &str) -> Vec<u8>,
}

impl Habits {
    /// xmrig at a pool of today.
    pub(crate) fn xmrig() -> Self {
        Self {
            algorithms: true,
            extensions: r#""algo","nicehash","connect","tls","keepalive""#,
            fixed_nonce: None,
            session_in_job: false,
            difficulty: 75_000,
            dress: plain,
        }
    }
}

/// One line as it is.
pub(crate) fn plain(_: &mut Rng, text: &str) -> Vec<u8> {
    format!("{text}\n").into_bytes()
}

/// A block template's hashing blob: version 16, time, previous hash, nonce, tree root, count of transactions.
fn blob(rng: &mut Rng, time: Time, previous: &[u8], fixed_nonce: Option<u8>) -> String {
    let mut bytes = vec![16, 16];
    let mut rest = time.seconds();
    while rest >= 128 {
        bytes.push((rest & 127) as u8 | 128);
        rest >>= 7;
    }
    bytes.push(rest as u8);
    bytes.extend_from_slice(previous);
    bytes.extend_from_slice(&[0, 0, 0, fixed_nonce.unwrap_or(0)]);
    bytes.extend_from_slice(&rng.bytes(32));
    bytes.push(rng.between(2, 90) as u8);
    hex(&bytes)
}

/// A chain as a pool sees it.
struct Chain {
    height: u64,
    previous: Vec<u8>,
    seed_hash: String,
}

impl Chain {
    fn job(&self, rng: &mut Rng, time: Time, habits: &Habits, session: &str) -> (String, String) {
        let id = rng.hex(12);
        let blob = blob(rng, time, &self.previous, habits.fixed_nonce);
        let target = hex(&(0xFFFF_FFFF_u32 / habits.difficulty.max(1) as u32).to_le_bytes());
        let own = if habits.session_in_job { format!(r#","id":"{session}""#) } else { String::new() };
        let algorithm = if habits.algorithms { r#","algo":"rx/0""# } else { "" };
        let (height, seed_hash) = (self.height, &self.seed_hash);
        let job = format!(
            r#"{{"blob":"{blob}","job_id":"{id}","target":"{target}"{own}{algorithm},"height":{height},"seed_hash":"{seed_hash}"}}"#
        );
        (id, job)
    }
}

/// Login, jobs, shares, keepalives until the plan ends.
pub(crate) fn session(rng: &mut Rng, plan: &Plan, account: &Account, habits: &Habits) -> Talk {
    let mut talk = Talk::default();
    let session = rng.hex(16);
    let mut chain =
        Chain { height: 3_540_000 + rng.below(40_000), previous: rng.bytes(32), seed_hash: rng.hex(32) };
    let dress = habits.dress;
    let line = login(account, habits);
    talk.client(Duration::from_millis(2), dress(rng, &line));
    let (mut job_id, job) = chain.job(rng, plan.start, habits, &session);
    let extensions = habits.extensions;
    let reply = format!(
        r#"{{"id":1,"jsonrpc":"2.0","error":null,"result":{{"id":"{session}","job":{job},"extensions":[{extensions}],"status":"OK"}}}}"#
    );
    let wait = answer_time(rng);
    talk.server(wait, dress(rng, &reply));
    talk.facts = facts(account, habits);
    talk.facts.jobs = 1;
    let mut id = 2;
    for (wait, time, what) in happenings(rng, plan) {
        match what {
            Happening::Job => {
                if rng.chance(0.35) {
                    chain.height += 1;
                    chain.previous = rng.bytes(32);
                }
                let (next, job) = chain.job(rng, time, habits, &session);
                job_id = next;
                talk.server(
                    wait,
                    dress(rng, &format!(r#"{{"jsonrpc":"2.0","method":"job","params":{job}}}"#)),
                );
                talk.facts.jobs += 1;
            }
            Happening::Share { accepted } => {
                let line = submit(rng, id, &session, &job_id, habits);
                talk.client(wait, dress(rng, &line));
                let wait = answer_time(rng);
                talk.server(wait, dress(rng, &verdict(id, accepted)));
                if accepted {
                    talk.facts.shares_accepted += 1;
                } else {
                    talk.facts.shares_rejected += 1;
                }
                id += 1;
            }
            Happening::Quiet => {
                let line = format!(
                    r#"{{"id":{id},"jsonrpc":"2.0","method":"keepalived","params":{{"id":"{session}"}}}}"#
                );
                talk.client(wait, dress(rng, &line));
                let wait = answer_time(rng);
                let reply = format!(
                    r#"{{"id":{id},"jsonrpc":"2.0","error":null,"result":{{"status":"KEEPALIVED"}}}}"#
                );
                talk.server(wait, dress(rng, &reply));
                id += 1;
            }
        }
    }
    talk
}

fn facts(account: &Account, habits: &Habits) -> crate::scene::Facts {
    let worker = account.suffix.strip_prefix('.').map(str::to_owned);
    crate::scene::Facts {
        protocol: Some("stratum-cryptonote"),
        algorithm: habits.algorithms.then_some("rx/0"),
        coin: Some("XMR"),
        login: Some(format!("{}{}", account.wallet, account.suffix)),
        wallet: Some(account.wallet.clone()),
        worker: worker.or_else(|| account.rig.clone()),
        agent: account.agent.clone(),
        ..Default::default()
    }
}

fn login(account: &Account, habits: &Habits) -> String {
    let Account { wallet, suffix, password, rig, agent } = account;
    let agent = agent.as_ref().map_or(String::new(), |agent| format!(r#","agent":"{agent}""#));
    let rig = rig.as_ref().map_or(String::new(), |rig| format!(r#","rigid":"{rig}""#));
    let algorithms = if habits.algorithms {
        r#","algo":["rx/0","cn/2","cn/r","cn/fast","cn/half","cn/xao","cn/rto","cn/rwz","cn/zls","cn/double","cn-lite/1","cn-heavy/0","cn-pico","rx/wow","rx/arq","rx/graft","rx/sfx","rx/yada","argon2/chukwa"]"#
    } else {
        ""
    };
    format!(
        r#"{{"id":1,"jsonrpc":"2.0","method":"login","params":{{"login":"{wallet}{suffix}","pass":"{password}"{agent}{rig}{algorithms}}}}}"#
    )
}

fn submit(rng: &mut Rng, id: u64, session: &str, job_id: &str, habits: &Habits) -> String {
    let mut nonce = rng.bytes(4);
    if let Some(fixed) = habits.fixed_nonce {
        nonce[3] = fixed;
    }
    let (nonce, mut result) = (hex(&nonce), rng.bytes(32));
    // A share's hash is below the target: its highest eight bytes, little-endian, are small.
    let most = u64::MAX / habits.difficulty.max(1);
    result[24..].copy_from_slice(&rng.below(most).to_le_bytes());
    let result = hex(&result);
    let algorithm = if habits.algorithms { r#","algo":"rx/0""# } else { "" };
    format!(
        r#"{{"id":{id},"jsonrpc":"2.0","method":"submit","params":{{"id":"{session}","job_id":"{job_id}","nonce":"{nonce}","result":"{result}"{algorithm}}}}}"#
    )
}

fn verdict(id: u64, accepted: bool) -> String {
    if accepted {
        format!(r#"{{"id":{id},"jsonrpc":"2.0","error":null,"result":{{"status":"OK"}}}}"#)
    } else {
        format!(r#"{{"id":{id},"jsonrpc":"2.0","error":{{"code":-1,"message":"Low difficulty share"}}}}"#)
    }
}
