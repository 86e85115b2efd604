//! Sessions of every client, kept within bounds, and the findings they come to.
//!
//! A miner that reconnects, and a program that tries a thousand pools, must become few findings. Sessions are held
//! as they are (so that a later snapshot replaces an earlier one) and grouped when findings are asked for: real
//! sessions by (server, login, worker), mere probes by (dialect, program, what they reached), and sessions without
//! wallet and shares, beyond the first [`MANY_POOLS`] servers, in the same way.

use super::facts::{self, Summary};
use super::reading::Reading;
use super::sums::{REST, Remnant, Sum, Sums};
use model::{Act, Facts, Finding, FindingKey, FindingKind, FlowId, MiningSession, Role, Weight, Work};
use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

/// Sessions of one client held one by one; beyond, the least telling are summed up. A relay for a hundred miners fits.
const HELD_PER_CLIENT: usize = 128;
/// Sessions held over all clients. At about 2 KiB each that is 16 MiB.
const HELD_IN_ALL: usize = 8192;
/// Findings per client and detector. More than a person reads; the least telling beyond are summed up in one.
const FINDINGS_PER_CLIENT: usize = 64;
/// A miner has a handful of pools: one, its fallbacks, the author's. One unproductive login at more servers is a probe.
const MANY_POOLS: usize = 4;
/// What a detector makes of a session.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighed {
    pub(crate) weight: Option<&'static Weight>,
    pub(crate) act: Option<Act>,
    pub(crate) role: Option<Role>,
}

/// What tells the detectors of sessions apart.
pub(crate) struct Rules {
    pub(crate) detector: &'static str,
    /// Weighs a session; the work is that of all sessions it stands for. `None`: nothing to say.
    pub(crate) weigh: fn(&MiningSession, &Reading, &Work) -> Option<Weighed>,
    /// Message ids for mines, tried, refused, anything else, and many of them.
    pub(crate) messages: [&'static str; 5],
}

#[derive(Debug)]
pub(super) struct Held {
    pub(super) session: Box<MiningSession>,
    pub(super) reading: Reading,
    pub(super) rank: Rank,
    /// Part of it may have been counted before.
    pub(super) uncertain: bool,
}

/// How telling a session is: weight, deed, whether shares were accepted.
pub(super) type Rank = (i32, Option<Act>, bool);
pub(super) type SessionId = (FlowId, u16);

/// The table.
pub(crate) struct Sessions {
    rules: Rules,
    held: BTreeMap<IpAddr, BTreeMap<SessionId, Held>>,
    held_in_all: usize,
    sums: Sums,
}

impl Sessions {
    pub(crate) fn new(rules: Rules) -> Sessions {
        Sessions { rules, held: BTreeMap::new(), held_in_all: 0, sums: Sums::default() }
    }

    /// Sessions whose counters were lost.
    pub(crate) const fn forgotten(&self) -> u64 {
        self.sums.forgotten
    }

    /// Takes a snapshot; whether the detector has anything to say about it.
    pub(crate) fn see(&mut self, session: &MiningSession, reading: Reading) {
        let id = (session.flow, session.number);
        let client = session.client.address.to_canonical();
        let weighed = (self.rules.weigh)(session, &reading, &session.work);
        let rank = weighed.map_or((0, None, false), |weighed| {
            let tenths = weighed.weight.map_or(0, |weight| weight.tenths.0);
            (tenths, weighed.act, session.shares.accepted.is_some_and(|count| count > 0))
        });
        let held = Held { session: Box::new(session.clone()), reading, rank, uncertain: false };
        if self.sums.knows(id) {
            let rules = &self.rules;
            self.sums.update(client, id, held, |sum| weigh_sum(rules, sum));
            return;
        }
        let sessions = self.held.entry(client).or_default();
        match sessions.get_mut(&id) {
            Some(old) => *old = Held { uncertain: old.uncertain, ..held },
            None => {
                let uncertain = self.sums.may_have_counted(session);
                self.sums.forgotten += u64::from(uncertain);
                sessions.insert(id, Held { uncertain, ..held });
                self.held_in_all += 1;
            }
        }
        if sessions.len() > HELD_PER_CLIENT {
            self.sum_up_of(client, id, HELD_PER_CLIENT / 8);
        }
        if self.held_in_all > HELD_IN_ALL {
            let all = self.held.iter().flat_map(|(client, sessions)| order_of(*client, sessions));
            self.sum_up(all.collect(), id, HELD_IN_ALL / 8);
        }
    }

    /// Sums up the `count` least telling sessions of a client; never the newest.
    fn sum_up_of(&mut self, client: IpAddr, newest: SessionId, count: usize) {
        let Some(sessions) = self.held.get(&client) else { return };
        let order = order_of(client, sessions).collect();
        self.sum_up(order, newest, count);
    }

