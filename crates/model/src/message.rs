//! What is to be said to a person, before it is put into words: an id and typed arguments.

use crate::{Endpoint, Time};
use std::net::IpAddr;

/// A sentence without its language. `report` finds the words under `id` in `messages/en.ftl` and `zh.ftl`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Message {
    /// The Fluent message id, kebab-case.
    pub id: &'static str,
    /// The named arguments of the sentence.
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A sentence without arguments.
    #[must_use]
    pub const fn new(id: &'static str) -> Message {
        Message { id, args: Vec::new() }
    }

    /// The same sentence with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Message {
        self.args.push((name, value.into()));
        self
    }
}

/// An argument of a [`Message`]. Text comes from evidence: it is escaped by whoever shows it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arg {
    /// Text from evidence or a word that needs no translation.
    Text(String),
    /// A whole number, grouped as the reader's language does.
    Count(u64),
    /// An instant, shown in the reader's zone.
    Time(Time),
    /// An address.
    Address(IpAddr),
    /// One end of a connection.
    Endpoint(Endpoint),
    /// Another message, put into words first.
    Message(Box<Message>),
}

macro_rules! arg_from {
    ($($source:ty => $variant:ident),* $(,)?) => {$(
        impl From<$source> for Arg { fn from(value: $source) -> Arg { Arg::$variant(value.into()) } }
    )*};
}
arg_from! { String => Text, &str => Text, u64 => Count, u32 => Count, Time => Time, IpAddr => Address,
Endpoint => Endpoint, Message => Message }
