//! Who is who over time: addresses, link-layer addresses and names that belong to one machine.
//!
//! What is remembered are sets and intervals, and joining happens at the end over sorted tables: the result depends
//! on what was seen, not on the order in which it came. Rules (fields: RFC 826, RFC 4861,
//! RFC 2131, RFC 6762; the thresholds are ours):
//! * Addresses are joined by a link-layer address only where ARP, neighbour discovery or DHCP tied them on the same
//!   segment. The sender of a routed packet proves nothing: behind a router all machines share its address.
//! * A link-layer address with more than eight IP addresses is a gateway and joins nothing.
//! * Two link-layer addresses that announced one IP address at different times are two machines, each with its
//!   interval; at overlapping times (proxy ARP, spoofing) neither joins.
//! * A name joins only where its addresses announced it themselves at overlapping times and no two link-layer
//!   addresses contradict.

use crate::examined::{Examined, Inside};
use foldhash::quality::RandomState;
use model::{EvidenceId, HostKey, IdentityFact, IdentitySource, Mac, Time};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::IpAddr;

/// A link-layer address with more IP addresses than this is a gateway: ours, since
/// a machine has one address of each kind and a few that changed.
const GATEWAY_ABOVE: usize = 8;
/// A name with more addresses than this names a kind of machine, not one (`localhost`, `android`).
const GENERIC_ABOVE: usize = 8;
/// Names kept per address; the most trusted and alphabetically first are kept.
const NAMES_PER_ADDRESS: usize = 8;
/// Link-layer addresses kept per address; more than two already say "contested".
const MACS_PER_ADDRESS: usize = 8;
/// Addresses remembered with names and links. A /16 fits; beyond, the first seen stay.
const MOST_ADDRESSES: usize = 65_536;

/// How long an announced name stays valid: 75 minutes, the longest lifetime mDNS recommends (RFC 6762, section 10).
const NAME_VALID_NANOS: i64 = 4500 * 1_000_000_000;

/// From when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Interval {
    pub(crate) first: Time,
    pub(crate) last: Time,
}

impl Interval {
    fn grow(&mut self, time: Time) {
        self.first = self.first.min(time);
        self.last = self.last.max(time);
    }

    fn overlaps(&self, other: &Interval) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// Whether two announcements may have been valid at the same time.
    fn near(&self, other: &Interval) -> bool {
        self.first <= other.last.plus_nanos(NAME_VALID_NANOS)
            && other.first <= self.last.plus_nanos(NAME_VALID_NANOS)
    }
}

/// All that was announced.
#[derive(Debug, Default)]
pub(crate) struct Identity {
    /// Links proved on the segment.
    links: BTreeMap<IpAddr, BTreeMap<Mac, Interval>>,
    /// For each link-layer address, up to nine IP addresses it was seen with, proved or merely sending.
    behind: HashMap<Mac, BTreeSet<IpAddr>, RandomState>,
    names: BTreeMap<IpAddr, BTreeMap<(IdentitySource, String), Interval>>,
    /// Names a machine gave with its link-layer address only (DHCP request).
    mac_names: BTreeMap<Mac, BTreeSet<(IdentitySource, String)>>,
}

/// One address during the time in which it was one machine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Tenure {
    pub(crate) address: IpAddr,
    /// 0 for the first machine that held the address, 1 for the next ….
    pub(crate) number: u16,
}

/// A machine as well as the evidence can tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Machine {
    pub(crate) tenures: Vec<Tenure>,
    pub(crate) names: Vec<String>,
    pub(crate) macs: Vec<Mac>,
    /// Evidence that was taken from inside it.
    pub(crate) examined: Vec<EvidenceId>,
}

impl Machine {
    /// Its addresses, sorted, each once.
    pub(crate) fn addresses(&self) -> Vec<IpAddr> {
        let mut addresses: Vec<IpAddr> = self.tenures.iter().map(|tenure| tenure.address).collect();
        addresses.sort_unstable();
        addresses.dedup();
        addresses
    }
}

/// The answer to "which machine was that address at that time?".
#[derive(Debug, Default)]
pub(crate) struct Machines {
    pub(crate) machines: Vec<Machine>,
    /// Tenures: the address, the time at which it begins (the first of an address begins at any time), the machine.
    /// Sorted.
    tenures: Vec<(IpAddr, Time, usize)>,
    /// Machines that were looked at from inside.
    examined: BTreeMap<EvidenceId, usize>,
}

impl Machines {
    /// The index of the machine that is meant, if it is known.
    pub(crate) fn of(&self, host: HostKey, time: Time) -> Option<usize> {
        match host.canonical() {
            HostKey::Address(address) => self.at(address, time),
            HostKey::Machine(evidence) => self.examined.get(&evidence).copied(),
        }
    }

    /// The index of the machine, if the address is known.
    pub(crate) fn at(&self, address: IpAddr, time: Time) -> Option<usize> {
        let later = self.tenures.partition_point(|(other, begins, _)| (*other, *begins) <= (address, time));
        let (held, _, machine) = self.tenures.get(later.checked_sub(1)?)?;
        (*held == address).then_some(*machine)
    }
}

