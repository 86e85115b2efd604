//! Sessions of every client, kept within bounds, and the findings they come to.
//!
//! A miner that reconnects, and a program that tries a thousand pools, must become few findings. Sessions are held
//! as they are (so that a later snapshot replaces an earlier one) and grouped when findings are asked for: real
//! sessions by (server, login, worker), mere probes by (dialect, program, what they reached), and sessions without
//! wallet and shares, beyond the first [`MANY_POOLS`] servers, in the same way.

use super::facts::{self, Summary};
use super::reading::Reading;
use model::{Act, Finding, FindingKey, FindingKind, FlowId, MiningSession, Role, Weight, Work};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::net::IpAddr;

/// Sessions of one client held one by one; beyond, the least telling are summed up. A relay for a hundred miners fits.
const HELD_PER_CLIENT: usize = 128;
/// Sessions held over all clients. At about 2 KiB each that is 16 MiB.
const HELD_IN_ALL: usize = 8192;
/// Findings per client and detector. More than a person reads; the least telling beyond are summed up in one.
const FINDINGS_PER_CLIENT: usize = 64;
/// Sums over all clients.
const SUMS_IN_ALL: usize = 8192;
/// A miner has a handful of pools: one, its fallbacks, the author's. One unproductive login at more servers is a probe.
const MANY_POOLS: usize = 4;
/// Sessions already summed up that are remembered, so that a later snapshot is not counted again.
const REMEMBERED: usize = 65_536;

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
struct Held {
    session: Box<MiningSession>,
    reading: Reading,
    rank: Rank,
}

/// How telling a session is: weight, deed, whether shares were accepted.
type Rank = (i32, Option<Act>, bool);
type SessionId = (FlowId, u16);

#[derive(Debug)]
struct Sum {
    best: Held,
    summary: Summary,
}

/// The table.
pub(crate) struct Sessions {
    rules: Rules,
    held: BTreeMap<IpAddr, BTreeMap<SessionId, Held>>,
    held_in_all: usize,
    sums: BTreeMap<(IpAddr, String), Sum>,
    summed: [HashSet<SessionId>; 2],
    pub(crate) forgotten: u64,
}

impl Sessions {
    pub(crate) fn new(rules: Rules) -> Sessions {
        Sessions {
            rules,
            held: BTreeMap::new(),
            held_in_all: 0,
            sums: BTreeMap::new(),
            summed: [HashSet::new(), HashSet::new()],
            forgotten: 0,
        }
    }

    /// Takes a snapshot; whether the detector has anything to say about it.
    pub(crate) fn see(&mut self, session: &MiningSession, reading: Reading) {
        let id = (session.flow, session.number);
        if self.summed.iter().any(|summed| summed.contains(&id)) {
            return;
        }
        let client = session.client.address.to_canonical();
        let weighed = (self.rules.weigh)(session, &reading, &session.work);
        let rank = weighed.map_or((0, None, false), |weighed| {
            let tenths = weighed.weight.map_or(0, |weight| weight.tenths.0);
            (tenths, weighed.act, session.shares.accepted.is_some_and(|count| count > 0))
        });
        let sessions = self.held.entry(client).or_default();
        let held = Held { session: Box::new(session.clone()), reading, rank };
        if sessions.insert(id, held).is_none() {
            self.held_in_all += 1;
        }
        if sessions.len() > HELD_PER_CLIENT {
            self.sum_up(client, id, HELD_PER_CLIENT / 8);
        }
        if self.held_in_all > HELD_IN_ALL {
            let clients: Vec<IpAddr> = self.held.keys().copied().collect();
            for one in clients {
                let count = self.held.get(&one).map_or(0, |sessions| sessions.len().div_ceil(8));
                self.sum_up(one, id, count);
            }
        }
    }

