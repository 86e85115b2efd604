//! A file carried in the clear, as far as it was recognised.

use crate::{Endpoint, FlowId};

/// What was recognised in the bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recognised {
    /// A miner's configuration file: pool and login as they stand in it.
    Config {
        /// `host:port`, as written.
        pool: String,
        /// Login, as written.
        login: Option<String>,
    },
    /// A script that starts a miner.
    Script {
        /// `host:port`, as written.
        pool: String,
        /// Login, as written.
        login: Option<String>,
    },
    /// A program that holds a miner's options.
    Program {
        /// How many different options of miners it holds.
        options: u32,
        /// A pool that stands in it.
        pool: Option<String>,
    },
    /// An archive, by its beginning.
    Archive {
        /// The name of a file in it, if its beginning tells.
        member: Option<String>,
    },
    /// A page or script that starts a miner in the browser.
    WebMiner {
        /// The call or element that starts it (`CoinHive.Anonymous`).
        starts: String,
        /// The site key or wallet.
        key: String,
    },
    /// A WebAssembly module with a miner's marks.
    Wasm {
        /// The mask of a 2 MiB scratchpad is loaded as a constant.
        scratchpad: bool,
        /// Functions of at least sixty operators of which a fifth work on bits.
        hash_like: u32,
        /// Operators on bits of a thousand.
        bit_share: u32,
    },
}

/// A file carried over HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    /// The connection.
    pub flow: FlowId,
    /// Who fetched it.
    pub client: Endpoint,
    /// From whom.
    pub server: Endpoint,
    /// `Host` without port, lower case.
    pub host: Option<String>,
    /// Target of the request, at most 2 KiB; empty if it was not seen.
    pub target: String,
    /// The page that wanted it (`Referer`), if it is named.
    pub page: Option<String>,
    /// `Content-Type`.
    pub content_type: Option<String>,
    /// Bytes of the file that were seen, unpacked.
    pub size: u64,
    /// SHA-256 of those bytes, lower-case digits.
    pub sha256: String,
    /// The file was seen from its first to its last byte.
    pub complete: bool,
    /// What was recognised, at most eight.
    pub recognised: Vec<Recognised>,
}
