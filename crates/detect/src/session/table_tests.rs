//! What the table says when it holds no more sessions one by one.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::*;
use model::{
    At, Carriage, Carrier, Dialect, Endpoint, EvidenceId, Group, JobFacts, KnownBy, Origin, Proof, Shares,
    Tenths, Time, WeightKind,
};

static WEIGHT: Weight = Weight {
    id: "test",
    group: Group::Wire,
    tenths: Tenths(500),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "test",
};

fn table() -> Sessions {
    let weigh = |session: &MiningSession, _: &Reading, _: &Work| {
        let act = if session.proof.job { Act::Mines } else { Act::Tried };
        Some(Weighed { weight: Some(&WEIGHT), act: Some(act), role: Some(Role::Miner) })
    };
    Sessions::new(Rules { detector: "test", weigh, messages: ["mines", "tried", "refused", "other", "many"] })
}

/// A session of the n-th client with so many shares.
fn session(number: u32, shares: u64) -> MiningSession {
    let address = std::net::Ipv4Addr::from(0x0a00_0000 + number);
    let time = Time::from_secs(i64::from(number));
    MiningSession {
        flow: FlowId(Origin { evidence: EvidenceId(0), at: At::Packet(u64::from(number)) }),
        number: 0,
        client: Endpoint::new(address.into(), 50_000),
        server: Endpoint::new([198, 51, 100, 9].into(), 3333),
        ends_by: KnownBy::Content,
        carrier: Carrier::Tcp,
        carriage: Carriage::default(),
        dialect: Some(Dialect::StratumBitcoin),
        proof: Proof { job: shares > 0, login_accepted: Some(true), ..Proof::default() },
        shares: Shares { sent: Some(shares), accepted: Some(shares), rejected: Some(0) },
        work: Work::default(),
        first: time,
        last: time,
        first_job: None,
        last_packet: time,
        login: Some(format!("account.{number}")),
        password: None,
        worker: None,
        agent: None,
        hints: Vec::new(),
        algorithm: None,
        difficulty: None,
        hashes_accepted: None,
        hashes_accepted_squared: None,
        claimed_hashrate: None,
        job: JobFacts::default(),
        redirect: None,
        refusal: None,
        incomplete: false,
        troubles: Vec::new(),
        marks: Vec::new(),
        dialogue: Vec::new(),
    }
}

fn found(table: &Sessions) -> Vec<Finding> {
    let mut findings = Vec::new();
    table.say(&mut findings);
    findings
}

/// More clients than are held one by one: each session grows after it was summed up, and none is counted short.
#[test]
fn sessions_that_grow_after_they_were_summed_up_are_counted_right() {
    let mut table = table();
    for shares in [0, 1, 5] {
        for number in 0..9_000 {
            table.see(&session(number, shares), Reading::default());
        }
    }
    let findings = found(&table);
    assert_eq!((findings.len(), table.forgotten()), (9_000, 0));
    let wrong = findings.iter().filter(|one| one.facts.count_of("shares_accepted") != Some(5)).count();
    assert_eq!(wrong, 0);
    assert!(findings.iter().all(|one| one.act == Some(Act::Mines)));
}

/// More clients than sums: every one is still said with its deed, and its counters are absent, not small.
#[test]
fn no_client_vanishes() {
    let mut table = table();
    for shares in [0, 1, 5] {
        for number in 0..20_000 {
            table.see(&session(number, shares), Reading::default());
        }
    }
    let findings = found(&table);
    let clients: BTreeSet<IpAddr> = findings.iter().map(|one| one.key.host.address().unwrap()).collect();
    assert_eq!(clients.len(), 20_000);
    assert!(findings.iter().all(|one| one.act == Some(Act::Mines)));
    let wrong = |one: &&Finding| ![None, Some(5)].contains(&one.facts.count_of("shares_accepted"));
    assert_eq!(findings.iter().filter(wrong).count(), 0);
    let absent = findings.iter().filter(|one| one.facts.count_of("shares_accepted").is_none()).count() as u64;
    assert!(absent > 0 && table.forgotten() >= absent, "{absent} absent, {} counted", table.forgotten());
}
