//! Bitcoin Stratum v1 as cgminer, bfgminer and cpuminer write it.
//!
//! Sources: BIP 310 (configure), ckolivas/cgminer `util.c` and `cgminer.c`, luke-jr/bfgminer `util.c`,
//! JayDDee/cpuminer-opt `util.c`, ctubio/ckpool `src/stratifier.c`.

use std::time::Duration;

use super::{Account, Dialect, Plan, Talk, answer_time};
use crate::rng::{Rng, hex};
use crate::scene::Time;

/// Whose order of keys and ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    /// One counter from 0, `params` first in submits.
    Cgminer,
    /// As cgminer, but named ids for what is no share, and it asks for the transactions of each job.
    Bfgminer,
    /// One id for each method; `method` first.
    Cpuminer,
}

/// A session of one program with one pool.
pub(crate) struct Session {
    program: Program,
    login: String,
    rolling: bool,
    next: u64,
    height: u64,
    previous: String,
    job_id: String,
    extranonce_size: usize,
}

/// BIP 320: bits a miner may roll.
const ROLLED: u32 = 0x1FFF_E000;

impl Session {
    pub(crate) fn new(rng: &mut Rng, program: Program, account: &Account, rolling: bool) -> Self {
        Self {
            program,
            login: account.login(),
            rolling,
            next: if program == Program::Cpuminer { 1 } else { 0 },
            height: 975_000 + rng.below(2_000),
            previous: previous_hash(rng),
            job_id: String::new(),
            extranonce_size: 8,
        }
    }

    fn id(&mut self, name: &str) -> String {
        if self.program == Program::Bfgminer && !name.is_empty() {
            return format!("\"{name}\"");
        }
        self.next += 1;
        (self.next - 1).to_string()
    }

    /// configure, subscribe, authorize and what the pool pushes: the first job comes last.
    pub(crate) fn open(
        &mut self,
        rng: &mut Rng,
        plan: &Plan,
        account: &Account,
        resume: Option<&str>,
        talk: &mut Talk,
    ) {
        talk.facts = account.facts("stratum-bitcoin");
        if self.rolling {
            let id = self.id("");
            talk.exchange(
                rng,
                format!("{{\"id\": {id}, \"method\": \"mining.configure\", \"params\": [[\"version-rolling\"], {{\"version-rolling.mask\": \"ffffffff\"}}]}}\n"),
                format!("{{\"id\":{id},\"result\":{{\"version-rolling\":true,\"version-rolling.mask\":\"{ROLLED:08x}\"}},\"error\":null}}\n"),
            );
        }
        let id = self.id("");
        let agent = account.agent.clone().unwrap_or_default();
        let resume = resume.map_or(String::new(), |session| format!(", \"{session}\""));
        let (one, two) = (rng.hex(4), rng.hex(4));
        let (first, size) = (rng.hex(4), self.extranonce_size);
        talk.exchange(
            rng,
            format!("{{\"id\": {id}, \"method\": \"mining.subscribe\", \"params\": [\"{agent}\"{resume}]}}\n"),
            format!("{{\"id\":{id},\"result\":[[[\"mining.set_difficulty\",\"{one}\"],[\"mining.notify\",\"{two}\"]],\"{first}\",{size}],\"error\":null}}\n"),
        );
        let id = self.id("auth");
        let (login, password) = (&self.login, &account.password);
        talk.exchange(
            rng,
            format!("{{\"id\": {id}, \"method\": \"mining.authorize\", \"params\": [\"{login}\", \"{password}\"]}}\n"),
            format!("{{\"id\":{id},\"result\":true,\"error\":null}}\n"),
        );
        let difficulty = match self.program {
            Program::Cpuminer => (*rng.pick(&["0.05", "0.5", "1.0", "8"])).to_owned(),
            _ => (1u64 << rng.between(12, 19)).to_string(),
        };
        talk.server(
            Duration::from_millis(1),
            format!("{{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[{difficulty}]}}\n"),
        );
        let job = self.notify(rng, plan.start, true);
        talk.server(Duration::from_millis(1), job);
        talk.facts.jobs += 1;
    }

