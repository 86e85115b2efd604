//! The vocabulary of Minehound: what crates say to each other, and nothing else.
//!
//! Evidence becomes [`Observation`]s and [`Gap`]s; detectors turn observations into
//! [`Finding`]s; the verdict turns findings into a [`Case`]; a report renders a case.
//! Every value here is plain data: no I/O, no clock, no policy.

mod autorun;
mod carriage;
mod case;
mod contacts;
mod door;
mod extension;
mod facts;
mod finding;
mod gap;
mod host_key;
mod interface;
mod machine;
mod message;
mod miner_log;
mod net;
mod origin;
mod process;
mod registry;
mod session;
mod time;
mod transfer;
mod weight;

pub use autorun::{Autorun, Mechanism, MinerFile};
pub use carriage::{Carriage, Target, Tunnel};
pub use case::{
    Act, Case, CaseFinding, Coverage, EvidenceSummary, GapSummary, Headline, HostVerdict, Level, NextFact,
    SourceError, Unseen,
};
pub use contacts::{AtLeast, Contacts, Direction, Failed, Knocks, Logins, Long, Span, Surge, Sweep};
pub use door::{Asks, Deed, Door, Entered, HostLogins, ProvedBy, ShellCommand};
pub use extension::ExtensionCheck;
pub use facts::{
    Closed, Fact, FactKind, FlowSummary, HttpRequest, IdentityFact, IdentitySource, LookUp, LookUpResult,
    NodeTraffic, Observation, Opened, TlsHello,
};
pub use finding::{Cited, Facts, Finding, FindingKey, FindingKind, ProcessRef, Role, Subject, Value};
pub use gap::Gap;
pub use host_key::HostKey;
pub use interface::{MinerInterface, ToldBy};
pub use machine::{Listener, Machine, Reach};
pub use message::{Arg, Message};
pub use miner_log::MinerLog;
pub use net::{Endpoint, Mac, Transport};
pub use origin::{At, EvidenceId, FlowId, Origin};
pub use process::{Cpu, Executable, Hiding, Memory, Orders, OrdersFrom, Process, Rounding, Trait};
pub use registry::{Meta, Parameter, UnitKind};
pub use session::{
    AlgorithmFrom, Carrier, Dialect, DialogueLine, Difficulty, JobFacts, JobShape, KnownBy, MiningSession,
    Proof, Secret, SessionMark, Shares, Side, Work,
};
pub use time::Time;
pub use transfer::{Recognised, Transfer};
pub use weight::{Group, Grows, Tenths, Weight, WeightKind};
