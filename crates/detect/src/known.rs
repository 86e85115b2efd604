//! What detectors ask of the intelligence: the narrow door between them, so that a test can open its own.

use intel::{AgentKind, Intel, PoolHost};
use std::net::IpAddr;

/// A listed pool, as far as one look-up shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pool {
    /// What tells pools apart: different host names of one pool share it.
    pub id: String,
    /// The coins it offers there, tickers; empty where the list does not say.
    pub coins: Vec<String>,
    /// The ports miners use; empty where the list does not say.
    pub ports: Vec<u16>,
    /// The name is the pool's web site, not where miners connect.
    pub site: bool,
    /// The name is listed as one that miners connect to.
    pub mining_host: bool,
}

/// Ports of web servers: only where a list says so do miners connect to them.
const WEB_PORTS: [u16; 3] = [80, 443, 8080];

impl Pool {
    /// Whether miners connect to this port: as listed; where no port is listed, any but a web server's on a name
    /// that is listed for miners, and a usual one on other names of the pool.
    #[must_use]
    pub fn mines_at(&self, port: u16, intel: &dyn Known) -> bool {
        let listed = self.ports.contains(&port);
        listed
            || (self.ports.is_empty() && self.mining_host && !WEB_PORTS.contains(&port))
            || intel.is_usual_port(port)
    }
}

/// What is known of pools and miners.
pub trait Known {
    /// The pool that a host name belongs to. Lower case, no final dot.
    fn pool_by_name(&self, name: &str) -> Option<Pool>;
    /// The pool that listens at an address and port. Addresses shared with others are not listed.
    fn pool_by_address(&self, address: IpAddr, port: u16) -> Option<Pool>;
    /// Whether many pools use this port, and hardly anything else.
    fn is_usual_port(&self, port: u16) -> bool;
    /// Whether a program that calls itself so is a mining program.
    fn is_miner(&self, agent: &str) -> bool;
    /// Whether it does so in a mining program's own form, name and version, and not by its first word alone.
    fn is_miner_itself(&self, agent: &str) -> bool;
    /// The miner or family of malware whose programs are called so, and whether it is malware.
    fn miner_program(&self, name: &str) -> Option<(String, bool)>;
    /// Whether a host name is listed as one that serves miners to web pages. Lower case, no final dot.
    fn is_web_miner(&self, name: &str) -> bool;
}

impl Known for Intel {
    fn pool_by_name(&self, name: &str) -> Option<Pool> {
        let found = Intel::pool_by_name(self, name)?;
        Some(Pool {
            id: registrable(&found.matched).to_owned(),
            coins: found.coins.iter().map(|coin| (*coin).to_owned()).collect(),
            ports: found.ports.to_vec(),
            site: found.host == PoolHost::Site,
            mining_host: found.host == PoolHost::Stratum,
        })
    }

    fn pool_by_address(&self, address: IpAddr, port: u16) -> Option<Pool> {
        let found = Intel::pool_by_address(self, address, port)?;
        Some(Pool {
            id: model::Endpoint::new(address, port).to_string(),
            coins: found.coins.iter().map(|coin| (*coin).to_owned()).collect(),
            ports: vec![port],
            site: false,
            mining_host: true,
        })
    }

    fn is_usual_port(&self, port: u16) -> bool {
        self.port(port).is_some()
    }

    fn miner_program(&self, name: &str) -> Option<(String, bool)> {
        intel::program(name).map(|program| (program.family.to_owned(), program.malware))
    }

    fn is_web_miner(&self, name: &str) -> bool {
        self.web_miner(name).is_some()
    }

    fn is_miner(&self, agent: &str) -> bool {
        self.agent(agent).is_some_and(|agent| matches!(agent.kind, AgentKind::Miner | AgentKind::Proxy))
    }

    fn is_miner_itself(&self, agent: &str) -> bool {
        self.agent_itself(agent)
            .is_some_and(|agent| matches!(agent.kind, AgentKind::Miner | AgentKind::Proxy))
    }
}

/// The part of a name that one owner registers, near enough to tell pools apart: the last two labels, or three
/// under a country's second level (`pool.example.co.uk`, `pool.eth.pp.ua`).
fn registrable(name: &str) -> &str {
    let mut from_end = name.rmatch_indices('.').map(|(at, _)| at);
    let (Some(last), Some(second)) = (from_end.next(), from_end.next()) else { return name };
    let (top, below) = (&name[last + 1..], &name[second + 1..last]);
    let start =
        if top.len() == 2 && below.len() <= 3 { from_end.next().map(|at| at + 1) } else { Some(second + 1) };
    &name[start.unwrap_or(0)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_one_pool_share_its_id() {
        for (name, expected) in [
            ("xmr-eu1.pool.example", "pool.example"),
            ("pool.example", "pool.example"),
            ("a.b.pool.co.uk", "pool.co.uk"),
            ("pool.eth.pp.ua", "eth.pp.ua"),
            ("pp.ua", "pp.ua"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(registrable(name), expected);
        }
    }
}
