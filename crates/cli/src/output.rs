//! Where data goes: stdout, or the file of `-o`.

use crate::failure::{Failure, file};
use model::Message;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Bytes written at once.
const BUFFER: usize = 256 << 10;

/// The target of the program's data.
pub(crate) enum Output {
    /// Standard output.
    Stdout,
    /// A file that is written when all of the data is there.
    File(PathBuf),
}

/// A target that is open: writing needs no right to open files any more.
pub(crate) enum Sink {
    /// Standard output.
    Stdout,
    /// The file, its old content still in it.
    File(PathBuf, File),
}

impl Output {
    /// From `-o`; `-` and nothing mean stdout.
    pub(crate) fn of(option: &'static str, path: Option<&OsStr>) -> Result<Output, Message> {
        Ok(match path {
            None => Output::Stdout,
            Some(dash) if dash == "-" => Output::Stdout,
            Some(empty) if empty.is_empty() => {
                return Err(Message::new("cli-empty-path").with("option", option));
            }
            Some(path) => Output::File(PathBuf::from(path)),
        })
    }

    /// Refuses to write over evidence, before any work is done: what the user named, and what lies in a folder that
    /// the user named.
    pub(crate) fn spare(&self, evidence: &[impl AsRef<OsStr>]) -> Result<(), Failure> {
        let Output::File(target) = self else { return Ok(()) };
        let Ok(real) = fs::canonicalize(target) else { return Ok(()) };
        let full = fs::metadata(&real).is_ok_and(|found| found.is_file() && found.len() > 0);
        let hit = evidence
            .iter()
            .filter_map(|source| fs::canonicalize(source.as_ref()).ok())
            .any(|source| source == real || (full && real.starts_with(&source)));
        if hit {
            let path =
                report::escape::bytes(target.as_os_str().as_encoded_bytes(), report::escape::SENTENCE_CHARS);
            return Err(Message::new("cli-output-is-evidence").with("path", path).into());
        }
        Ok(())
    }

    /// Whether text goes to the user's terminal or pipe.
    pub(crate) const fn is_stdout(&self) -> bool {
        matches!(self, Output::Stdout)
    }

    /// The file's path, if it is one.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Output::Stdout => None,
            Output::File(path) => Some(path),
        }
    }

    /// Opens it, and leaves what is in it until there is something to write.
    pub(crate) fn open(&self) -> Result<Sink, Failure> {
        let Output::File(path) = self else { return Ok(Sink::Stdout) };
        let opened = OpenOptions::new().write(true).create(true).truncate(false).open(path);
        match opened {
            Ok(opened) => Ok(Sink::File(path.clone(), opened)),
            Err(error) => Err(file("cli-cannot-write", path, &error)),
        }
    }

    /// Writes all of it.
    pub(crate) fn write(&self, data: &[u8]) -> Result<(), Failure> {
        self.open()?.write(data)
    }
}

impl Sink {
    /// Writes all of it.
    pub(crate) fn write(self, data: &[u8]) -> Result<(), Failure> {
        self.fill(|out| out.write_all(data))
    }

    /// Writes piece by piece.
    pub(crate) fn fill<T>(self, work: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> Result<T, Failure> {
        let (path, done) = match self {
            Sink::Stdout => (PathBuf::from("-"), all(io::stdout().lock(), work)),
            Sink::File(path, opened) => {
                let done = emptied(&opened).and_then(|()| all(opened, work));
                (path, done)
            }
        };
        done.map_err(|error| file("cli-cannot-write", &path, &error))
    }
}

fn all<T>(out: impl Write, work: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> io::Result<T> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    let done = work(&mut out)?;
    out.flush()?;
    Ok(done)
}

/// Takes the old content out of a regular file; a pipe or a device has none.
fn emptied(opened: &File) -> io::Result<()> {
    if opened.metadata()?.is_file() { opened.set_len(0) } else { Ok(()) }
}
