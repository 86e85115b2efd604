//! A folder that stands for the root of a machine: a mounted image, a container's root, an unpacked collection.

use crate::live::{list, read};
use crate::{Content, Fault, Listing, View};
use model::Time;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use sys::{Meta, Root};

/// Most members of one folder that are listed.
const MOST_ENTRIES: usize = 1 << 17;

/// Files that a system writes as it runs: the newest of them tells until when it ran.
const WRITTEN: [&str; 6] =
    ["/var/log/wtmp", "/var/log/syslog", "/var/log/messages", "/var/log/journal", "/var/log/lastlog", "/etc"];

/// A machine that does not run.
#[derive(Debug)]
pub struct Tree {
    root: Root,
}

impl Tree {
    /// The machine whose root lies in this folder.
    ///
    /// # Errors
    /// The folder cannot be opened.
    pub fn at(folder: &Path) -> io::Result<Tree> {
        Ok(Tree { root: Root::at(folder)? })
    }
}

impl View for Tree {
    fn is_running(&self) -> bool {
        false
    }

    fn now(&mut self) -> Time {
        let written = WRITTEN.iter().filter_map(|path| self.root.meta(Path::new(path)).ok());
        Time::from_nanos(written.map(|meta| meta.modified).max().unwrap_or(0))
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

    fn list_by_library(&mut self, _: &Path) -> Option<Vec<OsString>> {
        None
    }

    fn is_alive(&mut self, _: u32) -> Option<bool> {
        None
    }

    fn wait(&mut self, _: u64) {}
}
