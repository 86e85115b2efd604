//! A machine made up by a test, or replayed from a record.

use crate::{Content, Fault, Listing, Rounds, View};
use model::Time;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ffi::OsString;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use sys::{Entry, Kind, Meta};

/// What lies under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    File(Vec<u8>),
    Link(PathBuf),
    /// A pipe or device.
    Other,
}

/// Links followed from one name, as the kernel does (path_resolution(7)).
const MOST_LINKS: usize = 40;

/// A machine in memory. Folders are there as soon as something lies in them.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    nodes: BTreeMap<PathBuf, Node>,
    folders: BTreeSet<PathBuf>,
    modes: BTreeMap<PathBuf, u32>,
    times: BTreeMap<PathBuf, Time>,
    /// What becomes of files when time passes, once for each wait.
    later: Vec<BTreeMap<PathBuf, Node>>,
    alive: Option<BTreeSet<u32>>,
    library: BTreeMap<PathBuf, Vec<OsString>>,
    /// How threads round, one look after the other.
    rounds: BTreeMap<u32, VecDeque<Rounds>>,
    now: Time,
}

impl Memory {
    /// An empty machine at this time.
    #[must_use]
    pub fn new(now: Time) -> Memory {
        Memory { now, ..Memory::default() }
    }

    /// Adds a file.
    pub fn file(&mut self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) -> &mut Memory {
        self.add(path.into(), Node::File(bytes.into()))
    }

    /// Adds a link.
    pub fn link(&mut self, path: impl Into<PathBuf>, target: impl Into<PathBuf>) -> &mut Memory {
        self.add(path.into(), Node::Link(target.into()))
    }

    /// Adds a pipe or device.
    pub fn other(&mut self, path: impl Into<PathBuf>) -> &mut Memory {
        self.add(path.into(), Node::Other)
    }

    /// Sets the permission bits of a name.
    pub fn mode(&mut self, path: impl Into<PathBuf>, mode: u32) -> &mut Memory {
        self.modes.insert(path.into(), mode);
        self
    }

    /// Sets when a name was changed last.
    pub fn modified(&mut self, path: impl Into<PathBuf>, time: Time) -> &mut Memory {
        self.times.insert(path.into(), time);
        self
    }

    /// Makes the machine a running one, in which these numbers live.
    pub fn running(&mut self, alive: impl IntoIterator<Item = u32>) -> &mut Memory {
        self.alive.get_or_insert_default().extend(alive);
        self
    }

    /// What the C library lists in a folder, where that is not what is there.
    pub fn library_lists(&mut self, folder: impl Into<PathBuf>, names: &[&str]) -> &mut Memory {
        self.library.insert(folder.into(), names.iter().map(OsString::from).collect());
        self
    }

    /// How a thread rounds, look after look, and then again.
    pub fn rounds(&mut self, thread: u32, modes: &[Rounds]) -> &mut Memory {
        self.rounds.insert(thread, modes.iter().copied().collect());
        self
    }

    /// What a file becomes after the `wait`-th wait, counted from 0.
    pub fn becomes(
        &mut self,
        wait: usize,
        path: impl Into<PathBuf>,
        bytes: impl Into<Vec<u8>>,
    ) -> &mut Memory {
        if self.later.len() <= wait {
            self.later.resize_with(wait + 1, BTreeMap::new);
        }
        self.later[wait].insert(path.into(), Node::File(bytes.into()));
        self
    }

    fn add(&mut self, path: PathBuf, node: Node) -> &mut Memory {
        self.folders.extend(path.ancestors().skip(1).map(Path::to_path_buf));
        self.nodes.insert(path, node);
        self
    }

    /// The name that a path comes to, links followed; the last one only if asked.
    fn resolve(&self, path: &Path, last: bool) -> Result<PathBuf, Fault> {
        let mut left: Vec<OsString> =
            path.iter().rev().filter(|part| *part != "/").map(OsString::from).collect();
        let (mut at, mut links) = (PathBuf::from("/"), 0);
        while let Some(part) = left.pop() {
            if part == ".." {
                at.pop();
                continue;
            }
            let next = at.join(&part);
            match self.nodes.get(&next) {
                Some(Node::Link(target)) if last || !left.is_empty() => {
                    links += 1;
                    if links > MOST_LINKS {
                        return Err(Fault::Unfit);
                    }
                    if target.is_absolute() {
                        at = PathBuf::from("/");
                    }
                    left.extend(target.iter().rev().filter(|part| *part != "/").map(OsString::from));
                }
                _ => at = next,
            }
        }
        if self.nodes.contains_key(&at) || self.folders.contains(&at) { Ok(at) } else { Err(Fault::Missing) }
    }

