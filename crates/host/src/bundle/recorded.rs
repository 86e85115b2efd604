//! A machine as a bundle tells of it: the same answers again, in the same order.

use super::answers::{Answer, Question, nowhere, of_thread};
use crate::{Content, Fault, Gaps, Listing, Rounds, Settings, View};
use model::{GapSummary, Time};
use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use sys::Meta;

/// Answers to one question, and how far they were used.
#[derive(Debug, Default)]
pub(super) struct Track {
    /// Since which wait, the how-manieth time, what was answered from then on. In that order.
    pub(super) given: Vec<(u32, u32, Answer)>,
    epoch: u32,
    asked: Option<u32>,
}

/// Which numbers lived.
#[derive(Debug, Default)]
pub(super) struct Lives {
    /// Numbers that were asked for, as ranges that begin at the key.
    pub(super) asked: BTreeMap<u32, u32>,
    pub(super) changes: HashMap<u32, Vec<(u32, bool)>>,
    /// How often each of those with changes was asked for again.
    again: HashMap<u32, u32>,
}

/// The machine.
#[derive(Debug, Default)]
pub struct Recorded {
    pub(super) settings: Settings,
    pub(super) runs: bool,
    pub(super) tracks: HashMap<(Question, PathBuf), Track>,
    pub(super) contents: HashMap<u32, Vec<u8>>,
    pub(super) lives: Lives,
    pub(super) gaps: Gaps,
    epoch: u32,
    silent: bool,
}

impl Recorded {
    /// How it was looked at; a look at the record must be the same.
    #[must_use]
    pub const fn settings(&self) -> Settings {
        self.settings
    }

    /// What of the bundle could not be used, and what was asked and is not in it.
    #[must_use]
    pub fn into_gaps(self) -> Vec<GapSummary> {
        self.gaps.into_summaries()
    }

    /// The answer to a question asked once more.
    fn answer(&mut self, question: Question, path: &Path) -> Option<&Answer> {
        let epoch = self.epoch;
        let Some(track) = self.tracks.get_mut(&(question, path.to_path_buf())) else {
            self.gaps.unasked(path);
            return None;
        };
        let nth = match track.asked {
            Some(asked) if track.epoch == epoch => asked.saturating_add(1),
            _ => 0,
        };
        (track.epoch, track.asked) = (epoch, Some(nth));
        let after = track.given.partition_point(|(since, from, _)| (*since, *from) <= (epoch, nth));
        track.given.get(after.saturating_sub(1)).map(|(_, _, answer)| answer)
    }

    fn meta_as(&mut self, question: Question, path: &Path) -> Result<Meta, Fault> {
        match self.answer(question, path) {
            Some(Answer::Meta(meta)) => Ok(*meta),
            other => Err(fault(other)),
        }
    }
}

/// What was not asked then is not there now.
const fn fault(answer: Option<&Answer>) -> Fault {
    if let Some(Answer::Fault(fault)) = answer { *fault } else { Fault::Missing }
}

impl View for Recorded {
    fn is_running(&self) -> bool {
        self.runs
    }

    fn now(&mut self) -> Time {
        match self.answer(Question::Now, nowhere()) {
            Some(Answer::Now(time)) => *time,
            _ => Time::default(),
        }
    }

    fn list(&mut self, folder: &Path) -> Result<Listing, Fault> {
        match self.answer(Question::List, folder) {
            Some(Answer::List(listing)) => Ok(listing.clone()),
            other => Err(fault(other)),
        }
    }

    fn read(&mut self, file: &Path, most: usize) -> Result<Content, Fault> {
        let (whole, number) = match self.answer(Question::Read, file) {
            Some(Answer::Read { whole, content }) => (*whole, *content),
            other => return Err(fault(other)),
        };
        let Some(bytes) = self.contents.get(&number) else {
            // It was left out, and that was said.
            return Err(Fault::Missing);
        };
        let end = bytes.len().min(most);
        Ok(Content { bytes: bytes[..end].to_vec(), whole: whole && bytes.len() <= most })
    }

    fn meta(&mut self, path: &Path) -> Result<Meta, Fault> {
        self.meta_as(Question::Meta, path)
    }

    fn meta_of_target(&mut self, path: &Path) -> Result<Meta, Fault> {
        self.meta_as(Question::MetaOfTarget, path)
    }

    fn target(&mut self, link: &Path) -> Result<PathBuf, Fault> {
        match self.answer(Question::Target, link) {
            Some(Answer::Target(target)) => Ok(target.clone()),
            other => Err(fault(other)),
        }
    }

    fn list_by_library(&mut self, folder: &Path) -> Option<Vec<OsString>> {
        match self.answer(Question::Library, folder)? {
            Answer::Library(names) => names.clone(),
            _ => None,
        }
    }

    fn is_alive(&mut self, number: u32) -> Option<bool> {
        let lives = &mut self.lives;
        let was_asked = lives.asked.range(..=number).next_back().is_some_and(|(_, to)| *to >= number);
        if !was_asked {
            // One word for all numbers: there are four million.
            if self.runs && !std::mem::replace(&mut self.silent, true) {
                self.gaps.unasked(Path::new("/proc"));
            }
            return None;
        }
        let Some(changes) = lives.changes.get(&number) else { return Some(false) };
        let again = lives.again.entry(number).or_default();
        let nth = std::mem::replace(again, again.saturating_add(1));
        let after = changes.partition_point(|(from, _)| *from <= nth);
        Some(after.checked_sub(1).and_then(|last| changes.get(last)).is_some_and(|(_, lives)| *lives))
    }

    fn rounding(&mut self, thread: u32) -> Option<Rounds> {
        match self.answer(Question::Rounding, &of_thread(thread))? {
            Answer::Rounding(mode) => *mode,
            _ => None,
        }
    }

    fn wait(&mut self, _: u64) {
        self.epoch = self.epoch.saturating_add(1);
    }
}
