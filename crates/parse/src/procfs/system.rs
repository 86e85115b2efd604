//! `/proc/stat` and `/proc/meminfo`: the machine as a whole.

/// Ticks of all processors together since the start, and when that was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct System {
    /// In programs, nice or not; guests are in it.
    pub user: u64,
    /// In the kernel for programs.
    pub system: u64,
    /// In guests, which are part of `user`.
    pub guest: u64,
    /// Doing nothing, or waiting for a disk.
    pub idle: u64,
    /// In interrupts.
    pub interrupts: u64,
    /// Processors.
    pub processors: u32,
    /// When the machine started, seconds since 1970.
    pub booted: i64,
}

/// Reads `/proc/stat`; fields that are missing stay 0.
#[must_use]
pub fn system(bytes: &[u8]) -> System {
    let mut read = System::default();
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(line) = std::str::from_utf8(line) else { continue };
        let mut words = line.split_ascii_whitespace();
        match words.next() {
            Some("cpu") => {
                let ticks: Vec<u64> = words.filter_map(|word| word.parse().ok()).collect();
                let tick = |at: usize| ticks.get(at).copied().unwrap_or(0);
                read.user = tick(0).saturating_add(tick(1));
                read.system = tick(2);
                read.idle = tick(3).saturating_add(tick(4));
                read.interrupts = tick(5).saturating_add(tick(6));
                read.guest = tick(8).saturating_add(tick(9));
            }
            Some("btime") => read.booted = words.next().and_then(|word| word.parse().ok()).unwrap_or(0),
            Some(name) if name.strip_prefix("cpu").is_some_and(|number| number.parse::<u32>().is_ok()) => {
                read.processors += 1;
            }
            _ => {}
        }
    }
    read
}

/// Memory of the machine in KiB, from `/proc/meminfo`.
#[must_use]
pub fn memory_total(bytes: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(bytes).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_of_the_machine() {
        let text = b"cpu  10 5 7 100 3 1 2 0 4 0\ncpu0 5 0 0 0\ncpu1 5 5 7 0\nintr 1 2\nbtime 1700000000\n";
        let expected = System {
            user: 15,
            system: 7,
            guest: 4,
            idle: 103,
            interrupts: 3,
            processors: 2,
            booted: 1_700_000_000,
        };
        assert_eq!(system(text), expected);
        assert_eq!(system(b"\xff\ncpu"), System::default());
        assert_eq!(memory_total(b"MemTotal:       24689764 kB\nMemFree: 1 kB\n"), Some(24_689_764));
    }
}
