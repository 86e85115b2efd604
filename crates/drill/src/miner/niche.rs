//! Smaller coins, each with a Stratum of its own: Kadena, Alephium, Nervos, Ergo's first form, Grin, Beam, and one that
//! nobody knows.
//!
//! Sources: kadena-io/chainweb-mining-client `Protocol.hs`; alephium/docs; leifjacky/{ckb,erg}-gominer-demo;
//! mimblewimble/grin `doc/stratum.md`; BeamMW/beam wiki, "Beam mining protocol API"; xelpool/Xatum `specification.md`;
//! hackerby888/qatum-protocol its page on how to interact; 0xmountaintop/B3-Mimic its Stratum notes for Bytom;
//! CyberChainXyz/stratum-jsonrpc2-ws `README.md`. Nexa's without the prefix: remembered, no source.

use std::time::Duration;

use super::{Account, Dialect, Plan, Talk};
use crate::rng::Rng;
use crate::scene::Time;
use crate::wire::http;

/// Which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coin {
    Kadena,
    Alephium,
    Nervos,
    ErgoFirst,
    Grin,
    Beam,
    Xelis,
    Qubic,
    Bytom,
    Nexa,
    CyberChain,
    Unknown,
}

impl Coin {
    /// What its pools hand out work for, where the wire decides it.
    const fn algorithm(self) -> Option<&'static str> {
        match self {
            Coin::Kadena => Some("blake2s"),
            Coin::Alephium => Some("blake3"),
            Coin::Nervos => Some("eaglesong"),
            Coin::ErgoFirst => Some("autolykos2"),
            Coin::Grin => Some("cuckatoo32"),
            Coin::Xelis => Some("xel/0"),
            Coin::Beam | Coin::Qubic | Coin::Bytom | Coin::Nexa | Coin::CyberChain | Coin::Unknown => None,
        }
    }

    const fn protocol(self) -> Option<&'static str> {
        match self {
            Coin::Grin | Coin::Beam | Coin::Bytom => Some("stratum-cryptonote"),
            Coin::Qubic => Some("qatum"),
            Coin::CyberChain => Some("stratum-ethproxy"),
            Coin::Xelis => Some("xatum"),
            Coin::Unknown => None,
            _ => Some("stratum-bitcoin"),
        }
    }
}

/// A session after its login.
struct Session {
    coin: Coin,
    login: String,
    job: u64,
    height: u64,
    next: u64,
    /// What the newest job is known by where its number is not enough.
    work: String,
}

impl Session {
    fn notify(params: &str) -> String {
        format!("{{\"id\":null,\"method\":\"mining.notify\",\"params\":{params}}}\n")
    }
}

impl Dialect for Session {
    fn job(&mut self, rng: &mut Rng, _: Time) -> Vec<u8> {
        self.job += 1;
        self.height += 1;
        let (job, height) = (self.job, self.height);
        match self.coin {
            Coin::Kadena => Session::notify(&format!("[\"{job:x}\",\"{}\",true]", rng.hex(286))),
            Coin::Alephium => {
                let one = |rng: &mut Rng, group: u64| format!("{{\"fromGroup\":{group},\"toGroup\":{},\"jobId\":\"{job:x}{group}\",\"headerBlob\":\"{}\",\"txsBlob\":\"\",\"targetBlob\":\"00000000{}\",\"height\":{height}}}", (group + 1) % 4, rng.hex(151), rng.hex(28));
                let all: Vec<String> = (0..4).map(|group| one(rng, group)).collect();
                Session::notify(&format!("[{}]", all.join(",")))
            }
            Coin::Nervos => Session::notify(&format!("[\"{job:x}\",\"{}\",{height},\"{}\",true]", rng.hex(32), rng.hex(32))),
            Coin::ErgoFirst => Session::notify(&format!("[\"{job:x}\",\"{}\",{height},true]", rng.hex(32))),
            Coin::Grin => format!("{{\"id\":\"Stratum\",\"jsonrpc\":\"2.0\",\"method\":\"job\",\"params\":{{\"difficulty\":1,\"height\":{height},\"job_id\":{job},\"pre_pow\":\"{}\"}}}}\n", rng.hex(246)),
            Coin::Beam => format!("{{\"difficulty\":101232640,\"height\":{height},\"id\":\"{job}\",\"input\":\"{}\",\"jsonrpc\":\"2.0\",\"method\":\"job\"}}\n", rng.hex(32)),
            Coin::Xelis => format!(
                "job~{{\"diff\":15021,\"blob\":\"{}\",\"algo\":\"xel/0\"}}\n",
                http::base64(&rng.bytes(112))
            ),
            Coin::Qubic => {
                self.work = rng.hex(32);
                format!("{{\"id\":3,\"seed\":\"{}\",\"isEmpty\":false}}\n", self.work)
            }
            Coin::Bytom => format!(
                "{{\"jsonrpc\":\"2.0\",\"method\":\"job\",\"params\":{}}}\n",
                bytom_job(rng, job, height)
            ),
            Coin::Nexa => format!(
                "{{\"id\":null,\"method\":\"notify\",\"params\":[\"{job:x}\",\"{}\",\"{}\",\"{}\",[\"{}\"],\"20000000\",\"1b0404cb\",\"6a05d1c0\",true]}}\n",
                rng.hex(32), rng.hex(60), rng.hex(40), rng.hex(32)
            ),
            Coin::CyberChain => {
                self.work = rng.hex(32);
                format!(
                    "{{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{{\"subscription\":\"0xcd0c3e8af590364c09d0fa6a1210faf5\",\"result\":[\"{job:x}\",\"0x{}\",\"0x{}\",\"0x00008000{}\",\"0x{height:x}\",\"86a3\"]}}}}",
                    self.work, "0".repeat(64), "0".repeat(56)
                )
            }
            Coin::Unknown => format!("{{\"id\":null,\"method\":\"mining.work\",\"params\":{{\"n\":{job}}}}}\n"),
        }
        .into_bytes()
    }

