//! What a scan remembers for an extract: which conversations may be behind a finding, which names led there, and
//! where each machine introduced itself.
//!
//! Findings are known at the end only, so what might matter is kept, in bounded tables: conversations in which
//! mining or a node was recognised, and those with what the lists know. What a finding then does not name is left.

use crate::settings::Settings;
use detect::Known;
use intel::Intel;
use model::{
    Endpoint, Fact, FlowSummary, IdentityFact, LookUp, LookUpResult, Observation, Opened, Origin, Recognised,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::net::IpAddr;
use std::sync::Arc;

/// Conversations; a proxy of a farm has some thousand clients. About 100 bytes each.
const MOST_TALKS: usize = 65_536;
/// Addresses remembered with the names that led to them, and listed names.
const MOST_NAMED: usize = 32_768;
/// Names kept for one address: as many as detectors know.
const NAMES_EACH: usize = 4;
/// Different introductions: a /16 with a name each.
const MOST_INTRODUCTIONS: usize = 65_536;

/// Who talked to which server.
pub(super) type Talk = (IpAddr, Endpoint);

/// What one protocol said of one machine, and where it said so first and last: how long it held.
#[derive(Debug)]
pub(super) struct Introduction {
    pub(super) fact: IdentityFact,
    pub(super) first: Origin,
    pub(super) last: Origin,
}

type IntroductionKey = (model::IdentitySource, Option<IpAddr>, Option<model::Mac>, Option<String>);

/// What was remembered.
#[derive(Debug)]
pub(crate) struct Traces {
    intel: Arc<Intel>,
    /// Whether mining was spoken there.
    pub(super) talks: BTreeMap<Talk, bool>,
    /// Names that the lists know or that lead to what they know, as they were asked for.
    pub(super) listed_names: BTreeSet<String>,
    /// The names that led to an address.
    pub(super) names: HashMap<IpAddr, Vec<String>>,
    listed_addresses: HashSet<IpAddr>,
    introductions: BTreeMap<IntroductionKey, Introduction>,
    full: bool,
}

impl Traces {
    pub(crate) fn new(settings: &Settings) -> Traces {
        Traces::knowing(Arc::clone(&settings.intel))
    }

    #[cfg(test)]
    pub(super) fn with_nothing() -> Traces {
        Traces::knowing(Arc::new(Intel::builtin()))
    }

    fn knowing(intel: Arc<Intel>) -> Traces {
        Traces {
            intel,
            talks: BTreeMap::new(),
            listed_names: BTreeSet::new(),
            names: HashMap::new(),
            listed_addresses: HashSet::new(),
            introductions: BTreeMap::new(),
            full: false,
        }
    }

    /// Whether a table was full when something new came.
    pub(super) const fn is_full(&self) -> bool {
        self.full
    }

    /// Where machines introduced themselves.
    pub(super) fn introductions(&self) -> impl Iterator<Item = &Introduction> {
        self.introductions.values()
    }

    /// Remembers what an observation may be worth.
    pub(crate) fn see(&mut self, seen: &Observation) {
        match &seen.fact {
            Fact::Session(session) => self.talk(session.client.address, session.server, true),
            Fact::Node(node) => self.talk(node.client.address, node.server, false),
            Fact::TlsHello(hello) => {
                if hello.sni.as_deref().is_some_and(|name| self.is_listed(name)) {
                    self.talk(hello.client.address, hello.server, false);
                }
            }
            Fact::HttpRequest(request) => {
                let miner = |agent: &str| self.intel.is_miner(agent);
                let download = intel::download(&request.target).is_some();
                if download
                    || request.host.as_deref().is_some_and(|name| self.is_listed(name))
                    || request.user_agent.as_deref().is_some_and(miner)
                {
                    self.talk(request.client.address, request.server, false);
                }
            }
            Fact::Flow(flow) => self.flow(flow),
            Fact::LookUp(look_up) => self.look_up(look_up),
            Fact::Identity(fact) => self.introduction(fact, seen.origin),
            Fact::Tunnel(tunnel) => {
                if self.is_listed(&tunnel.target.host) {
                    self.talk(tunnel.client.address, tunnel.server, false);
                }
            }
            // What findings about many connections cite is selected by its place.
            Fact::Contacts(_) => {}
            // What was found inside a machine shows in no packet.
            Fact::Machine(_)
            | Fact::Process(_)
            | Fact::Autorun(_)
            | Fact::MinerFile(_)
            | Fact::Listener(_)
            | Fact::Door(_)
            | Fact::HostLogins(_)
            | Fact::ShellCommand(_)
            | Fact::MinerLog(_) => {}
            Fact::Interface(told) => self.talk(told.client.address, told.server, false),
            Fact::ExtensionCheck(check) => {
                if check.ids.iter().any(|id| intel::mining_extension(id).is_some()) {
                    self.talk(check.client.address, check.server, false);
                }
            }
            Fact::Transfer(transfer) => {
                if transfer.recognised.iter().any(|one| !matches!(one, Recognised::Archive { .. })) {
                    self.talk(transfer.client.address, transfer.server, false);
                }
            }
        }
    }

    fn is_listed(&self, name: &str) -> bool {
        Known::pool_by_name(self.intel.as_ref(), name).is_some()
            || Known::is_web_miner(self.intel.as_ref(), name)
            || intel::download_host(name).is_some()
    }

    fn flow(&mut self, flow: &FlowSummary) {
        if flow.payload.contains(&0) {
            return;
        }
        // Joined in the middle, the side that spoke first passes for the client: look at both.
        let ends = [(flow.client, flow.server), (flow.server, flow.client)];
        let ends = if flow.opened == Opened::Unseen { &ends[..] } else { &ends[..1] };
        for &(client, server) in ends {
            let (address, port) = (server.address.to_canonical(), server.port);
            let known = self.listed_addresses.contains(&address)
                || Known::is_usual_port(self.intel.as_ref(), port)
                || Known::pool_by_address(self.intel.as_ref(), address, port).is_some();
            if known {
                self.talk(client.address, server, false);
            }
        }
    }

    fn talk(&mut self, client: IpAddr, server: Endpoint, mines: bool) {
        let server = Endpoint::new(server.address.to_canonical(), server.port);
        let talk = (client.to_canonical(), server);
        if let Some(known) = self.talks.get_mut(&talk) {
            *known |= mines;
        } else if self.talks.len() < MOST_TALKS {
            self.talks.insert(talk, mines);
        } else {
            self.full = true;
        }
    }

    fn look_up(&mut self, look_up: &LookUp) {
        let listed = std::iter::once(&look_up.name).chain(&look_up.aliases).any(|name| self.is_listed(name));
        if listed {
            if self.listed_names.len() < MOST_NAMED {
                self.listed_names.insert(look_up.name.clone());
            } else {
                self.full |= !self.listed_names.contains(&look_up.name);
            }
        }
        let LookUpResult::Addresses(addresses) = &look_up.result else { return };
        for address in addresses.iter().map(IpAddr::to_canonical) {
            if listed && self.listed_addresses.len() < MOST_NAMED {
                self.listed_addresses.insert(address);
            }
            if self.names.len() >= MOST_NAMED && !self.names.contains_key(&address) {
                self.full = true;
                continue;
            }
            let names = self.names.entry(address).or_default();
            if !names.contains(&look_up.name) {
                names.insert(0, look_up.name.clone());
                names.truncate(NAMES_EACH);
            }
        }
    }

    fn introduction(&mut self, fact: &IdentityFact, origin: Origin) {
        let key = (fact.source, fact.address, fact.mac, fact.name.clone());
        if let Some(known) = self.introductions.get_mut(&key) {
            known.last = origin;
        } else if self.introductions.len() < MOST_INTRODUCTIONS {
            let fact = fact.clone();
            self.introductions.insert(key, Introduction { fact, first: origin, last: origin });
        } else {
            self.full = true;
        }
    }
}
