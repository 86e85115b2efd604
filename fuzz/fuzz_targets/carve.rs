//! Files read as they pass: pages, scripts, configurations, programs, archives and modules, packed or not.
//!
//! covers: crates/parse/src/app/carve/mod.rs
//! covers: crates/parse/src/app/carve/archive.rs
//! covers: crates/parse/src/app/carve/config.rs
//! covers: crates/parse/src/app/carve/orders.rs
//! covers: crates/parse/src/app/carve/page.rs
//! covers: crates/parse/src/app/carve/program.rs
//! covers: crates/parse/src/app/carve/unpack.rs
//! covers: crates/parse/src/app/carve/wasm.rs
//! covers: crates/parse/src/app/miner_state.rs
//! covers: crates/parse/src/app/rig_report.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    parse::app::carve::fuzz(data);
    parse::app::miner_state::fuzz(data);
    parse::app::rig_report::fuzz(data);
});
