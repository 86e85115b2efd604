//! What the door answers: one struct per kind of entry, each with its source and date.

use crate::site::PoolHost;

/// A name that belongs to a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolName<'a> {
    /// The listed name that matched, in lower case: what was asked or a parent of it.
    pub matched: String,
    /// Which of its hosts.
    pub host: PoolHost,
    /// Coins mined there, as far as listed; empty where the pool serves many or nothing is listed.
    pub coins: Vec<&'a str>,
    /// Ports listed for it, ascending; often none.
    pub ports: &'a [u16],
    /// Where the entry is from.
    pub source: &'a str,
    /// When it was seen there, `2018-05-13`; none for the user's own list.
    pub date: Option<&'a str>,
}

/// An address that belongs to a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolAddress<'a> {
    /// Coins mined there, as far as listed.
    pub coins: Vec<&'a str>,
    /// Where the entry is from.
    pub source: &'a str,
    /// When it was seen there; none for the user's own list. Addresses change hands within months.
    pub date: Option<&'a str>,
}

/// A port that pools use, and others too: weak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolPort<'a> {
    /// Coins usual on it.
    pub coins: Vec<&'a str>,
    /// Who uses it.
    pub pool: &'a str,
    /// Where the entry is from.
    pub source: &'a str,
    /// When.
    pub date: &'a str,
}

/// A name that belongs to a miner inside web pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebMiner<'a> {
    /// The listed name that matched.
    pub matched: String,
    /// Where the entry is from.
    pub source: &'a str,
    /// When.
    pub date: &'a str,
}

/// A name or address that looks like a pool's, or stands in block lists, and is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAPool<'a> {
    /// The listed name or network that matched.
    pub matched: &'a str,
    /// What it is: `exchange`, `wallet`, `explorer`, `resolver`, `cdn`, `time` …
    pub what: &'a str,
    /// Where the judgement is from.
    pub source: &'a str,
    /// When.
    pub date: &'a str,
}
