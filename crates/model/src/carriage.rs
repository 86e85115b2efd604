//! What carries a connection inside another: proxies that were asked for a target, WebSocket, a balancer's header.

use crate::{Endpoint, FlowId};
use std::fmt;

/// Whom a client asked a proxy to connect it to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Target {
    /// Name or address, lower case, IPv6 without brackets.
    pub host: String,
    /// Port.
    pub port: u16,
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}

/// How a stream was carried; all empty for a bare connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carriage {
    /// The carriers, outermost first: `socks5 192.0.2.1:1080`, `http-connect 192.0.2.1:3128`, `websocket`.
    pub via: Vec<String>,
    /// Whom the innermost proxy was asked for.
    pub target: Option<Target>,
    /// The page whose script speaks (`Origin` of a WebSocket).
    pub page: Option<String>,
    /// The client in whose name a balancer connected (PROXY protocol).
    pub client: Option<Endpoint>,
}

impl Carriage {
    /// Puts this stream inside an outer carriage: what the inner one says of target, page and client stands.
    pub fn put_inside(&mut self, outer: &Carriage) {
        let inner = std::mem::replace(&mut self.via, outer.via.clone());
        self.via.extend(inner);
        self.target = self.target.take().or_else(|| outer.target.clone());
        self.page = self.page.take().or_else(|| outer.page.clone());
        self.client = self.client.or(outer.client);
    }

    /// The carriers in the order in which they were entered, in one line.
    #[must_use]
    pub fn via(&self) -> Option<String> {
        (!self.via.is_empty()).then(|| self.via.join(", "))
    }
}

/// A proxy was asked for a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tunnel {
    /// The connection to the proxy.
    pub flow: FlowId,
    /// Who asked.
    pub client: Endpoint,
    /// The proxy.
    pub server: Endpoint,
    /// `socks4`, `socks5`, `http-connect`.
    pub carrier: &'static str,
    /// The target asked for.
    pub target: Target,
    /// What the proxy said; `None` while unknown.
    pub granted: Option<bool>,
}
