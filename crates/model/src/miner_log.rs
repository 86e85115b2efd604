//! What a miner wrote of itself: its log, or its screen.

use crate::Time;

/// What a miner's log says of one pool.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MinerLog {
    /// The program, as it names itself: `XMRig/6.21.0`.
    pub program: Option<String>,
    /// It hands work on and does not compute.
    pub is_proxy: bool,
    /// Where it mines: `host:port` as the log has it, or the name alone where no port is said.
    pub pool: Option<String>,
    /// The address that this name had.
    pub address: Option<String>,
    /// The login, where the log shows one.
    pub login: Option<String>,
    /// The algorithm, as written.
    pub algorithm: Option<String>,
    /// Jobs received.
    pub jobs: u64,
    /// Shares accepted.
    pub accepted: u64,
    /// Shares rejected.
    pub rejected: u64,
    /// Attempts that got nowhere: no connection, or a login that was refused.
    pub failures: u64,
    /// Of those, logins that were refused.
    pub refusals: u64,
    /// Hashes a second, the last that was said.
    pub hashrate: Option<f64>,
    /// The first and the last time in the log.
    pub span: Option<(Time, Time)>,
    /// The line that shows it best.
    pub line: String,
}
