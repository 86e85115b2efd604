//! What findings about entries that start something by themselves have in common.

use model::{Autorun, Subject};

/// Entries per machine, and over all, about 1 KiB each.
pub(crate) const PER_MACHINE: usize = 1024;
pub(crate) const IN_ALL: usize = 4096;

/// Where an entry stands: path and line.
pub(crate) fn place(entry: &Autorun) -> String {
    entry.line.map_or_else(|| entry.path.clone(), |line| format!("{}:{line}", entry.path))
}

/// What the finding points at.
pub(crate) fn subject(entry: &Autorun) -> Subject {
    Subject::Persistence {
        mechanism: entry.mechanism.0,
        path: entry.path.clone(),
        line: entry.line,
        runs: entry.runs.clone(),
    }
}

/// The technique of MITRE ATT&CK (v17) to which a mechanism belongs.
pub(crate) fn technique(entry: &Autorun) -> Option<&'static str> {
    Some(match entry.mechanism.0 {
        "cron" | "anacron" | "incron" | "logrotate" => "T1053.003",
        "at-job" => "T1053.002",
        "systemd-timer" => "T1053.006",
        "systemd-service" | "systemd-path" | "systemd-socket" | "systemd-generator" | "systemd-sleep"
        | "dbus-service" => "T1543.002",
        "sysv-init" | "rc-local" | "inittab" | "upstart" => "T1037.004",
        "motd" | "network-dispatcher" | "inetd" => "T1037",
        "shell-profile" | "ssh-rc" => "T1546.004",
        "environment" | "ld-preload" | "library-folder" => "T1574.006",
        "ssh-key" | "ssh-server" => "T1098.004",
        "pam" => "T1556.003",
        "kernel-module" => "T1547.006",
        "udev-rule" => "T1546.017",
        "xdg-autostart" => "T1547.013",
        "package-hook" => "T1546.016",
        "python-startup" => "T1546.018",
        "git-hook" => "T1546",
        "sudoers" => "T1548.003",
        "user" => "T1136.001",
        "container" | "static-pod" => "T1543.005",
        _ => return None,
    })
}
