//! A machine that was looked at from inside.

use crate::{Endpoint, Mac, Time};
use std::net::IpAddr;

/// How far a look at a machine went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Reach {
    /// Only what somebody handed over as text: what its own commands said.
    Told,
    /// Only files: nothing of what runs there.
    #[default]
    Files,
    /// Files and processes, as far as an ordinary user sees them.
    Partly,
    /// Everything.
    Whole,
}

/// What a machine is and how it is set up.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Machine {
    /// What it calls itself.
    pub name: Option<String>,
    /// Its own addresses, those of loopback and of bridges for containers left out.
    pub addresses: Vec<IpAddr>,
    /// Link-layer addresses of its interfaces.
    pub macs: Vec<Mac>,
    /// Operating system, as it names itself.
    pub system: Option<String>,
    /// Kernel release.
    pub kernel: Option<String>,
    /// Processors.
    pub processors: u32,
    /// Memory in KiB.
    pub memory: u64,
    /// When it started.
    pub booted: Option<Time>,
    /// How far the look went.
    pub reach: Reach,
    /// Processes looked at.
    pub processes: u32,
    /// What was out of reach, and what would give it: a message id and the capability by name.
    pub out_of_reach: Vec<(&'static str, &'static str)>,
    /// Processor time that the kernel counted as taken by processes while watched, and of it what visible processes
    /// took, both in thousandths of one processor; `None` where it was not watched.
    pub accounted: Option<(u32, u32)>,
    /// Huge pages of 2 MiB set aside.
    pub huge_pages: u64,
    /// Of those, unused.
    pub huge_pages_free: u64,
    /// Model-specific registers may be written without a trace in the log.
    pub msr_writes_allowed: bool,
    /// The kernel remembers that a program wrote such a register (`TAINT_CPU_OUT_OF_SPEC`).
    pub msr_written: bool,
}

/// A socket that waits for connections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listener {
    /// Where it listens.
    pub address: Endpoint,
    /// UDP, not TCP.
    pub udp: bool,
    /// The process that holds it, and its name.
    pub process: Option<(u32, String)>,
    /// When that process began.
    pub started: Option<Time>,
}
