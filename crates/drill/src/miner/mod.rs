//! Mining dialogues with their truth, one dialect per file.

pub(crate) mod bitcoin;
pub(crate) mod cryptonote;
pub(crate) mod equihash;
pub(crate) mod ethereum;
pub(crate) mod ethproxy;
pub(crate) mod niche;
pub(crate) mod odd_json;
pub(crate) mod other;
pub(crate) mod polled;
pub(crate) mod v2;
pub(crate) mod web;

use std::time::Duration;

use crate::rng::Rng;
use crate::scene::{Facts, Time};
use crate::tcp::{Side, Turn};
use crate::wallet::{Kind, address};

/// What a miner and its pool say, and what is true of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Talk {
    pub(crate) turns: Vec<Turn>,
    pub(crate) facts: Facts,
}

impl Talk {
    /// The client says it after this wait.
    pub(crate) fn client(&mut self, wait: Duration, text: impl AsRef<[u8]>) {
        self.turns.push(Turn { wait, from: Side::Client, bytes: text.as_ref().to_vec() });
    }

    /// The server says it after this wait.
    pub(crate) fn server(&mut self, wait: Duration, text: impl AsRef<[u8]>) {
        self.turns.push(Turn { wait, from: Side::Server, bytes: text.as_ref().to_vec() });
    }
}

/// Who mines, and for whom.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    /// The address that is paid; empty for a pool's user name.
    pub(crate) wallet: String,
    /// What follows it in the login: `.rig1`, `+50000`, or a whole user name.
    pub(crate) suffix: String,
    /// Password.
    pub(crate) password: String,
    /// Worker name sent apart from the login.
    pub(crate) rig: Option<String>,
    /// What the program calls itself.
    pub(crate) agent: Option<String>,
}

impl Account {
    /// A wallet of the exercise with `.worker` behind it.
    pub(crate) fn new(kind: Kind, seed: u64, worker: &str, agent: &str) -> Self {
        let suffix = if worker.is_empty() { String::new() } else { format!(".{worker}") };
        Self { suffix, ..Self::user(&address(kind, seed), agent) }
    }

    /// Someone known to the pool by this text alone.
    pub(crate) fn user(wallet: &str, agent: &str) -> Self {
        Self {
            wallet: wallet.to_owned(),
            suffix: String::new(),
            password: "x".to_owned(),
            rig: None,
            agent: (!agent.is_empty()).then(|| agent.to_owned()),
        }
    }

    /// The login as it is sent.
    pub(crate) fn login(&self) -> String {
        format!("{}{}", self.wallet, self.suffix)
    }

    /// What the login says.
    pub(crate) fn facts(&self, protocol: &'static str) -> Facts {
        let worker = self.suffix.strip_prefix(['.', '/']).map(str::to_owned).or_else(|| self.rig.clone());
        Facts {
            protocol: Some(protocol),
            login: Some(self.login()),
            wallet: (self.wallet.len() >= 26).then(|| self.wallet.clone()),
            worker,
            agent: self.agent.clone(),
            ..Facts::default()
        }
    }
}

/// One dialect in one session: what is said when something happens.
pub(crate) trait Dialect {
    /// The pool sends new work.
    fn job(&mut self, rng: &mut Rng, time: Time) -> Vec<u8>;
    /// The miner sends a share; request and answer.
    fn share(&mut self, rng: &mut Rng, time: Time, accepted: bool) -> (Vec<u8>, Vec<u8>);
    /// Nothing was said for a minute; request and answer, where the program does something about it.
    fn quiet(&mut self, _rng: &mut Rng) -> Option<(Vec<u8>, Vec<u8>)> {
        None
    }
}

/// How a session goes.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// When it begins: jobs carry the time.
    pub(crate) start: Time,
    /// How long it lasts.
    pub(crate) length: Duration,
    /// Mean time between jobs.
    pub(crate) job_every: Duration,
    /// Mean time between shares.
    pub(crate) share_every: Duration,
    /// Probability that a share is refused.
    pub(crate) rejected: f64,
}

impl Plan {
    /// A few minutes of mining with some ten shares.
    pub(crate) fn short(start: Time) -> Self {
        Self {
            start,
            length: Duration::from_secs(300),
            job_every: Duration::from_secs(40),
            share_every: Duration::from_secs(20),
            rejected: 0.1,
        }
    }
}

/// What happens next in a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Happening {
    /// The pool has new work.
    Job,
    /// The miner found a share, and whether the pool will like it.
    Share {
        /// The pool's answer.
        accepted: bool,
    },
    /// Nothing was said for a minute.
    Quiet,
}

/// Jobs by template refresh with jitter, shares by Poisson: wait since the one before, time since the start, what.
pub(crate) fn happenings(rng: &mut Rng, plan: &Plan) -> Vec<(Duration, Time, Happening)> {
    const QUIET: Duration = Duration::from_secs(60); // xmrig's keepalive (src/base/net/stratum/Client.h)
    let mut list = Vec::new();
    let job_wait = |rng: &mut Rng| plan.job_every.mul_f64(0.7 + 0.6 * rng.unit());
    let (mut now, mut job, mut share) = (Duration::ZERO, job_wait(rng), rng.wait(plan.share_every));
    loop {
        let next = job.min(share);
        if next >= plan.length {
            return list;
        }
        if next - now > QUIET + Duration::from_secs(1) {
            now += QUIET;
            list.push((QUIET, plan.start + now, Happening::Quiet));
            continue;
        }
        let what = if job <= share {
            job += job_wait(rng);
            Happening::Job
        } else {
            share += rng.wait(plan.share_every);
            Happening::Share { accepted: !rng.chance(plan.rejected) }
        };
        list.push((next - now, plan.start + next, what));
        now = next;
    }
}

impl Talk {
    /// Plays jobs and shares until the plan ends, and counts them.
    pub(crate) fn mine(&mut self, rng: &mut Rng, plan: &Plan, dialect: &mut dyn Dialect) {
        let mut silent = Duration::ZERO; // passed without a word
        for (wait, time, what) in happenings(rng, plan) {
            let wait = wait + std::mem::take(&mut silent);
            match what {
                Happening::Job => {
                    let job = dialect.job(rng, time);
                    self.server(wait, job);
                    self.facts.jobs += 1;
                }
                Happening::Share { accepted } => {
                    let (share, answer) = dialect.share(rng, time, accepted);
                    self.client(wait, share);
                    self.server(answer_time(rng), answer);
                    *if accepted {
                        &mut self.facts.shares_accepted
                    } else {
                        &mut self.facts.shares_rejected
                    } += 1;
                }
                Happening::Quiet => match dialect.quiet(rng) {
                    Some((ask, answer)) => {
                        self.client(wait, ask);
                        self.server(answer_time(rng), answer);
                    }
                    None => silent = wait,
                },
            }
        }
    }

    /// The client asks, the server answers.
    pub(crate) fn exchange(&mut self, rng: &mut Rng, ask: impl AsRef<[u8]>, answer: impl AsRef<[u8]>) {
        self.client(Duration::from_millis(2), ask);
        self.server(answer_time(rng), answer);
    }

    /// Sends the first job together with what came before.
    pub(crate) fn first_job(&mut self, rng: &mut Rng, plan: &Plan, dialect: &mut dyn Dialect) {
        let job = dialect.job(rng, plan.start);
        self.server(Duration::from_millis(1), job);
        self.facts.jobs += 1;
    }
}

/// How long a pool thinks before it answers.
pub(crate) fn answer_time(rng: &mut Rng) -> Duration {
    rng.delay(Duration::from_millis(9), 0.6)
}