    fn sum_up(&mut self, mut order: Vec<Place>, newest: SessionId, count: usize) {
        order.sort_unstable();
        for (_, _, client, id) in order.into_iter().filter(|(.., id)| *id != newest).take(count) {
            let Some(sessions) = self.held.get_mut(&client) else { continue };
            let Some(held) = sessions.remove(&id) else { continue };
            if sessions.is_empty() {
                self.held.remove(&client);
            }
            self.held_in_all -= 1;
            let rules = &self.rules;
            self.sums.add(client, id, held, |sum| weigh_sum(rules, sum));
        }
    }

    /// The findings about clients.
    pub(crate) fn say(&self, findings: &mut Vec<Finding>) {
        let clients: BTreeSet<IpAddr> = self.held.keys().copied().chain(self.sums.clients()).collect();
        for client in clients {
            self.say_client(client, findings);
            findings.extend(self.sums.remnant_of(client).map(|remnant| self.remnant(client, remnant)));
        }
    }

    fn say_client(&self, client: IpAddr, findings: &mut Vec<Finding>) {
        let mut groups: Groups<'_> = BTreeMap::new();
        for (key, sum) in self.sums.of(client) {
            add(&mut groups, key.to_owned(), &sum.best, sum.summary.clone());
        }
        for held in self.held.get(&client).into_iter().flat_map(BTreeMap::values) {
            add(&mut groups, group(held), held, Summary::of(&held.session, held.uncertain));
        }
        // Which group the lost sessions belonged to is not known: any may lack some.
        if self.sums.lost_of(client) {
            groups.values_mut().for_each(|(_, summary)| summary.uncertain = true);
        }
        let groups = within_bound(join_probes(groups));
        let donors = donors(&groups);
        for (detail, (best, summary)) in groups {
            let key = FindingKey { detector: self.rules.detector, host: client.into(), detail };
            let mut finding = self.finding(key, best, &summary);
            if let (Some(finding), Some(login)) = (&mut finding, best.session.login.as_deref()) {
                finding.facts.text("donation_of", donors.get(login).copied());
            }
            findings.extend(finding);
        }
    }

    fn finding(&self, key: FindingKey, best: &Held, summary: &Summary) -> Option<Finding> {
        let session = &best.session;
        let weighed = (self.rules.weigh)(session, &best.reading, &summary.counters.work)?;
        let pools = summary.servers();
        let id = match weighed.act {
            _ if pools > 1 => self.rules.messages[4],
            act => self.rules.message(act),
        };
        Some(Finding {
            key,
            kind: FindingKind::Mining,
            role: weighed.role,
            weight: weighed.weight,
            act: weighed.act,
            message: facts::message(id, session, &best.reading, summary),
            subject: model::Subject::Connection { client: session.client, server: session.server },
            facts: facts::facts(session, &best.reading, summary),
            first: summary.first,
            last: summary.last,
            count: summary.sessions,
            cited: facts::cited(session),
            technique: Some("T1496.001"),
            dialogue: session.dialogue.clone(),
        })
    }

    /// The finding about what is left of a client.
    fn remnant(&self, client: IpAddr, left: &Remnant) -> Finding {
        let mut facts = Facts::default();
        facts.text("protocol", left.dialect.map(model::Dialect::word));
        // Through a proxy the pool is another one than the other end, and no longer known.
        facts.text("pool", Some(left.server.to_string()).filter(|_| !left.via_proxy));
        facts.count("sessions", Some(left.sessions).filter(|sessions| *sessions > 1));
        facts.set("incomplete", model::Value::Flag(true));
        let message = facts::remnant_message(self.rules.message(left.weighed.act), left);
        Finding {
            key: FindingKey {
                detector: self.rules.detector,
                host: client.into(),
                detail: "~remnant".to_owned(),
            },
            kind: FindingKind::Mining,
            role: left.weighed.role,
            weight: left.weighed.weight,
            act: left.weighed.act,
            message,
            subject: model::Subject::Connection { client: left.client, server: left.server },
            facts,
            first: left.first,
            last: left.last,
            count: left.sessions.max(1),
            cited: left.cited.iter().cloned().collect(),
            technique: Some("T1496.001"),
            dialogue: Vec::new(),
        }
    }
}

impl Rules {
    fn message(&self, act: Option<Act>) -> &'static str {
        let [mines, tried, refused, other, _] = self.messages;
        match act {
            Some(Act::Mines) => mines,
            Some(Act::Tried) => tried,
            Some(Act::WasRefused) => refused,
            None => other,
        }
    }
}

/// A held session in the order in which they are summed up: the least telling first, of equals the oldest.
type Place = (Rank, model::Time, IpAddr, SessionId);

fn order_of(client: IpAddr, sessions: &BTreeMap<SessionId, Held>) -> impl Iterator<Item = Place> {
    sessions.iter().map(move |(id, held)| (held.rank, held.session.last, client, *id))
}

/// What a sum weighs: as its most telling session, with the work of all.
fn weigh_sum(rules: &Rules, sum: &Sum) -> Weighed {
    let weighed = (rules.weigh)(&sum.best.session, &sum.best.reading, &sum.summary.counters.work);
    weighed.unwrap_or(Weighed { weight: None, act: None, role: None })
}

