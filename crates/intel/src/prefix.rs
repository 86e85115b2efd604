//! Addresses and networks, IPv4 and IPv6, with or without a port: nested networks flattened to sorted ranges.
//!
//! A look-up takes a step through an index of the first 16 bits, a binary search between its marks, and a scan
//! of the ports listed for that range. A single IPv4 address takes 12 bytes; `examples/lookup.rs` measures.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

/// An address or a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// A network of `bits` leading bits, host bits cleared; none when there are more bits than the address has.
    #[must_use]
    pub fn new(address: IpAddr, bits: u8) -> Option<Self> {
        match address {
            IpAddr::V4(v4) if bits <= 32 => {
                let kept = u32::from(v4) & u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
                Some(Self { address: Ipv4Addr::from(kept).into(), bits })
            }
            IpAddr::V6(v6) if bits <= 128 => {
                let kept = u128::from(v6) & u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
                Some(Self { address: Ipv6Addr::from(kept).into(), bits })
            }
            _ => None,
        }
    }

    /// The network of one address.
    #[must_use]
    pub fn single(address: IpAddr) -> Self {
        Self { address, bits: if address.is_ipv4() { 32 } else { 128 } }
    }

    /// `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_once('/') {
            Some((address, bits)) => Self::new(address.parse().ok()?, bits.parse().ok()?),
            None => text.parse().ok().map(Self::single),
        }
    }

    /// First address.
    #[must_use]
    pub fn address(&self) -> IpAddr {
        self.address
    }

    /// Leading bits that all its addresses share.
    #[must_use]
    pub fn bits(&self) -> u8 {
        self.bits
    }
}

/// A listed port (none: every port) and its value.
type Listed = (Option<u16>, u32);

/// Collects networks; [`PrefixBuilder::finish`] makes the map.
#[derive(Default)]
pub struct PrefixBuilder {
    v4: Vec<(u32, u32, Listed)>,
    v6: Vec<(u128, u128, Listed)>,
}

impl PrefixBuilder {
    /// Adds a network, on one port or on every port, with its value. Of the same network and port the first stays.
    pub fn insert(&mut self, network: Network, port: Option<u16>, value: u32) {
        let bits = u32::from(network.bits);
        match network.address {
            IpAddr::V4(v4) => {
                let first = u32::from(v4);
                self.v4.push((first, first | u32::MAX.checked_shr(bits).unwrap_or(0), (port, value)));
            }
            IpAddr::V6(v6) => {
                let first = u128::from(v6);
                self.v6.push((first, first | u128::MAX.checked_shr(bits).unwrap_or(0), (port, value)));
            }
        }
    }

    /// Sorts and flattens; memory for the collection is freed.
    #[must_use]
    pub fn finish(self) -> PrefixMap {
        let mut groups = Groups::default();
        let v4 = Ranges::new(self.v4, |address| usize::try_from(address >> 16).unwrap_or(0), &mut groups);
        let v6 = Ranges::new(self.v6, |address| usize::try_from(address >> 112).unwrap_or(0), &mut groups);
        PrefixMap { v4, v6, groups: groups.finish() }
    }
}

/// A map from networks with optional port to numbers, looked up by the smallest network that lists the port.
#[derive(Default)]
pub struct PrefixMap {
    v4: Ranges<u32>,
    v6: Ranges<u128>,
    groups: Lists,
}

impl PrefixMap {
    /// The value for an address and port: of the smallest network that lists the port or every port.
    /// IPv4 inside IPv6 (`::ffff:192.0.2.1`) is looked up as IPv4.
    #[must_use]
    pub fn find(&self, address: IpAddr, port: u16) -> Option<u32> {
        let group = match address.to_canonical() {
            IpAddr::V4(v4) => {
                let value = u32::from(v4);
                self.v4.find(value, usize::try_from(value >> 16).unwrap_or(0))
            }
            IpAddr::V6(v6) => {
                let value = u128::from(v6);
                self.v6.find(value, usize::try_from(value >> 112).unwrap_or(0))
            }
        };
        let listed = self.groups.list(group?)?;
        let exact = listed.iter().find(|listed| listed.0 == Some(port));
        exact.or_else(|| listed.iter().find(|listed| listed.0.is_none())).map(|listed| listed.1)
    }

    /// Ranges held after flattening.
    #[must_use]
    pub fn len(&self) -> usize {
        self.v4.starts.len() + self.v6.starts.len()
    }

    /// Whether no network is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes held on the heap.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.v4.bytes() + self.v6.bytes() + self.groups.bytes()
    }
}

/// Lists of ports; equal lists are stored once.
#[derive(Default)]
struct Groups {
    known: HashMap<Vec<Listed>, u32>,
    lists: Vec<Vec<Listed>>,
}

impl Groups {
    fn id(&mut self, list: Vec<Listed>) -> u32 {
        if let Some(&id) = self.known.get(&list) {
            return id;
        }
        let id = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.known.insert(list.clone(), id);
        self.lists.push(list);
        id
    }

