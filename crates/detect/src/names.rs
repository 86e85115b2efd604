//! The names by which clients know the servers they talk to.

use model::{Fact, FlowId, LookUpResult, Observation, Target, Time};
use std::collections::HashMap;
use std::net::IpAddr;

/// Entries per generation; two generations are kept, so that at most twice as many are held and the older half is
/// forgotten at once, in an order that no hash decides. A busy resolver's hour fits.
const GENERATION: usize = 32_768;
/// Names kept for one client and address: shared addresses have many names, the newest matter.
const NAMES_EACH: usize = 4;

/// Which names a client asked for before it talked to an address.
///
/// A name counts only for the client that asked for it: many sites share one address, and what another client
/// wanted there says nothing.
#[derive(Debug, Default)]
pub struct Names {
    looked_up: Aging<(IpAddr, IpAddr), Vec<(String, Time)>>,
    asked_on: Aging<FlowId, String>,
    targets: Aging<FlowId, Option<Target>>,
}

impl Names {
    /// Takes note of look-ups, TLS server names and HTTP hosts.
    pub fn see(&mut self, seen: &Observation) {
        match &seen.fact {
            Fact::LookUp(look_up) => {
                let LookUpResult::Addresses(addresses) = &look_up.result else { return };
                for address in addresses {
                    let key = (look_up.by.to_canonical(), address.to_canonical());
                    let names = self.looked_up.entry(key);
                    names.retain(|(name, _)| *name != look_up.name);
                    names.insert(0, (look_up.name.clone(), seen.time));
                    names.truncate(NAMES_EACH);
                }
            }
            Fact::TlsHello(hello) => {
                if let Some(sni) = &hello.sni {
                    *self.asked_on.entry(hello.flow) = sni.to_lowercase();
                }
            }
            Fact::HttpRequest(request) => {
                // A Host header with an address is no name.
                if let Some(host) = request.host.as_ref().filter(|host| host.parse::<IpAddr>().is_err()) {
                    *self.asked_on.entry(request.flow) = host.to_lowercase();
                }
            }
            Fact::Tunnel(tunnel) => *self.targets.entry(tunnel.flow) = Some(tunnel.target.clone()),
            _ => {}
        }
    }

    /// Whom the proxy at the other end of a connection was asked for.
    #[must_use]
    pub fn target(&self, flow: FlowId) -> Option<&Target> {
        self.targets.peek(&flow)?.as_ref()
    }

    /// The names by which `client` looked `server` up, the newest first.
    pub fn looked_up(&self, client: IpAddr, server: IpAddr) -> impl Iterator<Item = &str> {
        let names = self.looked_up.peek(&(client.to_canonical(), server.to_canonical()));
        names.into_iter().flatten().map(|(name, _)| name.as_str())
    }

    /// The name asked for on the connection itself (TLS server name, HTTP host).
    #[must_use]
    pub fn asked_on(&self, flow: FlowId) -> Option<&str> {
        self.asked_on.peek(&flow).map(String::as_str)
    }

    /// Every name of the server of a connection: asked on it, then looked up.
    pub fn of(&self, flow: FlowId, client: IpAddr, server: IpAddr) -> impl Iterator<Item = &str> {
        self.asked_on(flow).into_iter().chain(self.looked_up(client, server))
    }
}

/// A table of bounded size that forgets what was not touched for a generation.
#[derive(Debug)]
struct Aging<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
}

impl<K, V> Default for Aging<K, V> {
    fn default() -> Aging<K, V> {
        Aging { young: HashMap::new(), old: HashMap::new() }
    }
}

impl<K: std::hash::Hash + Eq + Copy, V: Default> Aging<K, V> {
    fn entry(&mut self, key: K) -> &mut V {
        if self.young.len() >= GENERATION && !self.young.contains_key(&key) {
            self.old = std::mem::take(&mut self.young);
        }
        let old = &mut self.old;
        self.young.entry(key).or_insert_with(|| old.remove(&key).unwrap_or_default())
    }

    fn peek(&self, key: &K) -> Option<&V> {
        self.young.get(key).or_else(|| self.old.get(key))
    }
}
