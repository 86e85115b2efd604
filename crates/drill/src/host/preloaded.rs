//! A process that was started with a library put before all others.

use super::library;
use super::role::{ASLEEP, Call};
use super::stage::{Scene, Stage};
use super::truth::HostTruth;
use model::Message;

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let library = stage.folder("preloaded")?.join("libinert.so");
    stage.write(&library, 0o755, &library::empty())?;
    let playing = stage.play(&Call::of(ASLEEP).with("LD_PRELOAD", &library))?;
    let truth = playing.truth(vec!["preload"]);
    Ok(HostTruth { path: Some(library), ..truth }.into())
}