    fn meta_at(&self, path: &Path) -> Meta {
        let (kind, size) = match self.nodes.get(path) {
            Some(Node::File(bytes)) => (Kind::File, bytes.len() as u64),
            Some(Node::Link(_)) => (Kind::Link, 0),
            Some(Node::Other) => (Kind::Other, 0),
            None => (Kind::Folder, 0),
        };
        let usual = if kind == Kind::File { 0o644 } else { 0o755 };
        let time = self.times.get(path).copied().unwrap_or(Time::from_secs(0)).nanos();
        let before = (Bound::Unbounded, Bound::Excluded(path));
        let rank =
            self.nodes.range::<Path, _>(before).count() + self.folders.range::<Path, _>(before).count();
        Meta {
            kind,
            size,
            identity: (1, rank as u64 + 1),
            mode: self.modes.get(path).copied().unwrap_or(usual),
            owner: 0,
            group: 0,
            modified: time,
            changed: time,
            born: None,
            locked: false,
        }
    }
}

impl View for Memory {
    fn is_running(&self) -> bool {
        self.alive.is_some()
    }

    fn now(&mut self) -> Time {
        self.now
    }

    fn list(&mut self, folder: &Path) -> Result<Listing, Fault> {
        let folder = self.resolve(folder, true)?;
        if !self.folders.contains(&folder) {
            return Err(Fault::Missing);
        }
        let inside = |path: &&PathBuf| path.parent() == Some(&folder);
        let nodes = self.nodes.keys().filter(inside);
        let folders = self.folders.iter().filter(inside).filter(|path| !self.nodes.contains_key(*path));
        let mut entries: Vec<Entry> = nodes
            .chain(folders)
            .filter_map(|path| {
                Some(Entry { name: path.file_name()?.to_owned(), kind: Some(self.meta_at(path).kind) })
            })
            .collect();
        entries.sort();
        Ok(Listing { entries, cut: false })
    }

    fn read(&mut self, file: &Path, most: usize) -> Result<Content, Fault> {
        match self.nodes.get(&self.resolve(file, true)?) {
            Some(Node::File(bytes)) => {
                let end = bytes.len().min(most);
                Ok(Content { bytes: bytes[..end].to_vec(), whole: bytes.len() <= most })
            }
            _ => Err(Fault::Unfit),
        }
    }

    fn meta(&mut self, path: &Path) -> Result<Meta, Fault> {
        Ok(self.meta_at(&self.resolve(path, false)?))
    }

    fn meta_of_target(&mut self, path: &Path) -> Result<Meta, Fault> {
        Ok(self.meta_at(&self.resolve(path, true)?))
    }

    fn target(&mut self, link: &Path) -> Result<PathBuf, Fault> {
        match self.nodes.get(&self.resolve(link, false)?) {
            Some(Node::Link(target)) => Ok(target.clone()),
            _ => Err(Fault::Unfit),
        }
    }

    fn list_by_library(&mut self, folder: &Path) -> Option<Vec<OsString>> {
        if let Some(names) = self.library.get(folder) {
            return Some(names.clone());
        }
        let listing = self.list(folder).ok().filter(|_| self.is_running())?;
        Some(listing.entries.into_iter().map(|entry| entry.name).collect())
    }

    fn is_alive(&mut self, number: u32) -> Option<bool> {
        Some(self.alive.as_ref()?.contains(&number))
    }

    fn rounding(&mut self, thread: u32) -> Option<Rounds> {
        let modes = self.rounds.get_mut(&thread)?;
        modes.rotate_left(1.min(modes.len()));
        modes.back().copied()
    }

    fn wait(&mut self, millis: u64) {
        self.now = self.now.plus_nanos(i64::try_from(millis).unwrap_or(i64::MAX).saturating_mul(1_000_000));
        if !self.later.is_empty() {
            let changed = self.later.remove(0);
            self.nodes.extend(changed);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn links_lead_as_on_a_real_machine() {
        let mut memory = Memory::default();
        memory
            .file("/usr/bin/tool", "x")
            .link("/bin", "usr/bin")
            .link("/opt/tool", "../bin/tool")
            .link("/loop", "loop");
        assert_eq!(memory.read(Path::new("/opt/tool"), 9).unwrap().bytes, b"x");
        assert_eq!(memory.read(Path::new("/bin/../bin/tool"), 9).unwrap().bytes, b"x");
        assert_eq!(memory.read(Path::new("/loop"), 9), Err(Fault::Unfit));
        assert_eq!(memory.read(Path::new("/usr"), 9), Err(Fault::Unfit));
        assert_eq!(memory.meta(Path::new("/bin")).unwrap().kind, Kind::Link);
        assert_eq!(memory.meta_of_target(Path::new("/bin")).unwrap().kind, Kind::Folder);
        let names: Vec<_> =
            memory.list(Path::new("/")).unwrap().entries.into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["bin", "loop", "opt", "usr"]);
    }
}
