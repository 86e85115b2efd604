//! What starts by itself on a machine, and files in which a miner was recognised.

use crate::{Orders, Time};

/// A place from which things start by themselves.
///
/// The words are those of the registry of places in the `host` crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Mechanism(pub &'static str);

/// An entry that starts something by itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Autorun {
    /// By which mechanism.
    pub mechanism: Mechanism,
    /// The file it stands in, inside the examined root.
    pub path: String,
    /// The line in it, from 1.
    pub line: Option<u64>,
    /// What it runs, as written.
    pub runs: String,
    /// The program files and scripts that this comes to, inside the examined root, at most 8.
    pub files: Vec<String>,
    /// As whom, where the entry says so.
    pub user: Option<String>,
    /// When: `*/5 * * * *`, `boot`, `login` ….
    pub when: Option<String>,
    /// When its file was last changed.
    pub modified: Option<Time>,
    /// The package that owns its file and has not been changed since.
    pub package: Option<String>,
    /// Orders to mine that stand in it, or in a script that it runs.
    pub orders: Vec<Orders>,
    /// Processes that run one of its files.
    pub starts: Vec<u32>,
    /// What is odd about it, as message ids of the catalogue; each is listed in [`Autorun::ODDITIES`].
    pub odd: Vec<&'static str>,
}

impl Autorun {
    /// What may be odd about an entry.
    ///
    /// * `fetches-and-runs`: it fetches something from the network and hands it to an interpreter.
    /// * `decodes-and-runs`: it decodes something and hands it to an interpreter.
    /// * `writable-folder`: what it runs lies where anybody may write.
    /// * `hidden-file`: what it runs is hidden.
    /// * `preloads`: it puts a library before all others.
    /// * `foreign-library`: a library takes part in log-ins that no package brought, or that was changed since.
    /// * `foreign-file`: what it runs, or whom it lets in, no package brought, where packages brought the rest.
    /// * `missing-file`: what it runs is not there.
    /// * `second-root`: it makes a user with all rights.
    /// * `kills-rivals`: it ends other miners by name.
    pub const ODDITIES: [&'static str; 10] = [
        "fetches-and-runs",
        "decodes-and-runs",
        "writable-folder",
        "hidden-file",
        "preloads",
        "foreign-library",
        "foreign-file",
        "missing-file",
        "second-root",
        "kills-rivals",
    ];
}

/// A file on a machine in which a miner was recognised.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct MinerFile {
    /// Where it lies, inside the examined root.
    pub path: String,
    /// Its SHA-256, lower-case digits, if it was read whole.
    pub sha256: Option<String>,
    /// When it was last changed.
    pub modified: Option<Time>,
    /// Orders in it, as written: an example's wallet is one of them.
    pub orders: Vec<Orders>,
    /// It is a program with this many different options of miners.
    pub options: u32,
    /// The algorithm it names, if it names one alone.
    pub algorithm: Option<String>,
    /// The coin it names, if it names one alone.
    pub coin: Option<String>,
    /// Processes that run it or hold it open.
    pub used_by: Vec<u32>,
}
