//! A process that runs from a hidden folder where anybody may write.

use super::deleted::NAME;
use super::role::{ASLEEP, Call};
use super::stage::{Scene, Stage, failed};
use model::Message;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Folders that everybody may write in on most systems. Programs may be forbidden in some of them (`noexec`).
const FOLDERS: [&str; 3] = ["/tmp", "/var/tmp", "/dev/shm"];
/// Everybody may write.
const BY_ANYBODY: u32 = 0o002;

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let is_open = |folder: &str| std::fs::metadata(folder).is_ok_and(|found| found.mode() & BY_ANYBODY != 0);
    let mut last = failed("there is no folder in which anybody may write");
    for folder in FOLDERS.into_iter().filter(|folder| is_open(folder)) {
        let program = stage.own_folder(Path::new(folder), ".minehound-drill")?.join(NAME);
        stage.copy_program(&program)?;
        match stage.play(&Call::of(ASLEEP).by(&program).called::<&str>(NAME, &[])) {
            Ok(playing) => return Ok(playing.truth(vec!["writable-folder", "hidden-folder"]).into()),
            Err(reason) => last = reason,
        }
    }
    Err(last)
}
