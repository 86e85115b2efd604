//! Looking at files without trusting the C library of the machine, and without leaving a root.
//!
//! Every call here goes to the kernel itself (rustix's own back end): what a preloaded library puts in the place of
//! `readdir`, `open` or `stat` has no say. Names are bytes. Nothing is written: files are opened for reading only,
//! without a new access time where the kernel allows that.

use crate::entry::{Entry, Kind, Meta};
use rustix::fs::{self, AtFlags, CWD, FileType, Mode, OFlags, RawDir, ResolveFlags, StatxFlags};
use rustix::io::Errno;
use std::ffi::{OsStr, OsString};
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// Bytes of directory entries asked for at a time.
const LISTING: usize = 32 * 1024;
/// Room for the first read: most files of `/proc` are shorter.
const FIRST: usize = 4096;
/// Most that the room grows by at a time.
const MOST_AT_ONCE: usize = 1 << 20;

/// A folder that stands for `/`.
#[derive(Debug)]
pub struct Root {
    /// The folder; `None` for the machine's own root, where links lead where they lead.
    folder: Option<OwnedFd>,
}

impl Root {
    /// The machine's own root.
    #[must_use]
    pub const fn own() -> Root {
        Root { folder: None }
    }

    /// A folder that is examined as a root: no link and no `..` leads out of it (`RESOLVE_IN_ROOT` of openat2(2)).
    ///
    /// # Errors
    /// The folder cannot be opened.
    pub fn at(folder: &Path) -> io::Result<Root> {
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Root { folder: Some(fs::openat(CWD, folder, flags, Mode::empty())?) })
    }

    fn open(&self, path: &Path, flags: OFlags) -> io::Result<OwnedFd> {
        // A name that is only pointed at opens nothing: openat2 refuses flags that would have no effect.
        let calm =
            if flags.contains(OFlags::PATH) { OFlags::empty() } else { OFlags::NOCTTY | OFlags::NONBLOCK };
        let flags = flags | calm | OFlags::CLOEXEC;
        let Some(folder) = &self.folder else { return Ok(fs::openat(CWD, path, flags, Mode::empty())?) };
        let resolve = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
        loop {
            match fs::openat2(folder, path, flags, Mode::empty(), resolve) {
                // Something was renamed meanwhile: the kernel asks to try again.
                Err(Errno::AGAIN) => {}
                other => return Ok(other?),
            }
        }
    }

    /// Opened for reading; without touching its access time where the file is ours or we may do anything.
    fn open_quietly(&self, path: &Path, flags: OFlags) -> io::Result<OwnedFd> {
        match self.open(path, flags | OFlags::NOATIME) {
            Err(error) if error.raw_os_error() == Some(Errno::PERM.raw_os_error()) => self.open(path, flags),
            other => other,
        }
    }

    /// The members of a folder, in the order of their names, at most `most`, and whether there were more.
    ///
    /// # Errors
    /// It is no folder, is not there, or cannot be read.
    pub fn list(&self, folder: &Path, most: usize) -> io::Result<(Vec<Entry>, bool)> {
        let folder = self.open_quietly(folder, OFlags::RDONLY | OFlags::DIRECTORY)?;
        let mut space = vec![MaybeUninit::uninit(); LISTING];
        let mut reading = RawDir::new(folder, &mut space);
        let (mut entries, mut more) = (Vec::new(), false);
        while let Some(entry) = reading.next() {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            if entries.len() == most {
                more = true;
                break;
            }
            let kind = (entry.file_type() != FileType::Unknown).then(|| kind(entry.file_type()));
            entries.push(Entry { name: name.to_owned(), kind });
        }
        entries.sort();
        Ok((entries, more))
    }

    /// The first `most` bytes of a regular file, links followed, and whether that is all.
    ///
    /// # Errors
    /// It is no regular file (a pipe or device is never read), is not there, or cannot be read.
    pub fn read(&self, path: &Path, most: usize) -> io::Result<(Vec<u8>, bool)> {
        // Looked at before it is opened: opening some devices does something.
        let seen = self.statx(path, AtFlags::empty())?;
        if FileType::from_raw_mode(seen.stx_mode.into()) != FileType::RegularFile {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "no regular file"));
        }
        let file = self.open_quietly(path, OFlags::RDONLY)?;
        let opened = fs::fstat(&file)?;
        if FileType::from_raw_mode(opened.st_mode) != FileType::RegularFile {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "no regular file"));
        }
        // One byte more tells whether that was all: files of /proc have no size.
        let wanted = most.saturating_add(1);
        let size = usize::try_from(opened.st_size).unwrap_or(0).saturating_add(1);
        let mut bytes = Vec::with_capacity(size.clamp(FIRST, MOST_AT_ONCE).min(wanted));
        while bytes.len() < wanted {
            if bytes.len() == bytes.capacity() {
                bytes.reserve(bytes.len().min(MOST_AT_ONCE));
            }
            match rustix::io::read(&file, rustix::buffer::spare_capacity(&mut bytes)) {
                Ok(0) => break,
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let whole = bytes.len() <= most;
        bytes.truncate(most);
        Ok((bytes, whole))
    }

    /// What the file system knows of a name, a link not followed.
    ///
    /// # Errors
    /// It is not there or may not be seen.
    pub fn meta(&self, path: &Path) -> io::Result<Meta> {
        Ok(meta(&self.statx(path, AtFlags::SYMLINK_NOFOLLOW)?))
    }

    /// What the file system knows of what a name leads to, links followed.
    ///
    /// # Errors
    /// It is not there or may not be seen.
    pub fn meta_of_target(&self, path: &Path) -> io::Result<Meta> {
        Ok(meta(&self.statx(path, AtFlags::empty())?))
    }

    fn statx(&self, path: &Path, flags: AtFlags) -> io::Result<rustix::fs::Statx> {
        let wanted = StatxFlags::BASIC_STATS | StatxFlags::BTIME;
        let flags = flags | AtFlags::NO_AUTOMOUNT;
        if self.folder.is_none() {
            return Ok(fs::statx(CWD, path, flags, wanted)?);
        }
        let nofollow =
            if flags.contains(AtFlags::SYMLINK_NOFOLLOW) { OFlags::NOFOLLOW } else { OFlags::empty() };
        let place = self.open(path, OFlags::PATH | nofollow)?;
        Ok(fs::statx(&place, "", flags | AtFlags::EMPTY_PATH, wanted)?)
    }

    /// Where a symbolic link leads, as written.
    ///
    /// # Errors
    /// It is no link, is not there, or may not be read.
    pub fn target(&self, link: &Path) -> io::Result<PathBuf> {
        let target = match &self.folder {
            None => fs::readlinkat(CWD, link, Vec::new())?,
            Some(_) => fs::readlinkat(self.open(link, OFlags::PATH | OFlags::NOFOLLOW)?, "", Vec::new())?,
        };
        Ok(PathBuf::from(OsString::from_vec(target.into_bytes())))
    }
}

