//! What a detector says about a host.

use crate::{Act, DialogueLine, Endpoint, HostKey, Message, Origin, Time, Weight};

/// What a finding is about, in kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Mining itself.
    Mining,
    /// A symptom of it.
    Symptom,
    /// What starts it again.
    Persistence,
    /// How something came in or spreads: carries no points, and is always said.
    Attack,
    /// A door that stands open: carries no points.
    Exposure,
    /// An innocent explanation, or something worth knowing: carries no points.
    Context,
}

impl FindingKind {
    /// Whether findings of this kind may carry points.
    #[must_use]
    pub const fn is_weighed(self) -> bool {
        matches!(self, FindingKind::Mining | FindingKind::Symptom | FindingKind::Persistence)
    }

    /// The word used in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            FindingKind::Mining => "mining",
            FindingKind::Symptom => "symptom",
            FindingKind::Persistence => "persistence",
            FindingKind::Attack => "attack",
            FindingKind::Exposure => "exposure",
            FindingKind::Context => "context",
        }
    }
}

/// What a machine does in the business of mining.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// It computes.
    Miner,
    /// It takes work from a pool and hands it to miners.
    Proxy,
    /// It hands out work.
    Pool,
    /// It is a full node of a chain.
    Node,
    /// A page or extension in its browser computes.
    WebMiner,
    /// It asks for many listed names or pools without mining.
    Scanner,
}

impl Role {
    /// The word used in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Role::Miner => "miner",
            Role::Proxy => "proxy",
            Role::Pool => "pool",
            Role::Node => "node",
            Role::WebMiner => "web-miner",
            Role::Scanner => "scanner",
        }
    }

    /// Whether the role by itself means that the machine serves others and need not compute.
    #[must_use]
    pub const fn is_infrastructure(self) -> bool {
        matches!(self, Role::Proxy | Role::Pool | Role::Node)
    }
}

/// What a process is known by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcessRef {
    /// Its number.
    pub pid: u32,
    /// When it began.
    pub started: Option<Time>,
    /// Its name as the kernel has it (`comm`, at most 15 bytes).
    pub name: String,
    /// The program's file.
    pub exe: Option<String>,
    /// Its arguments, separated by blanks, secrets masked.
    pub command: String,
}

/// The thing that a finding points at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A connection.
    Connection {
        /// The miner's end.
        client: Endpoint,
        /// The other end.
        server: Endpoint,
    },
    /// A name that was looked up.
    Name(String),
    /// A process of a machine that was looked at from inside.
    Process(ProcessRef),
    /// A file. Paths are absolute inside the examined root.
    File {
        /// Where it lies.
        path: String,
        /// Its SHA-256, lower-case digits, if it was read whole.
        sha256: Option<String>,
    },
    /// An entry that starts something by itself.
    Persistence {
        /// Which mechanism (`cron`, `systemd-unit`).
        mechanism: &'static str,
        /// The file it stands in.
        path: String,
        /// The line in it, from 1.
        line: Option<u64>,
        /// What it runs, as written.
        runs: String,
    },
    /// A socket that waits for connections.
    Listener {
        /// Where it listens.
        address: Endpoint,
        /// Whose it is.
        process: Option<ProcessRef>,
    },
    /// The host as a whole.
    Host,
}

/// A value of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, from evidence or ours.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A measured number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// The named facts of a finding, in the order they are shown. A name occurs at most once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts(Vec<(&'static str, Value)>);

impl Facts {
    /// Adds or replaces a fact.
    pub fn set(&mut self, name: &'static str, value: Value) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name, value)),
        }
    }

    /// Adds a text if there is one.
    pub fn text(&mut self, name: &'static str, value: Option<impl Into<String>>) {
        if let Some(value) = value {
            self.set(name, Value::Text(value.into()));
        }
    }

    /// Adds a count if there is one.
    pub fn count(&mut self, name: &'static str, value: Option<u64>) {
        if let Some(value) = value {
            self.set(name, Value::Count(value));
        }
    }

    /// The value under a name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The text under a name.
    #[must_use]
    pub fn text_of(&self, name: &str) -> Option<&str> {
        match self.value(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The count under a name.
    #[must_use]
    pub fn count_of(&self, name: &str) -> Option<u64> {
        match self.value(name) {
            Some(Value::Count(count)) => Some(*count),
            _ => None,
        }
    }

    /// All facts in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}

/// Makes a later finding replace an earlier one. Ordered, and free of anything that depends on the order of files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingKey {
    /// The detector's id.
    pub detector: &'static str,
    /// Whom the finding is about.
    pub host: HostKey,
    /// What tells findings of one detector about one host apart. What stands before a tab is the fact: findings
    /// that differ only behind it are told apart for the reader and count once.
    pub detail: String,
}

impl FindingKey {
    /// The part of the detail that says which fact it is.
    #[must_use]
    pub fn fact(&self) -> &str {
        self.detail.split('\t').next().unwrap_or_default()
    }
}

/// A packet or line that shows the fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited {
    /// Where.
    pub origin: Origin,
    /// When.
    pub time: Time,
    /// What it shows there.
    pub excerpt: Message,
}

/// What a detector says about one host.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Identity: a later finding with the same key replaces this one.
    pub key: FindingKey,
    /// In kind.
    pub kind: FindingKind,
    /// What the host does by this finding.
    pub role: Option<Role>,
    /// What it adds; `None` for context.
    pub weight: Option<&'static Weight>,
    /// Mines, tried, was refused … where the finding decides that.
    pub act: Option<Act>,
    /// The sentence.
    pub message: Message,
    /// What it points at.
    pub subject: Subject,
    /// The named facts.
    pub facts: Facts,
    /// First seen.
    pub first: Time,
    /// Last seen.
    pub last: Time,
    /// How many times.
    pub count: u64,
    /// Where it can be checked: at most 16 places.
    pub cited: Vec<Cited>,
    /// MITRE ATT&CK technique.
    pub technique: Option<&'static str>,
    /// The dialogue, if recording was asked for.
    pub dialogue: Vec<DialogueLine>,
}
