//! Who is who over time, and how sure we are altogether: findings become a case.
//!
//! [`Judge`] watches the same observations as the detectors (who has which address, which flows there were), takes
//! the detectors' findings at the end and says one verdict per machine. The scheme — prior, groups, levels, what
//! explains a fact away — is described in `docs/verdict.md`; every number has its source beside it in the code.

mod coverage;
mod examined;
mod explain;
mod identity;
mod inside;
mod judge;
mod points;
mod relays;
mod roles;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod words;

pub use inside::{BadCidr, Cidr, Inside};
pub use judge::{Judge, Looked, MESSAGES, Settings};
pub use points::{Added, PRIOR, Tally, level, tally};
