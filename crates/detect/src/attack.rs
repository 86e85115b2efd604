//! What attack findings have in common: thresholds that two detectors share, and the finding itself, which carries no
//! points.

use crate::sightings::Sightings;
use model::{
    AtLeast, Cited, Facts, Finding, FindingKey, FindingKind, Logins, Message, Origin, Parameter, Span,
    Subject, Sweep, Time,
};
use std::net::IpAddr;

/// Different addresses where connections to one port failed within five minutes.
pub(crate) const SWEEP_ADDRESSES: Parameter = Parameter {
    name: "addresses",
    default: 25,
    unit: "addresses",
    reason: "Zeek's addr_scan_threshold and addr_scan_interval (policy/misc/scan.zeek)",
};
/// How many of the addresses must have failed.
pub(crate) const SWEEP_FAILED: Parameter = Parameter {
    name: "failed_percent",
    default: 80,
    unit: "percent",
    reason: "a scanner's first contacts succeed with 0.2, others' with 0.8 (Jung et al., threshold random walk, IEEE S&P 2004)",
};
/// Short connections with login services within ten minutes.
pub(crate) const GUESSES: Parameter = Parameter {
    name: "connections",
    default: 30,
    unit: "short connections",
    reason: "Zeek's password_guesses_limit (ssh/detect-bruteforcing.zeek), in fail2ban's ten minutes instead of 30: a \
             job that cron starts every minute comes ten times",
};

/// Whether a window is one of a sweep.
pub(crate) fn is_sweep(sweep: &Sweep, addresses: u64, failed_percent: u64) -> bool {
    let (failed, answered) = (sweep.targets.count, sweep.answered.count);
    failed >= addresses
        && failed.saturating_mul(100) >= failed.saturating_add(answered).saturating_mul(failed_percent)
}

/// The connection of a run that carried so much more than the others that it cannot be one more that failed.
///
/// Failed logins differ by how many passwords one connection tries: from one to OpenSSH's `MaxAuthTries` of 6, 3.5 in
/// the mean of an even spread, so that none carries twice the mean. Four times is beyond that.
pub(crate) fn success(run: &Logins) -> Option<&model::Long> {
    let largest = &run.largest;
    let others = run.short.saturating_add(run.longs).saturating_sub(1);
    let carried = largest.payload[0].saturating_add(largest.payload[1]);
    let after = largest.first > run.span.first;
    let mean = run.payload.checked_div(others.min(run.short)).unwrap_or(0);
    (after && mean > 0 && carried >= mean.saturating_mul(4)).then_some(largest)
}

/// What is told apart of something, as an argument that words can choose by: `none` or `more`.
pub(crate) const fn or_more(count: AtLeast) -> &'static str {
    if count.or_more { "more" } else { "" }
}

/// Minutes from the first to the last, begun ones included.
pub(crate) fn minutes(span: &Span) -> u64 {
    span.last.secs_since(span.first) / 60 + 1
}

/// The name that people know a login service by, and its port: `SSH 22`; of another port, the port.
pub(crate) fn service(port: u16) -> String {
    let name = match port {
        21 => "FTP",
        22 | 2222 => "SSH",
        23 | 2323 => "Telnet",
        445 => "SMB",
        3389 => "RDP",
        5900 | 5901 => "VNC",
        _ => return port.to_string(),
    };
    format!("{name} {port}")
}

/// A place where a finding can be checked.
pub(crate) const fn cited(origin: Origin, time: Time, excerpt: Message) -> Cited {
    Cited { origin, time, excerpt }
}

/// An attack finding.
pub(crate) struct Attack {
    pub(crate) detector: &'static str,
    pub(crate) address: IpAddr,
    pub(crate) detail: String,
    pub(crate) message: Message,
    pub(crate) subject: Subject,
    pub(crate) facts: Facts,
    pub(crate) sightings: Sightings,
    pub(crate) technique: Option<&'static str>,
}

impl Attack {
    pub(crate) fn finding(self) -> Finding {
        Finding {
            key: FindingKey { detector: self.detector, host: self.address.into(), detail: self.detail },
            kind: FindingKind::Attack,
            role: None,
            weight: None,
            act: None,
            message: self.message,
            subject: self.subject,
            facts: self.facts,
            first: self.sightings.first,
            last: self.sightings.last,
            count: self.sightings.count,
            cited: self.sightings.cited,
            technique: self.technique,
            dialogue: Vec::new(),
        }
    }
}

/// Texts as one fact, at most sixteen.
pub(crate) fn list(items: impl IntoIterator<Item = String>) -> Option<String> {
    let text = items.into_iter().take(16).collect::<Vec<_>>().join(", ");
    (!text.is_empty()).then_some(text)
}
