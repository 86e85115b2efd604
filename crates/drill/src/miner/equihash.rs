//! Equihash: Zcash's Stratum (ZIP 301) and Zhash with a personalisation.

use std::time::Duration;

use super::{Account, Dialect, Plan, Talk};
use crate::rng::{Rng, hex};
use crate::scene::Time;

/// Parameters of Equihash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variant {
    /// n 200, k 9: 1344 bytes of solution (Zcash).
    Zcash,
    /// n 144, k 5: 100 bytes (Bitcoin Gold and others), named in each job.
    Zhash,
}

/// A session after subscribing.
pub(crate) struct Session {
    variant: Variant,
    login: String,
    job_id: String,
    previous: String,
    nonce_size: usize,
    jobs: u64,
}

impl Session {
    fn target(rng: &mut Rng, shift: u64) -> String {
        let leading = 4 + shift.min(2) as usize;
        let digits = "0".repeat(leading) + &rng.hex(32);
        format!("{{\"id\":null,\"method\":\"mining.set_target\",\"params\":[\"{}\"]}}\n", &digits[..64])
    }
}

/// Bytes of the header numbers are in header order here: 4 is `04000000`.
fn header_order(number: u32) -> String {
    hex(&number.to_le_bytes())
}

impl Dialect for Session {
    fn job(&mut self, rng: &mut Rng, time: Time) -> Vec<u8> {
        self.jobs += 1;
        self.job_id = rng.hex(5);
        let clean = self.jobs == 1 || rng.chance(0.4);
        if clean {
            self.previous = rng.hex(32);
        }
        let mut text = String::new();
        if self.jobs.is_multiple_of(3) {
            text.push_str(&Self::target(rng, self.jobs / 3));
        }
        let extra = if self.variant == Variant::Zhash { ",\"144_5\",\"BgoldPoW\"" } else { "" };
        text.push_str(&format!(
            "{{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"{}\",\"{}\",\"{}\",\"{}\",\"{}\",\"{}\",\"{}\",{clean}{extra}]}}\n",
            self.job_id,
            header_order(4),
            self.previous,
            rng.hex(32),
            rng.hex(32),
            header_order(time.seconds() as u32),
            header_order(0x1C01_2C3D),
        ));
        text.into_bytes()
    }

    fn share(&mut self, rng: &mut Rng, time: Time, accepted: bool) -> (Vec<u8>, Vec<u8>) {
        let (length, size) = match self.variant {
            Variant::Zcash => ("fd4005", 1344),
            Variant::Zhash => ("64", 100),
        };
        let (nonce, solution) = (rng.hex(self.nonce_size), rng.hex(size));
        let ask = format!(
            "{{\"id\":4,\"method\":\"mining.submit\",\"params\":[\"{}\",\"{}\",\"{}\",\"{nonce}\",\"{length}{solution}\"]}}\n",
            self.login,
            self.job_id,
            header_order(time.seconds() as u32)
        );
        (ask.into_bytes(), super::bitcoin::answer("4", accepted))
    }
}

/// A whole session; all shares carry the id 4.
pub(crate) fn session(
    rng: &mut Rng,
    plan: &Plan,
    variant: Variant,
    account: &Account,
    host: &str,
    port: u16,
) -> Talk {
    let mut talk = Talk { facts: account.facts("stratum-zcash"), ..Talk::default() };
    let agent = account.agent.clone().unwrap_or_default();
    let first = rng.hex(8);
    talk.exchange(
        rng,
        format!(
            "{{\"id\":1,\"method\":\"mining.subscribe\",\"params\":[\"{agent}\",null,\"{host}\",{port}]}}\n"
        ),
        format!("{{\"id\":1,\"result\":[null,\"{first}\"],\"error\":null}}\n"),
    );
    let (login, password) = (account.login(), &account.password);
    talk.exchange(
        rng,
        format!("{{\"id\":2,\"method\":\"mining.authorize\",\"params\":[\"{login}\",\"{password}\"]}}\n"),
        "{\"id\":2,\"result\":true,\"error\":null}\n",
    );
    let target = Session::target(rng, 0);
    talk.server(Duration::from_millis(1), target);
    let mut session =
        Session { variant, login, job_id: String::new(), previous: String::new(), nonce_size: 24, jobs: 0 };
    talk.first_job(rng, plan, &mut session);
    talk.mine(rng, plan, &mut session);
    talk
}
