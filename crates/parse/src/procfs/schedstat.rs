//! `/proc/PID/task/TID/schedstat`: how long a thread ran, and how long it waited for a processor.

/// Nanoseconds since the thread began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scheduled {
    /// On a processor.
    pub ran: u64,
    /// Ready to run, while others did.
    pub waited: u64,
}

/// Reads the line (Linux `Documentation/scheduler/sched-stats.rst`, part on `/proc/<pid>/schedstat`).
#[must_use]
pub fn schedstat(bytes: &[u8]) -> Option<Scheduled> {
    let mut words = std::str::from_utf8(bytes).ok()?.split_ascii_whitespace();
    Some(Scheduled { ran: words.next()?.parse().ok()?, waited: words.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_times_and_a_count() {
        assert_eq!(schedstat(b"12 34 5\n"), Some(Scheduled { ran: 12, waited: 34 }));
        for bad in [&b""[..], b"12", b"x y z", b"\xff 1 2"] {
            assert_eq!(schedstat(bad), None);
        }
    }
}
