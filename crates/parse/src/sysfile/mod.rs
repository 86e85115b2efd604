//! Files that a Linux system writes about itself: tables of the kernel, records of logins, logs and histories.
//!
//! Times are seconds since the Unix epoch.

pub mod auth_log;
mod clock;
pub mod deed;
pub mod door;
pub mod history;
pub mod journal;
pub mod proc_net;
mod said;
pub mod utmp;

pub use said::{Method, Said, said};
