//! A process that starts another again whenever it ends.

use super::role::{ASLEEP, Call, Role, has, ready};
use super::stage::{Playing, Scene, Stage};
use model::Message;
use std::thread;
use std::time::Duration;

pub(super) const ROLE: &str = "reviver";
/// As long as the other stays away.
const PAUSE: Duration = Duration::from_millis(200);

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let reviver = stage.play(&Call::of(ROLE))?;
    let mut scene = Scene::from(reviver.truth(vec!["revives"]));
    for pid in reviver.others.iter().copied() {
        let revived = Playing { pid, exe: reviver.exe.clone(), others: Vec::new() };
        scene.truths.push(revived.truth(vec!["revived"]));
    }
    Ok(scene)
}

pub(super) fn play(_: &Role) -> Result<(), String> {
    let other = Call::of(ASLEEP);
    let mut child = other.child().spawn().map_err(|error| error.to_string())?;
    has(child.id());
    ready();
    loop {
        let _ = child.wait();
        thread::sleep(PAUSE);
        child = other.child().spawn().map_err(|error| error.to_string())?;
    }
}
