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
    begun: Instant,
    /// Counts unseen until the work has taken longer than patience lasts.
    bar: Option<ProgressBar>,
    seen: bool,
    /// Where the bar stood when it was last told.
    told: Step,
}

/// Steps may be as small as a packet; telling the bar of each would cost more than the packet.
const TELL_RECORDS: u64 = 4096;

impl<'a> Progress<'a> {
    /// Nothing is drawn yet.
    pub(crate) fn new(words: &'a Words, when: When, quiet: bool) -> Progress<'a> {
        let wanted = match when {
            When::Auto => !quiet && io::stderr().is_terminal(),
            When::Always => true,
            When::Never => false,
        };
        let bar = wanted.then(|| ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()));
        Progress { words, begun: Instant::now(), bar, seen: false, told: Step::default() }
    }

    /// A step was made.
    pub(crate) fn show(&mut self, step: Step) {
        let Some(bar) = &self.bar else { return };
        if step.records.saturating_sub(self.told.records) < TELL_RECORDS
            && step.bytes_done == self.told.bytes_done
        {
            return;
        }
        self.told = step;
        bar.set_position(step.bytes_done);
        if !self.seen {
            if self.begun.elapsed() < PATIENCE {
                return;
            }
            bar.set_style(style(step.bytes_total));
            if let Some(total) = step.bytes_total {
                bar.set_length(total);
            }
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
            self.seen = true;
        }
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

fn style(total: Option<u64>) -> ProgressStyle {
    let template = match total {
        Some(_) => "{bar:24} {bytes}/{total_bytes} {bytes_per_sec} {eta}  {wide_msg}",
        None => "{spinner} {bytes} {bytes_per_sec}  {wide_msg}",
    };
    // The templates are ours and parse; the fallback is a plain bar.
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
