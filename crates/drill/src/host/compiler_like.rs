//! Many short processes on all processors that read and write files: what a build looks like.

use super::burn;
use super::role::{Call, ITSELF, Role, ready};
use super::stage::{Scene, Stage, failed};
use model::Message;
use std::hint::black_box;

pub(super) const ROLE: &str = "compiler-like";
pub(super) const UNIT: &str = "unit";
/// Steps that take some hundred milliseconds.
const STEPS: u64 = 50_000_000;
/// Bytes of a source and of what is made of it.
const BYTES: usize = 64 * 1024;

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let folder = stage.folder(ROLE)?;
    for number in 0..sys::stage::processors().map_err(failed)?.len() {
        let text = "/* An exercise of minehound: nobody compiles this. */\n";
        let text = text.repeat(BYTES / text.len());
        stage.write(&folder.join(format!("unit-{number}.c")), 0o644, text.as_bytes())?;
        stage.expect_file(&folder.join(format!("unit-{number}.o")))?;
    }
    let playing = stage.play(&Call::of(ROLE).at(folder))?;
    Ok(playing.truth(vec!["look-alike", "compiler-like"]).into())
}

pub(super) fn play(role: &Role) -> Result<(), String> {
    sys::stage::be_nice().map_err(|error| error.to_string())?;
    let folder = role.place()?.to_owned();
    let count = sys::stage::processors().map_err(|error| error.to_string())?.len();
    ready();
    loop {
        let begin = |number| {
            let unit = folder.join(format!("unit-{number}.c"));
            let arguments = ["-O2".as_ref(), unit.as_os_str()];
            Call::of(UNIT).at(&unit).called(ITSELF, &arguments).child().spawn().ok()
        };
        let children: Vec<_> = (0..count).filter_map(begin).collect();
        if children.is_empty() {
            return Err("no process can be started".to_owned());
        }
        for mut child in children {
            let _ = child.wait();
        }
    }
}

/// Reads, computes, writes.
pub(super) fn play_unit(role: &Role) -> Result<(), String> {
    let unit = role.place()?;
    let source = std::fs::read(unit).map_err(|error| error.to_string())?;
    let state = black_box(burn::some(source.len() as u64, STEPS));
    let made: Vec<u8> = state.to_le_bytes().into_iter().cycle().take(BYTES).collect();
    std::fs::write(unit.with_extension("o"), made).map_err(|error| error.to_string())
}
