//! A process whose program is deleted once it runs.

use super::role::{ASLEEP, Call};
use super::stage::{Scene, Stage, failed};
use model::Message;

/// A name that means nothing.
pub(super) const NAME: &str = "worker";

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let program = stage.folder("deleted")?.join(NAME);
    stage.copy_program(&program)?;
    let playing = stage.play(&Call::of(ASLEEP).by(&program).called::<&str>(NAME, &[]))?;
    std::fs::remove_file(&program).map_err(failed)?;
    Ok(playing.truth(vec!["deleted"]).into())
}
