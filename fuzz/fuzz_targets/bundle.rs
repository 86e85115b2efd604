//! A machine in a file: any bytes, as a tar and as answers.
//!
//! covers: crates/parse/src/archive/tar.rs
//! covers: crates/host/src/bundle/answers.rs
//! covers: crates/host/src/bundle/recorded.rs
//! covers: crates/host/src/bundle/unpack.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| host::bundle::fuzz(data));
