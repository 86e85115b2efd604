//! The judge: watches who is who, takes findings, says one verdict per machine.

use crate::coverage::{Record, is_incomplete};
use crate::examined::Examined;
use crate::explain::explain;
use crate::identity::{Identity, Machine};
use crate::inside::{Cidr, Inside};
use crate::points::{PRIOR, tally};
use crate::relays::Relays;
use crate::roles::roles;
use crate::words;
use foldhash::quality::RandomState;
use model::{
    Case, CaseFinding, Coverage, Fact, FactKind, Finding, FindingKind, HostVerdict, Level, Message,
    Observation, Role, Subject, Tenths, Time, Unseen,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::net::IpAddr;

/// Addresses remembered with what was seen of them: about 100 bytes each. The first seen stay; an address that a
/// finding names is judged whether remembered or not.
const MOST_ADDRESSES: usize = 262_144;

/// Every message id the verdict may use.
pub const MESSAGES: &[&str] = &[
    "verdict-advice-clients",
    "verdict-advice-isolate",
    "verdict-advice-isolate-or-block",
    "verdict-advice-isolate-or-block-all",
    "verdict-advice-pause",
    "verdict-advice-scan",
    "verdict-explained-list-check",
    "verdict-explained-node",
    "verdict-explained-relay",
    "verdict-explained-resolver",
    "verdict-next-content",
    "verdict-next-host",
    "verdict-next-job",
    "verdict-next-look-ups",
    "verdict-next-remove",
    "verdict-next-scan",
    "verdict-next-session",
    "verdict-next-starter",
    "verdict-next-traffic",
    "verdict-remark-carrier-nat",
    "verdict-remark-reach",
];

/// What the user may decide.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What every host starts with.
    pub prior: Tenths,
    /// Ranges that belong to the examined network besides those that always do.
    pub inside: Vec<Cidr>,
    /// Whether hosts without anything to say are part of the case.
    pub all_hosts: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { prior: PRIOR, inside: Vec::new(), all_hosts: false }
    }
}

/// What a detector looked for: the verdict never meets the detector itself.
#[derive(Debug, Clone, Copy)]
pub struct Looked {
    /// Its id.
    pub detector: &'static str,
    /// The message that says in one line what it looks for.
    pub summary: &'static str,
    /// The kinds of fact it reads.
    pub reads: &'static [FactKind],
}

/// Watches who is who and judges.
#[derive(Debug)]
pub struct Judge {
    settings: Settings,
    inside: Inside,
    identity: Identity,
    records: HashMap<IpAddr, Record, RandomState>,
    /// Addresses inside that other machines ask for names.
    resolvers: HashSet<IpAddr>,
    /// Machines that were looked at from inside.
    examined: Examined,
    unseen: Unseen,
}

/// Findings of one machine before they have numbers.
struct Judged {
    host: HostVerdict,
    findings: Vec<CaseFinding>,
}

impl Judge {
    /// A judge who has seen nothing.
    #[must_use]
    pub fn new(settings: Settings) -> Judge {
        let inside = Inside::new(settings.inside.clone());
        Judge {
            settings,
            inside,
            identity: Identity::default(),
            records: HashMap::default(),
            resolvers: HashSet::new(),
            examined: Examined::default(),
            unseen: Unseen::default(),
        }
    }

