//! CryptoNote: login, job, submit, keepalived; as xmrig writes it, and as odd programs do.
//!
//! Sources: xmrig `src/base/net/stratum/Client.cpp` (order of keys, ids, extensions), xmrig-proxy
//! `src/proxy/Miner.cpp` (server's order), MoneroOcean nodejs-pool `lib/pool/protocol.js`.

use std::time::Duration;

use super::{Account, Dialect, Plan, Talk, answer_time};
use crate::rng::{Rng, hex};
use crate::scene::Time;

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
pub(super) fn blob(rng: &mut Rng, time: Time, previous: &[u8], fixed_nonce: Option<u8>) -> String {
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

/// A session after its login.
pub(crate) struct Session {
    chain: Chain,
    habits: Habits,
    id: String,
    job_id: String,
    next: u64,
}

impl Session {
    pub(crate) fn new(rng: &mut Rng, habits: &Habits) -> Self {
        Self {
            id: rng.hex(16),
            chain: Chain {
                height: 3_810_000 + rng.below(20_000),
                previous: rng.bytes(32),
                seed_hash: rng.hex(32),
            },
            habits: habits.clone(),
            job_id: String::new(),
            next: 1,
        }
    }

    /// Ids of its requests begin here.
    pub(crate) fn count_from(&mut self, id: u64) {
        self.next = id;
    }

    fn work(&mut self, rng: &mut Rng, time: Time) -> String {
        let (id, job) = self.chain.job(rng, time, &self.habits, &self.id);
        self.job_id = id;
        job
    }

    /// Login and its answer with the first job.
    pub(crate) fn login(&mut self, rng: &mut Rng, plan: &Plan, account: &Account, talk: &mut Talk) {
        let (dress, id) = (self.habits.dress, self.next);
        self.next += 1;
        let line = login(id, account, &self.habits);
        talk.client(Duration::from_millis(2), dress(rng, &line));
        let (session, job, extensions) =
            (self.id.clone(), self.work(rng, plan.start), self.habits.extensions);
        let reply = format!(
            r#"{{"id":{id},"jsonrpc":"2.0","error":null,"result":{{"id":"{session}","job":{job},"extensions":[{extensions}],"status":"OK"}}}}"#
        );
        let wait = answer_time(rng);
        talk.server(wait, dress(rng, &reply));
        talk.facts = account.facts("stratum-cryptonote");
        talk.facts.coin = Some("XMR");
        talk.facts.algorithm = self.habits.algorithms.then_some("rx/0");
        talk.facts.jobs = 1;
    }
}

impl Dialect for Session {
    fn job(&mut self, rng: &mut Rng, time: Time) -> Vec<u8> {
        if rng.chance(0.35) {
            self.chain.height += 1;
            self.chain.previous = rng.bytes(32);
        }
        let job = self.work(rng, time);
        (self.habits.dress)(rng, &format!(r#"{{"jsonrpc":"2.0","method":"job","params":{job}}}"#))
    }

    fn share(&mut self, rng: &mut Rng, _: Time, accepted: bool) -> (Vec<u8>, Vec<u8>) {
        let (id, dress) = (self.next, self.habits.dress);
        self.next += 1;
        let line = submit(rng, id, &self.id, &self.job_id, &self.habits);
        (dress(rng, &line), dress(rng, &verdict(id, accepted)))
    }

    fn quiet(&mut self, rng: &mut Rng) -> Option<(Vec<u8>, Vec<u8>)> {
        let (id, dress, session) = (self.next, self.habits.dress, &self.id);
        self.next += 1;
        let ask =
            format!(r#"{{"id":{id},"jsonrpc":"2.0","method":"keepalived","params":{{"id":"{session}"}}}}"#);
        let answer =
            format!(r#"{{"id":{id},"jsonrpc":"2.0","error":null,"result":{{"status":"KEEPALIVED"}}}}"#);
        Some((dress(rng, &ask), dress(rng, &answer)))
    }
}

/// Login, jobs, shares, keepalives until the plan ends.
pub(crate) fn session(rng: &mut Rng, plan: &Plan, account: &Account, habits: &Habits) -> Talk {
    let mut talk = Talk::default();
    let mut session = Session::new(rng, habits);
    session.login(rng, plan, account, &mut talk);
    talk.mine(rng, plan, &mut session);
    talk
}

/// A login that the pool refuses with this text.
pub(crate) fn refused(rng: &mut Rng, account: &Account, reason: &str) -> Talk {
    let mut talk = Talk { facts: account.facts("stratum-cryptonote"), ..Talk::default() };
    let ask = login(1, account, &Habits::xmrig());
    let answer = format!(r#"{{"id":1,"jsonrpc":"2.0","error":{{"code":-1,"message":"{reason}"}}}}"#);
    talk.exchange(rng, ask + "\n", answer + "\n");
    talk
}

fn login(id: u64, account: &Account, habits: &Habits) -> String {
    let Account { wallet, suffix, password, rig, agent } = account;
    let agent = agent.as_ref().map_or(String::new(), |agent| format!(r#","agent":"{agent}""#));
    let rig = rig.as_ref().map_or(String::new(), |rig| format!(r#","rigid":"{rig}""#));
    let algorithms = if habits.algorithms {
        r#","algo":["rx/0","cn/2","cn/r","cn/fast","cn/half","cn/xao","cn/rto","cn/rwz","cn/zls","cn/double","cn-lite/1","cn-heavy/0","cn-pico","rx/wow","rx/arq","rx/graft","rx/sfx","rx/yada","argon2/chukwa"]"#
    } else {
        ""
    };
    format!(
        r#"{{"id":{id},"jsonrpc":"2.0","method":"login","params":{{"login":"{wallet}{suffix}","pass":"{password}"{agent}{rig}{algorithms}}}}}"#
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
