//! What is left of sessions that are no longer held one by one: sums, and beyond their bound one remnant per client.
//!
//! A sum stays exact: what each session was counted with is remembered, so that a later snapshot replaces it. Where
//! that memory ran out the counters are *uncertain*, and uncertain counters are absent rather than too small. A remnant
//! keeps what decides the level, so that no client vanishes.

use super::facts::{Counters, Summary};
use super::table::{Held, SessionId, Weighed, better, group};
use model::{Cited, Dialect, Endpoint, Message, MiningSession, SessionMark, Time};
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

/// Sums over all clients, about 3 KiB each.
const SUMS_IN_ALL: usize = 8192;
/// Sums of one client; the group of the rest takes what is beyond.
const SUMS_PER_CLIENT: usize = 64;
/// Sessions already summed up that are remembered with their counters: per generation, of which there are two.
const REMEMBERED: usize = 32_768;
/// Clients with a remnant, about 200 bytes each.
const REMNANTS: usize = 131_072;

/// The group of what is beyond the bound. Sorts last.
pub(super) const REST: &str = "~rest";

#[derive(Debug)]
pub(super) struct Sum {
    pub(super) best: Held,
    pub(super) summary: Summary,
}

/// Where a session went, and with which counters.
#[derive(Debug)]
struct Counted {
    key: Arc<str>,
    counters: Counters,
}

/// All that is kept of a client's sessions when there is room for no more.
#[derive(Debug)]
pub(super) struct Remnant {
    pub(super) weighed: Weighed,
    rank: super::table::Rank,
    pub(super) dialect: Option<Dialect>,
    pub(super) client: Endpoint,
    pub(super) server: Endpoint,
    pub(super) via_proxy: bool,
    pub(super) first: Time,
    pub(super) last: Time,
    pub(super) sessions: u64,
    pub(super) cited: Option<Cited>,
}

#[derive(Debug, Default)]
pub(super) struct Sums {
    sums: BTreeMap<(IpAddr, Arc<str>), Sum>,
    remembered: [HashMap<SessionId, Counted>; 2],
    remnants: BTreeMap<IpAddr, Remnant>,
    /// Sessions that began at or before this time may have been counted and forgotten.
    lost_until: Option<Time>,
    /// Sessions whose counters were lost.
    pub(super) forgotten: u64,
}

impl Sums {
    /// Whether a session was summed up already.
    pub(super) fn knows(&self, id: SessionId) -> bool {
        self.remembered.iter().any(|known| known.contains_key(&id))
    }

    /// Whether a session that is not known may have been counted before.
    pub(super) fn may_have_counted(&self, session: &MiningSession) -> bool {
        self.lost_until.is_some_and(|until| session.first <= until)
    }

    /// Whether something of a client was lost besides what its level needs.
    pub(super) fn lost_of(&self, client: IpAddr) -> bool {
        self.remnants.contains_key(&client)
    }

    pub(super) fn clients(&self) -> impl Iterator<Item = IpAddr> {
        self.sums.keys().map(|(client, _)| *client).chain(self.remnants.keys().copied())
    }

    pub(super) fn of(&self, client: IpAddr) -> impl Iterator<Item = (&str, &Sum)> {
        self.sums
            .range((client, Arc::from(""))..)
            .take_while(move |((one, _), _)| *one == client)
            .map(|((_, key), sum)| (&**key, sum))
    }

    pub(super) fn remnant_of(&self, client: IpAddr) -> Option<&Remnant> {
        self.remnants.get(&client)
    }

    /// Takes a session that was held until now.
    pub(super) fn add(&mut self, client: IpAddr, id: SessionId, held: Held, weigh: impl Fn(&Sum) -> Weighed) {
        let mut key: Arc<str> = group(&held).into();
        if !self.sums.contains_key(&(client, key.clone())) {
            if self.of(client).count() >= SUMS_PER_CLIENT {
                key = REST.into();
            }
            if self.sums.len() >= SUMS_IN_ALL {
                self.make_room(&weigh);
            }
        }
        let summary = Summary::of(&held.session, held.uncertain);
        self.remember(id, Counted { key: key.clone(), counters: summary.counters.clone() });
        match self.sums.get_mut(&(client, key.clone())) {
            Some(sum) => {
                sum.summary.add(&summary);
                if better(&held, &sum.best) {
                    sum.best = held;
                }
            }
            None => {
                self.sums.insert((client, key), Sum { best: held, summary });
            }
        }
    }

