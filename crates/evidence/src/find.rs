//! From what the user named to pieces of evidence, each with its reader and its first time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use host::View;
use model::{EvidenceId, EvidenceSummary, Message, SourceError, Time};

use crate::reading::Sums;
use crate::words::{GAP_READER_FAILED, UNREAD_FOLDER, UNREAD_UNKNOWN};
use crate::{Certainty, Limits, Machine, Named, READERS, ReaderUnit, Reading, Source, discover};

/// First bytes looked at to recognise a piece of evidence.
const HEAD: usize = 64 << 10;

/// First bytes looked at when its first record lies behind more than [`HEAD`].
const LONG_HEAD: usize = 1 << 20;

/// The reader's id in the summary of a folder, which exists only for its gaps.
const FOLDER: &str = "folder";

/// The reader's id in the summary of a machine whose root lies in a folder.
const TREE: &str = "tree";

/// The reader's id in the summary of the machine that this runs on, and its name.
const LIVE: &str = "live";
const THIS_MACHINE: &str = "this machine";

/// How evidence is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Make a SHA-256 of each piece.
    pub hash: bool,
    /// What a compressed piece may become.
    pub limits: Limits,
}

impl Default for Settings {
    fn default() -> Self {
        Self { hash: true, limits: Limits::default() }
    }
}

/// A piece of evidence that a reader knows.
#[derive(Debug)]
pub struct Piece {
    /// Its id in the case.
    pub id: EvidenceId,
    /// What reads it.
    pub unit: &'static ReaderUnit,
    /// The time of its first record, where its first bytes show it.
    pub begins: Option<Time>,
    /// Its bytes as it lies there, for a progress bar; unknown for a pipe.
    pub size: Option<u64>,
    named: Named,
    settings: Settings,
    /// What cannot be opened twice stays open; files are opened again when their turn comes,
    /// so that thousands of them can wait.
    held: Option<Source>,
}

/// Everything the user named, sorted out.
#[derive(Debug, Default)]
pub struct Evidence {
    /// Pieces to read, in the order of their first record, then of their names: this order and
    /// the ids do not depend on the order in which they were named.
    pub pieces: Vec<Piece>,
    /// Machines to look at from inside.
    pub machines: Vec<Machine>,
    /// Folders with members that were not read: summaries with the reader `folder`.
    pub folders: Vec<EvidenceSummary>,
    /// Names of which nothing can be read, sorted.
    pub errors: Vec<SourceError>,
}

impl Evidence {
    /// Sorts out what the user named (`-` is standard input). Reads the first bytes of each
    /// file to recognise it. Files that this run itself writes (`own`) are no evidence.
    #[must_use]
    pub fn find(named: &[PathBuf], own: &[PathBuf], settings: &Settings) -> Self {
        let mut found = discover(named, own);
        let mut evidence = Self { errors: found.errors, ..Self::default() };
        let mut used = vec![false; found.folders.len()];
        for named in found.sources {
            let (name, folder) = (named.name.clone(), named.folder);
            match (guarded(|| Piece::recognise(named, settings)), folder) {
                (Ok(piece), folder) => {
                    evidence.pieces.push(piece);
                    folder.and_then(|index| used.get_mut(index)).into_iter().for_each(|used| *used = true);
                }
                (Err(reason), None) => evidence.errors.push(SourceError { source: name, reason }),
                (Err(reason), Some(index)) => {
                    found
                        .folders
                        .get_mut(index)
                        .into_iter()
                        .for_each(|folder| folder.unread(&name, reason.clone()));
                }
            }
        }
        let mut trees = Vec::new();
        for root in found.roots {
            match tree(&root.path) {
                Ok(view) => {
                    trees.push((root.name, view));
                    used.get_mut(root.folder).into_iter().for_each(|used| *used = true);
                }
                Err(reason) => {
                    let folder = found.folders.get_mut(root.folder);
                    folder.into_iter().for_each(|folder| folder.unread(&root.name, reason.clone()));
                }
            }
        }
        evidence.pieces.sort_by(|one, other| one.order().cmp(&other.order()));
        let mut next_id = 0;
        let mut id = || {
            next_id += 1;
            EvidenceId(next_id - 1)
        };
        evidence.pieces.iter_mut().for_each(|piece| piece.id = id());
        let mut folders: Vec<_> = found.folders.into_iter().zip(used).collect();
        folders.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
        for (folder, used) in folders {
            if !used && !folder.shares {
                let reason = Message::new(UNREAD_FOLDER);
                evidence.errors.push(SourceError { source: folder.name.clone(), reason });
            }
            if !folder.gaps.is_empty() {
                evidence.folders.push(EvidenceSummary {
                    id: id(),
                    source: folder.name,
                    reader: FOLDER,
                    sha256: None,
                    bytes: 0,
                    records: 0,
                    first: None,
                    last: None,
                    gaps: folder.gaps.into_summaries(),
                });
            }
        }
        trees.sort_by(|(one, _), (other, _)| one.cmp(other));
        evidence.machines =
            trees.into_iter().map(|(name, view)| Machine::new(id(), name, TREE, view)).collect();
        evidence.errors.sort_by(|one, other| one.source.cmp(&other.source));
        evidence
    }

