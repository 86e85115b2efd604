//! The user's own list of pools: names, addresses, networks, one a line.
//!
//! ```text
//! # what stands after # is a comment
//! pool.example            XMR
//! 203.0.113.7:3333        XMR
//! 203.0.113.8
//! 198.51.100.0/24
//! [2001:db8::7]:3333
//! 0.0.0.0 blocked.example      a line of a hosts file is read too
//! ```

use std::{
    collections::HashMap,
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use crate::{
    prefix::{Network, PrefixBuilder, PrefixMap},
    suffix::{LONGEST_NAME, SuffixMap},
};

/// Largest network of a list: a shorter prefix would call a good part of the Internet a pool.
const FEWEST_BITS: (u8, u8) = (8, 16);

/// Pools that the user knows.
#[derive(Default)]
pub struct UserList {
    pub(crate) names: SuffixMap,
    pub(crate) addresses: PrefixMap,
    /// Values of both maps point here.
    pub(crate) coins: Vec<Vec<String>>,
    entries: usize,
}

/// A line that was not understood; the others are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct LineError {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: LineReason,
}

/// Why a line was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineReason {
    /// Neither a name with a point, nor an address, nor a network.
    #[error("neither a name, nor an address, nor a network")]
    NotAnEntry,
    /// More than an entry and a coin.
    #[error("more than an entry and a coin")]
    TooManyWords,
    /// A coin is two to ten letters and digits.
    #[error("a coin is two to ten letters and digits")]
    NotACoin,
    /// A network shorter than /8 (IPv6: /16).
    #[error("network shorter than /8 (IPv6: /16)")]
    NetworkTooLarge,
}

impl fmt::Debug for UserList {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserList").field("entries", &self.entries).finish_non_exhaustive()
    }
}

/// What a line lists.
enum Entry<'a> {
    Name(&'a str),
    Network(Network, Option<u16>),
}

impl UserList {
    /// Reads a list. Lines that are not understood are answered beside it, in order.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<LineError>) {
        let mut list = Self::default();
        let mut errors = Vec::new();
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut addresses = PrefixBuilder::default();
        for (line, text) in (1..).zip(text.lines()) {
            let text = text.trim_start_matches('\u{feff}');
            let text = text.split_once('#').map_or(text, |(before, _)| before);
            let (entry, coin) = match words(text) {
                Ok(Some(found)) => found,
                Ok(None) => continue,
                Err(reason) => {
                    errors.push(LineError { line, reason });
                    continue;
                }
            };
            let coin = coin.to_ascii_uppercase();
            let value = *known.entry(coin).or_insert_with_key(|coin| {
                list.coins.push(if coin.is_empty() { Vec::new() } else { vec![coin.clone()] });
                u32::try_from(list.coins.len() - 1).unwrap_or(u32::MAX)
            });
            match entry {
                Entry::Name(name) => list.entries += usize::from(list.names.insert(name, value)),
                Entry::Network(network, port) => {
                    addresses.insert(network, port, value);
                    list.entries += 1;
                }
            }
        }
        list.addresses = addresses.finish();
        (list, errors)
    }

    /// Entries understood.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries
    }

    /// Whether nothing was understood.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// Bytes held on the heap by the two maps.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.names.bytes() + self.addresses.bytes()
    }
}

/// Entry and coin (empty: none named) of a line; nothing for a blank one.
fn words(text: &str) -> Result<Option<(Entry<'_>, &str)>, LineReason> {
    let mut words = text.split_ascii_whitespace();
    let Some(mut first) = words.next() else { return Ok(None) };
    let mut second = words.next();
    if let (Ok(Ipv4Addr::UNSPECIFIED | Ipv4Addr::LOCALHOST), Some(name)) = (first.parse::<Ipv4Addr>(), second)
    {
        (first, second) = (name, words.next());
    }
    if words.next().is_some() {
        return Err(LineReason::TooManyWords);
    }
    let coin = second.unwrap_or_default();
    let is_coin = (2..=10).contains(&coin.len()) && coin.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if second.is_some() && !is_coin {
        return Err(LineReason::NotACoin);
    }
    Ok(Some((entry(first)?, coin)))
}

