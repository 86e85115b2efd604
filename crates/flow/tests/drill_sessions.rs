//! Every scenario of the drill through dispatcher, shards and sessions, against the truth it carries.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use flow::{Dispatcher, Found, Frame, Limits, SHARDS, Shard, sessions};
use model::{Dialect, EvidenceId, Fact, MiningSession, Observation, Time};
use parse::capture::LinkType;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Runs a scene; each packet is a block of its own.
fn run(scene: &drill::Scene, limits: &Limits) -> (Vec<Observation>, Vec<model::Gap>) {
    let mut dispatcher = Dispatcher::new(limits);
    let mut shards: Vec<Shard> =
        (0..SHARDS).map(|_| Shard::new(limits, sessions::Settings::default())).collect();
    let mut all = Vec::new();
    let mut gaps = Vec::new();
    let mut take = |batch: flow::Batch, own: Found, shards: &mut Vec<Shard>| {
        let parts = shards.iter_mut().enumerate().map(|(number, shard)| {
            let mut found = Found::default();
            shard.take(&batch, number, &mut found);
            found
        });
        let found = Found::merge(std::iter::once(own).chain(parts));
        all.extend(found.observations.into_iter().map(|(_, observation)| observation));
    };
    for (i, packet) in scene.packets.iter().enumerate() {
        let block = Arc::new(packet.bytes.clone());
        let frame = Frame {
            evidence: EvidenceId(0),
            number: i as u64 + 1,
            time: Time::from_nanos(packet.time.0 as i64),
            link: LinkType(scene.interfaces[packet.interface as usize].link_type),
            at: 0,
            len: block.len(),
        };
        if let Some((batch, own)) = dispatcher.push(&block, &frame) {
            take(batch, own, &mut shards);
        }
    }
    let (batch, own) = dispatcher.take();
    take(batch, own, &mut shards);
    let mut rest = Found::default();
    for shard in shards {
        let mut remains = shard.finish();
        while remains.next_born().is_some() {
            remains.close_next(&mut rest);
        }
        gaps.extend(remains.gaps());
    }
    all.extend(Found::merge([rest]).observations.into_iter().map(|(_, observation)| observation));
    gaps.extend(dispatcher.gaps());
    (all, gaps)
}

/// The last snapshot of each session of a scene.
fn sessions_of(scene: &drill::Scene) -> Vec<MiningSession> {
    let mut last = BTreeMap::new();
    for observation in run(scene, &Limits::default()).0 {
        if let Fact::Session(session) = observation.fact {
            last.insert((session.flow, session.number), *session);
        }
    }
    last.into_values().collect()
}

/// Whether a session is the one that the drill's actor played: every fact that is said is right.
fn is(session: &MiningSession, truth: &drill::Facts, lossy: bool) -> bool {
    let counted =
        |seen: Option<u64>, played: u64| seen.is_none_or(|seen| seen == played || (lossy && seen < played));
    let login =
        session.login == truth.login || session.hints.iter().any(|hint| Some(hint) == truth.login.as_ref());
    session.dialect.map(Dialect::word) == truth.protocol
        && (login || truth.login.is_none())
        && (session.agent == truth.agent || truth.agent.is_none())
        && (truth.algorithm.is_none()
            || session.algorithm.as_ref().is_none_or(|(name, _)| Some(name.as_str()) == truth.algorithm))
        && counted(session.shares.accepted, truth.shares_accepted)
        && counted(session.shares.rejected, truth.shares_rejected)
}

/// The drill shares no code with the grammar: what its actors played is what the sessions must say.
#[test]
fn sessions_say_what_was_played() {
    for scenario in drill::SCENARIOS {
        for seed in [7, 8] {
            let scene = (scenario.build)(seed);
            let seen = sessions_of(&scene);
            let played: Vec<&drill::Facts> =
                scene.truth.hosts.iter().flat_map(|host| &host.sessions).collect();
            if played.is_empty() {
                assert!(seen.is_empty(), "{}: nobody mines, but {seen:#?}", scenario.id);
            }
            for truth in played.iter().filter(|truth| truth.protocol.is_some()) {
                let found = seen.iter().any(|session| is(session, truth, scenario.id == "lossy"));
                assert!(found, "{} (seed {seed}): {truth:#?}\nnot among {seen:#?}", scenario.id);
            }
        }
    }
}

/// Nodes and wallets are named as what they are, once for each connection.
#[test]
fn nodes_and_wallets_are_named() {
    for (id, expected) in [("nodes", vec!["discv4", "p2pool"]), ("electrum-wallet", vec!["electrum"])] {
        let scene = drill::traffic(id, 7).unwrap();
        let mut named: Vec<&str> = run(&scene, &Limits::default())
            .0
            .iter()
            .filter_map(|seen| if let Fact::Node(node) = &seen.fact { Some(node.protocol) } else { None })
            .collect();
        named.sort_unstable();
        assert_eq!(named, expected, "{id}");
    }
}