    /// Sums up the `count` least telling sessions of a client; never the newest.
    fn sum_up(&mut self, client: IpAddr, newest: SessionId, count: usize) {
        let Some(sessions) = self.held.get_mut(&client) else { return };
        let mut order: Vec<_> = sessions
            .iter()
            .filter(|(id, _)| **id != newest)
            .map(|(id, held)| (held.rank, held.session.last, *id))
            .collect();
        order.sort_unstable();
        let mut taken = Vec::new();
        for (_, _, id) in order.into_iter().take(count) {
            taken.extend(sessions.remove(&id).map(|held| (id, held)));
        }
        self.held_in_all -= taken.len();
        for (id, held) in taken {
            self.remember(id);
            self.add_to_sum(client, held);
        }
        if self.held.get(&client).is_some_and(BTreeMap::is_empty) {
            self.held.remove(&client);
        }
    }

    fn remember(&mut self, id: SessionId) {
        if self.summed[0].len() >= REMEMBERED {
            self.summed.swap(0, 1);
            self.summed[0].clear();
        }
        self.summed[0].insert(id);
    }

    fn add_to_sum(&mut self, client: IpAddr, held: Held) {
        let summary = Summary::of(&held.session);
        let mut key = (client, group(&held));
        let of_client =
            self.sums.range((client, String::new())..).take_while(|((one, _), _)| *one == client).count();
        if of_client >= FINDINGS_PER_CLIENT && !self.sums.contains_key(&key) {
            key.1 = REST.to_owned();
        }
        let full = self.sums.len() >= SUMS_IN_ALL;
        match self.sums.get_mut(&key) {
            Some(sum) => {
                sum.summary.add(&summary);
                if better(&held, &sum.best) {
                    sum.best = held;
                }
            }
            None if full => self.forgotten += 1,
            None => {
                self.sums.insert(key, Sum { best: held, summary });
            }
        }
    }

    /// The findings about clients.
    pub(crate) fn say(&self, findings: &mut Vec<Finding>) {
        let clients: BTreeSet<IpAddr> =
            self.held.keys().copied().chain(self.sums.keys().map(|(client, _)| *client)).collect();
        for client in clients {
            self.say_client(client, findings);
        }
    }

    fn say_client(&self, client: IpAddr, findings: &mut Vec<Finding>) {
        let mut groups: Groups<'_> = BTreeMap::new();
        let sums = self.sums.range((client, String::new())..).take_while(|((one, _), _)| *one == client);
        for ((_, key), sum) in sums {
            add(&mut groups, key.clone(), &sum.best, sum.summary.clone());
        }
        for held in self.held.get(&client).into_iter().flat_map(BTreeMap::values) {
            add(&mut groups, group(held), held, Summary::of(&held.session));
        }
        let groups = within_bound(join_probes(groups));
        let donors = donors(&groups);
        for (detail, (best, summary)) in groups {
            let key = FindingKey { detector: self.rules.detector, address: client, detail };
            let mut finding = self.finding(key, best, &summary);
            if let (Some(finding), Some(login)) = (&mut finding, best.session.login.as_deref()) {
                finding.facts.text("donation_of", donors.get(login).copied());
            }
            findings.extend(finding);
        }
    }

    fn finding(&self, key: FindingKey, best: &Held, summary: &Summary) -> Option<Finding> {
        let session = &best.session;
        let weighed = (self.rules.weigh)(session, &best.reading, &summary.work)?;
        let [mines, tried, refused, other, many] = self.rules.messages;
        let pools = summary.servers();
        let id = match weighed.act {
            _ if pools > 1 => many,
            Some(Act::Mines) => mines,
            Some(Act::Tried) => tried,
            Some(Act::WasRefused) => refused,
            None => other,
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

/// The group of what is beyond the bound. Sorts last.
const REST: &str = "~rest";

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
fn better(one: &Held, other: &Held) -> bool {
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
fn group(held: &Held) -> String {
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
            && summary.accepted.unwrap_or(0) == 0
            && summary.sent.unwrap_or(0) == 0
            && summary.work.returned == 0
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
