//! A scene of the drill through dispatcher and shards.

#![allow(clippy::unwrap_used, reason = "a failing test may panic")]

use flow::{Dispatcher, Found, Frame, Limits, SHARDS, Shard, sessions};
use model::{EvidenceId, Observation, Time};
use parse::capture::LinkType;
use std::sync::Arc;

/// Runs a scene; each packet is a block of its own.
pub(crate) fn run(scene: &drill::Scene, limits: &Limits) -> (Vec<Observation>, Vec<model::Gap>) {
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
