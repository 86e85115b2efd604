//! The stage: starts actors, knows the truth about each, and leaves nothing behind.

use super::role::{Call, listen};
use super::root;
use super::truth::HostTruth;
use super::undo::{Keeper, Undo};
use super::{ACTORS, Actor, program};
use model::Message;
use std::fmt::Display;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, symlink};
use std::os::unix::process::{CommandExt, parent_id};
use std::path::{Component, Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

/// Where actors keep their files, inside the root.
pub(super) const HOME: &str = "opt/minehound-drill";
/// So many names are tried for a folder of our own.
const NAMES: u32 = 100;

/// Whether the memory of `randomx-memory` is made resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Touch {
    /// If the machine has plenty.
    #[default]
    Auto,
    /// In any case.
    Always,
    /// Never.
    Never,
}

/// How actors act.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Below which folder everything is written; none for a temporary one.
    pub root: Option<PathBuf>,
    /// Whether memory is made resident.
    pub touch: Touch,
    /// RandomX's light mode: only the cache.
    pub light: bool,
    /// Busy threads are bound to one processor each.
    pub pinned: bool,
    /// Mounts are made where everybody sees them.
    pub in_place: bool,
}

/// An actor that runs.
pub struct Started {
    /// Which.
    pub actor: &'static Actor,
    /// The truth about its processes and entries.
    pub truths: Vec<HostTruth>,
    /// What else there is to say.
    pub notes: Vec<Message>,
}

/// What an actor says of itself.
#[derive(Default)]
pub(super) struct Scene {
    pub(super) truths: Vec<HostTruth>,
    pub(super) notes: Vec<Message>,
}

impl From<HostTruth> for Scene {
    fn from(truth: HostTruth) -> Scene {
        Scene { truths: vec![truth], notes: Vec::new() }
    }
}

/// A process that runs: its number, its program, and the processes that it told of.
pub(super) struct Playing {
    pub(super) pid: u32,
    pub(super) exe: PathBuf,
    pub(super) others: Vec<u32>,
}

/// Where actors act. What it did is undone when it ends, is dropped or dies.
pub struct Stage {
    options: Options,
    /// Who started this program.
    parent: u32,
    root: PathBuf,
    undo: Vec<Undo>,
    keeper: Option<Keeper>,
    /// Process groups, by their leaders.
    groups: Vec<u32>,
}

impl Stage {
    /// Opens a stage. From now on signals that ask to end are taken by [`Stage::wait`] alone.
    ///
    /// # Errors
    /// The root is not fit for it, or the system refuses.
    pub fn open(options: Options) -> Result<Stage, Message> {
        let parent = parent_id();
        let root = options.root.as_deref().map(root::checked).transpose()?;
        sys::stage::hold_signals().map_err(failed)?;
        sys::stage::adopt_orphans().map_err(failed)?;
        let keeper = Some(Keeper::start().map_err(failed)?);
        let mut stage =
            Stage { options, parent, root: PathBuf::new(), undo: Vec::new(), keeper, groups: Vec::new() };
        stage.root = match root {
            Some(root) => {
                stage.make_folder(&root, 0o755)?;
                root
            }
            None => {
                let folder = std::env::temp_dir();
                stage.own_folder(&std::fs::canonicalize(&folder).unwrap_or(folder), "minehound-drill")?
            }
        };
        Ok(stage)
    }

