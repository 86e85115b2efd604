//! Entries that start, or let in, what no package brought.

use crate::View;
use crate::owner::Owners;
use model::Autorun;
use std::path::Path;

/// Databases of packages that are not read: where one is, nothing is known of who brought what.
const UNREAD: [&str; 3] = ["/var/lib/rpm", "/usr/lib/sysimage/rpm", "/var/lib/pacman/local"];

/// Files that every account has from the start (useradd(8), `/etc/skel`) or that a package's set-up writes.
const USUAL: [&str; 8] = [
    ".bashrc",
    ".profile",
    ".bash_profile",
    ".bash_aliases",
    ".bash_logout",
    ".zshrc",
    "bash.bashrc",
    "bash_completion",
];

/// Endings of what a package manager keeps beside files that were changed (dpkg(1), conffiles).
const KEPT: [&str; 4] = [".dpkg-new", ".dpkg-old", ".dpkg-dist", ".ucf-dist"];

/// Tells what packages brought from what they did not.
pub(crate) struct Foreign<'a> {
    owners: &'a mut dyn Owners,
    unread: bool,
}

impl<'a> Foreign<'a> {
    pub(crate) fn of(view: &mut dyn View, owners: &'a mut dyn Owners) -> Foreign<'a> {
        let unread = !owners.is_known() && UNREAD.iter().any(|path| view.meta(Path::new(path)).is_ok());
        Foreign { owners, unread }
    }

    /// Marks an entry of no package that comes to a file of no package, or that lets somebody in.
    pub(crate) fn mark(&mut self, view: &mut dyn View, entry: &mut Autorun) {
        let kept = KEPT.iter().any(|ending| entry.path.ends_with(ending));
        if self.unread || entry.package.is_some() || kept || entry.odd.contains(&"foreign-file") {
            return;
        }
        let lets_in = entry.mechanism.0 == "ssh-key";
        if lets_in || entry.files.iter().any(|file| self.is_foreign(view, Path::new(file))) {
            entry.odd.push("foreign-file");
        }
    }

    fn is_foreign(&mut self, view: &mut dyn View, file: &Path) -> bool {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let usual = USUAL.contains(&name) || KEPT.iter().any(|ending| name.ends_with(ending));
        !usual && self.owners.owner(file).is_none() && view.meta_of_target(file).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Memory;
    use model::Mechanism;

    struct Owner;

    impl Owners for Owner {
        fn is_known(&self) -> bool {
            true
        }

        fn owner(&mut self, path: &Path) -> Option<String> {
            path.starts_with("/usr/bin").then(|| "coreutils".to_owned())
        }
    }

    fn entry(mechanism: &'static str, path: &str, file: &str) -> Autorun {
        Autorun {
            mechanism: Mechanism(mechanism),
            path: path.to_owned(),
            line: Some(1),
            runs: file.to_owned(),
            files: vec![file.to_owned()],
            ..Autorun::default()
        }
    }

    #[test]
    fn what_a_package_brought_and_what_every_account_has_are_not_foreign() {
        let mut memory = Memory::default();
        memory
            .file("/opt/x", "")
            .file("/usr/bin/ls", "")
            .file("/root/.bashrc", "")
            .file("/etc/h.dpkg-new", "");
        let mut packaged = entry("cron", "/etc/cron.d/p", "/opt/x");
        packaged.package = Some("p".to_owned());
        let mut owner = Owner;
        let mut foreign = Foreign::of(&mut memory, &mut owner);
        for (mut entry, expected) in [
            (entry("cron", "/etc/cron.d/x", "/opt/x"), true),
            (entry("cron", "/etc/cron.d/x", "/opt/gone"), false),
            (entry("cron", "/etc/cron.d/x", "/usr/bin/ls"), false),
            (entry("shell-profile", "/root/.profile", "/root/.bashrc"), false),
            (entry("network-dispatcher", "/etc/h.dpkg-new", "/etc/h.dpkg-new"), false),
            (entry("ssh-key", "/root/.ssh/authorized_keys", "/usr/bin/ls"), true),
            (packaged, false),
        ] {
            foreign.mark(&mut memory, &mut entry);
            assert_eq!(entry.odd.contains(&"foreign-file"), expected, "{entry:?}");
        }
    }

    #[test]
    fn where_the_database_is_not_read_nothing_is_foreign() {
        let mut memory = Memory::default();
        memory.file("/var/lib/rpm/rpmdb.sqlite", "").file("/opt/x", "");
        struct Unknown;
        impl Owners for Unknown {
            fn is_known(&self) -> bool {
                false
            }
            fn owner(&mut self, _: &Path) -> Option<String> {
                None
            }
        }
        let mut unknown = Unknown;
        let mut foreign = Foreign::of(&mut memory, &mut unknown);
        let mut entry = entry("cron", "/etc/cron.d/x", "/opt/x");
        foreign.mark(&mut memory, &mut entry);
        assert!(entry.odd.is_empty());
    }
}
