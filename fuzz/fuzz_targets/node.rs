//! The first messages of full nodes: Bitcoin's, Monero's, Ethereum's discovery, and of those who listen to them. Each parser takes the same bytes.
//!
//! covers: crates/parse/src/app/node/mod.rs
//! covers: crates/parse/src/app/node/bitcoin.rs
//! covers: crates/parse/src/app/node/discv4.rs
//! covers: crates/parse/src/app/node/levin.rs
//! covers: crates/parse/src/app/node/p2pool.rs
//! covers: crates/parse/src/app/zmtp.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    parse::app::node::fuzz(data);
    parse::app::node::bitcoin::fuzz(data);
    parse::app::node::discv4::fuzz(data);
    parse::app::node::levin::fuzz(data);
    parse::app::zmtp::fuzz(data);
});
