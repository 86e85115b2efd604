//! Every capture that the drill can make, judged against its truth.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

mod common;
use common::{Folder, pcapng, scan, settings};
use drill::{HostTruth, Role};
use model::{Case, HostVerdict};

fn host<'a>(case: &'a Case, truth: &HostTruth) -> Option<&'a HostVerdict> {
    case.hosts.iter().find(|host| truth.addresses.iter().any(|address| host.addresses.contains(address)))
}

/// What is wrong with the verdict on one host of the scene.
fn wrong(case: &Case, truth: &HostTruth) -> Vec<String> {
    let mut wrong = Vec::new();
    let Some(host) = host(case, truth) else {
        if truth.least > drill::Level::Clear {
            wrong.push(format!("{:?} is not in the case", truth.addresses));
        }
        return wrong;
    };
    let is_mining_role = host.roles.contains(&model::Role::Miner);
    let level = host.level.word();
    let within = [truth.least, truth.most].map(drill::Level::word);
    let rank = |word: &str| model::Level::ALL.iter().position(|level| level.word() == word);
    if truth.role == Role::Miner || truth.role == Role::Bystander {
        if rank(level) < rank(within[0]) || rank(level) > rank(within[1]) {
            wrong.push(format!("{:?} is {level}, not {} to {}", truth.addresses, within[0], within[1]));
        }
    } else if is_mining_role {
        wrong.push(format!("{:?} is {:?} and was called a miner", truth.addresses, truth.role));
    }
    let said: Vec<_> =
        case.findings.iter().filter(|finding| case.hosts[finding.host].id == host.id).collect();
    for session in &truth.sessions {
        let want: Vec<(&str, Option<&str>)> = vec![
            ("protocol", session.protocol),
            ("algorithm", session.algorithm),
            ("coin", session.coin),
            ("pool", session.pool.as_deref()),
            ("wallet", session.wallet.as_deref()),
            ("agent", session.agent.as_deref()),
            ("worker", session.worker.as_deref()),
            ("donation_of", session.donation_of.as_deref()),
            ("via", session.via.as_deref()),
            ("page", session.page.as_deref()),
            ("client_address", session.client_address.as_deref()),
        ];
        let missing = said
            .iter()
            .map(|finding| {
                let facts = &finding.finding.facts;
                want.iter()
                    .filter(|(name, value)| value.is_some_and(|value| facts.text_of(name) != Some(value)))
                    .map(|(name, value)| {
                        format!("{name}: want {:?}, have {:?}", value.unwrap(), facts.text_of(name))
                    })
                    .collect::<Vec<_>>()
            })
            .min_by_key(Vec::len);
        match missing {
            None if want.iter().any(|(_, value)| value.is_some()) => wrong.push("no finding".to_owned()),
            Some(missing) => wrong.extend(missing),
            None => {}
        }
    }
    wrong
}

/// What was said of attacks that is not in the truth, or was left unsaid.
fn wrong_attacks(case: &Case, scene: &drill::Scene) -> Vec<String> {
    let mut wrong = Vec::new();
    let said: Vec<(&HostVerdict, &model::Finding)> = case
        .findings
        .iter()
        .filter(|one| one.finding.kind == model::FindingKind::Attack)
        .map(|one| (&case.hosts[one.host], &one.finding))
        .collect();
    let is_said = |truth: &drill::AttackTruth, host: &HostVerdict, finding: &model::Finding| {
        host.addresses.contains(&truth.address) && finding.key.detector == truth.kind
    };
    for truth in &scene.truth.attacks {
        let found: Vec<_> = said.iter().filter(|(host, finding)| is_said(truth, host, finding)).collect();
        let got_in = found.iter().any(|(_, one)| one.facts.value("seems_to_have_succeeded").is_some());
        if found.is_empty() {
            wrong.push(format!("{truth:?} was not said"));
        } else if truth.got_in != got_in {
            wrong.push(format!("{truth:?}: got in? {got_in}"));
        }
    }
    for (host, finding) in said {
        if !scene.truth.attacks.iter().any(|truth| is_said(truth, host, finding)) {
            wrong.push(format!(
                "{:?} does no {}: {:?}",
                host.addresses, finding.key.detector, finding.message
            ));
        }
        assert!(finding.weight.is_none() && finding.technique.is_none_or(|id| id.starts_with('T')));
    }
    wrong
}

#[test]
fn every_scenario_comes_out_as_its_truth_says() {
    let folder = Folder::new("scenarios");
    let mut all = Vec::new();
    for scenario in drill::SCENARIOS {
        for seed in [1, 2] {
            let scene = (scenario.build)(seed);
            let file = folder.file(&format!("{}-{seed}.pcapng", scenario.id), &pcapng(&scene));
            let case = scan(&[file], &settings());
            for truth in &scene.truth.hosts {
                all.extend(
                    wrong(&case, truth).into_iter().map(|line| format!("{} {seed}: {line}", scenario.id)),
                );
            }
            let wrong = wrong_attacks(&case, &scene);
            all.extend(wrong.into_iter().map(|line| format!("{} {seed}: {line}", scenario.id)));
            let known = |host: &HostVerdict| {
                scene
                    .truth
                    .hosts
                    .iter()
                    .any(|truth| truth.addresses.iter().any(|a| host.addresses.contains(a)))
            };
            let innocent = case.hosts.iter().filter(|host| {
                let serves = !host.roles.is_empty() && host.roles.iter().all(|role| role.is_infrastructure());
                !known(host) && host.level >= model::Level::Suspicious && !serves
            });
            all.extend(
                innocent.map(|host| format!("{} {seed}: {:?} is innocent", scenario.id, host.addresses)),
            );
        }
    }
    assert!(all.is_empty(), "{} wrong:\n{}", all.len(), all.join("\n"));
}
