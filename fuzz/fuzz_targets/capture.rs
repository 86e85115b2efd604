//! A walk over a capture of any bytes: it ends, stays inside, loses no byte twice, and does not depend on how the
//! input was cut into buffers.
//!
//! covers: crates/parse/src/capture/mod.rs
//! covers: crates/parse/src/capture/classic.rs
//! covers: crates/parse/src/capture/interface.rs
//! covers: crates/parse/src/capture/link_type.rs
//! covers: crates/parse/src/capture/names.rs
//! covers: crates/parse/src/capture/order.rs
//! covers: crates/parse/src/capture/pcapng.rs
//! covers: crates/parse/src/capture/resync.rs
#![no_main]

use libfuzzer_sys::fuzz_target;
use parse::capture::{HEADER, Step, Walker};

/// Where and how long a frame is in the input, with its time.
type Seen = (u64, usize, Option<i64>);

fuzz_target!(|data: &[u8]| {
    // The first byte says how many bytes each refill brings.
    let Some((&refill, file)) = data.split_first() else { return };
    let whole = walk(file, file.len());
    assert_eq!(whole, walk(file, usize::from(refill) + 1), "buffers do not change what is found");
});

fn walk(file: &[u8], refill: usize) -> Option<(Vec<Seen>, u64)> {
    let mut end = HEADER.max(refill).min(file.len());
    let mut begin = 0;
    let mut walker = Walker::begin(&file[..end]).ok()?;
    let (mut frames, mut lost, mut idle) = (Vec::new(), 0u64, 0);
    loop {
        let before = walker.offset();
        match walker.step(&file[begin..end], end == file.len()) {
            Step::Frame(frame) => {
                assert!(begin + frame.at + frame.len <= end, "a frame lies inside the buffer");
                assert!(frame.len as u64 <= u64::from(frame.original_len), "no more captured than was sent");
                frames.push(((begin + frame.at) as u64, frame.len, frame.time_nanos));
            }
            Step::Damage(damage) => {
                assert!(damage.at + damage.bytes <= file.len() as u64, "damage lies inside the input");
                lost += damage.bytes;
            }
            Step::Names { .. } | Step::Skipped(_) => {}
            Step::NeedMore(bytes) => {
                assert!(end < file.len(), "nothing more is asked for at the end");
                begin += walker.release();
                assert!(bytes > end - begin, "what is asked for is not there yet");
                end = (end + refill).min(file.len());
                continue;
            }
            Step::End => break,
        }
        idle = if walker.offset() > before { 0 } else { idle + 1 };
        assert!(idle < 4096, "every step makes progress");
        assert!(walker.offset() <= file.len() as u64, "the walk stays inside the input");
    }
    assert!(lost <= file.len() as u64, "no byte is lost twice");
    Some((frames, lost))
}
