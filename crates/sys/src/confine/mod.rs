//! Gives up, for ever, everything that a reader of files does not need.

#[cfg(target_os = "linux")]
mod landlock;
#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
mod seccomp;

use std::fmt;
use std::path::PathBuf;

/// What keeps this process from more than reading, and how far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Confined {
    /// Landlock, and which version of its interface: only the named paths can be read, nothing can be written,
    /// executed, bound or connected to (TCP from version 4 on, abstract sockets and signals from version 6 on).
    pub landlock: Option<u32>,
    /// seccomp: no socket, no program, no other process, no change of the system or of a file's owner and mode.
    pub seccomp: bool,
}

impl Confined {
    /// Everything that this program knows to give up is given up.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.landlock.is_some() && self.seccomp
    }
}

impl fmt::Display for Confined {
    /// `landlock abi 7, seccomp`; nothing when nothing is in force.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = if self.is_whole() { ", " } else { "" };
        if let Some(abi) = self.landlock {
            write!(f, "landlock abi {abi}")?;
        }
        f.write_str(between)?;
        if self.seccomp {
            f.write_str("seccomp")?;
        }
        Ok(())
    }
}

/// What a run goes on needing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Reading these paths, and what lies below those that are folders.
    Paths(Vec<PathBuf>),
    /// Looking at the whole machine: every file, and whether a process lives. Landlock would close the folders of other
    /// processes under `/proc` (Linux `security/landlock/task.c`), so it is not used.
    Machine {
        /// Threads of suspects may be stopped for a moment (ptrace).
        trace: bool,
    },
}

/// What a run may do to other processes, of all that is closed otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Allowed {
    /// Ask whether one lives: signal 0, which sends nothing.
    ask: bool,
    /// Stop a thread of one for a moment (ptrace).
    trace: bool,
}

/// Confines this thread and every thread that it starts from now on; seccomp holds for all threads of the process.
/// Call it before the first thread is started. There is no way back.
///
/// Only what is `kept` can be opened from here on, for reading.
/// Paths that are not there are passed over: opening them fails as it would have. Files that are open already stay
/// as they are. What the kernel does not offer is not in force, and the result says so.
#[must_use]
pub fn confine(kept: &Kept) -> Confined {
    #[cfg(target_os = "linux")]
    if landlock::no_new_privileges() {
        return match kept {
            Kept::Paths(readable) => {
                Confined { landlock: landlock::restrict(readable).ok(), seccomp: deny(Allowed::default()) }
            }
            Kept::Machine { trace } => {
                Confined { landlock: None, seccomp: deny(Allowed { ask: true, trace: *trace }) }
            }
        };
    }
    let _ = kept;
    Confined::default()
}

#[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
fn deny(allowed: Allowed) -> bool {
    seccomp::install(allowed).is_ok()
}

/// Numbers of system calls are written down for two architectures only.
#[cfg(all(target_os = "linux", not(any(target_arch = "x86_64", target_arch = "aarch64"))))]
fn deny(_: Allowed) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_force_is_said_in_words() {
        let said = |landlock, seccomp| Confined { landlock, seccomp }.to_string();
        assert_eq!(said(Some(7), true), "landlock abi 7, seccomp");
        assert_eq!(said(Some(1), false), "landlock abi 1");
        assert_eq!(said(None, true), "seccomp");
        assert_eq!(said(None, false), "");
    }
}
