//! The machine that this program runs on.

use crate::view::Rounds;
use crate::{Content, Fault, Listing, View};
use model::Time;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use sys::{Meta, Root, RoundingMode};

/// Most members of one folder that are listed: `/proc` with a process for each of 4,194,304 numbers would be more, and
/// such a machine has other troubles.
const MOST_ENTRIES: usize = 1 << 20;

/// The running machine, asked by system calls of our own.
#[derive(Debug)]
pub struct Live {
    root: Root,
}

impl Live {
    /// This machine.
    #[must_use]
    pub const fn new() -> Live {
        Live { root: Root::own() }
    }
}

impl Default for Live {
    fn default() -> Live {
        Live::new()
    }
}

impl View for Live {
    fn is_running(&self) -> bool {
        true
    }

    fn now(&mut self) -> Time {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Time::from_nanos(i64::try_from(since.as_nanos()).unwrap_or(i64::MAX))
    }

    fn list(&mut self, folder: &Path) -> Result<Listing, Fault> {
        list(&self.root, folder, MOST_ENTRIES)
    }

    fn read(&mut self, file: &Path, most: usize) -> Result<Content, Fault> {
        read(&self.root, file, most)
    }

    fn meta(&mut self, path: &Path) -> Result<Meta, Fault> {
        self.root.meta(path).map_err(|error| Fault::from(&error))
    }

    fn meta_of_target(&mut self, path: &Path) -> Result<Meta, Fault> {
        self.root.meta_of_target(path).map_err(|error| Fault::from(&error))
    }

    fn target(&mut self, link: &Path) -> Result<PathBuf, Fault> {
        self.root.target(link).map_err(|error| Fault::from(&error))
    }

    fn list_by_library(&mut self, folder: &Path) -> Option<Vec<OsString>> {
        // `std` asks the C library: this is the one place where that is wanted.
        let members = std::fs::read_dir(folder).ok()?;
        Some(members.filter_map(|entry| Some(entry.ok()?.file_name())).collect())
    }

    fn is_alive(&mut self, number: u32) -> Option<bool> {
        Some(sys::is_alive(number))
    }

    fn rounding(&mut self, thread: u32) -> Option<Rounds> {
        Some(match sys::rounding_mode(thread).ok()? {
            RoundingMode::Nearest => 0,
            RoundingMode::Down => 1,
            RoundingMode::Up => 2,
            RoundingMode::Zero => 3,
        })
    }

    fn wait(&mut self, millis: u64) {
        std::thread::sleep(Duration::from_millis(millis));
    }
}

pub(crate) fn list(root: &Root, folder: &Path, most: usize) -> Result<Listing, Fault> {
    let (entries, cut) = root.list(folder, most).map_err(|error| Fault::from(&error))?;
    Ok(Listing { entries, cut })
}

pub(crate) fn read(root: &Root, file: &Path, most: usize) -> Result<Content, Fault> {
    let (bytes, whole) = root.read(file, most).map_err(|error| Fault::from(&error))?;
    Ok(Content { bytes, whole })
}