fn entry(text: &str) -> Result<Entry<'_>, LineReason> {
    if let Ok(address) = text.parse::<SocketAddr>() {
        return Ok(Entry::Network(Network::single(address.ip().to_canonical()), Some(address.port())));
    }
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(Entry::Network(Network::single(address.to_canonical()), None));
    }
    if let Some(network) = Network::parse(text) {
        let fewest = if network.address().is_ipv4() { FEWEST_BITS.0 } else { FEWEST_BITS.1 };
        let large = network.bits() < fewest;
        return if large { Err(LineReason::NetworkTooLarge) } else { Ok(Entry::Network(network, None)) };
    }
    let name = text.trim_start_matches("*.").trim_start_matches('.').trim_end_matches('.');
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || byte >= 0x80)
    };
    let top = name.rsplit('.').next().unwrap_or_default();
    let is_name = name.len() <= LONGEST_NAME
        && name.contains('.')
        && name.split('.').all(is_label)
        && !top.bytes().all(|byte| byte.is_ascii_digit());
    if is_name { Ok(Entry::Name(name)) } else { Err(LineReason::NotAnEntry) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn reads_every_form() {
        let (list, errors) = UserList::parse(
            "\u{feff}# pools of our own\n\nPool.Example xmr # ours\n*.farm.example\r\n203.0.113.7:3333 XMR\n\
             203.0.113.8\n198.51.100.0/24 BTC\n[2001:db8::7]:3333\n2001:db8:1::/48\n0.0.0.0 blocked.example\n",
        );
        assert_eq!(errors, []);
        assert_eq!(list.len(), 8);
        let coin =
            |value: Option<u32>| value.map(|value| list.coins[usize::try_from(value).unwrap()].join(","));
        let name = |name: &str| coin(list.names.longest(name).map(|found| found.1));
        let at = |address: &str, port| coin(list.addresses.find(address.parse().unwrap(), port));
        assert_eq!(name("eu.pool.example").as_deref(), Some("XMR"));
        assert_eq!(name("farm.example").as_deref(), Some(""));
        assert_eq!(name("blocked.example").as_deref(), Some(""));
        assert_eq!(at("203.0.113.7", 3333).as_deref(), Some("XMR"));
        assert_eq!(at("203.0.113.7", 80), None, "only the port that was listed");
        assert_eq!(at("203.0.113.8", 80).as_deref(), Some(""));
        assert_eq!(at("198.51.100.200", 1).as_deref(), Some("BTC"));
        assert_eq!(at("2001:db8::7", 3333).as_deref(), Some(""));
        assert_eq!(at("2001:db8:1:2::3", 1).as_deref(), Some(""));
    }

    #[test]
    fn errors_name_their_line() {
        let (list, errors) = UserList::parse(
            "good.example\ncom\n10.0.0.0/4\n::/0\nx.example XMR BTC\nx.example X!\n203.0.113.7:99999\n1.2.3\nbad..example\n",
        );
        assert_eq!(list.len(), 1);
        let reasons: Vec<(usize, LineReason)> =
            errors.iter().map(|error| (error.line, error.reason)).collect();
        assert_eq!(
            reasons,
            [
                (2, LineReason::NotAnEntry),
                (3, LineReason::NetworkTooLarge),
                (4, LineReason::NetworkTooLarge),
                (5, LineReason::TooManyWords),
                (6, LineReason::NotACoin),
                (7, LineReason::NotAnEntry),
                (8, LineReason::NotAnEntry),
                (9, LineReason::NotAnEntry),
            ]
        );
        assert_eq!(errors[0].to_string(), "line 2: neither a name, nor an address, nor a network");
    }
}
