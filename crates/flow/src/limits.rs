//! What the tables may hold: memory is bounded by these numbers, never by the input.

use crate::key::SHARDS;

/// Sizes of the tables, derived from one budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Flows that each shard keeps; the oldest idle one makes room for a new one.
    pub flows_per_shard: usize,
    /// Bytes of streams whose content is still wanted that each shard keeps: what is out of order, beginnings, partial
    /// messages.
    pub content_per_shard: usize,
    /// Bytes of unfinished IP fragments kept in all.
    pub fragment_bytes: usize,
    /// Bytes of the counts over many flows.
    pub contact_bytes: usize,
}

/// Bytes that one flow without content costs: entry, index slot and their share of spare capacity (measured with
/// 200,000 flows, 2026-11-24; see docs/performance.md).
const BYTES_PER_FLOW: u64 = 512;

impl Limits {
    /// Shares a memory budget in bytes: half to flows, a quarter to the content of streams, a sixteenth to
    /// fragments, a thirty-second to counts over many flows; the rest is for batches and
    /// findings. Never below what a small capture needs.
    #[must_use]
    pub fn within(memory: u64) -> Limits {
        let shards = SHARDS as u64;
        let clamp = |bytes: u64, least: u64| usize::try_from(bytes.max(least)).unwrap_or(usize::MAX);
        Limits {
            flows_per_shard: clamp(memory / 2 / BYTES_PER_FLOW / shards, 16),
            content_per_shard: clamp(memory / 4 / shards, 64 << 10),
            fragment_bytes: clamp(memory / 16, 1 << 20),
            contact_bytes: clamp(memory / 32, 1 << 20),
        }
    }
}

impl Default for Limits {
    /// For a budget of 1 GiB.
    fn default() -> Limits {
        Limits::within(1 << 30)
    }
}
