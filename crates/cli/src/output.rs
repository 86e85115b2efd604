//! Where data goes: stdout, or the file of `-o`.

use crate::failure::{Failure, file};
use model::Message;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The target of the program's data.
pub(crate) enum Output {
    /// Standard output.
    Stdout,
    /// A file that is written when all of the data is there.
    File(PathBuf),
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

    /// Writes all of it.
    pub(crate) fn write(&self, data: &[u8]) -> Result<(), Failure> {
        match self {
            Output::Stdout => {
                let mut out = io::stdout().lock();
                let written = out.write_all(data).and_then(|()| out.flush());
                written.map_err(|error| file("cli-cannot-write", Path::new("-"), &error))
            }
            Output::File(path) => {
                fs::write(path, data).map_err(|error| file("cli-cannot-write", path, &error))
            }
        }
    }
}
