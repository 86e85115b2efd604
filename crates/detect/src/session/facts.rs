//! The facts of a finding about sessions, and what many sessions sum up to.

use super::hashrate::hashrate;
use super::reading::Reading;
use super::sums::Remnant;
use super::{MARKS, SHARES};
use model::{Cited, Endpoint, Facts, Message, MiningSession, SessionMark, Shares, Time, Value, Work};
use std::collections::BTreeSet;

/// Different servers counted exactly up to here.
const SERVERS_COUNTED: usize = 1024;
/// Separate stretches of time kept for the hashrate; with more of them none is given.
const SPANS_KEPT: usize = 64;

/// What is counted of sessions, so that it can be added, and taken out again.
#[derive(Debug, Clone)]
pub(crate) struct Counters {
    /// When the first of the sessions began.
    pub(crate) first: Time,
    pub(crate) sent: Option<u64>,
    pub(crate) accepted: Option<u64>,
    pub(crate) rejected: Option<u64>,
    pub(crate) work: Work,
    /// Expected hashes of accepted shares, and their squares; `None` where the hashes of some are not known.
    hashes: Option<(f64, f64)>,
}

impl Counters {
    fn of(session: &MiningSession) -> Counters {
        let Shares { sent, accepted, rejected } = session.shares.clone();
        let none = accepted.unwrap_or(0) == 0;
        let hashes = match (session.hashes_accepted, session.hashes_accepted_squared) {
            (Some(sum), Some(squares)) => Some((sum as f64, squares)),
            _ if none => Some((0.0, 0.0)),
            _ => None,
        };
        Counters { first: session.first, sent, accepted, rejected, work: session.work.clone(), hashes }
    }

    fn add(&mut self, other: &Counters) {
        let sum = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (Some(a), Some(b)) => Some(a.saturating_add(b)),
            (one, other) => one.or(other),
        };
        self.first = self.first.min(other.first);
        self.sent = sum(self.sent, other.sent);
        self.accepted = sum(self.accepted, other.accepted);
        self.rejected = sum(self.rejected, other.rejected);
        self.work.polled = self.work.polled.saturating_add(other.work.polled);
        self.work.answered = self.work.answered.saturating_add(other.work.answered);
        self.work.returned = self.work.returned.saturating_add(other.work.returned);
        self.hashes = self.hashes.zip(other.hashes).map(|(one, other)| (one.0 + other.0, one.1 + other.1));
    }

    fn take_out(&mut self, other: &Counters) {
        let less = |a: Option<u64>, b: Option<u64>| a.map(|a| a.saturating_sub(b.unwrap_or(0)));
        self.sent = less(self.sent, other.sent);
        self.accepted = less(self.accepted, other.accepted);
        self.rejected = less(self.rejected, other.rejected);
        self.work.polled = self.work.polled.saturating_sub(other.work.polled);
        self.work.answered = self.work.answered.saturating_sub(other.work.answered);
        self.work.returned = self.work.returned.saturating_sub(other.work.returned);
        self.hashes = self.hashes.zip(other.hashes).map(|(one, other)| (one.0 - other.0, one.1 - other.1));
    }
}

/// Several sessions together.
#[derive(Debug, Clone)]
pub(crate) struct Summary {
    pub(crate) sessions: u64,
    pub(crate) first: Time,
    pub(crate) last: Time,
    pub(crate) counters: Counters,
    servers: BTreeSet<Endpoint>,
    /// When work was at hand, disjoint and sorted; `None` when there were too many stretches.
    spans: Option<Vec<(Time, Time)>>,
    incomplete: bool,
    /// Some of the sessions were forgotten, or counted twice: then nothing is said of shares.
    pub(crate) uncertain: bool,
}

impl Summary {
    pub(crate) fn of(session: &MiningSession, uncertain: bool) -> Summary {
        let begins = session.first_job.unwrap_or(session.first);
        Summary {
            sessions: 1,
            first: session.first,
            last: session.last,
            counters: Counters::of(session),
            servers: BTreeSet::from([session.server]),
            spans: Some(vec![(begins, session.last_packet.max(begins))]),
            incomplete: session.incomplete,
            uncertain,
        }
    }