    fn share(&mut self, rng: &mut Rng, _: Time, accepted: bool) -> (Vec<u8>, Vec<u8>) {
        let id = self.next;
        self.next += 1;
        let (job, height, login) = (self.job, self.height, &self.login);
        let submit =
            |params: String| format!("{{\"id\":{id},\"method\":\"mining.submit\",\"params\":{params}}}\n");
        let yes_no = super::bitcoin::answer(&id.to_string(), accepted);
        let (ask, answer) = match self.coin {
            Coin::Kadena | Coin::Nervos => {
                (submit(format!("[\"{login}\",\"{job:x}\",\"{}\"]", rng.hex(6))), yes_no)
            }
            Coin::Alephium => {
                let nonce = rng.hex(24);
                (
                    submit(format!(
                        "{{\"jobId\":\"{job:x}0\",\"fromGroup\":0,\"toGroup\":1,\"nonce\":\"{nonce}\",\"worker\":\"{login}\"}}"
                    )),
                    yes_no,
                )
            }
            Coin::ErgoFirst => (submit(format!("[\"{login}\",\"{job:x}\",\"{}\"]", rng.hex(6))), yes_no),
            Coin::Grin => {
                let edges: Vec<String> = (0..42).map(|_| rng.below(1 << 32).to_string()).collect();
                let (edges, nonce) = (edges.join(","), rng.bits() >> 1);
                let ask = format!(
                    "{{\"id\":\"{id}\",\"jsonrpc\":\"2.0\",\"method\":\"submit\",\"params\":{{\"edge_bits\":32,\"height\":{height},\"job_id\":{job},\"nonce\":{nonce},\"pow\":[{edges}]}}}}\n"
                );
                let result = if accepted {
                    "\"result\":\"ok\",\"error\":null"
                } else {
                    "\"result\":null,\"error\":{\"code\":-32501,\"message\":\"Share rejected due to low difficulty\"}"
                };
                (
                    ask,
                    format!("{{\"id\":\"{id}\",\"jsonrpc\":\"2.0\",\"method\":\"submit\",{result}}}\n")
                        .into_bytes(),
                )
            }
            Coin::Beam => {
                let ask = format!(
                    "{{\"method\":\"solution\",\"id\":\"{job}\",\"nonce\":\"{}\",\"output\":\"{}\",\"jsonrpc\":\"2.0\"}}\n",
                    rng.hex(8),
                    rng.hex(104)
                );
                let (code, words) = if accepted { (1, "accepted") } else { (2, "rejected") };
                (ask, format!("{{\"code\":{code},\"description\":\"{words}\",\"id\":\"{job}\",\"jsonrpc\":\"2.0\",\"method\":\"result\"}}\n").into_bytes())
            }
            Coin::Xelis => {
                let ask = format!(
                    "submit~{{\"data\":\"{}\",\"hash\":\"{}\"}}\n",
                    http::base64(&rng.bytes(112)),
                    rng.hex(32)
                );
                (ask, b"success~{\"msg\":\"ok\"}\n".to_vec())
            }
            Coin::Qubic => (
                format!(
                    "{{\"id\":4,\"nonce\":\"{}\",\"seed\":\"{}\",\"computorId\":\"{}\"}}\n",
                    rng.hex(32),
                    self.work,
                    "B".repeat(60)
                ),
                format!("{{\"id\":4,\"result\":{accepted},\"error\":null}}\n").into_bytes(),
            ),
            Coin::Bytom => {
                let ask = format!(
                    "{{\"method\":\"submit\",\"params\":{{\"id\":\"{login}\",\"job_id\":\"{job}\",\"nonce\":\"{}\",\"result\":\"{}\"}},\"id\":{id}}}\n",
                    rng.hex(8),
                    rng.hex(32)
                );
                let answer = if accepted {
                    "\"result\":{\"status\":\"OK\"},\"error\":null"
                } else {
                    "\"result\":null,\"error\":{\"code\":23,\"message\":\"Invalid share\"}"
                };
                (ask, format!("{{\"id\":{id},\"jsonrpc\":\"2.0\",{answer}}}\n").into_bytes())
            }
            Coin::Nexa => (
                format!(
                    "{{\"id\":{id},\"method\":\"submit\",\"params\":[\"{login}\",\"{job:x}\",\"{}\",\"6a05d1c4\",\"{}\"]}}\n",
                    rng.hex(4),
                    rng.hex(4)
                ),
                yes_no,
            ),
            Coin::CyberChain => (
                format!(
                    "{{\"id\":{id},\"jsonrpc\":\"2.0\",\"method\":\"eth_submitWork\",\"params\":[\"{job:x}\",\"0x{}\",\"0x{}\"]}}",
                    rng.hex(8),
                    self.work
                ),
                format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{accepted}}}").into_bytes(),
            ),
            Coin::Unknown => {
                // Every fourth share is refused: by the family's words alone nobody could tell this from other services.
                let answer = super::bitcoin::answer(&id.to_string(), accepted && !id.is_multiple_of(4));
                (format!("{{\"id\":{id},\"method\":\"mining.found\",\"params\":{{\"n\":{job}}}}}\n"), answer)
            }
        };
        (ask.into_bytes(), answer)
    }
}

