//! Threads that round in all four ways in turn, some milliseconds each, as RandomX does.

use super::burn::{self, Spread};
use super::busy;
use super::role::{Call, Role, ready, rest};
use super::stage::{Scene, Stage};
use model::Message;
use std::hint::black_box;
use sys::stage::{Rounding, divide_and_add};

pub(super) const ROLE: &str = "rounding";
/// A division and an addition that wait for each other take some 20 cycles: 3 to 6 ms at 2 to 4 GHz.
const STEPS: u64 = 600_000;

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let pinned = stage.options().pinned;
    let playing = stage.play(&Call::of(ROLE).word(Spread::word(pinned)))?;
    let mut traits = busy::traits(pinned);
    traits.push("rounding-modes");
    Ok(playing.truth(traits).into())
}

pub(super) fn play(role: &Role) -> Result<(), String> {
    if divide_and_add(Rounding::Up, 1, 1.0, 3.0, 1.0).is_none() {
        return Err("rounding cannot be set on this kind of processor".to_owned());
    }
    burn::on_each_processor(Spread::of(role), round)?;
    ready();
    rest()
}

/// Threads begin with different modes.
fn round(number: usize) {
    let mut value = 1.0;
    for rounding in Rounding::ALL.into_iter().cycle().skip(number % Rounding::ALL.len()) {
        value = black_box(divide_and_add(rounding, STEPS, value, 3.0, 1.0).unwrap_or(value));
    }
}