    fn finish(self) -> Lists {
        let mut ends = Vec::with_capacity(self.lists.len());
        let mut listed = Vec::new();
        for list in self.lists {
            listed.extend(list);
            ends.push(u32::try_from(listed.len()).unwrap_or(u32::MAX));
        }
        Lists { ends, listed }
    }
}

/// Lists of ports, one after the other.
#[derive(Default)]
struct Lists {
    ends: Vec<u32>,
    listed: Vec<Listed>,
}

impl Lists {
    fn list(&self, id: u32) -> Option<&[Listed]> {
        let id = usize::try_from(id).ok()?;
        let start = id.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.listed.get(usize::try_from(start).ok()?..usize::try_from(*self.ends.get(id)?).ok()?)
    }

    fn bytes(&self) -> usize {
        self.ends.capacity() * 4 + self.listed.capacity() * size_of::<Listed>()
    }
}

/// Sorted ranges that do not overlap, and where those of each first 16 bits begin.
#[derive(Default)]
struct Ranges<A> {
    starts: Vec<A>,
    ends: Vec<A>,
    groups: Vec<u32>,
    /// `index[top]` is the number of ranges that start before `top << …`; empty when there are no ranges.
    index: Vec<u32>,
}

/// What the flattening needs to know of a number.
trait Step: Copy + Ord {
    fn next(self) -> Option<Self>;
    fn before(self) -> Option<Self>;
}

impl Step for u32 {
    fn next(self) -> Option<Self> {
        self.checked_add(1)
    }
    fn before(self) -> Option<Self> {
        self.checked_sub(1)
    }
}

impl Step for u128 {
    fn next(self) -> Option<Self> {
        self.checked_add(1)
    }
    fn before(self) -> Option<Self> {
        self.checked_sub(1)
    }
}

impl<A: Step> Ranges<A> {
    fn new(mut networks: Vec<(A, A, Listed)>, top: impl Fn(A) -> usize, groups: &mut Groups) -> Self {
        // Stable: of equal networks the first comes first. Outer networks come before the inner ones.
        networks.sort_by(|left, right| left.0.cmp(&right.0).then(right.1.cmp(&left.1)));
        let mut ranges = Self { starts: Vec::new(), ends: Vec::new(), groups: Vec::new(), index: Vec::new() };
        // Networks nest, they never cross: what is open forms a stack of at most 129.
        let mut open: Vec<(A, u32, Vec<Listed>)> = Vec::new();
        let mut at: Option<A> = None;
        let mut networks = networks.into_iter().peekable();
        while let Some((first, last, listed)) = networks.next() {
            let mut list = vec![listed];
            while let Some(&(_, _, same)) = networks.peek().filter(|next| (next.0, next.1) == (first, last)) {
                if !list.iter().any(|held| held.0 == same.0) {
                    list.push(same);
                }
                networks.next();
            }
            ranges.close(&mut open, &mut at, Some(first));
            if let (Some((_, group, _)), Some(from), Some(until)) = (open.last(), at, first.before())
                && from <= until
            {
                ranges.push(from, until, *group);
            }
            if let Some((_, _, outer)) = open.last() {
                let missing = outer.iter().filter(|held| !list.iter().any(|own| own.0 == held.0));
                let inherited: Vec<Listed> = missing.copied().collect();
                // The inner network's own "every port" hides the outer one's ports.
                if !list.iter().any(|own| own.0.is_none()) {
                    list.extend(inherited);
                }
            }
            open.push((last, groups.id(list.clone()), list));
            at = Some(first);
        }
        ranges.close(&mut open, &mut at, None);
        ranges.index_by(top);
        ranges.starts.shrink_to_fit();
        ranges.ends.shrink_to_fit();
        ranges.groups.shrink_to_fit();
        ranges
    }

    /// Ends the open networks that end before `next`, innermost first.
    fn close(&mut self, open: &mut Vec<(A, u32, Vec<Listed>)>, at: &mut Option<A>, next: Option<A>) {
        while let Some((last, group, _)) = open.pop_if(|inner| next.is_none_or(|next| inner.0 < next)) {
            if let Some(from) = *at
                && from <= last
            {
                self.push(from, last, group);
            }
            *at = last.next();
        }
    }

    fn push(&mut self, start: A, end: A, group: u32) {
        self.starts.push(start);
        self.ends.push(end);
        self.groups.push(group);
    }

