//! `/proc/PID/status`: named fields, one to a line.

/// What is used of them. Sizes in KiB.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Status {
    /// The process that a thread belongs to; a process's own number.
    pub group: u32,
    /// Effective user.
    pub user: u32,
    /// Resident memory.
    pub resident: u64,
    /// Memory in hugetlbfs pages, which no resident size holds.
    pub huge: u64,
    /// Effective capabilities.
    pub capabilities: u64,
    /// How many processors it may run on.
    pub processors: u32,
    /// Who traces it, 0 for nobody.
    pub tracer: u32,
}

/// Reads the fields; one that is missing stays 0.
#[must_use]
pub fn status(bytes: &[u8]) -> Status {
    let mut read = Status::default();
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(line) = std::str::from_utf8(line) else { continue };
        let Some((name, value)) = line.split_once(':') else { continue };
        let mut words = value.split_ascii_whitespace();
        let first = words.next().unwrap_or_default();
        let number = || first.parse::<u64>().unwrap_or(0);
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        match name {
            "Tgid" => read.group = small(number()),
            // Real, effective, saved, file system.
            "Uid" => read.user = words.next().and_then(|word| word.parse().ok()).unwrap_or(0),
            "VmRSS" => read.resident = number(),
            "HugetlbPages" => read.huge = number(),
            "CapEff" => read.capabilities = u64::from_str_radix(first, 16).unwrap_or(0),
            "TracerPid" => read.tracer = small(number()),
            "Cpus_allowed" => {
                let digits = first.bytes().filter_map(|byte| char::from(byte).to_digit(16));
                read.processors = digits.map(u32::count_ones).sum();
            }
            _ => {}
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_by_name() {
        let text = b"Name:\tx\nTgid:\t12\nUid:\t1000\t0\t0\t0\nTracerPid:\t0\nVmRSS:\t   13000 kB\nHugetlbPages:\t    8192 kB\n\
                     CapEff:\t000001ffffffffff\nCpus_allowed:\t3,00000001\n\xff\xfe:\n";
        let expected = Status {
            group: 12,
            user: 0,
            resident: 13_000,
            huge: 8192,
            capabilities: 0x1ff_ffff_ffff,
            processors: 3,
            tracer: 0,
        };
        assert_eq!(status(text), expected);
        assert_eq!(status(b""), Status::default());
    }
}
