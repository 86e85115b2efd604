//! Whole verdicts: machines, roles, explanations, and that no order of files shows.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use crate::testing::{ADDRESS, ANSWERED, LOOKED_UP, TWO_WAY, connection, finding};
use crate::{Judge, Looked, PRIOR, Settings};
use model::{
    Act, At, Case, Closed, Coverage, Endpoint, EvidenceId, Fact, FactKind, Finding, FindingKind, FlowId,
    FlowSummary, IdentityFact, IdentitySource, Level, LookUp, LookUpResult, Mac, Observation, Opened, Origin,
    Role, Subject, Time, Transport, Value,
};
use proptest::prelude::*;

fn seen(second: i64, fact: Fact) -> Observation {
    let origin = Origin { evidence: EvidenceId(0), at: At::Packet(second.unsigned_abs()) };
    Observation { time: Time::from_secs(second), origin, fact }
}

fn end(text: &str) -> Endpoint {
    let end: std::net::SocketAddr = text.parse().unwrap();
    Endpoint::new(end.ip(), end.port())
}

fn flow(second: i64, client: &str, server: &str, encrypted: bool, missing: u64) -> Observation {
    let origin = Origin { evidence: EvidenceId(0), at: At::Packet(second.unsigned_abs()) };
    let summary = FlowSummary {
        flow: FlowId(origin),
        transport: Transport::Tcp,
        client: end(client),
        server: end(server),
        opened: Opened::Syn,
        closed: Closed::Fin,
        first: Time::from_secs(second),
        last: Time::from_secs(second + 10),
        packets: [5, 5],
        payload: [100, 100],
        macs: [None, None],
        encrypted,
        opaque: false,
        refused: false,
        missing,
        segment: 0,
    };
    seen(second, Fact::Flow(Box::new(summary)))
}

fn identity(
    second: i64,
    source: IdentitySource,
    address: Option<&str>,
    mac: Option<u8>,
    name: Option<&str>,
) -> Observation {
    let fact = IdentityFact {
        source,
        address: address.map(|text| text.parse().unwrap()),
        mac: mac.map(|last| Mac([2, 0, 0, 0, 0, last])),
        name: name.map(str::to_owned),
    };
    seen(second, Fact::Identity(Box::new(fact)))
}

fn look_up(second: i64, by: &str, resolver: &str) -> Observation {
    let fact = LookUp {
        by: by.parse().unwrap(),
        resolver: resolver.parse().unwrap(),
        name: "pool.example".to_owned(),
        aliases: Vec::new(),
        result: LookUpResult::Unanswered,
        ttl_secs: 0,
    };
    seen(second, Fact::LookUp(Box::new(fact)))
}

fn session(client: &str, server: &str, role: Role) -> Finding {
    let about = if role == Role::Miner { client } else { server };
    let address = end(about).address.to_string();
    let mut one = finding(&address, &format!("{client} {server} {role:?}"), Some(&TWO_WAY), 100);
    one.subject = connection(client, server);
    one.role = Some(role);
    one.act = (role == Role::Miner).then_some(Act::Mines);
    one.facts.text("protocol", Some("stratum-bitcoin"));
    one.facts.text("pool", Some(server));
    one
}

fn judge(observations: &[Observation], findings: Vec<Finding>) -> Case {
    let mut judge = Judge::new(Settings::default());
    observations.iter().for_each(|one| judge.see(one));
    judge.judge(findings, &[])
}

/// Address, level and roles of every host.
fn hosts(case: &Case) -> Vec<(String, Level, Vec<Role>)> {
    case.hosts
        .iter()
        .map(|host| {
            let addresses: Vec<String> = host.addresses.iter().map(ToString::to_string).collect();
            (addresses.join(" "), host.level, host.roles.clone())
        })
        .collect()
}

fn host(addresses: &str, level: Level, roles: &[Role]) -> (String, Level, Vec<Role>) {
    (addresses.to_owned(), level, roles.to_vec())
}

