//! The arguments of programs that listen: they may say who may come in.

use super::Look;
use std::path::Path;

/// Longest list of arguments read of a process.
const ARGUMENTS: usize = 65_536;

/// A program that runs, with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Running {
    pub(super) pid: u32,
    /// Divided by line breaks.
    pub(super) arguments: String,
}

/// Those of the programs that can be read.
pub(super) fn look(look: &mut Look<'_>, holders: &[u32]) -> Vec<Running> {
    let read = |pid: &u32| {
        let content = look.view.read(Path::new(&format!("/proc/{pid}/cmdline")), ARGUMENTS).ok()?;
        let arguments = String::from_utf8_lossy(&content.bytes).replace('\0', "\n");
        Some(Running { pid: *pid, arguments })
    };
    holders.iter().filter_map(read).collect()
}
