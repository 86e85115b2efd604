//! One direction of a TCP connection: any order, overlap, loss and wrap-around of sequence numbers.
//!
//! covers: crates/flow/src/reassembly.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| flow::fuzz_reassembly(data));