#[test]
fn a_server_outside_is_no_host_and_one_inside_is_a_pool() {
    let (client, outside, inside) = ("10.0.0.7:50000", "198.51.100.9:3333", "10.0.0.9:3333");
    let case = judge(&[], vec![session(client, outside, Role::Miner), session(client, outside, Role::Pool)]);
    assert_eq!(hosts(&case), [host("10.0.0.7", Level::Confirmed, &[Role::Miner])]);
    assert_eq!(case.hosts[0].headline.pool_end, Some(end(outside)));
    let case = judge(&[], vec![session(client, inside, Role::Miner), session(client, inside, Role::Pool)]);
    assert_eq!(
        hosts(&case),
        [
            host("10.0.0.7", Level::Confirmed, &[Role::Miner]),
            host("10.0.0.9", Level::Confirmed, &[Role::Pool])
        ]
    );
}

#[test]
fn both_ends_outside_the_client_is_the_host() {
    let (client, server) = ("203.0.113.5:50000", "198.51.100.9:3333");
    let case = judge(&[], vec![session(client, server, Role::Miner), session(client, server, Role::Pool)]);
    assert_eq!(hosts(&case), [host("203.0.113.5", Level::Confirmed, &[Role::Miner])]);
    // A client outside of a pool inside is a fact about the pool.
    let case = judge(&[], vec![session(client, "10.0.0.9:3333", Role::Miner)]);
    assert_eq!(hosts(&case), []);
}

#[test]
fn who_hands_out_and_takes_is_a_proxy() {
    let (worker, proxy, pool) = ("10.0.0.7:50000", "10.0.0.9:3333", "198.51.100.9:3333");
    let findings = vec![
        session(worker, proxy, Role::Miner),
        session(worker, proxy, Role::Pool),
        session("10.0.0.9:40000", pool, Role::Miner),
        session("10.0.0.9:40000", pool, Role::Pool),
    ];
    let case = judge(&[], findings);
    assert_eq!(
        hosts(&case),
        [
            host("10.0.0.9", Level::Confirmed, &[Role::Proxy]),
            host("10.0.0.7", Level::Confirmed, &[Role::Miner])
        ]
    );
}

#[test]
fn a_pool_that_polls_its_node_is_no_miner() {
    let mut polled = session("10.0.0.9:40000", "10.0.0.8:8332", Role::Miner);
    polled.facts.text("protocol", Some("getblocktemplate"));
    let case = judge(&[], vec![session("10.0.0.7:50000", "10.0.0.9:3333", Role::Pool), polled]);
    assert_eq!(hosts(&case), [host("10.0.0.9", Level::Confirmed, &[Role::Pool])]);
    assert_eq!(case.hosts[0].headline.act, None, "it is not said to mine");
}

#[test]
fn who_takes_work_from_itself_mines() {
    let (client, server) = ("127.0.0.1:50000", "127.0.0.1:3333");
    let case = judge(&[], vec![session(client, server, Role::Miner), session(client, server, Role::Pool)]);
    assert_eq!(hosts(&case), [host("127.0.0.1", Level::Confirmed, &[Role::Miner, Role::Pool])]);
}

#[test]
fn addresses_of_one_card_are_one_machine() {
    let observations = [
        identity(1, IdentitySource::Arp, Some("10.0.0.7"), Some(7), None),
        identity(2, IdentitySource::Arp, Some("fd00::7"), Some(7), None),
        identity(3, IdentitySource::DhcpRequest, None, Some(7), Some("pc-7")),
    ];
    let case = judge(&observations, vec![session("[fd00::7]:50000", "[2001:db8::9]:3333", Role::Miner)]);
    // The IPv4 address was only announced, so only the address with something to say is asked for.
    assert_eq!(hosts(&case), [host("fd00::7", Level::Confirmed, &[Role::Miner])]);
    assert_eq!(case.hosts[0].names, ["pc-7"]);
    let both = [&observations[..], &[flow(5, "10.0.0.7:1000", "198.51.100.1:80", false, 0)]].concat();
    let case = judge(&both, vec![session("[fd00::7]:50000", "[2001:db8::9]:3333", Role::Miner)]);
    assert_eq!(hosts(&case), [host("10.0.0.7 fd00::7", Level::Confirmed, &[Role::Miner])]);
}