    /// Replaces what a session was counted with by its later snapshot.
    pub(super) fn update(
        &mut self,
        client: IpAddr,
        id: SessionId,
        held: Held,
        weigh: impl Fn(&Sum) -> Weighed,
    ) {
        let Some(counted) = self.remembered.iter_mut().find_map(|known| known.get_mut(&id)) else { return };
        let summary = Summary::of(&held.session, held.uncertain);
        let place = (client, counted.key.clone());
        let Some(sum) = self.sums.get_mut(&place) else {
            self.lose(client, Sum { best: held, summary }, &weigh, false);
            return;
        };
        let same_group = *counted.key == *REST || group(&held) == *counted.key;
        if same_group {
            sum.summary.replace(&counted.counters, &summary);
            counted.counters = summary.counters;
            let best = (sum.best.session.flow, sum.best.session.number);
            if best == id || better(&held, &sum.best) {
                sum.best = held;
            }
            return;
        }
        // It turned out to belong elsewhere: a probe became a session, a login was read.
        if sum.summary.sessions <= 1 {
            self.sums.remove(&place);
        } else {
            sum.summary.take_out(&counted.counters);
        }
        self.add(client, id, held, weigh);
    }

    fn remember(&mut self, id: SessionId, counted: Counted) {
        if self.remembered[0].len() >= REMEMBERED && !self.remembered[0].contains_key(&id) {
            self.remembered.swap(0, 1);
            let lost = std::mem::take(&mut self.remembered[0]);
            let until = lost.values().map(|one| one.counters.first).max();
            self.lost_until = self.lost_until.max(until);
        }
        self.remembered[1].remove(&id);
        self.remembered[0].insert(id, counted);
    }

    /// Turns the least telling eighth of the sums into remnants. What decides is how telling, then the key.
    fn make_room(&mut self, weigh: &impl Fn(&Sum) -> Weighed) {
        let mut order: Vec<_> =
            self.sums.iter().map(|(key, sum)| (sum.best.rank, sum.summary.last, key.clone())).collect();
        order.sort_unstable();
        for (_, _, key) in order.into_iter().take(SUMS_IN_ALL / 8) {
            if let Some(sum) = self.sums.remove(&key) {
                self.lose(key.0, sum, weigh, true);
            }
        }
    }

    /// Keeps of a sum what decides the level. `anew`: its sessions were not lost before.
    fn lose(&mut self, client: IpAddr, sum: Sum, weigh: &impl Fn(&Sum) -> Weighed, anew: bool) {
        let sessions = if anew { sum.summary.sessions } else { 0 };
        self.forgotten = self.forgotten.saturating_add(sessions);
        if self.remnants.len() >= REMNANTS && !self.remnants.contains_key(&client) {
            return;
        }
        let weighed = weigh(&sum);
        let session = &sum.best.session;
        let fresh = || Remnant {
            weighed,
            rank: sum.best.rank,
            dialect: session.dialect,
            client: session.client,
            server: session.server,
            via_proxy: session.carriage.target.is_some(),
            first: sum.summary.first,
            last: sum.summary.last,
            sessions: 0,
            cited: mark(session),
        };
        let remnant = self.remnants.entry(client).or_insert_with(fresh);
        if sum.best.rank > remnant.rank {
            *remnant =
                Remnant { first: remnant.first, last: remnant.last, sessions: remnant.sessions, ..fresh() };
        }
        remnant.first = remnant.first.min(sum.summary.first);
        remnant.last = remnant.last.max(sum.summary.last);
        remnant.sessions = remnant.sessions.saturating_add(sessions);
    }
}

/// The latest kind of mark: the most telling packet.
fn mark(session: &MiningSession) -> Option<Cited> {
    let (mark, origin, time): &(SessionMark, _, _) = session.marks.iter().max_by_key(|(mark, ..)| *mark)?;
    let excerpt = Message::new(super::facts::words(*mark));
    Some(Cited { origin: *origin, time: *time, excerpt })
}
