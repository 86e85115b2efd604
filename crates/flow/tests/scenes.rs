//! Whole captures of known content through dispatcher and shards.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod common;

use common::run;
use flow::Limits;
use model::{Fact, IdentitySource, LookUpResult, Observation};
use std::collections::{BTreeMap, BTreeSet};

/// The office day announces each host's name by DHCP; every look-up has its answer; browsing is TLS with a name.
#[test]
fn an_office_day_shows_names_look_ups_and_hellos() {
    let scene = drill::office_day(1);
    let (seen, gaps) = run(&scene, &Limits::default());
    let leases: BTreeSet<_> = seen
        .iter()
        .filter_map(|observation| match &observation.fact {
            Fact::Identity(fact) if fact.source == IdentitySource::DhcpAck => {
                assert!(fact.mac.is_some(), "a lease names the machine's MAC");
                fact.address
            }
            _ => None,
        })
        .collect();
    assert!(leases.len() >= 25, "30 hosts, most of them with leases: {}", leases.len());
    let answered = seen.iter().filter(
        |observation| matches!(&observation.fact, Fact::LookUp(look_up) if matches!(look_up.result, LookUpResult::Addresses(_))),
    );
    assert!(answered.count() > 100);
    let hellos: Vec<_> = seen
        .iter()
        .filter_map(|observation| match &observation.fact {
            Fact::TlsHello(hello) => Some(hello),
            _ => None,
        })
        .collect();
    assert!(!hellos.is_empty());
    for hello in hellos {
        assert!(
            hello.sni.is_some() && hello.ja4.is_some() && hello.version.is_some(),
            "both halves: {hello:?}"
        );
    }
    assert!(gaps.is_empty(), "{gaps:?}");
}

/// Two runs have two hash keys: what is evicted, and all output, must not depend on them.
#[test]
fn eviction_is_the_same_in_every_run() {
    let scene = drill::office_day(2);
    let limits = Limits { flows_per_shard: 2, ..Limits::default() };
    let (first, gaps) = run(&scene, &limits);
    assert!(gaps.iter().any(|gap| gap.reason.id == "gap-flows-evicted"), "the tables were too small");
    for _ in 0..3 {
        assert_eq!(run(&scene, &limits).0, first);
    }
}

/// Packets and bytes in the summaries add up to what was written, even under eviction: nothing is lost or counted
/// twice.
#[test]
fn summaries_account_for_every_packet() {
    let scene = drill::office_day(3);
    for limits in [Limits::default(), Limits { flows_per_shard: 1, ..Limits::default() }] {
        let (seen, _) = run(&scene, &limits);
        let packets: u64 = seen
            .iter()
            .map(|observation| match &observation.fact {
                Fact::Flow(flow) => flow.packets.iter().sum(),
                _ => 0,
            })
            .sum();
        let arp =
            scene.packets.iter().filter(|packet| packet.bytes.get(12..14) == Some(&[8, 6])).count() as u64;
        assert_eq!(packets, scene.packets.len() as u64 - arp);
    }
}

/// Fragmented packets give the same flows as whole ones.
#[test]
fn fragments_become_flows_with_ports() {
    for id in ["ipv4-fragments", "ipv6-fragments"] {
        let scene = drill::traffic(id, 1).unwrap();
        let (seen, gaps) = run(&scene, &Limits::default());
        let tcp = seen.iter().any(
            |observation| matches!(&observation.fact, Fact::Flow(flow) if flow.server.port > 0 && flow.payload[1] > 200),
        );
        assert!(tcp, "{id}");
        assert!(gaps.is_empty(), "{id}: {gaps:?}");
    }
}

