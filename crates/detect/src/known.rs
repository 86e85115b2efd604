//! What detectors ask of the intelligence: the narrow door between them, so that a test can open its own.

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
}

impl Pool {
    /// Whether miners connect to this port: as listed, or, where no port is listed, a usual one.
    #[must_use]
    pub fn mines_at(&self, port: u16, intel: &dyn Known) -> bool {
        if self.ports.is_empty() { intel.is_usual_port(port) } else { self.ports.contains(&port) }
    }
}

/// What is known of pools and miners.
pub trait Known {
    /// The pool that a host name belongs to. Lower case, no final dot.
    fn pool_by_name(&self, name: &str) -> Option<Pool>;
    /// The pool that listens at an address and port. Addresses shared with others are not listed.
    fn pool_by_address(&self, address: std::net::IpAddr, port: u16) -> Option<Pool>;
    /// Whether many pools use this port, and hardly anything else.
    fn is_usual_port(&self, port: u16) -> bool;
    /// Whether a program that calls itself so is a mining program.
    fn is_miner(&self, agent: &str) -> bool;
}
