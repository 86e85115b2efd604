//! Texts that people paste and programs write: logs and screens of miners, and what a machine's own commands print.
//!
//! | question | file |
//! |---|---|
//! | what is a line, without colours | [`line`] |
//! | when was it written | [`stamp`] |
//! | what does a miner say of itself | [`miner_log`] |
//! | which processes, connections and entries does a command list | [`pasted`] |

pub mod line;
pub mod miner_log;
pub mod pasted;
pub mod stamp;
