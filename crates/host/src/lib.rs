//! Looks at a machine from inside: what runs there, what starts by itself, what is hidden.
//!
//! A [`View`] answers questions about files and processes; [`Live`] asks the running machine, [`Tree`] a mounted image
//! or another root, [`Memory`] a test. [`examine`] asks what a case needs and hands over facts. Nothing is changed.

mod autoruns;
pub mod bundle;
mod capabilities;
mod containers;
mod doors;
mod examine;
mod foreign;
mod gaps;
mod hidden;
mod links;
#[cfg(target_os = "linux")]
mod live;
mod machine;
mod memory;
mod miners;
mod orders;
mod owner;
mod packages;
mod processes;
mod sockets;
#[cfg(target_os = "linux")]
mod tree;
mod users;
mod view;

pub use examine::{Examination, Settings, examine};
pub use gaps::{Gaps, MESSAGES};
#[cfg(target_os = "linux")]
pub use live::Live;
pub use memory::Memory;
pub use packages::Packages;
#[cfg(target_os = "linux")]
pub use tree::Tree;
pub use view::{Content, Fault, Listing, Rounds, View};
