//! A process whose folder in `/proc` lies under an empty one.
//!
//! Unless it is asked for in place, the mount is made where only one process of ours sees it: every list of processes
//! on the machine would lack this one.

use super::role::{ASLEEP, Call, Role, ready, rest};
use super::stage::{Scene, Stage, failed};
use super::truth::HostTruth;
use model::Message;
use std::path::{Path, PathBuf};

pub(super) const ROLE: &str = "mounted-over";

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let empty = stage.folder(ROLE)?;
    let covered = stage.play(&Call::of(ASLEEP))?;
    let place = PathBuf::from(format!("/proc/{}", covered.pid));
    let about = |truth| HostTruth { path: Some(place.clone()), ..truth };
    if stage.options().in_place {
        stage.cover(&place, &empty).map_err(|_| Message::new("drill-cannot-mount"))?;
        return Ok(about(covered.truth(vec!["hidden-mount"])).into());
    }
    let call = Call::of(ROLE).word(covered.pid.to_string()).at(empty);
    let mounter = stage.try_play(&call).map_err(|reason| match reason.as_str() {
        REFUSED => Message::new("drill-cannot-mount"),
        _ => failed(reason),
    })?;
    let note = Message::new("drill-note-namespace").with("pid", mounter.pid.to_string());
    let truths = vec![
        about(covered.truth(vec!["hidden-mount-in-namespace"])),
        about(mounter.truth(vec!["mounts-over-process"])),
    ];
    Ok(Scene { truths, notes: vec![note] })
}

const REFUSED: &str = "mounting is refused";

pub(super) fn play(role: &Role) -> Result<(), String> {
    let covered = role.words.first().ok_or("which process is not said")?;
    sys::stage::mounts_of_its_own().map_err(|_| REFUSED)?;
    sys::stage::cover(&Path::new("/proc").join(covered), role.place()?).map_err(|_| REFUSED)?;
    ready();
    rest()
}
