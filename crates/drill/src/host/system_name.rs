//! Our own program under names of the system's programs, from a place that is not theirs.

use super::role::{ASLEEP, Call};
use super::stage::{Scene, Stage};
use model::Message;

const NAMES: [&str; 2] = ["sshd", "systemd-journald"];

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let folder = stage.folder("system-name")?;
    let mut scene = Scene::default();
    for name in NAMES {
        let program = folder.join(name);
        stage.copy_program(&program)?;
        let playing = stage.play(&Call::of(ASLEEP).by(program).called::<&str>(name, &[]))?;
        scene.truths.push(playing.truth(vec!["system-name-elsewhere"]));
    }
    Ok(scene)
}
