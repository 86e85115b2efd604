//! Frames through fragments, flow table, reassembly and sessions: whatever the frames, two runs with other hash keys
//! and other batches give the same observations.
//!
//! covers: crates/flow/src/fragments.rs
//! covers: crates/flow/src/reassembly.rs
#![no_main]

use std::sync::Arc;

use flow::sessions::Settings;
use flow::{Dispatcher, Found, Frame, Limits, SHARDS, Shard};
use libfuzzer_sys::fuzz_target;
use model::{EvidenceId, Observation, Time};
use parse::capture::LinkType;

/// Small tables, so that eviction is reached too.
const LIMITS: Limits = Limits {
    flows_per_shard: 16,
    content_per_shard: 64 << 10,
    fragment_bytes: 1 << 20,
    contact_bytes: 1 << 20,
};
/// Raw IP: the fuzzer need not learn a link layer.
const RAW: LinkType = LinkType(101);

fuzz_target!(|data: &[u8]| {
    let frames = frames(data);
    let block = Arc::new(data.to_vec());
    assert_eq!(run(&block, &frames, usize::MAX), run(&block, &frames, 3), "neither keys nor batches show");
});

/// Frames of the data: a length in two bytes, then the packet. One second apart.
fn frames(data: &[u8]) -> Vec<Frame> {
    let (mut frames, mut at) = (Vec::new(), 0usize);
    while let Some(&[high, low]) = data.get(at..at + 2) {
        let len = usize::from(u16::from_be_bytes([high, low])).min(data.len() - at - 2);
        let number = frames.len() as u64 + 1;
        let time = Time::from_secs(number as i64);
        frames.push(Frame { evidence: EvidenceId(0), number, time, link: RAW, at: at + 2, len });
        at += 2 + len;
    }
    frames
}

/// Everything observed, with a batch taken early after every `every` frames.
fn run(block: &Arc<Vec<u8>>, frames: &[Frame], every: usize) -> Vec<Observation> {
    let mut dispatcher = Dispatcher::new(&LIMITS);
    let mut shards: Vec<Shard> = (0..SHARDS).map(|_| Shard::new(&LIMITS, Settings::default())).collect();
    let mut seen = Vec::new();
    let mut deal = |batch: flow::Batch, own: Found, shards: &mut Vec<Shard>| {
        let found = shards.iter_mut().enumerate().map(|(number, shard)| {
            let mut found = Found::default();
            shard.take(&batch, number, &mut found);
            found
        });
        let parts: Vec<Found> = std::iter::once(own).chain(found).collect();
        seen.extend(Found::merge(parts).observations);
    };
    for (index, frame) in frames.iter().enumerate() {
        if let Some((batch, own)) = dispatcher.push(block, frame) {
            deal(batch, own, &mut shards);
        }
        if (index + 1).is_multiple_of(every) {
            let (batch, own) = dispatcher.take();
            deal(batch, own, &mut shards);
        }
    }
    let (batch, own) = dispatcher.take();
    deal(batch, own, &mut shards);
    let mut rest = Found::default();
    for shard in shards {
        let mut remains = shard.finish();
        while remains.next_born().is_some() {
            remains.close_next(&mut rest);
        }
    }
    let mut closing = rest.observations;
    closing.sort_by_key(|(rank, _)| *rank);
    seen.extend(closing);
    seen.into_iter().map(|(_, observation)| observation).collect()
}
