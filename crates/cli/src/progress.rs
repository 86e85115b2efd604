//! A bar on stderr for work over a second, on a terminal only.

use crate::options::When;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use model::Message;
use report::Words;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// Work that is done sooner shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far the work has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) bytes_done: u64,
    /// `None` for a pipe.
    pub(crate) bytes_total: Option<u64>,
    pub(crate) records: u64,
}

/// Shows steps, or does not.
pub(crate) struct Progress<'a> {
    words: &'a Words,
    wanted: bool,
    begun: Instant,
    bar: Option<ProgressBar>,
}

impl<'a> Progress<'a> {
    /// Nothing is drawn yet.
    pub(crate) fn new(words: &'a Words, when: When, quiet: bool) -> Progress<'a> {
        let wanted = match when {
            When::Auto => !quiet && io::stderr().is_terminal(),
            When::Always => true,
            When::Never => false,
        };
        Progress { words, wanted, begun: Instant::now(), bar: None }
    }

    /// A step was made.
    pub(crate) fn show(&mut self, step: Step) {
        if !self.wanted || (self.bar.is_none() && self.begun.elapsed() < PATIENCE) {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| bar(step.bytes_total));
        bar.set_position(step.bytes_done);
        let text = Message::new("cli-progress").with("records", step.records);
        bar.set_message(self.words.say(&text));
    }

    /// The bar goes away: what stays on the terminal is the answer.
    pub(crate) fn done(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let template = match total {
        Some(_) => "{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}  {msg}",
        None => "{spinner} {bytes} {bytes_per_sec}  {msg}",
    };
    // The templates are ours and parse; the fallback is a plain bar.
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(total, ProgressDrawTarget::stderr_with_hz(10)).with_style(style)
}
