//! The answer: what the evidence says about every machine in it.

use crate::{Endpoint, EvidenceId, Finding, Mac, Message, ProcessRef, Role, Tenths, Time};
use std::net::IpAddr;

/// How sure we are that a machine mines, in rising order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing speaks for it.
    Clear,
    /// Something was seen that does not suffice.
    Noted,
    /// Worth a look today.
    Suspicious,
    /// Act on it.
    Probable,
    /// It does.
    Confirmed,
}

impl Level {
    /// All levels, rising.
    pub const ALL: [Level; 5] =
        [Level::Clear, Level::Noted, Level::Suspicious, Level::Probable, Level::Confirmed];

    /// The word used in JSON and on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Level::Clear => "clear",
            Level::Noted => "noted",
            Level::Suspicious => "suspicious",
            Level::Probable => "probable",
            Level::Confirmed => "confirmed",
        }
    }
}

/// What the evidence could show at all about a machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coverage {
    /// Too little to say anything: a clear verdict means "cannot say".
    Insufficient,
    /// Some of its traffic could not be read.
    Partial,
    /// What the evidence holds of it could be read.
    Complete,
}

impl Coverage {
    /// The word used in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Coverage::Insufficient => "insufficient",
            Coverage::Partial => "partial",
            Coverage::Complete => "complete",
        }
    }
}

/// What a machine was seen to do: three sentences, not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// It was refused.
    WasRefused,
    /// It tried: no job was seen.
    Tried,
    /// It mines: a job was handed out, or a share was accepted.
    Mines,
}

/// The parts of the first line about a machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// What it does.
    pub act: Option<Act>,
    /// Which coin.
    pub coin: Option<String>,
    /// At which pool: a name if one is known, with the port; else the address.
    pub pool: Option<String>,
    /// The pool's end of the connection, for the block advice.
    pub pool_end: Option<Endpoint>,
    /// Since when.
    pub since: Option<Time>,
    /// Accepted shares, if that direction was seen.
    pub shares_accepted: Option<u64>,
    /// Shares sent, if that direction was seen.
    pub shares_sent: Option<u64>,
    /// How many further pools or sessions the sentence leaves out.
    pub further: u64,
    /// The process that does it, where the machine was looked at from inside.
    pub process: Option<ProcessRef>,
}

/// A finding in the case, with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseFinding {
    /// `f1`, `f2` … in the order of the case.
    pub id: String,
    /// Index into [`Case::hosts`].
    pub host: usize,
    /// What the detector said.
    pub finding: Finding,
    /// The weight it has by itself on this machine (after growing).
    pub points: Tenths,
    /// What it adds in its group.
    pub counted: Tenths,
    /// Whether it is conclusive.
    pub conclusive: bool,
    /// Why it is not counted, if it was explained away.
    pub explained: Option<Message>,
}

/// The cheapest fact that would change a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextFact {
    /// What to look for, and what it would change.
    pub message: Message,
}

/// What the case says about one machine.
#[derive(Debug, Clone, PartialEq)]
pub struct HostVerdict {
    /// `h1`, `h2` … in the order of the case.
    pub id: String,
    /// Its addresses, sorted.
    pub addresses: Vec<IpAddr>,
    /// Its names, most trusted first.
    pub names: Vec<String>,
    /// Its link-layer addresses.
    pub macs: Vec<Mac>,
    /// What it does.
    pub roles: Vec<Role>,
    /// The verdict.
    pub level: Level,
    /// The points, prior included.
    pub points: Tenths,
    /// What could be seen of it.
    pub coverage: Coverage,
    /// It was looked at from inside.
    pub examined: bool,
    /// Its first packet.
    pub first: Time,
    /// Its last packet.
    pub last: Time,
    /// The first line.
    pub headline: Headline,
    /// Indexes into [`Case::findings`].
    pub findings: Vec<usize>,
    /// What was looked for and not found.
    pub not_found: Vec<Message>,
    /// What would change the verdict.
    pub next_fact: Option<NextFact>,
    /// What to do.
    pub advice: Vec<Message>,
    /// Remarks: many machines behind one address, a router, ….
    pub remarks: Vec<Message>,
}

/// What no reader or detector could see, over all evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unseen {
    /// Flows whose content is encrypted.
    pub encrypted_flows: u64,
    /// Flows whose content no parser here knows.
    pub opaque_flows: u64,
    /// Flows of which some payload is missing.
    pub incomplete_flows: u64,
    /// Machines seen.
    pub hosts: u64,
    /// Machines seen only partly.
    pub hosts_partly: u64,
    /// All flows.
    pub flows: u64,
    /// Processes looked at on machines from inside.
    pub processes: u64,
    /// Machines looked at from inside.
    pub examined: u64,
}

/// What one reader made of one piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceSummary {
    /// Its id.
    pub id: EvidenceId,
    /// As the user named it.
    pub source: String,
    /// The reader's id.
    pub reader: &'static str,
    /// SHA-256 of the file as it lies there, hex; `None` with `--no-hash`.
    pub sha256: Option<String>,
    /// Bytes read, as they lie there.
    pub bytes: u64,
    /// Records (packets, lines).
    pub records: u64,
    /// First record's time.
    pub first: Option<Time>,
    /// Last record's time.
    pub last: Option<Time>,
    /// What could not be read.
    pub gaps: Vec<GapSummary>,
}

impl GapSummary {
    /// Whether reading stopped there by a limit of ours, with all that follows unread: compressed data that unpacks to
    /// more than is read.
    #[must_use]
    pub fn cuts_short(&self) -> bool {
        self.reason.id == "gap-bomb"
    }
}

/// A kind of gap in one piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapSummary {
    /// Where the first one is.
    pub at: crate::At,
    /// What was wrong.
    pub reason: Message,
    /// How many.
    pub count: u64,
}

/// Evidence that the user named and that could not be used at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceError {
    /// As the user named it.
    pub source: String,
    /// What was wrong and what to do.
    pub reason: Message,
}

/// Everything a report needs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Case {
    /// The evidence, in the order of its ids.
    pub evidence: Vec<EvidenceSummary>,
    /// What could not be used.
    pub errors: Vec<SourceError>,
    /// Machines, worst first.
    pub hosts: Vec<HostVerdict>,
    /// Findings, in the order of their hosts.
    pub findings: Vec<CaseFinding>,
    /// What could not be seen.
    pub unseen: Unseen,
    /// The prior that every host starts with.
    pub prior: Tenths,
}

impl Case {
    /// The worst verdict in the case.
    #[must_use]
    pub fn worst(&self) -> Level {
        self.hosts.iter().map(|host| host.level).max().unwrap_or(Level::Clear)
    }
}