    /// The folder below which everything is written.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub(super) fn options(&self) -> &Options {
        &self.options
    }

    /// Starts an actor.
    ///
    /// # Errors
    /// It cannot act here; what of it ran has ended.
    pub fn start(&mut self, actor: &'static Actor) -> Result<Started, Message> {
        let before = self.groups.len();
        match (actor.start)(self) {
            Ok(Scene { mut truths, notes }) => {
                truths.iter_mut().for_each(|truth| truth.actor = actor.id);
                Ok(Started { actor, truths, notes })
            }
            Err(reason) => {
                self.end_groups(before);
                Err(reason)
            }
        }
    }

    /// Waits so many seconds; sooner, if somebody asks this program to end, or whoever started it has ended.
    pub fn wait(&self, secs: u64) {
        for _ in 0..secs {
            if sys::stage::wait_for_signal(Duration::from_secs(1)) || parent_id() != self.parent {
                return;
            }
        }
    }

    /// Ends all actors and undoes everything. What could not be undone comes back, each with its reason.
    pub fn end(mut self) -> Vec<Message> {
        self.clear()
    }

    fn clear(&mut self) -> Vec<Message> {
        let (mounts, rest): (Vec<Undo>, Vec<Undo>) =
            std::mem::take(&mut self.undo).into_iter().partition(|undo| matches!(undo, Undo::Uncover(_)));
        // A process is found by its folder, so whatever lies over it goes first.
        let mut left = undone(mounts);
        self.end_groups(0);
        left.extend(undone(rest));
        if let Some(keeper) = self.keeper.take() {
            let _ = keeper.dismiss();
        }
        left
    }

    fn end_groups(&mut self, from: usize) {
        let groups = self.groups.split_off(from);
        for group in &groups {
            let _ = sys::stage::end_group(*group);
        }
        for group in groups {
            let _ = sys::stage::reap_group(group);
        }
    }

    /// Starts a process, which leads a group of its own, and waits until it is ready.
    pub(super) fn play(&mut self, call: &Call) -> Result<Playing, Message> {
        self.try_play(call).map_err(failed)
    }

    /// The same, with the reason in the system's own words.
    pub(super) fn try_play(&mut self, call: &Call) -> Result<Playing, String> {
        let mut command = call.command(std::process::id());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", call.program().display()))?;
        self.groups.push(child.id());
        let pipe = child.stdout.take().ok_or("it has no pipe")?;
        let others = listen(pipe)?;
        Ok(Playing { pid: child.id(), exe: call.program().to_owned(), others })
    }

    /// The folder of an actor, inside the root.
    pub(super) fn folder(&mut self, actor: &str) -> Result<PathBuf, Message> {
        self.folder_below(Path::new(HOME).join(actor))
    }

    /// A folder inside the root, with all above it. No link is followed.
    pub(super) fn folder_below(&mut self, inside: impl AsRef<Path>) -> Result<PathBuf, Message> {
        let mut folder = self.root.clone();
        for part in inside.as_ref().components() {
            let Component::Normal(part) = part else { continue };
            folder.push(part);
            self.make_folder(&folder, 0o755)?;
        }
        Ok(folder)
    }

    /// A new folder that only we may enter.
    pub(super) fn own_folder(&mut self, above: &Path, name: &str) -> Result<PathBuf, Message> {
        let own = std::process::id();
        for number in 0..NAMES {
            let folder = above.join(format!("{name}-{own}-{number}"));
            if std::fs::symlink_metadata(&folder).is_err() {
                self.make_folder(&folder, 0o700)?;
                return Ok(folder);
            }
        }
        Err(failed(format!("{}: no free name", above.display())))
    }

    fn make_folder(&mut self, folder: &Path, mode: u32) -> Result<(), Message> {
        match std::fs::symlink_metadata(folder) {
            Ok(found) if found.is_dir() => return Ok(()),
            Ok(_) => return Err(failed(format!("{}: it is no folder", folder.display()))),
            Err(_) => {}
        }
        self.doing(Undo::Folder(folder.to_owned()), || DirBuilder::new().mode(mode).create(folder))
    }

    /// Writes a file that was not there.
    pub(super) fn write(&mut self, path: &Path, mode: u32, bytes: &[u8]) -> Result<(), Message> {
        self.doing(Undo::File(path.to_owned()), || {
            let file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
            let mut file = file;
            file.write_all(bytes)
        })
    }

    /// Makes a link that was not there.
    pub(super) fn link(&mut self, path: &Path, target: &Path) -> Result<(), Message> {
        self.doing(Undo::File(path.to_owned()), || symlink(target, path))
    }

    /// A file that somebody else may write or not: it goes in the end, if it was not there before.
    pub(super) fn expect_file(&mut self, path: &Path) -> Result<(), Message> {
        self.doing(Undo::File(path.to_owned()), || match std::fs::symlink_metadata(path) {
            Ok(_) => Err(ErrorKind::AlreadyExists.into()),
            Err(_) => Ok(()),
        })
    }

    /// A copy of our own program.
    pub(super) fn copy_program(&mut self, path: &Path) -> Result<(), Message> {
        let bytes = program::copy().map_err(failed)?;
        self.write(path, 0o755, &bytes)
    }

    /// Lays a folder over another.
    pub(super) fn cover(&mut self, place: &Path, with: &Path) -> Result<(), Message> {
        self.doing(Undo::Uncover(place.to_owned()), || sys::stage::cover(place, with))
    }

    /// Notes how to undo something, and does it.
    fn doing(&mut self, undo: Undo, work: impl FnOnce() -> io::Result<()>) -> Result<(), Message> {
        let about = undo.path().display().to_string();
        let said = |error: io::Error| failed(format!("{about}: {error}"));
        // What is there already is not ours to undo.
        let keeper = self.keeper.as_mut().ok_or_else(|| failed("there is no keeper"))?;
        if !matches!(undo, Undo::Uncover(_)) && std::fs::symlink_metadata(undo.path()).is_ok() {
            return Err(said(ErrorKind::AlreadyExists.into()));
        }
        keeper.note(&undo).map_err(said)?;
        match work() {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                keeper.forget_last().map_err(said)?;
                Err(said(error))
            }
            done => {
                self.undo.push(undo);
                done.map_err(said)
            }
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = self.clear();
    }
}

/// Undoes the newest first; what could not be undone comes back as messages.
fn undone(list: Vec<Undo>) -> Vec<Message> {
    let failed = |undo: &Undo| undo.perform().err().map(|error| (undo.path().display().to_string(), error));
    let left = list.iter().rev().filter_map(failed);
    left.map(|(path, error)| Message::new("drill-left").with("path", path).with("reason", error.to_string()))
        .collect()
}

/// The system's reason, in its words.
pub(super) fn failed(reason: impl Display) -> Message {
    Message::new("drill-cannot-failed").with("reason", reason.to_string())
}

/// The actor of a name.
impl Actor {
    /// The actor of this name.
    pub fn named(id: &str) -> Option<&'static Actor> {
        ACTORS.iter().find(|actor| actor.id == id)
    }
}
