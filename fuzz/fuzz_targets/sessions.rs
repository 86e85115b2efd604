//! A dialogue of two sides in pieces of any bytes, with holes.
//!
//! covers: crates/flow/src/sessions/mod.rs
//! covers: crates/flow/src/sessions/dialogue.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| flow::sessions::fuzz(data));