/// Whose donation each login of 64 digits is: xmrig works for its author under the hash of its own pool's login.
fn donors<'a>(groups: &Groups<'a>) -> BTreeMap<String, &'a str> {
    let logins = || groups.values().filter_map(|(held, _)| Some((*held, held.session.login.as_deref()?)));
    if !logins().any(|(_, login)| login.len() == 64) {
        return BTreeMap::new();
    }
    let donor = |(held, login): (&'a Held, &'a str)| {
        let wallet = held.reading.wallet.as_ref().map(|wallet| wallet.address.as_str());
        let of = |user: &str| (intel::wallet::donation_login(user), wallet.unwrap_or(login));
        [Some(of(login)), wallet.map(of)].into_iter().flatten()
    };
    logins().flat_map(donor).collect()
}

type Groups<'a> = BTreeMap<String, (&'a Held, Summary)>;

fn add<'a>(groups: &mut Groups<'a>, key: String, held: &'a Held, summary: Summary) {
    match groups.get_mut(&key) {
        Some((best, sum)) => {
            sum.add(&summary);
            if better(held, best) {
                *best = held;
            }
        }
        None => {
            groups.insert(key, (held, summary));
        }
    }
}

/// The more telling of two; of equals the earlier, whatever order files came in.
pub(super) fn better(one: &Held, other: &Held) -> bool {
    let decided = |held: &Held| {
        let session = &held.session;
        let named = held.reading.miner.is_some();
        (held.rank, session.dialect.is_some(), held.reading.wallet.is_some(), named, session.login.is_some())
    };
    let place = |held: &Held| {
        (held.session.first, held.session.server, held.session.client, held.session.flow, held.session.number)
    };
    decided(one) > decided(other) || (decided(one) == decided(other) && place(one) < place(other))
}

/// Which finding a session belongs to.
pub(super) fn group(held: &Held) -> String {
    let session = &held.session;
    let server = session.pool();
    if is_probe(held) {
        return format!("probe\t{}", kind_of_probe(held));
    }
    let login = session.login.as_deref().unwrap_or_default();
    let worker = session.worker.as_deref().unwrap_or_default();
    format!("{server} {login} {worker}").replace('\t', " ")
}

fn kind_of_probe(held: &Held) -> String {
    let dialect = held.session.dialect.map_or("undecided", model::Dialect::word);
    let agent = held.session.agent.as_deref().unwrap_or_default();
    let reached = match held.rank.1 {
        Some(Act::Mines) => "job",
        Some(Act::Tried) if held.session.proof.answered > 0 => "answer",
        Some(Act::WasRefused) => "refusal",
        Some(Act::Tried) | None => "nothing",
    };
    format!("{dialect} {reached} {agent}")
}

/// Neither job nor wallet nor an accepted login or share: somebody knocked.
fn is_probe(held: &Held) -> bool {
    let session = &held.session;
    !session.proof.job
        && held.reading.wallet.is_none()
        && session.proof.login_accepted != Some(true)
        && !held.rank.2
        && session.work.answered == 0
        && session.work.returned == 0
}

/// Joins what did not earn beyond the [`MANY_POOLS`] most telling servers, by kind. What is told apart only for the
/// reader counts as one fact: so the sum never falls when a session turns out to be of another kind.
fn join_probes(groups: Groups<'_>) -> Groups<'_> {
    let unproductive = |key: &str, held: &Held, summary: &Summary| {
        !key.starts_with("probe\t")
            && held.reading.wallet.is_none()
            && summary.counters.accepted.unwrap_or(0) == 0
            && summary.counters.sent.unwrap_or(0) == 0
            && summary.counters.work.returned == 0
    };
    let (idle, mut joined): (Vec<_>, Groups<'_>) = {
        let (idle, rest): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(key, (held, summary))| unproductive(key, held, summary));
        (idle, rest.into_iter().collect())
    };
    for (index, (key, (held, summary))) in by_telling(idle).into_iter().enumerate() {
        let key = if index < MANY_POOLS { key } else { format!("many\t{}", kind_of_probe(held)) };
        add(&mut joined, key, held, summary);
    }
    joined
}

/// The most telling first.
fn by_telling(mut groups: Vec<(String, (&Held, Summary))>) -> Vec<(String, (&Held, Summary))> {
    groups.sort_by(|(a_key, (a, _)), (b_key, (b, _))| {
        b.rank.cmp(&a.rank).then_with(|| a.session.first.cmp(&b.session.first)).then_with(|| a_key.cmp(b_key))
    });
    groups
}

/// Sums up the least telling groups beyond the bound.
fn within_bound(groups: Groups<'_>) -> Groups<'_> {
    if groups.len() <= FINDINGS_PER_CLIENT {
        return groups;
    }
    let order = by_telling(groups.into_iter().collect());
    let mut bounded = Groups::new();
    for (index, (key, (held, summary))) in order.into_iter().enumerate() {
        let key = if index + 1 < FINDINGS_PER_CLIENT { key } else { REST.to_owned() };
        add(&mut bounded, key, held, summary);
    }
    bounded
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