#[test]
fn a_gateway_joins_nothing() {
    let mut observations: Vec<Observation> = (1..=9)
        .map(|n| identity(n, IdentitySource::Arp, Some(&format!("10.0.0.{n}")), Some(1), None))
        .collect();
    observations.push(flow(20, "10.0.0.1:1000", "198.51.100.1:80", false, 0));
    let case = judge(&observations, vec![session("10.0.0.2:50000", "198.51.100.9:3333", Role::Miner)]);
    assert_eq!(hosts(&case), [host("10.0.0.2", Level::Confirmed, &[Role::Miner])]);
    assert!(case.hosts[0].macs.is_empty());
}

#[test]
fn one_address_of_two_machines_in_turn_is_two_hosts() {
    let observations = [
        identity(10, IdentitySource::DhcpAck, Some("10.0.0.7"), Some(1), Some("pc-1")),
        identity(5000, IdentitySource::DhcpAck, Some("10.0.0.7"), Some(2), Some("pc-2")),
    ];
    let mut early = session("10.0.0.7:50000", "198.51.100.9:3333", Role::Miner);
    early.first = Time::from_secs(100);
    let mut late = finding("10.0.0.7", "late", Some(&LOOKED_UP), 6000);
    late.subject = Subject::Name("pool.example".to_owned());
    let case = judge(&observations, vec![early, late]);
    assert_eq!(
        hosts(&case),
        [host("10.0.0.7", Level::Confirmed, &[Role::Miner]), host("10.0.0.7", Level::Noted, &[])]
    );
    assert_eq!(case.hosts[0].macs, [Mac([2, 0, 0, 0, 0, 1])]);
    assert_eq!(case.hosts[1].macs, [Mac([2, 0, 0, 0, 0, 2])]);
}

#[test]
fn a_contested_address_belongs_to_nobody_and_is_one_host() {
    let observations = [
        identity(10, IdentitySource::Arp, Some("10.0.0.7"), Some(1), None),
        identity(20, IdentitySource::Arp, Some("10.0.0.7"), Some(2), None),
        identity(30, IdentitySource::Arp, Some("10.0.0.7"), Some(1), None),
    ];
    let case = judge(&observations, vec![session("10.0.0.7:50000", "198.51.100.9:3333", Role::Miner)]);
    assert_eq!(hosts(&case), [host("10.0.0.7", Level::Confirmed, &[Role::Miner])]);
    assert!(case.hosts[0].macs.is_empty());
}

#[test]
fn names_come_in_the_order_of_trust() {
    let observations = [
        identity(1, IdentitySource::Mdns, Some(ADDRESS), None, Some("alice-laptop")),
        identity(2, IdentitySource::Nbns, Some(ADDRESS), None, Some("PC-12")),
        identity(3, IdentitySource::DhcpAck, Some(ADDRESS), Some(9), Some("pc-12")),
    ];
    let case = judge(&observations, vec![finding(ADDRESS, "x", Some(&TWO_WAY), 5)]);
    assert_eq!(case.hosts[0].names, ["pc-12", "alice-laptop"]);
}

/// Twenty different listed names within ten minutes, none connected: somebody checks a list.
#[test]
fn a_list_check_is_explained() {
    let names = |count: i64, step: i64, connected: bool| -> Vec<Finding> {
        (0..count)
            .map(|n| {
                let mut one = finding(ADDRESS, &format!("pool {n:02}"), Some(&LOOKED_UP), n * step);
                one.subject = Subject::Name(format!("pool-{n}.example"));
                if connected && n == 3 {
                    one.facts.set("connected", Value::Flag(true));
                }
                one
            })
            .collect()
    };
    let case = judge(&[], names(20, 30, false));
    assert_eq!(hosts(&case), [host(ADDRESS, Level::Clear, &[Role::Scanner])]);
    assert!(case.findings.iter().all(|one| one.explained.is_some() && one.counted.0 == 0));
    for findings in [names(19, 30, false), names(20, 32, false), names(20, 30, true)] {
        assert_eq!(hosts(&judge(&[], findings)), [host(ADDRESS, Level::Suspicious, &[])]);
    }
}

