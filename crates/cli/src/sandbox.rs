//! Before any evidence is read: this process gives up all but reading what the user named.

use crate::options::ScanOptions;
use crate::terminal::Terminal;
use model::Message;
use report::Sandbox;
use std::path::PathBuf;
use sys::{Confined, Kept};

/// What there is to say of a sandbox, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Give up all but what is needed.
    pub(crate) sandbox: bool,
    /// Say nothing of a kernel that cannot.
    pub(crate) quiet: bool,
}

/// Confines a scan to what the user named.
pub(crate) fn enter(options: &ScanOptions, terminal: &Terminal) -> Sandbox {
    let named = options.evidence.iter().filter(|named| *named != "-").map(PathBuf::from);
    let kept = match options.machine {
        Some(machine) => Kept::Machine { trace: machine.deep },
        None => Kept::Paths(named.collect()),
    };
    confine(&kept, Wanted { sandbox: options.sandbox, quiet: options.quiet }, terminal)
}

/// Confines the run, unless the user does not want that, and says so in one line where the kernel does less than it
/// might. What is read besides evidence (configuration, list of pools, time zone) was read before, and what is
/// written was opened before.
pub(crate) fn confine(kept: &Kept, wanted: Wanted, terminal: &Terminal) -> Sandbox {
    if !wanted.sandbox {
        return Sandbox::default();
    }
    let in_force = sys::confine(kept);
    let expected = in_force.is_whole() || (matches!(kept, Kept::Machine { .. }) && in_force.seccomp);
    if !expected && !wanted.quiet {
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