impl Identity {
    /// Takes what a protocol announced.
    pub(crate) fn see(&mut self, time: Time, fact: &IdentityFact) {
        let source = fact.source;
        let address = fact.address.map(|address| address.to_canonical()).filter(|one| !one.is_unspecified());
        let mac = fact.mac.filter(|mac| !mac.is_group_or_zero());
        if let (Some(address), Some(mac)) = (address, mac) {
            self.sends(mac, address);
            let proves =
                matches!(source, IdentitySource::DhcpAck | IdentitySource::Arp | IdentitySource::Ndp);
            if proves && (self.links.contains_key(&address) || self.links.len() < MOST_ADDRESSES) {
                let macs = self.links.entry(address).or_default();
                if let Some(known) = macs.get_mut(&mac) {
                    known.grow(time);
                } else if macs.len() < MACS_PER_ADDRESS {
                    macs.insert(mac, Interval { first: time, last: time });
                }
            }
        }
        let Some(name) = fact.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) else { return };
        let key = (source, name.to_owned());
        if let Some(address) = address
            && (self.names.contains_key(&address) || self.names.len() < MOST_ADDRESSES)
        {
            let names = self.names.entry(address).or_default();
            names.entry(key).or_insert(Interval { first: time, last: time }).grow(time);
            if names.len() > NAMES_PER_ADDRESS {
                names.pop_last();
            }
        } else if let Some(mac) = mac
            && (self.mac_names.contains_key(&mac) || self.mac_names.len() < MOST_ADDRESSES)
        {
            let names = self.mac_names.entry(mac).or_default();
            names.insert(key);
            if names.len() > NAMES_PER_ADDRESS {
                names.pop_last();
            }
        }
    }

    /// Takes the link-layer address that a packet of `address` came from: enough to know gateways by.
    pub(crate) fn sends(&mut self, mac: Mac, address: IpAddr) {
        if let Some(addresses) = self.behind.get_mut(&mac) {
            if addresses.len() <= GATEWAY_ABOVE {
                addresses.insert(address.to_canonical());
            }
        } else if !mac.is_group_or_zero() && self.behind.len() < MOST_ADDRESSES {
            self.behind.insert(mac, BTreeSet::from([address.to_canonical()]));
        }
    }

    fn is_gateway(&self, mac: Mac) -> bool {
        self.behind.get(&mac).is_some_and(|addresses| addresses.len() > GATEWAY_ABOVE)
    }

    /// Joins what belongs together. `addresses` are all that may be asked for later; only those that `joinable`
    /// accepts are ever joined with others.
    pub(crate) fn machines(
        &self,
        addresses: &BTreeSet<IpAddr>,
        joinable: impl Fn(IpAddr) -> bool,
        examined: &Examined,
    ) -> Machines {
        let mut addresses = addresses.clone();
        addresses.extend(examined.iter().flat_map(|(_, inside)| own_addresses(inside)));
        let mut tenures: Vec<(Tenure, Option<Mac>, Time)> = Vec::new();
        for address in addresses {
            let held = self.holders(address);
            if held.is_empty() || !joinable(address) {
                tenures.push((Tenure { address, number: 0 }, None, Time::MIN));
                continue;
            }
            for (number, (mac, begins)) in held.into_iter().enumerate() {
                let begins = if number == 0 { Time::MIN } else { begins };
                tenures.push((Tenure { address, number: number as u16 }, Some(mac), begins));
            }
        }
        let mut union = Union::new(tenures.len());
        self.join_by_mac(&tenures, &mut union);
        self.join_by_name(&tenures, &joinable, &mut union);
        join_examined(&tenures, examined, &mut union);
        let mut machines = Machines::default();
        let mut index_of_root: Vec<Option<usize>> = vec![None; tenures.len()];
        for (at, (tenure, mac, begins)) in tenures.iter().enumerate() {
            let index = *index_of_root[union.root(at)].get_or_insert_with(|| {
                machines.machines.push(Machine::default());
                machines.machines.len() - 1
            });
            machines.tenures.push((tenure.address, *begins, index));
            let machine = &mut machines.machines[index];
            machine.tenures.push(*tenure);
            machine.macs.extend(mac);
        }
        for machine in &mut machines.machines {
            machine.macs.sort_unstable();
            machine.macs.dedup();
            machine.names = self.names_of(machine);
        }
        machines.enter(examined);
        machines
    }

    /// The link-layer addresses that held an address one after the other, each with the time it was first seen;
    /// nothing where they contradict each other. Gateways do not hold addresses of others.
    fn holders(&self, address: IpAddr) -> Vec<(Mac, Time)> {
        let Some(macs) = self.links.get(&address) else { return Vec::new() };
        let mut held: Vec<(Mac, Interval)> =
            macs.iter().filter(|(mac, _)| !self.is_gateway(**mac)).map(|(mac, at)| (*mac, *at)).collect();
        held.sort_by_key(|(mac, at)| (at.first, *mac));
        let contested = held.windows(2).any(|pair| pair[0].1.overlaps(&pair[1].1));
        if contested || macs.len() >= MACS_PER_ADDRESS {
            return Vec::new();
        }
        held.into_iter().map(|(mac, at)| (mac, at.first)).collect()
    }

    fn join_by_mac(&self, tenures: &[(Tenure, Option<Mac>, Time)], union: &mut Union) {
        let mut by_mac: BTreeMap<Mac, usize> = BTreeMap::new();
        for (at, (_, mac, _)) in tenures.iter().enumerate() {
            if let Some(mac) = mac {
                let first = *by_mac.entry(*mac).or_insert(at);
                union.join(first, at);
            }
        }
    }

    fn join_by_name(
        &self,
        tenures: &[(Tenure, Option<Mac>, Time)],
        joinable: &impl Fn(IpAddr) -> bool,
        union: &mut Union,
    ) {
        let mut bearers: BTreeMap<String, Vec<(usize, Interval, Option<Mac>)>> = BTreeMap::new();
        for (at, (tenure, mac, _)) in tenures.iter().enumerate() {
            // An address that changed hands: which of its holders bore the name is not known.
            let alone =
                tenure.number == 0 && tenures.get(at + 1).is_none_or(|next| next.0.address != tenure.address);
            if !alone || !joinable(tenure.address) {
                continue;
            }
            for ((source, name), interval) in self.names.get(&tenure.address).into_iter().flatten() {
                let own = [
                    IdentitySource::DhcpAck,
                    IdentitySource::Nbns,
                    IdentitySource::Mdns,
                    IdentitySource::Llmnr,
                ]
                .contains(source);
                if own && !tenure.address.is_loopback() {
                    bearers.entry(name.to_lowercase()).or_default().push((at, *interval, *mac));
                }
            }
        }
        for bearing in bearers.into_values() {
            let machines: BTreeSet<usize> = bearing.iter().map(|(at, ..)| *at).collect();
            let macs: BTreeSet<Mac> = bearing.iter().filter_map(|(.., mac)| *mac).collect();
            let first = &bearing[0];
            let together = bearing.iter().all(|(_, interval, _)| interval.near(&first.1));
            if machines.len() <= GENERIC_ABOVE && macs.len() <= 1 && together {
                for (at, ..) in &bearing {
                    union.join(first.0, *at);
                }
            }
        }
    }

    /// Names in falling trust, without repetition.
    fn names_of(&self, machine: &Machine) -> Vec<String> {
        let mut found: BTreeSet<(IdentitySource, &str)> = BTreeSet::new();
        for tenure in &machine.tenures {
            let names = self.names.get(&tenure.address).into_iter().flatten();
            found.extend(names.map(|((source, name), _)| (*source, name.as_str())));
        }
        for mac in &machine.macs {
            let names = self.mac_names.get(mac).into_iter().flatten();
            found.extend(names.map(|(source, name)| (*source, name.as_str())));
        }
        let mut once = BTreeSet::new();
        found
            .into_iter()
            .filter(|(_, name)| once.insert(name.to_lowercase()))
            .map(|(_, name)| name.to_owned())
            .take(NAMES_PER_ADDRESS)
            .collect()
    }
}