#[test]
fn a_resolver_acts_for_others() {
    let asked = |address: &str| {
        let mut one = finding(address, "pool", Some(&LOOKED_UP), 5);
        one.subject = Subject::Name("pool.example".to_owned());
        one
    };
    let observations = [look_up(1, "10.0.0.7", "10.0.0.53"), look_up(2, "10.0.0.53", "198.51.100.53")];
    let case = judge(&observations, vec![asked("10.0.0.7"), asked("10.0.0.53")]);
    assert_eq!(hosts(&case), [host("10.0.0.7", Level::Noted, &[])]);
}

#[test]
fn a_full_node_explains_an_interest_in_its_coin_only() {
    let mut node = finding(ADDRESS, "XMR", None, 1);
    node.role = Some(Role::Node);
    node.facts.text("chain", Some("XMR"));
    let mut asked = finding(ADDRESS, "pool", Some(&LOOKED_UP), 5);
    asked.facts.text("coin_offered", Some("XMR"));
    let case = judge(&[], vec![node.clone(), asked.clone()]);
    assert_eq!(hosts(&case), [host(ADDRESS, Level::Clear, &[Role::Node])]);
    asked.facts.text("coin_offered", Some("ETC"));
    let case = judge(&[], vec![node.clone(), asked]);
    assert_eq!(hosts(&case), [host(ADDRESS, Level::Noted, &[Role::Node])]);
    // What is said in a dialect is never explained.
    let case = judge(&[], vec![node, finding(ADDRESS, "x", Some(&ANSWERED), 5)]);
    assert_eq!(case.hosts[0].level, Level::Probable);
}

#[test]
fn coverage_says_what_could_be_read() {
    let plain = flow(1, "10.0.0.7:1000", "198.51.100.1:80", false, 0);
    let encrypted = flow(2, "10.0.0.7:1001", "198.51.100.1:443", true, 0);
    let cut = flow(3, "10.0.0.7:1002", "198.51.100.1:80", false, 9);
    let coverage = |observations: &[Observation]| {
        let mut judge = Judge::new(Settings { all_hosts: true, ..Settings::default() });
        observations.iter().for_each(|one| judge.see(one));
        judge.judge(Vec::new(), &[]).hosts[0].coverage
    };
    assert_eq!(coverage(std::slice::from_ref(&plain)), Coverage::Complete);
    assert_eq!(coverage(&[plain.clone(), encrypted.clone()]), Coverage::Partial);
    assert_eq!(coverage(&[plain.clone(), cut]), Coverage::Partial);
    // One side of the connection is not in the capture at all.
    let mut one_sided = flow(4, "10.0.0.7:1003", "198.51.100.1:80", false, 0);
    if let Fact::Flow(flow) = &mut one_sided.fact {
        (flow.packets, flow.payload) = ([5, 0], [100, 0]);
    }
    assert_eq!(coverage(&[plain, one_sided.clone()]), Coverage::Partial);
    assert_eq!(coverage(&[one_sided]), Coverage::Insufficient);
    assert_eq!(coverage(&[encrypted]), Coverage::Insufficient);
    assert_eq!(coverage(&[look_up(1, "10.0.0.7", "10.0.0.53")]), Coverage::Insufficient);
}

/// A protocol that nobody here reads hides something, but not everything: it was searched for mining.
#[test]
fn a_protocol_that_is_not_read_is_partly_visible() {
    let mut unknown = flow(1, "10.0.0.7:1000", "198.51.100.1:9999", false, 0);
    if let Fact::Flow(flow) = &mut unknown.fact {
        flow.opaque = true;
    }
    let mut judge = Judge::new(Settings { all_hosts: true, ..Settings::default() });
    judge.see(&unknown);
    let case = judge.judge(Vec::new(), &[]);
    assert_eq!(case.hosts[0].coverage, Coverage::Partial);
    assert_eq!(case.unseen.opaque_flows, 1);
}

