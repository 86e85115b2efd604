//! What a batch gave: observations with the rank of the packet that gave them, and counts of what was not readable.

use model::{Gap, Observation};

/// The position of a packet in the merged order of all evidence, from 0.
pub type Rank = u64;

/// Observations and gaps of one batch, or of a flush.
#[derive(Debug, Default)]
pub struct Found {
    /// Observations in the order they were made, each with the rank of its packet.
    pub observations: Vec<(Rank, Observation)>,
    /// What could not be used.
    pub gaps: Vec<Gap>,
}

impl Found {
    /// Puts the finds of several shards into the order of their packets. Shards must be given in their own order.
    pub fn merge(parts: impl IntoIterator<Item = Found>) -> Found {
        let mut all = Found::default();
        for mut part in parts {
            all.observations.append(&mut part.observations);
            all.gaps.append(&mut part.gaps);
        }
        // Stable: what one packet gave stays in its order, and a packet belongs to one shard.
        all.observations.sort_by_key(|(rank, _)| *rank);
        all
    }
}
