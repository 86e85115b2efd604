//! A view that passes questions on to another and writes down what was answered.

use super::answers::{Answer, Line, Question, nowhere, of_thread};
use super::pack::Pack;
use crate::{Content, Fault, Listing, Rounds, View};
use model::Time;
use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use sys::Meta;

/// How a question was answered last.
struct Last {
    epoch: u32,
    /// Times it was asked since that wait.
    asked: u32,
    answer: Answer,
}

/// What was asked about numbers of processes.
#[derive(Debug, Default)]
struct Lives {
    /// How often each number was asked for, up to 255.
    asked: Vec<u8>,
    /// What changed, of those that lived at least once.
    changes: BTreeMap<u32, Vec<(u32, bool)>>,
}

/// Numbers above this are not asked for by anybody (`PID_MAX_LIMIT`, proc_sys_kernel(5)).
const MOST_NUMBERS: u32 = 1 << 22;

/// Writes down what it passes on.
pub(super) struct Recorder<'a> {
    view: &'a mut dyn View,
    pack: Pack<'a>,
    epoch: u32,
    last: HashMap<(Question, PathBuf), Last>,
    lives: Lives,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(view: &'a mut dyn View, pack: Pack<'a>) -> Recorder<'a> {
        Recorder { view, pack, epoch: 0, last: HashMap::new(), lives: Lives::default() }
    }

    /// Writes down what is not written down yet, and lets go.
    pub(super) fn finish(mut self) -> Pack<'a> {
        if self.view.is_running() {
            self.pack.line(&Line::Asked(self.lives.ranges()));
        }
        for (number, changes) in self.lives.changes {
            self.pack.line(&Line::Alive { number, changes });
        }
        self.pack
    }

    fn note(&mut self, question: Question, path: &Path, answer: Answer) {
        let epoch = self.epoch;
        let nth = match self.last.get_mut(&(question, path.to_path_buf())) {
            Some(last) => {
                last.asked = if last.epoch == epoch { last.asked.saturating_add(1) } else { 0 };
                last.epoch = epoch;
                if last.answer == answer {
                    return self.pack.tick();
                }
                last.answer = answer.clone();
                last.asked
            }
            None => {
                let last = Last { epoch, asked: 0, answer: answer.clone() };
                self.last.insert((question, path.to_path_buf()), last);
                0
            }
        };
        self.pack.line(&Line::Answer { epoch, nth, question, path: path.to_path_buf(), answer });
    }

    fn noted<T>(
        &mut self,
        question: Question,
        path: &Path,
        answer: Result<T, Fault>,
        as_answer: impl FnOnce(&T, &mut Pack<'_>) -> Answer,
    ) -> Result<T, Fault> {
        let noted = match &answer {
            Ok(answer) => as_answer(answer, &mut self.pack),
            Err(fault) => Answer::Fault(*fault),
        };
        self.note(question, path, noted);
        answer
    }
}

impl Lives {
    fn see(&mut self, number: u32, lives: bool) {
        if number >= MOST_NUMBERS {
            return;
        }
        let at = number as usize;
        if self.asked.len() <= at {
            self.asked.resize(at + 1, 0);
        }
        let nth = u32::from(self.asked[at]);
        self.asked[at] = self.asked[at].saturating_add(1);
        let before = self.changes.get(&number).and_then(|changes| changes.last()).is_some_and(|last| last.1);
        if lives != before {
            self.changes.entry(number).or_default().push((nth, lives));
        }
    }

    /// The numbers that were asked for.
    fn ranges(&self) -> Vec<(u32, u32)> {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for (number, _) in (0_u32..).zip(&self.asked).filter(|(_, asked)| **asked > 0) {
            match ranges.last_mut() {
                Some((_, to)) if *to + 1 == number => *to = number,
                _ => ranges.push((number, number)),
            }
        }
        ranges
    }
}

impl View for Recorder<'_> {
    fn is_running(&self) -> bool {
        self.view.is_running()
    }

    fn now(&mut self) -> Time {
        let now = self.view.now();
        self.note(Question::Now, nowhere(), Answer::Now(now));
        now
    }

    fn list(&mut self, folder: &Path) -> Result<Listing, Fault> {
        let answer = self.view.list(folder);
        self.noted(Question::List, folder, answer, |listing, _| Answer::List(listing.clone()))
    }

    fn read(&mut self, file: &Path, most: usize) -> Result<Content, Fault> {
        let answer = self.view.read(file, most);
        self.noted(Question::Read, file, answer, |content, pack| Answer::Read {
            whole: content.whole,
            content: pack.content(&content.bytes),
        })
    }

    fn meta(&mut self, path: &Path) -> Result<Meta, Fault> {
        let answer = self.view.meta(path);
        self.noted(Question::Meta, path, answer, |meta, _| Answer::Meta(*meta))
    }

    fn meta_of_target(&mut self, path: &Path) -> Result<Meta, Fault> {
        let answer = self.view.meta_of_target(path);
        self.noted(Question::MetaOfTarget, path, answer, |meta, _| Answer::Meta(*meta))
    }

    fn target(&mut self, link: &Path) -> Result<PathBuf, Fault> {
        let answer = self.view.target(link);
        self.noted(Question::Target, link, answer, |target, _| Answer::Target(target.clone()))
    }

    fn list_by_library(&mut self, folder: &Path) -> Option<Vec<OsString>> {
        let answer = self.view.list_by_library(folder);
        self.note(Question::Library, folder, Answer::Library(answer.clone()));
        answer
    }

    fn is_alive(&mut self, number: u32) -> Option<bool> {
        let answer = self.view.is_alive(number)?;
        self.lives.see(number, answer);
        Some(answer)
    }

    fn rounding(&mut self, thread: u32) -> Option<Rounds> {
        let answer = self.view.rounding(thread);
        self.note(Question::Rounding, &of_thread(thread), Answer::Rounding(answer));
        answer
    }

    fn wait(&mut self, millis: u64) {
        self.view.wait(millis);
        self.epoch += 1;
    }
}
