//! Threads that compute without end, one for each processor, at the lowest priority.

use super::burn::{self, Spread};
use super::role::{Call, Role, ready, rest};
use super::stage::{Scene, Stage};
use super::truth::HostTruth;
use model::Message;

pub(super) const ROLE: &str = "busy";

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let pinned = stage.options().pinned;
    let playing = stage.play(&Call::of(ROLE).word(Spread::word(pinned)))?;
    Ok(playing.truth(traits(pinned)).into())
}

/// What is true of every actor whose threads compute.
pub(super) fn traits(pinned: bool) -> Vec<&'static str> {
    if pinned { vec!["busy", "nice", "pinned"] } else { vec!["busy", "nice"] }
}

pub(super) fn play(role: &Role) -> Result<(), String> {
    burn::on_each_processor(Spread::of(role), burn::without_end)?;
    ready();
    rest()
}

impl super::stage::Playing {
    /// The truth about a process of our own program under its own name.
    pub(super) fn truth(&self, traits: Vec<&'static str>) -> HostTruth {
        let name = self.exe.file_name().unwrap_or_default().to_string_lossy();
        HostTruth {
            pid: Some(self.pid),
            traits,
            // The kernel keeps 15 bytes.
            name: name.chars().take(15).collect(),
            exe: Some(self.exe.clone()),
            ..HostTruth::default()
        }
    }
}
