//! Machines that hand out work: the other end of sessions. The verdict drops those outside the network.

use super::reading::Reading;
use super::{facts, table::Weighed};
use crate::kept::{Kept, Worth};
use model::{
    Cited, Endpoint, Facts, Finding, FindingKey, FindingKind, Message, MiningSession, Role, Subject, Time,
    Value,
};
use std::collections::BTreeSet;

/// Ports of one server with findings of their own. A pool has a handful; a scanner's victim has one.
const PORTS_PER_SERVER: usize = 16;
/// Servers' ports over all, about 1 KiB each.
const IN_ALL: usize = 8192;
/// Clients counted exactly up to here.
const CLIENTS_COUNTED: usize = 1024;

#[derive(Debug)]
struct Serving {
    weighed: Weighed,
    kind: FindingKind,
    subject: Subject,
    facts: Facts,
    first: Time,
    last: Time,
    clients: BTreeSet<std::net::IpAddr>,
    cited: Vec<Cited>,
}

impl Worth for Serving {
    type Rank = (i32, usize, Time);
    fn worth(&self) -> Self::Rank {
        (tenths(&self.weighed), self.clients.len(), self.last)
    }
}

fn tenths(weighed: &Weighed) -> i32 {
    weighed.weight.map_or(0, |weight| weight.tenths.0)
}

/// The table.
pub(crate) struct Servers {
    detector: &'static str,
    /// What is said of one that hands out work, and of one that passes connections on.
    messages: [&'static str; 2],
    kept: Kept<Serving>,
}

impl Servers {
    pub(crate) const fn new(detector: &'static str, messages: [&'static str; 2]) -> Servers {
        Servers { detector, messages, kept: Kept::new(PORTS_PER_SERVER, IN_ALL) }
    }

    /// Takes a snapshot of a session that went through a proxy, for the proxy's own sake: who else asked it what else
    /// is not its business, and whether it mines itself its own sessions say.
    pub(crate) fn see_relay(&mut self, session: &MiningSession, reading: &Reading) {
        let own = session.client.address.to_canonical() == session.server.address.to_canonical();
        if session.carriage.target.is_some() && session.proof.anchored > 0 && !own {
            let weighed = Weighed { weight: None, act: None, role: Some(Role::Proxy) };
            self.see(session, reading, weighed, FindingKind::Context);
        }
    }

    /// Takes a snapshot in which the server showed that it hands out work.
    pub(crate) fn see(
        &mut self,
        session: &MiningSession,
        reading: &Reading,
        weighed: Weighed,
        kind: FindingKind,
    ) {
        let server: Endpoint = session.server;
        let make = || Serving {
            weighed,
            kind,
            subject: Subject::Connection { client: session.client, server },
            facts: facts_of(session, reading),
            first: session.first,
            last: session.last,
            clients: BTreeSet::new(),
            cited: facts::cited(session),
        };
        let serving =
            self.kept.entry(server.address.to_canonical(), format!("serves {:05}", server.port), make);
        let earlier = session.first < serving.first;
        let undecided = serving.facts.text_of("protocol").is_none();
        if tenths(&weighed) > tenths(&serving.weighed) || undecided || (earlier && session.dialect.is_some())
        {
            serving.facts = facts_of(session, reading);
            serving.subject = Subject::Connection { client: session.client, server };
            serving.cited = facts::cited(session);
        }
        if (tenths(&weighed), weighed.act) > (tenths(&serving.weighed), serving.weighed.act) {
            serving.weighed = weighed;
            serving.kind = kind;
        }
        serving.first = serving.first.min(session.first);
        serving.last = serving.last.max(session.last);
        if serving.clients.len() < CLIENTS_COUNTED {
            serving.clients.insert(session.client.address.to_canonical());
        }
    }

    pub(crate) fn say(&self, findings: &mut Vec<Finding>) {
        for ((address, detail), serving) in self.kept.iter() {
            let clients = serving.clients.len() as u64;
            let mut facts = serving.facts.clone();
            facts.set("clients", Value::Count(clients));
            let protocol = facts.text_of("protocol").unwrap_or("JSON-RPC").to_owned();
            let pool =
                facts.text_of("pool").or_else(|| facts.text_of("upstream")).unwrap_or_default().to_owned();
            let relays = serving.weighed.role == Some(Role::Proxy);
            let message = Message::new(self.messages[usize::from(relays)])
                .with("pool", pool)
                .with("protocol", protocol)
                .with("clients", clients);
            findings.push(Finding {
                key: FindingKey { detector: self.detector, host: (*address).into(), detail: detail.clone() },
                kind: serving.kind,
                role: serving.weighed.role,
                weight: serving.weighed.weight,
                act: None,
                message,
                subject: serving.subject.clone(),
                facts,
                first: serving.first,
                last: serving.last,
                count: clients,
                cited: serving.cited.clone(),
                technique: None,
                dialogue: Vec::new(),
            });
        }
    }

    pub(crate) const fn forgotten(&self) -> u64 {
        self.kept.forgotten
    }
}

/// What is true of the server whoever its client is.
fn facts_of(session: &MiningSession, reading: &Reading) -> Facts {
    let mut facts = Facts::default();
    facts.text("protocol", session.dialect.map(model::Dialect::word));
    facts.text("algorithm", reading.algorithm.as_deref());
    facts.text("coin", reading.coin.as_ref().map(|(coin, _)| coin.as_str()));
    facts.text("coin_from", reading.coin.as_ref().map(|(_, from)| *from));
    match &session.carriage.target {
        // Whom it is asked for; the carrier is the machine itself.
        Some(target) => facts.text("upstream", Some(target.to_string())),
        None => {
            facts.text("pool", Some(session.server.to_string()));
            facts.text("via", session.carriage.via());
        }
    }
    facts
}
