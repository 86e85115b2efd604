//! Every scenario of the drill through dispatcher, shards and sessions, against the truth it carries.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod common;

use common::run;
use flow::Limits;
use model::{Dialect, Fact, MiningSession};
use std::collections::BTreeMap;

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
            // p2pool asks for miners' sake: its questions are a dialogue of mining, though nobody hashes there.
            if played.is_empty() && !["p2pool-calls", "node-announcements"].contains(&scenario.id) {
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
    for (id, expected) in [
        ("nodes", vec!["discv4", "p2pool"]),
        ("electrum-wallet", vec!["electrum"]),
        ("node-announcements", vec!["zmq"; 3]),
    ] {
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
