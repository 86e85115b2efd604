//! EthereumStratum 1 (NiceHash) and 2, and ethminer's Stratum mode before them.
//!
//! Sources: nicehash/Specifications `EthereumStratum_NiceHash_v1.0.0.txt`;
//! AndreaLanfranchi/EthereumStratum-2.0.0 `README.md`; ethereum-mining/ethminer
//! `libpoolprotocols/stratum/EthStratumClient.cpp`.

use std::time::Duration;

use super::{Account, Dialect, Plan, Talk};
use crate::rng::Rng;
use crate::scene::Time;

/// A session of version 1 after subscribing.
pub(crate) struct First {
    login: String,
    seed: String,
    job_id: String,
    extranonce_size: usize,
    next: u64,
}

impl Dialect for First {
    fn job(&mut self, rng: &mut Rng, _: Time) -> Vec<u8> {
        self.job_id = rng.hex(4);
        let (job, seed, header, clean) = (&self.job_id, &self.seed, rng.hex(32), rng.chance(0.7));
        format!("{{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"{job}\",\"{seed}\",\"{header}\",{clean}]}}\n")
            .into_bytes()
    }

    fn share(&mut self, rng: &mut Rng, _: Time, accepted: bool) -> (Vec<u8>, Vec<u8>) {
        let (id, login, job) = (self.next, &self.login, &self.job_id);
        self.next += 1;
        let nonce = rng.hex(8 - self.extranonce_size);
        let ask = format!(
            "{{\"id\":{id},\"method\":\"mining.submit\",\"params\":[\"{login}\",\"{job}\",\"{nonce}\"]}}\n"
        );
        let answer = if accepted {
            format!("{{\"id\":{id},\"result\":true,\"error\":null}}\n")
        } else {
            format!("{{\"id\":{id},\"result\":false,\"error\":[-1,\"Job not found\",null]}}\n")
        };
        (ask.into_bytes(), answer.into_bytes())
    }
}

/// A whole session of version 1 with a 3-byte extra nonce.
pub(crate) fn first(rng: &mut Rng, plan: &Plan, account: &Account) -> Talk {
    let mut talk = Talk { facts: account.facts("stratum-ethereum"), ..Talk::default() };
    let (agent, own, extra) = (account.agent.clone().unwrap_or_default(), rng.hex(16), rng.hex(3));
    talk.exchange(
        rng,
        format!("{{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"{agent}\",\"EthereumStratum/1.0.0\"]}}\n"),
        format!("{{\"id\":1,\"result\":[[\"mining.notify\",\"{own}\",\"EthereumStratum/1.0.0\"],\"{extra}\"],\"error\":null}}\n"),
    );
    talk.exchange(
        rng,
        "{\"id\":2,\"method\":\"mining.extranonce.subscribe\",\"params\":[]}\n",
        "{\"id\":2,\"result\":true,\"error\":null}\n",
    );
    let (login, password) = (account.login(), &account.password);
    talk.exchange(
        rng,
        format!("{{\"id\":3,\"method\":\"mining.authorize\",\"params\":[\"{login}\",\"{password}\"]}}\n"),
        "{\"id\":3,\"result\":true,\"error\":null}\n",
    );
    talk.server(
        Duration::from_millis(1),
        "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[0.5]}\n",
    );
    let mut session = First { login, seed: rng.hex(32), job_id: String::new(), extranonce_size: 3, next: 4 };
    talk.first_job(rng, plan, &mut session);
    talk.mine(rng, plan, &mut session);
    talk
}

/// A session in ethminer's own Stratum mode after its login.
pub(crate) struct Plain {
    login: String,
    worker: String,
    seed: String,
    header: String,
}

impl Dialect for Plain {
    fn job(&mut self, rng: &mut Rng, _: Time) -> Vec<u8> {
        self.header = rng.hex(32);
        let (header, seed, target, clean) = (&self.header, &self.seed, rng.hex(28), rng.chance(0.7));
        format!("{{\"id\":null,\"jsonrpc\":\"2.0\",\"method\":\"mining.notify\",\"params\":[\"0x{header}\",\"0x{header}\",\"0x{seed}\",\"0x00000000{target}\",{clean}]}}\n").into_bytes()
    }

    fn share(&mut self, rng: &mut Rng, _: Time, accepted: bool) -> (Vec<u8>, Vec<u8>) {
        let (login, worker, header) = (&self.login, &self.worker, &self.header);
        let (nonce, mix) = (rng.hex(8), rng.hex(32));
        let ask = format!(
            "{{\"id\":40,\"jsonrpc\":\"2.0\",\"method\":\"mining.submit\",\"params\":[\"{login}\",\"0x{header}\",\"0x{nonce}\",\"0x{header}\",\"0x{mix}\"],\"worker\":\"{worker}\"}}\n"
        );
        let answer = if accepted {
            "{\"id\":40,\"jsonrpc\":\"2.0\",\"result\":true}\n"
        } else {
            "{\"id\":40,\"jsonrpc\":\"2.0\",\"result\":false,\"error\":{\"code\":23,\"message\":\"Invalid share\"}}\n"
        };
        (ask.into_bytes(), answer.as_bytes().to_vec())
    }
}

