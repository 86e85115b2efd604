//! How the busiest processes round, sampled.
//!
//! RandomX chooses a rounding mode anew every few instructions of its programs (tevador/RandomX `doc/specs.md`, 5.4.1,
//! CFROUND), so that samples milliseconds apart differ. With the nearest at 0.29 and the others alike, twenty samples show
//! all three others with a probability of 0.986, forty with 0.9999.

use super::{Sampled, own};
use crate::View;
use model::{Process, Rounding};
use std::cmp::Reverse;

/// Samples of one process.
const SAMPLES: u32 = 40;
/// Between two samples, in milliseconds: RandomX v2 keeps a mode sixteen times longer than v1, and still less than that.
const APART: u64 = 5;
/// Processes sampled, the busiest first: 1.6 seconds.
const PROCESSES: usize = 8;
/// All samples together, in nanoseconds: threads that wait for a processor are waited for.
const BUDGET: i64 = 8_000_000_000;
/// A process that takes less than a fifth of a processor computes nothing that pays.
const BUSY: u32 = 200;

/// Samples the busiest processes that are no kernel threads. This program itself cannot be stopped by itself.
pub(crate) fn sample(view: &mut dyn View, sampled: &Sampled, processes: &mut [Process]) {
    let own = own(view);
    let is_busy = |process: &&mut Process| {
        let busy = process.cpu.busy_threads > 0 || process.cpu.observed.unwrap_or(0) >= BUSY;
        busy && process.executable.is_some() && Some(process.pid) != own
    };
    let mut suspects: Vec<&mut Process> = processes.iter_mut().filter(is_busy).collect();
    suspects.sort_by_key(|process| (Reverse(process.cpu.observed), process.pid));
    suspects.truncate(PROCESSES);
    let mut counted: Vec<Rounding> = vec![Rounding::default(); suspects.len()];
    // In turn, so that all wait at the same time.
    let began = view.now();
    for turn in 0..SAMPLES {
        if suspects.is_empty() || view.now().since(began) > BUDGET {
            break;
        }
        for (process, rounding) in suspects.iter().zip(&mut counted) {
            let threads =
                sampled.processes.get(&process.pid).map(|seen| seen.busy.as_slice()).unwrap_or_default();
            let thread = threads.get(turn as usize % threads.len().max(1)).copied().unwrap_or(process.pid);
            if let Some(mode) = view.rounding(thread)
                && let Some(count) = rounding.modes.get_mut(mode)
            {
                *count += 1;
                rounding.samples += 1;
            }
        }
        view.wait(APART);
    }
    for (process, rounding) in suspects.into_iter().zip(counted) {
        process.rounding = (rounding.samples > 0).then_some(rounding);
    }
}
