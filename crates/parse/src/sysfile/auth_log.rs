//! The log of those who come in: `auth.log` (Debian), `secure` (Red Hat), as syslog writes it.
//!
//! Sources: RFC 3164 section 4.1; rsyslog `RSYSLOG_TraditionalFileFormat` and `RSYSLOG_FileFormat` (RFC 3339 times):
//!
//! ```text
//! Nov 24 20:56:19 srv sshd[77]: message
//! 2026-11-24T20:56:19.123456+00:00 srv sshd[77]: message
//! Nov 24 20:56:19 srv sshd[77]: message repeated 3 times: [ message]
//! ```
//!
//! Times without a zone are taken as UTC.

use super::clock::{rfc_3164, rfc_3339};
use super::said::{Said, said};

/// Longest line read, as rsyslog's `$MaxMessageSize`.
const LINE: usize = 8192;

/// A line that says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which line, from 1.
    pub number: u64,
    /// When, if that could be read.
    pub secs: Option<i64>,
    /// What.
    pub said: Said,
    /// How often.
    pub times: u64,
}

/// Hands over every line that says something. `until` is when the file was last written. Returns how many lines are
/// no lines of a log.
pub fn lines(text: &[u8], until: i64, found: &mut dyn FnMut(Line)) -> u64 {
    let mut unreadable = 0u64;
    for (at, line) in text.split(|&byte| byte == b'\n').enumerate() {
        let line = String::from_utf8_lossy(line.get(..LINE).unwrap_or(line));
        if line.trim().is_empty() {
            continue;
        }
        let Some((secs, program, message)) = parts(&line, until) else {
            unreadable = unreadable.saturating_add(1);
            continue;
        };
        let (message, times) = repeated(message);
        if let Some(said) = said(program, message) {
            found(Line { number: at as u64 + 1, secs, said, times });
        }
    }
    unreadable
}

/// Time, program and message of a line.
fn parts(line: &str, until: i64) -> Option<(Option<i64>, &str, &str)> {
    let (first, rest) = line.split_once(' ')?;
    let (secs, rest) = if first.contains('T') && first.starts_with(|letter: char| letter.is_ascii_digit()) {
        (rfc_3339(first), rest)
    } else {
        let (day, rest) = rest.trim_start().split_once(' ')?;
        let (time, rest) = rest.split_once(' ')?;
        (rfc_3164(first, day, time, until), rest)
    };
    secs?;
    let (_host, rest) = rest.split_once(' ')?;
    let (tag, message) = rest.split_once(": ")?;
    let program = tag.split('[').next().unwrap_or_default();
    let program = program.rsplit('/').next().unwrap_or_default();
    let is_program = !program.is_empty() && !program.contains(' ');
    is_program.then_some((secs, program, message))
}

/// rsyslog and journald count what is said again.
fn repeated(message: &str) -> (&str, u64) {
    let counted = message.strip_prefix("message repeated ").and_then(|rest| {
        let (times, rest) = rest.split_once(" times: [ ")?;
        Some((rest.strip_suffix(']')?, times.parse::<u32>().ok()?))
    });
    counted.map_or((message, 1), |(message, times)| (message, u64::from(times)))
}

/// Exercises this file with any bytes.
#[doc(hidden)]
pub fn fuzz(data: &[u8]) {
    let lines_in = data.split(|&byte| byte == b'\n').count() as u64;
    let (mut last, mut count) = (0, 0u64);
    let unreadable = lines(data, 1_795_553_779, &mut |line| {
        assert!(line.number > last && line.secs.is_some(), "lines come in order, each with its time");
        (last, count) = (line.number, count + 1);
    });
    assert!(count + unreadable <= lines_in, "a line is read once");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sysfile::Method;

    fn read(text: &str) -> (Vec<Line>, u64) {
        let mut found = Vec::new();
        // 2026-11-24T21:00:00Z
        let unreadable = lines(text.as_bytes(), 1_795_554_000, &mut |line| found.push(line));
        (found, unreadable)
    }

    #[test]
    fn both_forms_of_time() {
        let (found, unreadable) = read(
            "Nov 24 20:56:19 srv sshd[77]: Failed password for root from 203.0.113.7 port 40000 ssh2\n\
             Nov  4 20:56:19 srv sshd[77]: Server listening on 0.0.0.0 port 22.\n\
             2026-11-24T20:56:19.123456+00:00 srv sshd[77]: Accepted password for root from 203.0.113.7 port 1 ssh2\n\
             \n\
             nonsense\n",
        );
        assert_eq!((found.len(), unreadable), (2, 1));
        assert_eq!((found[0].number, found[0].secs, found[0].times), (1, Some(1_795_553_779), 1));
        assert_eq!((found[1].number, found[1].secs), (3, Some(1_795_553_779)));
    }

    #[test]
    fn a_december_line_in_a_january_file_is_of_last_year() {
        let mut found = Vec::new();
        let text = "Dec 31 23:59:59 srv sshd[7]: Failed password for root from 203.0.113.7 port 4 ssh2\n";
        lines(text.as_bytes(), 1_767_229_200, &mut |line| found.push(line));
        assert_eq!(found[0].secs, Some(1_767_225_599));
    }

    #[test]
    fn what_is_said_again_counts() {
        let (found, _) = read(
            "Nov 24 20:56:19 srv sshd[77]: message repeated 5 times: [ Failed password for root from 203.0.113.7 port 40000 ssh2]\n",
        );
        assert_eq!(found[0].times, 5);
        let Said::Failed { user, method, source, unknown } = &found[0].said else { panic!("{found:?}") };
        assert_eq!((user.as_str(), source.as_str()), ("root", "203.0.113.7"));
        assert_eq!((*method, *unknown), (Method::Password, false));
    }
}
