//! Where data goes: stdout, or the file of `-o`.

use crate::failure::{Failure, file};
use model::Message;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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
    pub(crate) fn of(path: Option<&OsStr>) -> Output {
        match path {
            None => Output::Stdout,
            Some(dash) if dash == "-" => Output::Stdout,
            Some(path) => Output::File(PathBuf::from(path)),
        }
    }

    /// Refuses to write over evidence, before any work is done.
    pub(crate) fn spare(&self, evidence: &[impl AsRef<OsStr>]) -> Result<(), Failure> {
        let Output::File(target) = self else { return Ok(()) };
        let Ok(real) = fs::canonicalize(target) else { return Ok(()) };
        let hit = evidence
            .iter()
            .any(|source| fs::canonicalize(source.as_ref()).is_ok_and(|source| source == real));
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
        match self {
            Sink::Stdout => {
                let mut out = io::stdout().lock();
                let written = out.write_all(data).and_then(|()| out.flush());
                written.map_err(|error| file("cli-cannot-write", Path::new("-"), &error))
            }
            Sink::File(path, mut opened) => {
                let written = emptied(&opened).and_then(|()| opened.write_all(data));
                written.map_err(|error| file("cli-cannot-write", &path, &error))
            }
        }
    }
}

/// Takes the old content out of a regular file; a pipe or a device has none.
pub(crate) fn emptied(opened: &File) -> io::Result<()> {
    if opened.metadata()?.is_file() { opened.set_len(0) } else { Ok(()) }
}
