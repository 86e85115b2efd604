//! Mining dialogues with their truth, one dialect per file.

pub(crate) mod cryptonote;

use std::time::Duration;

use crate::rng::Rng;
use crate::scene::{Facts, Time};
use crate::tcp::{Side, Turn};

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

/// How long a pool thinks before it answers.
pub(crate) fn answer_time(rng: &mut Rng) -> Duration {
    rng.delay(Duration::from_millis(9), 0.6)
}
