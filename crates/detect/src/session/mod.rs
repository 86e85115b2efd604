//! What mining sessions have in common, whichever detector judges them: what a snapshot means, how sessions of one
//! host become few findings, and the facts of a finding.

mod algorithm;
mod coin;
mod facts;
mod hashrate;
mod reading;
mod servers;
mod sums;
mod table;

pub(crate) use reading::{Reading, read};
pub(crate) use servers::Servers;
pub(crate) use table::{Rules, Sessions, Weighed};

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
