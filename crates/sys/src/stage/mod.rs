//! What harmless actors of an exercise ask of the system: to be seen as miners are seen, and to be gone afterwards.
//!
//! Nothing that looks for miners uses this.

mod memory;
mod mounts;
mod processes;
mod rounding;
mod signals;

pub use memory::{Region, map, map_code, memory_file};
pub use mounts::{cover, mounts_of_its_own, uncover};
pub use processes::{
    adopt_orphans, be_nice, call_itself, die_with_parent, end_group, pin, processors, reap_group,
};
pub use rounding::{Rounding, divide_and_add};
pub use signals::{free_signals, hold_signals, wait_for_signal};