    fn index_by(&mut self, top: impl Fn(A) -> usize) {
        if self.starts.is_empty() {
            return;
        }
        let mut index = vec![0_u32; 0x1_0001];
        for &start in &self.starts {
            if let Some(count) = index.get_mut(top(start) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0_u32;
        for count in &mut index {
            sum = sum.saturating_add(*count);
            *count = sum;
        }
        self.index = index;
    }

    /// The group of the range that holds `address`, whose first 16 bits are `top`.
    fn find(&self, address: A, top: usize) -> Option<u32> {
        let from = usize::try_from(*self.index.get(top)?).ok()?;
        let until = usize::try_from(*self.index.get(top + 1)?).ok()?;
        let within = self.starts.get(from..until)?.partition_point(|&start| start <= address);
        // The range may have begun under an earlier index entry.
        let at = (from + within).checked_sub(1)?;
        (*self.ends.get(at)? >= address).then(|| self.groups.get(at).copied())?
    }

    fn bytes(&self) -> usize {
        (self.starts.capacity() + self.ends.capacity()) * size_of::<A>()
            + (self.groups.capacity() + self.index.capacity()) * 4
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use proptest::prelude::*;

    use super::*;

    fn map(entries: &[(&str, Option<u16>, u32)]) -> PrefixMap {
        let mut builder = PrefixBuilder::default();
        for &(network, port, value) in entries {
            builder.insert(Network::parse(network).unwrap(), port, value);
        }
        builder.finish()
    }

    #[test]
    fn the_smallest_network_answers() {
        let map = map(&[
            ("10.0.0.0/8", None, 1),
            ("10.1.0.0/16", None, 2),
            ("10.1.2.3", None, 3),
            ("10.1.2.3", None, 9),
            ("10.255.255.255", None, 4),
            ("192.0.2.0/24", Some(3333), 5),
            ("192.0.2.7", Some(4444), 6),
            ("255.255.255.255", None, 7),
            ("2001:db8::/32", None, 8),
        ]);
        for (address, port, expected) in [
            ("9.255.255.255", 1, None),
            ("10.0.0.0", 1, Some(1)),
            ("10.1.0.0", 1, Some(2)),
            ("10.1.2.2", 1, Some(2)),
            ("10.1.2.3", 1, Some(3)),
            ("10.1.2.4", 1, Some(2)),
            ("10.1.255.255", 1, Some(2)),
            ("10.2.0.0", 1, Some(1)),
            ("10.255.255.254", 1, Some(1)),
            ("10.255.255.255", 1, Some(4)),
            ("11.0.0.0", 1, None),
            ("192.0.2.7", 3333, Some(5)),
            ("192.0.2.7", 4444, Some(6)),
            ("192.0.2.7", 5555, None),
            ("192.0.2.8", 4444, None),
            ("192.0.2.8", 3333, Some(5)),
            ("255.255.255.255", 0, Some(7)),
            ("::ffff:10.1.2.3", 1, Some(3)),
            ("2001:db8:ffff::1", 1, Some(8)),
            ("2001:db9::", 1, None),
            ("::", 1, None),
        ] {
            assert_eq!(map.find(address.parse().unwrap(), port), expected, "{address}:{port}");
        }
    }

    #[test]
    fn everything_is_a_network_too() {
        let map = map(&[("0.0.0.0/0", None, 1), ("::/0", Some(1), 2)]);
        assert_eq!(map.find("203.0.113.9".parse().unwrap(), 1), Some(1));
        assert_eq!(map.find("ffff::".parse().unwrap(), 1), Some(2));
        assert_eq!(PrefixMap::default().find("203.0.113.9".parse().unwrap(), 1), None);
    }

    #[test]
    fn networks_parse() {
        let network = Network::parse("192.0.2.77/24").unwrap();
        assert_eq!((network.address(), network.bits()), ("192.0.2.0".parse().unwrap(), 24));
        for text in
            ["", "192.0.2.1/33", "192.0.2.1/-1", "2001:db8::/129", "192.0.2", "example.org/8", "1.2.3.4/"]
        {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        /// The flattened map answers as a search through all networks does.
        #[test]
        fn agrees_with_a_search(
            entries in proptest::collection::vec((0_u32..0x4_0000, 14_u8..=32, proptest::option::of(1_u16..4)), 0..40),
            asked in proptest::collection::vec((0_u32..0x4_0000, 1_u16..5), 40),
        ) {
            let mut builder = PrefixBuilder::default();
            let mut all = Vec::new();
            for (value, &(address, bits, port)) in (0_u32..).zip(&entries) {
                let network = Network::new(Ipv4Addr::from(address).into(), bits).unwrap();
                builder.insert(network, port, value);
                all.push((network, port, value));
            }
            let map = builder.finish();
            for (address, port) in asked {
                let holds = |network: &Network| {
                    Network::new(Ipv4Addr::from(address).into(), network.bits()).unwrap() == *network
                };
                // Smallest network first; within it the port before "every port"; of equals the first.
                let expected = all
                    .iter()
                    .filter(|(network, listed, _)| holds(network) && listed.is_none_or(|listed| listed == port))
                    .min_by_key(|(network, listed, value)| (32 - network.bits(), listed.is_none(), *value))
                    .map(|&(_, _, value)| value);
                prop_assert_eq!(map.find(Ipv4Addr::from(address).into(), port), expected);
            }
        }
    }
}
