//! Evidence that could not be read: kept, counted, shown, and a limit on what a clean verdict may claim.

use crate::{At, EvidenceId, Message};

/// Something in the evidence that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The piece of evidence.
    pub evidence: EvidenceId,
    /// Where the first of `count` such places is.
    pub at: At,
    /// What was wrong with it.
    pub reason: Message,
    /// How many times it happened.
    pub count: u64,
}
