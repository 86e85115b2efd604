//! What is spoken around mining: who asked for which name, who a host is, what a stream is.
//!
//! One format per file; every function is pure and takes bytes an attacker may have chosen.
//!
//! | question | file |
//! |---|---|
//! | which name was looked up, and what was answered | [`dns`] (UDP and TCP) |
//! | who is this host | [`mdns`], [`llmnr`], [`nbns`], [`nbdgm`], [`dhcp`], [`dhcpv6`], [`arp`], [`ndp`] |
//! | whom does this encrypted stream mean, and which TLS stack speaks | [`tls`] |
//! | what was asked over HTTP, and where does a message end | [`http`] |
//! | is it a full node rather than a miner | [`node`] |
//! | which announcements of a node does a program listen to | [`zmtp`] |
//! | is a miner in this file | [`carve`] |
//! | does a miner tell how it is | [`miner_state`], [`rig_report`] |
//! | which extensions does a browser have | [`extension_check`] |
//! | what carries another stream, and where is it meant to go | [`socks`], [`proxy_protocol`], [`websocket`], [`http`] |
//!
//! Strings that leave here are raw text from the evidence, bounded in length and valid UTF-8
//! (undecodable bytes become U+FFFD). They are *not* escaped for display: whoever shows them does that.

pub mod arp;
pub mod carve;
mod cursor;
pub mod dhcp;
pub mod dhcpv6;
pub mod dns;
pub mod extension_check;
pub mod http;
pub mod llmnr;
mod maybe;
pub mod mdns;
pub mod miner_state;
pub mod nbdgm;
pub mod nbns;
pub mod ndp;
pub mod node;
pub mod proxy_protocol;
pub mod rig_report;
pub mod socks;
mod step;
pub mod tls;
pub mod websocket;
pub mod zmtp;

pub use maybe::Maybe;
pub use step::Step;

/// An Ethernet address (EUI-48), in the order of the wire.
pub type Mac = [u8; 6];