    /// Adds the machine that this runs on.
    pub fn add_this_machine(&mut self) {
        #[cfg(target_os = "linux")]
        self.add_machine(THIS_MACHINE, Box::new(host::Live::new()));
    }

    /// Adds a machine that is looked at through this view as if it were the one that this runs on.
    pub fn add_machine(&mut self, name: &str, view: Box<dyn View + Send>) {
        let used = self.pieces.len() + self.folders.len() + self.machines.len();
        let id = EvidenceId(u32::try_from(used).unwrap_or(u32::MAX));
        self.machines.push(Machine::new(id, name.to_owned(), LIVE, view));
    }
}

impl Piece {
    /// The name as the user gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.named.name
    }

    /// The same piece, to be read once more without a hash; nothing where it can be read only once.
    #[must_use]
    pub fn again(&self) -> Option<Piece> {
        let settings = Settings { hash: false, ..self.settings };
        let Self { id, unit, begins, size, .. } = *self;
        let named = self.named.clone();
        self.held.is_none().then_some(Piece { id, unit, begins, size, named, settings, held: None })
    }

    fn order(&self) -> (bool, Option<Time>, &str) {
        (self.begins.is_none(), self.begins, &self.named.name)
    }

    /// Looks at the first bytes.
    fn recognise(named: Named, settings: &Settings) -> Result<Self, Message> {
        let size = named.place.regular_size();
        let again = size.is_some();
        let mut source = Source::open(&named, &settings.limits, settings.hash && !again)?;
        let unit = recognise(source.head(HEAD)).ok_or_else(|| Message::new(UNREAD_UNKNOWN))?;
        (unit.open)(EvidenceId(0), source.head(HEAD))?;
        let mut begins = (unit.begins)(source.head(HEAD));
        // A pipe is not waited for: what it has not yet sent may take hours.
        if begins.is_none() && again && source.head(HEAD).len() >= HEAD {
            begins = (unit.begins)(source.head(LONG_HEAD));
        }
        let held = (!again).then_some(source);
        Ok(Self { id: EvidenceId(0), unit, begins, size, named, settings: *settings, held })
    }

    /// Begins to read it.
    ///
    /// # Errors
    /// The file was there a moment ago and cannot be read any more.
    pub fn open(self) -> Result<Reading, SourceError> {
        let Self { id, unit, named, settings, held, .. } = self;
        let open = || {
            let mut source = match held {
                Some(source) => source,
                None => Source::open(&named, &settings.limits, settings.hash)?,
            };
            let reader = (unit.open)(id, source.head(HEAD))?;
            Ok(Reading { id, reader_id: unit.meta.id, source, reader, sums: Sums::default() })
        };
        guarded(open).map_err(|reason| SourceError { source: named.name.clone(), reason })
    }
}

/// The machine whose root lies in a folder.
#[cfg(target_os = "linux")]
fn tree(folder: &Path) -> Result<Box<dyn View + Send>, Message> {
    match host::Tree::at(folder) {
        Ok(tree) => Ok(Box::new(tree)),
        Err(error) => Err(crate::source::unread(&error)),
    }
}

/// Staying inside a root takes a call that only Linux has.
#[cfg(not(target_os = "linux"))]
fn tree(_: &Path) -> Result<Box<dyn View + Send>, Message> {
    Err(Message::new(UNREAD_UNKNOWN))
}

/// A decoder or reader that panics is a reason not to read a piece, not the end of the run.
fn guarded<T>(work: impl FnOnce() -> Result<T, Message>) -> Result<T, Message> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Message::new(GAP_READER_FAILED)))
}

/// The reader that is most certain; of equals, the first in the registry.
fn recognise(head: &[u8]) -> Option<&'static ReaderUnit> {
    let mut best = (Certainty::No, None);
    for unit in READERS {
        let certainty = (unit.probe)(head);
        if certainty > best.0 {
            best = (certainty, Some(*unit));
        }
    }
    best.1
}
