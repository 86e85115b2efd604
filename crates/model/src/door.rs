//! How somebody may come into a machine, or came in: what services ask, who logged in, what was typed.

use crate::{AtLeast, Endpoint, Orders, Time};

/// What a service asks of those who come from outside. In falling order of danger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asks {
    /// Nothing.
    Nothing,
    /// A password.
    Password,
    /// A key or certificate.
    Key,
    /// Nobody from outside is let in.
    Closed,
}

impl Asks {
    /// The word used in facts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Asks::Nothing => "nothing",
            Asks::Password => "password",
            Asks::Key => "key",
            Asks::Closed => "closed",
        }
    }
}

/// What a configuration of a machine says of a service's door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// The service: an id of the table of doors in `intel`.
    pub service: &'static str,
    /// What is asked.
    pub asks: Asks,
    /// The user with all rights may come with a password (SSH).
    pub root_by_password: bool,
    /// Where it listens, if the configuration says so; the unspecified address is all of them.
    pub address: Option<Endpoint>,
    /// The file it stands in, inside the examined root; `None` for arguments of a process.
    pub path: Option<String>,
    /// The line in it, from 1; `None` where the absence of a line decides.
    pub line: Option<u64>,
    /// The process whose arguments they are.
    pub process: Option<u32>,
    /// The setting that decides, as written, secrets left out.
    pub setting: String,
}

/// How somebody proved to be who he says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProvedBy {
    /// By a password.
    Password,
    /// By a key or certificate.
    Key,
    /// In another way, or it is not said.
    Other,
}

impl ProvedBy {
    /// The word used in facts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            ProvedBy::Password => "password",
            ProvedBy::Key => "key",
            ProvedBy::Other => "other",
        }
    }
}

/// Logins of one user from one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// As whom.
    pub user: String,
    /// How.
    pub by: ProvedBy,
    /// The login before which most had failed; of several the first.
    pub time: Time,
    /// How many logins failed from this source in the day before it, as whomever.
    pub failed_before: AtLeast,
    /// The last of all these logins.
    pub last: Time,
    /// How many logins.
    pub count: u64,
    /// Fingerprint of the key, where it is said.
    pub key: Option<String>,
    /// The file it stands in, inside the examined root.
    pub path: String,
    /// The line in it, from 1.
    pub line: Option<u64>,
}

/// What the records of a machine say of one source of logins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostLogins {
    /// Address or name, as written.
    pub source: String,
    /// Logins that failed, by the record that has most of them: several tell of the same.
    pub failed: u64,
    /// Different names tried.
    pub names: AtLeast,
    /// The first and the last that failed.
    pub failing: Option<(Time, Time)>,
    /// The file that tells of most failures.
    pub path: String,
    /// Who came in, at most 16; those before whom most had failed first.
    pub entered: Vec<Entered>,
}

/// Something that a command does. Intruders do it more often than others; none of it is theirs alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// It fetches something and hands it to an interpreter.
    FetchesAndRuns,
    /// It fetches something and makes it a program.
    FetchesAndMarks,
    /// It decodes something and hands it to an interpreter.
    DecodesAndRuns,
    /// It makes a file unchangeable, or changeable again.
    Locks,
    /// It replaces a table of cron by what it is given, or writes into one.
    WritesCron,
    /// It puts a library before all others.
    Preloads,
    /// It lets a key log in.
    AddsKey,
    /// It keeps the shell from remembering, or makes it forget.
    Forgets,
    /// It ends what guards the machine.
    LowersGuard,
    /// It ends miners by name.
    KillsMiners,
}

impl Deed {
    /// The word used in facts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Deed::FetchesAndRuns => "fetches-and-runs",
            Deed::FetchesAndMarks => "fetches-a-program",
            Deed::DecodesAndRuns => "decodes-and-runs",
            Deed::Locks => "locks-files",
            Deed::WritesCron => "writes-cron",
            Deed::Preloads => "preloads",
            Deed::AddsKey => "adds-key",
            Deed::Forgets => "forgets",
            Deed::LowersGuard => "lowers-guard",
            Deed::KillsMiners => "kills-miners",
        }
    }
}

/// A command that a machine remembers and that does one of these, or orders mining.
#[derive(Debug, Clone, PartialEq)]
pub struct ShellCommand {
    /// The history or log it stands in, inside the examined root.
    pub path: String,
    /// The line in it, from 1, where it has lines.
    pub line: Option<u64>,
    /// Whose it was.
    pub user: Option<String>,
    /// When, where that is kept.
    pub time: Option<Time>,
    /// As typed, secrets masked, at most 1,024 letters.
    pub command: String,
    /// What it does, each once, in the order of the type.
    pub deeds: Vec<Deed>,
    /// The first address it fetches from.
    pub url: Option<String>,
    /// Orders to mine in it.
    pub orders: Option<Orders>,
}