/// A whole session in that mode: subscribe without agent, the target in each job, constant ids.
pub(crate) fn plain(rng: &mut Rng, plan: &Plan, account: &Account) -> Talk {
    let mut talk = Talk { facts: account.facts("stratum-bitcoin"), ..Talk::default() };
    talk.exchange(
        rng,
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"mining.subscribe\",\"params\":[]}\n",
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":true}\n",
    );
    let (login, password, worker) =
        (account.login(), &account.password, account.rig.clone().unwrap_or_default());
    talk.exchange(
        rng,
        format!("{{\"id\":3,\"jsonrpc\":\"2.0\",\"method\":\"mining.authorize\",\"params\":[\"{login}\",\"{password}\"],\"worker\":\"{worker}\"}}\n"),
        "{\"id\":3,\"jsonrpc\":\"2.0\",\"result\":true}\n",
    );
    let mut session = Plain { login, worker, seed: rng.hex(32), header: String::new() };
    talk.first_job(rng, plan, &mut session);
    talk.mine(rng, plan, &mut session);
    talk
}

/// A session of version 2 after its login.
pub(crate) struct Second {
    token: String,
    job_id: String,
    height: u64,
    next: u64,
}

impl Dialect for Second {
    fn job(&mut self, rng: &mut Rng, _: Time) -> Vec<u8> {
        self.job_id = rng.hex(4);
        self.height += 1;
        let (job, height, header, clean) =
            (&self.job_id, self.height, rng.hex(32), u8::from(rng.chance(0.7)));
        format!("{{\"method\":\"mining.notify\",\"params\":[\"{job}\",\"{height:x}\",\"{header}\",\"{clean}\"]}}\n").into_bytes()
    }

    fn share(&mut self, rng: &mut Rng, _: Time, accepted: bool) -> (Vec<u8>, Vec<u8>) {
        let (id, job, token, nonce) = (self.next, &self.job_id, &self.token, rng.hex(5));
        self.next += 1;
        let ask = format!(
            "{{\"id\":{id},\"method\":\"mining.submit\",\"params\":[\"{job}\",\"{nonce}\",\"{token}\"]}}\n"
        );
        let answer = if accepted {
            format!("{{\"id\":{id}}}\n")
        } else {
            format!("{{\"id\":{id},\"error\":{{\"code\":404,\"message\":\"Job not found\"}}}}\n")
        };
        (ask.into_bytes(), answer.into_bytes())
    }

    fn quiet(&mut self, rng: &mut Rng) -> Option<(Vec<u8>, Vec<u8>)> {
        let (id, token, rate) = (self.next, &self.token, 0x0390_0000 + rng.below(0x1000));
        self.next += 1;
        let ask =
            format!("{{\"id\":{id},\"method\":\"mining.hashrate\",\"params\":[\"{rate:x}\",\"{token}\"]}}\n");
        Some((ask.into_bytes(), format!("{{\"id\":{id}}}\n").into_bytes()))
    }
}

/// A whole session of version 2.
pub(crate) fn second(rng: &mut Rng, plan: &Plan, account: &Account, host: &str, port: u16) -> Talk {
    let mut talk = Talk { facts: account.facts("stratum-ethereum"), ..Talk::default() };
    talk.facts.algorithm = Some("ethash");
    let (agent, session) = (account.agent.clone().unwrap_or_default(), rng.hex(6));
    talk.exchange(
        rng,
        format!("{{\"id\":0,\"method\":\"mining.hello\",\"params\":{{\"agent\":\"{agent}\",\"host\":\"{host}\",\"port\":\"{port:x}\",\"proto\":\"EthereumStratum/2.0.0\"}}}}\n"),
        "{\"id\":0,\"result\":{\"proto\":\"EthereumStratum/2.0.0\",\"encoding\":\"plain\",\"resume\":\"1\",\"timeout\":\"b4\",\"maxerrors\":\"5\",\"node\":\"Geth/v1.13.0\"},\"error\":null}\n",
    );
    talk.exchange(
        rng,
        "{\"id\":1,\"method\":\"mining.subscribe\"}\n",
        format!("{{\"id\":1,\"result\":\"s-{session}\",\"error\":null}}\n"),
    );
    let (login, password) = (account.login(), &account.password);
    talk.exchange(
        rng,
        format!("{{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"{login}\",\"{password}\"]}}\n"),
        "{\"id\":2,\"result\":\"w-123\",\"error\":null}\n",
    );
    let (epoch, extra, target) = (rng.between(0x150, 0x2E0), rng.hex(3), rng.hex(26));
    talk.server(
        Duration::from_millis(1),
        format!("{{\"method\":\"mining.set\",\"params\":{{\"epoch\":\"{epoch:x}\",\"target\":\"1{target}\",\"algo\":\"ethash\",\"extranonce\":\"{extra}\"}}}}\n"),
    );
    let mut session = Second { token: "w-123".to_owned(), job_id: String::new(), height: 0x15_7000, next: 3 };
    talk.first_job(rng, plan, &mut session);
    talk.mine(rng, plan, &mut session);
    talk
}
