//! How long or how often a pool must be connected before it is more than a visit or a test.

use model::Parameter;

/// Seconds from the first to the last packet.
pub(crate) const LASTING_SECS: Parameter = Parameter {
    name: "lasting_seconds",
    default: 1800,
    unit: "seconds",
    reason: "miners stay connected for hours; a visit or a test is over in minutes (docs/verdict.md, DEST: 30 minutes)",
};

/// Connections.
pub(crate) const LASTING_TIMES: Parameter = Parameter {
    name: "lasting_connections",
    default: 3,
    unit: "connections",
    reason: "a miner behind a bad line or a block comes back; one or two connections may be a test (docs/verdict.md, DEST: 3 times)",
};