    pub(crate) fn add(&mut self, other: &Summary) {
        self.sessions = self.sessions.saturating_add(other.sessions);
        self.counters.add(&other.counters);
        self.widen(other);
    }

    /// Counts a later snapshot instead of the one that was counted.
    pub(crate) fn replace(&mut self, counted: &Counters, later: &Summary) {
        self.counters.take_out(counted);
        self.counters.add(&later.counters);
        self.widen(later);
    }

    /// Takes a session out again; what only grows (time, servers) stays.
    pub(crate) fn take_out(&mut self, counted: &Counters) {
        self.sessions = self.sessions.saturating_sub(1);
        self.counters.take_out(counted);
    }

    fn widen(&mut self, other: &Summary) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        for server in &other.servers {
            if self.servers.len() < SERVERS_COUNTED {
                self.servers.insert(*server);
            }
        }
        self.spans = match (self.spans.take(), &other.spans) {
            (Some(mut spans), Some(more)) => {
                spans.extend(more);
                let spans = disjoint(spans);
                (spans.len() <= SPANS_KEPT).then_some(spans)
            }
            _ => None,
        };
        self.incomplete |= other.incomplete;
        self.uncertain |= other.uncertain;
    }

    /// Shares sent, accepted and rejected, as far as they may be said.
    pub(crate) fn shares(&self) -> Shares {
        let Counters { sent, accepted, rejected, .. } = self.counters;
        if self.uncertain { Shares::default() } else { Shares { sent, accepted, rejected } }
    }

    /// How many different servers.
    pub(crate) fn servers(&self) -> u64 {
        self.servers.len() as u64
    }

    /// Seconds during which at least one of the sessions had work.
    fn seconds(&self) -> Option<f64> {
        let nanos = self.spans.as_ref()?.iter().fold(0_i64, |all, (a, b)| all.saturating_add(b.since(*a)));
        Some(nanos as f64 / 1e9)
    }
}

/// Joins stretches of time that touch.
fn disjoint(mut spans: Vec<(Time, Time)>) -> Vec<(Time, Time)> {
    spans.sort_unstable();
    let mut joined: Vec<(Time, Time)> = Vec::with_capacity(spans.len());
    for (begins, ends) in spans {
        match joined.last_mut() {
            Some((_, last)) if begins <= *last => *last = ends.max(*last),
            _ => joined.push((begins, ends)),
        }
    }
    joined
}

/// The named facts, in the words of the JSON.
pub(crate) fn facts(session: &MiningSession, reading: &Reading, summary: &Summary) -> Facts {
    let mut facts = Facts::default();
    facts.text("protocol", session.dialect.map(model::Dialect::word));
    facts.text("algorithm", reading.algorithm.as_deref());
    // What one of several pools offers is not what is mined at all of them.
    let coin = reading.coin.as_ref().filter(|(_, from)| *from == "wallet" || summary.servers() == 1);
    facts.text("coin", coin.map(|(coin, _)| coin.as_str()));
    facts.text("coin_from", coin.map(|(_, from)| *from));
    facts.text("pool", Some(session.pool()));
    facts.text("pool_name", reading.pool_name.as_deref());
    facts.text("via", session.carriage.via());
    facts.text("page", session.carriage.page.as_deref());
    facts.text("client_address", session.carriage.client.map(|client| client.to_string()));
    facts.count("pools", Some(summary.servers()).filter(|servers| *servers > 1));
    facts.count("sessions", Some(summary.sessions).filter(|sessions| *sessions > 1));
    facts.text("login", session.login.as_deref());
    facts.text("wallet", reading.wallet.as_ref().map(|wallet| wallet.address.as_str()));
    facts.text("wallet_check", reading.wallet.as_ref().map(|wallet| wallet.check.word()));
    let paid = reading.wallet.as_ref().and_then(intel::wallet::Wallet::coin);
    let mined = coin.map(|(coin, _)| coin.as_str());
    facts.text("wallet_coin", paid.filter(|paid| mined != Some(*paid)));
    facts.text("worker", reading.worker.as_deref());
    facts.text("agent", reading.miner.as_deref());
    let shares = summary.shares();
    facts.count("shares_sent", shares.sent);
    facts.count("shares_accepted", shares.accepted);
    facts.count("shares_rejected", shares.rejected);
    let work = &summary.counters.work;
    let counted = |count: u64| Some(count).filter(|count| *count > 0 && !summary.uncertain);
    facts.count("work_polled", counted(work.polled));
    facts.count("work_answered", counted(work.answered));
    facts.count("work_returned", counted(work.returned));
    facts.text("difficulty", session.difficulty.as_ref().map(|difficulty| difficulty.stated.as_str()));
    add_hashrate(&mut facts, session, summary);
    facts.count("hashrate_claimed", session.claimed_hashrate);
    facts.text("redirect", session.redirect.as_deref());
    facts.text("refusal", session.refusal.as_deref());
    if session.job.nonce_split {
        facts.set("nonce_split", Value::Flag(true));
    }
    if summary.incomplete || summary.uncertain {
        facts.set("incomplete", Value::Flag(true));
    }
    facts
}

