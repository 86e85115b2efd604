//! A process that watches a file whose name is a miner's: an editor, a reader, a log.

use super::role::{Call, ITSELF, Role, ready};
use super::stage::{Scene, Stage};
use super::truth::HostTruth;
use model::Message;
use std::fs::File;
use std::io::Read;
use std::thread;
use std::time::Duration;

pub(super) const ROLE: &str = "name-only";
/// As `tail` does.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let path = stage.folder(ROLE)?.join("xmrig.md");
    stage.write(&path, 0o644, b"# An exercise of minehound\n\nA text about xmrig. Nothing here mines.\n")?;
    let playing = stage.play(&Call::of(ROLE).at(&path).called(ITSELF, &["-f".as_ref(), path.as_os_str()]))?;
    let truth = playing.truth(vec!["look-alike", "name-only"]);
    Ok(HostTruth { path: Some(path), ..truth }.into())
}

pub(super) fn play(role: &Role) -> Result<(), String> {
    let mut file = File::open(role.place()?).map_err(|error| error.to_string())?;
    ready();
    loop {
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(|error| error.to_string())?;
        thread::sleep(PAUSE);
    }
}
