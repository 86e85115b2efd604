//! A process whose program lies in memory and in no folder.

use super::deleted::NAME;
use super::program;
use super::role::{Call, Role, ready, rest};
use super::stage::{Scene, Stage};
use super::truth::HostTruth;
use model::Message;
use std::io::Write;
use std::os::fd::AsRawFd;

pub(super) const ROLE: &str = "memfd";
pub(super) const INSIDE: &str = "memfd-inside";
/// Name of the file, which is in no folder.
const FILE: &str = "minehound-drill";

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let playing = stage.play(&Call::of(ROLE))?;
    let truth = playing.truth(vec!["in-memory"]);
    Ok(HostTruth { name: NAME.to_owned(), exe: Some(format!("/memfd:{FILE}").into()), ..truth }.into())
}

/// Executes itself anew out of memory. A file in memory has no name to execute it by but that of its descriptor.
pub(super) fn play(role: &Role) -> Result<(), String> {
    let mut file = sys::stage::memory_file(FILE).map_err(|error| error.to_string())?;
    let bytes = program::copy().map_err(|error| error.to_string())?;
    file.write_all(&bytes).map_err(|error| error.to_string())?;
    drop(bytes);
    let path = format!("/proc/self/fd/{}", file.as_raw_fd());
    let error = role.become_another(&Call::of(INSIDE).by(path).called::<&str>(NAME, &[]));
    Err(error.to_string())
}

pub(super) fn play_inside(_: &Role) -> Result<(), String> {
    // The kernel names it after the number of the descriptor.
    sys::stage::call_itself(NAME).map_err(|error| error.to_string())?;
    ready();
    rest()
}