/// To block one of several pools stops nothing; a finding about many servers does not even name them.
#[test]
fn a_block_covers_every_pool_or_is_not_advised() {
    let at = |server: &str, detail: &str| {
        let mut said = session("10.0.0.7:50000", server, Role::Miner);
        said.key.detail = detail.to_owned();
        said.act = Some(Act::Mines);
        said.facts.text("pool", Some(server));
        said
    };
    let advice = |case: &Case| case.hosts[0].advice.iter().map(|said| said.id).collect::<Vec<_>>();
    let one = at("198.51.100.9:3333", "a");
    let case = judge(&[], vec![one.clone(), at("198.51.100.9:4444", "b")]);
    assert_eq!(advice(&case), ["verdict-advice-isolate-or-block"], "one address, two ports");
    let case = judge(&[], vec![one.clone(), at("198.51.100.10:3333", "b")]);
    assert_eq!(advice(&case), ["verdict-advice-isolate-or-block-all"]);
    assert_eq!(case.hosts[0].headline.further, 1);
    let mut probes = at("198.51.100.10:3333", "b");
    probes.facts.count("pools", Some(17));
    let case = judge(&[], vec![one, probes]);
    assert_eq!(advice(&case), ["verdict-advice-isolate"]);
    assert_eq!(case.hosts[0].headline.further, 17);
}

/// An attack lists its host, and changes neither points nor level nor what is said of mining.
#[test]
fn an_attack_is_listed_and_weighs_nothing() {
    let mut attack = finding("10.0.0.7", "sweep", None, 5);
    attack.kind = FindingKind::Attack;
    let alone = judge(&[], vec![attack.clone()]);
    assert_eq!(alone.hosts.len(), 1, "listed though it is clear");
    assert_eq!((alone.hosts[0].level, alone.hosts[0].points), (Level::Clear, PRIOR));
    assert_eq!(alone.worst(), Level::Clear);
    let mut context = attack.clone();
    context.kind = FindingKind::Context;
    assert_eq!(judge(&[], vec![context]).hosts.len(), 0, "context alone lists nobody");
    let mining = session("10.0.0.7:50000", "198.51.100.9:3333", Role::Miner);
    let without = judge(&[], vec![mining.clone()]);
    let with = judge(&[], vec![mining, attack]);
    let said = |case: &Case| (case.hosts[0].level, case.hosts[0].points, case.hosts[0].headline.clone());
    assert_eq!(said(&with), said(&without));
    assert_eq!(with.findings.len(), 2);
    // Who attacks from outside is no host of ours.
    let mut outside = finding("203.0.113.5", "sweep", None, 5);
    outside.kind = FindingKind::Attack;
    assert_eq!(judge(&[], vec![outside]).hosts.len(), 0);
}

#[test]
fn not_found_names_what_was_looked_for() {
    let looked = [
        Looked { detector: "test", summary: "test-summary", reads: &[FactKind::Flow] },
        Looked { detector: "other", summary: "other-summary", reads: &[FactKind::Flow, FactKind::Session] },
        Looked { detector: "blind", summary: "blind-summary", reads: &[FactKind::TlsHello] },
    ];
    let mut judge = Judge::new(Settings::default());
    judge.see(&flow(1, "10.0.0.7:1000", "198.51.100.1:80", false, 0));
    let case = judge.judge(vec![finding(ADDRESS, "x", Some(&ANSWERED), 5)], &looked);
    let not_found: Vec<&str> = case.hosts[0].not_found.iter().map(|message| message.id).collect();
    assert_eq!(not_found, ["other-summary"], "one found something, one had nothing to read");
    assert_eq!(case.hosts[0].next_fact.as_ref().unwrap().message.id, "verdict-next-host");
}

