//! Harmless actors with known truth: captures in which it is known who mines what, and processes that look like miners.
//!
//! Own writers for everything; nothing is shared with the code that reads and judges.

mod benign;
mod capture;
#[cfg(target_os = "linux")]
pub mod host;
mod miner;
pub mod rng;
mod scenario;
mod scene;
mod stage;
pub mod tcp;
pub mod wallet;
pub mod wire;

pub use capture::{ByteOrder, Precision};
pub use scenario::{SCENARIOS, Scenario, office_day, traffic};
pub use scene::{
    AttackTruth, Facts, HostTruth, Interface, Level, Packet, Role, Scene, TRUTH_HEADER, Time, Truth,
};
