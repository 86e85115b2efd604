//! Before any evidence is read: this process gives up all but reading what the user named.

use crate::options::ScanOptions;
use crate::terminal::Terminal;
use model::Message;
use report::Sandbox;
use std::path::PathBuf;
use sys::{Confined, Kept};

/// Confines the run, unless the user does not want that, and says so in one line where the kernel does less than it
/// might. What is read besides evidence (configuration, list of pools, time zone) was read before, and what is
/// written was opened before.
pub(crate) fn enter(options: &ScanOptions, terminal: &Terminal) -> Sandbox {
    if !options.sandbox {
        return Sandbox::default();
    }
    let named = options.evidence.iter().filter(|named| *named != "-").map(PathBuf::from);
    let kept = match options.machine {
        Some(machine) => Kept::Machine { trace: machine.deep },
        None => Kept::Paths(named.collect()),
    };
    let in_force = sys::confine(&kept);
    let expected = in_force.is_whole() || (options.machine.is_some() && in_force.seccomp);
    if !expected && !options.quiet {
        terminal.warn(&terminal.words.say(&lacking(in_force)));
    }
    Sandbox { landlock: in_force.landlock, seccomp: in_force.seccomp }
}

fn lacking(in_force: Confined) -> Message {
    Message::new(match (in_force.landlock, in_force.seccomp) {
        (None, false) => "cli-sandbox-none",
        (None, true) => "cli-sandbox-no-landlock",
        (Some(_), _) => "cli-sandbox-no-seccomp",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_names_what_is_lacking() {
        let id = |landlock, seccomp| lacking(Confined { landlock, seccomp }).id;
        assert_eq!(id(None, false), "cli-sandbox-none");
        assert_eq!(id(None, true), "cli-sandbox-no-landlock");
        assert_eq!(id(Some(1), false), "cli-sandbox-no-seccomp");
    }
}
