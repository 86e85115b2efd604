//! What the user named, as a list of streams to try: files, folders walked, standard input.

use std::collections::BTreeSet;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use model::{At, GapSummary, Message, SourceError};

use crate::Gaps;
use crate::source::unread;
use crate::words::{GAP_MEMBER, UNREAD_LINK, UNREAD_SPECIAL, UNREAD_TOO_DEEP, UNREAD_TOO_MANY};

/// Folders in folders that are walked: collected bundles and capture rings stay below ten.
const MAX_DEPTH: usize = 32;

/// Entries walked of one named folder: a capture a minute for two months.
const MAX_ENTRIES: usize = 100_000;

/// Where a stream comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Standard input, named `-`.
    Stdin,
    /// A file, or a FIFO that the user named.
    Path(PathBuf),
}

impl Place {
    /// The size of a regular file; none for what can be read only once (a pipe, a FIFO, a device).
    #[must_use]
    pub fn regular_size(&self) -> Option<u64> {
        match self {
            Place::Stdin => None,
            Place::Path(path) => path.metadata().ok().filter(fs::Metadata::is_file).map(|found| found.len()),
        }
    }
}

/// One stream to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As the user named it; for a folder's member, with its path in the folder.
    pub name: String,
    /// Where it is.
    pub place: Place,
    /// The folder it was found in: an index into [`Discovered::folders`].
    pub folder: Option<usize>,
}

/// A folder that was walked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// As the user named it.
    pub name: String,
    /// Members that were not read.
    pub gaps: Gaps,
    /// Some member goes by another name that the user gave: the folder is not without evidence.
    pub shares: bool,
}

/// A folder that is the root of a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineRoot {
    /// As the user named it, or with its path in the folder that the user named.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// The folder that was walked: an index into [`Discovered::folders`].
    pub folder: usize,
}

/// What the user named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Discovered {
    /// Streams to try, each file once however often it was named.
    pub sources: Vec<Named>,
    /// Folders that are machines: a mounted image, a container's root, what a collector copied. They are looked at
    /// as a whole and not walked for files.
    pub roots: Vec<MachineRoot>,
    /// Folders walked.
    pub folders: Vec<Folder>,
    /// Names that lead to nothing that can be read.
    pub errors: Vec<SourceError>,
}

impl Folder {
    /// Notes a member that is not read, and why.
    pub(crate) fn unread(&mut self, member: &str, reason: Message) {
        let key = reason.id;
        let reason = Message::new(GAP_MEMBER).with("first", member).with("reason", reason);
        self.gaps.merge(key, GapSummary { at: At::Whole, reason, count: 1 });
    }
}

/// Lists what can be tried of what the user named; `-` is standard input. Opens nothing. Files that this run itself
/// writes (`own`) are no evidence where they lie in a folder.
///
/// Folders are walked to their members, sorted by name, [`MAX_DEPTH`] deep and
/// [`MAX_ENTRIES`] long. Only regular files of a folder are tried. Its devices, sockets and
/// FIFOs are gaps, because opening one may block or act; so are symbolic links that lead out of
/// it, because the user did not name what is there. Links to a file of the same folder need no
/// word: the file itself is read.
///
/// A folder that is the root of a machine is told as such and not walked.
///
/// The result does not depend on the order of `named`. A file that is named and lies in a named
/// folder, too, counts as named: that it cannot be read is then an error, not a gap.
#[must_use]
pub fn discover(named: &[PathBuf], own: &[PathBuf]) -> Discovered {
    let mut found = Discovered::default();
    let mut seen = BTreeSet::new();
    let own: BTreeSet<PathBuf> = own.iter().map(|path| identity(path)).collect();
    let mut named: Vec<_> = named.iter().map(|path| (path, path.display().to_string())).collect();
    named.sort();
    let mut folders = Vec::new();
    for (path, name) in named {
        if path.as_os_str() == "-" {
            if seen.insert(path.clone()) {
                found.sources.push(Named { name, place: Place::Stdin, folder: None });
            }
            continue;
        }
        match path.metadata() {
            Err(error) => found.errors.push(SourceError { source: name, reason: unread(&error) }),
            Ok(metadata) if metadata.is_dir() => folders.push((path, name)),
            Ok(_) => {
                if seen.insert(identity(path)) {
                    found.sources.push(Named { name, place: Place::Path(path.clone()), folder: None });
                }
            }
        }
    }
    for (path, name) in folders {
        walk(path, name, &own, &mut found, &mut seen);
    }
    found
}

