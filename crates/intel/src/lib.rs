//! What is known: pools by name, address and port, mining programs, miners of web pages, wallet formats.
//!
//! [`Intel`] answers from the built-in data files and the user's own list; [`wallet`] decides what is a valid
//! payout address; [`SuffixMap`] and [`PrefixMap`] stay under a microsecond a look-up at a million entries.

mod agent;
mod data;
mod door;
mod download;
mod entries;
pub mod epoch;
mod known;
mod prefix;
mod program;
mod site;
mod suffix;
mod user;
pub mod wallet;

pub use agent::{Agent, AgentKind};
pub use door::{DoorBy, ListedDoor, door, door_of};
pub use download::{Download, DownloadHost, MiningExtension, download, download_host, mining_extension};
pub use entries::{NotAPool, PoolAddress, PoolName, PoolPort, WebMiner};
pub use known::{Intel, USER_SOURCE};
pub use prefix::{Network, PrefixBuilder, PrefixMap};
pub use program::{Program, program};
pub use site::PoolHost;
pub use suffix::{LONGEST_NAME, SuffixMap};
pub use user::{LineError, LineReason, UserList};
