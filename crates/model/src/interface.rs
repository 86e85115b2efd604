//! A miner that told somebody how it is, over its management interface.

use crate::{Endpoint, FlowId};

/// An answer of a miner's management interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinerInterface {
    /// The connection.
    pub flow: FlowId,
    /// Who asked.
    pub client: Endpoint,
    /// The miner.
    pub server: Endpoint,
    /// What it calls itself, or its chip.
    pub product: String,
    /// Where it mines, as it says.
    pub pool: Option<String>,
    /// The login it uses there.
    pub login: Option<String>,
    /// It counts shares or names a pool; else only the form of the answer is a miner's.
    pub works: bool,
}