    /// What a pool asks and tells beside work, and what bfgminer asks.
    pub(crate) fn small_talk(&mut self, rng: &mut Rng, account: &Account, talk: &mut Talk) {
        talk.client(
            Duration::from_millis(900),
            "{\"id\": \"xnsub\", \"method\": \"mining.extranonce.subscribe\", \"params\": []}\n",
        );
        talk.server(answer_time(rng), "{\"id\":\"xnsub\",\"result\":true,\"error\":null}\n");
        talk.server(
            Duration::from_millis(300),
            "{\"id\":9876,\"method\":\"client.get_version\",\"params\":[]}\n",
        );
        let agent = account.agent.clone().unwrap_or_default();
        talk.client(
            Duration::from_millis(1),
            format!("{{\"id\": 9876, \"result\": \"{agent}\", \"error\": null}}\n"),
        );
        talk.server(
            Duration::from_millis(40),
            "{\"id\":null,\"method\":\"client.show_message\",\"params\":[\"Authorised, welcome to pool.example\"]}\n",
        );
        let job = &self.job_id;
        talk.client(
            Duration::from_millis(15),
            format!("{{\"params\": [\"{job}\"], \"id\": \"txlist{job}\", \"method\": \"mining.get_transactions\"}}\n"),
        );
        let transactions: Vec<String> = (0..3).map(|_| format!("\"0200000001{}\"", rng.hex(110))).collect();
        let list = transactions.join(",");
        talk.server(
            answer_time(rng),
            format!("{{\"id\":\"txlist{job}\",\"result\":[{list}],\"error\":null}}\n"),
        );
        self.extranonce_size = 4;
        let first = rng.hex(6);
        talk.server(
            Duration::from_secs(2),
            format!("{{\"id\":null,\"method\":\"mining.set_extranonce\",\"params\":[\"{first}\",4]}}\n"),
        );
        let time = crate::stage::MORNING + Duration::from_secs(4);
        let job = self.notify(rng, time, false);
        talk.server(Duration::from_millis(1), job);
        talk.facts.jobs += 1;
    }

    fn notify(&mut self, rng: &mut Rng, time: Time, clean: bool) -> Vec<u8> {
        self.job_id = format!("{:x}", rng.below(1 << 40));
        let (before, after) = coinbase(rng, self.height, 4 + self.extranonce_size, time);
        let count = rng.between(9, 12);
        let branches: Vec<String> = (0..count).map(|_| format!("\"{}\"", rng.hex(32))).collect();
        let (job, previous, branches, seconds) =
            (&self.job_id, &self.previous, branches.join(","), time.seconds());
        format!("{{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"{job}\",\"{previous}\",\"{before}\",\"{after}\",[{branches}],\"20000000\",\"1701f0cc\",\"{seconds:08x}\",{clean}]}}\n").into_bytes()
    }
}

/// The previous block's hash as `mining.notify` shows it: its leading zeros end up at the end.
fn previous_hash(rng: &mut Rng) -> String {
    rng.hex(22) + &"0".repeat(20)
}

