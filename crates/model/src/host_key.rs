//! Whom a finding is about: an address that was seen, or a machine that was looked at from inside.

use crate::EvidenceId;
use std::fmt;
use std::net::IpAddr;

/// What a detector knows a host by. Which machine that is, the verdict says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostKey {
    /// An address on the network.
    Address(IpAddr),
    /// The machine that this piece of evidence was taken from (a live host, a mounted image, a bundle).
    Machine(EvidenceId),
}

impl HostKey {
    /// The address, where it is one.
    #[must_use]
    pub const fn address(self) -> Option<IpAddr> {
        match self {
            HostKey::Address(address) => Some(address),
            HostKey::Machine(_) => None,
        }
    }

    /// The same host with an IPv4 address inside IPv6 (`::ffff:192.0.2.1`) as IPv4.
    #[must_use]
    pub fn canonical(self) -> HostKey {
        match self {
            HostKey::Address(address) => HostKey::Address(address.to_canonical()),
            HostKey::Machine(_) => self,
        }
    }
}

impl From<IpAddr> for HostKey {
    fn from(address: IpAddr) -> HostKey {
        HostKey::Address(address)
    }
}

impl fmt::Display for HostKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HostKey::Address(address) => address.fmt(f),
            HostKey::Machine(evidence) => write!(f, "machine {evidence}"),
        }
    }
}
