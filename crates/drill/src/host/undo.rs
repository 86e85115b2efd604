//! What has to be undone, and a keeper who does it if the one who ought to is killed.

use super::role::{Call, Role, listen, ready};
use std::ffi::OsString;
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Stdio};
use std::thread;
use std::time::Duration;

/// The keeper's role.
pub(super) const KEEPER: &str = "keeper";
/// An actor that is being killed may still make a file: how often, and how long apart, the keeper tries.
const TRIES: u32 = 40;
const BETWEEN: Duration = Duration::from_millis(50);

/// One thing to undo. It is noted before the thing is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Undo {
    /// Take away what lies over a folder.
    Uncover(PathBuf),
    /// Remove a file or link.
    File(PathBuf),
    /// Remove a folder that is empty.
    Folder(PathBuf),
}

impl Undo {
    /// Undoes it. What is not there any more is no error.
    pub(super) fn perform(&self) -> io::Result<()> {
        let done = match self {
            Undo::Uncover(place) => sys::stage::uncover(place).and_then(|()| uncovered(place)),
            Undo::File(path) => std::fs::remove_file(path),
            Undo::Folder(path) => std::fs::remove_dir(path),
        };
        match done {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    /// What it is about.
    pub(super) fn path(&self) -> &PathBuf {
        match self {
            Undo::Uncover(path) | Undo::File(path) | Undo::Folder(path) => path,
        }
    }

    fn letter(&self) -> u8 {
        match self {
            Undo::Uncover(_) => b'u',
            Undo::File(_) => b'f',
            Undo::Folder(_) => b'd',
        }
    }

    fn read(record: &[u8]) -> Option<Undo> {
        let (letter, path) = record.split_first()?;
        let path = PathBuf::from(OsString::from_vec(path.to_vec()));
        match letter {
            b'u' => Some(Undo::Uncover(path)),
            b'f' => Some(Undo::File(path)),
            b'd' => Some(Undo::Folder(path)),
            _ => None,
        }
    }
}

/// Verifies by the list of mounts that nothing lies there.
fn uncovered(place: &Path) -> io::Result<()> {
    let mounts = std::fs::read("/proc/self/mountinfo")?;
    // proc_pid_mountinfo(5): the fifth field is the mount point. Ours, below /proc, hold nothing that is escaped.
    let is_ours = |line: &[u8]| {
        line.split(|byte| *byte == b' ').nth(4).is_some_and(|point| point == place.as_os_str().as_bytes())
    };
    if mounts.split(|byte| *byte == b'\n').any(is_ours) {
        return Err(io::Error::other("something still lies over it"));
    }
    Ok(())
}

/// The keeper, seen by whoever started it.
pub(super) struct Keeper {
    child: Child,
    pipe: ChildStdin,
}

impl Keeper {
    /// Starts one. It undoes what it was told of when we end without having said that all is well.
    pub(super) fn start() -> Result<Keeper, String> {
        let mut command = Call::of(KEEPER).command(std::process::id());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        let (Some(pipe), Some(said)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("it has no pipe".to_owned());
        };
        listen(said)?;
        Ok(Keeper { child, pipe })
    }

    /// Tells it of a thing to undo.
    pub(super) fn note(&mut self, undo: &Undo) -> io::Result<()> {
        self.pipe.write_all(&[&[undo.letter()], undo.path().as_os_str().as_bytes(), b"\0"].concat())
    }

    /// The last thing need not be undone: it was not done.
    pub(super) fn forget_last(&mut self) -> io::Result<()> {
        self.pipe.write_all(b"-\0")
    }

    /// All is undone.
    pub(super) fn dismiss(mut self) -> io::Result<()> {
        self.pipe.write_all(b".\0")?;
        drop(self.pipe);
        self.child.wait().map(|_| ())
    }
}

/// Listens until whoever started it is gone, and undoes what is left.
pub(super) fn keep(_: &Role) -> Result<(), String> {
    ready();
    let mut told = Vec::new();
    io::stdin().lock().read_to_end(&mut told).map_err(|error| error.to_string())?;
    let mut left = left_over(&told);
    for _ in 0..TRIES {
        // The newest first; what could not be undone is tried again.
        left.reverse();
        left.retain(|undo| undo.perform().is_err());
        left.reverse();
        if left.is_empty() {
            break;
        }
        thread::sleep(BETWEEN);
    }
    Ok(())
}

/// What is to be undone after all that was told.
fn left_over(told: &[u8]) -> Vec<Undo> {
    let mut left = Vec::new();
    for record in told.split(|byte| *byte == 0) {
        match record {
            b"-" => {
                left.pop();
            }
            b"." => left.clear(),
            record => left.extend(Undo::read(record)),
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_done_and_what_is_undone_is_not_undone_again() {
        let file = |name: &str| Undo::File(PathBuf::from(name));
        assert_eq!(left_over(b"f/a\0f/b\0-\0d/c d\0"), [file("/a"), Undo::Folder("/c d".into())]);
        assert_eq!(left_over(b"f/a\0.\0"), []);
        assert_eq!(left_over(b"f/a\0.\0u/proc/7\0"), [Undo::Uncover("/proc/7".into())]);
    }
}
