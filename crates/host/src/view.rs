//! The door through which a machine is looked at.

use model::Time;
use std::io;
use std::path::{Path, PathBuf};
use sys::{Entry, Meta};

/// A way to round: to the nearest, down, up, toward zero, as [`model::Rounding::modes`] counts them.
pub type Rounds = usize;

/// Why a question about a file has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// It is not there: nothing to note.
    Missing,
    /// Only somebody with more rights may look.
    Denied,
    /// It is a pipe, a device, a folder where a file was expected, or a link that leads in a circle.
    Unfit,
    /// The kernel or the medium failed.
    Broken,
}

impl From<&io::Error> for Fault {
    fn from(error: &io::Error) -> Fault {
        match error.kind() {
            // ESRCH: a process that ended meanwhile.
            _ if error.raw_os_error() == Some(3) => Fault::Missing,
            // ELOOP, and EXDEV for what would leave the root.
            _ if matches!(error.raw_os_error(), Some(40 | 18)) => Fault::Unfit,
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Fault::Missing,
            io::ErrorKind::PermissionDenied => Fault::Denied,
            io::ErrorKind::InvalidInput | io::ErrorKind::IsADirectory => Fault::Unfit,
            _ => Fault::Broken,
        }
    }
}

/// The members of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// By name.
    pub entries: Vec<Entry>,
    /// There were more than are listed.
    pub cut: bool,
}

/// The beginning of a file, or all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// They are all there is.
    pub whole: bool,
}

/// A machine that can be looked at. Paths are absolute inside its root; links are followed inside it and never out.
pub trait View {
    /// Whether it runs: only then are there processes, and time passes.
    fn is_running(&self) -> bool;

    /// The time at the machine: now, or when it was last written to.
    fn now(&mut self) -> Time;

    /// The members of a folder.
    ///
    /// # Errors
    /// Why it cannot be listed.
    fn list(&mut self, folder: &Path) -> Result<Listing, Fault>;

    /// The first `most` bytes of a regular file.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn read(&mut self, file: &Path, most: usize) -> Result<Content, Fault>;

    /// What is known of a name; of a link, not of what it leads to.
    ///
    /// # Errors
    /// Why nothing is known.
    fn meta(&mut self, path: &Path) -> Result<Meta, Fault>;

    /// What is known of what a name leads to.
    ///
    /// # Errors
    /// Why nothing is known.
    fn meta_of_target(&mut self, path: &Path) -> Result<Meta, Fault>;

    /// Where a link leads, as written.
    ///
    /// # Errors
    /// It is no link, or cannot be read.
    fn target(&mut self, link: &Path) -> Result<PathBuf, Fault>;

    /// The names in a folder as the C library of the machine lists them; `None` where that cannot be asked.
    fn list_by_library(&mut self, folder: &Path) -> Option<Vec<std::ffi::OsString>>;

    /// Whether a process or thread of this number lives; `None` where that cannot be asked.
    fn is_alive(&mut self, number: u32) -> Option<bool>;

    /// How a thread rounds at this moment, by stopping it; `None` where that cannot be asked.
    fn rounding(&mut self, _thread: u32) -> Option<Rounds> {
        None
    }

    /// Lets time pass. Only a running machine waits.
    fn wait(&mut self, millis: u64);
}