/// Two names of one file are one file.
fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Walks one folder with a list of folders still to do, not by recursion.
fn walk(
    root: &Path,
    name: String,
    own: &BTreeSet<PathBuf>,
    found: &mut Discovered,
    seen: &mut BTreeSet<PathBuf>,
) {
    let mut folder = Folder { name, gaps: Gaps::default(), shares: false };
    let index = found.folders.len();
    let real_root = identity(root);
    let mut entries = 0;
    let mut to_do = vec![(root.to_owned(), 0)];
    while let Some((path, depth)) = to_do.pop() {
        let (members, more) = match members(&path, MAX_ENTRIES - entries) {
            Ok(members) => members,
            Err(error) => {
                folder.unread(&path.display().to_string(), unread(&error));
                continue;
            }
        };
        if is_root(&path, &members) {
            if seen.insert(identity(&path)) {
                let name = path.display().to_string();
                found.roots.push(MachineRoot { name, path, folder: index });
            } else {
                folder.shares = true;
            }
            continue;
        }
        entries += members.len();
        if more {
            folder.unread(&path.display().to_string(), Message::new(UNREAD_TOO_MANY));
        }
        // Folders are done after the files beside them; the last pushed is the first popped.
        let mut folders = Vec::new();
        for (member, kind) in members {
            let name = member.display().to_string();
            if kind.is_dir() {
                folders.push(member);
            } else if kind.is_file() {
                let identity = identity(&member);
                if own.contains(&identity) {
                    continue;
                }
                if seen.insert(identity) {
                    found.sources.push(Named { name, place: Place::Path(member), folder: Some(index) });
                } else {
                    folder.shares = true;
                }
            } else if !kind.is_symlink() {
                folder.unread(&name, Message::new(UNREAD_SPECIAL));
            } else if !leads_inside(&member, &real_root) {
                folder.unread(&name, Message::new(UNREAD_LINK));
            }
        }
        for member in folders.into_iter().rev() {
            if depth < MAX_DEPTH {
                to_do.push((member, depth + 1));
            } else {
                folder.unread(&member.display().to_string(), Message::new(UNREAD_TOO_DEEP));
            }
        }
    }
    found.folders.push(folder);
}

/// Whether a folder is the root of a machine, whatever it is called: it has an `etc` with users or the system's name,
/// beside programs or data (hier(7); os-release(5)). So are the `[root]` of UAC, the `uploads/auto` of Velociraptor
/// and the `rootfs` of a container recognised where they lie. Links are not followed: what they lead to is elsewhere.
fn is_root(folder: &Path, members: &[(PathBuf, FileType)]) -> bool {
    let has = |name: &str, fits: fn(&FileType) -> bool| {
        members.iter().any(|(path, kind)| path.file_name().is_some_and(|own| own == name) && fits(kind))
    };
    let file = |name: &str| folder.join(name).symlink_metadata().is_ok_and(|found| !found.is_dir());
    let is_folder: fn(&FileType) -> bool = FileType::is_dir;
    let etc = has("etc", is_folder) && (file("etc/passwd") || file("etc/os-release"));
    let usr = has("usr", is_folder) && file("usr/lib/os-release");
    (etc || usr)
        && ["usr", "bin", "var"].iter().any(|name| has(name, |kind| kind.is_dir() || kind.is_symlink()))
}

/// The members of a folder with their types, sorted by name, and whether there are more than
/// the limit.
fn members(folder: &Path, limit: usize) -> std::io::Result<(Vec<(PathBuf, FileType)>, bool)> {
    let mut members = Vec::new();
    for entry in fs::read_dir(folder)? {
        if members.len() == limit {
            return Ok((sorted(members), true));
        }
        let entry = entry?;
        // The type of the entry itself: a link is not followed here.
        members.push((entry.path(), entry.file_type()?));
    }
    Ok((sorted(members), false))
}

fn sorted(mut members: Vec<(PathBuf, FileType)>) -> Vec<(PathBuf, FileType)> {
    members.sort_by(|(one, _), (other, _)| one.cmp(other));
    members
}

/// Whether a link leads to a regular file that is read as a member of the same folder.
fn leads_inside(link: &Path, real_root: &Path) -> bool {
    link.canonicalize().is_ok_and(|target| target.is_file() && target.starts_with(real_root))
}
