//! Texts that people paste and miners write: any bytes, as lines, as a log, as a listing, as a whole file.
//!
//! covers: crates/parse/src/text/line.rs
//! covers: crates/parse/src/text/stamp.rs
//! covers: crates/parse/src/text/miner_log/mod.rs
//! covers: crates/parse/src/text/miner_log/cards.rs
//! covers: crates/parse/src/text/miner_log/cpu.rs
//! covers: crates/parse/src/text/miner_log/xmrig.rs
//! covers: crates/parse/src/text/pasted/mod.rs
//! covers: crates/parse/src/text/pasted/crontab.rs
//! covers: crates/parse/src/text/pasted/lists.rs
//! covers: crates/parse/src/text/pasted/sockets.rs
//! covers: crates/parse/src/text/pasted/table.rs
//! covers: crates/parse/src/app/carve/relax.rs
//! covers: crates/parse/src/app/carve/whole.rs
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    parse::text::miner_log::fuzz(data);
    parse::text::pasted::fuzz(data);
    parse::app::carve::whole::fuzz(data);
    let (mut lines, mut longest) = (parse::text::line::Lines::default(), 0);
    data.chunks(7).for_each(|piece| lines.push(piece, &mut |_, line| longest = longest.max(line.len())));
    // An undecodable byte becomes three.
    assert!(longest <= 3 * parse::text::line::MOST, "lines are bounded");
});
