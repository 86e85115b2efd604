//! A role: what a process of the drill plays, and how it is told.
//!
//! It is told by the environment, because the arguments of an actor are a part of what it shows. Whoever looks at the
//! process sees there what it is. A process that has the variable from somebody else than the one that started it plays
//! nothing.

use super::ROLES;
use std::ffi::{OsStr, OsString};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::process::{CommandExt, parent_id};
use std::path::{Path, PathBuf};
use std::process::{ChildStdout, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// `PARENT ROLE WORD…`.
const ROLE: &str = "MINEHOUND_DRILL";
/// A path that the role needs.
const PLACE: &str = "MINEHOUND_DRILL_PLACE";
/// What an actor says when it is what it claims to be.
const READY: &str = "ready";
/// What it says, with the reason behind it, when it cannot be.
const CANNOT: &str = "cannot ";
/// An actor may have to touch gigabytes on a busy machine before it is ready.
const PATIENCE: Duration = Duration::from_secs(120);

/// How our own program is called where its name is not what an actor shows.
pub(super) const ITSELF: &str = "minehound";
/// The role that only sleeps.
pub(super) const ASLEEP: &str = "asleep";

/// What this process plays.
#[derive(Debug)]
pub struct Role {
    parent: u32,
    name: String,
    /// Words for it.
    pub(super) words: Vec<String>,
    place: Option<PathBuf>,
}

/// Whether this process was started to play a role. To be asked before anything else.
pub fn cast() -> Option<Role> {
    let told = std::env::var(ROLE).ok()?;
    let mut words = told.split(' ').map(str::to_owned);
    let parent = words.next()?.parse().ok()?;
    let name = words.next()?;
    (parent == parent_id()).then(|| Role {
        parent,
        name,
        words: words.collect(),
        place: std::env::var_os(PLACE).map(PathBuf::from),
    })
}

impl Role {
    /// Plays it to its end, which most have only when somebody ends the process.
    pub fn play(&self) -> ExitCode {
        let Some((_, play)) = ROLES.iter().find(|(name, _)| *name == self.name) else {
            return ExitCode::FAILURE;
        };
        // The keeper outlives whoever started it: that is what it is for.
        if self.name != super::undo::KEEPER {
            if !sys::stage::die_with_parent(self.parent).unwrap_or(false) {
                return ExitCode::FAILURE;
            }
            let _ = sys::stage::free_signals();
        }
        match play(self) {
            Ok(()) => ExitCode::SUCCESS,
            Err(reason) => {
                say(&format!("{CANNOT}{}", reason.replace('\n', " ")));
                ExitCode::FAILURE
            }
        }
    }

    /// The path that it needs.
    pub(super) fn place(&self) -> Result<&Path, String> {
        self.place.as_deref().ok_or_else(|| format!("{PLACE} is not set"))
    }

    /// Whether a word was said to it.
    pub(super) fn is(&self, word: &str) -> bool {
        self.words.iter().any(|said| said == word)
    }

    /// The same process in another role, by another program.
    pub(super) fn become_another(&self, call: &Call) -> io::Error {
        call.command(self.parent).exec()
    }
}

/// Says to whoever started this process that another process belongs to it.
pub(super) fn has(pid: u32) {
    say(&pid.to_string());
}

/// Says that it is now what it claims to be.
pub(super) fn ready() {
    say(READY);
}

/// Nobody may be listening any more.
fn say(line: &str) {
    let mut out = io::stdout();
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush());
}

/// Does nothing until somebody ends the process.
pub(super) fn rest() -> ! {
    loop {
        thread::park();
    }
}

/// The role that only sleeps.
pub(super) fn sleep(_: &Role) -> Result<(), String> {
    ready();
    rest()
}

/// How a process is started: as what, by which program, called how.
pub(super) struct Call {
    role: &'static str,
    words: Vec<String>,
    place: Option<PathBuf>,
    program: PathBuf,
    called: OsString,
    arguments: Vec<OsString>,
    variables: Vec<(&'static str, OsString)>,
}

impl Call {
    /// By our own program, under its own name.
    pub(super) fn of(role: &'static str) -> Call {
        Call {
            role,
            words: Vec::new(),
            place: None,
            program: super::program::own(),
            called: ITSELF.into(),
            arguments: vec!["drill".into(), "actor".into(), role.into()],
            variables: Vec::new(),
        }
    }

    /// With a word for the role. It holds no blank.
    pub(super) fn word(mut self, word: impl Into<String>) -> Call {
        self.words.push(word.into());
        self
    }

    /// With a path for the role.
    pub(super) fn at(mut self, place: impl Into<PathBuf>) -> Call {
        self.place = Some(place.into());
        self
    }

    /// By another program.
    pub(super) fn by(mut self, program: impl Into<PathBuf>) -> Call {
        self.program = program.into();
        self
    }

    /// With other arguments, the first of which is how it is called.
    pub(super) fn called<A: AsRef<OsStr>>(mut self, name: &str, arguments: &[A]) -> Call {
        self.called = name.into();
        self.arguments = arguments.iter().map(|argument| argument.as_ref().to_owned()).collect();
        self
    }

    /// With one more variable in its environment.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<OsString>) -> Call {
        self.variables.push((name, value.into()));
        self
    }

    /// The program that it runs.
    pub(super) fn program(&self) -> &Path {
        &self.program
    }

    /// As a command, for a process whose parent is `parent`.
    pub(super) fn command(&self, parent: u32) -> Command {
        let mut command = Command::new(&self.program);
        let told = [&[parent.to_string(), self.role.to_owned()], self.words.as_slice()].concat();
        command.env_clear().env(ROLE, told.join(" ")).arg0(&self.called).args(&self.arguments);
        command.envs(self.place.as_ref().map(|place| (PLACE, place)));
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// As a command for a child of this process that is not listened to.
    pub(super) fn child(&self) -> Command {
        let mut command = self.command(std::process::id());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

/// Waits until a process says that it is ready; the numbers of other processes that it told of.
pub(super) fn listen(pipe: ChildStdout) -> Result<Vec<u32>, String> {
    let (teller, listener) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let last = line == READY || line.starts_with(CANNOT);
            if teller.send(line).is_err() || last {
                return;
            }
        }
    });
    let mut pids = Vec::new();
    loop {
        let line = match listener.recv_timeout(PATIENCE) {
            Ok(line) => line,
            Err(mpsc::RecvTimeoutError::Timeout) => return Err("it does not answer".to_owned()),
            Err(mpsc::RecvTimeoutError::Disconnected) => return Err("it ended at once".to_owned()),
        };
        if line == READY {
            return Ok(pids);
        }
        if let Some(reason) = line.strip_prefix(CANNOT) {
            return Err(reason.to_owned());
        }
        pids.extend(line.parse::<u32>());
    }
}
