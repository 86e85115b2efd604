//! What mining sessions have in common, whichever detector judges them: what a snapshot means, how sessions of one
//! host become few findings, and the facts of a finding.

mod algorithm;
mod coin;
mod detector;
mod facts;
mod grammar;
mod hashrate;
mod reading;
mod servers;
mod sums;
mod table;

pub(crate) use detector::{SessionDetector, Spec};
pub(crate) use grammar::{Weights, act, serves, was_refused, weigh_grammar};
pub(crate) use reading::Reading;
pub(crate) use table::{Rules, Weighed};

/// Message ids shared by the detectors of sessions.
pub(crate) const MARKS: [&str; 8] = [
    "session-at-request",
    "session-at-answer",
    "session-at-login",
    "session-at-job",
    "session-at-submit",
    "session-at-accepted",
    "session-at-refused",
    "session-at-redirect",
];

/// What is said of shares: nothing, none seen, sent, sent in vain, accepted.
pub(crate) const SHARES: [&str; 5] = [
    "session-shares-unknown",
    "session-shares-none",
    "session-shares-sent",
    "session-shares-in-vain",
    "session-shares-accepted",
];

/// A detector's own message ids and those that all detectors of sessions share. `ALL` is how many that makes.
pub(crate) const fn with_shared<const OWN: usize, const ALL: usize>(
    own: [&'static str; OWN],
) -> [&'static str; ALL] {
    assert!(ALL == OWN + MARKS.len() + SHARES.len(), "every id has its place");
    let mut all = [""; ALL];
    let mut at = 0;
    while at < ALL {
        all[at] = if at < OWN {
            own[at]
        } else if at < OWN + MARKS.len() {
            MARKS[at - OWN]
        } else {
            SHARES[at - OWN - MARKS.len()]
        };
        at += 1;
    }
    all
}
