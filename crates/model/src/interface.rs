//! A miner that told somebody how it is, over its management interface or by its agent.

use crate::{Endpoint, FlowId};

/// How it came to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ToldBy {
    /// Its management interface answered: it is the server of the connection.
    Answer,
    /// Its agent reports to a service that manages rigs: it is the client.
    Report,
}

/// What a miner told of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinerInterface {
    /// The connection.
    pub flow: FlowId,
    /// How it came to tell.
    pub by: ToldBy,
    /// The client of the connection: who asked, or the miner that reports.
    pub client: Endpoint,
    /// Its server: the miner that answers, or the service that is told.
    pub server: Endpoint,
    /// What it calls itself, or its chip.
    pub product: String,
    /// The mining program that an agent says it runs.
    pub program: Option<String>,
    /// The algorithm that it says the program computes.
    pub algorithm: Option<String>,
    /// Where it mines, as it says.
    pub pool: Option<String>,
    /// The login it uses there.
    pub login: Option<String>,
    /// It counts shares, names a pool or a program at work; else only the form is a miner's.
    pub works: bool,
}
