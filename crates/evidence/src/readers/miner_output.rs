//! Reads a miner's own log or screen: per pool one fact, with the line that shows it best.

use crate::text::{Text, beginning};
use crate::{Certainty, Intake, Opened, Reader, ReaderUnit, Source};
use model::{
    At, EvidenceId, Fact, Machine, Message, Meta, MinerLog, Observation, Origin, Reach, Time, UnitKind,
};
use parse::text::miner_log::{Said, Seen, Shares, read};
use parse::text::stamp;

pub(crate) static UNIT: ReaderUnit = ReaderUnit {
    meta: Meta {
        id: "miner-output",
        kind: UnitKind::Reader,
        summary: "miner-output-summary",
        doc: include_str!("miner_output.md"),
        doc_zh: include_str!("miner_output.zh.md"),
        since: "0.1.0",
        messages: &[NO_ZONE, POOLS_LEFT_OUT, LINES_CUT],
        parameters: &[],
    },
    probe,
    begins,
    open,
};

/// The times name no zone.
const NO_ZONE: &str = "miner-output-no-zone";
/// More pools than are kept.
const POOLS_LEFT_OUT: &str = "miner-output-pools-left-out";
/// Lines longer than any of a log.
const LINES_CUT: &str = "miner-output-lines-cut";

/// Pools of one log; cgminer's lists may name hundreds.
const POOLS: usize = 32;
/// Characters of a line that are shown.
const SHOWN: usize = 300;

fn probe(head: &[u8]) -> Certainty {
    let Some(text) = beginning(head) else { return Certainty::No };
    let mut seen = Seen::default();
    text.lines().for_each(|line| seen.see(line));
    if seen.is_log() { Certainty::Certain } else { Certainty::No }
}

fn begins(head: &[u8]) -> Option<Time> {
    let text = beginning(head)?;
    text.lines().find_map(|line| stamp::split(line).0.nanos).map(Time::from_nanos)
}

fn open(evidence: EvidenceId, _: &[u8]) -> Opened {
    Ok(Box::new(MinerOutput { evidence, text: Text::default(), sums: Sums::default() }))
}

struct MinerOutput {
    evidence: EvidenceId,
    text: Text,
    sums: Sums,
}

/// What the log says so far.
#[derive(Default)]
struct Sums {
    program: Option<String>,
    is_proxy: bool,
    pools: Vec<Pool>,
    /// The pool in use.
    current: Option<usize>,
    left_out: u64,
    /// Accepted and rejected as the last line that counted said.
    counted: (u64, u64),
    records: u64,
    span: Option<(Time, Time)>,
}

/// One pool, and the line that shows it best: a share, else a job, else the first about it.
#[derive(Default)]
struct Pool {
    log: MinerLog,
    line: u64,
    shows: u8,
}

impl Reader for MinerOutput {
    fn step(&mut self, source: &mut Source, intake: &mut Intake) -> bool {
        let sums = &mut self.sums;
        let before = sums.records;
        let more = self.text.step(source, &mut |number, line| sums.line(number, line));
        intake.records = sums.records - before;
        if more {
            return true;
        }
        if let Some((first, last)) = sums.span {
            (intake.first, intake.last) = (Some(first), Some(last));
            intake.gaps.add(At::Whole, Message::new(NO_ZONE));
        }
        intake.gaps.add_many(At::Whole, Message::new(POOLS_LEFT_OUT), sums.left_out);
        intake.gaps.add_many(At::Whole, Message::new(LINES_CUT), self.text.cut());
        let time = sums.span.map_or(Time::UNKNOWN, |(_, last)| last);
        let mut tell = |at: At, fact: Fact| {
            intake.observations.push(Observation {
                time,
                origin: Origin { evidence: self.evidence, at },
                fact,
            });
        };
        tell(At::Whole, Fact::Machine(Box::new(Machine { reach: Reach::Files, ..Machine::default() })));
        for pool in sums.told() {
            tell(At::Line(pool.line), Fact::MinerLog(Box::new(pool.log)));
        }
        false
    }
}

impl Sums {
    fn line(&mut self, number: u64, line: &str) {
        let Some(said) = read(line) else { return };
        self.records += 1;
        self.program = said.program.clone().or_else(|| self.program.take());
        self.is_proxy |= said.is_proxy;
        let time = stamp::split(line).0.nanos.map(Time::from_nanos);
        if let Some(time) = time {
            self.span = Some(widened(self.span, time));
        }
        if let Some(name) = &said.pool {
            self.current = self.place(name);
        }
        let is_work = said.job || said.shares.is_some() || said.failed || said.hashrate.is_some();
        if self.current.is_none() && (is_work || said.algorithm.is_some() || said.login.is_some()) {
            self.current = self.place("");
        }
        let shares = self.shares(said.shares);
        let Some(pool) = self.current.and_then(|at| self.pools.get_mut(at)) else { return };
        pool.take(number, line, said, shares, time);
    }

