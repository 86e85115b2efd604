//! What detectors of machines looked at from inside have in common: findings about processes, kept and bounded.

mod findings;
mod process;

pub(crate) use findings::{About, Findings};
pub(crate) use process::{about, is_suspect, message, names};
