//! Files in which things stand that start by themselves, and the shell text in them.
//!
//! covers: crates/parse/src/autoruns/mod.rs
//! covers: crates/parse/src/autoruns/accounts.rs
//! covers: crates/parse/src/autoruns/container.rs
//! covers: crates/parse/src/autoruns/cron.rs
//! covers: crates/parse/src/autoruns/reading.rs
//! covers: crates/parse/src/autoruns/rules.rs
//! covers: crates/parse/src/autoruns/shell.rs
//! covers: crates/parse/src/autoruns/unit.rs
//! covers: crates/parse/src/autoruns/vocabulary.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    parse::autoruns::fuzz(data);
});