    /// Where a pool is kept; a name alone is the pool of that name.
    fn place(&mut self, name: &str) -> Option<usize> {
        let same = |known: &str| {
            known == name || known.rsplit_once(':').is_some_and(|(host, _)| host == name) || known.is_empty()
        };
        let known = self.pools.iter().position(|pool| same(pool.log.pool.as_deref().unwrap_or_default()));
        if let Some(at) = known {
            // What came before the first name was of that pool.
            let log = self.pools.get_mut(at).map(|pool| &mut pool.log)?;
            log.pool = log.pool.take().or_else(|| Some(name.to_owned()).filter(|name| !name.is_empty()));
            return Some(at);
        }
        if self.pools.len() >= POOLS {
            self.left_out += 1;
            return None;
        }
        let log =
            MinerLog { pool: Some(name.to_owned()).filter(|name| !name.is_empty()), ..MinerLog::default() };
        self.pools.push(Pool { log, ..Pool::default() });
        Some(self.pools.len() - 1)
    }

    /// Accepted and rejected that this line adds. A counter that fell began anew.
    fn shares(&mut self, said: Option<Shares>) -> (u64, u64) {
        match said {
            None => (0, 0),
            Some(Shares::Accepted) => (1, 0),
            Some(Shares::Rejected) => (0, 1),
            Some(Shares::SoFar { accepted, rejected }) => {
                let before = std::mem::replace(&mut self.counted, (accepted, rejected));
                let anew = accepted < before.0 || rejected < before.1;
                let before = if anew { (0, 0) } else { before };
                (accepted - before.0, rejected - before.1)
            }
        }
    }

    /// The pools of which there is something to say; where it is of none, the first.
    fn told(&mut self) -> Vec<Pool> {
        let pools = std::mem::take(&mut self.pools);
        let is_used = |pool: &Pool| pool.log.jobs + pool.log.accepted + pool.log.rejected > 0;
        let any = pools.iter().any(is_used);
        let told = pools.into_iter().filter(|pool| !any || is_used(pool)).take(if any { POOLS } else { 1 });
        told.map(|mut pool| {
            pool.log.program = self.program.clone();
            pool.log.is_proxy = self.is_proxy;
            pool
        })
        .collect()
    }
}

impl Pool {
    fn take(&mut self, number: u64, line: &str, said: Said, shares: (u64, u64), time: Option<Time>) {
        let log = &mut self.log;
        log.jobs += u64::from(said.job);
        log.accepted = log.accepted.saturating_add(shares.0);
        log.rejected = log.rejected.saturating_add(shares.1);
        log.failures += u64::from(said.failed);
        log.refusals += u64::from(said.refused);
        log.address = said.address.or(log.address.take());
        log.login = said.login.or(log.login.take());
        log.algorithm = said.algorithm.or(log.algorithm.take());
        log.hashrate = said.hashrate.or(log.hashrate);
        if let Some(time) = time {
            log.span = Some(widened(log.span, time));
        }
        let shows = match () {
            () if shares.0 > 0 => 3,
            () if said.job => 2,
            () => 1,
        };
        if shows > self.shows {
            self.shows = shows;
            self.line = number;
            log.line = line.trim().chars().take(SHOWN).collect();
        }
    }
}

fn widened(span: Option<(Time, Time)>, time: Time) -> (Time, Time) {
    span.map_or((time, time), |(first, last)| (first.min(time), last.max(time)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of XMRig 2 and 6 (xmrig/xmrig `src/net/Network.cpp`).
    const HIT: &str = "\u{1b}[1;32m * \u{1b}[0m\u{1b}[1mABOUT        \u{1b}[0mXMRig/6.21.0 gcc/12.2.1\n\
        [2021-03-10 19:31:48.253]  net      use pool pool.example:3333 TLSv1.3 198.51.100.9\n\
        [2021-03-10 19:31:55.052]  net      new job from pool.example:3333 diff 480045 algo rx/0 height 2\n\
        [2021-03-10 19:32:55.052]  cpu      accepted (3/1) diff 480045 (42 ms)\n\
        [2021-03-10 19:33:55.052]  cpu      accepted (4/1) diff 480045 (42 ms)\n\
        [2021-03-10 20:00:00.000]  cpu      accepted (1/0) diff 480045 (42 ms)\n";
    /// A log of jobs that are no miner's.
    const MISS: &str = "[2021-03-10 19:31:48] new job from queue.example:99 taken\n\
        [2021-03-10 19:31:49] accepted (3) of 4\n";

    #[test]
    fn evidence_is_recognised_and_its_neighbour_is_not() {
        assert_ne!(probe(HIT.as_bytes()), Certainty::No);
        assert_eq!(probe(MISS.as_bytes()), Certainty::No);
    }

    #[test]
    fn sums_of_a_log() {
        let mut sums = Sums::default();
        let text = beginning(HIT.as_bytes()).unwrap_or_default();
        text.lines().zip(1..).for_each(|(line, number)| sums.line(number, line));
        let told = sums.told();
        assert_eq!(told.len(), 1);
        let log = &told[0].log;
        // Four until the program began anew, then one.
        assert_eq!((log.jobs, log.accepted, log.rejected), (1, 5, 1));
        assert_eq!(
            (log.pool.as_deref(), log.address.as_deref()),
            (Some("pool.example:3333"), Some("198.51.100.9"))
        );
        assert_eq!((log.program.as_deref(), told[0].line), (Some("XMRig/6.21.0"), 4));
    }
}
