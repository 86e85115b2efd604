//! Harmless actors on this machine, with known truth: what a miner looks like from outside, without mining.
//!
//! A [`Stage`] starts actors, says the truth about each, and undoes everything when it ends, is dropped, or dies. An
//! actor is this same program, told by [`cast`] to play a [`Role`]: it computes nothing of use and opens no socket.

mod burn;
mod busy;
mod compiler_like;
mod deleted;
mod library;
mod memfd;
mod mounted_over;
mod name_only;
mod orders;
mod planted;
mod preloaded;
mod program;
mod randomx_memory;
mod readdir_shim;
mod renamed;
mod replaced;
mod reviver;
mod role;
mod root;
mod rounding;
mod stage;
mod storm;
mod system_name;
mod truth;
mod undo;
mod writable;

pub use role::{Role, cast};
pub use stage::{Options, Stage, Started, Touch};
pub use truth::{HOST_TRUTH_HEADER, HostTruth, Plant};

use model::Message;
use stage::Scene;

/// One actor.
pub struct Actor {
    /// Name on the command line, kebab-case, never reused.
    pub id: &'static str,
    /// What it is: a message.
    pub what: &'static str,
    /// How it can be seen: a message with `pid` and `path`.
    pub seen: &'static str,
    /// How it ends and is undone: a message.
    pub ends: &'static str,
    /// Starts it.
    start: fn(&mut Stage) -> Result<Scene, Message>,
}

const PROCESS: &str = "drill-ends-process";
const FILES: &str = "drill-ends-files";
const ENTRIES: &str = "drill-ends-entries";
const MOUNT: &str = "drill-ends-mount";

/// All actors: load, names and files, orders, hiding, what comes back, and what only looks alike.
#[rustfmt::skip] // one line each
pub static ACTORS: &[Actor] = &[
    Actor { id: "busy", what: "drill-busy", seen: "drill-busy-seen", ends: PROCESS, start: busy::start },
    Actor { id: "randomx-memory", what: "drill-randomx-memory", seen: "drill-randomx-memory-seen", ends: PROCESS, start: randomx_memory::start },
    Actor { id: "rounding", what: "drill-rounding", seen: "drill-rounding-seen", ends: PROCESS, start: rounding::start },
    Actor { id: "renamed", what: "drill-renamed", seen: "drill-renamed-seen", ends: PROCESS, start: renamed::start },
    Actor { id: "system-name", what: "drill-system-name", seen: "drill-exe-seen", ends: FILES, start: system_name::start },
    Actor { id: "deleted", what: "drill-deleted", seen: "drill-exe-seen", ends: FILES, start: deleted::start },
    Actor { id: "replaced", what: "drill-replaced", seen: "drill-replaced-seen", ends: FILES, start: replaced::start },
    Actor { id: "memfd", what: "drill-memfd", seen: "drill-exe-seen", ends: PROCESS, start: memfd::start },
    Actor { id: "writable", what: "drill-writable", seen: "drill-exe-seen", ends: FILES, start: writable::start },
    Actor { id: "orders", what: "drill-orders", seen: "drill-orders-seen", ends: PROCESS, start: orders::start_arguments },
    Actor { id: "orders-config", what: "drill-orders-config", seen: "drill-orders-config-seen", ends: FILES, start: orders::start_config },
    Actor { id: "orders-environment", what: "drill-orders-environment", seen: "drill-environment-seen", ends: PROCESS, start: orders::start_environment },
    Actor { id: "preloaded", what: "drill-preloaded", seen: "drill-environment-seen", ends: FILES, start: preloaded::start },
    Actor { id: "readdir-shim", what: "drill-readdir-shim", seen: "drill-readdir-shim-seen", ends: FILES, start: readdir_shim::start },
    Actor { id: "mounted-over", what: "drill-mounted-over", seen: "drill-mounted-over-seen", ends: MOUNT, start: mounted_over::start },
    Actor { id: "reviver", what: "drill-reviver", seen: "drill-reviver-seen", ends: PROCESS, start: reviver::start },
    Actor { id: "planted", what: "drill-planted", seen: "drill-planted-seen", ends: ENTRIES, start: planted::start },
    Actor { id: "storm", what: "drill-storm", seen: "drill-storm-seen", ends: PROCESS, start: storm::start },
    Actor { id: "compiler-like", what: "drill-compiler-like", seen: "drill-children-seen", ends: FILES, start: compiler_like::start },
    Actor { id: "name-only", what: "drill-name-only", seen: "drill-orders-seen", ends: FILES, start: name_only::start },
];

/// What a process plays. It comes back only when there is nothing more to play.
type Play = fn(&Role) -> Result<(), String>;

/// All roles by name. One actor may have several.
const ROLES: &[(&str, Play)] = &[
    (undo::KEEPER, undo::keep),
    (role::ASLEEP, role::sleep),
    (busy::ROLE, busy::play),
    (randomx_memory::ROLE, randomx_memory::play),
    (rounding::ROLE, rounding::play),
    (renamed::ROLE, renamed::play),
    (memfd::ROLE, memfd::play),
    (memfd::INSIDE, memfd::play_inside),
    (readdir_shim::ROLE, readdir_shim::play),
    (mounted_over::ROLE, mounted_over::play),
    (reviver::ROLE, reviver::play),
    (storm::ROLE, storm::play),
    (storm::SHORT, storm::play_short),
    (compiler_like::ROLE, compiler_like::play),
    (compiler_like::UNIT, compiler_like::play_unit),
    (name_only::ROLE, name_only::play),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_are_not_given_twice() {
        let ids: BTreeSet<_> = ACTORS.iter().map(|actor| actor.id).collect();
        assert_eq!(ids.len(), ACTORS.len());
        let roles: BTreeSet<_> = ROLES.iter().map(|(name, _)| name).collect();
        assert_eq!(roles.len(), ROLES.len());
        assert!(roles.iter().all(|name| !name.contains(' ')), "words are told apart by blanks");
    }
}
