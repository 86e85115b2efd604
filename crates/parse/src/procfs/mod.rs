//! What Linux writes under `/proc` about processes and the machine. A line that is not understood costs that line.
//!
//! Source: proc(5) and its parts (proc_pid_stat(5), proc_pid_status(5), proc_pid_maps(5), proc_stat(5)); Linux
//! `Documentation/filesystems/proc.rst`.

mod cgroup;
mod maps;
mod mounts;
mod network;
mod schedstat;
mod stat;
mod status;
mod system;
mod words;

pub use cgroup::container;
pub use maps::{Mapping, mappings};
pub use mounts::{Mount, mounts};
pub use network::{Route, interface_addresses, local_addresses, routes};
pub use schedstat::{Scheduled, schedstat};
pub use stat::{PF_KTHREAD, Stat, stat};
pub use status::{Status, status};
pub use system::{System, memory_total, system};
pub use words::{variables, words};
