//! Which package a file belongs to.

use std::path::Path;

/// Answers who owns a path.
pub(crate) trait Owners {
    /// Whether there is a package database at all.
    fn is_known(&self) -> bool;

    /// The package that owns the path.
    fn owner(&mut self, path: &Path) -> Option<String>;
}
