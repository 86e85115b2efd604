//! The process that holds a mining connection seen in a capture.

use crate::inside::{About, Findings, about, message};
use crate::{Context, Detector, DetectorSettings, DetectorUnit, Said};
use model::{
    Endpoint, EvidenceId, Fact, FactKind, FindingKind, Meta, Observation, Process, Role, Time, UnitKind,
};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) static UNIT: DetectorUnit = DetectorUnit {
    meta: Meta {
        id: "session-owner",
        kind: UnitKind::Detector,
        summary: "session-owner-summary",
        doc: include_str!("session_owner.md"),
        doc_zh: include_str!("session_owner.zh.md"),
        since: "0.1.0",
        messages: &["session-owner-holds", "session-owner-seen"],
        parameters: &[],
    },
    reads: &[FactKind::Process, FactKind::Session],
    // The session weighs; whose it is makes mining no likelier.
    weights: &[],
    make,
};

/// Connections remembered of each side.
const MOST: usize = 16_384;

#[derive(Default)]
struct Owners {
    sessions: BTreeSet<(Endpoint, Endpoint)>,
    holders: BTreeMap<(Endpoint, Endpoint), (EvidenceId, u32)>,
    processes: BTreeMap<(EvidenceId, u32), (Observation, Process)>,
}

fn make(_: &DetectorSettings) -> Box<dyn Detector> {
    Box::new(Owners::default())
}

impl Detector for Owners {
    fn see(&mut self, seen: &Observation, _: &Context<'_>) {
        match &seen.fact {
            Fact::Session(session) if self.sessions.len() < MOST => {
                self.sessions.insert((session.client, session.server));
            }
            Fact::Process(process) if !process.connections.is_empty() && self.holders.len() < MOST => {
                let evidence = seen.origin.evidence;
                for (own, other) in &process.connections {
                    self.holders.insert((*own, *other), (evidence, process.pid));
                }
                self.processes.insert((evidence, process.pid), (seen.clone(), (**process).clone()));
            }
            _ => {}
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        let mut findings = Findings::default();
        for (client, server) in &self.sessions {
            // The miner's end, or the pool's where that is on this machine, too.
            let holder =
                self.holders.get(&(*client, *server)).or_else(|| self.holders.get(&(*server, *client)));
            if let Some((seen, process)) = holder.and_then(|holder| self.processes.get(holder)) {
                findings.tell(seen, holds(process, *client, *server));
            }
        }
        findings.say(said);
    }
}

fn holds(process: &Process, client: Endpoint, server: Endpoint) -> About {
    let message = message(process, "session-owner-holds").with("client", client).with("server", server);
    let detail = format!("holds\t{client} {server}");
    let mut about = about(process, UNIT.meta.id, detail, message, "session-owner-seen");
    about.kind = FindingKind::Mining;
    about.role = Some(Role::Miner);
    about.technique = Some("T1496.001");
    about.facts.text("connection", Some(format!("{client} {server}")));
    about
}