    /// Takes note of what an observation says about machines.
    pub fn see(&mut self, seen: &Observation) {
        let time = seen.time;
        let kind = seen.fact.kind();
        match &seen.fact {
            Fact::Flow(flow) => {
                self.unseen.flows += 1;
                self.unseen.encrypted_flows += u64::from(flow.encrypted);
                self.unseen.opaque_flows += u64::from(flow.opaque);
                self.unseen.incomplete_flows += u64::from(is_incomplete(flow));
                for address in self.hosts_of(flow.client.address, flow.server.address).into_iter().flatten() {
                    if let Some(record) = self.record(address, flow.first) {
                        record.flow(flow);
                    }
                }
                for (mac, end) in flow.macs.into_iter().zip([flow.client, flow.server]) {
                    if let Some(mac) = mac {
                        self.identity.sends(mac, end.address);
                    }
                }
            }
            Fact::LookUp(look_up) => {
                let (by, resolver) = (look_up.by.to_canonical(), look_up.resolver.to_canonical());
                self.note(
                    kind,
                    [Some(by).filter(|by| self.inside.holds(*by) || !self.inside.holds(resolver)), None],
                    time,
                    time,
                );
                if by != resolver && self.inside.holds(resolver) && self.resolvers.len() < MOST_ADDRESSES {
                    self.resolvers.insert(resolver);
                }
            }
            Fact::TlsHello(hello) => {
                let hosts = self.hosts_of(hello.client.address, hello.server.address);
                self.note(kind, hosts, time, time);
            }
            Fact::HttpRequest(request) => {
                let hosts = self.hosts_of(request.client.address, request.server.address);
                self.note(kind, hosts, time, time);
            }
            Fact::Session(session) => {
                let hosts = self.hosts_of(session.client.address, session.server.address);
                self.note(kind, hosts, session.first, session.last_packet);
            }
            Fact::Node(node) => {
                let hosts = self.hosts_of(node.client.address, node.server.address);
                self.note(kind, hosts, time, time);
            }
            Fact::Tunnel(tunnel) => {
                let hosts = self.hosts_of(tunnel.client.address, tunnel.server.address);
                self.note(kind, hosts, time, time);
            }
            Fact::Transfer(transfer) => {
                let hosts = self.hosts_of(transfer.client.address, transfer.server.address);
                self.note(kind, hosts, time, time);
            }
            Fact::Interface(told) => {
                let hosts = self.hosts_of(told.client.address, told.server.address);
                self.note(kind, hosts, time, time);
            }
            Fact::ExtensionCheck(check) => {
                let hosts = self.hosts_of(check.client.address, check.server.address);
                self.note(kind, hosts, time, time);
            }
            Fact::Identity(fact) => self.identity.see(time, fact),
            // Counts over flows that were seen one by one.
            Fact::Contacts(_) => {}
            Fact::Machine(_)
            | Fact::Process(_)
            | Fact::Autorun(_)
            | Fact::MinerFile(_)
            | Fact::Listener(_)
            | Fact::Door(_)
            | Fact::HostLogins(_)
            | Fact::ShellCommand(_)
            | Fact::MinerLog(_) => self.examined.see(seen),
        }
    }

    /// One verdict per machine. The same findings and observations in any order give the same case. Evidence and
    /// errors are for the caller to add.
    #[must_use]
    pub fn judge(&self, findings: Vec<Finding>, looked: &[Looked]) -> Case {
        let findings: BTreeMap<_, Finding> = findings
            .into_iter()
            .filter(|finding| self.is_about_a_host(finding))
            .map(|finding| (finding.key.clone(), finding))
            .collect();
        let mut addresses: BTreeSet<IpAddr> = self.records.keys().copied().collect();
        addresses.extend(findings.values().filter_map(|finding| finding.key.host.canonical().address()));
        let machines =
            self.identity.machines(&addresses, |address| self.inside.holds(address), &self.examined);
        let relays = Relays::of(findings.values());
        let mut of_machine: Vec<Vec<Finding>> = machines.machines.iter().map(|_| Vec::new()).collect();
        for finding in findings.into_values() {
            if let Some(index) = machines.of(finding.key.host, finding.first) {
                of_machine[index].push(finding);
            }
        }
        let (examined, processes) = self.examined.count();
        let mut unseen = Unseen { hosts: 0, hosts_partly: 0, examined, processes, ..self.unseen.clone() };
        let mut judged = Vec::new();
        let silent_is_telling = tally(self.settings.prior, &[]).level >= Level::Noted;
        for (machine, findings) in machines.machines.iter().zip(of_machine) {
            let silent = findings.is_empty() && machine.examined.is_empty();
            if silent && !self.settings.all_hosts && !silent_is_telling {
                // Most machines: there is nothing to say of them but that they were seen.
                unseen.hosts += 1;
                let seen = self.seen(machine).unwrap_or(Record::new(Time::MIN));
                unseen.hosts_partly += u64::from(seen.coverage() != Coverage::Complete);
                continue;
            }
            let one = self.judge_machine(machine, findings, looked, &relays);
            unseen.hosts += 1;
            unseen.hosts_partly += u64::from(one.host.coverage != Coverage::Complete);
            let attack = one.findings.iter().any(|found| found.finding.kind == FindingKind::Attack);
            let telling = one.host.level >= Level::Noted || !one.host.roles.is_empty() || attack;
            if telling || self.settings.all_hosts || !machine.examined.is_empty() {
                judged.push(one);
            }
        }
        judged.sort_by(|a, b| {
            let rank = |one: &Judged| {
                (
                    std::cmp::Reverse((one.host.level, one.host.points)),
                    one.host.first,
                    one.host.addresses.clone(),
                )
            };
            rank(a).cmp(&rank(b))
        });
        let mut case = Case { prior: self.settings.prior, unseen, ..Case::default() };
        for (index, mut one) in judged.into_iter().enumerate() {
            one.host.id = format!("h{}", index + 1);
            for mut finding in one.findings {
                finding.id = format!("f{}", case.findings.len() + 1);
                finding.host = index;
                one.host.findings.push(case.findings.len());
                case.findings.push(finding);
            }
            case.hosts.push(one.host);
        }
        case
    }

