//! From streams to mining sessions: requests paired with answers, roles by content, shares, difficulty in force.
//!
//! [`Dialogue`] reads one TCP connection that carries JSON objects, [`HttpDialogue`] one that carries HTTP/1. Both feed
//! the same conversation, which emits a [`model::MiningSession`] whenever something new in kind is known, and
//! on [`Dialogue::close`].

mod account;
mod answers;
mod asks;
mod conversation;
mod dialogue;
mod electrum;
mod fetch;
mod half;
mod header_work;
mod http_dialogue;
mod interface;
mod jobs;
mod logins;
mod pending;
mod record;
mod roles;
mod secrets;
mod snapshot;
mod sniff;
mod switch;
mod talk;
mod tells;
#[cfg(test)]
mod tests;
mod v2_dialogue;
mod watch;
mod xatum_dialogue;

pub use dialogue::Dialogue;
pub use http_dialogue::HttpDialogue;
pub use sniff::Sniff;
pub use switch::{Switch, Switched};
pub use v2_dialogue::V2Dialogue;
pub use v2_dialogue::begun as v2_begun;
pub use xatum_dialogue::XatumDialogue;

use model::{Endpoint, FlowId, Origin, Side, Time};

/// The two ends of a connection. `a` sent the first packet that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// The sender of the first packet.
    pub a: Endpoint,
    /// The other end.
    pub b: Endpoint,
    /// Who opened the connection; `None` if it was joined in the middle.
    pub opener: Option<Side>,
    /// The connection's identity.
    pub flow: FlowId,
}

impl Ends {
    /// The end of a side.
    #[must_use]
    pub const fn of(&self, side: Side) -> Endpoint {
        match side {
            Side::A => self.a,
            Side::B => self.b,
        }
    }
}

/// When and where the bytes at hand were seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// Time of the packet.
    pub time: Time,
    /// The packet.
    pub origin: Origin,
}

/// What the user asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Keep the lines of a dialogue, for `--show`.
    pub record_dialogue: bool,
    /// Do not mask passwords in kept lines.
    pub show_secrets: bool,
}

/// Fuzz entry: arbitrary bytes as a dialogue of both sides, with holes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    dialogue::fuzz(data);
    http_dialogue::fuzz(data);
}
