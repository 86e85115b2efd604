//! A process that is called as kernel threads are.

use super::role::{Call, Role, ready, rest};
use super::stage::{Scene, Stage};
use super::truth::HostTruth;
use model::Message;

pub(super) const ROLE: &str = "renamed";
/// As lists of processes show a kernel thread.
const CALLED: &str = "[kworker/u8:1-events]";
/// As the kernel names one, without the brackets; it keeps 15 bytes.
const NAME: &str = "kworker/u8:1-ev";

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let playing = stage.play(&Call::of(ROLE).called::<&str>(CALLED, &[]))?;
    let truth = playing.truth(vec!["false-kernel-thread", "names-disagree"]);
    Ok(HostTruth { name: NAME.to_owned(), ..truth }.into())
}

pub(super) fn play(_: &Role) -> Result<(), String> {
    sys::stage::call_itself(NAME).map_err(|error| error.to_string())?;
    ready();
    rest()
}
