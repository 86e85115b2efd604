//! Mining dialects: framing and reading of lines of any bytes, and every helper on what they hold.
//!
//! covers: crates/parse/src/mining/mod.rs
//! covers: crates/parse/src/mining/algorithm.rs
//! covers: crates/parse/src/mining/bitcoin.rs
//! covers: crates/parse/src/mining/chain.rs
//! covers: crates/parse/src/mining/cryptonote.rs
//! covers: crates/parse/src/mining/difficulty.rs
//! covers: crates/parse/src/mining/ethereum.rs
//! covers: crates/parse/src/mining/ethereum_stratum.rs
//! covers: crates/parse/src/mining/hex.rs
//! covers: crates/parse/src/mining/http.rs
//! covers: crates/parse/src/mining/json.rs
//! covers: crates/parse/src/mining/kaspa.rs
//! covers: crates/parse/src/mining/objects.rs
//! covers: crates/parse/src/mining/qatum.rs
//! covers: crates/parse/src/mining/read.rs
//! covers: crates/parse/src/mining/rpc.rs
//! covers: crates/parse/src/mining/said.rs
//! covers: crates/parse/src/mining/sia.rs
//! covers: crates/parse/src/mining/squeeze.rs
//! covers: crates/parse/src/mining/web.rs
//! covers: crates/parse/src/mining/alephium.rs
//! covers: crates/parse/src/mining/beam.rs
//! covers: crates/parse/src/mining/conflux.rs
//! covers: crates/parse/src/mining/ergo.rs
//! covers: crates/parse/src/mining/kadena.rs
//! covers: crates/parse/src/mining/nervos.rs
//! covers: crates/parse/src/mining/v2.rs
//! covers: crates/parse/src/mining/xatum.rs
//! covers: crates/parse/src/mining/zcash.rs
#![no_main]

use libfuzzer_sys::fuzz_target;
use parse::mining::{v2, xatum};

fuzz_target!(|data: &[u8]| {
    parse::mining::fuzz(data);
    parse::mining::sia::fuzz(data);
    let _ = (v2::sniff(data), v2::header(data), xatum::sniff(data), xatum::line(data));
    if let Some((&kind, payload)) = data.split_first() {
        let _ = v2::message(kind, payload);
    }
});