    fn judge_machine(
        &self,
        machine: &Machine,
        findings: Vec<Finding>,
        looked: &[Looked],
        relays: &Relays,
    ) -> Judged {
        let addresses = machine.addresses();
        let seen = self.seen(machine);
        let begins = findings.iter().map(|finding| finding.first).min();
        let mut seen = seen.or_else(|| begins.map(Record::new)).unwrap_or(Record::new(Time::MIN));
        for finding in &findings {
            seen.first = seen.first.earlier(finding.first);
            seen.last = seen.last.max(finding.last);
        }
        let resolver = addresses.iter().any(|address| self.resolvers.contains(address));
        let all: Vec<&Finding> = findings.iter().collect();
        let mut explained = explain(&all, resolver);
        // What a proxy does for others is theirs.
        let relayed: Vec<bool> = findings
            .iter()
            .zip(&mut explained.reasons)
            .map(|(finding, reason)| {
                let relayed = relays.explain(finding, &addresses);
                let is_relayed = relayed.is_some();
                *reason = reason.take().or(relayed);
                is_relayed
            })
            .collect();
        let weighed: Vec<Option<&Finding>> = findings
            .iter()
            .zip(&explained.reasons)
            .map(|(finding, reason)| Some(finding).filter(|one| reason.is_none() && one.kind.is_weighed()))
            .collect();
        let tally = tally(self.settings.prior, &weighed);
        let own: Vec<&Finding> =
            findings.iter().zip(&relayed).filter(|(_, relayed)| !**relayed).map(|(one, _)| one).collect();
        let roles = roles(&own, explained.scanner, |address| addresses.contains(&address.to_canonical()));
        let mut case_findings: Vec<CaseFinding> = findings
            .iter()
            .zip(explained.reasons)
            .zip(&tally.added)
            .map(|((finding, reason), added)| CaseFinding {
                id: String::new(),
                host: 0,
                finding: finding.clone(),
                points: added.points,
                counted: added.counted,
                conclusive: added.conclusive,
                explained: reason,
            })
            .collect();
        case_findings.sort_by(|a, b| {
            let rank =
                |one: &CaseFinding| (std::cmp::Reverse(one.points), one.finding.kind, one.finding.first);
            (rank(a), &a.finding.key).cmp(&(rank(b), &b.finding.key))
        });
        let found: Vec<&CaseFinding> = case_findings.iter().collect();
        let headline = words::headline(&found, &roles);
        // A machine of which something is said was not invisible.
        let coverage = match seen.coverage() {
            Coverage::Insufficient if tally.level > Level::Clear => Coverage::Partial,
            // A session of which a part is missing is not all that there was.
            Coverage::Complete if findings.iter().any(is_partial) => Coverage::Partial,
            as_seen => as_seen,
        };
        let called = words::called(&machine.names, &addresses);
        let host = HostVerdict {
            id: String::new(),
            names: machine.names.clone(),
            macs: machine.macs.clone(),
            level: tally.level,
            points: tally.points,
            coverage,
            examined: !machine.examined.is_empty(),
            first: seen.first,
            last: seen.last,
            findings: Vec::new(),
            not_found: words::not_found(&seen, &found, looked),
            next_fact: words::next_fact(tally.level, &headline, &seen, called.clone(), looked, &found),
            advice: words::advice(
                tally.level,
                &roles,
                &headline,
                words::pool_addresses(&found),
                called,
                &self.inside,
            ),
            remarks: self.remarks(machine, &addresses),
            headline,
            roles,
            addresses,
        };
        Judged { host, findings: case_findings }
    }

