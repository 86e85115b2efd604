//! Packet headers under any link type.
//!
//! covers: crates/parse/src/net/mod.rs
//! covers: crates/parse/src/net/ipv4.rs
//! covers: crates/parse/src/net/ipv6.rs
//! covers: crates/parse/src/net/link.rs
//! covers: crates/parse/src/net/packet.rs
//! covers: crates/parse/src/net/transport.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| parse::net::fuzz(data));
