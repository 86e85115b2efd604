//! Hand-built cases for the tests of this crate.
#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use crate::{Clock, Lang, Run, Sandbox, View};
use model::{
    Act, At, Case, CaseFinding, Cited, Coverage, DialogueLine, Endpoint, EvidenceId, EvidenceSummary, Facts,
    Finding, FindingKey, FindingKind, GapSummary, Group, Headline, HostVerdict, Level, Mac, Message,
    NextFact, Origin, Role, SourceError, Subject, Tenths, Time, Unseen, Value, Weight, WeightKind,
};
use std::net::IpAddr;

/// `date -u -d '2026-11-24 09:12' +%s`.
pub(crate) const MORNING: i64 = 1_795_511_520;

pub(crate) fn at(secs: i64) -> Time {
    Time::from_secs(MORNING + secs)
}

pub(crate) fn view(lang: Lang, columns: usize) -> View {
    View {
        lang,
        clock: Clock::local(jiff::tz::TimeZone::UTC),
        columns,
        colour: false,
        why: false,
        narrowed: false,
        version: "0.1.0",
        run: Run {
            started: at(3_000),
            finished: at(3_002),
            sandbox: Sandbox { landlock: Some(7), seccomp: true },
        },
    }
}

fn endpoint(text: &str) -> Endpoint {
    let socket: std::net::SocketAddr = text.parse().unwrap();
    Endpoint::new(socket.ip(), socket.port())
}

static SESSION: Weight = Weight {
    id: "two-way-session",
    group: Group::Wire,
    tenths: Tenths(500),
    kind: WeightKind::Definition,
    conclusive: true,
    grows: None,
    source: "XMRig stratum, login/job/submit",
};

static LOOKED_UP: Weight = Weight {
    id: "pool-looked-up",
    group: Group::Dest,
    tenths: Tenths(200),
    kind: WeightKind::Listed,
    conclusive: false,
    grows: None,
    source: "list of pools, 2026-11",
};

fn cited(packet: u64, secs: i64, shows: &'static str) -> Cited {
    Cited { origin: Origin::packet(EvidenceId(0), packet), time: at(secs), excerpt: Message::new(shows) }
}

fn finding(detector: &'static str, address: &str, message: Message, subject: Subject) -> Finding {
    Finding {
        key: FindingKey {
            detector,
            host: address.parse::<std::net::IpAddr>().unwrap().into(),
            detail: String::new(),
        },
        kind: FindingKind::Mining,
        role: None,
        weight: None,
        act: None,
        message,
        subject,
        facts: Facts::default(),
        first: at(0),
        last: at(1_800),
        count: 1,
        cited: Vec::new(),
        technique: None,
        dialogue: Vec::new(),
    }
}

fn line(index: i64, from_client: bool, text: &str, answers: Option<u32>) -> DialogueLine {
    DialogueLine {
        time: at(0).plus_nanos(index * 41_000_000),
        origin: Origin::packet(EvidenceId(0), 17 + 2 * index as u64),
        from_client,
        text: text.to_owned(),
        answers,
    }
}