fn shuffled_observations() -> Vec<Observation> {
    let mut all = vec![
        identity(1, IdentitySource::Arp, Some("10.0.0.7"), Some(7), None),
        identity(2, IdentitySource::Arp, Some("fd00::7"), Some(7), None),
        identity(3, IdentitySource::DhcpAck, Some("10.0.0.8"), Some(8), Some("pc-8")),
        identity(900, IdentitySource::DhcpAck, Some("10.0.0.8"), Some(9), Some("pc-9")),
        identity(4, IdentitySource::Mdns, Some("10.0.0.20"), None, Some("nas")),
        identity(5, IdentitySource::Mdns, Some("fd00::20"), None, Some("NAS")),
        look_up(6, "10.0.0.7", "10.0.0.53"),
        look_up(7, "10.0.0.53", "198.51.100.53"),
    ];
    all.extend(
        (0..6).map(|n| flow(10 + n, &format!("10.0.0.{}:1000", 7 + n), "198.51.100.1:443", n % 2 == 0, 0)),
    );
    all.extend(
        (0..2).map(|n| flow(30 + n, &format!("[fd00::{}]:1000", 7 + 19 * n), "[2001:db8::1]:443", false, 0)),
    );
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// The order of observations and findings does not show in the case.
    #[test]
    fn no_order_shows(
        observations in Just(shuffled_observations()).prop_shuffle(),
        order in Just((0..6_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let findings = || vec![
            session("10.0.0.7:50000", "198.51.100.9:3333", Role::Miner),
            session("[fd00::7]:50000", "[2001:db8::9]:3333", Role::Miner),
            session("10.0.0.7:50000", "10.0.0.9:3333", Role::Pool),
            finding("10.0.0.8", "a", Some(&LOOKED_UP), 50),
            finding("10.0.0.8", "b", Some(&ANSWERED), 950),
            finding("fd00::20", "c", Some(&LOOKED_UP), 50),
        ];
        let expected = judge(&shuffled_observations(), findings());
        let all = findings();
        let shuffled = order.iter().map(|&at| all[at].clone()).collect();
        prop_assert_eq!(judge(&observations, shuffled), expected);
    }
}

/// A proxy that connects to a pool because a client asked it to: the client mines, the proxy passes on.
#[test]
fn what_a_proxy_does_for_a_client_is_the_clients() {
    let mut asked = finding("10.0.0.7", "session", Some(&TWO_WAY), 10);
    asked.subject = connection("10.0.0.7:50000", "10.0.0.3:3128");
    asked.facts.text("pool", Some("pool.example:80"));
    asked.facts.text("via", Some("http-proxy 10.0.0.3:3128"));
    asked.role = Some(Role::Miner);
    let mut relay = finding("10.0.0.3", "serves 03128", None, 10);
    (relay.subject, relay.role) = (asked.subject.clone(), Some(Role::Proxy));
    let mut passed = finding("10.0.0.3", "session", Some(&TWO_WAY), 11);
    passed.subject = connection("10.0.0.3:40000", "198.51.100.9:80");
    passed.facts.text("pool_name", Some("pool.example"));
    passed.role = Some(Role::Miner);
    let case = judge(&[], vec![asked.clone(), relay.clone(), passed.clone()]);
    let of = |address: &str| {
        let address: std::net::IpAddr = address.parse().unwrap();
        case.hosts.iter().find(|host| host.addresses.contains(&address)).unwrap()
    };
    assert_eq!((of("10.0.0.7").level, &*of("10.0.0.7").roles), (Level::Confirmed, &[Role::Miner][..]));
    assert_eq!((of("10.0.0.3").level, &*of("10.0.0.3").roles), (Level::Clear, &[Role::Proxy][..]));
    // A login that nobody asked for is its own business.
    let mut own = passed.clone();
    own.facts.text("login", Some("account.own"));
    let mut named = asked.clone();
    named.facts.text("login", Some("account.rig"));
    let case = judge(&[], vec![named, relay.clone(), own]);
    assert!(case.hosts.iter().all(|host| host.level == Level::Confirmed));
    // So is another pool than the one it was asked for.
    passed.facts.text("pool_name", Some("other.example"));
    let case = judge(&[], vec![asked, relay, passed]);
    assert!(case.hosts.iter().all(|host| host.level == Level::Confirmed));
}
