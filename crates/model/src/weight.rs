//! How loudly a fact speaks, and why it may.

use std::fmt;

/// Points in tenths of a decibel-like unit: `Tenths(500)` prints as `50.0`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Tenths(pub i32);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{}", self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10)
    }
}

/// Facts that say the same thing in different ways share a group; a group adds at most its cap.
/// Caps: the table of the design's "One verdict" (docs/verdict.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// What is said on the wire in a mining dialect.
    Wire,
    /// Whom the host talks to.
    Dest,
    /// Miners in web pages.
    Web,
    /// How a miner came in.
    Intake,
    /// How a machine computes.
    Compute,
    /// What mining leaves in memory layout and settings of a machine.
    Artefact,
    /// The state of the algorithm itself.
    Algo,
    /// Orders to mine, and miners by their own text.
    Code,
    /// How a process hides.
    Stealth,
    /// What starts it again.
    Persist,
    /// Facts that carry no points.
    Context,
}

impl Group {
    /// The most that the group may add.
    #[must_use]
    pub const fn cap(self) -> Tenths {
        match self {
            Group::Wire => Tenths(600),
            Group::Dest => Tenths(440),
            Group::Web => Tenths(500),
            Group::Intake => Tenths(200),
            Group::Compute => Tenths(120),
            Group::Artefact => Tenths(200),
            Group::Algo => Tenths(800),
            Group::Code => Tenths(600),
            Group::Stealth => Tenths(150),
            Group::Persist => Tenths(80),
            Group::Context => Tenths(0),
        }
    }

    /// The most that one fact of the group may weigh. A fact heavier than the cap lifts the cap to its own weight: that a
    /// process is hidden says more than all other disguises together.
    #[must_use]
    pub const fn most(self) -> Tenths {
        match self {
            Group::Stealth => Tenths(200),
            other => other.cap(),
        }
    }

    /// The word used in JSON and in `explain`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Group::Wire => "wire",
            Group::Dest => "dest",
            Group::Web => "web",
            Group::Intake => "intake",
            Group::Compute => "compute",
            Group::Artefact => "artefact",
            Group::Algo => "algo",
            Group::Code => "code",
            Group::Stealth => "stealth",
            Group::Persist => "persist",
            Group::Context => "context",
        }
    }
}

/// Why a weight may be as large as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WeightKind {
    /// Prescribed by a protocol, algorithm or program grammar, in a combination nothing else known produces.
    Definition,
    /// Mathematics gives the chance level.
    Null,
    /// A dated list says so.
    Listed,
    /// Seen on `hits` of `hosts` benign hosts.
    Measured {
        /// How many benign hosts showed the fact.
        hits: u32,
        /// How many benign hosts were looked at.
        hosts: u32,
    },
    /// The same on generated benign objects: at most +10.
    Simulated {
        /// How many benign objects were generated.
        objects: u32,
    },
    /// Everything else: at most +6.
    Assumed,
}

impl WeightKind {
    /// The most that a weight of this kind may be, in tenths; a whole-registry test holds every weight to it.
    /// Measured: 10·log10(n/3) for 0 of n (rule of three, true positive rate taken as 1), else by the 95 % upper bound.
    #[must_use]
    pub fn most(self) -> Tenths {
        match self {
            WeightKind::Definition => Tenths(500),
            WeightKind::Null => Tenths(800),
            WeightKind::Listed => Tenths(420),
            WeightKind::Measured { hits, hosts } => {
                let upper =
                    if hits == 0 { 3.0 } else { f64::from(hits) + 2.0 * f64::from(hits).sqrt() + 2.0 };
                Tenths((100.0 * (f64::from(hosts.max(1)) / upper).log10()).max(0.0) as i32)
            }
            WeightKind::Simulated { .. } => Tenths(100),
            WeightKind::Assumed => Tenths(60),
        }
    }

    /// The word used in JSON and in `explain`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            WeightKind::Definition => "definition",
            WeightKind::Null => "null",
            WeightKind::Listed => "listed",
            WeightKind::Measured { .. } => "measured",
            WeightKind::Simulated { .. } => "simulated",
            WeightKind::Assumed => "assumed",
        }
    }
}

/// What a fact adds to a host's points, with the reason why it may.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight {
    /// Its name, kebab-case, unique in the whole registry.
    pub id: &'static str,
    /// The group it counts in.
    pub group: Group,
    /// How much it adds.
    pub tenths: Tenths,
    /// Why it may.
    pub kind: WeightKind,
    /// Whether one such fact lifts the host to at least *Probable*.
    pub conclusive: bool,
    /// What it becomes when it recurs on the same machine.
    pub grows: Option<Grows>,
    /// Where the weight comes from: a specification, a list, a measurement.
    pub source: &'static str,
}

/// A rule per machine: facts of one weight that recur count as a heavier one.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grows {
    /// At least so many findings with different keys …
    pub distinct: Option<u32>,
    /// … or at least so many occurrences of one finding …
    pub count: Option<u64>,
    /// … over at least this long, first to last, in seconds (0: at any pace).
    pub over_secs: u64,
    /// … count as this weight.
    pub to: &'static Weight,
}