fn kind(kind: FileType) -> Kind {
    match kind {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        _ => Kind::Other,
    }
}

fn meta(found: &rustix::fs::Statx) -> Meta {
    let nanos = |time: &rustix::fs::StatxTimestamp| {
        time.tv_sec.saturating_mul(1_000_000_000).saturating_add(i64::from(time.tv_nsec))
    };
    let device = (u64::from(found.stx_dev_major) << 32) | u64::from(found.stx_dev_minor);
    let has_birth = found.stx_mask & StatxFlags::BTIME.bits() != 0;
    let attributes = found.stx_attributes;
    Meta {
        kind: kind(FileType::from_raw_mode(found.stx_mode.into())),
        size: found.stx_size,
        identity: (device, found.stx_ino),
        mode: u32::from(found.stx_mode) & 0o7777,
        owner: found.stx_uid,
        group: found.stx_gid,
        modified: nanos(&found.stx_mtime),
        changed: nanos(&found.stx_ctime),
        born: has_birth.then(|| nanos(&found.stx_btime)),
        locked: attributes
            .intersects(rustix::fs::StatxAttributes::IMMUTABLE | rustix::fs::StatxAttributes::APPEND),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use std::os::unix::fs::symlink;

    fn scratch(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("minehound-sys-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    /// No link leads out of a root that is examined: absolute ones begin at it, `..` ends at it.
    #[test]
    fn links_stay_inside_the_root() {
        let root = scratch("root");
        std::fs::create_dir(root.join("etc")).unwrap();
        std::fs::write(root.join("etc/passwd"), "inner").unwrap();
        symlink("/etc/passwd", root.join("absolute")).unwrap();
        symlink("../../../../etc/passwd", root.join("upward")).unwrap();
        symlink("/etc/shadow", root.join("outside")).unwrap();
        symlink("loop", root.join("loop")).unwrap();
        let tree = Root::at(&root).unwrap();
        for link in ["absolute", "upward", "/etc/passwd"] {
            assert_eq!(tree.read(Path::new(link), 100).unwrap(), (b"inner".to_vec(), true), "{link}");
        }
        assert!(tree.read(Path::new("outside"), 100).is_err());
        assert!(tree.read(Path::new("loop"), 100).is_err());
        assert_eq!(tree.target(Path::new("outside")).unwrap(), Path::new("/etc/shadow"));
        assert_eq!(tree.meta(Path::new("outside")).unwrap().kind, Kind::Link);
        std::fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn only_regular_files_are_read_and_only_so_much() {
        let root = scratch("kinds");
        std::fs::write(root.join("file"), "0123456789").unwrap();
        let fifo = root.join("fifo");
        fs::mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR, 0).unwrap();
        let tree = Root::own();
        assert_eq!(tree.read(&root.join("file"), 10).unwrap(), (b"0123456789".to_vec(), true));
        assert_eq!(tree.read(&root.join("file"), 4).unwrap(), (b"0123".to_vec(), false));
        assert!(tree.read(&fifo, 4).is_err(), "a pipe would never answer");
        assert!(tree.read(Path::new("/dev/zero"), 4).is_err());
        let (entries, more) = tree.list(&root, 10).unwrap();
        let names: Vec<_> = entries.iter().map(|entry| (entry.name.to_str().unwrap(), entry.kind)).collect();
        assert_eq!(names, [("fifo", Some(Kind::Other)), ("file", Some(Kind::File))]);
        assert!(!more);
        assert!(tree.list(&root, 1).unwrap().1);
        std::fs::remove_dir_all(&root).unwrap();
    }
}
