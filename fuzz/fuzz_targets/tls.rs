//! TLS openings: records, hellos, extensions, JA4. Each parser takes the same bytes.
//!
//! covers: crates/parse/src/app/tls/mod.rs
//! covers: crates/parse/src/app/tls/client_hello.rs
//! covers: crates/parse/src/app/tls/extension.rs
//! covers: crates/parse/src/app/tls/ja4.rs
//! covers: crates/parse/src/app/tls/record.rs
//! covers: crates/parse/src/app/tls/server_hello.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    parse::app::tls::client_hello::fuzz(data);
    parse::app::tls::extension::fuzz(data);
    parse::app::tls::ja4::fuzz(data);
    parse::app::tls::record::fuzz(data);
    parse::app::tls::server_hello::fuzz(data);
});
