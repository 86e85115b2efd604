//! Two thousand processes that end at once, one after the other: what a busy shell script looks like.

use super::role::{Call, Role, ready, rest};
use super::stage::{Scene, Stage};
use model::Message;

pub(super) const ROLE: &str = "storm";
pub(super) const SHORT: &str = "short";
const PROCESSES: u32 = 2_000;

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let playing = stage.play(&Call::of(ROLE))?;
    Ok(playing.truth(vec!["look-alike", "short-lived"]).into())
}

pub(super) fn play(_: &Role) -> Result<(), String> {
    sys::stage::be_nice().map_err(|error| error.to_string())?;
    let short = Call::of(SHORT);
    ready();
    for _ in 0..PROCESSES {
        let _ = short.child().status();
    }
    rest()
}

pub(super) fn play_short(_: &Role) -> Result<(), String> {
    Ok(())
}
