//! `/proc/PID/stat` and `/proc/PID/task/TID/stat`: one line of 52 fields.

/// Flag of a kernel thread in [`Stat::flags`] (`include/linux/sched.h`).
pub const PF_KTHREAD: u64 = 0x0020_0000;

/// What the line says, as far as it is used. Times are in ticks of a hundredth of a second (`USER_HZ`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stat {
    /// Process or thread number.
    pub pid: u32,
    /// Name, at most 15 bytes, lossily read.
    pub name: String,
    /// State letter (`R`, `S`, `Z` …).
    pub state: char,
    /// Parent.
    pub parent: u32,
    /// Flags of the kernel.
    pub flags: u64,
    /// Time in user mode.
    pub user: u64,
    /// Time in the kernel.
    pub system: u64,
    /// Time of children that ended and were waited for.
    pub reaped: u64,
    /// Nice value.
    pub nice: i32,
    /// Threads.
    pub threads: u32,
    /// When it began, since the machine started.
    pub started: u64,
    /// Scheduling policy (`SCHED_IDLE` is 5, sched(7)).
    pub policy: u32,
}

impl Stat {
    /// Ticks of processor time taken.
    #[must_use]
    pub const fn ticks(&self) -> u64 {
        self.user.saturating_add(self.system)
    }

    /// Whether it is a thread of the kernel.
    #[must_use]
    pub const fn is_kernel(&self) -> bool {
        self.flags & PF_KTHREAD != 0
    }
}

/// Reads the line. The name may hold anything, parentheses and line ends too: it ends at the last `)`.
#[must_use]
pub fn stat(bytes: &[u8]) -> Option<Stat> {
    let open = bytes.iter().position(|byte| *byte == b'(')?;
    let close = bytes.iter().rposition(|byte| *byte == b')')?;
    let pid = text(bytes.get(..open)?)?.trim().parse().ok()?;
    let name = String::from_utf8_lossy(bytes.get(open + 1..close)?).into_owned();
    let rest = text(bytes.get(close + 1..)?)?;
    // Fields from the third on: state is number 3.
    let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
    let field = |number: usize| fields.get(number - 3).copied();
    let number = |at: usize| field(at)?.parse::<u64>().ok();
    Some(Stat {
        pid,
        name,
        state: field(3)?.chars().next()?,
        parent: field(4)?.parse().ok()?,
        flags: number(9)?,
        user: number(14)?,
        system: number(15)?,
        reaped: number(16).unwrap_or(0).saturating_add(number(17).unwrap_or(0)),
        nice: field(19)?.parse().ok()?,
        threads: u32::try_from(number(20)?).ok()?,
        started: number(22)?,
        policy: number(41).and_then(|policy| u32::try_from(policy).ok()).unwrap_or(0),
    })
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;

    #[test]
    fn a_name_with_parentheses_and_a_kernel_thread() {
        let line =
            b"4711 (a) S 1 (b)) R 1 4711 4711 0 -1 4194304 99 0 0 0 1234 56 0 0 39 19 3 0 8042 1000 25 1 1 \
                     1 1 1 1 0 0 0 0 0 0 0 17 1 0 5 0 0 0 0 0 0 0 0 0 0 0\n";
        let read = stat(line).unwrap();
        assert_eq!((read.pid, read.name.as_str(), read.state, read.parent), (4711, "a) S 1 (b)", 'R', 1));
        assert_eq!((read.ticks(), read.nice, read.threads, read.started), (1290, 19, 3, 8042));
        assert_eq!((read.policy, read.is_kernel()), (5, false));
        let kernel = b"2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 7 0 0 20 0 1 0 2 0 0\n";
        assert!(stat(kernel).unwrap().is_kernel());
        for bad in [&b""[..], b"1 (x", b"x (y) S 1", b"1 (y) S", b")("] {
            assert_eq!(stat(bad), None);
        }
    }
}
