//! Programs that are known by the names of their files: miners, and what families of malware call theirs.

use std::sync::OnceLock;

use crate::data::{File, rows};

/// A program with an unmistakable name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Program {
    /// The name as listed, lower case.
    pub name: &'static str,
    /// The program or the family of malware.
    pub family: &'static str,
    /// It is what a family calls its programs, not a miner's own name.
    pub malware: bool,
    /// Where the entry is from.
    pub source: &'static str,
    /// When.
    pub date: &'static str,
}

/// Bytes that the kernel keeps of a process's name (`TASK_COMM_LEN` less the zero, `include/linux/sched.h`).
const COMM: usize = 15;

/// The program of a file or process name. Upper and lower case are alike, and the ending of Windows programs is left
/// out; a name that the kernel cut is known by what is left of it. No common word is on the list.
#[must_use]
pub fn program(name: &str) -> Option<Program> {
    let lower = name.to_ascii_lowercase();
    let plain = lower.strip_suffix(".exe").unwrap_or(&lower);
    let cut = |listed: &str| plain.len() == COMM && listed.len() > COMM && listed.starts_with(plain);
    listed().iter().copied().find(|program| program.name == plain || cut(program.name))
}

fn listed() -> &'static [Program] {
    static LISTED: OnceLock<Vec<Program>> = OnceLock::new();
    let read = |row: Vec<&'static str>| {
        let [name, family, kind, source, date] = row.try_into().ok()?;
        Some(Program { name, family, malware: kind == "family", source, date })
    };
    LISTED.get_or_init(|| rows(File::Programs).filter_map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::program;

    #[test]
    fn names_of_miners_and_others() {
        for (name, family) in [
            ("xmrig", Some("XMRig")),
            ("XMRig.exe", Some("XMRig")),
            ("kdevtmpfsi", Some("Kinsing")),
            ("cpuminer-aes-ss", Some("cpuminer")),
            ("xmrig.md", None),
            ("myxmrig", None),
            ("kdevtmpfs", None),
            ("minerdetector", None),
            ("t-rex", None),
            ("", None),
        ] {
            assert_eq!(program(name).map(|program| program.family), family, "{name}");
        }
    }
}
