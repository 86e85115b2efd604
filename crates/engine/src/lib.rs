//! The one loop: evidence in, a case out.
//!
//! [`scan`] finds the evidence, merges the frames of all captures by time, deals them to the shards of `flow` on as
//! many threads as wanted, shows what comes back to the detectors and the judge in packet order, and asks for the
//! verdict once everything was read. It judges nothing itself, and no unit that fails ends the run.

mod extract;
mod gaps;
mod hunt;
mod merge;
mod progress;
mod scan;
mod settings;
mod workers;

pub use extract::{Extract, Extracted, scan_to_extract};
pub use progress::Progress;
pub use scan::scan;
pub use settings::Settings;

/// Every message id the engine may use.
pub const MESSAGES: &[&str] = &[
    "extract-read-once",
    "gap-detector-failed",
    "gap-flow-failed",
    "gap-findings-forgotten",
    "gap-read-late",
];
