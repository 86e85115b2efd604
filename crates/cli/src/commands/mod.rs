//! One file per command.

pub(crate) mod drill;
pub(crate) mod explain;
pub(crate) mod scan;
pub(crate) mod welcome;
