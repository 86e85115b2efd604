//! Names that are looked up: DNS over UDP and TCP, mDNS, LLMNR. Each parser takes the same bytes.
//!
//! covers: crates/parse/src/app/cursor.rs
//! covers: crates/parse/src/app/maybe.rs
//! covers: crates/parse/src/app/dns/message.rs
//! covers: crates/parse/src/app/dns/name.rs
//! covers: crates/parse/src/app/dns/record.rs
//! covers: crates/parse/src/app/dns/tcp.rs
//! covers: crates/parse/src/app/llmnr.rs
//! covers: crates/parse/src/app/mdns.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    parse::app::dns::name::fuzz(data);
    parse::app::dns::record::fuzz(data);
    parse::app::dns::message::fuzz(data);
    parse::app::dns::tcp::fuzz(data);
    parse::app::llmnr::fuzz(data);
    parse::app::mdns::fuzz(data);
});
