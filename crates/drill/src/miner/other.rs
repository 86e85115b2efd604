//! KawPow, Kaspa, Ergo, Iron Fish, Conflux: one Stratum each, told apart by the shape of the job.
//!
//! Sources: RavenCommunity/kawpowminer `EthStratumClient.cpp`; onemorebsmith/kaspa-stratum-bridge;
//! MoneroOcean/nodejs-pool `lib/coins/core/factories.js` (Ergo); nicehash/Specifications (Iron Fish, Conflux).

use std::time::Duration;

use super::{Account, Dialect, Plan, Talk};
use sha3::{Digest, Keccak256};

use crate::rng::{Rng, hex};
use crate::scene::Time;

/// Which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    KawPow,
    Kaspa,
    Ergo,
    IronFish,
    Conflux,
}

/// A session after its login.
pub(crate) struct Session {
    family: Family,
    login: String,
    job: u64,
    height: u64,
    header: String,
    next: u64,
}

impl Dialect for Session {
    fn job(&mut self, rng: &mut Rng, time: Time) -> Vec<u8> {
        self.job += 1 + rng.below(3);
        self.height += 1;
        self.header = rng.hex(32);
        let (job, height, header, clean) = (self.job, self.height, &self.header, rng.chance(0.6));
        match self.family {
            Family::KawPow => {
                let (seed, target) = (seed_hash(height / 7500), format!("00000000{}", rng.hex(28)));
                format!("{{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"{job:x}\",\"{header}\",\"{seed}\",\"{target}\",{clean},{height},\"1b00c7d4\"]}}\n")
            }
            Family::Kaspa => {
                let words: Vec<String> = (0..4).map(|_| (rng.bits() | 1 << 63).to_string()).collect();
                let (words, milliseconds) = (words.join(","), time.0 / 1_000_000);
                format!("{{\"jsonrpc\":\"2.0\",\"id\":{job},\"method\":\"mining.notify\",\"params\":[\"{job}\",[{words}],{milliseconds}]}}\n")
            }
            Family::Ergo => {
                // a bound of 63 or more decimal digits
                let bound: String = (0..63).map(|at| char::from(b'0' + rng.between(u64::from(at == 0), 9) as u8)).collect();
                format!("{{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"{job:x}\",{height},\"{header}\",\"\",\"\",3,\"{bound}\",\"\",{clean}]}}\n")
            }
            Family::IronFish => {
                let header = rng.hex(180);
                format!("{{\"id\":{job},\"method\":\"mining.notify\",\"body\":{{\"miningRequestId\":{job},\"header\":\"{header}\"}}}}\n")
            }
            Family::Conflux => {
                let bound = format!("00000000{}", rng.hex(28));
                format!("{{\"id\":null,\"jsonrpc\":\"2.0\",\"method\":\"mining.notify\",\"params\":[\"{job:x}\",\"{height}\",\"0x{header}\",\"0x{bound}\"],\"xn\":\"3fa1\"}}\n")
            }
        }
        .into_bytes()
    }

    fn share(&mut self, rng: &mut Rng, _: Time, accepted: bool) -> (Vec<u8>, Vec<u8>) {
        let id = self.next;
        self.next += 1;
        let (login, job, header, nonce) = (&self.login, self.job, &self.header, rng.hex(8));
        let ask = match self.family {
            Family::KawPow => {
                let mix = rng.hex(32);
                format!(
                    "{{\"id\":{id},\"method\":\"mining.submit\",\"params\":[\"{login}\",\"{job:x}\",\"0x{nonce}\",\"0x{header}\",\"0x{mix}\"]}}\n"
                )
            }
            Family::Kaspa => format!(
                "{{\"id\":{id},\"method\":\"mining.submit\",\"params\":[\"{login}\",\"{job}\",\"0x{nonce}\"]}}\n"
            ),
            Family::Ergo => {
                let rest = &nonce[4..];
                format!(
                    "{{\"id\":{id},\"method\":\"mining.submit\",\"params\":[\"{login}\",\"{job:x}\",\"{rest}\",\"\",\"{nonce}\"]}}\n"
                )
            }
            Family::IronFish => format!(
                "{{\"id\":{id},\"method\":\"mining.submit\",\"body\":{{\"miningRequestId\":{job},\"randomness\":\"{nonce}\"}}}}\n"
            ),
            Family::Conflux => format!(
                "{{\"id\":{id},\"jsonrpc\":\"2.0\",\"method\":\"mining.submit\",\"params\":[\"{login}\",\"{job:x}\",\"0x{nonce}\",\"0x{header}\"]}}\n"
            ),
        };
        let answer = match (self.family, accepted) {
            (Family::IronFish, accepted) => {
                let result = if accepted {
                    "\"result\":true"
                } else {
                    "\"result\":false,\"message\":\"difficulty too low\""
                };
                format!(
                    "{{\"id\":{job},\"method\":\"mining.submitted\",\"body\":{{\"id\":{id},{result}}}}}\n"
                )
                .into_bytes()
            }
            (_, accepted) => super::bitcoin::answer(&id.to_string(), accepted),
        };
        (ask.into_bytes(), answer)
    }
}