    /// What limits what was said of a machine.
    fn remarks(&self, machine: &Machine, addresses: &[IpAddr]) -> Vec<Message> {
        let mut remarks = remarks(addresses);
        let inside = machine.examined.iter().filter_map(|evidence| self.examined.get(*evidence));
        for (what, capability) in
            inside.filter_map(|one| one.machine.as_ref()).flat_map(|one| &one.out_of_reach)
        {
            let what = Message::new(what);
            remarks.push(
                Message::new("verdict-remark-reach").with("what", what).with("capability", *capability),
            );
        }
        remarks
    }

    /// What was seen of a machine at all its addresses, and from inside.
    fn seen(&self, machine: &Machine) -> Option<Record> {
        let addresses = machine.addresses();
        let outside = addresses.iter().filter_map(|address| self.records.get(address)).copied();
        let inside = machine.examined.iter().filter_map(|evidence| self.examined.get(*evidence));
        outside.chain(inside.map(|inside| inside.record)).reduce(|mut all, one| {
            all.join(&one);
            all
        })
    }

    /// Whether a finding is about a machine that can be a host of this case: servers outside are facts, and an
    /// address outside is a host only where both ends are outside and it is the client.
    fn is_about_a_host(&self, finding: &Finding) -> bool {
        let Some(address) = finding.key.host.canonical().address() else { return true };
        if self.inside.holds(address) {
            return true;
        }
        match &finding.subject {
            Subject::Connection { client, server } => {
                finding.role != Some(Role::Pool)
                    && client.address.to_canonical() == address
                    && !self.inside.holds(server.address)
            }
            _ => self.records.contains_key(&address),
        }
    }

    /// The ends of a connection that may be hosts.
    fn hosts_of(&self, client: IpAddr, server: IpAddr) -> [Option<IpAddr>; 2] {
        let (client, server) = (client.to_canonical(), server.to_canonical());
        let inside = [client, server].map(|address| Some(address).filter(|one| self.inside.holds(*one)));
        match inside {
            [None, None] => [Some(client), None],
            [Some(one), Some(other)] if one == other => [Some(one), None],
            some => some,
        }
    }

    fn note(&mut self, kind: FactKind, hosts: [Option<IpAddr>; 2], first: Time, last: Time) {
        for address in hosts.into_iter().flatten() {
            if let Some(record) = self.record(address, first) {
                record.see(kind, first, last);
            }
        }
    }

    fn record(&mut self, address: IpAddr, time: Time) -> Option<&mut Record> {
        if self.records.len() >= MOST_ADDRESSES {
            return self.records.get_mut(&address);
        }
        Some(self.records.entry(address).or_insert(Record::new(time)))
    }
}

/// Whether the facts say that something is missing from them.
fn is_partial(finding: &Finding) -> bool {
    finding.facts.value("incomplete") == Some(&model::Value::Flag(true))
}

/// Carrier-grade NAT space (RFC 6598): one address may stand for many machines.
fn remarks(addresses: &[IpAddr]) -> Vec<Message> {
    let shared: Result<Cidr, _> = "100.64.0.0/10".parse();
    let behind_nat = shared.is_ok_and(|range| addresses.iter().any(|address| range.holds(*address)));
    if behind_nat { vec![Message::new("verdict-remark-carrier-nat")] } else { Vec::new() }
}
