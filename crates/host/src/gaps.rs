//! What could not be looked at: counted by reason, with the first place.

use crate::Fault;
use model::{At, GapSummary, Message};
use std::collections::BTreeMap;
use std::path::Path;

/// Every message id of this crate.
pub const MESSAGES: &[&str] = &[
    "gap-bundle-cut",
    "gap-bundle-damaged",
    "gap-bundle-differs",
    "gap-bundle-foreign",
    "gap-bundle-large",
    "gap-bundle-unasked",
    "gap-host-broken",
    "gap-host-cut",
    "gap-host-damaged",
    "gap-host-denied",
    "gap-host-packages",
    "gap-host-packed",
    "gap-host-unfit",
    "host-reach-files",
    "host-reach-processes",
];

/// Gaps of one look at a machine. There are as many kinds as there are reasons, whatever the machine.
#[derive(Debug, Default)]
pub struct Gaps(BTreeMap<&'static str, (String, u64)>);

impl Gaps {
    /// Notes that something could not be looked at. What is not there is no gap.
    pub fn fault(&mut self, path: &Path, fault: Fault) {
        let reason = match fault {
            Fault::Missing => return,
            Fault::Denied => "gap-host-denied",
            Fault::Unfit => "gap-host-unfit",
            Fault::Broken => "gap-host-broken",
        };
        self.note(reason, path);
    }

    /// Notes that only the beginning of something was looked at.
    pub fn cut(&mut self, path: &Path) {
        self.note("gap-host-cut", path);
    }

    /// Notes that part of a file is not what such a file holds.
    pub fn damaged(&mut self, path: &Path) {
        self.note("gap-host-damaged", path);
    }

    /// Notes that a packed file was not opened.
    pub fn packed(&mut self, path: &Path) {
        self.note("gap-host-packed", path);
    }

    /// Notes a database of packages in a form that is not read.
    pub fn unread_packages(&mut self, path: &Path) {
        self.note("gap-host-packages", path);
    }

    /// Notes that part of a bundle cannot be used, with the name of the member.
    pub(crate) fn bundle(&mut self, reason: &'static str, member: &str) {
        self.note(reason, Path::new(member));
    }

    /// Notes that something was asked that a bundle does not tell.
    pub(crate) fn unasked(&mut self, path: &Path) {
        self.note("gap-bundle-unasked", path);
    }

    fn note(&mut self, reason: &'static str, path: &Path) {
        self.0.entry(reason).or_insert_with(|| (path.to_string_lossy().into_owned(), 0)).1 += 1;
    }

    /// The gaps as a report has them.
    #[must_use]
    pub fn into_summaries(self) -> Vec<GapSummary> {
        let summary = |(reason, (first, count)): (&'static str, (String, u64))| GapSummary {
            at: At::Whole,
            reason: Message::new(reason).with("first", first),
            count,
        };
        self.0.into_iter().map(summary).collect()
    }
}