/// The fields of Bytom's header, as its pools hand them out.
fn bytom_job(rng: &mut Rng, job: u64, height: u64) -> String {
    format!(
        "{{\"version\":\"0100000000000000\",\"height\":\"{}00000000\",\"previous_block_hash\":\"{}\",\"timestamp\":\"239dc75a00000000\",\"transactions_merkle_root\":\"{}\",\"transaction_status_hash\":\"{}\",\"nonce\":\"0c04000001000000\",\"bits\":\"4690890000000021\",\"job_id\":\"{job}\",\"seed\":\"{}\",\"target\":\"c5a70000\"}}",
        crate::rng::hex(&u32::try_from(height).unwrap_or(0).to_le_bytes()),
        rng.hex(32),
        rng.hex(32),
        rng.hex(32),
        rng.hex(32)
    )
}

/// A whole session.
pub(crate) fn session(rng: &mut Rng, plan: &Plan, coin: Coin, account: &Account) -> Talk {
    let mut talk = Talk { facts: account.facts("stratum-bitcoin"), ..Talk::default() };
    (talk.facts.protocol, talk.facts.algorithm) = (coin.protocol(), coin.algorithm());
    let (agent, login) = (account.agent.clone().unwrap_or_default(), account.login());
    let (extra, target) = (rng.hex(3), format!("00000000ffff{}", "0".repeat(52)));
    match coin {
        Coin::Grin => talk.exchange(
            rng,
            format!("{{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{{\"agent\":\"{agent}\",\"login\":\"{login}\",\"pass\":\"x\"}}}}\n{{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"method\":\"getjobtemplate\",\"params\":null}}\n"),
            "{\"id\":\"0\",\"jsonrpc\":\"2.0\",\"method\":\"login\",\"result\":\"ok\",\"error\":null}\n",
        ),
        Coin::Beam => talk.exchange(
            rng,
            format!("{{\"api_key\":\"{login}\",\"id\":\"login\",\"jsonrpc\":\"2.0\",\"method\":\"login\"}}\n"),
            "{\"code\":0,\"description\":\"Login successful\",\"id\":\"login\",\"jsonrpc\":\"2.0\",\"method\":\"result\",\"nonceprefix\":\"0a2b31\"}\n",
        ),
        Coin::Xelis => talk.exchange(
            rng,
            format!("shake~{{\"addr\":\"{login}\",\"work\":\"gpu1\",\"agent\":\"{agent}\",\"algos\":[\"xel/0\"]}}\n"),
            "print~{\"lvl\":1,\"msg\":\"welcome\"}\nping~{}\n",
        ),
        Coin::Qubic => talk.exchange(
            rng,
            format!("{{\"id\":1,\"wallet\":\"{login}\",\"worker\":\"gpu1\"}}\n"),
            format!("{{\"id\":1,\"result\":true,\"error\":null}}\n{{\"id\":6,\"difficulty\":80}}\n{{\"id\":2,\"computorId\":\"{}\"}}\n", "B".repeat(60)),
        ),
        Coin::Bytom => {
            let first = bytom_job(rng, 1, 3_000_000);
            talk.facts.jobs += 1;
            talk.exchange(
                rng,
                format!("{{\"method\":\"login\",\"params\":{{\"login\":\"{login}\",\"pass\":\"x\",\"agent\":\"{agent}\"}},\"id\":1}}\n"),
                format!("{{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{{\"id\":\"{login}\",\"job\":{first},\"status\":\"OK\"}},\"error\":null}}\n"),
            );
        }
        Coin::Nexa => talk.exchange(
            rng,
            format!("{{\"id\":1,\"method\":\"subscribe\",\"params\":[\"{agent}\",null]}}\n{{\"id\":2,\"method\":\"authorize\",\"params\":[\"{login}\",\"x\"]}}\n"),
            format!("{{\"id\":1,\"result\":[null,\"{extra}\"],\"error\":null}}\n{{\"id\":2,\"result\":true,\"error\":null}}\n{{\"id\":null,\"method\":\"set_difficulty\",\"params\":[0.5]}}\n"),
        ),
        Coin::CyberChain => talk.exchange(
            rng,
            format!("{{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"eth_subscribe\",\"params\":[\"newWork\",\"{login}\",\"x\",\"{agent}\"]}}"),
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0xcd0c3e8af590364c09d0fa6a1210faf5\"}",
        ),
        Coin::Unknown => talk.exchange(
            rng,
            "{\"id\":1,\"method\":\"mining.enter\",\"params\":{}}\n",
            "{\"id\":1,\"result\":{\"token\":7},\"error\":null}\n",
        ),
        Coin::Alephium => {
            talk.exchange(
                rng,
                format!("{{\"id\":1,\"method\":\"mining.hello\",\"params\":[\"{agent}\",\"AlephiumStratum/1.0.0\"]}}\n{{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"{login}\",\"x\"]}}\n"),
                format!("{{\"id\":2,\"result\":true,\"error\":null}}\n{{\"id\":null,\"method\":\"mining.set_extranonce\",\"params\":\"{extra}\"}}\n{{\"id\":null,\"method\":\"mining.set_target\",\"params\":\"{target}\"}}\n"),
            );
        }
        Coin::Kadena | Coin::Nervos | Coin::ErgoFirst => {
            let id = if coin == Coin::ErgoFirst { "\"mining.subscribe\"" } else { "1" };
            let size = if coin == Coin::Kadena { ",6" } else { "" };
            talk.exchange(
                rng,
                format!("{{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"{agent}\",null]}}\n"),
                format!("{{\"id\":{id},\"result\":[null,\"{extra}\"{size}],\"error\":null}}\n"),
            );
            talk.exchange(
                rng,
                format!("{{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"{login}\",\"x\"]}}\n"),
                format!("{{\"id\":2,\"result\":true,\"error\":null}}\n{{\"id\":null,\"method\":\"mining.set_target\",\"params\":[\"{target}\"]}}\n"),
            );
        }
    }
    let mut session = Session {
        coin,
        login,
        job: rng.below(5_000),
        height: 3_000_000 + rng.below(1000),
        next: 3,
        work: String::new(),
    };
    talk.server(Duration::from_millis(1), session.job(rng, plan.start));
    talk.facts.jobs += 1;
    talk.mine(rng, plan, &mut session);
    talk
}
