//! How somebody wants to see a case.

use crate::{Clock, Lang, Style, Words};
use model::{Case, Time};

/// When the run began and ended: given by whoever has a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Run {
    /// Begin.
    pub started: Time,
    /// End.
    pub finished: Time,
    /// What the operating system kept it from.
    pub sandbox: Sandbox,
}

/// What was in force while evidence was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sandbox {
    /// Landlock (files), and the version of its interface.
    pub landlock: Option<u32>,
    /// seccomp (system calls).
    pub seccomp: bool,
}

/// The columns of text that goes to a file or another program: a line ends where it ends.
pub const UNWRAPPED: usize = usize::MAX;

/// What a renderer needs beside the case.
#[derive(Debug, Clone)]
pub struct View {
    /// The reader's language (text; JSON is English).
    pub lang: Lang,
    /// The reader's zone.
    pub clock: Clock,
    /// Columns of the terminal, or [`UNWRAPPED`].
    pub columns: usize,
    /// Whether to colour.
    pub colour: bool,
    /// Whether to show points and origins.
    pub why: bool,
    /// Whether the case was narrowed to one machine: nothing is claimed about the others.
    pub narrowed: bool,
    /// The version of the program.
    pub version: &'static str,
    /// When it ran.
    pub run: Run,
}

impl View {
    /// The words for a case: its clock leaves out the day if the whole case falls on one.
    #[must_use]
    pub fn words(&self, case: &Case) -> Words {
        let clock = match span(case) {
            Some((first, last)) => self.clock.for_span(first, last),
            None => self.clock.clone(),
        };
        Words::new(self.lang).at(clock)
    }

    /// Words with a date at each time; `None` where [`View::words`] does as well: the case is of the day of the run,
    /// or of several days.
    #[must_use]
    pub(crate) fn dated_words(&self, case: &Case) -> Option<Words> {
        let (first, last) = span(case)?;
        let day = self.clock.for_span(first, last).day()?;
        let today = self.clock.for_span(self.run.started, self.run.started).day();
        (today.as_ref() != Some(&day)).then(|| Words::new(self.lang).at(self.clock.clone()))
    }

    /// Text in a style, if colours are wanted.
    #[must_use]
    pub fn paint(&self, style: Style, text: &str) -> String {
        style.paint(text, self.colour)
    }
}

/// First and last instant that a case speaks of.
pub(crate) fn span(case: &Case) -> Option<(Time, Time)> {
    let firsts =
        case.evidence.iter().filter_map(|item| item.first).chain(case.hosts.iter().map(|host| host.first));
    let lasts =
        case.evidence.iter().filter_map(|item| item.last).chain(case.hosts.iter().map(|host| host.last));
    let known = |time: &Time| time.is_known();
    Some((firsts.filter(known).min()?, lasts.filter(known).max()?))
}
