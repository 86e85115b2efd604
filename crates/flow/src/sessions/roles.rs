//! Who is client and who is server: by what they say, else by who opened, else by who spoke first.

use super::Ends;
use model::{Endpoint, KnownBy, Side};

/// How strongly a message tells its sender's role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Nothing said yet.
    None,
    /// A request, a notification or an answer that only one role makes.
    Said,
    /// A login or a submit: decides even where both sides ask.
    Mines,
}

/// What is known about the roles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Roles {
    client: Option<Side>,
    strength: Strength,
}

impl Roles {
    pub(super) const fn new() -> Roles {
        Roles { client: None, strength: Strength::None }
    }

    /// `side` spoke as a client.
    pub(super) fn client_is(&mut self, side: Side, strength: Strength) {
        if strength > self.strength {
            self.client = Some(side);
            self.strength = strength;
        }
    }

    /// The side of the client, and how that is known.
    pub(super) fn client(&self, opener: Option<Side>) -> (Side, KnownBy) {
        match (self.client, opener) {
            (Some(side), _) => (side, KnownBy::Content),
            (None, Some(side)) => (side, KnownBy::Opening),
            (None, None) => (Side::A, KnownBy::Guess),
        }
    }

    /// Client, server, and how they were told apart.
    pub(super) fn ends(&self, ends: &Ends) -> (Endpoint, Endpoint, KnownBy) {
        let (client, by) = self.client(ends.opener);
        (ends.of(client), ends.of(client.other()), by)
    }
}
