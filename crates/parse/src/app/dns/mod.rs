//! DNS (RFC 1035) as it is seen on the wire: names, messages, and messages over TCP.
//!
//! [`message`] reads one datagram and keeps what was readable; [`tcp`] cuts a stream into messages.

pub mod message;
pub mod name;
pub mod record;
pub mod tcp;

pub use message::{Kind, Message, NotDns, Question, looks_like_dns, parse};
pub use record::{Data, Record, Section, Service};