/// Miners inside tunnels: one flow of TCP between the inner ends, each with its shares, and nothing left unread.
#[test]
fn tunnels_show_the_inner_ends() {
    let ids = [
        "qinq",
        "mpls",
        "pppoe",
        "ppp",
        "ppp-hdlc",
        "ppp-ether",
        "wifi-data",
        "wifi-radiotap",
        "gre",
        "gre-ethernet",
        "gre-erspan",
        "pptp",
        "ipip",
        "ip-in-ipv6",
        "six-in-four",
        "ether-ip",
        "authenticated",
        "vxlan",
        "vxlan-8472",
        "geneve",
        "gtp-u",
        "teredo",
        "l2tp",
        "tunnel-fragments",
        "nested",
        "vxlan-and-plain",
    ];
    for id in ids {
        let scene = drill::traffic(id, 1).unwrap();
        let (seen, gaps) = run(&scene, &Limits::default());
        assert!(gaps.is_empty(), "{id}: {gaps:?}");
        let flows: Vec<_> = flows(&seen);
        assert_eq!(flows.len(), 1, "{id}: {flows:?}");
        let miner = &scene.truth.hosts[0];
        assert_eq!(Some(&flows[0].client.address), miner.addresses.first(), "{id}");
        assert_eq!(flows[0].server.port, 3333, "{id}");
        // A session is told of again as it grows: the last word counts, and each share once.
        let last: BTreeMap<_, _> = seen
            .iter()
            .filter_map(|observation| match &observation.fact {
                Fact::Session(session) => Some(((session.flow, session.number), &session.shares)),
                _ => None,
            })
            .collect();
        let truth = &miner.sessions[0];
        let shares: Vec<_> = last.values().map(|shares| (shares.accepted, shares.rejected)).collect();
        assert_eq!(shares, [(Some(truth.shares_accepted), Some(truth.shares_rejected))], "{id}");
    }
}

fn flows(seen: &[Observation]) -> Vec<&model::FlowSummary> {
    seen.iter()
        .filter_map(|observation| match &observation.fact {
            Fact::Flow(flow) => Some(flow.as_ref()),
            _ => None,
        })
        .collect()
}

/// A session in the finest parts, among many that never become packets, with room for a few hundred sets only.
#[test]
fn tiny_fragments_neither_hide_nor_fill() {
    let scene = drill::traffic("tiny-fragments", 1).unwrap();
    let limits = Limits { fragment_bytes: 1 << 18, ..Limits::default() };
    let (seen, gaps) = run(&scene, &limits);
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert_eq!((gaps[0].reason.id, gaps[0].count), ("gap-fragments-missing", 5_000));
    assert_eq!(flows(&seen).len(), 1);
    let accepted = seen.iter().rev().find_map(|observation| match &observation.fact {
        Fact::Session(session) => session.shares.accepted,
        _ => None,
    });
    assert_eq!(accepted, Some(scene.truth.hosts[0].sessions[0].shares_accepted));
}

/// What is too deep is a gap, for each packet, and the outermost tunnel that was not opened is the flow.
#[test]
fn tunnels_too_deep_are_counted() {
    let scene = drill::traffic("nested-too-deep", 1).unwrap();
    let (seen, gaps) = run(&scene, &Limits::default());
    assert_eq!(gaps.len(), 1, "{gaps:?}");
    assert_eq!((gaps[0].reason.id, gaps[0].count), ("gap-tunnel", scene.packets.len() as u64));
    assert!(flows(&seen).iter().all(|flow| flow.server.port != 3333));
}

/// Look-ups from port 4789 and a game on 8472 stay what they are.
#[test]
fn a_port_makes_no_tunnel() {
    let scene = drill::traffic("tunnel-ports", 1).unwrap();
    let (seen, gaps) = run(&scene, &Limits::default());
    assert!(gaps.is_empty(), "{gaps:?}");
    let ports: BTreeSet<_> = flows(&seen).iter().map(|flow| (flow.client.port, flow.server.port)).collect();
    assert_eq!(ports, BTreeSet::from([(4789, 53), (50_000, 8472)]));
    let packets: u64 = flows(&seen).iter().flat_map(|flow| flow.packets).sum();
    assert_eq!(packets, scene.packets.len() as u64);
    let answers = seen.iter().filter(|observation| matches!(&observation.fact, Fact::LookUp(_))).count();
    assert_eq!(answers, 6);
}

/// Each kind of sealed tunnel is one gap, with its packets; the flows are still there.
#[test]
fn sealed_tunnels_are_counted_by_kind() {
    let scene = drill::traffic("tunnels-not-opened", 1).unwrap();
    let (seen, gaps) = run(&scene, &Limits::default());
    let said: Vec<_> =
        gaps.iter().map(|gap| (gap.reason.id, format!("{:?}", gap.reason.args), gap.count)).collect();
    let kind =
        |name: &str, count: u64| ("gap-tunnel-not-opened", format!("[(\"kind\", Text(\"{name}\"))]"), count);
    assert_eq!(said, [kind("CAPWAP", 20), kind("ESP", 40), kind("WireGuard", 20)]);
    assert_eq!(flows(&seen).len(), 4);
}
