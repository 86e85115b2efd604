//! What starts by itself: every place of the catalogue, each entry resolved to the files that it comes to.
//!
//! [`places`] lists the places with the grammar of each. What needs several files at once (units of systemd, repositories,
//! containers) has a file of its own. [`look`] reads, lists and hands over; [`resolve`] finds the files behind a command.

mod accounts;
mod containers;
mod cron;
mod git;
mod hooks;
mod look;
mod places;
mod python;
mod resolve;
mod shell;
mod ssh;
mod systemd;

use crate::{Gaps, Packages, View};
use look::Look;
use model::Autorun;

/// Finds every entry that starts something by itself.
///
/// Interpreters and everyday commands (`sh`, `env`, `curl` …) are left out of an entry's files: what it is about is the
/// script or program behind them.
pub(crate) fn autoruns(
    view: &mut dyn View,
    packages: &mut Packages,
    gaps: &mut Gaps,
    found: &mut dyn FnMut(Autorun),
) {
    let mut look = Look::new(view, packages, gaps, found);
    for place in places::PLACES {
        look.place(place);
    }
    systemd::read(&mut look);
    python::read(&mut look);
    git::read(&mut look);
    containers::read(&mut look);
}

#[cfg(test)]
mod tests;
