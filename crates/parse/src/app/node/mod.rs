//! Full nodes, from the first bytes they send: the innocent explanation of crypto words on a wire.
//!
//! Left out because their first bytes look random or carry no mark: Bitcoin's encrypted transport (BIP 324), Ethereum's
//! RLPx and discovery v5, and libp2p.

use super::Maybe;

pub mod bitcoin;
pub mod discv4;
pub mod levin;
pub mod p2pool;

/// Which network of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Network {
    /// Where coins are worth something.
    Main,
    /// One for testing, shared by many.
    Test,
    /// One of a developer alone.
    Regtest,
    /// A test network where only some may make blocks (Bitcoin's signet).
    Signet,
    /// A rehearsal of the main network (Monero's stagenet).
    Stage,
}

impl Network {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Network::Main => "main",
            Network::Test => "test",
            Network::Regtest => "regtest",
            Network::Signet => "signet",
            Network::Stage => "stage",
        }
    }
}

/// What nodes speak with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// Bitcoin's messages, version 1, and those of the chains that took them over.
    Bitcoin,
    /// CryptoNote's Levin.
    Levin,
    /// Ethereum's node discovery, version 4 (UDP).
    Discv4,
    /// Monero's decentralised pool among its nodes.
    P2pool,
}

/// A node, as far as one message tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it speaks.
    pub protocol: Protocol,
    /// The coin's ticker, in upper case, where the message decides it.
    pub ticker: Option<&'static str>,
    /// The network, where the message decides it.
    pub network: Option<Network>,
    /// The program (`/Satoshi:27.0.0/`), at most 256 characters.
    pub agent: Option<String>,
    /// The height of its chain.
    pub height: Option<u64>,
}

/// The node that a TCP stream, either side of it, begins with.
///
/// The start of a stream is enough; agent and height come with the rest of the first message.
pub fn recognise(stream: &[u8]) -> Option<Node> {
    bitcoin::recognise(stream).or_else(|| levin::recognise(stream)).or_else(|| p2pool::recognise(stream))
}

/// Whether a TCP stream that starts with these bytes is a node's.
pub fn sniff(stream: &[u8]) -> Maybe {
    let answers = [bitcoin::sniff(stream), levin::sniff(stream), p2pool::sniff(stream)];
    if answers.contains(&Maybe::Yes) {
        Maybe::Yes
    } else if answers.contains(&Maybe::NeedMore) {
        Maybe::NeedMore
    } else {
        Maybe::No
    }
}

/// The bytes at `at` as a little-endian number; both protocols of this module are little-endian.
fn little_endian<const N: usize>(bytes: &[u8], at: usize) -> Option<u64> {
    const { assert!(N <= 8) }
    let value: [u8; N] = bytes.get(at..at.checked_add(N)?)?.try_into().ok()?;
    Some(value.iter().rev().fold(0, |sum, &byte| sum << 8 | u64::from(byte)))
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let mut decided = None;
    for end in 0..=data.len().min(64) {
        let start = data.get(..end).unwrap_or_default();
        let answer = sniff(start);
        assert!(decided.is_none_or(|decided| decided == answer), "a decision stands");
        decided = decided.or(answer.is_decided().then_some(answer));
        assert!(recognise(start).is_none() || answer == Maybe::Yes, "only what was sniffed is recognised");
    }
}
