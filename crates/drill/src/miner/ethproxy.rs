//! eth-proxy: getWork over a TCP line, new work pushed as an answer with id 0.
//!
//! Sources: sammy007/open-ethereum-pool `proxy/handlers.go`, ethereum-mining/ethminer
//! `libpoolprotocols/stratum/EthStratumClient.cpp`.

use super::{Account, Dialect, Plan, Talk};
use crate::rng::Rng;
use crate::scene::Time;

/// A session after its login.
pub(crate) struct Session {
    worker: String,
    header: String,
    seed: String,
    /// The target without its leading zeros, as some pools send it.
    short_target: bool,
    height: u64,
}

impl Session {
    fn work(&mut self, rng: &mut Rng, id: u32) -> Vec<u8> {
        self.header = rng.hex(32);
        self.height += 1;
        let zeros = if self.short_target { "" } else { "00000000" };
        let target = format!("{zeros}{}{}", "5ba03f80", rng.hex(24));
        format!(
            "{{\"id\":{id},\"jsonrpc\":\"2.0\",\"result\":[\"0x{}\",\"0x{}\",\"0x{target}\",\"0x{:x}\"]}}\n",
            self.header, self.seed, self.height
        )
        .into_bytes()
    }
}

impl Dialect for Session {
    fn job(&mut self, rng: &mut Rng, _: Time) -> Vec<u8> {
        self.work(rng, 0)
    }

    fn share(&mut self, rng: &mut Rng, _: Time, accepted: bool) -> (Vec<u8>, Vec<u8>) {
        let (worker, header) = (&self.worker, &self.header);
        let (nonce, mix) = (rng.hex(8), rng.hex(32));
        let ask = format!(
            "{{\"id\":4,\"worker\":\"{worker}\",\"jsonrpc\":\"2.0\",\"method\":\"eth_submitWork\",\"params\":[\"0x{nonce}\",\"0x{header}\",\"0x{mix}\"]}}\n"
        );
        let answer = format!("{{\"id\":4,\"jsonrpc\":\"2.0\",\"result\":{accepted}}}\n");
        (ask.into_bytes(), answer.into_bytes())
    }

    fn quiet(&mut self, rng: &mut Rng) -> Option<(Vec<u8>, Vec<u8>)> {
        let (worker, rate, id) = (&self.worker, 60_000_000 + rng.below(1_000_000), rng.hex(32));
        let ask = format!(
            "{{\"id\":6,\"worker\":\"{worker}\",\"jsonrpc\":\"2.0\",\"method\":\"eth_submitHashrate\",\"params\":[\"0x{rate:064x}\",\"0x{id}\"]}}\n"
        );
        Some((ask.into_bytes(), b"{\"id\":6,\"jsonrpc\":\"2.0\",\"result\":true}\n".to_vec()))
    }
}

/// A whole session.
pub(crate) fn session(rng: &mut Rng, plan: &Plan, account: &Account, short_target: bool) -> Talk {
    let mut talk = Talk { facts: account.facts("stratum-ethproxy"), ..Talk::default() };
    let worker = account.rig.clone().unwrap_or_default();
    let mut session = Session {
        worker: worker.clone(),
        header: String::new(),
        seed: rng.hex(32),
        short_target,
        height: 22_500_000,
    };
    let (login, password) = (account.login(), &account.password);
    talk.exchange(
        rng,
        format!("{{\"worker\":\"{worker}\",\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"eth_submitLogin\",\"params\":[\"{login}\",\"{password}\"]}}\n"),
        "{\"id\":2,\"jsonrpc\":\"2.0\",\"result\":true}\n",
    );
    let first = session.work(rng, 3);
    talk.exchange(rng, "{\"id\":3,\"jsonrpc\":\"2.0\",\"method\":\"eth_getWork\",\"params\":[]}\n", first);
    talk.facts.jobs = 1;
    talk.mine(rng, plan, &mut session);
    talk
}