/// A session with a job and shares, and a look-up.
pub(crate) fn session() -> Finding {
    let subject =
        Subject::Connection { client: endpoint("10.1.4.23:51234"), server: endpoint("198.51.100.9:3333") };
    let message = Message::new("stratum-session-mines")
        .with("pool", "pool.example:3333")
        .with("protocol", "stratum-cryptonote")
        .with("sessions", 1u64)
        .with("shares", Message::new("session-shares-accepted").with("count", 214u64));
    let mut said = finding("stratum-session", "10.1.4.23", message, subject);
    said.weight = Some(&SESSION);
    said.role = Some(Role::Miner);
    said.act = Some(Act::Mines);
    said.technique = Some("T1496.001");
    said.facts.text("protocol", Some("stratum-cryptonote"));
    said.facts.text("coin", Some("XMR"));
    said.facts.text("login", Some("4ev\u{202e}il\x1b[2J.rig1"));
    said.facts.text("worker", Some("rig1"));
    said.facts.count("shares_accepted", Some(214));
    said.facts.set("hashrate", Value::Number(1500.5));
    said.cited = vec![
        cited(17, 0, "session-at-request"),
        cited(17, 0, "session-at-login"),
        cited(19, 0, "session-at-job"),
    ];
    said.dialogue = vec![
        line(0, true, r#"{"id":1,"method":"login","params":{"login":"4ev.rig1","pass":"***"}}"#, None),
        line(1, false, r#"{"id":null,"method":"job"}"#, None),
        line(2, false, r#"{"id":1,"result":{"status":"OK"}}"#, Some(0)),
        line(3, true, r#"{"id":2,"method":"submit"}"#, None),
    ];
    said
}

fn looked_up(address: &str) -> Finding {
    let message = Message::new("pool-name-looked-up").with("name", "pool.example").with("count", 3u64);
    let mut said = finding("pool-name", address, message, Subject::Name("pool.example".to_owned()));
    said.weight = Some(&LOOKED_UP);
    said.facts.text("pool", Some("pool.example"));
    said.count = 3;
    said.cited = vec![cited(12, -1, "session-at-request")];
    said
}

fn host(id: &str, address: &str, level: Level, points: i32) -> HostVerdict {
    HostVerdict {
        id: id.to_owned(),
        addresses: vec![address.parse::<IpAddr>().unwrap()],
        names: Vec::new(),
        macs: Vec::new(),
        roles: Vec::new(),
        level,
        points: Tenths(points),
        coverage: Coverage::Complete,
        examined: false,
        first: at(-60),
        last: at(1_800),
        headline: Headline {
            act: None,
            coin: None,
            pool: None,
            pool_end: None,
            since: None,
            shares_accepted: None,
            shares_sent: None,
            further: 0,
            process: None,
        },
        findings: Vec::new(),
        not_found: Vec::new(),
        next_fact: None,
        advice: Vec::new(),
        remarks: Vec::new(),
    }
}

fn counted(
    id: &str,
    host: usize,
    finding: Finding,
    points: i32,
    counted: i32,
    conclusive: bool,
) -> CaseFinding {
    CaseFinding {
        id: id.to_owned(),
        host,
        finding,
        points: Tenths(points),
        counted: Tenths(counted),
        conclusive,
        explained: None,
    }
}

fn evidence(gaps: Vec<GapSummary>) -> EvidenceSummary {
    EvidenceSummary {
        id: EvidenceId(0),
        source: "captures/office.pcapng".to_owned(),
        reader: "pcap",
        sha256: Some("ab".repeat(32)),
        bytes: 1_912_345,
        records: 12_345,
        first: Some(at(-60)),
        last: Some(at(1_800)),
        gaps,
    }
}

/// One machine that mines, one that looked a pool up, one clear; a gap and a source that was not read.
pub(crate) fn case() -> Case {
    let mut miner = host("h1", "10.1.4.23", Level::Confirmed, 400);
    miner.names = vec!["pc-12".to_owned()];
    miner.macs = vec![Mac([2, 0, 0x5e, 0x10, 0, 1])];
    miner.roles = vec![Role::Miner];
    miner.headline = Headline {
        act: Some(Act::Mines),
        coin: Some("XMR".to_owned()),
        pool: Some("pool.example:3333".to_owned()),
        pool_end: Some(endpoint("198.51.100.9:3333")),
        since: Some(at(0)),
        shares_accepted: Some(214),
        shares_sent: Some(214),
        further: 0,
        process: None,
    };
    miner.findings = vec![0, 1];
    miner.advice = vec![
        Message::new("verdict-advice-isolate-or-block").with("address", IpAddr::from([198, 51, 100, 9])),
    ];
    miner.next_fact = Some(NextFact { message: Message::new("verdict-next-content") });
    miner.not_found = vec![Message::new("full-node-summary")];
    let mut curious = host("h2", "10.1.4.31", Level::Noted, -100);
    curious.findings = vec![2];
    curious.coverage = Coverage::Partial;
    let clear = host("h3", "10.1.4.40", Level::Clear, -300);
    let cut = Message::new("pcap-cut-short");
    Case {
        evidence: vec![evidence(vec![GapSummary { at: At::Byte(1190), reason: cut, count: 3 }])],
        errors: vec![SourceError { source: "x\x1b.bin".to_owned(), reason: Message::new("unread-unknown") }],
        hosts: vec![miner, curious, clear],
        findings: vec![
            counted("f1", 0, session(), 500, 500, true),
            counted("f2", 0, looked_up("10.1.4.23"), 200, 200, false),
            counted("f3", 1, looked_up("10.1.4.31"), 200, 200, false),
        ],
        unseen: Unseen {
            encrypted_flows: 1_204,
            opaque_flows: 0,
            incomplete_flows: 1,
            hosts: 30,
            hosts_partly: 3,
            flows: 2_000,
            processes: 0,
            examined: 0,
        },
        prior: Tenths(-300),
    }
}

/// The same evidence where nothing was found.
pub(crate) fn clean() -> Case {
    let mut case = case();
    case.hosts.truncate(0);
    case.findings.clear();
    case.errors.clear();
    case.evidence = vec![evidence(Vec::new())];
    case
}
