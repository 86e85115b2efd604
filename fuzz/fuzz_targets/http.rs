//! HTTP/1 heads, fields, bodies and their codings, and what browsers say in them. Each parser takes the same bytes.
//!
//! covers: crates/parse/src/app/extension_check.rs
//! covers: crates/parse/src/app/http/body.rs
//! covers: crates/parse/src/app/http/content.rs
//! covers: crates/parse/src/app/http/credentials.rs
//! covers: crates/parse/src/app/http/fields.rs
//! covers: crates/parse/src/app/http/head.rs
//! covers: crates/parse/src/app/http/rough.rs
//! covers: crates/parse/src/app/http/sniff.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    parse::app::extension_check::fuzz(data);
    parse::app::http::body::fuzz(data);
    parse::app::http::content::fuzz(data);
    parse::app::http::credentials::fuzz(data);
    parse::app::http::fields::fuzz(data);
    parse::app::http::head::fuzz(data);
    parse::app::http::sniff::fuzz(data);
});