/// The seed hash of an epoch: Keccak-256 so many times over 32 zero bytes (EIP-1057). An epoch of KawPow has 7500
/// blocks (RavenProject/Ravencoin `src/crypto/ethash/include/ethash/ethash.h`).
fn seed_hash(epoch: u64) -> String {
    hex(&(0..epoch).fold([0; 32], |seed, _| Keccak256::digest(seed).into()))
}

/// A whole session.
pub(crate) fn session(rng: &mut Rng, plan: &Plan, family: Family, account: &Account) -> Talk {
    let mut talk = Talk { facts: account.facts("stratum-bitcoin"), ..Talk::default() };
    let (agent, login, password) =
        (account.agent.clone().unwrap_or_default(), account.login(), &account.password);
    let (extra, target) = (rng.hex(2), format!("00000000ffff{}", "0".repeat(52)));
    let subscribe = match family {
        Family::IronFish => {
            talk.exchange(
                rng,
                format!("{{\"id\":0,\"method\":\"mining.subscribe\",\"body\":{{\"version\":3,\"agent\":\"{agent}\",\"publicAddress\":\"{login}\"}}}}\n"),
                format!("{{\"id\":0,\"method\":\"mining.subscribed\",\"body\":{{\"clientId\":\"{extra}\",\"xn\":\"{extra}\"}}}}\n"),
            );
            talk.server(
                Duration::from_millis(1),
                format!(
                    "{{\"id\":1,\"method\":\"mining.set_target\",\"body\":{{\"target\":\"{target}\"}}}}\n"
                ),
            );
            None
        }
        Family::Kaspa => Some("[true,\"EthereumStratum/1.0.0\"]".to_owned()),
        Family::Conflux => Some(format!("[\"{extra}\",\"3fa1\"]")),
        Family::KawPow => Some(format!("[null,\"{extra}\"]")),
        Family::Ergo => Some(format!("[[[\"mining.notify\",\"{extra}\"]],\"{extra}\",6]")),
    };
    if let Some(result) = subscribe {
        talk.exchange(
            rng,
            format!("{{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"{agent}\"]}}\n"),
            format!("{{\"id\":1,\"result\":{result},\"error\":null}}\n"),
        );
        talk.exchange(
            rng,
            format!("{{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"{login}\",\"{password}\"]}}\n"),
            "{\"id\":2,\"result\":true,\"error\":null}\n",
        );
        let push = match family {
            Family::Kaspa => "{\"id\":null,\"method\":\"set_extranonce\",\"params\":[\"0029\",6]}\n{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[4]}\n".to_owned(),
            Family::Ergo => "{\"id\":null,\"method\":\"mining.set_difficulty\",\"params\":[1]}\n".to_owned(),
            _ => format!("{{\"id\":null,\"method\":\"mining.set_target\",\"params\":[\"{target}\"]}}\n"),
        };
        talk.server(Duration::from_millis(1), push);
    }
    let height = match family {
        Family::KawPow => 4_060_000,
        Family::Ergo => 1_700_000,
        _ => 130_000_000,
    };
    let mut session = Session {
        family,
        login,
        job: rng.below(5_000),
        height: height + rng.below(1000),
        header: String::new(),
        next: 3,
    };
    talk.first_job(rng, plan, &mut session);
    talk.mine(rng, plan, &mut session);
    talk
}
