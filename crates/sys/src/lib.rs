//! System calls behind safe functions: the only crate of this project with `unsafe`.
//!
//! [`confine()`] gives up, for this process and for ever, what reading evidence does not need.

#[cfg(target_os = "linux")]
mod alive;
mod confine;
mod entry;
#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod rounding;
#[cfg(target_os = "linux")]
pub mod stage;

#[cfg(target_os = "linux")]
pub use alive::is_alive;
pub use confine::{Confined, Kept, confine};
pub use entry::{Entry, Kind, Meta};
#[cfg(target_os = "linux")]
pub use files::Root;
#[cfg(target_os = "linux")]
pub use rounding::{RoundingMode, rounding_mode};
