//! Names that mean something: of kernel threads and of system programs.

/// Beginnings of the names of kernel threads, and whole names where nothing follows. A program of that name is not what
/// it seems.
///
/// Source: Linux, the names given to `kthread_create`, `kthread_run` and `alloc_workqueue`: `kernel/workqueue.c`
/// (`kworker/`), `kernel/kthread.c` (`kthreadd`), `kernel/softirq.c`, `kernel/sched/core.c` (`migration/`),
/// `kernel/rcu/tree.c`, `kernel/cpu.c`, `kernel/watchdog.c`, `kernel/audit.c`, `mm/vmscan.c` (`kswapd`),
/// `mm/khugepaged.c`, `mm/compaction.c`, `mm/oom_kill.c`, `mm/ksm.c`, `drivers/base/devtmpfs.c`, `block/blk-core.c`,
/// `fs/jbd2/journal.c`, `drivers/scsi/hosts.c`.
const KERNEL: [&str; 22] = [
    "kworker/",
    "kthreadd",
    "ksoftirqd/",
    "migration/",
    "rcu_sched",
    "rcu_preempt",
    "rcu_gp",
    "cpuhp/",
    "watchdogd",
    "kauditd",
    "kswapd",
    "khugepaged",
    "kcompactd",
    "oom_reaper",
    "ksmd",
    "kdevtmpfs",
    "kblockd",
    "jbd2/",
    "scsi_eh_",
    "idle_inject/",
    "khungtaskd",
    "kintegrityd",
];

/// System programs that run for ever, by their files' names: what miners like to be called.
///
/// Source: the packages of Debian and Red Hat that bring them (openssh-server, systemd, cron, dbus, udev, rsyslog,
/// auditd, network-manager, util-linux, docker, containerd, polkit, chrony, cups, avahi).
const SYSTEM: [&str; 38] = [
    "NetworkManager",
    "accounts-daemon",
    "agetty",
    "atd",
    "auditd",
    "avahi-daemon",
    "chronyd",
    "containerd",
    "cron",
    "crond",
    "cupsd",
    "dbus-daemon",
    "dhclient",
    "dockerd",
    "firewalld",
    "getty",
    "gssproxy",
    "init",
    "irqbalance",
    "login",
    "lvmetad",
    "ntpd",
    "polkitd",
    "rpcbind",
    "rsyslogd",
    "smartd",
    "snapd",
    "sshd",
    "systemd",
    "systemd-journald",
    "systemd-logind",
    "systemd-networkd",
    "systemd-resolved",
    "systemd-timesyncd",
    "systemd-udevd",
    "tuned",
    "udevd",
    "wpa_supplicant",
];

/// Whether kernel threads are called so: in brackets as `ps` shows them, or plainly.
pub(super) fn is_kernel_name(name: &str) -> bool {
    let plain = name.strip_prefix('[').map_or(name, |inner| inner.split(']').next().unwrap_or(inner));
    KERNEL.iter().any(|known| match plain.strip_prefix(known) {
        // What may follow: a number, or what a slash announces.
        Some(rest) => known.ends_with(['/', '_']) || rest.bytes().all(|byte| byte.is_ascii_digit()),
        None => false,
    })
}

/// Whether the name stands in brackets, as `ps` shows kernel threads and programs without arguments.
pub(super) fn is_bracketed(word: &str) -> bool {
    word.len() > 2 && word.starts_with('[') && word.ends_with(']')
}

/// Whether a system program is called so.
pub(super) fn is_system_name(name: &str) -> bool {
    SYSTEM.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_kernel_and_others() {
        for (name, expected) in [
            ("kworker/u8:1-events", true),
            ("[kworker/0:0]", true),
            ("kswapd0", true),
            ("kdevtmpfs", true),
            ("kdevtmpfsi", false),
            ("kthreaddk", false),
            ("[kthreaddi]", false),
            ("sleep", false),
            ("rcu_sched", true),
        ] {
            assert_eq!(is_kernel_name(name), expected, "{name}");
        }
        assert!(is_bracketed("[x]") && !is_bracketed("[]") && !is_bracketed("[x] y"));
    }

    #[test]
    fn system_names_are_sorted() {
        assert!(SYSTEM.is_sorted());
        assert!(is_system_name("sshd") && !is_system_name("ssh"));
    }
}
