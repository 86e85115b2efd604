//! Entries that would start something by themselves, were the folder they lie in a machine's root. It never is one.
//!
//! What they start is a script that does nothing, and a library that holds nothing.

mod places;

use super::library;
use super::stage::{HOME, Scene, Stage};
use super::truth::{HostTruth, Plant};
use model::Message;
use places::{COMPANIONS, LINKS, PLACES, Place};
use std::path::{Path, PathBuf};

/// What entries run, as seen from the root.
const SCRIPT: &str = "/opt/minehound-drill/planted/inert.sh";
/// What entries load.
const LIBRARY: &str = "/opt/minehound-drill/planted/inert.so";
/// Where one of these stands in an entry.
const SCRIPT_HERE: &str = "@SCRIPT@";
const LIBRARY_HERE: &str = "@LIBRARY@";

pub(super) fn start(stage: &mut Stage) -> Result<Scene, Message> {
    let folder = stage.folder_below(Path::new(HOME).join("planted"))?;
    stage.write(
        &folder.join("inert.sh"),
        0o755,
        b"#!/bin/sh\n# An exercise of minehound: this does nothing.\nexit 0\n",
    )?;
    stage.write(&folder.join("inert.so"), 0o755, &library::empty())?;
    let mut scene = Scene::default();
    let mut refused = 0_u64;
    for place in PLACES {
        match plant(stage, place) {
            Ok(()) => scene.truths.push(truth(place)),
            Err(_) => refused += 1,
        }
    }
    for (inside, text) in COMPANIONS {
        let written = folder_of(stage, inside).and_then(|path| stage.write(&path, 0o644, text.as_bytes()));
        refused += u64::from(written.is_err());
    }
    for (link, target) in LINKS {
        let linked = folder_of(stage, link).and_then(|path| stage.link(&path, Path::new(target)));
        refused += u64::from(linked.is_err());
    }
    let root = stage.root().display().to_string();
    scene
        .notes
        .push(Message::new("drill-note-planted").with("root", root).with("count", scene.truths.len() as u64));
    if refused > 0 {
        scene.notes.push(Message::new("drill-note-refused").with("count", refused));
    }
    Ok(scene)
}

fn plant(stage: &mut Stage, place: &Place) -> Result<(), Message> {
    let path = folder_of(stage, place.path)?;
    stage.write(&path, place.mode, filled(place).as_bytes())
}

/// The path below the root, with its folder made.
fn folder_of(stage: &mut Stage, inside: &str) -> Result<PathBuf, Message> {
    let inside = Path::new(inside.trim_start_matches('/'));
    let folder = stage.folder_below(inside.parent().unwrap_or(Path::new("")))?;
    Ok(folder.join(inside.file_name().unwrap_or_default()))
}

fn filled(place: &Place) -> String {
    place.text.replace(SCRIPT_HERE, SCRIPT).replace(LIBRARY_HERE, LIBRARY)
}

fn truth(place: &Place) -> HostTruth {
    let is_entry = |line: &str| line.contains(SCRIPT_HERE) || line.contains(LIBRARY_HERE);
    let line = place.text.lines().position(is_entry);
    let runs = if place.text.contains(SCRIPT_HERE) { SCRIPT } else { LIBRARY };
    HostTruth {
        traits: vec!["planted"],
        path: Some(place.path.into()),
        plant: Some(Plant {
            mechanism: place.mechanism,
            line: line.map(|before| before + 1),
            runs: runs.to_owned(),
        }),
        ..HostTruth::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Each entry runs one of the two harmless files on just one line, and lies at a place of its own below folders
    /// that are nobody's own root.
    #[test]
    fn every_place_has_one_entry_that_is_inert() {
        let mut paths = BTreeSet::new();
        for place in PLACES {
            let lines: Vec<_> = place.text.lines().filter(|line| line.contains('@')).collect();
            let entries = place.text.matches(SCRIPT_HERE).count() + place.text.matches(LIBRARY_HERE).count();
            assert_eq!(entries, 1, "{}: {lines:?}", place.path);
            assert!(place.path.starts_with('/') && !place.path.contains(".."), "{}", place.path);
            assert!(paths.insert(place.path), "{} stands twice", place.path);
            assert!(truth(place).plant.is_some_and(|plant| plant.line.is_some()));
        }
        for (path, _) in LINKS.iter().chain(COMPANIONS) {
            assert!(path.starts_with('/') && paths.insert(path), "{path}");
        }
    }
}
