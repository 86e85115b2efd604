//! What windows come to, and that floods stay small.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use super::*;
use model::{At, Endpoint, EvidenceId, FlowId, Logins, Surge, Sweep};

const MEGABYTE: usize = 1 << 20;

fn flow(second: i64, source: [u8; 4], port: u16, target: [u8; 4], server: u16) -> FlowSummary {
    let first = Time::from_secs(second);
    FlowSummary {
        flow: FlowId(Origin { evidence: EvidenceId(0), at: At::Packet(u64::from(port)) }),
        transport: Transport::Tcp,
        client: Endpoint::new(source.into(), port),
        server: Endpoint::new(target.into(), server),
        opened: Opened::Syn,
        closed: Closed::End,
        first,
        last: first,
        packets: [1, 0],
        payload: [0, 0],
        macs: [None, None],
        encrypted: false,
        opaque: false,
        refused: false,
        missing: 0,
        segment: 0,
    }
}

fn talk(second: i64, port: u16, payload: u64, lasts: i64) -> FlowSummary {
    let one = flow(second, [10, 0, 0, 7], port, [10, 0, 0, 9], 22);
    let last = one.first.plus_nanos(lasts * 1_000_000_000);
    FlowSummary { last, packets: [9, 9], payload: [payload, payload], closed: Closed::Fin, ..one }
}

fn told(flows: impl IntoIterator<Item = FlowSummary>) -> Vec<Contacts> {
    let (mut book, mut tell) = (ContactBook::within(MEGABYTE), Vec::new());
    flows.into_iter().for_each(|flow| book.see(&flow, &mut tell));
    book.finish(&mut tell);
    let contacts = |seen: Observation| match seen.fact {
        Fact::Contacts(contacts) => contacts,
        other => panic!("{other:?}"),
    };
    tell.into_iter().map(contacts).collect()
}

#[test]
fn a_window_is_five_minutes_and_counts_addresses_not_attempts() {
    let tries = (0..40_u8).flat_map(|n| {
        let one = flow(i64::from(n) * 10, [10, 0, 0, 7], 1000 + u16::from(n), [10, 0, 1, n], 445);
        [one.clone(), FlowSummary { refused: true, packets: [1, 1], ..one }]
    });
    let sweeps: Vec<Sweep> = told(tries)
        .into_iter()
        .filter_map(|one| if let Contacts::Sweep(sweep) = one { Some(*sweep) } else { None })
        .collect();
    let counts: Vec<_> = sweeps.iter().map(|one| (one.targets.count, one.tried)).collect();
    assert_eq!(counts, [(30, 60), (10, 20)], "300 s at one address in 10 s");
    assert_eq!(sweeps[0].failed, Failed { refused: 30, unanswered: 30 });
    assert_eq!(sweeps[1].span.first, Time::from_secs(300));
}

/// Where only one direction was captured every SYN seems unanswered.
#[test]
fn one_direction_alone_is_no_failure() {
    let one_way = (0..60_u8).map(|n| {
        let one = flow(i64::from(n), [10, 0, 0, 7], 1000 + u16::from(n), [203, 0, 113, n], 443);
        FlowSummary { packets: [4, 0], payload: [500, 0], closed: Closed::Fin, ..one }
    });
    assert_eq!(told(one_way).iter().filter(|one| matches!(one, Contacts::Sweep(_))).count(), 0);
}

#[test]
fn knocking_is_told_once_and_makes_no_page_for_each_port() {
    let (mut book, mut tell) = (ContactBook::within(MEGABYTE), Vec::new());
    for port in 1..=5000 {
        book.see(&flow(i64::from(port) / 100, [10, 0, 0, 7], 40_000, [10, 0, 0, 9], port), &mut tell);
    }
    assert_eq!(book.fans.drain().len(), sweep::MANY_PORTS, "then it is knocking");
    book.finish(&mut tell);
    let knocks: Vec<_> = tell
        .iter()
        .filter_map(|seen| match &seen.fact {
            Fact::Contacts(Contacts::Knocks(knocks)) => Some(knocks.ports),
            _ => None,
        })
        .collect();
    assert_eq!(knocks, [model::AtLeast { count: 1024, or_more: true }]);
}

#[test]
fn a_run_of_logins_keeps_the_one_that_carried_most_apart() {
    let mut flows: Vec<FlowSummary> = (0..40).map(|n| talk(n * 3, 1000 + n as u16, 1500, 2)).collect();
    flows.push(talk(130, 2000, 200_000, 600));
    let runs: Vec<Logins> = told(flows)
        .into_iter()
        .filter_map(|one| if let Contacts::Logins(run) = one { Some(*run) } else { None })
        .collect();
    let [run] = runs.as_slice() else { panic!("{runs:?}") };
    assert_eq!((run.short, run.busiest, run.longs, run.payload), (40, 40, 1, 40 * 3000));
    assert_eq!(run.largest.payload, [200_000, 200_000]);
}

/// A job of cron's every minute stays far below thirty in ten minutes.
#[test]
fn a_job_every_minute_is_ten_in_ten_minutes() {
    let runs = told((0..60).map(|n| talk(n * 60, 1000 + n as u16, 1500, 2)));
    let busiest: Vec<u64> = runs
        .iter()
        .filter_map(|one| if let Contacts::Logins(run) = one { Some(run.busiest) } else { None })
        .collect();
    assert_eq!(busiest, [10]);
}

#[test]
fn a_minute_unlike_any_before_is_told_with_the_busiest_before() {
    let usual = (0..20_u16).map(|n| {
        let target = [203, 0, 113, (n % 4) as u8];
        flow(i64::from(n) * 60, [10, 0, 0, 7], n, target, 443)
    });
    let sudden = (0..200_u8).map(|n| flow(1200, [10, 0, 0, 7], 5000 + u16::from(n), [10, 1, 0, n], 445));
    let surges: Vec<Surge> = told(usual.chain(sudden))
        .into_iter()
        .filter_map(|one| if let Contacts::Surge(surge) = one { Some(*surge) } else { None })
        .collect();
    let [surge] = surges.as_slice() else { panic!("{surges:?}") };
    assert_eq!((surge.peers.count, surge.busiest_before, surge.minutes_before), (200, 1, 20));
}

/// A flood of half-open connections from addresses that never come again: nothing is told of the sources, the target
/// is told once, and the pages stay those of the bound.
#[test]
fn a_flood_from_made_up_addresses_stays_small() {
    let (mut book, mut tell) = (ContactBook::within(MEGABYTE), Vec::new());
    for minute in 0..20 {
        book.see(&flow(minute * 60, [10, 0, 0, 7], 1, [10, 0, 0, 9], 80), &mut tell);
    }
    for n in 0..300_000_u32 {
        let [a, b, c, d] = (0x2d00_0000 + n.wrapping_mul(2_654_435_761) % 0x1000_0000).to_be_bytes();
        book.see(&flow(1200 + i64::from(n / 100_000), [a, b, c, d], 1, [10, 0, 0, 9], 80), &mut tell);
    }
    book.finish(&mut tell);
    let surges = tell
        .iter()
        .filter(|seen| matches!(&seen.fact, Fact::Contacts(Contacts::Surge(one)) if one.peers.or_more));
    assert_eq!((surges.count(), tell.len()), (1, 1), "{tell:?}");
    assert!(book.gap().is_none(), "no page that counted was given up");
}
