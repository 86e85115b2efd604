//! The page being written: its words, its width, its colours, and the lines so far.

use crate::{Style, UNWRAPPED, View, Words, wrap};
use model::{Case, Message};

pub(super) struct Sheet<'a> {
    pub(super) view: &'a View,
    pub(super) words: Words,
    /// The same words with a date at each time, where the day of the case is not the day of the run.
    dated: Option<Words>,
    text: String,
}

/// Narrower than this nothing can be laid out; wider lines are hard to read.
const NARROWEST: usize = 40;
const WIDEST: usize = 140;

impl<'a> Sheet<'a> {
    pub(super) fn new(case: &Case, view: &'a View) -> Sheet<'a> {
        Sheet { view, words: view.words(case), dated: view.dated_words(case), text: String::new() }
    }

    pub(super) fn columns(&self) -> usize {
        if self.view.columns == UNWRAPPED { UNWRAPPED } else { self.view.columns.clamp(NARROWEST, WIDEST) }
    }

    /// A message that stands by itself: its times have a date unless it is today's.
    pub(super) fn say_dated(&self, message: &Message) -> String {
        self.dated.as_ref().unwrap_or(&self.words).say(message)
    }

    pub(super) fn say(&self, message: &Message) -> String {
        self.words.say(message)
    }

    pub(super) fn paint(&self, style: Style, text: &str) -> String {
        self.view.paint(style, text)
    }

    /// One line as it is.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end_matches(' '));
        self.text.push('\n');
    }

    /// Text wrapped to the page.
    pub(super) fn paragraph(&mut self, text: &str, first: &str, rest: &str) {
        for line in wrap(text, first, rest, self.columns()) {
            self.line(&line);
        }
    }

    /// An empty line, unless there is one already or nothing stands above it.
    pub(super) fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    pub(super) fn title(&mut self, text: &str) {
        self.gap();
        let title = self.paint(Style::Title, text);
        self.paragraph(&title, "", "  ");
    }

    pub(super) fn finish(mut self) -> String {
        while self.text.ends_with("\n\n") {
            self.text.pop();
        }
        self.text
    }
}
