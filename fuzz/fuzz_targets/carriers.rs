//! What carries other streams: SOCKS messages, PROXY headers, WebSocket frames and their packing.
//!
//! covers: crates/parse/src/app/socks.rs
//! covers: crates/parse/src/app/proxy_protocol.rs
//! covers: crates/parse/src/app/websocket.rs
//! covers: crates/parse/src/app/step.rs
//! covers: crates/flow/src/carriers/mod.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    parse::app::socks::fuzz(data);
    parse::app::proxy_protocol::fuzz(data);
    parse::app::websocket::fuzz(data);
    flow::fuzz_carriers(data);
});
