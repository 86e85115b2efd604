//! One file per command.

#[cfg(target_os = "linux")]
pub(crate) mod collect;
pub(crate) mod drill;
#[cfg(target_os = "linux")]
mod drill_host;
pub(crate) mod explain;
pub(crate) mod scan;
pub(crate) mod welcome;
