//! Which processes run the files that an entry comes to.

use model::{Autorun, Process};
use std::collections::{BTreeMap, BTreeSet};

/// Words of a command line that are looked at: a script is its interpreter's first or second.
const WORDS: usize = 8;

/// Processes by the files they run: the program, and scripts among the first arguments. Those in containers have another
/// root, and the same path there is another file.
pub(crate) struct Links<'a>(BTreeMap<&'a str, BTreeSet<u32>>);

impl<'a> Links<'a> {
    pub(crate) fn of(processes: &'a [Process]) -> Links<'a> {
        let mut by_file: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for process in processes.iter().filter(|process| process.container.is_none()) {
            let program = process.executable.iter().map(|executable| executable.path.as_str());
            let words =
                process.command.iter().take(WORDS).map(String::as_str).filter(|word| word.starts_with('/'));
            for file in program.chain(words) {
                by_file.entry(file).or_default().insert(process.pid);
            }
        }
        Links(by_file)
    }

    /// Fills in what an entry starts. An interpreter that runs something else is not started by the entry: where a script
    /// is named, it decides.
    pub(crate) fn join(&self, entry: &mut Autorun) {
        let started = |file: &String| self.0.get(file.as_str());
        let pids: BTreeSet<u32> =
            entry.files.iter().rev().find_map(started).into_iter().flatten().copied().collect();
        entry.starts = pids.into_iter().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Executable;

    fn process(pid: u32, program: &str, command: &str) -> Process {
        Process {
            pid,
            executable: Some(Executable { path: program.to_owned(), ..Executable::default() }),
            command: command.split(' ').map(str::to_owned).collect(),
            ..Process::default()
        }
    }

    fn entry(files: &[&str]) -> Autorun {
        Autorun { files: files.iter().map(|file| (*file).to_owned()).collect(), ..Autorun::default() }
    }

    #[test]
    fn a_script_decides_before_its_interpreter() {
        let mut contained = process(44, "/opt/x", "/opt/x");
        contained.container = Some("0123456789ab".to_owned());
        let processes = [
            process(42, "/opt/x", "postgres"),
            process(43, "/usr/bin/sh", "sh /opt/guard.sh"),
            contained,
            process(45, "/usr/bin/sh", "sh /opt/other.sh"),
        ];
        let links = Links::of(&processes);
        for (files, pids) in [
            (&["/opt/x"][..], &[42][..]),
            (&["/usr/bin/sh", "/opt/guard.sh"], &[43]),
            (&["/opt/nothing"], &[]),
            (&[], &[]),
        ] {
            let mut entry = entry(files);
            links.join(&mut entry);
            assert_eq!(entry.starts, pids, "{files:?}");
        }
    }
}