fn add_hashrate(facts: &mut Facts, session: &MiningSession, summary: &Summary) {
    let each =
        session.difficulty.as_ref().and_then(|difficulty| difficulty.hashes).map(|hashes| hashes as f64);
    let known = summary.shares().accepted.and(summary.counters.hashes).zip(summary.seconds());
    let Some(rate) = known.and_then(|((sum, squares), seconds)| hashrate(sum, squares, each, seconds)) else {
        return;
    };
    if let Some(estimate) = rate.rate {
        facts.set("hashrate", Value::Number(estimate));
        facts.set("hashrate_low", Value::Number(rate.low));
    }
    facts.set("hashrate_high", Value::Number(rate.high));
}

/// The sentence of a finding.
pub(crate) fn message(
    id: &'static str,
    session: &MiningSession,
    reading: &Reading,
    summary: &Summary,
) -> Message {
    let pool = match &reading.pool_name {
        Some(name) => format!("{name}:{}", session.pool_port()),
        None => session.pool(),
    };
    let protocol = session.dialect.map_or("JSON-RPC", model::Dialect::word);
    Message::new(id)
        .with("pool", pool)
        .with("protocol", protocol)
        .with("pools", summary.servers())
        .with("sessions", summary.sessions)
        .with("shares", shares_words(&summary.shares()))
        .with("polled", summary.counters.work.polled)
        .with("refusal", session.refusal.as_deref().unwrap_or_default())
}

/// The sentence about a client of whom no more than the level is known.
pub(crate) fn remnant_message(id: &'static str, left: &Remnant) -> Message {
    Message::new(id)
        .with("pool", left.server.to_string())
        .with("protocol", left.dialect.map_or("JSON-RPC", model::Dialect::word))
        .with("pools", 1_u64)
        .with("sessions", left.sessions.max(1))
        .with("shares", shares_words(&Shares::default()))
        .with("polled", 0_u64)
        .with("refusal", "")
}

/// What may be said of shares: only what was counted.
fn shares_words(shares: &Shares) -> Message {
    match (shares.sent, shares.accepted) {
        (None, None) => Message::new(SHARES[0]),
        (sent, Some(0)) if sent.unwrap_or(0) > 0 => Message::new(SHARES[3]).with("count", sent.unwrap_or(0)),
        (Some(0), None) | (_, Some(0)) => Message::new(SHARES[1]),
        (Some(sent), None) => Message::new(SHARES[2]).with("count", sent),
        (_, Some(accepted)) => Message::new(SHARES[4]).with("count", accepted),
    }
}

/// The packets worth citing.
pub(crate) fn cited(session: &MiningSession) -> Vec<Cited> {
    let mut cited: Vec<Cited> = session
        .marks
        .iter()
        .map(|(mark, origin, time)| Cited {
            origin: *origin,
            time: *time,
            excerpt: Message::new(words(*mark)),
        })
        .collect();
    cited.truncate(16);
    cited
}

pub(crate) const fn words(mark: SessionMark) -> &'static str {
    match mark {
        SessionMark::Request => MARKS[0],
        SessionMark::Answer => MARKS[1],
        SessionMark::Login => MARKS[2],
        SessionMark::Job => MARKS[3],
        SessionMark::Submit => MARKS[4],
        SessionMark::Accepted => MARKS[5],
        SessionMark::Refused => MARKS[6],
        SessionMark::Redirect => MARKS[7],
    }
}
