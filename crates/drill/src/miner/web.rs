//! Miners in web pages: the Coinhive family and webminerpool. One message per turn, without line ends.
//!
//! Sources: x25/coinhive-stratum-mining-proxy, deepwn/deepMiner `server.js`, notgiven688/webminerpool
//! `server/Server/Program.cs`.

use std::time::Duration;

use super::{Dialect, Plan, Talk, answer_time};
use crate::rng::{Rng, hex};
use crate::scene::{Facts, Time};

/// Which family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    /// `type` and `params`.
    Coinhive,
    /// `identifier`.
    Webminerpool,
}

struct Session {
    family: Family,
    job: u64,
    hashes: u64,
}

impl Dialect for Session {
    fn job(&mut self, rng: &mut Rng, time: Time) -> Vec<u8> {
        self.job = rng.below(1_000_000);
        let (job, previous) = (self.job, rng.bytes(32));
        let blob = super::cryptonote::blob(rng, time, &previous, None);
        match self.family {
            Family::Coinhive => format!(
                r#"{{"type":"job","params":{{"job_id":"{job}","blob":"{blob}","target":"ffffff00"}}}}"#
            ),
            Family::Webminerpool => format!(
                r#"{{"identifier":"job","job_id":"{job}","algo":"cn","variant":1,"height":0,"blob":"{blob}","target":"ffffff00"}}"#
            ),
        }
        .into_bytes()
    }

    fn share(&mut self, rng: &mut Rng, _: Time, accepted: bool) -> (Vec<u8>, Vec<u8>) {
        let (job, nonce, mut result) = (self.job, hex(&rng.bytes(4)), rng.bytes(32));
        result[31] = 0;
        let result = hex(&result);
        self.hashes += 256;
        let (ask, answer) = match (self.family, accepted) {
            (Family::Coinhive, true) => (
                format!(
                    r#"{{"type":"submit","params":{{"version":7,"job_id":"{job}","nonce":"{nonce}","result":"{result}"}}}}"#
                ),
                format!(r#"{{"type":"hash_accepted","params":{{"hashes":{}}}}}"#, self.hashes),
            ),
            (Family::Coinhive, false) => (
                format!(
                    r#"{{"type":"submit","params":{{"version":7,"job_id":"{job}","nonce":"{nonce}","result":"{result}"}}}}"#
                ),
                r#"{"type":"error","params":{"error":"low_difficulty"}}"#.to_owned(),
            ),
            (Family::Webminerpool, true) => (
                format!(
                    r#"{{"identifier":"solved","job_id":"{job}","nonce":"{nonce}","result":"{result}"}}"#
                ),
                r#"{"identifier":"hashsolved"}"#.to_owned(),
            ),
            (Family::Webminerpool, false) => (
                format!(
                    r#"{{"identifier":"solved","job_id":"{job}","nonce":"{nonce}","result":"{result}"}}"#
                ),
                r#"{"identifier":"error","param":"low difficulty"}"#.to_owned(),
            ),
        };
        (ask.into_bytes(), answer.into_bytes())
    }
}

/// A page's session. `key` is a site key or a wallet.
pub(crate) fn session(rng: &mut Rng, plan: &Plan, family: Family, key: &str) -> Talk {
    let wallet = (key.len() > 40).then(|| key.to_owned());
    let facts = Facts {
        protocol: Some("web-miner"),
        login: Some(key.to_owned()),
        coin: wallet.as_ref().map(|_| "XMR"),
        wallet,
        algorithm: (family == Family::Webminerpool).then_some("cn/1"),
        ..Facts::default()
    };
    let mut talk = Talk { facts, ..Talk::default() };
    let mut session = Session { family, job: 0, hashes: 0 };
    match family {
        Family::Coinhive => {
            let auth = format!(
                r#"{{"type":"auth","params":{{"site_key":"{key}","type":"anonymous","user":null,"goal":0}}}}"#
            );
            talk.exchange(rng, auth, r#"{"type":"authed","params":{"token":"","hashes":0}}"#);
        }
        Family::Webminerpool => {
            let handshake = format!(
                r#"{{"identifier":"handshake","pool":"pool.example","login":"{key}","password":"x","userid":"","version":8}}"#
            );
            talk.client(Duration::from_millis(2), handshake);
        }
    }
    let job = session.job(rng, plan.start);
    let wait = if family == Family::Coinhive { Duration::from_millis(1) } else { answer_time(rng) };
    talk.server(wait, job);
    talk.facts.jobs = 1;
    talk.mine(rng, plan, &mut session);
    talk
}