/// The coinbase transaction before and after the extra nonce: version, null input, script with the height
/// (BIP 34), two outputs (payout and witness commitment).
fn coinbase(rng: &mut Rng, height: u64, nonce_size: usize, time: Time) -> (String, String) {
    let mut script = vec![3];
    script.extend_from_slice(&height.to_le_bytes()[..3]);
    script.push(4);
    script.extend_from_slice(&(time.seconds() as u32).to_le_bytes());
    let tag = b"/drill.example/";
    let mut before = vec![2, 0, 0, 0, 1];
    before.extend_from_slice(&[0; 32]);
    before.extend_from_slice(&[0xFF; 4]);
    before.push((script.len() + nonce_size + tag.len()) as u8);
    before.extend(script);
    let mut after = tag.to_vec();
    after.extend_from_slice(&[0xFF; 4]);
    after.push(2);
    after.extend_from_slice(&(312_500_000 + rng.below(20_000_000)).to_le_bytes());
    after.extend_from_slice(&[0x16, 0, 0x14]);
    after.extend(rng.bytes(20));
    after.extend_from_slice(&[0; 8]);
    after.extend_from_slice(&[0x26, 0x6A, 0x24, 0xAA, 0x21, 0xA9, 0xED]);
    after.extend(rng.bytes(32));
    after.extend_from_slice(&[0; 4]);
    (hex(&before), hex(&after))
}

impl Dialect for Session {
    fn job(&mut self, rng: &mut Rng, time: Time) -> Vec<u8> {
        let clean = rng.chance(0.08);
        if clean {
            self.height += 1;
            self.previous = previous_hash(rng);
        }
        self.notify(rng, time, clean)
    }

    fn share(&mut self, rng: &mut Rng, time: Time, accepted: bool) -> (Vec<u8>, Vec<u8>) {
        let id = if self.program == Program::Cpuminer { "4".to_owned() } else { self.id("") };
        let seconds = time.seconds();
        let mut params = format!(
            "\"{}\", \"{}\", \"{}\", \"{seconds:08x}\", \"{}\"",
            self.login,
            self.job_id,
            rng.hex(self.extranonce_size),
            rng.hex(4)
        );
        if self.rolling {
            params.push_str(&format!(", \"{:08x}\"", rng.bits() as u32 & ROLLED));
        }
        let ask = match self.program {
            Program::Cpuminer => {
                format!("{{\"method\": \"mining.submit\", \"params\": [{params}], \"id\":{id}}}\n")
            }
            _ => format!("{{\"params\": [{params}], \"id\": {id}, \"method\": \"mining.submit\"}}\n"),
        };
        (ask.into_bytes(), answer(&id, accepted))
    }
}

/// A pool's answer to a share.
pub(crate) fn answer(id: &str, accepted: bool) -> Vec<u8> {
    if accepted {
        format!("{{\"id\":{id},\"result\":true,\"error\":null}}\n").into_bytes()
    } else {
        format!("{{\"id\":{id},\"result\":null,\"error\":[23,\"Low difficulty share\",null]}}\n").into_bytes()
    }
}

/// A whole ordinary session.
pub(crate) fn session(
    rng: &mut Rng,
    plan: &Plan,
    program: Program,
    account: &Account,
    rolling: bool,
) -> Talk {
    let mut talk = Talk::default();
    let mut session = Session::new(rng, program, account, rolling);
    session.open(rng, plan, account, None, &mut talk);
    talk.mine(rng, plan, &mut session);
    talk
}

/// Subscribed, then refused at the authorisation with this code and text.
pub(crate) fn refused(rng: &mut Rng, account: &Account, code: i32, reason: &str) -> Talk {
    let mut talk = Talk { facts: account.facts("stratum-bitcoin"), ..Talk::default() };
    let (agent, first, two) = (account.agent.clone().unwrap_or_default(), rng.hex(4), rng.hex(4));
    talk.exchange(
        rng,
        format!("{{\"id\": 0, \"method\": \"mining.subscribe\", \"params\": [\"{agent}\"]}}\n"),
        format!("{{\"id\":0,\"result\":[[[\"mining.notify\",\"{two}\"]],\"{first}\",4],\"error\":null}}\n"),
    );
    let login = account.login();
    talk.exchange(
        rng,
        format!("{{\"id\": 1, \"method\": \"mining.authorize\", \"params\": [\"{login}\", \"x\"]}}\n"),
        format!("{{\"id\":1,\"result\":null,\"error\":[{code},\"{reason}\",null]}}\n"),
    );
    talk
}
