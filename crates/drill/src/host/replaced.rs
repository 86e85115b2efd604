//! A process at whose program's place another file lies now.

use super::deleted::NAME;
use super::role::{ASLEEP, Call};
use super::stage::{Scene, Stage, failed};
use model::Message;

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let folder = stage.folder("replaced")?;
    let (program, other) = (folder.join(NAME), folder.join("other"));
    stage.copy_program(&program)?;
    let playing = stage.play(&Call::of(ASLEEP).by(&program).called::<&str>(NAME, &[]))?;
    stage.write(&other, 0o755, b"#!/bin/sh\n# An exercise of minehound: this does nothing.\n")?;
    std::fs::rename(&other, &program).map_err(failed)?;
    Ok(playing.truth(vec!["replaced"]).into())
}
