//! A process that another does not see, because a preloaded library takes it out of what `readdir` gives.
//!
//! The library is compiled here, from the text beside this file, for this one process number. Only processes that are
//! started with it are fooled, and of ours that is one.

use super::role::{ASLEEP, Call, Role, ready, rest};
use super::stage::{Scene, Stage, failed};
use super::truth::HostTruth;
use model::Message;
use std::path::Path;
use std::process::{Command, Stdio};

pub(super) const ROLE: &str = "readdir-shim";
const SOURCE: &str = include_str!("readdir_shim.c");

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let folder = stage.folder(ROLE)?;
    let (source, library) = (folder.join("shim.c"), folder.join("shim.so"));
    let hidden = stage.play(&Call::of(ASLEEP))?;
    stage.write(&source, 0o644, SOURCE.as_bytes())?;
    stage.expect_file(&library)?;
    compile(&source, &library, hidden.pid)?;
    let call = Call::of(ROLE).word(hidden.pid.to_string()).with("LD_PRELOAD", &library);
    let fooled = stage.try_play(&call).map_err(|reason| match reason.as_str() {
        STILL_SEEN => Message::new("drill-cannot-preload"),
        _ => failed(reason),
    })?;
    let about = |truth| HostTruth { path: Some(library.clone()), ..truth };
    Ok(Scene {
        truths: vec![
            about(hidden.truth(vec!["hidden-from-readdir"])),
            about(fooled.truth(vec!["preload", "fooled"])),
        ],
        notes: vec![Message::new("drill-note-shim").with("library", library.display().to_string())],
    })
}

fn compile(source: &Path, library: &Path, hidden: u32) -> Result<(), Message> {
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O1"]).arg(format!("-DHIDDEN=\"{hidden}\""));
    compiler.arg("-o").arg(library).arg(source).arg("-ldl");
    compiler.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match compiler.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(format!("cc: {status}"))),
        Err(_) => Err(Message::new("drill-cannot-compiler")),
    }
}

const STILL_SEEN: &str = "it is seen all the same";

/// Shows that it does not see the process: `read_dir` is the C library's `readdir`, if this program has one.
pub(super) fn play(role: &Role) -> Result<(), String> {
    let hidden = role.words.first().ok_or("which process is not said")?;
    let listing = std::fs::read_dir("/proc").map_err(|error| error.to_string())?;
    let sees = listing.map_while(Result::ok).any(|entry| entry.file_name() == hidden.as_str());
    if sees {
        return Err(STILL_SEEN.to_owned());
    }
    if !Path::new("/proc").join(hidden).exists() {
        return Err("it is not there".to_owned());
    }
    ready();
    rest()
}