/// The addresses that a machine said of itself. It cannot be told when it got them: they are its own at any time that
/// the evidence speaks of.
fn own_addresses(inside: &Inside) -> impl Iterator<Item = IpAddr> + '_ {
    inside.machine.iter().flat_map(|machine| &machine.addresses).map(IpAddr::to_canonical)
}

/// A machine looked at from inside is one machine at all its addresses, at the time of the look: the last holder of each.
fn join_examined(tenures: &[(Tenure, Option<Mac>, Time)], examined: &Examined, union: &mut Union) {
    for (_, inside) in examined.iter() {
        let mut last = own_addresses(inside)
            .filter_map(|address| tenures.iter().rposition(|(tenure, ..)| tenure.address == address));
        let Some(first) = last.next() else { continue };
        last.for_each(|at| union.join(first, at));
    }
}

impl Machines {
    /// Enters what machines say of themselves; one without an address on the network stands alone.
    fn enter(&mut self, examined: &Examined) {
        for (evidence, inside) in examined.iter() {
            let known = own_addresses(inside).find_map(|address| self.at(address, Time::MAX));
            let index = known.unwrap_or_else(|| {
                self.machines.push(Machine::default());
                self.machines.len() - 1
            });
            self.examined.insert(evidence, index);
            let (Some(machine), Some(said)) = (self.machines.get_mut(index), &inside.machine) else {
                continue;
            };
            machine.examined.push(evidence);
            machine.macs.extend(&said.macs);
            machine.macs.sort_unstable();
            machine.macs.dedup();
            // What it calls itself comes before what others call it.
            if let Some(name) = &said.name {
                machine.names.retain(|known| !known.eq_ignore_ascii_case(name));
                machine.names.insert(0, name.clone());
            }
        }
    }
}

/// Disjoint sets whose roots are their smallest members, so that no order of joining shows.
struct Union(Vec<usize>);

impl Union {
    fn new(len: usize) -> Union {
        Union((0..len).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        self.0[high] = low;
    }
}
