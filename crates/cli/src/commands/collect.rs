//! `minehound collect`: what a scan needs of this machine, in one file that is scanned elsewhere.

use crate::Outcome;
use crate::failure::{Failure, file};
use crate::options::{look, value, when};
use crate::progress::{Progress, Step};
use crate::sandbox::{self, Wanted};
use crate::terminal::Terminal;
use crate::values::text;
use clap::ArgMatches;
use host::Live;
use host::bundle::{Collected, collect};
use model::Message;
use report::escape;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use sys::Kept;

/// Bytes written at once.
const BUFFER: usize = 256 << 10;

/// Does it.
pub(crate) fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let how = look(matches)?;
    let quiet = matches.get_flag("quiet");
    let shown = value(matches, "progress").map(|raw| text("--progress", raw)).transpose()?;
    let shown = when("--progress", shown)?;
    let path = match value(matches, "output") {
        None => return Err(Message::new("cli-collect-where").into()),
        Some(empty) if empty.is_empty() => {
            return Err(Message::new("cli-empty-path").with("option", "--output").into());
        }
        Some(path) => PathBuf::from(path),
    };
    let mut out = open(&path, matches.get_flag("force"))?;
    let wanted = Wanted { sandbox: !matches.get_flag("no-sandbox"), quiet };
    sandbox::confine(&Kept::Machine { trace: how.deep }, wanted, terminal);
    let mut progress = Progress::new(&terminal.words, shown, quiet);
    let collected = collect(&mut Live::new(), &how, env!("CARGO_PKG_VERSION"), &mut out, &mut |now| {
        progress.show(Step { bytes_done: now.bytes, bytes_total: None, records: now.questions });
    });
    progress.done();
    let collected = collected.and_then(|collected| out.done().map(|()| collected));
    let collected = collected.map_err(|error| file("cli-cannot-write", &path, &error))?;
    if !quiet {
        say(&collected, &path, terminal);
    }
    Ok(Outcome::Quiet)
}

/// Where the bundle goes.
enum Out {
    Stdout(BufWriter<io::Stdout>),
    File(BufWriter<File>),
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Out::Stdout(out) => out.write(bytes),
            Out::File(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Out::Stdout(out) => out.flush(),
            Out::File(out) => out.flush(),
        }
    }
}

impl Out {
    /// Nothing is left in a buffer, ours or the kernel's: the machine may be switched off next.
    fn done(mut self) -> io::Result<()> {
        self.flush()?;
        match self {
            Out::File(out) if out.get_ref().metadata()?.is_file() => out.get_ref().sync_all(),
            _ => Ok(()),
        }
    }
}

/// Opens a new file for nobody but its owner. One that is there stays, unless `force`; then its name is given to a
/// new one, so that neither its content nor its rights nor a link that somebody put there have a say. A pipe or a
/// device holds nothing that could be lost.
fn open(path: &Path, force: bool) -> Result<Out, Failure> {
    if path.as_os_str() == OsStr::new("-") {
        if io::stdout().is_terminal() {
            return Err(Message::new("cli-collect-terminal").into());
        }
        return Ok(Out::Stdout(BufWriter::with_capacity(BUFFER, io::stdout())));
    }
    let found = fs::symlink_metadata(path).map(|found| found.file_type());
    let replaceable = found.as_ref().is_ok_and(|kind| kind.is_file() || kind.is_symlink());
    let special = found.is_ok_and(|kind| !kind.is_dir()) && !replaceable;
    let make = || {
        if special {
            return OpenOptions::new().write(true).open(path);
        }
        if force && replaceable {
            fs::remove_file(path)?;
        }
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
    };
    match make() {
        Ok(opened) => Ok(Out::File(BufWriter::with_capacity(BUFFER, opened))),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && replaceable => {
            Err(Message::new("cli-collect-exists").with("path", shown(path)).into())
        }
        Err(error) => Err(file("cli-cannot-write", path, &error)),
    }
}

fn say(collected: &Collected, path: &Path, terminal: &Terminal) {
    let line = Message::new("cli-collect-done")
        .with("path", shown(path))
        .with("processes", collected.processes)
        .with("contents", collected.contents)
        .with("bytes", collected.bytes)
        .with("sha256", collected.sha256.as_str());
    terminal.warn(&terminal.words.say(&line));
    terminal.warn(&terminal.words.term("cli-collect-secrets"));
    for (what, capability) in &collected.out_of_reach {
        let line = Message::new("cli-collect-reach")
            .with("capability", *capability)
            .with("what", Message::new(what));
        terminal.warn(&terminal.words.say(&line));
    }
}

fn shown(path: &Path) -> String {
    escape::bytes(path.as_os_str().as_encoded_bytes(), escape::SENTENCE_CHARS)
}
