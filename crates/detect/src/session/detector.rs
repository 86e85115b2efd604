//! What every detector of sessions does with a snapshot: reads it, and keeps what it says of either end.

use super::reading::{Reading, read};
use super::servers::Servers;
use super::table::{Rules, Sessions, Weighed};
use crate::{Context, Detector, Said};
use model::{Fact, FindingKind, MiningSession, Observation, Time};

/// What tells one detector of sessions from another.
pub(crate) struct Spec {
    /// Whether the session is this detector's to judge.
    pub(crate) takes: fn(&MiningSession) -> bool,
    /// How clients are weighed, and in which words.
    pub(crate) rules: Rules,
    /// Whether a session is kept for its client; several that weigh nothing each may weigh something together.
    pub(crate) keeps: fn(&MiningSession, &Reading) -> bool,
    /// What a session says about its server.
    pub(crate) weigh_server: fn(&MiningSession) -> Option<(Weighed, FindingKind)>,
    /// Message ids for a server, and for one that passes work on.
    pub(crate) server_messages: [&'static str; 2],
}

/// A detector of sessions.
pub(crate) struct SessionDetector {
    takes: fn(&MiningSession) -> bool,
    keeps: fn(&MiningSession, &Reading) -> bool,
    weigh_server: fn(&MiningSession) -> Option<(Weighed, FindingKind)>,
    clients: Sessions,
    servers: Servers,
}

impl SessionDetector {
    pub(crate) fn boxed(spec: Spec) -> Box<dyn Detector> {
        Box::new(SessionDetector {
            takes: spec.takes,
            keeps: spec.keeps,
            weigh_server: spec.weigh_server,
            servers: Servers::new(spec.rules.detector, spec.server_messages),
            clients: Sessions::new(spec.rules),
        })
    }
}

impl Detector for SessionDetector {
    fn see(&mut self, seen: &Observation, context: &Context<'_>) {
        let Fact::Session(session) = &seen.fact else { return };
        if !(self.takes)(session) {
            return;
        }
        let reading = read(session, context);
        if let Some((weighed, kind)) = (self.weigh_server)(session) {
            self.servers.see(session, &reading, weighed, kind);
        }
        self.servers.see_relay(session, &reading);
        if (self.keeps)(session, &reading) {
            self.clients.see(session, reading);
        }
    }

    fn say(&mut self, _now: Time, said: &mut Said) {
        self.clients.say(&mut said.findings);
        self.servers.say(&mut said.findings);
        said.forgotten += self.clients.forgotten() + self.servers.forgotten();
    }
}
