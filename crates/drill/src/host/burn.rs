//! Threads that compute without end: arithmetic on registers, nothing that anybody could use.

use std::hint::black_box;
use std::thread;

/// How threads are spread over the processors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Spread {
    /// As the system likes.
    Free,
    /// One is bound to each processor.
    Pinned,
}

impl Spread {
    pub(super) fn word(pinned: bool) -> &'static str {
        if pinned { "pinned" } else { "free" }
    }

    pub(super) fn of(role: &super::Role) -> Spread {
        if role.is(Spread::word(true)) { Spread::Pinned } else { Spread::Free }
    }
}

/// Starts one thread for each processor that this process may use, at the lowest priority; each is told its number.
/// Says how many there are.
pub(super) fn on_each_processor(spread: Spread, work: fn(usize)) -> Result<usize, String> {
    sys::stage::be_nice().map_err(|error| error.to_string())?;
    let processors = sys::stage::processors().map_err(|error| error.to_string())?;
    for (number, processor) in processors.iter().copied().enumerate() {
        let begin = move || {
            if spread == Spread::Pinned {
                let _ = sys::stage::pin(processor);
            }
            work(number);
        };
        thread::Builder::new().spawn(begin).map_err(|error| error.to_string())?;
    }
    Ok(processors.len())
}

/// Computes without end.
pub(super) fn without_end(number: usize) {
    let mut state = number as u64;
    loop {
        state = some(state, 1 << 30);
    }
}

/// Some steps of a generator whose numbers nobody looks at (Knuth, MMIX).
pub(super) fn some(mut state: u64, steps: u64) -> u64 {
    for _ in 0..steps {
        state =
            black_box(state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    }
    state
}
