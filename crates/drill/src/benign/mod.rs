//! What is not mining: office traffic, and dialogues that only look like mining.

pub(crate) mod chat;
pub(crate) mod crypto;
pub(crate) mod office;
pub(crate) mod websocket;
pub(crate) mod words;

use std::time::Duration;

use crate::rng::Rng;
use crate::tcp::{Side, Turn};

/// Turns, one after the other.
#[derive(Debug, Default)]
pub(crate) struct Script {
    pub(crate) turns: Vec<Turn>,
}

impl Script {
    /// The client says it after so many milliseconds.
    pub(crate) fn client(&mut self, wait: u64, bytes: impl AsRef<[u8]>) {
        self.say(wait, Side::Client, bytes.as_ref());
    }

    /// The server says it after so many milliseconds.
    pub(crate) fn server(&mut self, wait: u64, bytes: impl AsRef<[u8]>) {
        self.say(wait, Side::Server, bytes.as_ref());
    }

    fn say(&mut self, wait: u64, from: Side, bytes: &[u8]) {
        self.turns.push(Turn { wait: Duration::from_millis(wait), from, bytes: bytes.to_vec() });
    }
}

/// A waiting time without memory, in milliseconds, around this many.
pub(crate) fn pause(rng: &mut Rng, mean: u64) -> u64 {
    rng.exponential(mean as f64) as u64 + 1
}
